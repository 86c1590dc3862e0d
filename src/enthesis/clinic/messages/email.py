"""E-mail by SMTP, over one connection kept for as long as it serves."""

import select
import smtplib
import ssl
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from enthesis.clinic.messages.replies import FOR_GOOD, never, why_away
from enthesis.clinic.messages.transport import HERE, Away, Later, Letter, Lost, Refused
from enthesis.knowledge import BadInput

SECONDS = 20
FORM = "smtp://HOST:PORT, smtp+starttls://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465"
SCHEMES = ("smtp", "smtps", "smtp+starttls")
# A header is folded at blanks only: a link has none, and one that were encoded could not be read by any mail program.
WRITTEN = policy.SMTP.clone(max_line_length=998)


class Smtp:
    """A mail server, by its address; `sender` is what letters come from. Raises BadInput for an unusable address."""

    def __init__(self, address: str, *, sender: str) -> None:
        self._parts = _checked(address)
        self._sender = _own(sender)
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand one letter over. A connection that has died is opened again before anything is handed over."""
        to = _recipient(letter.to)
        server = self._connected()
        try:
            server.send_message(self._written(letter, to), self._sender.addr_spec, [to.addr_spec])
        except smtplib.SMTPRecipientsRefused as error:
            self._judge(*next(iter(error.recipients.values())), of_recipient=True)
        except smtplib.SMTPNotSupportedError as error:
            raise Refused("the mail server takes no address with such letters") from error
        except smtplib.SMTPSenderRefused as error:
            self.close()
            raise Away(why_away(error)) from error
        except smtplib.SMTPResponseException as error:
            self.close()
            self._judge(error.smtp_code, error.smtp_error, of_recipient=False)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Lost(f"the mail server hung up ({type(error).__name__})") from error

    def close(self) -> None:
        """Say goodbye, if there is anybody to say it to."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()

    def _connected(self) -> smtplib.SMTP:
        """The connection, opened where there is none. Raises Away."""
        if self._server is not None and self._alive(self._server):
            return self._server
        self.close()
        try:
            self._server = self._opened()
            self._signed_in(self._server)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Away(why_away(error)) from error
        return self._server

    def _opened(self) -> smtplib.SMTP:
        host, port = str(self._parts.hostname), self._parts.port
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=_context())
        return smtplib.SMTP(host, port or 25, timeout=SECONDS)

    def _signed_in(self, server: smtplib.SMTP) -> None:
        if self._parts.scheme == "smtp+starttls":
            server.starttls(context=_context())
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))

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

    def _written(self, letter: Letter, to: Address) -> EmailMessage:
        """The same letter has the same Message-ID, by which mail systems know a second copy."""
        message = EmailMessage(policy=WRITTEN)
        message["From"] = Address(letter.name or self._sender.display_name, addr_spec=self._sender.addr_spec)
        message["To"], message["Subject"] = to, letter.subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{letter.reference}@{self._sender.domain}>"
        if letter.stop:
            message["List-Unsubscribe"] = f"<{letter.stop}>"
        if letter.stop.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058; the page takes it
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, cte="7bit" if letter.text.isascii() else "quoted-printable")
        return message

    @staticmethod
    def _judge(code: int, said: bytes | str, *, of_recipient: bool) -> None:
        if code < 0:
            raise Lost("the mail server hung up, or does not speak SMTP")
        if never(code, said if isinstance(said, bytes) else said.encode(), of_recipient=of_recipient):
            raise Refused(f"the mail server refused the address for good ({code})")
        raise Later(f"the mail server {_later(code)} ({code})")


def _later(code: int) -> str:
    return "did not take the letter" if code in FOR_GOOD else "asked to wait"


def _checked(address: str) -> SplitResult:
    """The parts of a server's address. Raises BadInput for one of no use, and for a password that would go unhidden."""
    parts = urlsplit(address)
    try:
        known = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        known = False
    if not known:
        raise BadInput(f"ENTHESIS_SMTP: expected {FORM}")
    if not unquote(f"{parts.username or ''}{parts.password or ''}").isascii():
        raise BadInput("ENTHESIS_SMTP: a user and a password in letters without accents were expected")
    if parts.username and parts.scheme == "smtp" and parts.hostname not in HERE:
        raise BadInput("ENTHESIS_SMTP: a password goes by smtp+starttls:// or smtps:// only, where nobody can read it")
    return parts


def _own(sender: str) -> Address:
    """What letters come from: an address, with or without a name before it. Raises BadInput."""
    name, address = parseaddr(sender)
    try:
        return _address(address, name)
    except ValueError as error:
        raise BadInput("ENTHESIS_MAIL_FROM: the address letters come from is needed") from error


def _recipient(written: str) -> Address:
    """Raises Refused for what no letter can be sent to; nobody knows whom two addresses in one field belong to."""
    try:
        return _address(written.strip())
    except ValueError as error:
        raise Refused("this is not one e-mail address") from error


def mail_address(written: str) -> str:
    """An address as it stands on a letter, in small letters; nothing for what is none."""
    try:
        return _address(written.strip()).addr_spec.lower()
    except ValueError:
        return ""


def _address(written: str, name: str = "") -> Address:
    """One address, its domain as mail servers write it (RFC 3490). Raises ValueError."""
    local, at, domain = written.rpartition("@")
    if not (local and at and domain and written.isprintable()) or set(written) & set(' ,;<>()"'):
        raise ValueError("not an address")
    return Address(name, local, domain.encode("idna").decode())


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()
