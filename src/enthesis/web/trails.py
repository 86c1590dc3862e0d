"""The audit trail as a page: which clinic, and what to look for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics


def places_to_audit(by: Actor) -> tuple[Place, ...]:
    """The clinics whose trail somebody may read: those they direct. Raises NotAllowed when there is none."""
    found = tuple(place for place in own_clinics(by=by) if May.ADOPT in place.may)
    if not found:
        raise NotAllowed("you may not read the audit trail: it is for the director of a clinic")
    return found


class AuditForm(forms.Form):
    """What to look for; words that fit nothing show nothing, and are no error."""

    clinic = forms.TypedChoiceField(label="Clinic", coerce=int, required=False)
    verb = forms.CharField(
        label="What was done", required=False, max_length=40, help_text="A word such as read, screened or signed."
    )
    actor = forms.CharField(
        label="Who did it", required=False, max_length=200, help_text="Part of a name or an address."
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["clinic"].choices = [(place.id, place.name) for place in places]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the read; the first clinic where none was chosen."""
        given = self.cleaned_data if self.is_valid() else {}
        return {"clinic": self.place.id, "verb": given.get("verb", ""), "actor": given.get("actor", "")}

    @property
    def place(self) -> Place:
        """The clinic looked at."""
        chosen = self.cleaned_data.get("clinic") if self.is_valid() else None
        return next((place for place in self.places if place.id == chosen), self.places[0])
