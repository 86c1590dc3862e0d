"""Text messages through a gateway over HTTP. The adapter is this short so that a clinic can see what it says.

POST {"to": "+34600000000", "text": "...", "reference": "..."} with `Authorization: Bearer TOKEN` and
`Idempotency-Key: REFERENCE`. 2xx: taken; 400, 404, 410, 422: this number never; anything else: later.
docs/guide/messages.md shows the few lines that translate this for a provider.
"""

import json
import urllib.error
import urllib.request

from enthesis.clinic.messages.transport import Later, Letter, Refused
from enthesis.knowledge import BadInput

SECONDS = 20
NEVER = frozenset({400, 404, 410, 422})


class Gateway:
    """A gateway by its address. Raises BadInput for one that is not an http(s) address."""

    def __init__(self, address: str, *, token: str) -> None:
        if not address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise BadInput("ENTHESIS_SMS: an address beginning with https:// was expected")
        self._address, self._token = address, token

    def send(self, letter: Letter) -> None:
        """Hand one text over; the reference lets the gateway know a second copy."""
        body = json.dumps({"to": letter.to, "text": letter.text, "reference": letter.reference}).encode()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._token}",
            "Idempotency-Key": letter.reference,
        }
        request = urllib.request.Request(self._address, data=body, headers=headers, method="POST")  # noqa: S310 -- checked above
        try:
            with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in NEVER:
                raise Refused(f"the gateway refused the number for good ({error.code})") from error
            raise Later(f"the gateway answered {error.code}") from error
        except OSError as error:
            raise Later(f"the gateway is away ({type(error).__name__})") from error

    def close(self) -> None:
        """Nothing is kept open."""
