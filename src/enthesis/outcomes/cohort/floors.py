"""When a clinic's figure is not shown: too few people, too few answers, or one that gives away somebody's answer."""

from collections.abc import Iterable

from enthesis.outcomes.cohort.week import Flow

# Our choice, stated with the figures (research: outcomes.md, 3.7): a share of fewer people moves by 5 points with one.
FEWEST_PEOPLE = 20
LEAST_RESPONSE = 0.60
SMALLEST_CELL = 5


def kept_back(flow: Flow) -> str:
    """Why the figures of a week are kept back; empty where they may be shown."""
    return too_few(due=flow.due, answered=flow.answered)


def too_few(*, due: int, answered: int) -> str:
    """Why figures of so many people are kept back; empty where they may be shown."""
    if due < FEWEST_PEOPLE:
        return f"fewer than {FEWEST_PEOPLE} people were due"
    if answered < LEAST_RESPONSE * due:
        return f"{answered} of {due} answered, less than {LEAST_RESPONSE:.0%}"
    return ""


def is_small(count: int) -> bool:
    """Is this so few people that one may be recognised? None at all is not."""
    return 0 < count < SMALLEST_CELL


def told_enrolled(enrolled: int, due: Iterable[int]) -> int | None:
    """How many were treated, where it may be told beside how many were due; None where it may not.

    The difference is of those whose time has not come and of those who died. That everybody ever due was treated may be told.
    """
    return None if is_small(enrolled) or any(is_small(enrolled - one) for one in due) else enrolled
