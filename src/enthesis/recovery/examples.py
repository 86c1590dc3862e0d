"""The worked examples of advice and of warning signs, run against an entry's body, which may have been nudged.

A warning's example gives `site`, `day`, perhaps `hours_since`, the answers `given`, those left `unanswered`, the earlier
days in `earlier` as pairs of day and pain, or day and answers, and the pain `before` the injection; every question of the
sign that is not named is answered no (pain: 0). It expects the sign's own urgency, "unanswered", or "nothing". An example
of advice gives `site` and `day`, perhaps `choose`, and whether the line `holds`.
"""

from collections.abc import Mapping
from typing import Any

from enthesis.knowledge import Library, LibraryError, parse_site
from enthesis.recovery.advice import DEFAULT, Advice
from enthesis.recovery.questions import PAIN, Answer, Kind, check
from enthesis.recovery.said import Said, Truth
from enthesis.recovery.signs import Sign, sign
from enthesis.recovery.warning import WarningSign
from enthesis.recovery.watchlist import watchlist

ADVICE_KEYS = frozenset({"story", "site", "day", "choose", "holds"})
WARNING_KEYS = frozenset({"story", "site", "day", "hours_since", "given", "unanswered", "earlier", "before", "expect"})


def run_example(body: Advice | WarningSign, example: Mapping[str, Any], library: Library) -> None:
    """Raise AssertionError, in a plain sentence, when an example does not hold, and LibraryError when it cannot run."""
    if isinstance(body, Advice):
        _run_advice(body, example, library)
    else:
        _run_warning(body, example, library)


def _run_advice(body: Advice, example: Mapping[str, Any], library: Library) -> None:
    _only(example, ADVICE_KEYS)
    line = body.chosen(example.get("choose", DEFAULT))
    covered = body.where.covers(parse_site(example["site"], library))
    holds = covered and line.from_day <= example["day"] <= line.until_day
    if holds is not example["holds"]:
        raise AssertionError(f"{example['story']}: the line {_does(holds)} hold on day {example['day']}")


def _run_warning(body: WarningSign, example: Mapping[str, Any], library: Library) -> None:
    _only(example, WARNING_KEYS)
    found = _found(body, example, library)
    if found != example["expect"]:
        raise AssertionError(f"{example['story']}: expected {example['expect']!r}, found {found!r}")


def _found(body: WarningSign, example: Mapping[str, Any], library: Library) -> str:
    site = parse_site(example["site"], library)
    if not body.where.covers(site) or not body.holds_at(day=example["day"], hours=example.get("hours_since")):
        return "nothing"
    looked_for = sign(body.when, "example")
    reading = looked_for.read(_said(looked_for, example, library))
    return {Truth.YES: body.urgency.value, Truth.UNKNOWN: "unanswered", Truth.NO: "nothing"}[reading.truth]


def _said(looked_for: Sign, example: Mapping[str, Any], library: Library) -> Said:
    kinds = looked_for.reads()
    calm: dict[str, Answer] = {id: False if kind is Kind.YES_NO else 0 for id, kind in kinds.items()}
    report = calm | example.get("given", {}) | dict.fromkeys(example.get("unanswered", ()))
    questions = watchlist(library).questions
    check(report, questions)
    unread = sorted(set(report) - set(kinds))
    if unread:
        raise LibraryError(f"{example['story']}: the sign does not read {', '.join(unread)}")
    earlier = tuple((day, one if isinstance(one, dict) else {PAIN: one}) for day, one in example.get("earlier", ()))
    for _, one in earlier:
        check(one, questions)
    return Said(report, example["day"], earlier, questions, example.get("before"))


def _only(example: Mapping[str, Any], keys: frozenset[str]) -> None:
    strange = sorted(set(example) - keys)
    if strange:
        raise LibraryError(f"an example of this kind takes {', '.join(sorted(keys))}, not {', '.join(strange)}")


def _does(holds: bool) -> str:
    return "does" if holds else "does not"
