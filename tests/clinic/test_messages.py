"""Registries die of silence: everybody due is asked, at a decent hour, once for each step, and never after "stop"."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import VISIT
from tests.clinic.servers import mail_server, sms_gateway
from tests.clinic.test_session_record import FAINT

from enthesis.clinic.errors import LinkSpent, NotAllowed, OutOfOrder
from enthesis.clinic.harm import report_event
from enthesis.clinic.messages import remind_once
from enthesis.clinic.messages.alone import alone
from enthesis.clinic.messages.calling import note_call, read_call_list
from enthesis.clinic.messages.choosing import choose_messages, transports
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.reaching import set_reach, stop_by_link
from enthesis.clinic.messages.sms import Gateway
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.private import answer_wave_link, private_form
from enthesis.knowledge import BadInput
from enthesis.registry.models import AuditEvent, Due, Message, MessageSettings, Patient, Session

MADRID = ZoneInfo("Europe/Madrid")
SIX_WEEKS = VISIT + timedelta(days=42)
MORNING = time(10)


def at(day, hour=MORNING):
    return datetime.combine(day, hour, tzinfo=MADRID).astimezone(UTC)


@pytest.fixture
def post():
    """A mail server, its mailbox, and the transport to it."""
    with mail_server() as (address, box):
        smtp = Smtp(address, sender="questions@clinic.test")
        yield box, {Channel.EMAIL: smtp}
        smtp.close()


def reachable(house, **options):
    """The clinic writes e-mails, in the time of Madrid."""
    chosen = {"address": "https://q.clinic.test", "signed": "Your clinic at the harbour", "zone": "Europe/Madrid"}
    choose_messages(by=house.director, clinic=house.clinic.pk, **chosen | options)


def treated(house, *, email="maria@home.test", key="test|1", **more):
    """A patient after the first session; the diary week is over when six weeks have come."""
    house.person |= {"email": email, "phone": "+34600000001"} | more
    return house.treated(key=key)[0]


def token_in(letter):
    return re.search(r"https://q\.clinic\.test/p/([^/]+)/\s", letter.get_content())[1]


def test_somebody_due_gets_one_message_that_day_and_no_second(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    first = remind_once(moment=at(SIX_WEEKS), transports=by)
    again = remind_once(moment=at(SIX_WEEKS, time(11)), transports=by)
    assert (first.added, first.sent, again.added, again.sent) == (1, 1, 0, 0)
    assert box.addressed == ["maria@home.test"]


def test_the_silent_are_reminded_on_days_3_7_and_12_and_then_somebody_calls(harbour, post):
    _box, by = post
    reachable(harbour)
    course = treated(harbour)
    sent = {}
    for day in range(16):
        sent[day] = remind_once(moment=at(SIX_WEEKS + timedelta(days=day)), transports=by).sent
    assert [day for day, count in sent.items() if count] == [0, 3, 7]  # six weeks close on day 10
    [wave] = [due for due in _dues(course) if due.key == "wave-3-months"]
    months = [remind_once(moment=at(wave.on + timedelta(days=d)), transports=by).sent for d in range(14)]
    assert [day for day, count in enumerate(months) if count] == [0, 3, 7, 12]
    assert read_call_list(by=harbour.coordinator, today=wave.on + timedelta(days=14)) == ()


def test_the_call_list_names_who_was_asked_four_times(harbour, post):
    reachable(harbour)
    course = treated(harbour)
    [wave] = [due for due in _dues(course) if due.key == "wave-6-months"]
    assert read_call_list(by=harbour.coordinator, today=wave.on + timedelta(days=14)) == ()
    [row] = read_call_list(by=harbour.coordinator, today=wave.on + timedelta(days=15))
    assert (row.course, row.wave, row.phone) == (course, "6-months", "+34600000001")


def test_nothing_is_sent_in_quiet_hours_and_nothing_is_lost_by_them(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    night = remind_once(moment=at(SIX_WEEKS, time(23)), transports=by)
    early = remind_once(moment=at(SIX_WEEKS + timedelta(days=1), time(7, 59)), transports=by)
    assert (night.sent, early.sent, box.letters) == (0, 0, [])
    assert remind_once(moment=at(SIX_WEEKS + timedelta(days=1), time(8)), transports=by).sent == 1


def test_a_sender_that_stood_still_for_a_week_sends_one_message_not_three(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    assert remind_once(moment=at(SIX_WEEKS + timedelta(days=8)), transports=by).sent == 1
    assert "not had your answers" in box.letters[0].get_content()


def test_a_message_says_nothing_about_health_and_names_nobody(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    remind_once(moment=at(SIX_WEEKS), transports=by)
    [letter] = box.letters
    said = letter["Subject"] + letter.get_content() + letter["From"]
    for word in ("Maria", "Silva", "knee", "pain", "injection", "prolo", "week", "treat"):
        assert word.lower() not in said.lower()


def test_the_spanish_speaking_are_written_to_in_spanish(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour, language="es")
    remind_once(moment=at(SIX_WEEKS), transports=by)
    assert "preguntas" in box.letters[0].get_content()


def test_the_link_asks_form_after_form_and_keeps_each(harbour, post):
    box, by = post
    reachable(harbour)
    course = treated(harbour)
    remind_once(moment=at(SIX_WEEKS), transports=by)
    token = token_in(box.letters[0])
    with _on(SIX_WEEKS):
        asked = private_form(token)
        assert (asked.form, asked.instrument, asked.left) == ("wave", "pain-nrs", 2)
        assert answer_wave_link(token=token, answers={"nrs_avg_7d": 4}, today=SIX_WEEKS) is None
        assert private_form(token).instrument == "peg"
        assert not _due(course, "wave-6-weeks").met_at
        answers = {"peg_p": 4, "peg_e": 3, "peg_g": 2}
        thanks = answer_wave_link(token=token, answers=answers, today=SIX_WEEKS)
        assert [point.score for point in thanks.points] == [4]
        assert _due(course, "wave-6-weeks").met_at
        with pytest.raises(LinkSpent):
            private_form(token)
    assert remind_once(moment=at(SIX_WEEKS + timedelta(days=3)), transports=by).sent == 0


def test_the_diary_is_asked_for_once_a_day(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    sent = [remind_once(moment=at(VISIT + timedelta(days=day)), transports=by).sent for day in range(10)]
    assert sent == [0, 1, 1, 1, 1, 1, 1, 1, 0, 0]
    with _on(VISIT + timedelta(days=1)):
        assert private_form(token_in(box.letters[0])).form == "diary"


def test_whoever_says_stop_hears_nothing_more(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    remind_once(moment=at(SIX_WEEKS), transports=by)
    with _on(SIX_WEEKS):
        stop_by_link(token=token_in(box.letters[0]))
    assert remind_once(moment=at(SIX_WEEKS + timedelta(days=3)), transports=by).added == 0


def test_staff_can_note_that_somebody_wants_messages_again(harbour, post):
    _, by = post
    reachable(harbour)
    treated(harbour)
    person = _patient()
    set_reach(by=harbour.coordinator, patient=person, channel="email", state="stopped", why="said so by phone")
    assert remind_once(moment=at(SIX_WEEKS), transports=by).added == 0
    set_reach(by=harbour.coordinator, patient=person, channel="email", state="wanted", why="asked for them again")
    assert remind_once(moment=at(SIX_WEEKS), transports=by).sent == 1
    with pytest.raises(BadInput, match="who said so"):
        set_reach(by=harbour.coordinator, patient=person, channel="email", state="stopped", why=" ")
    with pytest.raises(BadInput, match="expected one of email, sms"):
        set_reach(by=harbour.coordinator, patient=person, channel="pigeon", state="stopped", why="x")


def test_an_address_that_does_not_exist_is_tried_once_and_shown(harbour, post):
    box, by = post
    box.gone.add("maria@home.test")
    reachable(harbour)
    treated(harbour)
    assert remind_once(moment=at(SIX_WEEKS), transports=by).refused == 1
    assert remind_once(moment=at(SIX_WEEKS + timedelta(days=3)), transports=by).added == 0
    [message] = _messages()
    assert (message.state, message.failure) == ("failed", "the mail server refused the address for good (550)")


def test_a_busy_server_is_asked_again_and_gets_it_once(harbour, post):
    box, by = post
    box.busy = True
    reachable(harbour)
    treated(harbour)
    assert remind_once(moment=at(SIX_WEEKS), transports=by).later == 1
    assert remind_once(moment=at(SIX_WEEKS, time(10, 4)), transports=by).later == 0
    box.busy = False
    assert remind_once(moment=at(SIX_WEEKS, time(10, 5)), transports=by).sent == 1
    assert len(box.letters) == 1


def test_a_server_that_asks_to_wait_for_two_days_is_given_up_and_said(harbour, post):
    box, by = post
    box.busy = True
    reachable(harbour)
    course = treated(harbour)
    [wave] = [due for due in _dues(course) if due.key == "wave-6-months"]
    for hour in range(24 * 4):
        remind_once(moment=at(wave.on + timedelta(days=12), time(9)) + timedelta(hours=hour), transports=by)
    [message] = _messages()
    assert (message.state, message.attempts) == ("failed", 16)
    assert "asked to wait" in message.failure


def test_a_text_goes_by_the_gateway_with_a_key_against_doubles(harbour):
    reachable(harbour, by_email=False, by_sms=True)
    treated(harbour)
    with sms_gateway() as (address, texts):
        told = remind_once(moment=at(SIX_WEEKS), transports={Channel.SMS: Gateway(address, token="t")})
    [text] = texts
    assert (told.sent, text["to"]) == (1, "+34600000001")
    assert text["headers"]["Idempotency-Key"] == text["reference"] == str(_messages()[0].pk)
    assert len(text["text"]) < 306  # two parts of a text message at most


def test_a_channel_the_machine_was_not_given_waits_and_stops_nothing_else(harbour, post):
    box, by = post
    reachable(harbour, by_sms=True)
    treated(harbour)
    told = remind_once(moment=at(SIX_WEEKS), transports=by)
    assert (told.added, told.sent, len(box.letters)) == (2, 1, 1)
    assert sorted(message.state for message in _messages()) == ["sent", "waiting"]


@pytest.mark.parametrize(("status", "became"), [(404, "failed"), (429, "waiting"), (500, "waiting")])
def test_what_the_gateway_answers_decides(harbour, status, became):
    reachable(harbour, by_email=False, by_sms=True)
    treated(harbour)
    with sms_gateway(status=status) as (address, _):
        remind_once(moment=at(SIX_WEEKS), transports={Channel.SMS: Gateway(address, token="t")})
    assert _messages()[0].state == became


def test_what_a_killed_process_had_claimed_is_taken_up_with_the_same_reference(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    remind_once(moment=at(SIX_WEEKS), transports=by)
    with scopes_disabled():
        Message.objects.update(state="sending")
    told = remind_once(moment=at(SIX_WEEKS, time(11)), transports=by)
    assert (told.taken_up, told.sent) == (1, 1)
    assert len({letter["Message-ID"] for letter in box.letters}) == 1
    assert len({token_in(letter) for letter in box.letters}) == 1
    assert _messages()[0].interrupted == 1


def test_what_was_answered_in_the_meantime_is_not_sent(harbour, post):
    box, by = post
    reachable(harbour)
    course = treated(harbour)
    remind_once(moment=at(SIX_WEEKS, time(23)), transports=by)
    with scopes_disabled():
        Due.objects.filter(course=course).update(met_at=at(SIX_WEEKS))
    told = remind_once(moment=at(SIX_WEEKS + timedelta(days=1)), transports=by)
    assert (told.dropped, box.letters) == (1, [])


def test_another_clinics_patients_are_not_written_to_by_ours(harbour, hillside, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    treated(hillside, email="other@home.test")
    remind_once(moment=at(SIX_WEEKS), transports=by)
    assert box.addressed == ["maria@home.test"]


def test_each_message_leaves_one_event_without_an_address(harbour, post):
    _, by = post
    reachable(harbour)
    treated(harbour)
    remind_once(moment=at(SIX_WEEKS), transports=by)
    [event] = AuditEvent.objects.filter(verb="sent a message")
    assert event.actor == "the reminder loop"
    assert "maria@home.test" not in f"{event.about}{event.before}{event.after}"


def test_only_one_process_sends(harbour, settings, tmp_path):
    settings.DATA = tmp_path
    with alone():
        if MessageSettings.objects.db and _sqlite():
            with pytest.raises(OutOfOrder, match="another process"), alone():
                pass


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"address": "q.clinic.test"}, "beginning with https://"),
        ({"zone": "Mars/Base"}, "not a time zone"),
        ({"signed": " "}, "a name patients know"),
        ({"quiet": (time(8), time(8))}, "quiet hours"),
    ],
)
def test_settings_that_cannot_work_are_refused(harbour, wrong, sentence):
    with pytest.raises(BadInput, match=sentence):
        reachable(harbour, **wrong)


def test_only_the_director_chooses_how_messages_are_sent(harbour):
    with pytest.raises(NotAllowed):
        choose_messages(
            by=harbour.coordinator, clinic=harbour.clinic.pk, address="https://q.test", signed="x", zone="UTC"
        )


def test_a_machine_that_can_send_by_nothing_says_so(settings):
    settings.SMTP = settings.SMS = ""
    with pytest.raises(BadInput, match="nothing to send with"):
        transports()
    settings.SMTP, settings.MAIL_FROM = "smtp://127.0.0.1:25", "q@clinic.test"
    assert list(transports()) == [Channel.EMAIL]
    settings.SMS, settings.SMS_TOKEN = "https://gateway.test", "t"
    assert list(transports()) == [Channel.EMAIL, Channel.SMS]


@pytest.mark.parametrize(("address", "sender"), [("mail.test", "q@c.test"), ("smtp://", "q@c.test")])
def test_a_mail_server_needs_an_address(address, sender):
    with pytest.raises(BadInput, match="ENTHESIS_SMTP"):
        Smtp(address, sender=sender)


def test_letters_need_a_sender_and_the_gateway_https():
    with pytest.raises(BadInput, match="ENTHESIS_MAIL_FROM"):
        Smtp("smtp://mail.test", sender="nobody")
    with pytest.raises(BadInput, match="ENTHESIS_SMS"):
        Gateway("http://gateway.test", token="t")


def _on(day):
    from enthesis.clinic.acting import at_moment

    return at_moment(at(day))


def _dues(course):
    with scopes_disabled():
        return list(Due.objects.filter(course=course, dropped=False))


def _due(course, key):
    return next(due for due in _dues(course) if due.key == key)


def _messages():
    with scopes_disabled():
        return list(Message.objects.all())


def _patient():
    with scopes_disabled():
        return Patient.objects.get().pk


def _sqlite():
    from django.db import connection

    return connection.vendor == "sqlite"


def test_a_letter_says_that_nobody_reads_answers_and_whom_to_call(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    remind_once(moment=at(SIX_WEEKS), transports=by)
    said = box.letters[0].get_content()
    assert "Nobody reads answers to this e-mail. If something worries you, call us. 555-0100" in said
    assert box.letters[0]["From"] == "Your clinic at the harbour <questions@clinic.test>"


@pytest.mark.parametrize(("language", "said"), [("spa", "preguntas"), ("Spanish", "preguntas"), ("est", "questions")])
def test_a_letter_speaks_the_language_its_page_speaks(harbour, post, language, said):
    box, by = post
    reachable(harbour)
    treated(harbour)
    with scopes_disabled():
        Patient.objects.update(language=language)
    remind_once(moment=at(SIX_WEEKS), transports=by)
    assert said in box.letters[0].get_content()


def test_no_text_goes_to_a_number_that_a_call_found_to_be_somebody_elses(harbour):
    reachable(harbour, by_email=False, by_sms=True)
    course = treated(harbour)
    wave = _due(course, "wave-6-months")
    note_call(by=harbour.coordinator, due=wave.pk, outcome="wrong-number")
    assert remind_once(moment=at(wave.on), transports={}).added == 0
    [row] = read_call_list(by=harbour.coordinator, today=wave.on + timedelta(days=15))
    assert row.tried[0].outcome == "The number is not theirs"
    set_reach(by=harbour.coordinator, patient=_patient(), channel="sms", state="wanted", why="a new number, by e-mail")
    assert remind_once(moment=at(wave.on), transports={}).added == 1


def test_nobody_writes_to_somebody_who_has_died_or_calls_them(harbour, post):
    box, by = post
    reachable(harbour)
    course = treated(harbour)
    remind_once(moment=at(SIX_WEEKS, time(23)), transports=by)
    died = FAINT | {"what": "died at home", "grade": 5, "serious": ["death"], "outcome": "fatal"}
    with scopes_disabled():
        session = Session.objects.get(course=course).pk
    report_event(by=harbour.clinician, course=course, session=session, on=SIX_WEEKS, today=SIX_WEEKS, details=died)
    assert remind_once(moment=at(SIX_WEEKS + timedelta(days=1)), transports=by).dropped == 1
    assert box.letters == []
    assert read_call_list(by=harbour.coordinator, today=SIX_WEEKS + timedelta(days=180)) == ()
    six_months = VISIT + timedelta(days=182)
    assert remind_once(moment=at(six_months), transports=by).added == 0


def test_nobody_writes_to_somebody_whose_record_says_that_they_have_died(harbour, post):
    box, by = post
    reachable(harbour)
    treated(harbour)
    remind_once(moment=at(SIX_WEEKS, time(23)), transports=by)
    harbour.patient(died=True)  # the same record, read in again
    assert remind_once(moment=at(SIX_WEEKS + timedelta(days=1)), transports=by).dropped == 1
    assert remind_once(moment=at(VISIT + timedelta(days=182)), transports=by).added == 0
    assert box.letters == []
    assert read_call_list(by=harbour.coordinator, today=SIX_WEEKS + timedelta(days=180)) == ()
    harbour.patient(died=False)  # it was the wrong person's
    assert remind_once(moment=at(VISIT + timedelta(days=182)), transports=by).sent == 1
