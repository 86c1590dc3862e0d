"""The letter to the physiotherapist: what was done where and when, what is asked for, what was agreed, what to avoid."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.alongside import standing_plan
from enthesis.clinic.correcting import current
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import parse_site
from enthesis.pathway import Condition, alongside
from enthesis.recovery import Line, days_after
from enthesis.registry.models import CourseGoal, Session


@dataclass(frozen=True)
class Referral:
    """The letter in its parts; everything a printed page or a plain text needs, and nothing else of the chart."""

    on: date
    clinic: str
    clinic_phone: str
    simulated: bool
    patient: str
    born: date | None
    condition: str
    site: str
    sessions: tuple[date, ...]
    goal: str
    asks: tuple[str, ...]
    agreed: tuple[str, ...]
    avoid: tuple[str, ...]
    evidence: str

    def as_text(self) -> str:
        """The letter as plain text, for a fax or a portal."""
        born = f", born {self.born.isoformat()}" if self.born else ""
        given = ", ".join(day.isoformat() for day in self.sessions) or "none yet"
        parts = [
            f"{self.clinic}{', ' + self.clinic_phone if self.clinic_phone else ''}", self.on.isoformat(), "",
            "Referral for physical therapy", "", f"Patient: {self.patient}{born}",
            f"Treated for: {self.condition}, {self.site}", f"Injections given on: {given}",
            *([f"The patient's goal: {self.goal}"] if self.goal else []), "",
            "We ask you to:", *(f"- {one}" for one in self.asks), "",
            "Agreed with the patient:", *(f"- {one}" for one in self.agreed or ("nothing yet",)), "",
            "After each injection (day 0):", *(f"- {one}" for one in self.avoid), "",
            self.evidence, "", "Please call us if pain rises after day 3, or at any sign of infection or new weakness.",
        ]  # fmt: skip
        return "\n".join(parts) + "\n"


@act
def write_referral(*, by: Actor, course: UUID | str, today: date) -> Referral:
    """The letter as of today. Raises NotFound for a condition without a plan alongside."""
    record = course_of(by, course, May.SEE)
    shelf = library_of(record.clinic_id)
    entry = alongside(shelf, record.condition)
    if entry is None:
        raise NotFound("there is no plan of exercise and daily life for this condition")
    site, plan = parse_site(record.site, shelf), standing_plan(record)
    goal = current(CourseGoal.objects.filter(course=record)).first()
    days = days_after(site=site, library=shelf)
    leave_trace(by, "wrote a referral", clinic=record.clinic, patient=record.patient, about=record.pk)
    return Referral(
        on=today,
        clinic=record.clinic.name,
        clinic_phone=record.clinic.phone,
        simulated=record.clinic.simulated,
        patient=record.patient.name,
        born=record.patient.born,
        condition=shelf.entry("conditions", record.condition, Condition).title,
        site=site.name,
        sessions=tuple(
            current(Session.objects.filter(course=record, on__lte=today)).order_by("on").values_list("on", flat=True)
        ),
        goal=goal.says if goal else "",
        asks=entry.body.asks,
        agreed=tuple(f"{line['text']}{' Goal: ' + line['goal'] if line['goal'] else ''}" for line in plan.lines)
        if plan
        else (),
        avoid=tuple(
            f"{_days(line)}: {line.text}"
            for line in (*days.work, *days.avoid)
            if line.advice.startswith(("work-", "helps-light", "avoid-strain", "avoid-twisting"))
        ),
        evidence=entry.body.must_say,
    )


def _days(line: Line) -> str:
    if line.from_day == line.until_day:
        return f"Day {line.from_day}"
    return f"Days {line.from_day} to {line.until_day}"
