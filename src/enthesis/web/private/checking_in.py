"""The weekly question of a private link: on how many days what was agreed was done."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from enthesis.clinic.check_in import answer_check_in, asked_by_link

DAYS = [("", "–"), *((str(count), str(count)) for count in range(8))]


class CheckInForm(forms.Form):
    """One number for each line, and a few words."""

    def __init__(self, *args: Any, lines: tuple[Mapping[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [line["id"] for line in lines]
        for line in lines:
            self.fields[line["id"]] = forms.ChoiceField(
                label=gettext(line["text"]),
                choices=DAYS,
                help_text=line["goal"],
                error_messages={"required": gettext_lazy("Choose one of the answers.")},
            )
        self.fields["note"] = forms.CharField(
            label=gettext("What got in the way, if anything?"), required=False, max_length=500
        )

    def days(self) -> dict[str, int]:
        """Days by line."""
        return {id: int(self.cleaned_data[id]) for id in self.ids}


def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and thanks after it. Raises LinkSpent for a link that cannot be used."""
    asked = asked_by_link(token)
    form = CheckInForm(request.POST if request.method == "POST" else None, lines=asked.lines)
    done = request.method == "POST" and form.is_valid()
    if done:
        answer_check_in(token=token, days=form.days(), note=form.cleaned_data["note"], today=timezone.localdate())
    context = {"asked": asked, "form": form, "done": done, "simulated": asked.simulated}
    return render(request, "private/check_in.html", context, status=422 if form.errors else 200)
