"""Exercise and daily life beside the injections: agreed with the patient, asked about weekly, and other treatments kept."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import TODAY, VISIT
from tests.clinic.servers import mail_server
from tests.clinic.test_messages import reachable, token_in

from enthesis.clinic.acting import at_moment
from enthesis.clinic.alongside import agree_plan, read_alongside
from enthesis.clinic.check_in import answer_check_in, asked_by_link, record_check_in
from enthesis.clinic.co_treatments import record_co_treatment
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.errors import LinkSpent, NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.goals import set_goal
from enthesis.clinic.messages import remind_once
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.referral import write_referral
from enthesis.knowledge import BadInput
from enthesis.registry.models import Due

AGREED = VISIT + timedelta(days=4)
GOALS = {"low-impact": "swim twice a week", "muscles-thigh": ""}
WEEK = timedelta(days=7)


def agreed(house, course, goals=None, *, on=AGREED, **more):
    return agree_plan(by=house.coordinator, course=course, on=on, goals=GOALS if goals is None else goals, **more)


def asked(course):
    with scopes_disabled():
        rows = Due.objects.filter(course=course, kind="check-in", dropped=False, met_at__isnull=True)
        return [(due.key, due.on) for due in rows.order_by("on")]


def checked_in(house, course, key="check-in-1-1", days=None):
    days = {"low-impact": 3, "muscles-thigh": 0} if days is None else days
    return record_check_in(
        by=house.coordinator, course=course, key=key, on=AGREED + WEEK, days=days, note="rain", mode="by phone"
    )


def test_what_is_agreed_keeps_its_words_and_the_patients_goal_and_is_asked_about_each_week(harbour):
    course, _ = harbour.treated()
    plan = agreed(harbour, course, weeks=3)
    assert [(line["id"], line["goal"]) for line in plan.lines] == [
        ("muscles-thigh", ""),
        ("low-impact", "swim twice a week"),
    ]
    assert asked(course) == [(f"check-in-1-{week}", AGREED + week * WEEK) for week in (1, 2, 3)]
    assert read_alongside(by=harbour.clinician, course=course).agreed.lines == plan.lines


def test_a_changed_plan_needs_a_reason_and_asks_anew(harbour):
    course, _ = harbour.treated()
    agreed(harbour, course, weeks=3)
    with pytest.raises(BadInput, match="reason: say why the plan changes"):
        agreed(harbour, course, {"weight": ""})
    agreed(harbour, course, {"weight": ""}, on=AGREED + WEEK, weeks=1, reason="the pool has closed")
    assert asked(course) == [("check-in-2-1", AGREED + 2 * WEEK)]


def test_a_new_plan_of_sessions_leaves_the_weekly_question(harbour):
    course, _ = harbour.treated()
    agreed(harbour, course, weeks=2)
    on = VISIT + timedelta(days=8)
    decide_course(by=harbour.clinician, course=course, decided="go-on", on=on, reviewed=True, why="better")
    harbour.screened(course, on=VISIT + 4 * WEEK)
    from enthesis.clinic.plan import plan_course

    plan_course(by=harbour.coordinator, course=course, start=VISIT + 4 * WEEK, today=on)
    assert len(asked(course)) == 2


@pytest.mark.parametrize(
    ("goals", "weeks", "says"),
    [({}, 6, "at least one of these lines"), ({"yoga": ""}, 6, "at least one of these lines"),
     ({"weight": ""}, 27, "weeks: a number from 0 to 26")],
)  # fmt: skip
def test_what_cannot_be_agreed_is_refused(harbour, goals, weeks, says):
    with pytest.raises(BadInput, match=says):
        agreed(harbour, harbour.course(), goals, weeks=weeks)


def test_a_finished_course_agrees_to_nothing_new_and_a_director_agrees_for_nobody(harbour):
    course = harbour.course()
    with pytest.raises(NotAllowed):
        agree_plan(by=harbour.director, course=course, on=TODAY, goals=GOALS)
    decide_course(by=harbour.clinician, course=course, decided="withdraw", on=TODAY, reviewed=True, why="moved")
    with pytest.raises(OutOfOrder, match="nothing new is agreed"):
        agreed(harbour, course)


def test_a_week_is_answered_once_with_a_number_for_each_line(harbour):
    course, _ = harbour.treated()
    with pytest.raises(NotFound, match="nothing was agreed yet"):
        checked_in(harbour, course)
    agreed(harbour, course, weeks=2)
    for wrong in ({}, {"low-impact": 3}, {"low-impact": 8, "muscles-thigh": 0}, {"low-impact": -1, "muscles-thigh": 0}):
        with pytest.raises(BadInput, match="days: a number from 0 to 7 was expected for each"):
            checked_in(harbour, course, days=wrong)
    checked_in(harbour, course)
    with pytest.raises(OutOfOrder, match="answered already"):
        checked_in(harbour, course)
    [week] = read_alongside(by=harbour.clinician, course=course).weeks
    assert (week.week, week.days, week.note) == (1, {"low-impact": 3, "muscles-thigh": 0}, "rain")


def test_the_weekly_question_comes_by_a_private_link_once(harbour):
    reachable(harbour)
    harbour.person |= {"email": "maria@home.test"}
    course, _ = harbour.treated()
    agreed(harbour, course, weeks=1)
    noon = datetime.combine(AGREED + WEEK, time(12), tzinfo=UTC)
    with mail_server() as (address, box):
        smtp = Smtp(address, sender="q@clinic.test")
        told = [remind_once(moment=noon + timedelta(days=d), transports={Channel.EMAIL: smtp}) for d in (0, 3)]
        smtp.close()
    assert [one.sent for one in told] == [
        1,
        1,
    ]  # the week; three days later the survey of two weeks, not the week again
    token = next(one for one in map(token_in, box.letters) if _form(one, noon) == "check-in")
    with at_moment(noon):
        assert [line["id"] for line in asked_by_link(token).lines] == ["muscles-thigh", "low-impact"]
        days = {"muscles-thigh": 2, "low-impact": 1}
        answer_check_in(token=token, days=days, note="", today=AGREED + WEEK)
        with pytest.raises(LinkSpent):
            asked_by_link(token)
    assert read_alongside(by=harbour.clinician, course=course).weeks[0].days == days


def _form(token, moment):
    from enthesis.clinic.private import private_form

    with at_moment(moment):
        return private_form(token).form


def test_other_treatments_are_kept_with_their_days_and_end_by_a_correction(harbour):
    course, _ = harbour.treated()
    about = {"by": harbour.coordinator, "course": course, "today": AGREED, "started_on": VISIT}
    first = record_co_treatment(**about, kind="physiotherapy", name="Mrs Berg")
    record_co_treatment(
        **about, kind="physiotherapy", name="Mrs Berg", ended_on=AGREED, corrects=first.pk, reason="it has ended"
    )
    rows = read_alongside(by=harbour.clinician, course=course).others
    assert [(row.kind, row.since, row.until) for row in rows] == [("physiotherapy", VISIT, AGREED)]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"kind": "magic"}, "kind and told_by: expected one of"), ({"kind": "other"}, "name: say what it is"),
     ({"started_on": AGREED + WEEK}, "has not come yet"), ({"ended_on": VISIT - WEEK}, "cannot end before it began"),
     ({"told_by": "gossip"}, "kind and told_by: expected one of")],
)  # fmt: skip
def test_another_treatment_that_cannot_be_is_refused(harbour, wrong, says):
    about = {"kind": "opioid", "started_on": VISIT, "today": AGREED} | wrong
    with pytest.raises(BadInput, match=says):
        record_co_treatment(by=harbour.coordinator, course=harbour.course(), **about)


def test_a_record_of_another_course_is_not_corrected_from_this_one(harbour):
    one, two = harbour.course(), harbour.course(key="test|2")
    about = {"by": harbour.coordinator, "today": AGREED, "started_on": VISIT, "kind": "opioid"}
    first = record_co_treatment(course=one, **about)
    with pytest.raises(NotFound):
        record_co_treatment(course=two, **about, corrects=first.pk, reason="x")


def test_the_letter_says_what_was_done_what_is_asked_and_what_waits(harbour):
    course, _ = harbour.treated()
    set_goal(by=harbour.clinician, course=course, goal="function", says="climb the stairs")
    agreed(harbour, course)
    text = write_referral(by=harbour.clinician, course=course, today=AGREED).as_text()
    parts = (
        "Clinic harbour, 555-0100",
        "Patient: Maria Silva, born 1970-05-01",
        "Treated for: Knee osteoarthritis, right knee",
        f"Injections given on: {VISIT.isoformat()}",
        "The patient's goal: climb the stairs",
        "- Teach a home programme of flexibility and muscle support, and low-impact exercise.",
        "Goal: swim twice a week",
        "Days 4 to 13: Work that loads this joint",
        "Day 14: From today",
        "Whether both together do more was not tested there.",
    )
    assert {part: part in text for part in parts} == dict.fromkeys(parts, True)
    empty = write_referral(by=harbour.clinician, course=harbour.course(key="test|3"), today=TODAY).as_text()
    assert ("Injections given on: none yet" in empty, "- nothing yet" in empty) == (True, True)
