"""A patient stops the messages: asked once more, because a program that looks at links must not stop them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from enthesis.clinic.messages.reaching import clinic_of_link, stop_by_link
from enthesis.web.language import speaking


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and after it what was done. Raises LinkSpent for a link that is not ours or has expired."""
    asked = clinic_of_link(token)
    with speaking(request, asked.language):
        if request.method == "POST":
            stop_by_link(token=token)
        return render(request, "private/stop.html", {"asked": asked, "stopped": request.method == "POST"})
