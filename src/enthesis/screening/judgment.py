"""The judgment: may this patient be injected at this site on this day, and if not, from when?"""

from dataclasses import dataclass
from datetime import date

from enthesis.knowledge import BadInput, Entry, Library, Site, Strength
from enthesis.screening.action import Action, worst
from enthesis.screening.checking import checked_rules, stated
from enthesis.screening.conditions import Moment, Reading, Truth, after
from enthesis.screening.facts import Facts
from enthesis.screening.holds import said_of_holds
from enthesis.screening.rule import Question, Rule, Urgency, questions

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # days a living patient can be asked or injected on

Read = tuple[Entry[Rule], Reading]


@dataclass(frozen=True)
class Finding:
    """One rule that holds, why, what follows, and the very resources or answers it rests on."""

    rule: str
    title: str
    because: str
    action: Action
    to_patient: str
    to_clinician: str
    strength: Strength
    sources: tuple[str, ...]
    evidence: tuple[str, ...]
    urgency: Urgency = Urgency.ROUTINE
    free_on: date | None = None
    stop_by: date | None = None
    restart_from: date | None = None


@dataclass(frozen=True)
class Screening:
    """What was judged, for which day and site, from which library, and what nobody has answered yet."""

    decision: Action
    on: date
    as_of: date
    site: Site
    earliest: date | None
    findings: tuple[Finding, ...]
    unknown: tuple[Question, ...]
    library: str


def screen(facts: Facts, *, on: date, site: Site, as_of: date, library: Library) -> Screening:
    """Judge the facts for an injection on a day at a site, asked on the day `as_of`.

    The worst finding decides; anything unanswered makes it at least *ask*. Raises BadInput when the injection would
    lie before the day of asking or outside the calendar, or a value was measured after it; LibraryError when a rule cannot be read.
    """
    moment = _moment(on, as_of)
    _nothing_from_the_future(facts, as_of)
    ordered = facts.in_order()
    applying = [one for one in stated(library) if one[0].body.where.covers(site)]
    readings = [(entry, meant.read(ordered, moment, library)) for entry, meant in applying]
    held = [
        (entry, reading) for entry, reading in readings if is_finding(reading) and _is_worth_telling(entry, reading)
    ]
    injected = max([on, *(reading.free_on for _, reading in held if reading.free_on)])
    findings = tuple(_finding(entry, reading, injected) for entry, reading in held)
    unknown = _still_asked(readings, checked_rules(library), facts)
    decision = worst([*(finding.action for finding in findings), *([Action.ASK] if unknown else [])])
    return Screening(
        decision,
        on,
        as_of,
        site,
        _earliest(findings, decision, injected),
        _gravest_first(findings),
        unknown,
        library.fingerprint,
    )


def is_finding(reading: Reading) -> bool:
    """A reading is shown when it holds, when something in the chart is the reason for a question, or was not counted."""
    return reading.truth is Truth.YES or bool(reading.evidence)


def _is_worth_telling(entry: Entry[Rule], reading: Reading) -> bool:
    """What the chart denies is told of once: not again by a rule that would only have informed."""
    return reading.truth is not Truth.NO or entry.body.then is not Action.INFORM


def action_of(then: Action, reading: Reading) -> Action:
    """What follows from a reading of a rule: a drug that can still be stopped in time is only told of, and so is what
    the chart names but denies."""
    if reading.truth is Truth.UNKNOWN:
        return Action.ASK
    return Action.INFORM if reading.stop_by or reading.truth is Truth.NO else then


def restart_from(rule: Rule, injected: date) -> date | None:
    """The day from which a drug may be taken again after an injection on a day; None where no rule says."""
    return None if rule.restart_days is None else after(injected, rule.restart_days)


def _moment(on: date, as_of: date) -> Moment:
    for name, day in (("as-of", as_of), ("on", on)):
        if not FIRST <= day <= LAST:
            raise BadInput(f"{name}: {day.isoformat()} is not a day between {FIRST.isoformat()} and {LAST.isoformat()}")
    if on < as_of:
        raise BadInput(f"on: the injection day {on.isoformat()} lies before the day of asking {as_of.isoformat()}")
    return Moment(on=on, as_of=as_of)


def _nothing_from_the_future(facts: Facts, as_of: date) -> None:
    for one in facts.measurements:
        if one.first > as_of:
            raise BadInput(
                f"{one.evidence}: was measured on {one.on.isoformat()}, after the day of asking {as_of.isoformat()}"
            )


def _finding(entry: Entry[Rule], reading: Reading, injected: date) -> Finding:
    """A finding; restart days count from the day on which the injection can be, once every wait is over."""
    rule = entry.body
    return Finding(
        rule=entry.id,
        title=entry.title,
        because=reading.because,
        action=action_of(rule.then, reading),
        to_patient="" if reading.truth is Truth.NO else rule.to_patient,
        to_clinician=rule.to_clinician + said_of_holds(rule.holds, reading.ingredients, injected),
        strength=rule.strength,
        sources=tuple(source.cite for source in entry.sources),
        evidence=reading.evidence,
        urgency=rule.urgency,
        free_on=reading.free_on,
        stop_by=reading.stop_by,
        restart_from=restart_from(rule, injected),
    )


def _still_asked(readings: list[Read], rules: tuple[Entry[Rule], ...], facts: Facts) -> tuple[Question, ...]:
    asked = questions(rules)
    wanted = dict.fromkeys(id for _, reading in readings for id in reading.asks)
    return tuple(asked[id] for id in wanted if not (asked[id].not_for_sex and asked[id].not_for_sex == facts.sex))


def _earliest(findings: tuple[Finding, ...], decision: Action, injected: date) -> date | None:
    """The first day no dated finding stands in the way; none when only findings without a date do."""
    if decision.severity < Action.POSTPONE.severity or any(finding.free_on for finding in findings):
        return injected
    return None


def _gravest_first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (-finding.action.severity, finding.rule)))
