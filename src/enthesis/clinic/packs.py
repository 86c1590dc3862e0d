"""Turning a pack of instruments on for a clinic, by accepting its owner's terms, and off again."""

from dataclasses import dataclass
from datetime import datetime

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.questionnaires import accepted_packs
from enthesis.clinic.survey import meet_what_is_answered
from enthesis.knowledge import BadInput, Entry, LibraryError
from enthesis.outcomes import Pack, pack, packs
from enthesis.registry.models import Clinic, InstrumentWording, PackTerms


@act
def accept_terms(*, by: Actor, clinic: int, pack_id: str, fingerprint: str, read: bool) -> None:
    """Sign for the clinic that the owner's terms were read and are accepted; its instruments may then be asked.

    Raises BadInput without that statement, OutOfOrder when the terms shown are no longer those that stand.
    """
    by.check(May.ADOPT, clinic)
    about = _pack(pack_id)
    if not read:
        raise BadInput("read: say that you have read the owner's terms and accept them for the clinic")
    if fingerprint != about.fingerprint:
        raise OutOfOrder("the terms have changed since you read them: read them again")
    if pack_id in accepted_packs(clinic):
        raise OutOfOrder(f"the terms of {about.title} were accepted already")
    _keep(by, clinic, about, "")


@act
def turn_off(*, by: Actor, clinic: int, pack_id: str, reason: str) -> None:
    """The instruments of a pack are asked no more; what was answered stays. Raises BadInput without a reason."""
    by.check(May.ADOPT, clinic)
    about = _pack(pack_id)
    if not reason.strip():
        raise BadInput("reason: say why the pack is turned off")
    if pack_id not in accepted_packs(clinic):
        raise OutOfOrder(f"{about.title} is not turned on")
    _keep(by, clinic, about, reason, accepted=False)
    meet_what_is_answered(clinic)


@dataclass(frozen=True)
class PackRow:
    """One pack at one clinic: who turned it on and when, if it is on."""

    entry: Entry[Pack]
    on: bool
    signed_by: str
    at: datetime | None


@act
def read_packs(*, by: Actor, clinic: int) -> tuple[PackRow, ...]:
    """Every pack, and whether the clinic has turned it on. It is about no patient, so no event is left."""
    by.check(May.SEE, clinic)
    opened = accepted_packs(clinic)
    rows = {row.pack: row for row in current(PackTerms.objects.filter(clinic=clinic))}
    return tuple(_row(entry, rows.get(entry.id), on=entry.id in opened) for entry in packs(library()))


@act
def read_wordings(*, by: Actor, clinic: int) -> dict[str, tuple[str, str, datetime]]:
    """Who brought the wording of a licensed instrument, by what licence, and when, by instrument."""
    by.check(May.SEE, clinic)
    rows = current(InstrumentWording.objects.filter(clinic=clinic, wording__isnull=False))
    return {row.instrument: (row.signed_by, row.licence, row.recorded_at) for row in rows}


def _row(entry: Entry[Pack], row: PackTerms | None, *, on: bool) -> PackRow:
    return PackRow(entry, on, row.signed_by if row and on else "", row.recorded_at if row and on else None)


def _pack(id: str) -> Entry[Pack]:
    try:
        return pack(library(), id)
    except LibraryError as error:
        raise BadInput(f"pack: there is no pack {id[:40]!r}; there are: {_ids()}") from error


def _ids() -> str:
    return ", ".join(entry.id for entry in packs(library()))


def _keep(by: Actor, clinic: int, about: Entry[Pack], reason: str, *, accepted: bool = True) -> None:
    place = Clinic.objects.get(pk=clinic)
    old = current(PackTerms.objects.filter(clinic=clinic, pack=about.id)).first()
    PackTerms.objects.create(
        pack=about.id, fingerprint=about.fingerprint, accepted=accepted, signed_by=by.name, simulated=place.simulated,
        **frame(by.name, clinic, now(), old, reason),
    )  # fmt: skip
    verb = "accepted the terms of a pack" if accepted else "turned a pack off"
    told = {"pack": about.id, "fingerprint": about.fingerprint, "reason": reason.strip()}
    leave_trace(by, verb, clinic=place, about=f"pack {about.id}", after=told)
