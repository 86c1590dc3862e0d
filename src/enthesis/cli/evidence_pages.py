"""The generated page on evidence: what ships, what it says, and what cannot be reproduced. Printed, never typed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from enthesis.knowledge import Library

if TYPE_CHECKING:
    from enthesis.evidence.review.fitting import Fit

HEAD_WORDS = (
    "No clinician has reviewed a review. Numbers are worked out when this page is printed, from the tables that ship."
)
SINGLE_LINE = str.maketrans({"|": "/", "\n": " "})


def evidence_page(library: Library, *, head: str) -> str:
    """One page for all reviews."""
    from enthesis.evidence.review import reviews, usual
    from enthesis.evidence.review.fitting import fit

    lines = [head, "# Evidence\n", HEAD_WORDS, ""]
    for of in reviews(library):
        lines += _review(fit(of, usual(of)))
    return "\n".join(lines).rstrip() + "\n"


def _review(made: "Fit") -> Iterator[str]:
    from enthesis.evidence.report.of_review import data_words, question_words

    of = made.review
    yield f"## {of.entry.title}\n"
    yield f"`evidence/{of.id}`. {of.about.question}\n"
    yield from (f"- {line}" for line in (*question_words(made), *data_words(made)))
    yield f"\n### Where every trial went\n\n{made.flow.in_words()}\n"
    yield from _table(("why not pooled for this question", "trials"), [(why, str(n)) for why, n in made.flow.reasons])
    yield from _networks(made)
    yield from _published(made)
    for heading, said in (("Traps", of.about.traps), ("What cannot be reproduced", of.about.not_reproducible)):
        yield f"### {heading}\n"
        yield from (f"- {line}" for line in said)
        yield ""
    yield from _trials(made)


def _networks(made: "Fit") -> Iterator[str]:
    from enthesis.evidence.certainty.rating import certainties
    from enthesis.evidence.report.of_review import known_of, naming_of
    from enthesis.evidence.report.sections import summary

    naming = naming_of(made)
    for found in made.networks:
        yield f"### What the trials say, against {naming.treatment(found.reference)}\n"
        yield f"{summary(found, naming)} {naming.axis.capitalize()}.\n"
        rows = []
        for one in certainties(found, known_of(made), versus=found.reference):
            row = found.between(one.treatment, one.versus)
            numbers = (
                f"{naming.text(row.random['estimate'])} ({naming.interval(row.random['lower'], row.random['upper'])})"
            )
            rows.append((naming.treatment(one.treatment), numbers, naming.interval(*row.prediction), one.explain()))
        yield from _table(("treatment", "estimate (95% interval)", "a new study", "certainty"), rows)


def _published(made: "Fit") -> Iterator[str]:
    from enthesis.evidence.report.published import COLUMNS, rows

    if found := rows(made):
        yield "### Beside published reviews\n"
        yield from _table(COLUMNS, [tuple("" if cell is None else str(cell) for cell in row) for row in found])


def _trials(made: "Fit") -> Iterator[str]:

    of, went = made.review, made.flow
    where = {one.trial: "pooled" for one in went.pooled} | {
        trial.trial: why for trial, why in (*went.not_pooled, *went.excluded)
    }
    yield f"### Trials read ({len(of.trials)})\n"
    rows = [
        (
            f"`{one.trial}`",
            one.citation,
            of.about.condition(one.condition).name,
            str(one.people or ""),
            str(one.bias),
            where[one.trial],
            one.address,
        )
        for one in of.trials
    ]
    yield from _table(("trial", "citation", "condition", "people", "risk of bias", "here", "address"), rows)
    if of.awaiting:
        yield f"### Awaiting ({len(of.awaiting)})\n"
        waiting = [
            (
                one.citation,
                of.about.condition(one.condition).name,
                one.comparison,
                one.known,
                str(one.state),
                one.address,
            )
            for one in of.awaiting
        ]
        yield from _table(("trial", "condition", "comparison", "known", "state", "address"), waiting)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield f"| {' | '.join(columns)} |"
        yield f"|{'---|' * len(columns)}"
        yield from (f"| {' | '.join(cell.translate(SINGLE_LINE) for cell in row)} |" for row in rows)
        yield ""
