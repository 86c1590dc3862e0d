"""What every page knows: whether this is a simulation, where one can go, and how people sign in to a demo."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from enthesis.clinic.demo_accounts import DEMO_PASSWORD, SignIn, demo_sign_ins
from enthesis.clinic.places import Place, own_clinics
from enthesis.web.navigation import Bar, bar
from enthesis.web.staff import who


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Asked by every template; nothing is read from the database until a page uses it."""
    return {
        "mode": settings.MODE,
        "places": SimpleLazyObject(lambda: places(request)),
        "simulated": SimpleLazyObject(lambda: is_simulated(request)),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "demo_sign_ins": SimpleLazyObject(_demo_sign_ins),
        "demo_password": DEMO_PASSWORD if settings.MODE == "demo" else "",
    }


def places(request: HttpRequest) -> tuple[Place, ...]:
    """The clinics of whoever is signed in; asked once a request."""
    if not hasattr(request, "_places"):
        signed_in = hasattr(request, "user") and request.user.is_authenticated
        request._places = own_clinics(by=who(request)) if signed_in else ()  # type: ignore[attr-defined]
    return request._places  # type: ignore[attr-defined,no-any-return]


def is_simulated(request: HttpRequest) -> bool:
    """A demo is simulated before anybody signs in; elsewhere a clinic that was marked so."""
    return settings.MODE == "demo" or any(place.simulated for place in places(request))


def navigation(request: HttpRequest) -> Bar:
    """Where a signed-in person can go."""
    return bar(request.path, places(request)) if places(request) else Bar()


def _demo_sign_ins() -> Sequence[SignIn]:
    return demo_sign_ins() if settings.MODE == "demo" else ()
