"""Reading a chart in: created, updated or unchanged, and nothing lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.registry.models import ChartEntry, ChartImport, Clinic, Patient
from enthesis.screening import ChartItem, ItemKind, Route, items_said
from enthesis.screening.names import plain

SAID = "said/"  # evidence of what was said, not read from a record
PERSON = ("family", "given", "born", "sex", "email", "phone", "language", "died")


@dataclass(frozen=True)
class Imported:
    """What came of reading a chart in: the contract of `enthesis import --json`."""

    patient: UUID
    created: int
    updated: int
    unchanged: int
    not_understood: tuple[Mapping[str, str], ...]


@act
def import_chart(
    *,
    by: Actor,
    clinic: int,
    key: str,
    person: Mapping[str, Any],
    items: Iterable[ChartItem],
    not_understood: Iterable[Mapping[str, str]] = (),
    simulated: bool = False,
) -> Imported:
    """Keep a person and the items of their chart; a second import of the same file changes nothing.

    `person` has family, given, born (a date or None), sex, email, phone, language and whether they `died`. Raises
    BadInput for a value measured on a day to come.
    """
    by.check(May.REGISTER, clinic)
    items = tuple(items)
    _nothing_to_come(items)
    place = Clinic.objects.get(pk=clinic)
    patient, fate = _kept_person(place, key, {name: person.get(name) for name in PERSON}, simulated)
    counts = {"created": 0, "updated": 0, "unchanged": 0, fate: 1}
    changes = _kept_items(patient, items, counts)
    odd = tuple(dict(line) for line in not_understood)
    if counts["created"] or counts["updated"]:
        ChartImport.objects.create(
            patient=patient, not_understood=list(odd), **counts, **frame(by.name, clinic, now(), None, "")
        )
    leave_trace(
        by,
        "imported a chart",
        clinic=place,
        patient=patient,
        after={**counts, "not_understood": len(odd), "changed": changes},
    )
    return Imported(patient.pk, **counts, not_understood=odd)


def items_of(patient: Patient) -> tuple[ChartItem, ...]:
    """The chart as the core knows it."""
    return tuple(
        ChartItem(
            ItemKind(e.kind),
            e.evidence,
            e.name,
            e.coded,
            e.state,
            Route(e.route),
            tuple(e.icd10),
            e.since,
            e.last,
            e.value,
            e.unit,
        )
        for e in patient.chart.order_by("evidence")
    )


def _nothing_to_come(items: tuple[ChartItem, ...]) -> None:
    today = now().date()
    for item in items:
        if item.kind is ItemKind.MEASUREMENT and item.last and item.last > today:
            resource = item.evidence.partition("#")[0]
            raise BadInput(f"{resource}: was measured on {item.last.isoformat()}, after today, {today.isoformat()}")


def keep_said(by: Actor, patient: Patient, text: str, as_of: date) -> None:
    """What was said of medicines, allergies and illnesses becomes part of the chart, in place of what was said before.

    For use inside an act. Raises BadInput for what cannot be read; what nobody recognises is kept and asked about.
    """
    items = items_said(text, as_of=as_of, library=library_of(patient.clinic_id))
    earlier = patient.chart.filter(evidence__startswith=SAID)
    before = [{"evidence": one.evidence, "name": one.name, "state": one.state} for one in earlier.order_by("evidence")]
    earlier.delete()
    ChartEntry.objects.bulk_create(
        ChartEntry(clinic_id=patient.clinic_id, patient=patient, imported_at=now(), **_columns(item)) for item in items
    )
    after = [{"evidence": one.evidence, "name": one.name, "state": one.state} for one in items]
    leave_trace(
        by,
        "noted what was said",
        clinic=patient.clinic,
        patient=patient,
        before={"said": before},
        after={"said": after},
    )


def register(patient: Patient) -> None:
    """Keep the words the search box looks in."""
    patient.search = plain(f"{patient.given} {patient.family} {patient.born or ''}")


def _kept_person(clinic: Clinic, key: str, person: Mapping[str, Any], simulated: bool) -> tuple[Patient, str]:
    fields = {name: _column(name, value) for name, value in person.items()}
    patient = Patient.objects.filter(clinic=clinic, key=key).first()
    if patient is None:
        patient = Patient(clinic=clinic, key=key, added_at=now(), simulated=simulated, **fields)
        register(patient)
        patient.save(force_insert=True)
        return patient, "created"
    _check_same_person(patient, key, fields)
    if all(getattr(patient, name) == value for name, value in fields.items()):
        return patient, "unchanged"
    for name, value in fields.items():
        setattr(patient, name, value)
    register(patient)
    patient.save()
    return patient, "updated"


def _column(name: str, value: Any) -> Any:
    if name == "died":
        return bool(value)
    return value if name == "born" else _clean(value or "")


def _check_same_person(patient: Patient, key: str, fields: Mapping[str, Any]) -> None:
    """Two systems may both have a "Patient/1". Without an identifier of its own, name and birth date must agree.

    Raises BadInput, so that one person's chart never flows into another's.
    """
    if "|" not in key and (patient.born, plain(patient.family)) != (fields["born"], plain(fields["family"])):
        raise BadInput(
            f"Patient: {key!r} without an identifier belongs to somebody else here; an identifier with a system was expected"
        )


def _kept_items(patient: Patient, items: tuple[ChartItem, ...], counts: dict[str, int]) -> list[dict[str, Any]]:
    """Save what is new or changed, counting each; returns the changed ones as they were and are, for the trail."""
    had = {entry.evidence: entry for entry in patient.chart.all()}
    new, changed, trail = [], [], []
    for item in items:
        columns = _columns(item)
        entry = had.get(item.evidence)
        if entry is None:
            new.append(ChartEntry(clinic_id=patient.clinic_id, patient=patient, imported_at=now(), **columns))
        elif (before := {name: getattr(entry, name) for name in columns}) != columns:
            for name, value in columns.items():
                setattr(entry, name, value)
            changed.append(entry)
            trail.append({"before": before, "after": columns})
        else:
            counts["unchanged"] += 1
    ChartEntry.objects.bulk_create(new)
    if changed:
        ChartEntry.objects.bulk_update(changed, [name for name in _columns(items[0]) if name != "evidence"])
    counts["created"] += len(new)
    counts["updated"] += len(changed)
    return trail


def _columns(item: ChartItem) -> dict[str, Any]:
    named = {**item._asdict(), "name": _clean(item.name)[:1000]}
    return {**named, "kind": item.kind.value, "route": item.route.value, "icd10": list(item.icd10)}


def _clean(text: str) -> str:
    """Text without the null character, which a database refuses."""
    return text.replace("\x00", "")


def clinic_called(slug: str) -> Clinic:
    """The clinic of a name on the command line. Raises NotFound listing those there are."""
    found = Clinic.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Clinic.objects.values_list("slug", flat=True)) or "none yet"
        raise NotFound(f"there is no clinic {slug!r}; there are: {there}")
    return found
