"""Sign-in: nobody makes an account alone, and what is not offered is not there."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from enthesis.clinic.errors import NotFound


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by those who run the clinic's machine."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def not_offered(request: HttpRequest, **_: Any) -> NoReturn:
    """Where allauth expects a page that Enthesis does not have. Raises NotFound."""
    raise NotFound("accounts, addresses and lost passwords are looked after by whoever runs Enthesis at your clinic")
