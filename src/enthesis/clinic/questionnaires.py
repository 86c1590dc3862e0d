"""Which instruments a clinic may ask: the free ones, packs whose terms it accepted, licensed ones it brought wording for."""

from collections.abc import Iterable

from enthesis.clinic.correcting import current
from enthesis.clinic.library import library
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, instrument, instruments, packs, worded, wording_from
from enthesis.registry.models import InstrumentWording, PackTerms


def questionnaire_of(clinic: int, id: str) -> Entry[Instrument]:
    """An instrument ready to be asked. Raises BadInput where terms or wording are missing, LibraryError if unknown."""
    entry = instrument(library(), id)
    if entry.body.is_slot:
        return _with_own_words(clinic, entry)
    if entry.body.pack and entry.body.pack not in accepted_packs(clinic):
        raise BadInput(
            f"instrument: {id} belongs to the pack {entry.body.pack!r}, whose terms this clinic has not accepted"
        )
    return entry


def shown_of(clinic: int, id: str) -> Entry[Instrument]:
    """An instrument for showing what was answered once, whether or not it may still be asked."""
    entry = instrument(library(), id)
    return questionnaire_of(clinic, id) if entry.body.is_slot and standing_wording(clinic, id) else entry


def askable(clinic: int, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of some instruments that the clinic may ask, in their order."""
    asked = list(ids)
    entries = {entry.id: entry.body for entry in instruments(library()) if entry.id in asked}
    ready = worded_slots(clinic) if any(body.is_slot for body in entries.values()) else frozenset()
    opened = accepted_packs(clinic) if any(body.pack for body in entries.values()) else frozenset()
    return tuple(
        id
        for id in asked
        if (id in ready if entries[id].is_slot else not entries[id].pack or entries[id].pack in opened)
    )


def may_ask_any(clinic: int, ids: Iterable[str]) -> bool:
    """May the clinic ask any of these? A free one answers it at once; only else is it looked up what the clinic has."""
    asked = list(ids)
    free = any(entry.id in asked and not (entry.body.is_slot or entry.body.pack) for entry in instruments(library()))
    return free or bool(askable(clinic, asked))


def accepted_packs(clinic: int) -> frozenset[str]:
    """The packs whose terms, as they read now, the clinic has accepted and not given up since."""
    texts = {entry.id: entry.fingerprint for entry in packs(library())}
    rows = current(PackTerms.objects.filter(clinic=clinic, accepted=True))
    return frozenset(row.pack for row in rows if row.fingerprint == texts.get(row.pack))


def worded_slots(clinic: int) -> frozenset[str]:
    """The licensed instruments the clinic has brought its wording for."""
    rows = current(InstrumentWording.objects.filter(clinic=clinic, wording__isnull=False))
    return frozenset(rows.values_list("instrument", flat=True))


def standing_wording(clinic: int, id: str) -> InstrumentWording | None:
    """The wording that stands for a licensed instrument."""
    return current(InstrumentWording.objects.filter(clinic=clinic, instrument=id, wording__isnull=False)).first()


def _with_own_words(clinic: int, entry: Entry[Instrument]) -> Entry[Instrument]:
    kept = standing_wording(clinic, entry.id)
    if kept is None or kept.wording is None:
        raise BadInput(
            f"instrument: {entry.id} is licensed; this clinic has not entered the wording its licence gives it"
        )
    return worded(entry, wording_from(kept.wording))
