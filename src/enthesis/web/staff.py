"""Signed-in staff: every page of the clinic's own begins here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from enthesis.clinic.permissions import Actor

View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """A view that is given who acts, `view(request, by, ...)`; anybody else is sent to the sign-in page."""

    @login_required
    @wraps(view)
    def signed_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, who(request), *args, **kwargs)

    return signed_in


def who(request: HttpRequest) -> Actor:
    """Who acts, with the roles they hold now; asked once a request."""
    if not hasattr(request, "_actor"):
        request._actor = Actor.of_user(request.user)  # type: ignore[attr-defined,arg-type]
    return request._actor  # type: ignore[attr-defined,no-any-return]
