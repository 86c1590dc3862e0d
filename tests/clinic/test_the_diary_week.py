"""The week after: who is asked for longer, what is heard late, and that only a signature makes an alarm go away."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django_scopes import scope
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clinic.conftest import KNEE, VISIT

from enthesis.clinic.acting import at_moment
from enthesis.clinic.alerts import sign_alert
from enthesis.clinic.diary import record_diary
from enthesis.clinic.library import library
from enthesis.clinic.plan import plan_course
from enthesis.knowledge import parse_site
from enthesis.recovery import Urgency, diary_questions, nothing_else
from enthesis.registry.models import Alert, DiaryEntry, Due

SITE = parse_site(KNEE, library())


@pytest.fixture(autouse=True)
def looking(harbour):
    """These stories look at the clinic's tables between acts."""
    with scope(clinic=[harbour.clinic.pk]):
        yield


def told(house, session, day, *, pain=3, later=0, corrects=None, reason="", **signs):
    """One day's diary, told that day or some days later; what is not named is an explicit no."""
    on = VISIT + timedelta(days=day)
    asked = nothing_else(diary_questions(site=SITE, day=day, library=library()), pain=pain)
    with at_moment(datetime.combine(on + timedelta(days=later), time(19), tzinfo=UTC)):
        return record_diary(
            by=house.coordinator,
            session=session,
            on=on,
            today=on + timedelta(days=later),
            answers=dict(asked) | {name.replace("_", "-"): answer for name, answer in signs.items()},
            mode="by phone",
            corrects=corrects,
            reason=reason,
        )


def waiting(course):
    """The diary days still asked for, counted from the session."""
    rows = Due.objects.filter(
        course=course, kind="diary", met_at__isnull=True, dropped=False, key__startswith="diary-1-"
    )
    return sorted((due.on - VISIT).days for due in rows)


def alerts(house):
    rows = Alert.objects.filter(clinic=house.clinic, signed_at__isnull=True)
    return [(alert.urgency, alert.entry.day) for alert in rows.order_by("recorded_at", "entry__day")]


def test_a_calm_week_ends_on_day_7(harbour):
    course, session = harbour.treated()
    for day in range(1, 8):
        told(harbour, session, day)
    assert waiting(course) == []


def test_who_has_not_settled_is_asked_for_two_weeks(harbour):
    course, session = harbour.treated()
    assert waiting(course) == [1, 2, 3, 4, 5, 6, 7]
    assert told(harbour, session, 7, still_worse=True).urgency is Urgency.WATCH
    assert waiting(course) == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14]
    told(harbour, session, 8)  # one good day is not yet calm
    assert waiting(course)[6:] == [9, 10, 11, 12, 13, 14]


def test_a_worry_that_passes_within_the_week_asks_for_no_second_one(harbour):
    course, session = harbour.treated()
    told(harbour, session, 2, fever=True)
    assert waiting(course)[-1] == 14  # and whoever falls silent now is still asked
    told(harbour, session, 6)
    assert waiting(course)[-1] == 7
    told(harbour, session, 3, later=4, fever=True)  # told late, and no newer than day 6
    assert waiting(course)[-1] == 7


def test_a_new_plan_leaves_the_diary_that_runs(harbour):
    course, session = harbour.treated()
    told(harbour, session, 7, still_worse=True)
    from enthesis.clinic.deciding import decide_course

    on = VISIT + timedelta(days=8)
    decide_course(
        by=harbour.clinician, course=course, decided="go-on", on=on, reviewed=True, why="better, and wants to go on"
    )
    second = VISIT + timedelta(days=28)
    harbour.screened(course, on=second)
    plan_course(by=harbour.coordinator, course=course, start=second, today=on)
    assert waiting(course)[6:] == [8, 9, 10, 11, 12, 13, 14]


def test_a_low_day_told_late_shows_that_the_pain_rose_since(harbour):
    _course, session = harbour.treated()
    assert told(harbour, session, 5, pain=6).urgency is Urgency.EXPECTED
    assert alerts(harbour) == []
    told(harbour, session, 3, pain=2, later=3)
    assert alerts(harbour) == [("call-today", 5)]
    [alert] = Alert.objects.filter(clinic=harbour.clinic)
    assert alert.because[0]["because"] == "seen beside day 3, told later: day 5: pain 6 of 10, up from 2"
    assert DiaryEntry.objects.get(day=5).urgency == "expected"  # what the patient was shown stays as it was


def test_what_a_late_day_shows_of_the_last_one_asks_for_a_second_week(harbour):
    course, session = harbour.treated()
    told(harbour, session, 7, pain=6)
    assert max(waiting(course)) < 8
    told(harbour, session, 5, pain=2, later=2)
    assert alerts(harbour) == [("call-today", 7)]
    assert waiting(course)[-1] == 14


def test_a_calm_word_about_the_last_day_does_not_end_a_week_that_had_a_fever_on_it(harbour):
    course, session = harbour.treated()
    told(harbour, session, 7, fever=True)
    told(harbour, session, 7, later=1)
    assert waiting(course)[-1] == 14


def test_more_pain_on_day_8_than_before_the_injection_is_a_flare(harbour):
    _course, session = harbour.treated()
    assert told(harbour, session, 8, pain=8).urgency is Urgency.WATCH  # high, and 7 was marked before
    assert told(harbour, session, 9, pain=9).urgency is Urgency.CALL_TODAY


def test_a_correction_closes_no_alert(harbour):
    _course, session = harbour.treated()
    told(harbour, session, 2, fever=True)
    [entry] = DiaryEntry.objects.all()
    told(harbour, session, 2, corrects=entry.pk, reason="the thermometer was broken")
    assert alerts(harbour) == [("call-today", 2)]
    [alert] = Alert.objects.all()
    sign_alert(by=harbour.clinician, alert=alert.pk, done="called; no fever at any time")
    assert alerts(harbour) == []


SIGNS = ("fever", "heat", "swelling", "redness", "bruise", "breathless", "pain_worse", "nsaid_taken")
reports = st.tuples(st.integers(1, 12), st.integers(0, 10), st.sets(st.sampled_from(SIGNS), max_size=2))


def told_all(house, session, several):
    for day, pain, signs in several:
        asked = {question.id for question in diary_questions(site=SITE, day=day, library=library())}
        named = {sign: True for sign in signs if sign.replace("_", "-") in asked}
        told(house, session, day, pain=pain, later=20 - day, **named)
        yield {(alert.entry.day, line["warning"]) for alert in Alert.objects.all() for line in alert.because}


def test_no_report_takes_an_alarm_back_and_their_order_does_not_matter(harbour):
    """Only a signature closes an alert; the same days told in another order raise the same warnings on the same days."""
    _course, session = harbour.treated()

    @settings(max_examples=25, deadline=None)
    @given(st.lists(reports, min_size=2, max_size=4, unique_by=lambda one: one[0]), st.randoms())
    def holds(several, shuffled):
        otherwise = list(several)
        shuffled.shuffle(otherwise)
        found = []
        for order in (several, otherwise):
            with transaction.atomic():
                heard = list(told_all(harbour, session, order))
                assert all(before <= after for before, after in pairwise(heard))
                found.append(heard[-1])
                transaction.set_rollback(True)
        assert grave(found[0]) == grave(found[1])

    holds()


def grave(found):
    """The warnings that would raise an alert by themselves: what stands beside them in the first may differ."""
    from enthesis.recovery import WarningSign

    rank = {entry.id: entry.body.urgency.rank for entry in library().entries("warnings", WarningSign)}
    return {(day, warning) for day, warning in found if rank[warning] >= Urgency.CALL_TODAY.rank}
