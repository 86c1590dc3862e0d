"""Who was treated, due and answered, at each time: it stands before how they did."""

from enthesis.evidence.report.page import paragraph, table
from enthesis.expectations.report import figures
from enthesis.expectations.report.drawn import picture
from enthesis.expectations.report.names import Names, rate
from enthesis.expectations.report.told import IN_ENGLISH, few
from enthesis.outcomes.cohort import Group
from enthesis.outcomes.cohort.floors import is_small


def flow_html(group: Group, names: Names, title: str, id: str) -> str:
    """Everybody of a group at each time, and the picture of who answered."""
    columns = ("time", "enrolled", "due", "answered", "share", "silent", "other treatment", "withdrawn", "died")
    rows: list[tuple[str | int, ...]] = []
    least = f"at least {max(group.due, default=0)}" if group.told_enrolled is None else ""
    for week in group.weeks:
        flow = week.flow
        answered = "" if flow.response_rate is None else rate(flow.response_rate)
        if is_small(group.enrolled):
            rows.append((when(week.week), few(group.enrolled), *[""] * 7))
            continue
        counts = (least or flow.enrolled, flow.due, flow.answered)
        rest = (str(flow.silent), *(few(count).lower() for count in (flow.other_treatment, flow.withdrawn, flow.dead)))
        rows.append((when(week.week), *counts, answered, *rest))
    opening = paragraph(_treated(group, least))
    caption = f"Flow of people, {title}"
    drawn = picture(figures.response(group, names, id)) if group.weeks and not is_small(group.enrolled) else ""
    return f"{opening}{table(columns, rows, caption=caption)}{drawn}"


def _treated(group: Group, least: str) -> str:
    """Eligible and treated; where they differ by one to four people, only one of the two is given. `least` stands in the
    place of those treated where one to four of them were not due.
    """
    left = group.eligible - group.enrolled
    if least and not is_small(group.enrolled):
        return f"Treated {least}. How many exactly is not shown: one to four of them were not due at some time."
    if is_small(left) or is_small(group.enrolled):
        return f"Treated {few(group.enrolled).lower()}; {few(left).lower()} were eligible and not treated."
    return f"Eligible {group.eligible}, treated {group.enrolled}; {left} not treated."


def when(week: float, names: Names = IN_ENGLISH) -> str:
    """A time that stays on one line."""
    return names.time(week).replace(" ", "\u00a0")
