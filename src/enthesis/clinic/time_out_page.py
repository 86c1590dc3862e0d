"""What the time-out's page shows: who and where, allergies, what is drawn up and which vials of the shelf it may be."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, session_of
from enthesis.clinic.consent import standing_consent
from enthesis.clinic.keeping import standing_steps
from enthesis.clinic.library import library
from enthesis.clinic.lots import VialRow, on_shelf
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.time_out import Drawn, allergies_of, drawn_up
from enthesis.mixing import anaesthetics


@dataclass(frozen=True)
class TimeOutPage:
    """Everything that is read aloud, and the vials that are good on the day of the session."""

    name: str
    born: date | None
    on: date
    marked: tuple[str, ...]
    allergies: tuple[str, ...]
    consent_on: date | None
    needs_weight: bool
    drawn: tuple[Drawn, ...]
    vials: tuple[VialRow, ...]

    def vials_of(self, what: str) -> tuple[VialRow, ...]:
        """The vials of the shelf that hold this and have not expired."""
        return tuple(one for one in self.vials if one.what == what)

    @property
    def anaesthetics(self) -> tuple[VialRow, ...]:
        """The vials of the shelf that may numb the skin."""
        drugs = tuple(f"{name} " for name in anaesthetics(library()))
        return tuple(one for one in self.vials if one.what.startswith(drugs))


@act
def read_time_out(*, by: Actor, session: UUID | str) -> TimeOutPage:
    """What is read aloud before the first needle of a session. Raises NotFound."""
    visit = session_of(by, session, May.SEE)
    person = visit.course.patient
    leave_trace(by, "read the time-out", clinic=visit.clinic, patient=person, about=visit.pk)
    consent = standing_consent(visit.course)
    return TimeOutPage(
        name=person.name,
        born=person.born,
        on=visit.on,
        marked=tuple(standing_steps(visit)["assess"].details["marked"]),
        allergies=tuple(allergies_of(visit)),
        consent_on=consent.on if consent else None,
        needs_weight=visit.recipe.weight_kg is None,
        drawn=drawn_up(visit.recipe.mixture),
        vials=tuple(one for one in on_shelf(visit.clinic_id) if one.good_on(visit.on)),
    )
