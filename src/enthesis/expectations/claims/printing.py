"""The sentence that may be printed: made from a snapshot, never typed."""

from enthesis.evidence.certainty import Rating
from enthesis.expectations.claims.checking import LEAST_WEEKS, Facts
from enthesis.expectations.expectation import Expectation
from enthesis.expectations.grading import verdict
from enthesis.expectations.wording import of_100
from enthesis.outcomes.cohort import Analysis, Group, Share, Week, kept_back

PAIN = "pain-nrs"


def week_of(analysis: Analysis, *, condition: str, treatment: str, weeks: float) -> tuple[Group, Week] | None:
    """The group's week nearest to the one asked for, from three months on; None where the snapshot has none."""
    wanted = {"condition": condition, "treatment": treatment, "instrument": PAIN}
    group = next((one for one in analysis.groups if wanted.items() <= one.key.items()), None)
    late = [week for week in group.weeks if week.week >= LEAST_WEEKS] if group else []
    return (group, min(late, key=lambda one: abs(one.week - weeks))) if group and late else None


def facts_from(group: Group, week: Week, certainty: Rating | None) -> Facts:
    """The numbers of a snapshot, for holding a sentence to."""
    return Facts(group.enrolled, week.flow.due, week.flow.answered, week.week, certainty)


def record_sentence(group: Group, week: Week, *, treatment: str, condition: str, saline: float | None = None) -> str:
    """What happened to the people here, with everything such a sentence must carry; empty below the floors.

    `saline` is the share (0 to 1) of people given saline in trials who had at least 30% less pain.
    """
    better, change = week.better["30"], week.change
    if kept_back(week.flow) or week.week < LEAST_WEEKS or None in (better.share, change.lower, week.mean):
        return ""
    worse, silent = week.worse["any"], better.if_silent_failed
    flow = week.flow
    first, last = group.started
    when = f" from {first.isoformat()} to {last.isoformat()}" if first and last else ""
    who = f"Of {group.enrolled} people who started {treatment} for {condition}{when}"
    counts = f"{who}, {flow.answered} of {flow.due} due answered"
    pain = f"Their average pain went from {week.baseline_of_answered:.1f} to {week.mean:.1f} of 10"
    interval = f"(change {change.estimate:+.1f}, 95% interval {change.lower:+.1f} to {change.upper:+.1f})"
    parts = [
        f"{counts} at {week.week:g} weeks.",
        f"{pain} {interval}.",
        f"{_share(better)} had at least 30% less pain, and {_share(worse)} had more pain.",
        f"If everyone who did not answer had not improved, the first figure would be {of_100(silent or 0.0)}%.",
        "We have no comparison group.",
    ]
    if saline is not None:
        parts.append(f"In trials, about {of_100(saline)} of 100 people given saline had at least 30% less pain too.")
    return " ".join(parts)


def benefit_sentence(found: Expectation) -> str:
    """A claim of benefit in GRADE's words; empty unless trials give moderate or high certainty by the rules alone.

    What somebody of the clinic judged otherwise counts for its own pages, never for what it may advertise.
    """
    rating = found.graded.rating_by_rules if found.graded else None
    if rating not in (Rating.MODERATE, Rating.HIGH) or found.made is None or found.sought.borrowed:
        return ""
    said = verdict(found.made.estimate, rating)
    return (
        f"{found.sought.treatment.capitalize()} against {found.sought.versus}, in trials: {said[:1].lower()}{said[1:]}"
    )


def _share(one: Share) -> str:
    return f"{of_100(one.share or 0.0)}% ({of_100(one.lower or 0.0)}% to {of_100(one.upper or 0.0)}%)"
