"""Consent: the text in the patient's language, signed on screen or by a typed name, and taken back."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from enthesis.clinic.consent import give_consent, read_consent, withdraw_consent
from enthesis.clinic.permissions import Actor
from enthesis.web.staff import staff
from enthesis.web.walk import page


class ConsentForm(forms.Form):
    """The patient signs: a name is always typed; a drawn signature may stand beside it."""

    language = forms.CharField(widget=forms.HiddenInput, max_length=2)
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    signature = forms.CharField(widget=forms.HiddenInput, required=False)
    interpreter = forms.CharField(label=gettext_lazy("Who interpreted"), required=False, max_length=200)
    understood = forms.BooleanField(label=gettext_lazy("I understood this text. My questions were answered. I agree."))
    signed_as = forms.CharField(
        label=gettext_lazy("Full name, as a signature"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WithdrawForm(forms.Form):
    """The patient takes the consent back; a reason may be given and is never asked for twice."""

    why = forms.CharField(label="In the patient’s words, if they want to say", required=False, max_length=500)


@require_http_methods(["GET", "POST"])
@staff
def consent(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Read the text and sign it."""
    about = page.about(by, course)
    language = request.POST.get("language") or request.GET.get("language") or ""
    shown = read_consent(by=by, course=course, language=language)
    start = {"language": shown.language, "fingerprint": shown.fingerprint}
    form = ConsentForm(request.POST or None, initial=start)

    def act() -> HttpResponse:
        give_consent(by=by, course=course, on=timezone.localdate(), details=form.cleaned_data)
        return redirect("walk:course", course=course)

    return page.answer(request, "consent", about, form, act, shown=shown, withdrawing=WithdrawForm(prefix="withdraw"))


@require_POST
@staff
def withdraw(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Keep that the patient took the consent back."""
    form = WithdrawForm(request.POST, prefix="withdraw")
    why = form.cleaned_data["why"] if form.is_valid() else str(form["why"].value() or "")
    withdraw_consent(by=by, course=course, on=timezone.localdate(), why=why)
    return redirect("walk:consent", course=course)
