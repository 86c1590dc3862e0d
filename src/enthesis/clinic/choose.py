"""A clinic's own values where sources disagree: inside their spread, or stricter, signed by its director with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import ADVICE, RULES, SHAPES, choices_in, library
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, Entry, Value, value_at
from enthesis.recovery import DEFAULT
from enthesis.registry.models import ChosenValue, Clinic
from enthesis.screening import Choice


@dataclass(frozen=True)
class ChoiceRow:
    """One value a clinic may choose: what ships, what the clinic chose, by whom and why."""

    clinic: int
    clinic_name: str
    choice: Choice
    ships: Value
    stands: Value
    chosen_by: str = ""
    because: str = ""
    at: datetime | None = None
    simulated: bool = False


@act
def choose_value(
    *, by: Actor, clinic: int, entry: str, of: str, value: str, because: str, kind: str = RULES
) -> ChosenValue:
    """Set a value of a rule, or which advice is given, for one clinic; an empty value takes the choice back.

    Raises NotFound for an entry or a place where nothing is left to a clinic, BadInput for a value outside the spread or
    without a reason. Judgments already made stay as they were.
    """
    by.check(May.ADOPT, clinic)
    place, found = Clinic.objects.get(pk=clinic), entry_called(kind, entry)
    choice = next((one for one in choices_in(found) if one.of == of), None)
    if choice is None:
        raise NotFound(f"{found.path} leaves nothing at {of!r} to a clinic")
    if not because.strip():
        raise BadInput("because: say why, so that the next reader understands the choice")
    new = choice.read(value) if value.strip() else None
    old = current(ChosenValue.objects.filter(clinic=clinic, kind=kind, entry=entry, of=of)).first()
    kept = ChosenValue.objects.create(
        kind=kind,
        entry=entry,
        of=of,
        value=new,
        text=found.fingerprint,
        because=because.strip()[:1000],
        simulated=place.simulated,
        **frame(by.name, clinic, now(), old, because if old else ""),
    )
    leave_trace(
        by,
        "chose a value of an entry",
        clinic=place,
        before={"value": old.value if old else None},
        after={"entry": found.path, "of": of, "value": new, "because": kept.because},
    )
    return kept


@act
def read_choices(*, by: Actor, entry: str, kind: str = RULES) -> tuple[ChoiceRow, ...]:
    """What an entry leaves to a clinic, for each of the actor's clinics. It is about no patient, so no event is left."""
    found = entry_called(kind, entry)
    mine = Clinic.objects.filter(pk__in=by.clinics).order_by("name")
    return tuple(_row(place, found, choice) for place in mine for choice in choices_in(found))


def entry_called(kind: str, entry: str) -> Entry[Any]:
    """An entry as it ships, of a kind that may leave something to a clinic. Raises NotFound."""
    if kind not in SHAPES or entry not in library().files(kind):
        raise NotFound(f"there is no entry {kind}/{entry} that leaves something to a clinic")
    return library().entry(kind, entry, SHAPES[kind])


def _row(place: Clinic, found: Entry[Any], choice: Choice) -> ChoiceRow:
    ships: Any = DEFAULT if found.kind == ADVICE else value_at(library().raw(found.kind, found.id), choice.of)
    rows = ChosenValue.objects.filter(clinic=place, kind=found.kind, entry=found.id, of=choice.of)
    kept = current(rows).first()
    if kept is None or kept.value is None:
        return ChoiceRow(place.pk, place.name, choice, ships, ships)
    return ChoiceRow(
        place.pk,
        place.name,
        choice,
        ships,
        kept.value,
        kept.recorded_by,
        kept.because,
        kept.recorded_at,
        kept.simulated,
    )
