"""A browser's hand for tests: signed in as somebody of a clinic, filling in the forms of the walk."""

import io
from contextlib import redirect_stdout
from datetime import date
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone
from tests.clinic.conftest import KNEE, House

from enthesis.cli.main import app
from enthesis.registry.models import User

ASSESSED = {"marked": [KNEE], "pain": "7", "red_flags_excluded": "on", "note": ""}
TIMED_OUT = {
    **dict.fromkeys(("identity", "site_and_side", "allergies", "help_at_hand"), "on"),
    **{f"lot_{place}_lot": lot for place, lot in enumerate(("DX1", "LI1", "NA1"))},
    **{f"lot_{place}_expires": "2099-01-31" for place in range(3)},
}
NUMBED = {"anaesthetic": "lidocaine:plain", "strength_percent": "1", "volume_ml": "2", "vial_lot": "SK1"}
NUMBED |= {"vial_expires": "2099-01-31", "note": ""}
OBSERVED = {"minutes": "30", "reactions": ["none"], "pain": "5", "fit_to_leave": "on", "note": "calm"}
ROW, OF = "row-{}-{}", ("vial", "strength", "net")
RECIPE = {
    "row-TOTAL_FORMS": "2",
    "row-INITIAL_FORMS": "0",
    **{ROW.format(0, name): value for name, value in zip(OF, ("dextrose@50:hydrous", "", "15"), strict=True)},
    **{ROW.format(1, name): value for name, value in zip(OF, ("lidocaine@1:plain", "", "0.2"), strict=True)},
    "volume_ml": "10",
    "weight_kg": "70",
    "diluent": "saline",
}


def today() -> date:
    """The day the pages go by."""
    return timezone.localdate()


def signed_in(house: House, role: str = "clinician", **options: Any) -> Client:
    """A browser of one of the clinic's people."""
    browser = Client(**options)
    browser.force_login(User.objects.get(email=f"{role}@{house.clinic.slug}.test"))
    return browser


def words(answer: Any) -> str:
    """What a page says, without its marks."""
    reader = Reader()
    reader.feed(answer.content.decode())
    return " ".join(" ".join(reader.said).split())


class Reader(HTMLParser):
    """Collects the text between the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def commanded(*words_: object) -> str:
    """What a command prints, run in this very process: `commanded("course", "mix", ...)`. Raises what it refuses with."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        app([str(word) for word in words_], standalone_mode=False)
    return printed.getvalue().strip()


def injected(volume: str = "4", site: str = KNEE, **more: str) -> dict[str, str]:
    """The form of one needle placement."""
    row = {"site": site, "volume_ml": volume, "guidance": "ultrasound", "needle": "25 G", "lot": "DX1"} | more
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        **{f"form-0-{name}": value for name, value in row.items()},
    }


def screened(house: House, course: UUID) -> None:
    """Screened for today, with nothing to disclose."""
    from enthesis.clinic.library import library
    from enthesis.clinic.screen import screen_course
    from enthesis.screening import clear_answers

    said = clear_answers(library())
    screen_course(by=house.coordinator, course=course, on=today(), as_of=today(), answers=said)


def ready(house: House, key: str = "test|1") -> UUID:
    """A course with everything done today but the session."""
    from enthesis.clinic.plan import plan_course

    course = house.course(key=key)
    screened(house, course)
    plan_course(by=house.coordinator, course=course, start=today(), today=today())
    house.mixed(course)
    house.consented(course, on=today())
    return course


def treated(house: House, key: str = "test|1") -> tuple[UUID, UUID]:
    """A course whose first session was today: the course and the session."""
    from tests.clinic import conftest

    from enthesis.clinic import treat

    course = ready(house, key)
    session = house.assessed(course, on=today())
    treat.anaesthetise(by=house.clinician, session=session, details=conftest.NUMBED)
    treat.inject(by=house.clinician, session=session, given=[conftest.GIVEN])
    treat.observe(by=house.clinician, session=session, details=conftest.OBSERVED)
    return course, session
