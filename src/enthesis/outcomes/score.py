"""The score of one filled-in form: a number, or the reason why there is none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes.instrument import Instrument
from enthesis.outcomes.numbers import exact, number

LONGEST_ECHO = 40  # characters of an impossible answer that are repeated to whoever sent it


@dataclass(frozen=True)
class Score:
    """The score of a form. `missing` lists the scored questions that were left out and not filled in by the rule."""

    instrument: str
    version: str
    score: float | None
    range: tuple[float, float]
    higher_is_worse: bool
    missing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def scorable(self) -> bool:
        """Is there a score? If not, `reason` says why."""
        return self.score is not None


def score(instrument: Entry[Instrument], answers: Mapping[str, object]) -> Score:
    """The score of the answers, by item id; an item left out or null was not answered.

    Raises BadInput, one sentence naming the item and what was expected, on an answer that is not possible.
    """
    return scored_form(id=instrument.id, about=instrument.body, answers=answers)


def scored_form(*, id: str, about: Instrument, answers: Mapping[str, object]) -> Score:
    """The same, from the instrument itself rather than its entry."""
    given = _checked(about, answers)
    missing = tuple(item.id for item in about.scored if item.id not in given)
    reason = _unscorable(about, answered=len(about.scored) - len(missing))
    if not reason and about.missing.blank_counts is not None:
        given, missing = dict.fromkeys(missing, about.missing.blank_counts) | given, ()
    values = {item.id: given[item.id] for item in about.scored if item.id in given}
    value = None if reason else about.scoring_rule.total(values)
    least, most = (number(exact(end)) for end in about.range)
    return Score(
        instrument=id,
        version=about.version,
        score=None if value is None else number(value),
        range=(least, most),
        higher_is_worse=about.higher_is_worse,
        missing=missing,
        reason=reason,
    )


def score_as_json(score: Score) -> dict[str, object]:
    """A score with exactly the keys the command line promises; the reason only where there is no score."""
    keys: dict[str, object] = {
        "instrument": score.instrument,
        "version": score.version,
        "score": score.score,
        "range": list(score.range),
        "higher_is_worse": score.higher_is_worse,
        "missing": list(score.missing),
        "scorable": score.scorable,
    }
    return keys if score.scorable else keys | {"reason": score.reason}


def _checked(about: Instrument, answers: Mapping[str, object]) -> dict[str, int]:
    """The values of the items answered. Raises BadInput at the first answer that is not possible."""
    if not isinstance(answers, Mapping):
        raise BadInput(f"answers: one object of item ids and values was expected, not {_echo(answers)}")
    items = {item.id: item for item in about.items}
    for id, value in answers.items():
        if id not in items:
            raise BadInput(f"{_name(id)}: there is no such question; there are: {', '.join(items)}")
        if value is not None and not items[id].format.allows(value):
            raise BadInput(f"{id}: {_echo(value)} is not a possible answer; {items[id].format.expected} was expected")
    return {id: int(value) for id, value in answers.items() if isinstance(value, int)}


def _unscorable(about: Instrument, answered: int) -> str:
    rule = about.missing
    if answered >= rule.needed:
        return ""
    return f"answered {answered} of {len(about.scored)} where at least {rule.needed} must be: {rule.says}"


def _echo(value: object) -> str:
    """What was sent, on one line and not too long."""
    written = json.dumps(value, ensure_ascii=False, default=repr)
    return written if len(written) <= LONGEST_ECHO else written[:LONGEST_ECHO] + "..."


def _name(id: object) -> str:
    return _echo(id).strip('"')
