"""What holds for every request: calm errors, nothing stored by browsers, and sign-out when nobody is there."""

import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from enthesis.web.errors import error_page, page_for

Handler = Callable[[HttpRequest], HttpResponse]
SEEN = "seen_at"
TOUCH_SECONDS = 60  # the session is written at most this often, so that reading a page costs no write


def calm_errors(get_response: Handler) -> Handler:
    """An error of ours becomes its own page; any other a plain 500 page, and a line in the log without its words."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = error_page(request, response.status_code).content
        return not_kept(response)

    handle.process_exception = page_for  # type: ignore[attr-defined]  # Django asks a middleware for this name
    return handle


def not_stored(get_response: Handler) -> Handler:
    """No page is kept by a browser or a proxy: everything here may be about a patient."""

    def handle(request: HttpRequest) -> HttpResponse:
        return not_kept(get_response(request))

    return handle


def not_kept(response: HttpResponse) -> HttpResponse:
    """The response, marked never to be stored."""
    patch_cache_control(response, no_store=True, private=True)
    return response


def idle_log_off(get_response: Handler) -> Handler:
    """Signs out whoever made no request for settings.IDLE_MINUTES."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now, seen = int(time.time()), request.session.get(SEEN)
        if seen is not None and now - seen > settings.IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, f"You were signed out after {settings.IDLE_MINUTES} minutes without use.")
            return redirect("account_login")
        if seen is None or now - seen >= TOUCH_SECONDS:
            request.session[SEEN] = now
        return get_response(request)

    return handle
