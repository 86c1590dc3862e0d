"""Every address, asked for by everybody. The list comes from the URL map: a route without a row fails."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_scopes import scopes_disabled
from tests.clinic.conftest import TODAY, VISIT, House

from enthesis.clinic.alongside import agree_plan
from enthesis.clinic.check_in import record_check_in
from enthesis.clinic.diary import record_diary
from enthesis.clinic.estimate import make_estimate
from enthesis.clinic.harm import report_event
from enthesis.clinic.library import library
from enthesis.clinic.links import make_link
from enthesis.clinic.lots import read_shelf
from enthesis.clinic.prices import set_prices
from enthesis.clinic.survey import record_survey
from enthesis.registry.models import Clinic, Due, Membership, MoodAlert, PatientLink, User
from enthesis.screening import Rule

T = TypeVar("T")

# What each route asks of whoever opens it.
ANYBODY = "anybody"  # no sign-in
SIGNED_IN = "signed in"  # any staff, about nobody in particular
RECORD = "record"  # staff of the record's own clinic; for others it does not exist
DIRECTOR = "director"
SYSTEM = "another system"  # by its own signed token; no sign-in reaches it
RECALLERS = "clinician or director"
ANALYSTS = "director or analyst"
OWN_ACCOUNT = "own account"  # allauth's own pages: sign-in needed, nobody's record is shown

ROUTES = {
    "worklist": SIGNED_IN,
    "patients": SIGNED_IN,
    "patient-new": SIGNED_IN,
    "patient-import": SIGNED_IN,
    "patient": RECORD,
    "reach": RECORD,
    "curve": RECORD,
    "alert-sign": RECORD,
    "mood-sign": RECORD,
    "knowledge": SIGNED_IN,
    "entry": SIGNED_IN,
    "targets": SIGNED_IN,
    "protocols": SIGNED_IN,
    "expect": SIGNED_IN,
    "claims": SIGNED_IN,
    "expect-aid": SIGNED_IN,
    "expect-judge": DIRECTOR,
    "evidence": SIGNED_IN,
    "evidence-review": SIGNED_IN,
    "evidence-figure": SIGNED_IN,
    "evidence-report": SIGNED_IN,
    "evidence-add": SIGNED_IN,
    "evidence-changes": SIGNED_IN,
    "evidence-certainty": SIGNED_IN,
    "evidence-further": SIGNED_IN,
    "evidence-looks": SIGNED_IN,
    "adopt": DIRECTOR,
    "adopt-all": DIRECTOR,
    "choose": DIRECTOR,
    "outcomes": ANALYSTS,
    "outcomes-take": ANALYSTS,
    "outcomes-file": ANALYSTS,
    "outcomes-publish": DIRECTOR,
    "outcomes-public": ANYBODY,
    "audit": DIRECTOR,
    "audit-verify": DIRECTOR,
    "account": SIGNED_IN,
    "support": DIRECTOR,
    "washouts": SIGNED_IN,
    "calls": SIGNED_IN,
    "call-note": RECORD,
    "message-settings": DIRECTOR,
    "mixing:calculate": SIGNED_IN,
    "mixing:drawn": SIGNED_IN,
    "mixing:labels": SIGNED_IN,
    "prices": DIRECTOR,
    "questionnaires": DIRECTOR,
    "wording": DIRECTOR,
    "cds:discovery": ANYBODY,
    "cds:call": SYSTEM,
    "cds:feedback": SYSTEM,
    "alive": ANYBODY,
    "private:form": ANYBODY,
    "private:calendar": ANYBODY,
    "private:stop": ANYBODY,
    "walk:preparation": RECORD,
    "walk:aftercare": RECORD,
    "walk:beside": RECORD,
    "walk:beside-other": RECORD,
    "walk:beside-week": RECORD,
    "walk:beside-answer": RECORD,
    "walk:beside-ended": RECORD,
    "walk:referral": RECORD,
    "walk:referral-text": RECORD,
    "walk:open": RECORD,
    "walk:course": RECORD,
    "walk:targets": RECORD,
    "walk:switch": RECORD,
    "walk:goal": RECORD,
    "walk:workup": RECORD,
    "walk:workup-record": RECORD,
    "walk:screen": RECORD,
    "walk:screening": RECORD,
    "walk:plan": RECORD,
    "walk:calendar": RECORD,
    "walk:recipe": RECORD,
    "walk:assess": RECORD,
    "walk:session": RECORD,
    "walk:time-out": RECORD,
    "walk:note": RECORD,
    "walk:fhir": RECORD,
    "walk:sign": RECORD,
    "walk:consent": RECORD,
    "walk:withdraw": RECORD,
    "walk:harm": RECORD,
    "adverse-event": RECORD,
    "adverse-events": SIGNED_IN,
    "emergencies": SIGNED_IN,
    "lots": SIGNED_IN,
    "vial-off": RECORD,
    "recall": RECALLERS,
    "walk:anaesthetise": RECORD,
    "walk:inject": RECORD,
    "walk:observe": RECORD,
    "walk:diary": RECORD,
    "walk:surveys": RECORD,
    "survey-enter": RECORD,
    "survey-paper": RECORD,
    "paper-code": SIGNED_IN,
    "walk:survey": RECORD,
    "walk:aid": RECORD,
    "walk:estimates": RECORD,
    "walk:estimate": RECORD,
    "walk:decide": RECORD,
    "walk:links": RECORD,
    "walk:link-end": RECORD,
    "walk:correct": RECORD,
    "account_login": ANYBODY,
    "account_logout": OWN_ACCOUNT,
    "account_inactive": ANYBODY,
    "account_reauthenticate": OWN_ACCOUNT,
    "account_change_password": OWN_ACCOUNT,
    "account_signup": ANYBODY,
    "account_email": ANYBODY,
    "account_email_verification_sent": ANYBODY,
    "account_reset_password": ANYBODY,
    "account_set_password": ANYBODY,
    "favicon": ANYBODY,
}
POSTED = {
    "alert-sign",
    "mood-sign",
    "call-note",
    "walk:beside-other",
    "walk:beside-ended",
    "adopt",
    "audit-verify",
    "choose",
    "walk:sign",
    "walk:withdraw",
    "walk:link-end",
    "vial-off",
    "outcomes-take",
    "outcomes-publish",
    "expect-judge",
}  # opened by a form only
NOT_OFFERED = {
    "outcomes-public",  # until the clinic's director publishes something (test_outcomes_pages.py)
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_reset_password",
    "account_set_password",
}


def routes(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all routes, with the names of the trees they stand in."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}"


EVERY = sorted(set(routes(get_resolver().url_patterns)))
OURS = [name for name in EVERY if not name.startswith("mfa_")]


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(ROUTES) == OURS


@pytest.fixture
def world(harbour: House, hillside: House) -> dict[str, object]:
    """A record of each kind at one clinic, and staff of another who would like to see it."""
    course, session = harbour.treated()
    harm = {"what": "fainted", "grade": 1, "outcome": "ongoing"}
    event = report_event(by=harbour.clinician, course=course, on=VISIT, today=VISIT, details=harm)
    day = VISIT + timedelta(days=1)
    record_diary(
        by=harbour.coordinator, session=session, on=day, today=day, answers={"pain": 6, "fever": True}, mode="by phone"
    )
    survey = {
        "by": harbour.coordinator,
        "course": course,
        "wave": "baseline-1",
        "instrument_id": "pain-nrs",
        "on": TODAY,
        "today": TODAY,
    }
    record_survey(**survey, answers={"nrs_avg_7d": 7}, mode="by phone")
    worried = {"gad2_1": 3, "gad2_2": 3, "phq2_2": 0, "phq2_1": 0}
    record_survey(**survey | {"instrument_id": "phq-4"}, answers=worried, mode="by phone")
    token = make_link(by=harbour.coordinator, course=course, form="preparation", about={}).token
    from enthesis.clinic.patients import find_patients
    from enthesis.clinic.worklist import open_alert_ids

    patient = find_patients(by=harbour.clinician).rows[0].id
    [alert] = open_alert_ids(by=harbour.clinician, course=course)
    return {
        "course": course,
        "session": session,
        "patient": patient,
        "alert": alert,
        "mood": _mood(course),
        "due": _due(course),
        "key": _week(harbour, course),
        "answer": _told(harbour, course),
        "event": event,
        "vial": read_shelf(by=harbour.clinician)[0].id,
        "token": token,
        "link": _link(course),
        "record": _step(harbour, patient),
        "kind": "step",
        "finding": "block",
        "instrument": "peg",
        "wave": "6-weeks",
        "entry": "nsaid-tablets",
        "number": _estimate(harbour, course),
        "service": "prolotherapy-order-sign",
        "review": "dextrose-prolotherapy",
        "slug": "harbour",
        "figure_name": "forest",
        "condition": "knee-osteoarthritis",
    }


def _link(course: UUID) -> int:
    with scopes_disabled():
        return PatientLink.objects.get(course=course, form="preparation").pk


def _mood(course: UUID) -> UUID:
    with scopes_disabled():
        return MoodAlert.objects.get(course=course).pk


def _due(course: UUID) -> UUID:
    with scopes_disabled():
        return Due.objects.get(course=course, key="wave-6-months", dropped=False).pk


def _week(house: House, course: UUID) -> str:
    """The key of a week of an agreed plan that was asked about and not answered."""
    on = timezone.localdate() - timedelta(days=8)
    agree_plan(by=house.coordinator, course=course, on=on, goals={"low-impact": ""}, weeks=2)
    return "check-in-1-1"


def _told(house: House, course: UUID) -> UUID:
    """The answer of another week."""
    on = timezone.localdate()
    said = {"on": on, "days": {"low-impact": 3}, "mode": "by phone"}
    return record_check_in(by=house.coordinator, course=course, key="check-in-1-2", **said).pk


def _step(house: House, patient: UUID) -> UUID:
    from enthesis.clinic.patients import read_patient

    return read_patient(by=house.clinician, patient=patient).courses[0].sessions[0]["steps"][0]["id"]


def _estimate(house: House, course: UUID) -> int:
    line = {"what": "Session", "per": "session", "amount": "350", "treatment": "dextrose-prolotherapy", "code": "M0076"}
    today = timezone.localdate()
    set_prices(by=house.director, clinic=house.clinic.pk, valid_from=today, currency="USD", lines=[line], today=today)
    later = today + timedelta(days=90)
    return make_estimate(by=house.coordinator, course=course, sessions=3, on=today, valid_until=later).number


def address(name: str, world: dict[str, object], **other: object) -> str:
    """The address of a route with whatever it needs from the world."""
    kinds = {"entry": "rules", "adopt": "rules", "choose": "rules", "evidence-figure": "csv", "evidence-looks": "csv"}
    known = world | other | ({"kind": kinds[name]} if name in kinds else {})
    known |= {"instrument": "ndi"} if name == "wording" else {}
    pattern = next(p for n, p in _named(get_resolver().url_patterns) if n == name)
    return reverse(name, kwargs={key: known[key] for key in pattern.pattern.converters})


def _named(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern


def status(who: str | None, name: str, at: str) -> int:
    client = Client()
    if who:
        client.force_login(User.objects.get(email=who))
    return (client.post(at, filled()) if name in POSTED else client.get(at)).status_code


def filled() -> dict[str, str]:
    """What a form must hold so that only the permission can refuse it."""
    rule = library().entry("rules", "nsaid-tablets", Rule)
    return {
        "done": "called back",
        "outcome": "later",
        "reason": "used up",
        "clinic": str(Clinic.objects.get(slug="harbour").pk),
        "fingerprint": rule.fingerprint,
        "of": "restart_days",
        "value": "30",
        "because": "agreed by our physicians",
    }


def undone(ask: Callable[[], T]) -> T:
    """What an address answers, with whatever the asking wrote taken back, so that one world serves them all."""
    with transaction.atomic():
        try:
            return ask()
        finally:
            transaction.set_rollback(True)


def of_kind(*kinds: str) -> list[str]:
    """The routes that ask this of whoever opens them; there are some."""
    found = [name for name in OURS if ROUTES[name] in kinds]
    assert found
    return found


def test_somebody_who_has_not_signed_in_sees_only_what_is_for_anybody(world):
    wrong = {}
    for name in OURS:
        got = undone(lambda name=name: status(None, name, address(name, world)))
        if ROUTES[name] == ANYBODY:
            right = got in ((404,) if name in NOT_OFFERED else (200, 301, 302))
        else:
            right = got == (405 if ROUTES[name] == SYSTEM else 302)  # a system is refused below when it posts
        if not right:
            wrong[name] = got
    assert wrong == {}


def test_a_record_of_another_clinic_does_not_exist(world):
    wrong = {}
    for name in of_kind(RECORD):
        own, other = (
            undone(lambda who=f"clinician@{slug}.test", name=name: status(who, name, address(name, world)))
            for slug in ("harbour", "hillside")
        )
        if own not in (200, 302, 409, 422) or other != 404:  # what could be seen, and what is not there
            wrong[name] = own, other
    assert wrong == {}


def test_an_id_that_belongs_to_nobody_is_not_found(world):
    ids = {key: uuid4() for key in ("course", "session", "patient", "record", "event")}
    who, names = "clinician@harbour.test", [name for name in of_kind(RECORD) if name not in POSTED]
    got = {name: undone(lambda name=name: status(who, name, address(name, world, **ids))) for name in names}
    assert got == dict.fromkeys(names, 404)


@pytest.mark.parametrize("who", [None, "clinician@harbour.test", "director@harbour.test"])
def test_what_is_for_a_system_is_for_no_person(world, who):
    client = Client()
    if who:
        client.force_login(User.objects.get(email=who))
    for name in of_kind(SYSTEM):
        answer = client.post(address(name, world), "{}", content_type="application/json")
        assert answer.status_code == 401, name


@pytest.mark.parametrize(
    ("role", "for_director", "for_recallers"),
    [("director", True, True), ("clinician", False, True), ("coordinator", False, False)],
)
def test_what_a_role_may_not_do_is_refused_and_what_it_may_opens(world, role, for_director, for_recallers):
    may = {DIRECTOR: for_director, RECALLERS: for_recallers, ANALYSTS: for_director, SIGNED_IN: True}
    wrong = {}
    for name in of_kind(*may):
        got = undone(lambda name=name: status(f"{role}@harbour.test", name, address(name, world)))
        if (got in (200, 302)) is not may[ROUTES[name]] and not (ROUTES[name] == SIGNED_IN and got == 403):
            wrong[name] = got
    assert wrong == {}


def test_an_analyst_sees_everybody_together_and_no_single_record(world):
    analyst = User.objects.create_user("analyst@harbour.test", name="Ana Lyst")
    Membership.objects.create(user=analyst, clinic=Clinic.objects.get(slug="harbour"), role="analyst")
    may = {ANALYSTS: {200, 302}, RECORD: {403, 404}, DIRECTOR: {403, 404}, RECALLERS: {403, 404}}
    wrong = {}
    for name in of_kind(*may):
        got = undone(lambda name=name: status("analyst@harbour.test", name, address(name, world)))
        if got not in may[ROUTES[name]]:
            wrong[name] = got
    assert wrong == {}
    client = Client()
    client.force_login(analyst)
    shown = [name for name in of_kind(SIGNED_IN) if b"Silva" in client.get(address(name, world), follow=True).content]
    assert shown == []


def test_somebody_with_an_account_but_no_clinic_sees_no_patient(world):
    User.objects.create_user("nobody@nowhere.test", name="Nobody")
    assert status("nobody@nowhere.test", "patient", address("patient", world)) == 404
    client = Client()
    client.force_login(User.objects.get(email="nobody@nowhere.test"))
    assert b"Silva" not in client.post(reverse("patients"), {"words": "silva"}).content


def test_no_address_holds_a_name_and_no_answer_is_kept_by_a_cache(world):
    client = Client()
    client.force_login(User.objects.get(email="clinician@harbour.test"))
    for name in OURS:
        at = address(name, world)
        assert "ilva" not in at, name
        answer = undone(lambda name=name, at=at: (client.post if name in POSTED else client.get)(at))
        assert "no-store" in answer.headers["Cache-Control"], name
        said = [answer.headers[header] for header in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")]
        assert name == "favicon" or "default-src 'none'" in answer.headers["Content-Security-Policy"], name
        assert name == "favicon" or said == ["DENY", "nosniff", "same-origin"], name
