"""An analysis as a table in the terminal: how many answered stands before how they did."""

from rich.console import Console
from rich.table import Table

from enthesis.outcomes.cohort import Analysis, Group, Interval, Share, Unmodelled, Week, kept_back

NO_COMPARISON = "No comparison group: people given saline, sham or nothing improve too."


def tell_outcomes(analysis: Analysis) -> None:
    """Print every group; the sentence about comparison stands under each in the same type."""
    console = Console()
    for group in analysis.groups:
        console.print(_table(group, floors="clinic" in analysis.by))
        if not analysis.comparisons:
            console.print(NO_COMPARISON)
    for comparison in analysis.comparisons:
        for week in comparison.weeks:
            if isinstance(week.ancova, Interval):
                between = f"{comparison.arm} minus {comparison.reference}, week {week.week:g}"
                console.print(f"{between}: {_interval(week.ancova)} (adjusted for the baseline, of those who answered)")


def _table(group: Group, *, floors: bool) -> Table:
    names = ", ".join(value for value in group.key.values() if value)
    table = Table(title=f"{names}: {group.enrolled} enrolled", title_justify="left")
    for column in ("week", "answered of due", "mean", "change (95%)", "30% better (95%)", "if silent failed", "worse"):
        table.add_column(column)
    for week in group.weeks:
        table.add_row(*_cells(week, floors=floors))
    return table


def _cells(week: Week, *, floors: bool) -> tuple[str, ...]:
    flow = week.flow
    counts = (f"{week.week:g}", f"{flow.answered} of {flow.due}")
    why = kept_back(flow) if floors else ""
    if why:
        return (*counts, "", f"not shown: {why}", "", "", "")
    failed = week.better["30"].if_silent_failed
    return (
        *counts,
        "" if week.mean is None else f"{week.mean:.1f}",
        _interval(week.change),
        _share(week.better["30"]),
        "" if failed is None else f"{failed:.0%}",
        _share(week.worse["any"]),
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
