"""The path of a number: rows of trials, the effect, the network, the expectation; each step with its source or its formula."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from enthesis.evidence.review import Arm, Difference, Trial
from enthesis.expectations.expectation import Expectation
from enthesis.expectations.finding.converted import Converted
from enthesis.expectations.finding.counted import Counted
from enthesis.expectations.next_trial import NextTrial, in_words, next_trial

SIZES = (50, 100, 200, 400)


@dataclass(frozen=True)
class TrialStep:
    """One trial behind the number: where it stands, what it printed, what was done to it, and how much it gives (0 to 1)."""

    trial: str
    citation: str
    address: str
    locator: str
    week: float | None
    printed: str
    notes: tuple[str, ...]
    gives: float
    bias: str
    bias_why: str


@dataclass(frozen=True)
class Step:
    """One step after the trials, in words, with where its formula comes from."""

    name: str
    says: str
    source: str


@dataclass(frozen=True)
class Path:
    """Everything between the rows and the sentence, and what a next trial would change."""

    trials: tuple[TrialStep, ...]
    steps: tuple[Step, ...]
    now: NextTrial | None
    next_trials: tuple[NextTrial, ...]
    next_says: str


def path(found: Expectation) -> Path:
    """The path of an expectation; empty where there is no number."""
    trials = tuple(_trials(found))
    error, spread = _in_sds(found)
    if error is None:
        return Path(trials, tuple(_steps(found)), None, (), "")
    now = next_trial(error, spread, 0)
    further = tuple(next_trial(error, spread, people) for people in SIZES)
    says = in_words(now, further[-1])
    if found.sought.borrowed:
        says += " What would tell most is a trial in this very place: there is none."
    return Path(trials, tuple(_steps(found)), now, further, says)


def path_as_json(made: Path) -> dict[str, Any]:
    """For `enthesis expect --path --json`."""
    return asdict(made)


def _trials(found: Expectation) -> Iterator[TrialStep]:
    """Trials of the network by what they give; those that counted people first."""
    review = found.sought.review
    seen = set()
    for one in found.shares.values():
        if one is not None and isinstance(one.source, Counted):
            for treated, untreated in one.source.rows:
                if treated.trial not in seen:
                    seen.add(treated.trial)
                    gives = ((treated.n or 0) + (untreated.n or 0)) / one.source.people
                    yield _step(review.trial(treated.trial), (treated, untreated), (), gives)
    made = found.made
    if made is None:
        return
    taken = {one.trial.trial: one for one in made.fit.chosen.taken}
    for study, gives in sorted(made.shares.items(), key=lambda pair: -pair[1]):
        chosen = taken[study]
        where = (study, chosen.instrument, chosen.week)
        arms = [arm for arm in review.arms if _same(arm, *where) and arm.kind is chosen.kind]
        differences = [row for row in review.differences if _same(row, *where)]
        yield _step(chosen.trial, tuple(arms) or tuple(differences), chosen.notes, gives)


def _same(row: Arm | Difference, trial: str, instrument: str, week: float | None) -> bool:
    return (row.trial, row.instrument, row.week, row.outcome) == (trial, instrument, week, "pain")


def _step(trial: Trial, rows: tuple[Arm | Difference, ...], notes: tuple[str, ...], gives: float) -> TrialStep:
    first = rows[0]
    printed = "; ".join(_printed(row) for row in rows)
    return TrialStep(
        trial.trial, trial.citation, first.address or trial.address, first.locator, first.week,
        f"{first.instrument}: {printed}", notes, gives, str(trial.bias), trial.bias_why,
    )  # fmt: skip


def _printed(row: Arm | Difference) -> str:
    """A row as it was printed."""
    if isinstance(row, Difference):
        return f"{row.node} less {row.versus} {row.estimate:g} ({row.low:g} to {row.high:g})"
    people = f", {row.n} people" if row.n else ""
    if row.share is not None:
        return f"{row.node} {row.share:.0%}{people}"
    if row.events is not None:
        return f"{row.node} {row.events} of {row.n}"
    return f"{row.node} {row.mean:g} (SD {row.sd:g}){people}" if row.mean is not None and row.sd else row.node


def _steps(found: Expectation) -> Iterator[Step]:
    made = found.made
    if made is not None:
        yield from _network_steps(found, made)
    for name, one in found.shares.items():
        if one is None:
            continue
        pair = one.pair
        how = "counted by the trials" if one.how == "counted" else "worked out by Furukawa's conversion"
        yield Step(
            f"{name}% less pain",
            f"{100 * pair.untreated.estimate:.1f} of 100 without and {100 * pair.treated.estimate:.1f} with, {how}; "
            f"Hasselblad and Hedges would say {100 * one.check:.1f} with; at a new place "
            f"{100 * pair.difference.lower:.1f} to {100 * pair.difference.upper:.1f} more, the average "
            f"{100 * pair.average.lower:.1f} to {100 * pair.average.upper:.1f} more",
            "doi 10.1371/journal.pone.0019070; docs/decisions/0013",
        )


def _network_steps(found: Expectation, made: Converted) -> Iterator[Step]:
    low, high = made.interval
    count = len(made.network.studies)
    yield Step(
        "the network",
        f"{count} {'trial' if count == 1 else 'trials'}: {found.sought.treatment} less {found.sought.versus} "
        f"{made.estimate:+.2f} points of 10 ({low:+.2f} to {high:+.2f}); "
        f"{'compared directly' if made.direct else 'only through other treatments'}",
        "validation/network.md",
    )
    alone = made.alone
    said = f"spread between places {made.tau:.2f} points ({'assumed' if made.assumed else 'from the trials'})"
    if alone[0] is not None and alone[1] is not None:
        said += f"; the trials alone would predict {alone[0]:+.2f} to {alone[1]:+.2f}"
    yield Step(
        "a new place", f"{said}; used: {made.new_place[0]:+.2f} to {made.new_place[1]:+.2f}", "docs/decisions/0013"
    )
    if made.anchor:
        point = made.anchor
        moved = (
            "moves with the own start" if point.of_start else "does not move with the own start: no trial printed it"
        )
        yield Step(
            "where pain ends",
            f"with {point.node} at {point.mean:.2f} of 10 for a start of {found.ask.baseline:g} (SD {point.sd:.2f} between "
            f"people, {point.people} people of {', '.join(point.trials)}); it {moved}",
            "doi 10.1093/ije/dys124",
        )


def _in_sds(found: Expectation) -> tuple[float | None, float]:
    """SE and spread in SDs, as the next trial needs them."""
    if found.made is not None and found.made.anchor is not None:
        sd = found.made.anchor.sd
        return found.made.error / sd, found.made.tau / sd
    one = next((one for one in found.shares.values() if one and isinstance(one.source, Counted)), None)
    if one is not None and isinstance(one.source, Counted):
        return one.source.error, one.source.spread
    return None, 0.0
