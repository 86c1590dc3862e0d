"""Commands that need no database: they read files, ask the core and print."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.given import a_date, a_file, an_object, printed
from enthesis.knowledge import BadInput, Library, parse_site

Json = Annotated[bool, typer.Option("--json", help="Print exactly the keys of the contract.")]


def today() -> date:
    """The day of asking when none is given; the only clock of these commands."""
    return date.today()  # noqa: DTZ011 -- the calendar day where the command is typed is the one meant


def screen_bundle(
    bundle: Annotated[Path, typer.Argument(help="A FHIR R4 bundle with one patient.")],
    on: Annotated[str, typer.Option(help="The planned injection day.")],
    site: Annotated[str, typer.Option(help="The site, such as lumbar-facet:L4/5:right.")],
    as_of: Annotated[str | None, typer.Option(help="The day of asking; today if left out.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="A JSON file of answers by question id (see `enthesis questions`).")
    ] = None,
    as_json: Json = False,
) -> None:
    """May this patient be injected at this site on this day, and if not, from when?"""
    from enthesis import fhir, screening
    from enthesis.cli.screens import tell_screening

    library = Library.shipped()
    asked, day = a_date("as-of", as_of, default=today()), a_date("on", on)
    target = parse_site(site, library)
    content = a_file(bundle)
    try:
        chart = fhir.read_bundle(content)
    except BadInput as error:
        raise BadInput(f"{bundle}: {error}") from error
    said = screening.parse_answers(
        an_object(answers) if answers else {}, screening.questions(screening.rules(library)), as_of=asked
    )
    facts = screening.facts_from(
        chart.items, answers=said, library=library, sex=chart.person.sex, born=chart.person.born
    )
    judged = screening.screen(facts, on=day, site=target, as_of=asked, library=library)
    printed(screening.screening_as_json(judged)) if as_json else tell_screening(judged)


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


def mix_recipe(
    dextrose: Annotated[str, typer.Option(help="Net dextrose, percent.")],
    lidocaine: Annotated[str, typer.Option(help="Net lidocaine, percent.")],
    volume_ml: Annotated[str, typer.Option(help="Volume in all, mL.")],
    dextrose_stock: Annotated[str, typer.Option(help="Strength of the dextrose stock, percent.")] = "50",
    lidocaine_stock: Annotated[str, typer.Option(help="Strength of the lidocaine stock, percent.")] = "1",
    diluent: Annotated[str, typer.Option(help="saline or water.")] = "saline",
    weight_kg: Annotated[
        str | None, typer.Option(help="The patient's weight; without it no dose limit is calculated.")
    ] = None,
    hydrous: Annotated[bool, typer.Option("--hydrous/--anhydrous", help="The form of the dextrose stock.")] = True,
    as_json: Json = False,
) -> None:
    """What to draw up for these net strengths, and whether the dose is within the limit."""
    from enthesis import mixing

    made = mixing.mix(
        Library.shipped(),
        dextrose=dextrose,
        lidocaine=lidocaine,
        volume_ml=volume_ml,
        dextrose_stock=dextrose_stock,
        lidocaine_stock=lidocaine_stock,
        diluent=diluent,
        dextrose_form="hydrous" if hydrous else "anhydrous",
        weight_kg=weight_kg,
    )
    if as_json:
        printed(mixing.mixture_as_json(made))
        return
    for line in mixing.recipe_lines(made) if made.feasible else ("This cannot be made.",):
        print(line)
    for warning in made.warnings:
        print(f"! {warning}")


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
    answers: Annotated[Path, typer.Argument(help="A JSON file of answers by item id.")],
    as_json: Json = False,
) -> None:
    """Score one filled-in instrument."""
    from enthesis import outcomes

    found, given = outcomes.instrument(Library.shipped(), instrument), an_object(answers)
    try:
        result = outcomes.score(found, given)
    except BadInput as error:
        raise BadInput(f"{answers}: {error}") from error
    if as_json:
        printed(outcomes.score_as_json(result))
    else:
        print(f"{instrument}: {result.score if result.scorable else 'not scorable: ' + result.reason}")
