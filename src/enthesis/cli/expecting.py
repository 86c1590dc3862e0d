"""`enthesis expect`: of a hundred people like you, with the treatment and without, and how sure that is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.given import printed
from enthesis.knowledge import BadInput, Library

if TYPE_CHECKING:
    from enthesis.expectations import Ask, ClinicAnswers, Expectation

REVIEW = "dextrose-prolotherapy"
TREATMENT = "As the library or the review calls it, such as dextrose-prolotherapy."
CLINIC = "A clinic of this database: its own trials, judgments of certainty and newest answers come in."
SNAPSHOT = "The clinic's own answers (.parquet or .csv): joined with the trials where there are enough."


def expect_one(
    condition: Annotated[str, typer.Option(help="The condition, such as knee-osteoarthritis.")],
    treatment: Annotated[str, typer.Option(help=TREATMENT)],
    versus: Annotated[str, typer.Option(help="What it is set against, such as saline-injection.")],
    baseline: Annotated[float, typer.Option(help="The pain one starts at, 1 to 10.")],
    weeks: Annotated[float, typer.Option(help="Weeks until one looks; the nearest time of each trial is taken.")],
    snapshot: Annotated[Path | None, typer.Option(help=SNAPSHOT)] = None,
    review: Annotated[str, typer.Option(help="The review of trials.")] = REVIEW,
    whole_path: Annotated[
        bool,
        typer.Option(
            "--path", help="Each step from the rows of trials to the number, and what a next trial would change."
        ),
    ] = False,
    clinic: Annotated[str, typer.Option(help=CLINIC)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly the keys of the contract.")] = False,
) -> None:
    """What one person may expect: people of 100 with the treatment and without, ranges, certainty and why."""
    from enthesis.expectations import Ask, expectation_as_json

    ask = Ask(condition, treatment, versus, baseline, weeks)
    if clinic and (snapshot or review != REVIEW):
        raise BadInput("--clinic: either a clinic of the database, or a snapshot or review of your own")
    found = _of_clinic(ask, clinic) if clinic else _of_files(ask, snapshot, review)
    if whole_path:
        _tell_path(found, as_json=as_json)
        return
    printed(expectation_as_json(found)) if as_json else _tell(found)


def _of_files(ask: "Ask", snapshot: Path | None, review: str) -> "Expectation":
    """From what ships and a snapshot, without any database."""
    from enthesis.evidence.review import review as read
    from enthesis.expectations import expect

    library = Library.shipped()
    answers = answers_of(snapshot, ask) if snapshot else None
    return expect(ask, review=read(library, review), library=library, clinic=answers)


def _of_clinic(ask: "Ask", clinic: str) -> "Expectation":
    """As the page of a clinic has it."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.expecting import ask_expectation

    return ask_expectation(by=by, ask=ask, clinic=place)


def _tell_path(found: "Expectation", *, as_json: bool) -> None:
    """Trials by what they give, the steps after them, and the next trial."""
    from enthesis.expectations import sentence
    from enthesis.expectations.path import path, path_as_json

    made = path(found)
    if as_json:
        printed(path_as_json(made))
        return
    for trial in made.trials:
        print(f"{trial.citation} gives {trial.gives:.0%}: {trial.printed} (week {trial.week}; {trial.locator})")
        print(f"  {trial.address}")
        for note in trial.notes:
            print(f"  {note}")
    for step in made.steps:
        print(f"{step.name}: {step.says} [{step.source}]")
    for one in (made.now, *made.next_trials):
        if one is not None:
            when = f"after one more trial of {one.people} people" if one.people else "now"
            print(f"width of the interval {when}: {one.average:.2f} SD, at a new place {one.new_clinic:.2f} SD")
    print(made.next_says or sentence(found))


def answers_of(snapshot: Path, ask: "Ask") -> "ClinicAnswers":
    """A clinic's answers from its snapshot. Raises BadInput when it holds no such group."""
    from enthesis.cli.outcomes.engines import opened
    from enthesis.expectations import answers_from
    from enthesis.outcomes import cohort

    with opened(snapshot, "duckdb") as table:
        by = ("condition", "treatment")
        analysis = cohort.analyse(
            table,
            measures=cohort.measures(Library.shipped()),
            by=by,
            with_models=False,
            ratings=cohort.ratings(Library.shipped()),
        )
    found = answers_from(analysis, condition=ask.condition, treatment=ask.treatment, weeks=ask.weeks)
    if found is None:
        raise BadInput(
            f"{snapshot}: holds no answers on pain from week 6 on for condition {ask.condition!r} and treatment "
            f"{ask.treatment!r}"
        )
    return found


def _tell(found: "Expectation") -> None:
    from enthesis.expectations import sentence
    from enthesis.expectations.wording import clinic_sentence, framings

    print(sentence(found))
    for line in framings(found):
        print(line)
    if found.graded:
        alone = f" (by the rules alone: {found.graded.rating_by_rules})" if found.graded.overridden else ""
        print(f"How sure: {found.graded.rating} certainty{alone}.")
        for one in found.graded.judged:
            changed = f" (the rule: {one.rule.words}; {one.overridden.said})" if one.overridden else ""
            print(f"  {one.domain}: {one.concern.words}; {one.because}{changed}")
    if found.clinic:
        print(clinic_sentence(found.clinic))
