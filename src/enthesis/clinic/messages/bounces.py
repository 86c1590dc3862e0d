"""Bounces that come back later: a delivery report (RFC 3464) is read and matched to its message by the Message-ID."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.messages.email import mail_address
from enthesis.clinic.messages.outgoing import FAILED, mark
from enthesis.clinic.messages.reaching import FAILING, note
from enthesis.clinic.messages.replies import never
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.registry.models import AlertMessage
from enthesis.registry.models import Message as PatientMessage

NO_REPORT = "not a delivery report: a mail of the type multipart/report with a delivery status (RFC 3464) was expected"
NOT_OURS = "no message of this registry has the Message-ID that the delivery report names"


@dataclass(frozen=True)
class Report:
    """What a delivery report says: whether it is final, the status, the Message-IDs it names, and whom they were for.

    `dead` when the status says that the address itself will never take a letter; a full mailbox may, tomorrow.
    """

    final: bool
    dead: bool
    status: str
    references: tuple[str, ...]
    to: frozenset[str]


def read_report(written: bytes) -> Report:
    """A delivery report from the mail it came as. Raises BadInput for any other mail."""
    mail = message_from_bytes(written, policy=policy.default)
    status = _part(mail, "message/delivery-status")
    if mail.get_content_type() != "multipart/report" or status is None:
        raise BadInput(NO_REPORT)
    groups = [part for part in status.get_payload() if isinstance(part, Message) and part.get("Action")]
    if not groups:
        raise BadInput(NO_REPORT)
    failed = [one for one in groups if str(one["Action"]).strip().lower() == "failed"]
    said = str((failed or groups)[0].get("Status") or "").strip()[:20]
    dead = never(550, said.encode(), of_recipient=False)
    return Report(bool(failed), dead, said, tuple(_references(mail)), _addressed(mail))


def _references(mail: EmailMessage) -> list[str]:
    """The Message-ID of the letter that came back, wherever the mail system put it."""
    inside = [part.get("Message-ID") for part in mail.walk() if part is not mail]
    headers = [_headers(part) for part in mail.walk() if part.get_content_type() == "text/rfc822-headers"]
    named = [*inside, *headers, mail.get("In-Reply-To"), *str(mail.get("References") or "").split()]
    return [str(one).strip().strip("<>") for one in named if one]


def _addressed(mail: EmailMessage) -> frozenset[str]:
    """Whom the letter that came back was for, as it says itself; nobody where it was not sent back."""
    inside = [str(part.get("To") or "") for part in mail.walk() if part is not mail]
    headers = [_headers(part, "To") or "" for part in mail.walk() if part.get_content_type() == "text/rfc822-headers"]
    return frozenset(address.lower() for _, address in getaddresses([*inside, *headers]) if address)


def _headers(part: Message, name: str = "Message-ID") -> str | None:
    """One of the headers that some mail systems send back instead of the letter."""
    written = part.get_payload(decode=True)
    return message_from_bytes(written).get(name) if isinstance(written, bytes) else None


def _part(mail: EmailMessage, kind: str) -> Message | None:
    return next((part for part in mail.walk() if part.get_content_type() == kind), None)


@act
def take_bounce(*, by: Actor, written: bytes) -> str:
    """Mark the message a report is about as failed, and its address as failing; says what was done, naming nobody.

    A report that is not final, or came before, changes nothing. Raises BadInput for a mail that is no report, or about
    no message of ours.
    """
    report = read_report(written)
    message = _message(report)
    if not report.final:
        return "the mail system is still trying; nothing was changed"
    if message.state == FAILED:
        return f"message {message.pk} is known to have failed; nothing was changed"
    why = f"came back later ({report.status or 'no status'})"
    mark(message, FAILED, failure=why)
    if isinstance(message, PatientMessage):
        patient = message.course.patient
        leave_trace(by, "could not reach", clinic=message.clinic, patient=patient, about=message.pk)
        if not report.dead or (report.to and mail_address(patient.email) not in report.to):
            return f"message {message.pk} came back: its patient is still written to at the address now known"
        note(by, patient, Channel.EMAIL, FAILING, why)
        return f"message {message.pk} came back: its patient is no longer written to by e-mail"
    leave_trace(by, "could not reach staff", clinic=message.clinic, about=message.pk)
    return f"message {message.pk} came back: a member of staff was not told of an alert"


def _message(report: Report) -> PatientMessage | AlertMessage:
    for reference in report.references:
        try:
            id = UUID(reference.partition("@")[0])
        except ValueError:
            continue
        for rows in (PatientMessage.objects.select_related("course__patient", "clinic"), AlertMessage.objects.all()):
            if (found := rows.filter(pk=id).first()) is not None:
                return found  # type: ignore[return-value]  # one of the two kinds
    raise BadInput(NOT_OURS)
