"""`enthesis course`: the whole walk at the command line, through the same acts as the pages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.core import Json, today
from enthesis.cli.given import a_date, an_object, printed
from enthesis.cli.registry import Clinic

if TYPE_CHECKING:
    from enthesis.clinic.permissions import Actor

app = typer.Typer(no_args_is_help=True, help="One course of treatment, step by step.")
Id = Annotated[str, typer.Argument(help="The course's id.")]
SessionId = Annotated[str, typer.Argument(help="The session's id.")]
Answers = Annotated[Path, typer.Option(help="A JSON file of answers by question id.")]
Details = Annotated[Path, typer.Option(help="A JSON file of what was done; docs/guide/command-line.md shows each.")]
On = Annotated[str, typer.Option(help="The day.")]
Corrects = Annotated[str | None, typer.Option(help="The record this corrects.")]
Reason = Annotated[str, typer.Option(help="Why it is corrected.")]


def _by(clinic: str) -> "Actor":
    from enthesis.cli.database import clinic_and_operator

    return clinic_and_operator(clinic)[1]


@app.command("open")
def open_(
    patient: str,
    condition: Annotated[str, typer.Option()],
    site: Annotated[str, typer.Option()],
    treatment: Annotated[str, typer.Option()] = "dextrose-prolotherapy",
    protocol: Annotated[str, typer.Option()] = "",
    clinic: Clinic = "",
) -> None:
    """Open a course for a patient and print its id."""
    by = _by(clinic)
    from enthesis.clinic.courses import open_course

    print(
        open_course(by=by, patient=patient, condition=condition, treatment=treatment, site=site, protocol=protocol).pk
    )


@app.command("screen")
def screen(
    course: Id,
    on: On,
    answers: Answers,
    as_of: Annotated[str | None, typer.Option(help="The day of asking.")] = None,
    said: Annotated[str, typer.Option(help="Medicines, allergies and illnesses as told, parted by semicolons.")] = "",
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Screen for a day; the judgment is kept."""
    by = _by(clinic)
    from enthesis.clinic.screen import screen_course
    from enthesis.screening import screening_as_json

    judged = screen_course(
        by=by,
        course=course,
        on=a_date("on", on),
        as_of=a_date("as-of", as_of, default=today()),
        answers=an_object(answers),
        said=said,
    )
    printed(screening_as_json(judged)) if as_json else print(judged.decision.value)


@app.command("rescreen")
def rescreen(
    days: Annotated[int, typer.Option(help="How many days ahead.")] = 7, clinic: Clinic = "", as_json: Json = False
) -> None:
    """Judge every session of the coming days again as of today; print those that changed. For a nightly job."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from dataclasses import asdict

    from enthesis.clinic.rescreen import rescreen_coming

    changed = rescreen_coming(by=by, clinic=place, today=today(), days=days)
    if as_json:
        printed([asdict(one) for one in changed])
    else:
        print("\n".join(f"{one.course} {one.on}: {one.before} -> {one.now}" for one in changed) or "nothing changed")


@app.command("rejudge")
def rejudge(screening: Annotated[str, typer.Argument(help="The judgment's id.")], clinic: Clinic = "") -> int:
    """Make a kept judgment again from its snapshot; exit 1 where it is not the same."""
    by = _by(clinic)
    from enthesis.cli.screens import tell_again
    from enthesis.clinic.rejudge import rejudge as make_again

    made = make_again(by=by, screening=screening)
    tell_again((made,))
    return 0 if made.same else 1


@app.command("allow")
def allow(
    course: Id,
    because: Annotated[str, typer.Option()],
    refuse: Annotated[bool, typer.Option("--refuse", help="Decide against it.")] = False,
    clinic: Clinic = "",
) -> None:
    """Record a clinician's decision where the screening asks for one."""
    by = _by(clinic)
    from enthesis.clinic.screen import decide_screening

    decide_screening(by=by, course=course, go_ahead=not refuse, because=because)
    print("decided against" if refuse else "allowed")


