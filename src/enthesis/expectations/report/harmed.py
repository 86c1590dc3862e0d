"""Unwanted effects in a report: people, counted once by their worst grade, of everybody injected."""

from collections.abc import Iterable, Mapping
from itertools import accumulate

from enthesis.evidence.report.page import paragraph, table
from enthesis.expectations.report.names import Names, percent
from enthesis.expectations.report.told import IN_ENGLISH, few
from enthesis.outcomes.cohort import Analysis, wilson
from enthesis.outcomes.cohort.floors import SMALLEST_CELL, is_small

GRADES = {1: "mild", 2: "moderate", 3: "severe", 4: "life-threatening", 5: "deaths"}
SERIOUS = "serious"
AT_LEAST = "at least"  # among the counts: those injected are that many or more


def beside_due(harms: Mapping[str, int], due: Iterable[int]) -> dict[str, int]:
    """The counts as they may stand beside how many were due: where one to four of those injected were not, a lower bound of the
    injected takes their place.
    """
    dues, injected = tuple(due), harms.get("injected", 0)
    if not any(is_small(injected - one) for one in dues):
        return dict(harms)
    harmed = sum(harms.get(f"grade {grade}", 0) for grade in GRADES)
    return {**harms, "injected": max(harmed, *(one for one in dues if one <= injected)), AT_LEAST: 1}


def everybody_due(analysis: Analysis) -> tuple[int, ...]:
    """Every count of those due that a report may print."""
    ratings = {due for one in analysis.rated for due in one.due}
    return tuple(sorted(ratings | {due for group in analysis.groups for due in group.due}))


def _injected(harms: Mapping[str, int], names: Names) -> str:
    say = names.told
    return say("at least {people}", people=harms["injected"]) if AT_LEAST in harms else str(harms["injected"])


def harms_words(harms: Mapping[str, int], names: Names = IN_ENGLISH) -> str:
    """Unwanted effects, everybody counted once by the worst grade."""
    say = names.told
    if not harms:
        return say("not part of this snapshot")
    injected = _injected(harms, names)
    if not any(harms.get(f"grade {grade}", 0) for grade in GRADES):
        return say(
            "none were reported of {people} people injected; none reported is not none happened", people=injected
        )
    told = {name: said.lower() for name, said in counts_told(harms, names).items()}
    graded = {
        1: say("{people} mild", people=told["grade 1"]),
        2: say("{people} moderate", people=told["grade 2"]),
        3: say("{people} severe", people=told["grade 3"]),
        4: say("{people} life-threatening", people=told["grade 4"]),
        5: say("{people} deaths", people=told["grade 5"]),
    }
    listed = ", ".join(said for grade, said in graded.items() if harms.get(f"grade {grade}", 0))
    return say(
        "of {people} people injected, by their worst: {listed}; {serious} serious",
        people=injected,
        listed=listed,
        serious=told[SERIOUS],
    )


def harms_html(harms: Mapping[str, int]) -> str:
    """Each grade with its people, the people injected, and the share with its interval."""
    if not harms:
        return paragraph("Unwanted effects are not part of this snapshot.")
    injected, told = harms["injected"], counts_told(harms)
    named = {f"grade {grade}": f"grade {grade}: {name}" for grade, name in GRADES.items()}
    named |= {SERIOUS: "serious, of any grade"}
    rows = [_row(words, told[name], injected, least=AT_LEAST in harms) for name, words in named.items()]
    said = paragraph(
        "Everybody counts once, by the worst grade that was reported. The soreness that most people have in the first days is in "
        "their diaries and not here. What nobody reported is not counted; none reported is not none happened."
    )
    columns = ("worst grade", "people", "of people injected", "share (95% interval)")
    return said + table(columns, rows, caption="Unwanted effects, by people")


def counts_told(harms: Mapping[str, int], names: Names = IN_ENGLISH) -> dict[str, str]:
    """What may be said of each count: itself, "Fewer than 5", or "At least" so many where the rest would be one to four."""
    injected, counts = harms["injected"], [harms.get(f"grade {grade}", 0) for grade in GRADES]
    say = names.told
    told = {f"grade {grade}": few(count, names) for grade, count in zip(GRADES, counts, strict=True)}
    rest = injected - sum(count for count in counts if not is_small(count))
    if is_small(rest) and max(counts) >= SMALLEST_CELL:
        most = max(GRADES, key=lambda grade: counts[grade - 1])
        told[f"grade {most}"] = say("At least {people}", people=counts[most - 1] + rest - SMALLEST_CELL)
    serious = harms.get(SERIOUS, 0)
    # Severe and worse, life-threatening and worse, and deaths: none of these may be subtracted from the serious either.
    cuts = (injected, *accumulate(reversed(counts)), *counts)
    near = not is_small(serious) and any(is_small(abs(serious - cut)) for cut in cuts)
    rounded = say("At least {people}", people=serious // SMALLEST_CELL * SMALLEST_CELL)
    told[SERIOUS] = rounded if serious and near else few(serious, names)
    return told


def _row(words: str, told: str, injected: int, *, least: bool) -> tuple[str, ...]:
    of = f"at least {injected}" if least else str(injected)
    if not told.isdecimal() or not 0 <= int(told) <= injected or not injected:
        return words, told, of, ""
    count = int(told)
    low, high = wilson(events=count, n=injected)
    share = f"{percent(count / injected)} ({percent(low)} to {percent(high)})"
    return words, told, of, f"at most about {share}" if least and count else share
