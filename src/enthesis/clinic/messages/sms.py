"""Text messages through a gateway over HTTP. The adapter is this short so that a clinic can see what it says.

POST {"to": "+34600000000", "text": "...", "reference": "..."} with `Authorization: Bearer TOKEN` and
`Idempotency-Key: REFERENCE`. 2xx: taken; 400, 404, 410, 422: this number never; 401, 403, 407 or another address:
nothing goes until somebody has looked; anything else: later. docs/guide/messages.md shows the few lines that translate
this for a provider.
"""

import http.client
import json
import re
import socket
import ssl
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from enthesis.clinic.messages.transport import HERE, Away, Later, Letter, Lost, Refused
from enthesis.knowledge import BadInput

SECONDS = 20
NEVER = frozenset({400, 404, 410, 422})
NOT_LET_IN = frozenset({301, 302, 303, 307, 308, 401, 403, 407})
BETWEEN = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]")  # what people write between the digits
NOBODY_THERE = (ConnectionRefusedError, socket.gaierror, ssl.SSLError)
NUMBER = re.compile(r"\+?\d{5,15}")  # 15: the longest there is (ITU-T E.164)


class _Stays(urllib.request.HTTPRedirectHandler):
    """Nothing is handed to another address: it would go there without its text, and with our token."""

    def redirect_request(self, *_: object) -> None:  # type: ignore[override]  # None: the answer is an error
        return None


class Gateway:
    """A gateway by its address. Raises BadInput for one that is not an http(s) address."""

    def __init__(self, address: str, *, token: str) -> None:
        parts = urlsplit(address)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)):
            raise BadInput("ENTHESIS_SMS: an address beginning with https:// was expected")
        if not (token.isascii() and token.isprintable()):
            raise BadInput("ENTHESIS_SMS_TOKEN: plain letters, digits and signs on one line were expected")
        self._address, self._token = address, token
        self._opener = urllib.request.build_opener(_Stays)

    def send(self, letter: Letter) -> None:
        """Hand one text over; the reference lets the gateway know a second copy."""
        body = json.dumps({"to": number(letter.to), "text": letter.text, "reference": letter.reference}).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._token}",
            "Idempotency-Key": letter.reference,
        }
        request = urllib.request.Request(self._address, data=body, headers=headers, method="POST")  # noqa: S310 -- checked above
        try:
            with self._opener.open(request, timeout=SECONDS):
                return
        except urllib.error.HTTPError as error:
            error.close()
            raise _answered(error.code) from error
        except (OSError, http.client.HTTPException) as error:
            raise _broken(error) from error

    def close(self) -> None:
        """Nothing is kept open."""


def number(written: str) -> str:
    """A telephone number as gateways read it: digits, with a plus for those with a country. Raises Refused for other words."""
    digits = BETWEEN.sub("", written)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    if not NUMBER.fullmatch(digits):
        raise Refused("this is not one telephone number")
    return digits


def _answered(code: int) -> Exception:
    if code in NEVER:
        return Refused(f"the gateway refused the number for good ({code})")
    if code in NOT_LET_IN:
        return Away(f"the gateway does not let us in, or has moved ({code})")
    return Later(f"the gateway answered {code}")


def _broken(error: Exception) -> Exception:
    """Nobody there: the text waits. Anything else may have come after it was taken: it is tried again, and counted."""
    why = getattr(error, "reason", error)
    if isinstance(why, NOBODY_THERE):
        return Away(f"the gateway is away ({type(why).__name__})")
    return Lost(f"the gateway broke off ({type(why if isinstance(why, Exception) else error).__name__})")
