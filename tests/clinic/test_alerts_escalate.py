"""An alert nobody signs is told to the next role, at any hour, without a word of whom; a signature ends it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import VISIT
from tests.clinic.servers import mail_server
from tests.clinic.test_the_diary_week import told

from enthesis.clinic.acting import at_moment
from enthesis.clinic.alerts import sign_alert
from enthesis.clinic.messages import remind_once
from enthesis.clinic.messages.choosing import choose_messages
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.transport import Channel
from enthesis.registry.models import Alert, AlertMessage, AuditEvent, Membership, User

REPORTED = datetime.combine(VISIT + timedelta(days=2), time(19), tzinfo=UTC)
CLINICIAN, COORDINATOR, DIRECTOR = (f"{role}@harbour.test" for role in ("clinician", "coordinator", "director"))


@pytest.fixture
def post(harbour):
    """A mail server and one round of the loop some minutes after the report."""
    choose_messages(
        by=harbour.director, clinic=harbour.clinic.pk, address="https://q.clinic.test", signed="Your clinic", zone="UTC"
    )
    with mail_server() as (address, box):
        by = {Channel.EMAIL: Smtp(address, sender="q@clinic.test")}

        def after(minutes):
            box.letters.clear()
            alerted = remind_once(moment=REPORTED + timedelta(minutes=minutes), transports=by).alerted
            mine = [letter["To"] for letter in box.letters if letter["To"].endswith("@harbour.test")]
            assert len(mine) == alerted
            return mine

        yield box, after
        by[Channel.EMAIL].close()


def fever(house):
    """A call today, reported at seven in the evening."""
    _, session = house.treated()
    told(house, session, 2, fever=True)


def breathless(house):
    """An emergency, reported at seven in the evening."""
    _, session = house.treated()
    told(house, session, 2, breathless=True)


def test_a_call_of_today_climbs_in_two_hours_and_in_four(harbour, post):
    _, after = post
    fever(harbour)
    said = {minutes: after(minutes) for minutes in (0, 119, 120, 239, 240, 600)}
    assert said == {0: [CLINICIAN], 119: [], 120: [COORDINATOR], 239: [], 240: [DIRECTOR], 600: []}


def test_an_emergency_climbs_in_minutes(harbour, post):
    _, after = post
    breathless(harbour)
    assert [after(minutes) for minutes in (0, 14, 15, 30)] == [[CLINICIAN], [], [COORDINATOR], [DIRECTOR]]


def test_quiet_hours_do_not_hold_for_an_alert(harbour, post):
    _, after = post
    breathless(harbour)
    assert after(6 * 60) == [CLINICIAN, COORDINATOR, DIRECTOR]  # one in the morning, after the loop stood still


def test_the_letter_names_nobody_and_says_nothing_of_health(harbour, post):
    box, after = post
    breathless(harbour)
    after(0)
    [letter] = box.letters
    said = letter["Subject"] + letter.get_content()
    assert letter.get_content().startswith("An alert waits for somebody now.")
    for word in ("Maria", "Silva", "knee", "breath", "injection", "emergency", "patient"):
        assert word.lower() not in said.lower()
    assert letter["List-Unsubscribe"] is None


def test_a_signature_ends_it_even_for_what_waits_in_the_outbox(harbour, post):
    box, after = post
    fever(harbour)
    box.busy = True
    assert after(0) == []
    box.busy = False
    with scopes_disabled(), at_moment(REPORTED):
        sign_alert(by=harbour.clinician, alert=Alert.objects.get().pk, done="called; seen at once")
    assert [after(minutes) for minutes in (1, 300)] == [[], []]
    with scopes_disabled():
        assert [message.state for message in AlertMessage.objects.all()] == ["dropped"]


def test_a_busy_server_is_asked_again_after_a_minute(harbour, post):
    box, after = post
    fever(harbour)
    box.busy = True
    after(0)
    box.busy = False
    assert [after(0.5), after(1)] == [[], [CLINICIAN]]


def test_a_clinic_without_a_clinician_tells_the_next_role_at_once(harbour, post):
    _, after = post
    fever(harbour)
    Membership.objects.filter(clinic=harbour.clinic, role="clinician").delete()
    assert after(0) == [COORDINATOR]


def test_an_address_that_is_gone_and_somebody_who_left_keep_nobody_else_from_being_told(harbour, post):
    box, after = post
    fever(harbour)
    box.gone.add(CLINICIAN)
    after(0)
    with scopes_disabled():
        assert [(one.state, one.failure[:39]) for one in AlertMessage.objects.all()] == [
            ("failed", "the mail server refused the address for")
        ]
    assert after(120) == [COORDINATOR]
    User.objects.filter(email=DIRECTOR).update(is_active=False)
    assert after(240) == []


def test_each_telling_leaves_one_event_with_role_and_step_and_nothing_else(harbour, post):
    _, after = post
    fever(harbour)
    after(120)
    events = AuditEvent.objects.filter(verb="told staff of an alert").order_by("pk")
    assert [event.after for event in events] == [{"role": "clinician", "step": 0}, {"role": "coordinator", "step": 1}]


def test_a_machine_that_sends_only_texts_keeps_the_alert_for_the_worklist(harbour, post):
    fever(harbour)
    assert remind_once(moment=REPORTED, transports={}).alerted == 0
    with scopes_disabled():
        assert [message.state for message in AlertMessage.objects.all()] == ["waiting"]
