"""The weekly question as a form: on how many of the last seven days each line was done; for patients and for staff."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

DAYS = [(str(count), str(count)) for count in range(8)]
SCALE = forms.RadioSelect(attrs={"class": "scale week"})


class CheckInForm(forms.Form):
    """One number for each line, and a few words."""

    def __init__(self, *args: Any, lines: tuple[Mapping[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [line["id"] for line in lines]
        for line in lines:
            self.fields[line["id"]] = forms.ChoiceField(
                label=gettext(line["text"]),
                choices=DAYS,
                widget=SCALE,
                help_text=gettext("Your goal: %(goal)s") % {"goal": line["goal"]} if line["goal"] else "",
                error_messages={"required": gettext_lazy("Choose one of the answers.")},
            )
        self.fields["note"] = forms.CharField(
            label=gettext("What got in the way, if anything?"), required=False, max_length=500
        )

    def days_of_lines(self) -> list[forms.BoundField]:
        """The question of each line, without the words beside them."""
        return [self[id] for id in self.ids]

    def days(self) -> dict[str, int]:
        """Days by line."""
        return {id: int(self.cleaned_data[id]) for id in self.ids}
