"""Preparing for a visit: which day the sheet is for, who may see it, and the coordinator's days ahead."""

from datetime import UTC, datetime, timedelta

import pytest
from django_scopes import scope
from tests.clinic.conftest import TODAY, VISIT

from enthesis.clinic.acting import at_moment
from enthesis.clinic.choose import choose_value
from enthesis.clinic.errors import LinkSpent, NotFound
from enthesis.clinic.links import make_link
from enthesis.clinic.plan import read_plan
from enthesis.clinic.prepare import link_to_preparation, private_preparation, read_preparation
from enthesis.clinic.washouts import read_washouts
from enthesis.knowledge import BadInput
from enthesis.pathway import Standing
from enthesis.registry.models import AuditEvent

DAY = timedelta(days=1)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def sheet(house, course, today=TODAY):
    return read_preparation(by=house.coordinator, course=course, today=today)


def choose(house, of, value, entry, kind="rules"):
    choose_value(
        by=house.director, clinic=house.clinic.pk, kind=kind, entry=entry, of=of, value=value, because="agreed here"
    )


# the day of the sheet


def test_a_planned_visit_has_a_sheet_with_its_dates(harbour):
    course = harbour.ready()
    found = sheet(harbour, course)
    assert (found.planned, found.preparation.on, found.clinic_phone) == (True, VISIT, "555-0100")
    assert found.preparation.leave_out[0].last_day == VISIT - 7 * DAY


def test_a_screened_visit_that_is_not_planned_yet_is_only_proposed(harbour):
    course = harbour.course()
    harbour.screened(course)
    found = sheet(harbour, course)
    assert (found.planned, found.preparation.on) == (False, VISIT)


def test_a_postponed_visit_is_prepared_for_on_the_earliest_day(harbour):
    course = harbour.course()
    harbour.screened(course, on=TODAY + DAY, nsaid=TODAY.isoformat())
    found = sheet(harbour, course)
    assert (found.planned, found.preparation.on) == (False, TODAY + 7 * DAY)


def test_after_a_session_the_sheet_is_for_the_next_one(harbour):
    course, _ = harbour.treated()
    found = sheet(harbour, course, today=VISIT + DAY)
    second = read_plan(by=harbour.coordinator, course=course).sessions[1].on
    assert (found.planned, found.preparation.on, found.plan.sessions[0].number) == (True, second, 2)
    assert found.preparation.leave_out[0].running


@pytest.mark.parametrize("state", ["enrolled", "refused", "put off without a day", "long past"])
def test_without_a_visit_ahead_there_is_no_sheet(harbour, state):
    course = harbour.course()
    if state == "refused":
        assert harbour.screened(course, fracture=True) == "refuse"
    if state == "put off without a day":
        assert harbour.screened(course, pregnant=True) == "postpone"
    if state == "long past":
        harbour.screened(course)
    with pytest.raises(NotFound, match="no visit lies ahead"):
        sheet(harbour, course, today=VISIT + DAY if state == "long past" else TODAY)


def test_a_clinics_own_days_and_advice_are_on_its_sheet(harbour, hillside):
    choose(harbour, "when.taken_within.days", "14", "nsaid-tablets")
    here, there = (sheet(house, house.ready()).preparation for house in (harbour, hillside))
    assert (here.leave_out[0].last_day, there.leave_out[0].last_day) == (VISIT - 14 * DAY, VISIT - 7 * DAY)


def test_what_the_screening_found_is_on_the_sheet_of_that_day_only(harbour):
    course = harbour.course()
    harbour.screened(course, **{"blood-thinner": True})
    [text] = sheet(harbour, course).preparation.talk_first
    assert "Do not stop" in text or "Keep taking" in text
    harbour.screened(course, on=VISIT + DAY)
    assert sheet(harbour, course).preparation.talk_first == ()


# the link


def test_the_link_shows_the_sheet_as_often_as_needed_and_until_the_day_after_the_visit(harbour):
    course = harbour.ready()
    with at_moment(noon(TODAY)):
        made = link_to_preparation(by=harbour.coordinator, course=course, today=TODAY)
        for _ in range(3):
            assert private_preparation(made.token, today=TODAY).preparation.on == VISIT
    assert made.expires_at == noon(VISIT + DAY)
    with at_moment(noon(VISIT + DAY)), pytest.raises(LinkSpent, match="expired"):
        private_preparation(made.token, today=VISIT + DAY)


def test_the_sheet_of_a_link_holds_no_name_and_leaves_a_trace(harbour):
    course = harbour.ready()
    with at_moment(noon(TODAY)):
        made = link_to_preparation(by=harbour.coordinator, course=course, today=TODAY)
        assert "Silva" not in repr(private_preparation(made.token, today=TODAY))
    with scope(clinic=harbour.clinic):
        last = AuditEvent.objects.order_by("-id").first()
    assert (last.verb, last.actor) == ("read the preparation by a link", "patient by private link")


def test_another_kind_of_link_opens_no_sheet(harbour):
    course = harbour.ready()
    made = make_link(by=harbour.coordinator, course=course, form="survey", about={})
    with pytest.raises(NotFound):
        private_preparation(made.token, today=TODAY)


def test_the_sheet_of_another_clinic_does_not_exist(harbour, hillside):
    course = harbour.ready()
    with pytest.raises(NotFound):
        read_preparation(by=hillside.coordinator, course=course, today=TODAY)


# the days ahead


def ahead(house, today=TODAY, days=7):
    return [(row.on, row.worst) for row in read_washouts(by=house.coordinator, today=today, days=days)]


def test_a_visit_is_listed_from_a_week_before_its_last_day_to_take_until_the_visit(harbour):
    harbour.ready()
    first = VISIT - 14 * DAY
    assert [len(ahead(harbour, today=day)) for day in (first - DAY, first, VISIT)] == [0, 1, 1]


def test_how_a_visit_stands_changes_once_the_last_day_has_passed(harbour):
    harbour.ready()  # asked on the 4th, the last day to take is the 8th
    assert ahead(harbour) == [(VISIT, Standing.STILL_TIME)]
    assert ahead(harbour, today=VISIT - 6 * DAY) == [(VISIT, Standing.TO_CONFIRM)]


def test_a_visit_nobody_was_screened_for_is_not_known_and_stands_before_what_is_met(harbour):
    harbour.treated()
    second = harbour.ready(key="test|2")
    visits = [visit.on for visit in read_plan(by=harbour.coordinator, course=second).sessions]
    rows = read_washouts(by=harbour.coordinator, today=VISIT + DAY, days=60)
    assert {row.worst for row in rows} == {Standing.NOT_KNOWN}
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    assert visits[1] in [row.on for row in rows]


def test_the_days_ahead_of_another_clinic_are_not_shown_and_reading_leaves_a_trace(harbour, hillside):
    harbour.ready()
    assert ahead(hillside) == []
    with scope(clinic=hillside.clinic):
        assert AuditEvent.objects.filter(verb="read the washouts").count() == 1


@pytest.mark.parametrize("days", [0, 91])
def test_a_number_of_days_out_of_reason_is_refused(harbour, days):
    with pytest.raises(BadInput, match="from 1 to 90"):
        ahead(harbour, days=days)


def test_the_number_of_queries_does_not_grow_with_the_patients(harbour, django_assert_max_num_queries):
    for number in range(3):
        harbour.ready(key=f"test|{number}")
    with django_assert_max_num_queries(14):
        assert len(ahead(harbour)) == 3
