"""The language of a patient's own page: the patient's, unless the page itself was asked for in another."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from enthesis.clinic.language import code_of

__all__ = ["code_of", "speaking", "spoken"]


def spoken(request: HttpRequest, patients: str) -> str:
    """The code of the language to speak: `?language=es` or the same in the form, else the patient's own."""
    asked = request.POST.get("language") or request.GET.get("language") or ""
    known = dict(settings.LANGUAGES)
    return asked if asked in known else code_of(patients)


@contextmanager
def speaking(request: HttpRequest, patients: str) -> Iterator[str]:
    """Everything within is said in the language of the page."""
    code = spoken(request, patients)
    with translation.override(code):
        yield code
