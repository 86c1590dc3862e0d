"""The field of a form that takes targets, and how the page of it is shown: as a map or as a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from enthesis.knowledge import Site

MAP, LIST = "map", "list"


class TargetsField(forms.MultipleChoiceField):
    """Targets as checkboxes; `parts/bodymap.html` draws them. What is chosen is a list of sites as they are written."""

    def __init__(self, *, sites: Iterable[Site] = (), **kwargs: Any) -> None:
        super().__init__(**({"widget": forms.CheckboxSelectMultiple} | kwargs))
        self.offer(sites)

    def offer(self, sites: Iterable[Site]) -> None:
        """Which targets can be chosen."""
        self.sites = tuple(sites)
        self.choices = [(str(site), site.short) for site in self.sites]


@dataclass(frozen=True)
class View:
    """How the targets are shown: `how` is the map or the list; `words` narrow the list."""

    how: str
    words: str = ""


def view_of(posted: QueryDict) -> View:
    """What the buttons of the part asked for; the map at first."""
    words = posted.get("find", "").strip()[:80]
    asked = posted.get("view") or posted.get("viewed") or MAP
    return View(LIST if asked == LIST else MAP, words if asked == LIST else "")


def unjudged(form: forms.BaseForm, posted: QueryDict) -> forms.BaseForm:
    """The same form with what was typed and without complaints: only the view was changed, and nothing is to be kept."""
    form.initial = {
        **form.initial,
        **{name: _typed(field, posted, form.add_prefix(name)) for name, field in form.fields.items()},
    }
    form.is_bound = False
    return form


def _typed(field: forms.Field, posted: QueryDict, name: str) -> Any:
    """What the browser sent for a field, as its widget reads it."""
    return field.widget.value_from_datadict(posted, MultiValueDict(), name)


def asks_for_view(posted: QueryDict) -> bool:
    """Was a button of the part pressed, and not that of the form? Then nothing is kept, and what was ticked stays."""
    return "view" in posted