@app.command("plan")
def plan(
    course: Id,
    start: Annotated[str, typer.Option(help="The day of the next session.")],
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Date the course from its next session."""
    by = _by(clinic)
    from enthesis.cli.screens import tell_plan
    from enthesis.clinic.plan import plan_course
    from enthesis.pathway import plan_as_json

    made = plan_course(by=by, course=course, start=a_date("start", start), today=today())
    printed(plan_as_json(made)) if as_json else tell_plan(made)


@app.command("assess")
def assess(course: Id, on: On, details: Details, clinic: Clinic = "") -> None:
    """Step 1: begin the session and print its id."""
    by = _by(clinic)
    from enthesis.clinic import treat

    print(treat.assess(by=by, course=course, on=a_date("on", on), details=an_object(details)).pk)


@app.command("anaesthetise")
def anaesthetise(
    session: SessionId, details: Details, corrects: Corrects = None, reason: Reason = "", clinic: Clinic = ""
) -> None:
    """Step 2: the local anaesthetic in the skin."""
    by = _by(clinic)
    from enthesis.clinic import treat

    print(treat.anaesthetise(by=by, session=session, details=an_object(details), corrects=corrects, reason=reason).pk)


@app.command("inject")
def inject(
    session: SessionId, details: Details, corrects: Corrects = None, reason: Reason = "", clinic: Clinic = ""
) -> None:
    """Step 3: every needle placement, as {"injections": [{"site", "volume_ml", ...}]}."""
    by = _by(clinic)
    from enthesis.clinic import treat
    from enthesis.knowledge import BadInput

    given = an_object(details).get("injections")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise BadInput(f'{details}: an object {{"injections": [...]}} was expected')
    print(treat.inject(by=by, session=session, given=given, corrects=corrects, reason=reason).pk)


@app.command("observe")
def observe(
    session: SessionId, details: Details, corrects: Corrects = None, reason: Reason = "", clinic: Clinic = ""
) -> None:
    """Step 4: the watch afterwards, until the patient goes home."""
    by = _by(clinic)
    from enthesis.clinic import treat

    print(treat.observe(by=by, session=session, details=an_object(details), corrects=corrects, reason=reason).pk)


@app.command("diary")
def diary(
    session: SessionId, on: On, answers: Answers, corrects: Corrects = None, reason: Reason = "", clinic: Clinic = ""
) -> None:
    """One day of the diary; prints how urgent it is and what the patient is told."""
    by = _by(clinic)
    from enthesis.clinic.diary import record_diary

    watch = record_diary(
        by=by,
        session=session,
        on=a_date("on", on),
        today=today(),
        answers=an_object(answers),
        mode="command line",
        corrects=corrects,
        reason=reason,
    )
    print("\n".join([watch.urgency.value, *watch.to_patient]))


@app.command("survey")
def survey(
    course: Id,
    wave: Annotated[str, typer.Option()],
    instrument: Annotated[str, typer.Option()],
    on: On,
    answers: Answers,
    corrects: Corrects = None,
    reason: Reason = "",
    clinic: Clinic = "",
) -> None:
    """One instrument at one wave."""
    by = _by(clinic)
    from enthesis.clinic.survey import record_survey
    from enthesis.outcomes import score_as_json

    result = record_survey(
        by=by,
        course=course,
        wave=wave,
        instrument_id=instrument,
        on=a_date("on", on),
        today=today(),
        answers=an_object(answers),
        mode="command line",
        corrects=corrects,
        reason=reason,
    )
    printed(score_as_json(result))


@app.command("show")
def show(patient: str, clinic: Clinic = "") -> None:
    """A patient's courses, timeline and audit events as JSON."""
    by = _by(clinic)
    from dataclasses import asdict

    from enthesis.clinic.patients import read_patient

    printed(asdict(read_patient(by=by, patient=patient)))
