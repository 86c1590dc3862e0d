"""No page asks the database more often because the clinic has more patients, or a patient more records."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from tests.clinic.conftest import TODAY, VISIT, House
from tests.edges.browsing import signed_in
from tests.edges.test_authorization import ANALYSTS, DIRECTOR, NOT_OFFERED, OURS, POSTED, ROUTES, address, undone, world

from enthesis.clinic.alongside import agree_plan
from enthesis.clinic.diary import record_diary
from enthesis.clinic.harm import report_event
from enthesis.clinic.links import make_link
from enthesis.clinic.outcomes.reporting import take_clinic_snapshot
from enthesis.clinic.session_record import read_session
from enthesis.clinic.survey import record_survey
from enthesis.registry.models import LotUsed

__all__ = ["world"]  # a fixture
MORE = 4
PAGES = [name for name in OURS if name not in POSTED | NOT_OFFERED and not name.startswith(("account_", "cds:"))]


def another(house: House, number: int) -> None:
    """One more patient who has been through as much as the first."""
    course, session = house.treated(key=f"more|{number}")
    tell(house, course, session)
    agree_plan(by=house.coordinator, course=course, on=TODAY, goals={"low-impact": ""}, weeks=1)
    for waiting in ("open", "asked", "planned"):
        key = f"more|{number}-{waiting}"
        at = house.ready(key=key) if waiting == "planned" else house.course(key=key)
        if waiting == "asked":
            house.screened(at, diabetes=True)


def tell(house: House, course: object, session: object) -> None:
    """What a patient may report: a week's diary with a fever in it, a survey, an unwanted effect; and a link made."""
    harm = {"what": "fainted", "grade": 1, "outcome": "ongoing"}
    report_event(by=house.clinician, course=course, on=VISIT, today=VISIT, details=harm)
    for days in range(2, 6):
        day = VISIT + timedelta(days=days)
        told = {"session": session, "on": day, "today": day, "answers": {"pain": 6, "fever": True}, "mode": "by phone"}
        record_diary(by=house.coordinator, **told)
    for form in ("peg", "psfs"):
        answers = {"peg": {"peg_p": 7, "peg_e": 7, "peg_g": 7}, "psfs": {"act_1": {"text": "walking", "rating": 3}}}[
            form
        ]
        asked = {"course": course, "wave": "baseline-1", "instrument_id": form, "on": TODAY, "today": TODAY}
        record_survey(by=house.coordinator, **asked, answers=answers, mode="by phone")
    make_link(by=house.coordinator, course=course, form="preparation", about={})


def counted(world: dict[str, object]) -> dict[str, int]:
    """How many statements each page asks of whoever it opens for."""
    clients = {role: signed_in(role) for role in ("clinician", "director")}
    found = {}
    for name in PAGES:
        client = clients["director" if ROUTES[name] in (DIRECTOR, ANALYSTS) else "clinician"]
        status, asked = undone(lambda at=address(name, world), client=client: statements(client, at))
        if status == 200:
            found[name] = asked
    return found


def statements(client: Client, at: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as asked:
        status = client.get(at).status_code
    return status, sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries)


@pytest.fixture
def snapshots(harbour: House) -> Callable[[], None]:
    """The outcomes page has a snapshot to show."""
    later = VISIT + timedelta(days=400)

    def take() -> None:
        take_clinic_snapshot(by=harbour.director, clinic=harbour.clinic.pk, on=later, today=later)

    return take


def test_no_page_asks_more_often_for_more_patients_and_more_records(world, harbour: House, snapshots):
    snapshots()
    counted(world)  # what a process reads once it has read by now
    few = counted(world)
    assert len(few) > 0.8 * len(PAGES)
    tell(harbour, world["course"], world["session"])
    for number in range(MORE):
        another(harbour, number)
    snapshots()
    many = counted(world)

    assert {page: (few[page], many[page]) for page in few if many[page] > few[page]} == {}


def test_a_session_is_read_in_the_same_number_of_queries_however_many_lots_went_into_it(harbour):
    _course, session = harbour.treated()

    def statements():
        with CaptureQueriesContext(connection) as asked:
            lots = read_session(by=harbour.clinician, session=session).lots
        return len(lots), len(asked)

    few, queries = statements()
    with scope(clinic=[harbour.clinic.pk]):
        one = LotUsed.objects.filter(session=session).first()
        for number in range(5):
            one.pk, one.lot = uuid4(), f"MORE{number}"
            one.save(force_insert=True)

    assert statements() == (few + 5, queries)
