"""An analysis as a table in the terminal: how many answered stands before how they did."""

from rich.console import Console
from rich.table import Table

from enthesis.expectations.report.names import Names
from enthesis.expectations.report.other_treatments import other_sentence
from enthesis.expectations.report.told import headline_week
from enthesis.outcomes.cohort import Analysis, Group, Interval, Share, Unmodelled, Week, kept_back
from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.publishable import passing_weeks
from enthesis.outcomes.cohort.small_cells import shown_of

FEW = "not shown: few people"
NO_COMPARISON = "No comparison group: people given saline, sham or nothing improve too."


STAFF = "For staff: small groups and counts are not hidden. --for-publication prints what may leave the clinic."


def tell_outcomes(analysis: Analysis, *, for_publication: bool = False) -> None:
    """Print every group; the sentence about comparison stands under each in the same type."""
    console = Console()
    for group in analysis.groups:
        if for_publication and is_small(group.enrolled):
            continue
        console.print(_table(group, floors=for_publication or "clinic" in analysis.by, hide=for_publication))
        if (week := headline_week(group)) is not None:
            console.print(other_sentence(week, Names({})))
        if not analysis.comparisons:
            console.print(NO_COMPARISON)
    if not for_publication:
        console.print(STAFF)
    for comparison in analysis.comparisons:
        passing = passing_weeks(comparison, analysis.groups)
        for at in comparison.weeks:
            if isinstance(at.ancova, Interval) and (at.week in passing or not for_publication):
                between = f"{comparison.arm} minus {comparison.reference}, week {at.week:g}"
                console.print(f"{between}: {_interval(at.ancova)} (adjusted for the baseline, of those who answered)")


def _table(group: Group, *, floors: bool, hide: bool) -> Table:
    names = ", ".join(value for value in group.key.values() if value)
    enrolled = f"at least {max(group.due)}" if hide and group.told_enrolled is None else str(group.enrolled)
    table = Table(title=f"{names}: {enrolled} enrolled", title_justify="left")
    for column in ("week", "answered of due", "mean", "change (95%)", "30% better (95%)", "if silent failed", "worse"):
        table.add_column(column)
    for week in group.weeks:
        table.add_row(*_cells(week, floors=floors, hide=hide))
    return table


def _cells(week: Week, *, floors: bool, hide: bool) -> tuple[str, ...]:
    flow = week.flow
    counts = (f"{week.week:g}", f"{flow.answered} of {flow.due}")
    why = kept_back(flow) if floors else ""
    if why:
        return (*counts, "", f"not shown: {why}", "", "", "")
    kept = shown_of(week) if hide else {("better", "30"), ("worse", "any")}
    failed = week.better["30"].if_silent_failed if ("better", "30") in kept else None
    return (
        *counts,
        "" if week.mean is None else f"{week.mean:.1f}",
        _interval(week.change),
        _share(week.better["30"]) if ("better", "30") in kept else FEW,
        "" if failed is None else f"{failed:.0%}",
        _share(week.worse["any"]) if ("worse", "any") in kept else FEW,
    )


def _interval(interval: Interval | Unmodelled) -> str:
    if isinstance(interval, Unmodelled) or interval.estimate is None:
        return ""
    if interval.lower is None or interval.upper is None:
        return f"{interval.estimate:+.1f}"
    return f"{interval.estimate:+.1f} ({interval.lower:+.1f} to {interval.upper:+.1f})"


def _share(share: Share) -> str:
    if share.share is None or share.lower is None or share.upper is None:
        return ""
    return f"{share.share:.0%} ({share.lower:.0%} to {share.upper:.0%})"
