"""`enthesis course prepare` and `enthesis washouts`: the sheet for a patient, and the coordinator's days ahead."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.core import Json, today
from enthesis.cli.given import printed
from enthesis.cli.registry import Clinic

if TYPE_CHECKING:
    from enthesis.pathway import Preparation


def prepare(
    course: Annotated[str, typer.Argument(help="The course's id.")],
    link: Annotated[
        bool, typer.Option("--link", help="Make the patient's link and print it; it is shown only once.")
    ] = False,
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """How to prepare for the next visit: what to leave out and until when, what to keep, what to bring, when to call."""
    from enthesis.cli.database import clinic_and_operator

    _place, by = clinic_and_operator(clinic)
    from enthesis.clinic.prepare import link_to_preparation, read_preparation

    if link:
        print(f"/p/{link_to_preparation(by=by, course=course, today=today()).token}/")
        return
    found = read_preparation(by=by, course=course, today=today())
    if as_json:
        printed(asdict(found.preparation))
        return
    print(f"visit {found.preparation.on}{'' if found.planned else ' (not fixed yet)'}")
    print("\n".join(_lines(found.preparation)))


def washouts(
    days: Annotated[int, typer.Option(help="How many days ahead.")] = 7, clinic: Clinic = "", as_json: Json = False
) -> None:
    """Whose washout is not yet met before the visits of the days ahead, one line each, what is met last."""
    from enthesis.cli.database import clinic_and_operator

    _place, by = clinic_and_operator(clinic)
    from enthesis.clinic.washouts import read_washouts

    rows = read_washouts(by=by, today=today(), days=days)
    if as_json:
        printed([asdict(row) for row in rows])
        return
    for row in rows:
        for one in row.standings:
            print(f"{row.course} {row.on}: {one.what}, last day {one.last_day}: {one.standing}, {one.because}")
    if not rows:
        print("no visit is near")


def _lines(sheet: "Preparation") -> Iterator[str]:
    for one in sheet.leave_out:
        again = f", again from {one.again_from}" if one.again_from else ""
        yield f"leave out: {one.what}: last day {one.last_day}{again}{' (that day has passed)' if one.too_late else ''}"
    yield from (f"talk first: {text}" for text in sheet.talk_first)
    for name, tasks in (
        ("keep", sheet.keep),
        ("before", sheet.before),
        ("the day", sheet.on_the_day),
        ("call", sheet.call),
    ):
        yield from (f"{name}: {task.text}" for task in tasks)
