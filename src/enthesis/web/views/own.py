"""One's own account: who one is here, and how one signs in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enthesis.clinic.permissions import Actor
from enthesis.web.staff import staff


@require_GET
@staff
def account(request: HttpRequest, by: Actor) -> HttpResponse:
    """Name, roles and the doors to password and second factor."""
    return render(request, "account.html", {"roles": by.roles})


@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Is the server there? Says nothing else, to anybody; also the empty page that benchmarks are held against."""
    return HttpResponse("alive", content_type="text/plain")
