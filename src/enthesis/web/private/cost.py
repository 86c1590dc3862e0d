"""What care will likely cost, by a link: a page to read and print. Looking uses nothing up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enthesis.clinic.estimate import private_estimate


@require_safe
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """The estimate of a link. Raises LinkSpent."""
    found = private_estimate(token)
    return render(request, "private/estimate.html", {"asked": found, "sheet": found, "simulated": found.simulated})
