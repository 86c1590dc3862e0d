"""What a mail server's "no" is about: this address for good, or us, the words, or the hour.

Only an address that can never work may be marked as failing: whoever is marked wrongly hears nothing more. So a refusal
without a reason that names the address counts as "later" (RFC 5321, 4.2.3; the reasons are those of RFC 3463).
"""

import re
import smtplib
import ssl

FOR_GOOD = range(500, 600)
OF_THE_ADDRESS = frozenset({501, 521, 550, 551, 553, 556})  # said of a recipient, where no reason of RFC 3463 is given
REASON = re.compile(rb"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
MAILBOX = 1  # 5.1.x: the address; 7 and 8 of them are the sender's
SENDERS = frozenset({7, 8})
DISABLED = (2, 1)  # 5.2.1: the mailbox takes nothing any more


def never(code: int, said: bytes, *, of_recipient: bool) -> bool:
    """Will this address never take a letter? `of_recipient` when the reply was to the recipient alone."""
    if code not in FOR_GOOD:
        return False
    reason = REASON.match(said)
    if reason is None:
        return of_recipient and code in OF_THE_ADDRESS
    subject, detail = int(reason[2]), int(reason[3])
    return (subject == MAILBOX and detail not in SENDERS) or (subject, detail) == DISABLED


def why_away(error: Exception) -> str:
    """Why a mail server could not be used, in words for whoever runs the machine; never an address or a password."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"the mail server does not let us sign in ({error.smtp_code})"
        case smtplib.SMTPSenderRefused():
            return f"the mail server does not let us send from ENTHESIS_MAIL_FROM ({error.smtp_code})"
        case smtplib.SMTPResponseException():
            return f"the mail server will not talk to us ({error.smtp_code})"
        case smtplib.SMTPNotSupportedError():
            return "the mail server does not offer what ENTHESIS_SMTP asks of it (STARTTLS, or signing in)"
        case smtplib.SMTPServerDisconnected():
            return "the mail server hung up before any letter; look at the port, the user and the password"
        case ssl.SSLCertVerificationError():
            return f"the certificate of the mail server is not trusted ({error.verify_message})"
        case _:
            return f"the mail server is away ({type(error).__name__})"
