"""Forms and the words of a refusal: an error of the core is shown at the field it names."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.knowledge import BadInput
from enthesis.web.errors import sentence


def blame(form: forms.BaseForm, error: BadInput, otherwise: str | None = None) -> None:
    """Put the sentence of an error ("volume_ml: ...") at the field it names, else at `otherwise`, else above the form."""
    name = str(error).partition(":")[0].strip()
    form.add_error(name if name in form.fields else otherwise, sentence(error))


def refused(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """The form again with what was typed, and status 422."""
    return render(request, template, context, status=422)


def page_number(text: str) -> int:
    """The page asked for, or the first for anything that is no small number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
