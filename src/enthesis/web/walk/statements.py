"""What the library says must be said wherever a treatment is offered."""

from dataclasses import dataclass

from enthesis.clinic.library import library
from enthesis.pathway import conditions, treatments


@dataclass(frozen=True)
class Said:
    """A condition, or a treatment, and the sentence that goes with it."""

    condition: str
    sentence: str


def statements_for(condition: str = "") -> tuple[Said, ...]:
    """The sentences of one condition, or of all that have one."""
    return tuple(
        Said(entry.title, entry.body.must_say)
        for entry in conditions(library())
        if entry.body.must_say and condition in ("", entry.id)
    )


def said_of_treatments() -> tuple[Said, ...]:
    """The sentences of the treatments that have one."""
    return tuple(Said(entry.title, entry.body.must_say) for entry in treatments(library()) if entry.body.must_say)
