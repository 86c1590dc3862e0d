"""`enthesis evidence reviews|review|report`: the trials that ship, and one page on what they say."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from enthesis.cli.evidence import Json, number_or_word
from enthesis.cli.given import printed
from enthesis.knowledge import BadInput, Library

if TYPE_CHECKING:
    from enthesis.evidence.review import Question, Review
    from enthesis.evidence.review.fitting import Fit

Choice = TypeVar("Choice", bound=StrEnum)

Id = Annotated[str, typer.Argument(help="The review, as `enthesis evidence reviews` names it.")]
Outcome = Annotated[str, typer.Option(help="An outcome of the review; its first if left out.")]
Measure = Annotated[str, typer.Option(help="MD or SMD of scores; OR, RR or RD of people who got better.")]
Weeks = Annotated[
    float | None, typer.Option(help="The week wanted; the nearest one is taken. The review's own if left out.")
]
Within = Annotated[str, typer.Option("--window", help="short (to 6 weeks), medium (6 to 26), long (26 on) or any.")]
Condition = Annotated[list[str] | None, typer.Option(help="Only this condition; may be given again.")]
RiskOfBias = Annotated[
    list[str] | None, typer.Option("--bias", help="Only trials at this risk: low, some, high, unclear.")
]
Tau2 = Annotated[str, typer.Option(help="Heterogeneity: reml, ml, dl, pm, or a number of 0 or more.")]


def list_reviews(as_json: Json = False) -> None:
    """The reviews that ship, with their size and the fingerprint of their data."""
    from enthesis.evidence.review import reviews

    rows = [
        {
            "id": one.id,
            "title": one.entry.title,
            "version": one.about.version,
            "trials": len(one.trials),
            "awaiting": len(one.awaiting),
            "fingerprint": one.fingerprint,
        }
        for one in reviews(Library.shipped())
    ]
    if as_json:
        printed(rows)
        return
    for row in rows:
        print(
            f"{row['id']}: {row['title']}. {row['trials']} trials, {row['awaiting']} awaiting; data {row['fingerprint']}"
        )


def show_review(
    id: Id,
    outcome: Outcome = "",
    measure: Measure = "MD",
    weeks: Weeks = None,
    window: Within = "",
    condition: Condition = None,
    bias: RiskOfBias = None,
    tau2: Tau2 = "reml",
    html: Annotated[Path | None, typer.Option(help="Write the whole report to this file.")] = None,
    as_json: Json = False,
) -> None:
    """One review asked one question: where every trial went, each treatment against the reference, and how sure that is."""
    from enthesis.evidence.review import review
    from enthesis.evidence.review.fitting import fit

    of = review(Library.shipped(), id)
    asked = question(of, outcome=outcome, measure=measure, weeks=weeks, window=window, condition=condition, bias=bias)
    made = fit(of, asked, tau2=number_or_word(tau2))
    if html is not None:
        from enthesis.evidence.report import review_report

        write_page(html, review_report(made))
    if as_json:
        printed(as_values(made))
    elif html is None:
        _tell(made)


def question(
    of: "Review",
    *,
    outcome: str,
    measure: str,
    weeks: float | None,
    window: str,
    condition: list[str] | None,
    bias: list[str] | None,
) -> "Question":
    """A question from options. Raises BadInput naming the option and what was expected."""
    from dataclasses import replace

    from enthesis.evidence.review import Bias, Window, usual

    usually = usual(of)
    return replace(
        usually,
        outcome=outcome or usually.outcome,
        measure=measure.upper(),
        weeks=usually.weeks if weeks is None else weeks,
        window=one_of("window", window, Window) if window else usually.window,
        conditions=frozenset(condition or ()),
        bias=frozenset(one_of("bias", one, Bias) for one in bias or ()),
    ).checked(of)


def one_of(option: str, text: str, among: type[Choice]) -> Choice:
    """A member of an enumeration by its value. Raises BadInput with those there are."""
    for member in among:
        if str(member) == text.strip().lower():
            return member
    raise BadInput(f"--{option}: {text!r}; one of {', '.join(map(str, among))} was expected")


def as_values(made: "Fit") -> dict[str, object]:
    """A fit as plain values: the flow, what was taken, the networks of the contract, and the certainty of each pair."""
    from enthesis import evidence
    from enthesis.evidence.certainty.rating import certainties
    from enthesis.evidence.report.of_review import known_of

    went = made.flow
    return {
        "review": made.review.id,
        "fingerprint": made.review.fingerprint,
        "flow": {
            "found": went.found,
            "pooled": [trial.trial for trial in went.pooled],
            "not_pooled": [{"trial": trial.trial, "because": why} for trial, why in went.not_pooled],
            "excluded": [{"trial": trial.trial, "because": why} for trial, why in went.excluded],
            "awaiting": [one.trial for one in went.awaiting],
            "registered": [one.trial for one in went.registered],
        },
        "networks": [evidence.network_as_json(found) for found in made.networks],
        "certainty": [
            {
                "treatment": one.treatment,
                "versus": one.versus,
                "rating": str(one.rating),
                "domains": [
                    {
                        "domain": str(j.domain),
                        "judgment": j.concern.words,
                        "because": j.because,
                        "numbers": dict(j.numbers),
                    }
                    for j in one.judgments
                ],
            }
            for found in made.networks
            for one in certainties(found, known_of(made))
        ],
    }


def _tell(made: "Fit") -> None:
    from enthesis.evidence.certainty.rating import certainties
    from enthesis.evidence.report.of_review import known_of, naming_of, question_words
    from enthesis.evidence.report.sections import summary

    naming = naming_of(made)
    print(made.review.entry.title)
    for line in (*question_words(made), made.flow.in_words()):
        print(line)
    for found in made.networks:
        print(f"\n{summary(found, naming)}")
        for one in certainties(found, known_of(made), versus=found.reference):
            row = found.between(one.treatment, one.versus).random
            numbers = f"{naming.text(row['estimate'])} ({naming.interval(row['lower'], row['upper'])})"
            print(f"  {naming.treatment(one.treatment)}: {numbers}. {one.explain()}")
    if not made.networks:
        print("No trial that was read answers this question with numbers that can be compared.")


def write_page(path: Path, text: str, *, aloud: bool = True) -> None:
    """Write a page, whole or not at all, and say so. Raises BadInput naming the file."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror or error}") from error
    if aloud:
        print(f"{path}: written")
