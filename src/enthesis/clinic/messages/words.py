"""The words of a message: nothing about health, nobody's name, only that there are a few questions and where."""

from dataclasses import dataclass

from django.utils.translation import gettext as say
from django.utils.translation import override

from enthesis.clinic.language import code_of
from enthesis.clinic.messages.transport import Channel


@dataclass(frozen=True)
class Words:
    """Subject and text in the patient's language."""

    subject: str
    text: str


def words(
    *, channel: Channel, language: str, signed: str, link: str, stop: str, reminder: bool, phone: str = ""
) -> Words:
    """What is said. A text message leaves out the sentence about stopping only where the page itself says it."""
    with override(code_of(language)):
        subject = say("A few questions for you")
        first = say("We have a few questions for you. They take about two minutes.")
        again = say("We have not had your answers yet. They take about two minutes.")
        lead = again if reminder else first
        if channel is Channel.SMS:
            return Words(subject, f"{lead} {link} {signed}")
        unread, stopping = (
            say("Nobody reads answers to this e-mail. If something worries you, call us."),
            say("No more of these messages:"),
        )
        return Words(subject, f"{lead}\n\n{link}\n\n{unread} {phone}".rstrip() + f"\n\n{signed}\n\n{stopping} {stop}\n")
