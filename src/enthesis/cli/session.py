"""`enthesis course consent|time-out|sign|addendum` and `enthesis recall`: what a session needs beside its four steps."""

from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.core import Json, today
from enthesis.cli.course import Corrects, Details, Id, Reason, SessionId
from enthesis.cli.given import an_object, printed
from enthesis.cli.registry import Clinic

if TYPE_CHECKING:
    from enthesis.clinic.permissions import Actor


def _by(clinic: str) -> "Actor":
    from enthesis.cli.database import clinic_and_operator

    return clinic_and_operator(clinic)[1]


def consent(
    course: Id,
    signed_as: Annotated[
        str, typer.Option(help="The full name of whoever signs; only prints the text without it.")
    ] = "",
    language: Annotated[str, typer.Option(help="en or es; the patient's own if left out.")] = "",
    fingerprint: Annotated[str, typer.Option(help="Of the text that was read, as printed.")] = "",
    interpreter: Annotated[str, typer.Option(help="Who interpreted.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="The patient takes the consent back.")] = False,
    clinic: Clinic = "",
) -> None:
    """Print the consent text and its fingerprint; keep it as signed, or as taken back."""
    by = _by(clinic)
    from enthesis.clinic.consent import give_consent, read_consent, withdraw_consent

    if withdraw:
        print(withdraw_consent(by=by, course=course, on=today(), why="").id)
    elif signed_as:
        details = {"signed_as": signed_as, "language": language, "fingerprint": fingerprint, "interpreter": interpreter}
        print(give_consent(by=by, course=course, on=today(), details=details | {"understood": True}).id)
    else:
        shown = read_consent(by=by, course=course, language=language)
        print(f"{shown.text}\n\nfingerprint {shown.fingerprint}")


def time_out(
    session: SessionId, details: Details, corrects: Corrects = None, reason: Reason = "", clinic: Clinic = ""
) -> None:
    """The time-out before the first needle, with the lot and expiry of each stock that was drawn up."""
    by = _by(clinic)
    from enthesis.clinic.time_out import time_out as hold

    print(hold(by=by, session=session, details=an_object(details), corrects=corrects, reason=reason).pk)


def sign(session: SessionId, clinic: Clinic = "") -> None:
    """Sign the record of a session and print its digest. Then nothing changes; an addendum may be added."""
    by = _by(clinic)
    from enthesis.clinic.signing import sign_session

    print(sign_session(by=by, session=session))


def addendum(
    session: SessionId,
    words: Annotated[str, typer.Option("--text", help="What is added.")],
    what: Annotated[str, typer.Option(help="What a lot that is named was of, such as saline 0.9%.")] = "",
    lot: Annotated[str, typer.Option(help="A lot that was left out or wrong.")] = "",
    clinic: Clinic = "",
) -> None:
    """Add to a signed session what was found out later; print its id."""
    by = _by(clinic)
    from enthesis.clinic.signing import add_addendum

    lots = [{"what": what, "lot": lot}] if lot or what else []
    print(add_addendum(by=by, session=session, words=words, lots=lots))


def recall(
    lot: Annotated[str, typer.Argument(help="The lot as printed on the vial.")],
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Who received a lot: in the mixture, in the skin, beside an injection, or named in an addendum."""
    by = _by(clinic)
    from dataclasses import asdict

    from enthesis.clinic.recall import recall_lot

    rows = recall_lot(by=by, lot=lot)
    if as_json:
        printed([asdict(row) for row in rows])
        return
    for row in rows:
        print(f"{row.on} {row.name} {row.phone} patient {row.patient}: {row.what}, {row.part}, lot {row.lot}")
    people = len({row.patient for row in rows})
    print(f"{people} {'person' if people == 1 else 'people'} received lot {lot}")
