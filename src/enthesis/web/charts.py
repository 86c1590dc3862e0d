"""A patient's chart on the page: what nobody understood comes first, then what matters before an injection."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Entries = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ChartSection:
    """One kind of chart item, with the calm words for none."""

    title: str
    entries: Entries
    empty: str


SECTIONS = (
    ("unread", "Kept, but not understood", ""),
    ("medicine", "Medicines", "No medicine is in the chart. That is not the same as taking none: ask."),
    ("allergy", "Allergies", "No allergy is in the chart. That is not the same as having none: ask."),
    ("problem", "Problems", "No problem is in the chart."),
    ("procedure", "Procedures", "No procedure is in the chart."),
    ("measurement", "Measured values", ""),
)


def chart_sections(chart: Mapping[str, Entries]) -> tuple[ChartSection, ...]:
    """The chart in the order in which it is read; the unread and the measured only where there are some."""
    return tuple(
        ChartSection(title, chart.get(kind, ()), empty) for kind, title, empty in SECTIONS if empty or chart.get(kind)
    )
