"""E-mail by SMTP, over one connection kept for as long as it serves."""

import select
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from enthesis.clinic.messages.transport import Later, Letter, Refused
from enthesis.knowledge import BadInput

SECONDS = 20
FORM = "smtp://HOST:PORT, smtp+starttls://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465"
GONE = range(500, 600)  # a reply of this kind is final (RFC 5321, 4.2.1)


class Smtp:
    """A mail server, by its address; `sender` is what letters come from. Raises BadInput for an unusable address."""

    def __init__(self, address: str, *, sender: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("smtp", "smtps", "smtp+starttls") or not parts.hostname:
            raise BadInput(f"ENTHESIS_SMTP: expected {FORM}")
        if "@" not in sender:
            raise BadInput("ENTHESIS_MAIL_FROM: the address letters come from is needed")
        self._parts, self._sender = parts, sender
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand one letter over. A connection that has died is opened again before anything is handed over."""
        try:
            self._connected().send_message(self._written(letter), self._sender, [letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            self._judge(next(iter(error.recipients.values()))[0])
        except smtplib.SMTPResponseException as error:
            self.close()
            self._judge(error.smtp_code)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Later(f"the mail server is away ({type(error).__name__})") from error

    def close(self) -> None:
        """Say goodbye, if there is anybody to say it to."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and self._alive(self._server):
            return self._server
        host, port = str(self._parts.hostname), self._parts.port
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=_context())
        else:
            server = smtplib.SMTP(host, port or 25, timeout=SECONDS)
        if self._parts.scheme == "smtp+starttls":
            server.starttls(context=_context())
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        self._server = server
        return server

    @staticmethod
    def _alive(server: smtplib.SMTP) -> bool:
        """A server speaks only when spoken to: one that has something to say unasked, or has hung up, is asked how it is."""
        if server.sock is None:
            return False
        try:
            said, _, _ = select.select([server.sock], [], [], 0)
            return not said or server.noop()[0] == 250
        except (smtplib.SMTPException, OSError, ValueError):  # the last: its socket is closed already
            return False

    def _written(self, letter: Letter) -> EmailMessage:
        """The same letter has the same Message-ID, by which mail systems know a second copy."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, letter.to, letter.subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{letter.reference}@{self._sender.rpartition('@')[2]}>"
        if letter.stop:
            message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message

    @staticmethod
    def _judge(code: int) -> None:
        if code in GONE:
            raise Refused(f"the mail server refused the address for good ({code})")
        raise Later(f"the mail server asked to wait ({code})")


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
