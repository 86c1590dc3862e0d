"""A letter that comes back hours later: read as mail systems write it, matched by its Message-ID, and said aloud."""

from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage, MIMEPart
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import VISIT
from tests.clinic.servers import mail_server
from tests.clinic.test_messages import SIX_WEEKS, at, reachable, treated
from tests.clinic.test_the_diary_week import told

from enthesis.clinic.messages import remind_once
from enthesis.clinic.messages.bounces import take_bounce
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.reaching import set_reach
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.worklist import read_worklist
from enthesis.knowledge import BadInput
from enthesis.registry.models import AlertMessage, Message, Patient, Reach

LATER = timedelta(days=3)


@pytest.fixture
def sent(harbour):
    """A message that went, as the mail server got it."""
    reachable(harbour)
    treated(harbour)
    with mail_server() as (address, box):
        smtp = Smtp(address, sender="questions@clinic.test")
        remind_once(moment=at(SIX_WEEKS), transports={Channel.EMAIL: smtp})
        smtp.close()
        [letter] = box.letters
    return letter


def status(action="failed", code="5.1.1"):
    """The machine-readable part: the fields of the report, then those of the one recipient (RFC 3464, 2.1)."""
    part = MIMEPart()
    whole = f"Reporting-MTA: dns; mx.home.test\n\nFinal-Recipient: rfc822; maria@home.test\nAction: {action}\n"
    part["Content-Type"] = "message/delivery-status"
    from email.parser import HeaderParser

    head, one = (HeaderParser().parsestr(group) for group in f"{whole}Status: {code}\n".split("\n\n"))
    part._payload = [head, one]
    return part


def report(*parts, **headers):
    mail = MIMEMultipart("report", **{"report-type": "delivery-status"})
    mail["From"], mail["To"], mail["Subject"] = "MAILER-DAEMON@mx.home.test", "questions@clinic.test", "Undelivered"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    for part in (MIMEText("I'm sorry to have to inform you."), *parts):
        mail.attach(part)
    return mail.as_bytes()


def whole(letter):
    """The letter itself, sent back."""
    return MIMEMessage(letter)


def headers_only(letter):
    return MIMEText(f"Message-ID: {letter['Message-ID']}\nTo: maria@home.test\n", "rfc822-headers")


@pytest.mark.parametrize("back", [whole, headers_only])
def test_the_address_is_not_written_to_again_and_staff_see_why(harbour, sent, back):
    done = take_bounce(by=harbour.director, written=report(status(), back(sent)))
    assert done.endswith("came back: its patient is no longer written to by e-mail")
    assert remind_once(moment=at(SIX_WEEKS + LATER), transports={}).added == 0
    with scopes_disabled():
        [message] = Message.objects.all()
        [reach] = Reach.objects.all()
    assert (message.state, message.failure, reach.state) == ("failed", "came back later (5.1.1)", "failing")
    from enthesis.clinic.acting import at_moment

    with at_moment(at(SIX_WEEKS + LATER)):
        [row] = read_worklist(by=harbour.coordinator, on=SIX_WEEKS + LATER).not_reached
    assert (row.name, row.why) == ("Maria Silva", "came back later (5.1.1)")


def test_a_report_that_names_the_letter_only_in_its_own_headers_is_matched(harbour, sent):
    take_bounce(by=harbour.director, written=report(status(), In_Reply_To=sent["Message-ID"]))
    with scopes_disabled():
        assert Message.objects.get().state == "failed"


@pytest.mark.parametrize(("action", "code"), [("delayed", "4.4.1"), ("relayed", "2.0.0")])
def test_a_report_that_is_not_final_changes_nothing(harbour, sent, action, code):
    done = take_bounce(by=harbour.director, written=report(status(action, code), whole(sent)))
    assert done == "the mail system is still trying; nothing was changed"
    with scopes_disabled():
        assert (Message.objects.get().state, Reach.objects.count()) == ("sent", 0)


@pytest.mark.parametrize("code", ["4.4.7", "5.2.2", "5.7.1", ""])
def test_a_letter_that_was_given_up_for_another_reason_than_its_address_closes_no_address(harbour, sent, code):
    done = take_bounce(by=harbour.director, written=report(status("failed", code), whole(sent)))
    assert done.endswith("came back: its patient is still written to at the address now known")
    with scopes_disabled():
        assert (Message.objects.get().state, Reach.objects.count()) == ("failed", 0)


def test_a_report_about_the_old_address_does_not_close_the_new_one(harbour, sent):
    with scopes_disabled():
        Patient.objects.update(email="maria@new.test")
    done = take_bounce(by=harbour.director, written=report(status(), headers_only(sent)))
    assert done.endswith("still written to at the address now known")
    with scopes_disabled():
        assert Reach.objects.count() == 0


def test_the_same_report_again_changes_nothing_though_staff_opened_the_address(harbour, sent):
    take_bounce(by=harbour.director, written=report(status(), whole(sent)))
    with scopes_disabled():
        person = Patient.objects.get().pk
    set_reach(by=harbour.coordinator, patient=person, channel="email", state="wanted", why="works again")
    again = take_bounce(by=harbour.director, written=report(status(), whole(sent)))
    assert again.endswith("is known to have failed; nothing was changed")
    with scopes_disabled():
        assert Reach.objects.order_by("recorded_at").last().state == "wanted"


def test_a_letter_to_staff_that_comes_back_closes_nobodys_address(harbour, sent):
    harbour.person |= {"email": "other@home.test"}
    fever_at = datetime.combine(VISIT + timedelta(days=2), time(19), tzinfo=UTC)
    with scopes_disabled():
        Message.objects.update(state="sent")
    _, session = harbour.treated(key="test|9")
    told(harbour, session, 2, fever=True)
    remind_once(moment=fever_at, transports={})
    with scopes_disabled():
        message = AlertMessage.objects.get()
        back = report(status(), In_Reply_To=f"<{message.pk}@clinic.test>")
        assert take_bounce(by=harbour.director, written=back).endswith("a member of staff was not told of an alert")
        assert (AlertMessage.objects.get().state, Reach.objects.count()) == ("failed", 0)


def test_another_clinics_messages_are_not_ours_to_mark(hillside, sent):
    with pytest.raises(BadInput, match="no message of this registry"):
        take_bounce(by=hillside.director, written=report(status(), whole(sent)))


def plain():
    mail = EmailMessage()
    mail.set_content("I am on holiday.")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"", "not a delivery report"),
        (b"\xff\x00 nothing", "not a delivery report"),
        (plain(), "not a delivery report"),
        (report(), "not a delivery report"),
        (report(status("", "")), "not a delivery report"),
        (report(status()), "no message of this registry"),
        (report(status(), In_Reply_To="<holiday@home.test>"), "no message of this registry"),
    ],
)
def test_any_other_mail_is_refused_in_a_sentence(harbour, written, says):
    with pytest.raises(BadInput, match=says):
        take_bounce(by=harbour.director, written=written)
