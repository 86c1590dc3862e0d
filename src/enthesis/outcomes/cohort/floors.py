"""When a clinic's figure is not shown: too few people, too few answers, or one that gives away somebody's answer."""

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
