"""What other reviews printed, and what our own trials say of the same comparison, side by side."""

from dataclasses import replace

from enthesis.evidence.figures.figure import Cell
from enthesis.evidence.figures.naming import signed
from enthesis.evidence.report.page import paragraph, table
from enthesis.evidence.review.fitting import Fit, fit
from enthesis.evidence.review.rows import Published

COLUMNS = ("review", "comparison", "when", "trials", "printed", "our trials, direct evidence only", "note", "address")


def published_html(made: Fit) -> str:
    """Each pooled result on the outcome of this question, as a table."""
    found = rows(made)
    if not found:
        return paragraph("None was read on this outcome.")
    caption = (
        "Pooled results as printed by other reviews; negative favours the first named unless the note says otherwise"
    )
    return table(COLUMNS, found, caption=caption)


def rows(made: Fit) -> list[tuple[Cell, ...]]:
    """What other reviews printed on the outcome of this question, and ours beside it."""
    return [_row(one, made) for one in made.review.published if one.outcome == made.question.outcome]


def _row(one: Published, made: Fit) -> tuple[Cell, ...]:
    return (one.review, one.comparison, one.when, one.trials, _printed(one), ours(one, made), one.note, one.address)


def _printed(one: Published) -> str:
    if one.estimate is None or one.low is None or one.high is None:
        return "no number readable"
    return f"{one.measure} {signed(one.estimate)} ({signed(one.low)} to {signed(one.high)})"


def ours(one: Published, made: Fit) -> str:
    """The same comparison from the trials we have, by the same measure; random effects, direct evidence only.

    The list of trials behind the printed number is not known, so likeness or difference proves little.
    """
    from scipy.special import ndtri

    if not one.node or not one.versus:
        return ""
    asked = replace(made.question, measure=one.measure, scores=None)
    for found in fit(made.review, asked).networks:
        if one.node in found.treatments and one.versus in found.treatments:
            direct, (first, second) = found.direct("random"), found.all_pairs
            for at, pair in enumerate(direct.pair.tolist()):
                names = found.treatments[first[pair]], found.treatments[second[pair]]
                if set(names) == {one.node, one.versus}:
                    turn = 1.0 if names[0] == one.node else -1.0
                    middle = turn * float(direct.estimate[at])
                    half = float(ndtri(0.975)) * float(direct.variance[at]) ** 0.5
                    trials = int(direct.studies[at])
                    numbers = f"{signed(middle)} ({signed(middle - half)} to {signed(middle + half)})"
                    return f"{one.measure} {numbers}, {trials} {'trial' if trials == 1 else 'trials'}"
    return "no trial here compares them with numbers of this kind"
