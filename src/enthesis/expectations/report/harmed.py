"""Unwanted effects in a report: people, counted once by their worst grade, of everybody injected."""

from collections.abc import Mapping

from enthesis.evidence.report.page import paragraph, table
from enthesis.expectations.report.names import percent
from enthesis.expectations.report.told import few
from enthesis.outcomes.cohort import wilson
from enthesis.outcomes.cohort.small_cells import is_small

GRADES = {1: "mild", 2: "moderate", 3: "severe", 4: "life-threatening", 5: "deaths"}


def harms_words(harms: Mapping[str, int]) -> str:
    """Unwanted effects, everybody counted once by the worst grade."""
    if not harms:
        return "not part of this snapshot"
    counts = {name: harms.get(f"grade {grade}", 0) for grade, name in GRADES.items()}
    if not any(counts.values()):
        return f"none were reported of {harms['injected']} people injected; none reported is not none happened"
    graded = ", ".join(f"{few(count).lower()} {name}" for name, count in counts.items() if count)
    return f"of {harms['injected']} people injected, by their worst: {graded}; {few(harms.get('serious', 0)).lower()} serious"


def harms_html(harms: Mapping[str, int]) -> str:
    """Each grade with its people, the people injected, and the share with its interval."""
    if not harms:
        return paragraph("Unwanted effects are not part of this snapshot.")
    injected = harms["injected"]
    rows = [_row(f"grade {grade}: {name}", harms.get(f"grade {grade}", 0), injected) for grade, name in GRADES.items()]
    rows.append(_row("serious, of any grade", harms.get("serious", 0), injected))
    said = paragraph(
        "Everybody counts once, by the worst grade that was reported. The soreness that most people have in the first days is in "
        "their diaries and not here. What nobody reported is not counted; none reported is not none happened."
    )
    columns = ("worst grade", "people", "of people injected", "share (95% interval)")
    return said + table(columns, rows, caption="Unwanted effects, by people")


def _row(words: str, count: int, injected: int) -> tuple[str, ...]:
    if is_small(count) or not 0 <= count <= injected or not injected:
        return words, few(count), str(injected), ""
    low, high = wilson(events=count, n=injected)
    return words, str(count), str(injected), f"{percent(count / injected)} ({percent(low)} to {percent(high)})"
