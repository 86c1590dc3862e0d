"""A patient stops the messages, or wants them again: only a press does it, never a program that looks at links.

The address is the key: whoever holds it may press, with cookies or without, and so may a mail program that was told to
(RFC 8058). So no other token is asked for, but the press must say what it is.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enthesis.clinic.messages.reaching import clinic_of_link, stop_by_link, want_by_link
from enthesis.web.language import speaking

ONE_CLICK = ("List-Unsubscribe", "One-Click")
PRESSES = {"stop": stop_by_link, "again": want_by_link}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and after it what was done. Raises LinkSpent for a link that is not ours."""
    asked, pressed = clinic_of_link(token), _pressed(request)
    with speaking(request, asked.language):
        if pressed in PRESSES:
            PRESSES[pressed](token=token)
        return render(request, "private/stop.html", {"asked": asked, "pressed": pressed})


def _pressed(request: HttpRequest) -> str:
    if request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        return "stop"
    return request.POST.get("press", "")
