"""A clinic brings the wording of a licensed instrument, which its own licence gives it, or takes it back."""

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.questionnaires import standing_wording
from enthesis.clinic.survey import meet_what_is_answered
from enthesis.knowledge import BadInput, Entry, LibraryError
from enthesis.outcomes import Instrument, Wording, instrument, worded, wording_as_json
from enthesis.registry.models import Clinic, InstrumentWording

LONGEST = 500  # letters of the statement of the licence


@act
def bring_wording(*, by: Actor, clinic: int, instrument_id: str, wording: Wording, licence: str) -> None:
    """Keep the wording for this clinic alone; the newest stands. Its text goes into no event of the trail.

    Raises BadInput where it does not fit the instrument, or without a statement of the licence it comes from.
    """
    by.check(May.ADOPT, clinic)
    worded(_slot(instrument_id), wording)
    if not licence.strip() or len(licence) > LONGEST:
        raise BadInput("licence: say which licence gives you this wording: from whom, its number, until when")
    _keep(by, clinic, instrument_id, wording, licence.strip(), "a newer wording")


@act
def take_wording_back(*, by: Actor, clinic: int, instrument_id: str, reason: str) -> None:
    """The instrument is asked no more, and its wording is deleted; what was answered stays with its score."""
    by.check(May.ADOPT, clinic)
    _slot(instrument_id)
    if not reason.strip():
        raise BadInput("reason: say why the wording is taken back, for example that the licence has ended")
    if standing_wording(clinic, instrument_id) is None:
        raise OutOfOrder(f"this clinic has no wording of {instrument_id}")
    _keep(by, clinic, instrument_id, None, "", reason)
    InstrumentWording.objects.filter(clinic=clinic, instrument=instrument_id).update(wording=None)
    meet_what_is_answered(clinic)


def _keep(by: Actor, clinic: int, id: str, wording: Wording | None, licence: str, reason: str) -> None:
    place, old = Clinic.objects.get(pk=clinic), standing_wording(clinic, id)
    InstrumentWording.objects.create(
        instrument=id, licence=licence, wording=None if wording is None else wording_as_json(wording), signed_by=by.name,
        **frame(by.name, clinic, now(), old, reason if old else ""),
    )  # fmt: skip
    verb = "brought a wording" if wording else "took a wording back"
    told = {"instrument": id, "licence": licence, "text": wording.fingerprint if wording else "", "reason": reason}
    leave_trace(by, verb, clinic=place, about=f"instrument {id}", after=told)


def _slot(id: str) -> Entry[Instrument]:
    try:
        found = instrument(library(), id)
    except LibraryError as error:
        raise BadInput(f"instrument: {error}") from error
    if not found.body.is_slot:
        raise BadInput(f"instrument: {id} comes with its wording; only licensed instruments take one")
    return found
