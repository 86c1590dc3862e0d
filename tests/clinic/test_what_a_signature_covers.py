"""A signature under an alert covers what that alert said, and nothing that is told afterwards."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from django_scopes import scope
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.clinic.conftest import VISIT

from enthesis.clinic.acting import at_moment
from enthesis.clinic.alerts import sign_alert
from enthesis.clinic.diary_parts import ELSE, Tap, keep_taps
from enthesis.recovery import Urgency
from enthesis.registry.models import Alert


@pytest.fixture(autouse=True)
def looking(harbour):
    """These stories look at the clinic's tables between acts."""
    with scope(clinic=[harbour.clinic.pk]):
        yield


def tapped(house, session, day, hour, *, sent=False, late=0, **taps):
    """Some taps of one day's page, at one hour; `late` days afterwards. When it is `sent` there is nothing else."""
    given = {name.replace("_", "-"): value for name, value in taps.items()} | ({ELSE: "no"} if sent else {})
    on = VISIT + timedelta(days=day)
    at = datetime.combine(on + timedelta(days=late), time(hour), tzinfo=UTC)
    with at_moment(at):
        return keep_taps(
            by=house.coordinator,
            session=session,
            on=on,
            today=on + timedelta(days=late),
            taps=[Tap(item, value, at) for item, value in given.items()],
            sent=sent,
        )


def signed(house):
    for alert in Alert.objects.filter(signed_at__isnull=True):
        sign_alert(by=house.clinician, alert=alert.pk, done="called, looked at a photograph")


def open_alerts():
    rows = Alert.objects.filter(signed_at__isnull=True).order_by("recorded_at")
    return [(alert.urgency, "; ".join(line["because"] for line in alert.because)) for alert in rows]


def test_a_fever_told_after_a_red_skin_was_signed_is_an_alert_of_its_own(harbour):
    _course, session = harbour.treated()
    tapped(harbour, session, 3, 9, pain=3, redness=True)
    signed(harbour)
    tapped(harbour, session, 3, 14, fever=True)
    [(urgency, why)] = open_alerts()
    assert (urgency, "fever or chills" in why) == ("call-today", True)


def test_a_fever_told_beside_a_red_skin_nobody_signed_yet_is_said_too(harbour):
    _course, session = harbour.treated()
    tapped(harbour, session, 3, 9, pain=3, redness=True)
    tapped(harbour, session, 3, 14, fever=True)
    assert ["fever or chills" in why for _urgency, why in open_alerts()] == [False, True]


def test_what_was_signed_is_not_said_again_by_a_tap_about_something_else(harbour):
    _course, session = harbour.treated()
    tapped(harbour, session, 3, 9, pain=3, redness=True)
    signed(harbour)
    tapped(harbour, session, 3, 14, bruise=True)
    tapped(harbour, session, 3, 15, sent=True)
    assert open_alerts() == []


def test_pain_that_climbs_on_after_its_alert_was_signed_is_told_again(harbour):
    _course, session = harbour.treated()
    tapped(harbour, session, 3, 9, sent=True, pain=2)
    tapped(harbour, session, 5, 9, pain=5)
    tapped(harbour, session, 5, 9, pain=6)
    assert [urgency for urgency, _why in open_alerts()] == ["call-today"]  # a finger that slipped raises no second one
    signed(harbour)
    tapped(harbour, session, 5, 15, pain=9)
    [(_urgency, why)] = open_alerts()
    assert "pain 9 of 10, up from 2" in why
    signed(harbour)
    tapped(harbour, session, 5, 16, pain=7)
    assert open_alerts() == []


def test_a_day_told_late_says_nothing_again_that_was_signed_on_the_days_after_it(harbour):
    _course, session = harbour.treated()
    tapped(harbour, session, 5, 9, pain=3, fever=True)
    tapped(harbour, session, 5, 10, sent=True)
    signed(harbour)
    tapped(harbour, session, 4, 11, late=1, sent=True, pain=3)
    assert open_alerts() == []
    tapped(harbour, session, 3, 12, late=2, sent=True, pain=1)
    assert sorted(why for _urgency, why in open_alerts()) == [
        "seen beside day 3, told later: day 4: pain 3 of 10, up from 1",
        "seen beside day 3, told later: day 5: pain 3 of 10, up from 1",
    ]


def named(**which):
    """The answers alerts rest on, each with its warning sign."""
    rows = Alert.objects.filter(**which)
    return {(line["warning"], question) for alert in rows for line in alert.because for question, _ in line["basis"]}


SIGNS = st.sampled_from(["redness", "heat", "swelling", "fever", "joint_locked", "numb_mouth", "heart", "pain_worse"])
moves = st.lists(st.just("sign") | st.tuples(SIGNS, st.sampled_from([True, True, False])), min_size=2, max_size=8)


def test_whatever_is_grave_is_open_or_was_said_before_however_taps_and_signatures_follow_each_other(harbour):
    _course, session = harbour.treated()

    @settings(max_examples=15, deadline=None)
    @given(moves)
    def holds(several):
        with transaction.atomic():
            for hour, move in enumerate(several, start=8):
                if move == "sign":
                    signed(harbour)
                    continue
                before = named()
                watch = tapped(harbour, session, 5, hour, **{move[0]: move[1]})
                grave = [one for one in watch.findings if one.urgency.rank >= Urgency.CALL_TODAY.rank]
                told = {(one.warning, question) for one in grave for question, _ in one.basis}
                assert told <= before | named(signed_at__isnull=True)
                assert named(signed_at__isnull=False) <= before
            transaction.set_rollback(True)

    holds()
