"""`enthesis remind` and `enthesis messages`: what is due goes out, once, outside quiet hours."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enthesis.cli.given import printed
from enthesis.cli.registry import Clinic
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.clinic.messages.transport import Transports

app = typer.Typer(no_args_is_help=True, help="How patients are reached.")


def remind(
    once: Annotated[bool, typer.Option("--once", help="One round, then stop.")] = False,
    loop: Annotated[bool, typer.Option("--loop", help="Round after round, until stopped.")] = False,
    every: Annotated[int, typer.Option(help="Seconds between rounds.")] = 60,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Send the messages that are due: the day itself, then days 3, 7 and 12, never in quiet hours, never twice."""
    if once == loop:
        raise BadInput("say --once or --loop")
    if every < 1:
        raise BadInput("--every: a number of seconds, 1 or more, was expected")
    from enthesis.cli.database import set_up

    set_up()
    from enthesis.clinic.messages.alone import alone
    from enthesis.clinic.messages.choosing import transports

    by = transports()
    while True:
        with _reaching(every, once=once), alone():
            while True:
                told = _round(by)
                printed(told) if as_json else print(_in_words(told), flush=True)
                if once:
                    return
                time.sleep(every)


def _round(by: "Transports") -> dict[str, Any]:
    from enthesis.clinic.messages import remind_all

    return vars(remind_all(clock=lambda: datetime.now(tz=UTC), transports=by))


@contextmanager
def _reaching(every: int, *, once: bool) -> Iterator[None]:
    """A loop outlives a database that is locked, full or away for a while; what was claimed is taken up afterwards."""
    from django.db import InterfaceError, OperationalError, connection

    try:
        yield
    except (OperationalError, InterfaceError) as error:
        why = f"the database cannot be used ({' '.join(str(error).split()) or type(error).__name__})"
        if once:
            raise BadInput(why) from error
        print(f"enthesis: {why}; tried again in {every} seconds", file=sys.stderr, flush=True)
        connection.close()
        time.sleep(every)


def _in_words(told: dict[str, Any]) -> str:
    counts = {name: count for name, count in told.items() if count and name not in ("more", "away")}
    words = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items())
    return "; ".join([words or "nothing to send", *(f"nothing goes by {one}" for one in told["away"])])


@app.command("set")
def set_messages(
    address: Annotated[str, typer.Option(help="Where patients' links open, such as https://clinic.example.")],
    signed: Annotated[str, typer.Option(help="A name patients know, without what is treated there.")],
    zone: Annotated[str, typer.Option(help="The clinic's time zone, such as Europe/Madrid.")],
    quiet: Annotated[str, typer.Option(help="Hours in which nothing is sent.")] = "20:00-08:00",
    email: Annotated[bool, typer.Option("--email/--no-email", help="Write e-mails.")] = True,
    sms: Annotated[bool, typer.Option("--sms/--no-sms", help="Write text messages.")] = False,
    clinic: Clinic = "",
) -> None:
    """Say how this clinic reaches its patients."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.messages.choosing import choose_messages

    choose_messages(
        by=by, clinic=place, address=address, signed=signed, zone=zone, quiet=_hours(quiet), by_email=email, by_sms=sms
    )
    print(f"links open at {address}; nothing is sent from {quiet.replace('-', ' to ')}, {zone}")


def _hours(text: str) -> tuple[time_of_day, time_of_day]:
    try:
        start, end = text.split("-")
        return time_of_day.fromisoformat(start.strip()), time_of_day.fromisoformat(end.strip())
    except ValueError as error:
        raise BadInput(f"--quiet {text}: hours such as 20:00-08:00 were expected") from error


@app.command("bounced")
def bounced(
    file: Annotated[str, typer.Argument(help="The mail that came back, or - to read it from standard input.")],
) -> None:
    """Read a delivery report that came back later, and mark its message and address as failed."""
    written = sys.stdin.buffer.read() if file == "-" else _read(file)
    from enthesis.cli.database import clinics_and_operator

    _places, by = clinics_and_operator()
    from enthesis.clinic.messages.bounces import take_bounce

    print(take_bounce(by=by, written=written))


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: cannot be read ({error.strerror})") from error


@app.command("calls")
def calls(clinic: Clinic = "") -> None:
    """Whom a person should call, those whose time ends soonest first."""
    from enthesis.cli.core import today
    from enthesis.cli.database import clinic_and_operator

    _place, by = clinic_and_operator(clinic)
    from enthesis.clinic.messages.calling import read_call_list

    rows = read_call_list(by=by, today=today())
    for row in rows:
        print(f"{row.name}  {row.phone or '(no phone)'}  {row.wave}, due {row.due}, until {row.closes}")
    if not rows:
        print("nobody to call")
