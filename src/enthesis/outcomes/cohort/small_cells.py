"""Counts that may be shown together: none gives away fewer than five people, neither by itself nor by difference."""

from collections.abc import Collection, Iterable, Mapping

from enthesis.outcomes.cohort.floors import SMALLEST_CELL, is_small
from enthesis.outcomes.cohort.over_time import Period
from enthesis.outcomes.cohort.week import Week

# The order in which figures are kept where not all can be: the share a report leads with comes first.
PREFERRED = (
    ("better", "30"),
    ("worse", "any"),
    ("better", "50"),
    ("better", "important"),
    ("worse", "30"),
    ("worse", "important"),
    ("worse", "50"),
)
Named = tuple[str, str]


def shown(counts: Mapping[Named, int], *, of: int) -> frozenset[Named]:
    """Which counts of nested groups among `of` people may stand side by side, in the order given.

    People stand on a line from the best change to the worst; each count cuts it somewhere. Two cuts with one to four
    people between them would give those away by subtraction, so the later of the two is left out.
    """
    cuts, kept = [0, of], set()
    for name, count in counts.items():
        place = count if name[0] == "better" else of - count
        if not any(is_small(abs(place - cut)) for cut in cuts):
            cuts.append(place)
            kept.add(name)
    return frozenset(kept)


def shown_of(week: Week) -> frozenset[Named]:
    """Which shares of a week may be shown; "any" improvement is never among them."""
    there = {"better": week.better, "worse": week.worse}
    counts = {name: there[name[0]][name[1]].events for name in PREFERRED if name[1] in there[name[0]]}
    return shown(counts, of=week.better["any"].n)


def cuts_of(week: Week) -> frozenset[int]:
    """How many people, counted from the best, stand before each cut that a shown share makes."""
    there, of = {"better": week.better, "worse": week.worse}, week.better["any"].n
    counts = {name: there[name[0]][name[1]].events for name in shown_of(week)}
    return frozenset(count if name[0] == "better" else of - count for name, count in counts.items())


def periods_shown(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Periods that may stand beside the total of all: those left out, taken together, give nobody away either."""
    shown, left = list(periods), list[Period]()
    for one in tuple(shown):
        if is_small(one.events) or is_small(one.n - one.events):
            shown.remove(one)
            left.append(one)
    while shown and _tells(left):
        left.append(min(shown, key=lambda one: one.n))
        shown.remove(left[-1])
    return tuple(shown)


def _tells(left: Collection[Period]) -> bool:
    events = sum(one.events for one in left)
    return is_small(events) or is_small(sum(one.n for one in left) - events)


def thinned(curve: Iterable[tuple[float, int]], *, beside: Collection[int] = ()) -> tuple[tuple[float, int], ...]:
    """Points of a cumulative curve: improvement, and how many improved by at least that much, five or more apart.

    `curve` counts people by improvement, from the worst. The ends, where few people are, are left out, and so is a point
    from which a share that stands `beside` the curve (`cuts_of`) could be subtracted to tell of one to four people.
    """
    steps = sorted(curve, reverse=True)
    total, reached, last, points = sum(people for _, people in steps), 0, 0, []
    for improved, people in steps:
        reached += people
        told_apart = any(is_small(abs(reached - cut)) for cut in (*beside, total))
        if reached - last >= SMALLEST_CELL and not told_apart:
            points.append((improved, reached))
            last = reached
    return tuple(reversed(points))


def apart(count: int, *others: int) -> bool:
    """May a count stand beside counts of people it is a part of, or that are a part of it? Neither may be small less the other."""
    return not is_small(count) and not any(is_small(abs(count - other)) for other in others)


def people_may_be_told(week: Week) -> bool:
    """May it be told how many had another treatment, beside how many were due and how many of them changed to another?"""
    others, flow = week.others, week.flow
    changed = 0 if is_small(flow.other_treatment) else flow.other_treatment
    return others is not None and apart(others.people, flow.due, changed)


def kinds_told(week: Week) -> frozenset[str]:
    """The kinds of other treatment whose people may be told beside those."""
    if week.others is None:
        return frozenset()
    of = (week.flow.due, *((week.others.people,) if people_may_be_told(week) else ()))
    return frozenset(kind for kind, people in week.others.kinds.items() if apart(people, *of))


def events_may_be_told(week: Week) -> bool:
    """May it be told how many answers came after an intercurrent event? What stands with and without them may then, too."""
    if week.without is None:
        return False
    of = (week.flow.answered, *((week.others.people,) if week.others and people_may_be_told(week) else ()))
    return apart(week.without.set_aside, *of)


def failed_may_be_told(week: Week, size: str) -> bool:
    """May a share stand beside what it becomes when whoever had an intercurrent event counts as not better?

    The difference counts those who were better and had one, and what is left of the set aside those who were not better.
    """
    if not events_may_be_told(week) or week.without is None or ("better", size) not in shown_of(week):
        return False
    failed, whole = week.without.better[size], week.better[size]
    had = whole.events - failed.events
    return apart(failed.events, whole.events, whole.n) and apart(had, week.without.set_aside)
