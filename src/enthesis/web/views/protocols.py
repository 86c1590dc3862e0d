"""Every protocol on one page: how many sessions, how far apart, and the trial or practice each number comes from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.pathway import review_rows, schedule_rows
from enthesis.web.staff import staff


@require_GET
@staff
def protocols(request: HttpRequest, by: Actor) -> HttpResponse:
    """Sessions and intervals by protocol, and the review rules."""
    return render(request, "protocols.html", {"rows": schedule_rows(library()), "reviews": review_rows(library())})
