"""What a clinic may show to anybody: only groups and times that pass the floors, in generated words."""

from collections.abc import Mapping
from dataclasses import replace

from enthesis.evidence.report.page import paragraph
from enthesis.expectations.report import checklists
from enthesis.expectations.report.harmed import AT_LEAST, beside_due, counts_told, everybody_due
from enthesis.expectations.report.names import Names, Say
from enthesis.expectations.report.other_treatments import others_told
from enthesis.expectations.report.report import Made, OutcomesReport, report_of, told_of
from enthesis.expectations.report.told import headline_week
from enthesis.knowledge import Library
from enthesis.outcomes.cohort import Analysis, kept_back
from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.small_cells import shown_of

Counts = Mapping[str, int]


def public_report(
    analysis: Analysis, made: Made, library: Library, *, say: Say = str, comma: bool = False
) -> OutcomesReport | None:
    """The public part of a report; None where no group passes the floors. `say` and `comma` are those of `Names`."""
    passing = replace(
        analysis, groups=tuple(group for group in analysis.groups if headline_week(group)), comparisons=()
    )
    if not passing.groups:
        return None
    whole = report_of(told_of(passing, made, library, Names.of(library, say, comma=comma)), made, library)
    called = {
        checklists.SHORT: say("In short"),
        checklists.AVERAGE: say("How the average went"),
        checklists.SHARES: say("How many were better, and worse"),
        checklists.BESIDE: say("What people report without the treatment"),
        checklists.METHODS: say("Methods"),
    }
    kept = tuple((called[heading], html) for heading, html in whole.sections if heading in called)
    title = say("What happened to patients of this clinic, and what it does not prove")
    untouched = say(
        "This page is generated from the clinic's records. Nobody at the clinic can change its words or numbers."
    )
    return replace(whole, title=title, opening=paragraph(untouched) + whole.opening, sections=kept)


def public_counts(analysis: Analysis, harms: Counts | None = None) -> dict[str, int]:
    """Every count that a public report gives away, by group, week and what was counted; and the unwanted effects."""
    harmed = beside_due(harms, everybody_due(analysis)) if harms else {}
    told = counts_told(harmed) if harmed else {}
    if harmed and AT_LEAST not in harmed:
        told["injected"] = str(harmed["injected"])
    found = {f"unwanted effects/{name}": int(said) for name, said in told.items() if said.isdecimal()}
    for group in analysis.groups:
        name = "/".join(group.key.values())
        if headline_week(group) and group.told_enrolled is not None:
            found[f"{name}/started"] = group.enrolled
        for week in group.weeks:
            if not kept_back(week.flow):
                at = f"{name}/{week.week:g}"
                found |= {f"{at}/due": week.flow.due, f"{at}/answered": week.flow.answered}
                found[f"{at}/compared"] = week.better["any"].n
                sides = {"better": week.better, "worse": week.worse}
                found |= {f"{at}/{side}-{size}": sides[side][size].events for side, size in shown_of(week)}
                found |= {f"{at}/{kind}": people for kind, people in others_told(week).items()}
    return found


def told_apart(before: Counts, after: Counts) -> str:
    """What one could learn of one to four people by subtracting an earlier publication; empty where nothing."""
    for name in sorted(before.keys() & after.keys()):
        if is_small(abs(after[name] - before[name])):
            return name
    return ""
