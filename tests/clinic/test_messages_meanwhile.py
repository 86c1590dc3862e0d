"""What changes while a message waits for its turn in a batch: nobody is asked for what they have just given or refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from tests.clinic.servers import mail_server
from tests.clinic.test_alerts_escalate import REPORTED
from tests.clinic.test_messages import SIX_WEEKS, at, reachable
from tests.clinic.test_the_diary_week import told

from enthesis.clinic.alerts import sign_alert
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.messages import remind_once
from enthesis.clinic.messages.claiming import DROPPED
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.outgoing import READ_AT_ONCE, SENT
from enthesis.clinic.messages.reaching import set_reach
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.survey import record_survey
from enthesis.registry.models import Alert, AlertMessage, Course, Message

PEOPLE = 3
assert PEOPLE < READ_AT_ONCE


class Busy(Smtp):
    """A mail server's transport in whose first letter something else happens, as it does while a server is slow."""

    def __init__(self, address, meanwhile):
        super().__init__(address, sender="q@clinic.test")
        self.meanwhile, self.handed = meanwhile, 0

    def send(self, letter):
        super().send(letter)
        self.handed += 1
        if self.handed == 1:
            self.meanwhile(letter)


def answers(house, course):
    for instrument, said in (("pain-nrs", {"nrs_avg_7d": 4}), ("peg", {"peg_p": 4, "peg_e": 3, "peg_g": 2})):
        record_survey(
            by=house.coordinator, course=course.pk, wave="6-weeks", instrument_id=instrument, on=SIX_WEEKS,
            today=SIX_WEEKS, answers=said, mode="by phone",
        )  # fmt: skip


def withdraws(house, course):
    decide_course(by=house.clinician, course=course.pk, decided="withdraw", on=SIX_WEEKS, why="wants no more")


def stops(house, course):
    person = course.patient_id
    set_reach(by=house.coordinator, patient=person, channel="email", state="stopped", why="said so by phone")


def people(house):
    for number in range(PEOPLE):
        house.person |= {"email": f"person{number}@home.test"}
        house.treated(key=f"test|{number}")


def all_but_one(letter):
    return Course.objects.exclude(patient__email=letter.to).select_related("patient")


@pytest.mark.parametrize("meanwhile", [answers, withdraws, stops])
def test_what_happens_while_others_are_written_to_stops_the_message(harbour, meanwhile):
    reachable(harbour)
    people(harbour)

    def happens(letter):
        for course in all_but_one(letter):
            meanwhile(harbour, course)

    with mail_server() as (address, box):
        round_ = remind_once(moment=at(SIX_WEEKS), transports={Channel.EMAIL: Busy(address, happens)})
    assert (len(box.letters), round_.sent) == (1, 1)
    with scope(clinic=[harbour.clinic.pk]):
        assert sorted(Message.objects.values_list("state", flat=True)) == [DROPPED, DROPPED, SENT]
        assert set(Message.objects.filter(state=DROPPED).values_list("attempts", flat=True)) == {0}


def test_asking_whether_it_is_still_wanted_costs_no_query(harbour):
    """Of each message sent: the claim, the mark and the trail, and nothing else that names the outbox."""
    reachable(harbour)
    people(harbour)
    with mail_server() as (address, _box), CaptureQueriesContext(connection) as asked:
        remind_once(moment=at(SIX_WEEKS), transports={Channel.EMAIL: Smtp(address, sender="q@clinic.test")})
    changed = [one["sql"] for one in asked if one["sql"].startswith('UPDATE "registry_message"')]
    assert len(changed) == 1 + 2 * PEOPLE  # the first takes up what a killed process had claimed
    assert sum("EXISTS" in sql for sql in changed) == PEOPLE


def test_a_signature_given_while_the_first_is_told_spares_the_others(harbour):
    reachable(harbour)
    _, session = harbour.treated()
    told(harbour, session, 2, breathless=True)

    def signed(letter):
        for alert in Alert.objects.all():
            sign_alert(by=harbour.clinician, alert=alert.pk, done="called, and sent to hospital")

    with mail_server() as (address, box):
        remind_once(moment=REPORTED + timedelta(minutes=30), transports={Channel.EMAIL: Busy(address, signed)})
    assert box.addressed == ["clinician@harbour.test"]
    with scope(clinic=[harbour.clinic.pk]):
        assert sorted(AlertMessage.objects.values_list("state", flat=True)) == [DROPPED, DROPPED, SENT]
