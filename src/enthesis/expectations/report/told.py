"""The sentences of a report. Every share comes with how many were asked, how many answered, its interval, the share that got
worse, what the silent could do to it, and what people given something else reported; there is no other way to print one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enthesis.expectations.report.names import PAIN, Names, number, percent, rate, signed, time
from enthesis.expectations.report.other_treatments import other_sentence
from enthesis.knowledge import Entry
from enthesis.outcomes import Background, Instead
from enthesis.outcomes.cohort import (
    FEWEST_PEOPLE,
    LEAST_RESPONSE,
    Comparison,
    Difference,
    Flow,
    Group,
    Interval,
    Share,
    Week,
    kept_back,
)
from enthesis.outcomes.cohort.analysis import BEST_TIME, FIRST_BENEFIT
from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.small_cells import shown_of
from enthesis.outcomes.numbers import plain


@dataclass(frozen=True)
class Telling:
    """What a sentence needs beside the group itself."""

    names: Names
    beside: Sequence[Entry[Background]]
    harms: str
    compared: bool


def headline_week(group: Group) -> Week | None:
    """The week a report leads with: from 3 months on, passing the floors, nearest to 6 months. None where none does."""
    able = [week for week in group.weeks if week.week >= FIRST_BENEFIT and not kept_back(week.flow)]
    return min(able, key=lambda week: (abs(week.week - BEST_TIME), week.week), default=None)


def sentence(group: Group, telling: Telling) -> str:
    """The whole of what may be said of a group in words (research: outcomes.md, 3.8), or why nothing may."""
    week = headline_week(group)
    if week is None or week.change.lower is None:
        return f"{_started(group, telling.names)} {_why_nothing(group)}"
    names, say = telling.names, telling.names.told
    said = [_started(group, names), _answered(week, names), _change(group, week, names), _shares(week, names)]
    if telling.compared:
        said.append(say("The arms of this trial are compared below."))
    else:
        said += [say("We have no comparison group."), _others(telling, week)]
    said += [say("Unwanted effects: {harms}.", harms=telling.harms), other_sentence(week, names)]
    return " ".join(said)


def _started(group: Group, names: Names) -> str:
    treatment, condition = (group.key.get(key, "") for key in ("treatment", "condition"))
    say = names.told
    what = names.name(treatment) if treatment else say("treatment")
    of = say(" for {condition}", condition=names.name(condition)) if condition else ""
    arm = say(" in the arm “{arm}”", arm=group.key["arm"]) if group.key.get("arm") else ""
    where = say(" at {clinic}", clinic=names.name(group.key["clinic"])) if group.key.get("clinic") else ""
    about = f"{what}{of}{where}{arm}{_between(group, names)}"
    if is_small(group.enrolled) or group.told_enrolled is not None:
        return say("{people} people started {about}.", people=few(group.enrolled, names), about=about)
    return say("At least {people} people started {about}.", people=max(group.due, default=0), about=about)


def _between(group: Group, names: Names) -> str:
    (first, last), say = group.started, names.told
    return (
        say(" between {first} and {last}", first=_day(first, names), last=_day(last, names)) if first and last else ""
    )


def _day(on: date, names: Names) -> str:
    say = names.told
    months = (
        *(say("January"), say("February"), say("March"), say("April"), say("May"), say("June")),
        *(say("July"), say("August"), say("September"), say("October"), say("November"), say("December")),
    )
    return say("{day} {month} {year}", day=on.day, month=months[on.month - 1], year=on.year)


def _answered(week: Week, names: Names) -> str:
    say, flow = names.told, week.flow
    return say(
        "{due} were due to answer at {time}; {answered} of them ({rate}) did.",
        due=flow.due,
        time=names.time(week.week),
        answered=flow.answered,
        rate=rate(flow.response_rate or 0),
    )


def _change(group: Group, week: Week, names: Names) -> str:
    change, scale = week.change, group.measure
    say, short, high = names.told, names.short(scale.id), plain(scale.high)
    of = say("average pain") if scale.id in PAIN else say("average on the {scale}", scale=short)
    ends = say("of {high}", high=high) if scale.low == 0 else ""
    ends = ends or say("on a scale from {low} to {high}", low=plain(scale.low), high=high)
    better = "" if scale.higher_is_worse else say(" (higher is better)")
    before, by = week.baseline_of_answered or 0.0, change.estimate or 0.0
    return say(
        "Their {of} went from {before} to {after} {ends}: a change of {by} (95% interval {low} to {high}).",
        of=of,
        before=number(before),
        after=number(before + by),
        ends=ends + better,
        by=signed(by),
        low=signed(change.lower or 0),
        high=signed(change.upper or 0),
    )


def _shares(week: Week, names: Names) -> str:
    kept, say = shown_of(week), names.told
    better, worse = week.better["30"], week.worse["any"]
    said = say(
        "How many were better by at least 30% is not shown: so few were, or were not, that they could be recognised."
    )
    if ("better", "30") in kept:
        said = say(
            "{share} of those who answered were better by at least 30%; if everyone who did not answer had not improved, it "
            "would be {failed}.",
            share=share(better, names),
            failed=percent(better.if_silent_failed or 0),
        )
    if ("worse", "any") in kept:
        return f"{said} {say('{share} were worse than before.', share=share(worse, names))}"
    return f"{said} {say('How many were worse is not shown: so few were that they could be recognised.')}"


def share(one: Share, names: Names) -> str:
    """A share with its Wilson interval."""
    say, (middle, low, high) = names.told, (percent(part or 0) for part in (one.share, one.lower, one.upper))
    return say("{share} ({low} to {high})", share=middle, low=low, high=high)


def _others(telling: Telling, week: Week) -> str:
    say = telling.names.told
    if not telling.beside:
        return say(
            "People who are given saline, a sham procedure or nothing improve too; for this condition no such number could be "
            "read, so nobody can say which part of this change came from the treatment."
        )
    closest = min(telling.beside, key=lambda entry: _distance(entry.body, week))
    part = say("So only part of this change, if any, is likely to come from the treatment.")
    return f"{telling.names.cited(closest.body.says)} {part}"


def _distance(body: Background, week: Week) -> tuple[bool, bool, bool, float]:
    """Those of the condition, of saline, with a share, and at about the same time come first."""
    other = "any" in body.conditions
    return other, body.instead is not Instead.SALINE, body.percent is None, abs((body.weeks or 0) - week.week)


IN_ENGLISH = Names({})


def few(count: int, names: Names = IN_ENGLISH) -> str:
    """A count, or "fewer than 5" where it could point at somebody."""
    say = names.told
    return say("Fewer than 5") if is_small(count) else str(count)


def why_kept_back(flow: Flow, names: Names) -> str:
    """Why the figures of a week are not shown, in the language of the page; empty where they may be."""
    say = names.told
    if flow.due < FEWEST_PEOPLE:
        return say("fewer than {people} people were due", people=FEWEST_PEOPLE)
    if kept_back(flow):
        least = f"{LEAST_RESPONSE:.0%}"
        return say("{answered} of {due} answered, less than {least}", answered=flow.answered, due=flow.due, least=least)
    return ""


def _why_nothing(group: Group) -> str:
    late = [week for week in group.weeks if week.week >= FIRST_BENEFIT]
    if not late:
        return "Nobody's 3 months are over, so nothing is said of benefit yet."
    reasons = "; ".join(
        f"at {time(week.week)}: {kept_back(week.flow) or 'nobody can be compared with a baseline'}" for week in late
    )
    floor = f"A figure needs at least {FEWEST_PEOPLE} people due and {LEAST_RESPONSE:.0%} of them answering"
    return f"No figure is shown ({reasons}). {floor}."


def comparison_sentences(comparison: Comparison, names: Names) -> tuple[str, ...]:
    """What randomisation supports, where the arms were randomised: one sentence for each time."""
    found = [week for week in comparison.weeks if week.week >= FIRST_BENEFIT and isinstance(week.ancova, Interval)]
    return tuple(_difference(comparison, week, names) for week in found)


def _difference(comparison: Comparison, week: Difference, names: Names) -> str:
    between = (
        f"{names.name(comparison.arm)} less {names.name(comparison.reference)} on the {names.short(comparison.key[-1])}"
    )
    low, high, middle = (signed(getattr(week.ancova, name) or 0.0) for name in ("lower", "upper", "estimate"))
    gone = getattr(week.tipping_point, "gone_at", None)
    tipped = (
        f" It is gone once the silent of that arm did {number(gone)} points worse than people like them."
        if gone
        else ""
    )
    found = f"{middle} (95% interval {low} to {high}), adjusted for the baseline, of those who answered"
    return f"At {time(week.week)}, {between}: {found}.{tipped}"
