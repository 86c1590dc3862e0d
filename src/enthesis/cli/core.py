"""Commands that need no database: they read files, ask the core and print."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.given import a_date, a_file, an_object, printed
from enthesis.knowledge import BadInput, Library, parse_site

if TYPE_CHECKING:
    from enthesis.cli.bulk.judging import Asking

Json = Annotated[bool, typer.Option("--json", help="Print exactly the keys of the contract.")]


def today() -> date:
    """The day of asking when none is given; the only clock of these commands."""
    return date.today()  # noqa: DTZ011 -- the calendar day where the command is typed is the one meant


BUNDLE = (
    "A FHIR R4 bundle with one patient; or many: a folder, of which every .json file is read, in folders within it too, "
    "or a file ending in .ndjson or .jsonl with one bundle a line."
)
ANSWERS = (
    "A JSON file of answers by question id (see `enthesis questions`); for many records, such answers under the name of "
    "each record."
)
SAID = "What the patient says is taken, with semicolons between, such as 'ibuprofen as needed; baby aspirin'."
OUT = "For many records: the CSV file to write; standard output if left out."


def screen_bundle(
    bundle: Annotated[Path, typer.Argument(help=BUNDLE)],
    on: Annotated[str, typer.Option(help="The planned injection day.")],
    site: Annotated[str, typer.Option(help="The site, such as lumbar-facet:L4/5:right.")],
    as_of: Annotated[str | None, typer.Option(help="The day of asking; today if left out.")] = None,
    answers: Annotated[Path | None, typer.Option(help=ANSWERS)] = None,
    said: Annotated[str, typer.Option(help=SAID)] = "",
    out: Annotated[Path | None, typer.Option(help=OUT)] = None,
    as_json: Json = False,
) -> None:
    """May this patient be injected at this site on this day, and if not, from when?

    For many records: a CSV with one row for each. Exit code 0 when every record was read, 1 when some were skipped.
    """
    from enthesis import screening
    from enthesis.cli import bulk
    from enthesis.cli.bulk.judging import Asking, judged
    from enthesis.cli.screens import tell_screening

    library = Library.shipped()
    asked, day = a_date("as-of", as_of, default=today()), a_date("on", on)
    asking = Asking(
        day, asked, parse_site(site, library), library, said=screening.items_said(said, as_of=asked, library=library)
    )
    if bulk.holds_many(bundle):
        _screen_many(bundle, asking, answers, out, as_json=as_json)
        return
    if out:
        raise BadInput("--out: is for many records, a folder or a file ending in .ndjson or .jsonl")
    content = a_file(bundle)
    given = screening.parse_answers(
        an_object(answers) if answers else {}, screening.questions(screening.rules(library)), as_of=asked
    )
    chart, found = judged(content, asking, given, where=f"{bundle}: ")
    printed(screening.screening_as_json(found)) if as_json else tell_screening(found, chart.not_understood)


def _screen_many(source: Path, asking: "Asking", answers: Path | None, out: Path | None, *, as_json: bool) -> None:
    from enthesis.cli.bulk.screening import answers_by_record, screen_many

    if as_json:
        raise BadInput("--json: is for one bundle; many records give a CSV")
    if asking.said:
        raise BadInput("--said: is for one bundle; many records are judged by what each of them holds")
    if answers:
        asking = replace(asking, answers=answers_by_record(an_object(answers), asking))
    raise typer.Exit(screen_many(source, asking, out=out))


def list_questions(
    site: Annotated[str, typer.Option(help="Only the questions that matter for this site.")] = "", as_json: Json = False
) -> None:
    """The questions the screening rules ask, with their ids and how they are answered."""
    from enthesis import screening

    library = Library.shipped()
    entries = screening.rules(library)
    if site:
        target = parse_site(site, library)
        asked = screening.questions_for(entries, target)
    else:
        asked = tuple(screening.questions(entries).values())
    if as_json:
        printed([{"id": q.id, "text": q.text, "kind": q.kind.value, "hint": q.hint} for q in asked])
        return
    for question in asked:
        print(f"{question.id} ({question.kind}): {question.text}")


def plan_course(
    treatment: Annotated[str, typer.Option(help="The treatment, such as dextrose-prolotherapy.")],
    condition: Annotated[str, typer.Option(help="The condition, such as knee-osteoarthritis.")],
    start: Annotated[str, typer.Option(help="The day of the first session.")],
    protocol: Annotated[str | None, typer.Option(help="The protocol, where a condition has several.")] = None,
    ics: Annotated[Path | None, typer.Option(help="Also write a calendar file.")] = None,
    as_json: Json = False,
) -> None:
    """Date a whole course: sessions, washouts, diary days, waves and reviews."""
    from enthesis import pathway
    from enthesis.cli.screens import tell_plan, write_whole

    library = Library.shipped()
    made = pathway.plan(
        treatment=treatment,
        condition=condition,
        start=a_date("start", start),
        protocol=protocol,
        washouts=pathway.washouts_of(library),
        today=today(),
        library=library,
    )
    if ics:
        write_whole(ics, pathway.plan_as_ics(made, uid_prefix="enthesis", now=datetime.now(tz=UTC)))
    printed(pathway.plan_as_json(made)) if as_json else tell_plan(made)


def score_answers(
    instrument: Annotated[str, typer.Argument(help="The instrument, such as peg or rmdq-24.")],
    answers: Annotated[Path, typer.Argument(help="JSON: answers by item id, or a FHIR QuestionnaireResponse.")],
    as_json: Json = False,
) -> None:
    """Score one filled-in instrument."""
    from enthesis import outcomes
    from enthesis.fhir.questionnaire_answers import answers_of

    found, given = outcomes.instrument(Library.shipped(), instrument), an_object(answers)
    try:
        result = outcomes.score(found, answers_of(found, given) if "resourceType" in given else given)
    except BadInput as error:
        raise BadInput(f"{answers}: {error}") from error
    if as_json:
        printed(outcomes.score_as_json(result))
    else:
        called = f" ({result.says})" if result.says else ""
        print(f"{instrument}: {result.score if result.scorable else 'not scorable: ' + result.reason}{called}")
        for part in result.subscales:
            print(f"  {part.title}: {'not scorable: ' + part.reason if part.score is None else part.score}")
