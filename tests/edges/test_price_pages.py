"""Prices and written estimates as the director, staff and patients meet them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.edges.pages import signed_in, today, words

from enthesis.clinic.courses import open_course
from enthesis.clinic.errors import NotAllowed, NotFound
from enthesis.clinic.estimate import link_to_estimate, make_estimate, private_estimate, read_estimates
from enthesis.clinic.events import read_events
from enthesis.clinic.links import make_link
from enthesis.clinic.prices import read_prices, set_prices
from enthesis.knowledge import BadInput

SESSION = {"what": "Session", "per": "session", "amount": "350", "treatment": "dextrose-prolotherapy", "code": "M0076"}
FIRST = {"what": "First visit", "spanish": "Primera visita", "per": "course", "amount": "120.50"}


def priced(house, *lines, on=None, **more):
    given = {"valid_from": on or today(), "currency": "USD", "lines": lines or (FIRST, SESSION), "today": today()}
    return set_prices(by=house.director, clinic=house.clinic.pk, **given | more)


def estimated(house, course, **more):
    given = {"sessions": 3, "on": today(), "valid_until": today() + timedelta(days=90), "diagnosis": "M17.11"}
    return make_estimate(by=house.coordinator, course=course, **given | more)


def typed(*lines, **head):
    """The form of a new version as a browser sends it."""
    form = {"valid_from": today().isoformat(), "currency": "USD"} | head
    form |= {"form-TOTAL_FORMS": str(len(lines)), "form-INITIAL_FORMS": "0"}
    return form | {f"form-{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}


def test_the_director_sets_prices_and_every_version_is_kept(harbour):
    browser = signed_in(harbour, "director")
    assert "No prices yet." in words(browser.get(reverse("prices")))
    answer = browser.post(reverse("prices"), typed(FIRST, SESSION, {"what": "", "per": "session"}), follow=True)
    assert "The prices of" in words(answer)
    later = today() + timedelta(days=30)
    browser.post(reverse("prices"), typed(SESSION | {"amount": "400"}, valid_from=later.isoformat()))
    now, then = (read_prices(by=harbour.director, clinic=harbour.clinic.pk, on=on) for on in (today(), later))
    assert [(one.valid_from, one.stands, len(one.prices.lines)) for one in now] == [
        (later, False, 1),
        (today(), True, 2),
    ]
    assert [one.stands for one in then] == [True, False]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (SESSION | {"amount": "3,50"}, "amount such as 350 or 350.00 was expected"),
        (SESSION | {"treatment": "prp"}, "is no code of this treatment"),
        (SESSION | {"what": ""}, "say what the price is for"),
    ],
)
def test_a_price_that_cannot_be_is_refused_and_nothing_is_kept(harbour, line, sentence):
    answer = signed_in(harbour, "director").post(reverse("prices"), typed(line))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert read_prices(by=harbour.director, clinic=harbour.clinic.pk, on=today()) == ()


def test_prices_cannot_be_changed_backwards(harbour):
    yesterday = (today() - timedelta(days=1)).isoformat()
    answer = signed_in(harbour, "director").post(reverse("prices"), typed(SESSION, valid_from=yesterday))
    assert answer.status_code == 422
    assert "cannot be changed backwards" in words(answer)


@pytest.mark.parametrize("role", ["clinician", "coordinator"])
def test_only_the_director_sets_prices(harbour, role):
    with pytest.raises(NotAllowed, match="set the prices"):
        set_prices(
            by=getattr(harbour, role),
            clinic=harbour.clinic.pk,
            valid_from=today(),
            currency="USD",
            lines=[SESSION],
            today=today(),
        )


def test_the_prices_of_another_clinic_cannot_be_seen(harbour, hillside):
    with pytest.raises(NotAllowed):
        read_prices(by=hillside.director, clinic=harbour.clinic.pk, on=today())


def test_an_estimate_is_written_numbered_and_never_changed_by_later_prices(harbour):
    course = harbour.course()
    priced(harbour)
    browser = signed_in(harbour, "coordinator")
    later = (today() + timedelta(days=60)).isoformat()
    browser.post(
        reverse("walk:estimates", kwargs={"course": course}),
        {"sessions": "3", "valid_until": later, "diagnosis": "M17.11"},
    )
    priced(harbour, SESSION | {"amount": "500"})
    estimated(harbour, course, sessions=2)
    newest, first = read_estimates(by=harbour.clinician, course=course)
    assert (first.number, first.total, first.sessions, first.newer) == (1, Decimal("1170.50"), 3, True)
    assert (newest.number, newest.total, newest.newer) == (2, Decimal("1000.00"), False)
    page = words(browser.get(reverse("walk:estimate", kwargs={"course": course, "number": 1})))
    for said in (
        "Expected total: 1170.50 USD",
        "M17.11",
        "M0076",
        "27 September 1999",
        "NCDId 15",
        "not a bill",
        "newer",
    ):
        assert said in page
    assert "150.7" not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"diagnosis": "M54.2"}, "diagnosis: 'M54.2' is no code of this condition"),
        ({"sessions": 0}, "sessions: a whole number from 1 to 60"),
        ({"valid_until": today() - timedelta(days=1)}, "valid_until: a day from"),
    ],
)
def test_an_estimate_that_cannot_be_is_refused(harbour, changes, sentence):
    course = harbour.course()
    priced(harbour)
    with pytest.raises(BadInput, match=sentence):
        estimated(harbour, course, **changes)
    assert read_estimates(by=harbour.clinician, course=course) == ()


def test_without_prices_in_force_there_is_no_estimate(harbour):
    course = harbour.course()
    priced(harbour, on=today() + timedelta(days=1))
    answer = signed_in(harbour).post(
        reverse("walk:estimates", kwargs={"course": course}), {"sessions": "3", "valid_until": today().isoformat()}
    )
    assert answer.status_code == 422
    assert "no price list for this day" in words(answer)


def test_a_patient_reads_the_estimate_by_a_link_in_spanish_without_a_name(harbour):
    course = harbour.course()
    priced(harbour)
    estimated(harbour, course)
    token = link_to_estimate(by=harbour.coordinator, course=course, number=1).token
    address = reverse("private:form", kwargs={"token": token})
    answer = Client().get(address + "?language=es")
    page = words(answer)
    for said in ("No es una factura", "Primera visita", "Total previsto: 1170.50 USD", "NCDId 15"):
        assert said in page
    assert "Silva" not in page
    assert Client().get(address).status_code == 200  # looking uses nothing up


def test_staff_make_the_link_once_and_print_in_either_language(harbour):
    course = harbour.course()
    priced(harbour)
    estimated(harbour, course)
    browser = signed_in(harbour, "coordinator")
    at = reverse("walk:estimate", kwargs={"course": course, "number": 1})
    assert "No es una factura" in words(browser.get(at + "?language=es"))
    assert "shown only this once" in words(browser.post(at))
    assert browser.get(reverse("walk:estimate", kwargs={"course": course, "number": 9})).status_code == 404


def test_a_link_to_another_form_opens_no_estimate(harbour):
    course = harbour.course()
    priced(harbour)
    estimated(harbour, course)
    other = make_link(by=harbour.coordinator, course=course, form="preparation", about={}).token
    with pytest.raises(NotFound):
        private_estimate(other)
    gone = link_to_estimate(by=harbour.coordinator, course=course, number=7).token
    with pytest.raises(NotFound):
        private_estimate(gone)


def test_another_treatment_has_its_own_price_and_no_code(harbour):
    course = open_course(
        by=harbour.coordinator,
        patient=harbour.patient(),
        condition="knee-osteoarthritis",
        treatment="prp",
        site="knee:right",
    ).pk
    priced(harbour, SESSION, {"what": "PRP", "per": "session", "amount": "900", "treatment": "prp"})
    estimated(harbour, course, sessions=1)
    [found] = read_estimates(by=harbour.clinician, course=course)
    assert (found.total, found.codes, [item.what for item in found.items]) == (Decimal("900.00"), (), ["PRP"])


def test_setting_prices_and_writing_estimates_leave_one_event_each(harbour):
    course = harbour.course()
    priced(harbour)
    estimated(harbour, course)
    found = read_events(by=harbour.director, clinic=harbour.clinic.pk)
    verbs = [event.verb for event in found]
    assert (verbs.count("set the prices"), verbs.count("wrote an estimate")) == (1, 1)
