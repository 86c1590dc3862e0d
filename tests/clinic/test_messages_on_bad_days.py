"""Days on which a server is away, refuses us, or is slow: nobody is forgotten, nobody is flooded, and alerts go first."""

import time
from datetime import time as hour
from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from tests.clinic.servers import mail_server, sms_gateway
from tests.clinic.test_alerts_escalate import CLINICIAN, REPORTED
from tests.clinic.test_messages import SIX_WEEKS, _due, _messages, at, reachable, treated
from tests.clinic.test_the_diary_week import told

from enthesis.clinic.messages import remind_all, remind_once
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.outgoing import INTERRUPTIONS
from enthesis.clinic.messages.sms import Gateway
from enthesis.clinic.messages.transport import Away, Channel, Lost
from enthesis.registry.models import AlertMessage, Message, Patient, Reach

NOW, NIGHT = at(SIX_WEEKS), hour(23)


class Fake:
    """A transport that fails as it is told to, and remembers to whom it wrote."""

    def __init__(self, *fails, seconds=0.0):
        self.fails, self.seconds, self.to = list(fails), seconds, []

    def send(self, letter):
        self.to.append(letter.to)
        time.sleep(self.seconds)
        if self.fails:
            raise self.fails.pop(0)

    def close(self):
        """Nothing is open."""


def people(house, count):
    for number in range(count):
        treated(house, email=f"person{number}@home.test", key=f"test|{number}")


def as_they_stand():
    return sorted((one.state, one.attempts, one.failure) for one in _messages())


def test_a_server_that_is_away_is_asked_once_a_round_and_no_message_is_ever_given_up_for_it(harbour):
    reachable(harbour)
    people(harbour, 2)
    nobody = Fake(*[Away("the mail server is away")] * 100)
    for later in range(9):
        said = remind_once(moment=NOW + timedelta(hours=later), transports={Channel.EMAIL: nobody})
        assert said.away == ("email: the mail server is away",)
    assert len(nobody.to) == 9
    assert [state for state, *_ in as_they_stand()] == ["waiting"] * 2
    assert {attempts for _, attempts, _ in as_they_stand()} == {0}
    well = Fake()
    assert remind_once(moment=NOW + timedelta(hours=9), transports={Channel.EMAIL: well}).sent == 2
    with scopes_disabled():
        assert not Reach.objects.exists()


def test_a_letter_at_which_the_line_breaks_is_tried_later_and_keeps_nobody_else_back(harbour):
    reachable(harbour)
    people(harbour, 2)
    by = {Channel.EMAIL: Fake(Lost("the mail server hung up"))}
    assert remind_once(moment=NOW, transports=by).later == 1
    assert len(by[Channel.EMAIL].to) == 1
    assert remind_once(moment=NOW + timedelta(minutes=1), transports=by).sent == 1
    assert remind_once(moment=NOW + timedelta(minutes=5), transports=by).sent == 1
    assert len(set(by[Channel.EMAIL].to)) == 2


def test_a_server_that_asks_to_wait_for_a_day_gets_the_letter_in_the_end(harbour):
    reachable(harbour)
    treated(harbour)
    with mail_server() as (address, box):
        by = {Channel.EMAIL: Smtp(address, sender="q@clinic.test")}
        box.busy = True
        for later in range(24):
            remind_once(moment=NOW + timedelta(hours=later), transports=by)
        assert [state for state, *_ in as_they_stand()] == ["waiting"]
        box.busy = False
        for later in range(24, 30):
            remind_once(moment=NOW + timedelta(hours=later), transports=by)
        assert len(box.letters) == 1


@pytest.mark.parametrize("wrong", ["a@b.test\nBcc: c@d.test", "no address", "a@b.test, c@d.test"])
def test_one_address_that_is_none_keeps_nobody_elses_message_back(harbour, wrong):
    reachable(harbour)
    people(harbour, 2)
    with scopes_disabled():
        Patient.objects.filter(email="person0@home.test").update(email=wrong)
    with mail_server() as (address, box):
        done = remind_once(moment=NOW, transports={Channel.EMAIL: Smtp(address, sender="q@clinic.test")})
    assert (done.sent, done.refused, box.addressed) == (1, 1, ["person1@home.test"])
    assert ("failed", 1, "this is not one e-mail address") in as_they_stand()


def test_a_gateway_set_up_weeks_later_gets_the_newest_message_and_not_all_that_waited(harbour):
    reachable(harbour, by_email=False, by_sms=True)
    wave = _due(treated(harbour), "wave-3-months")
    for day in range(13):
        remind_once(moment=at(wave.on + timedelta(days=day)), transports={})
    with sms_gateway() as (address, texts):
        done = remind_once(
            moment=at(wave.on + timedelta(days=13)), transports={Channel.SMS: Gateway(address, token="t")}
        )
    assert (done.sent, len(texts)) == (1, 1)
    assert {one.step for one in _messages() if one.state == "sent"} == {12}


def test_an_alert_does_not_wait_behind_the_letters_of_a_slow_server(harbour):
    reachable(harbour)
    _, session = harbour.treated()
    slow = Fake(seconds=0.03)
    by = {Channel.EMAIL: slow}
    with scopes_disabled():
        Patient.objects.update(email="maria@home.test")
    told(harbour, session, 2, breathless=True)
    remind_once(moment=REPORTED + timedelta(minutes=30), transports=by)
    assert slow.to[0] == CLINICIAN
    with scopes_disabled():
        assert AlertMessage.objects.order_by("step").first().state == "sent"


def test_a_round_ends_after_its_time_and_the_next_one_asks_for_the_hour_anew(harbour):
    reachable(harbour)
    people(harbour, 3)
    slow = Fake(seconds=0.05)
    first = remind_once(moment=NOW, transports={Channel.EMAIL: slow}, seconds=0.01)
    assert (first.added, first.sent, first.more) == (3, 1, True)
    hours = iter([NOW, at(SIX_WEEKS, NIGHT), at(SIX_WEEKS, NIGHT)])
    done = remind_all(clock=lambda: next(hours), transports={Channel.EMAIL: slow}, seconds=0.01)
    assert (done.sent, done.more) == (1, False)
    assert [state for state, *_ in as_they_stand()] == ["sent", "sent", "waiting"]


def test_a_message_at_which_the_process_ends_again_and_again_is_given_up_and_the_others_go(harbour):
    reachable(harbour)
    people(harbour, 2)
    remind_once(moment=NOW, transports={})
    with scopes_disabled():
        bad = Message.objects.order_by("pk").first().pk
        for _ in range(INTERRUPTIONS + 1):
            Message.objects.filter(pk=bad).update(state="sending")
            remind_once(moment=at(SIX_WEEKS, NIGHT), transports={})
        assert Message.objects.get(pk=bad).state == "failed"
    well = Fake()
    assert remind_once(moment=NOW, transports={Channel.EMAIL: well}).sent == 1
