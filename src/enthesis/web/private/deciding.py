"""The decision aid by a link: to read, to redraw for one's own pain, and to keep what matters. Nothing uses the link up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.clinic.aid import answer_aid_link, private_aid
from enthesis.web.expect.aid_context import aid_context
from enthesis.web.expect.aid_form import AidForm


def page(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """The aid of a link, and after keeping it the same with a word of thanks. Raises LinkSpent."""
    sheet = private_aid(token)
    form = AidForm(request.POST if request.method == "POST" else None, sheet=sheet)
    kept = False
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST:
            answer_aid_link(token=token, language=language, **form.answers())
            kept = True
        sheet = private_aid(token, start=form.begins)
    context = aid_context(sheet.page) | {"asked": sheet, "form": form, "kept": kept, "simulated": sheet.simulated}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "private/aid.html", context, status=status)
