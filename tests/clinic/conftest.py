"""Two clinics with their staff, and the steps of a course in a word each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from enthesis.clinic import treat
from enthesis.clinic.chart import import_chart
from enthesis.clinic.consent import give_consent, read_consent
from enthesis.clinic.courses import open_course
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.plan import plan_course
from enthesis.clinic.recipe import make_recipe
from enthesis.clinic.screen import screen_course
from enthesis.clinic.signing import sign_session
from enthesis.clinic.time_out import time_out
from enthesis.registry.models import Clinic, Membership, User
from enthesis.screening import ChartItem, clear_answers

TODAY = date(2030, 3, 4)
VISIT = TODAY + timedelta(days=10)
KNEE = "knee:right"
ASSESSED = {"marked": [KNEE], "pain": 7, "red_flags_excluded": True}
LOTS = {
    "dextrose 50%": {"lot": "DX-2405", "expires_on": "2031-05-31"},
    "lidocaine 1%": {"lot": "LI 77", "expires_on": "2031-06-30"},
    "saline 0.9%": {"lot": "NaCl/9", "expires_on": "2031-07-31"},
}
TIMED_OUT = {"identity": True, "site_and_side": True, "allergies": True, "help_at_hand": True, "lots": LOTS}
NUMBED = {"strength_percent": "1", "volume_ml": "2", "vial": {"lot": "SK1", "expires_on": "2031-08-31"}}
GIVEN = {"site": KNEE, "volume_ml": "4", "guidance": "ultrasound", "needle": "25 G", "lot": "DX1"}
OBSERVED = {"minutes": 30, "reactions": ["none"], "pain": 5, "fit_to_leave": True}


@dataclass
class House:
    """One clinic, its people, and what they do to a patient, each in a word."""

    clinic: Clinic
    clinician: Actor
    coordinator: Actor
    director: Actor
    person: dict[str, Any] = field(
        default_factory=lambda: {"family": "Silva", "given": "Maria", "born": date(1970, 5, 1), "sex": "female"}
    )

    def patient(self, *items: ChartItem, key: str = "test|1", **person: object) -> UUID:
        """A patient with these items in the chart."""
        return import_chart(
            by=self.coordinator, clinic=self.clinic.pk, key=key, person=self.person | person, items=items
        ).patient

    def course(
        self, *items: ChartItem, key: str = "test|1", condition: str = "knee-osteoarthritis", site: str = KNEE
    ) -> UUID:
        """A course just opened."""
        patient = self.patient(*items, key=key)
        return open_course(
            by=self.coordinator, patient=patient, condition=condition, treatment="dextrose-prolotherapy", site=site
        ).pk

    def screened(self, course: UUID, *, on: date = VISIT, **answers: object) -> str:
        """Screened, with nothing to disclose but what is named; the decision."""
        said = clear_answers(library()) | answers
        return screen_course(by=self.coordinator, course=course, on=on, as_of=TODAY, answers=said).decision.value

    def planned(self, course: UUID, start: date = VISIT) -> None:
        """Planned from its first session."""
        plan_course(by=self.coordinator, course=course, start=start, today=TODAY)

    def mixed(self, course: UUID, **request: str) -> None:
        """The recipe made: 15% dextrose, 0.2% lidocaine, 10 mL, for 70 kg."""
        make_recipe(
            by=self.clinician,
            course=course,
            request={"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10", "weight_kg": "70"} | request,
        )

    def consented(self, course: UUID, *, on: date = TODAY, **details: object) -> None:
        """The consent signed with the text as it is."""
        shown = read_consent(by=self.clinician, course=course)
        signed = {"language": shown.language, "fingerprint": shown.fingerprint, "understood": True}
        give_consent(by=self.clinician, course=course, on=on, details=signed | {"signed_as": "Maria Silva"} | details)

    def ready(self, *items: ChartItem, key: str = "test|1") -> UUID:
        """A course with everything done but the session."""
        course = self.course(*items, key=key)
        assert self.screened(course) in ("clear", "inform")
        self.planned(course)
        self.mixed(course)
        self.consented(course)
        return course

    def treated(self, *items: ChartItem, key: str = "test|1") -> tuple[UUID, UUID]:
        """A course after its first session: the course and the session."""
        course = self.ready(*items, key=key)
        session = self.assessed(course)
        treat.anaesthetise(by=self.clinician, session=session, details=NUMBED)
        treat.inject(by=self.clinician, session=session, given=[GIVEN])
        treat.observe(by=self.clinician, session=session, details=OBSERVED)
        return course, session

    def assessed(self, course: UUID, on: date = VISIT, details: Mapping[str, Any] = ASSESSED) -> UUID:
        """The session begun, and the time-out held."""
        session = self.marked(course, on, details)
        time_out(by=self.clinician, session=session, details=TIMED_OUT)
        return session

    def marked(self, course: UUID, on: date = VISIT, details: Mapping[str, Any] = ASSESSED) -> UUID:
        """The session begun: assessed and marked, and no further."""
        return treat.assess(by=self.clinician, course=course, on=on, details=details).pk

    def signed(self, *items: ChartItem, key: str = "test|1") -> tuple[UUID, UUID]:
        """A course after its first session, and that session signed."""
        course, session = self.treated(*items, key=key)
        sign_session(by=self.clinician, session=session)
        return course, session


def house(slug: str) -> House:
    """A clinic with one person for each role."""
    clinic = Clinic.objects.create(slug=slug, name=f"Clinic {slug}", phone="555-0100")
    actors = {}
    for role in ("clinician", "coordinator", "director"):
        user = User.objects.create_user(f"{role}@{slug}.test", name=f"{role} of {slug}")
        Membership.objects.create(user=user, clinic=clinic, role=role)
        actors[role] = Actor.of_user(user)
    return House(clinic, **actors)


@pytest.fixture
def harbour(db: None) -> House:
    """The clinic most stories play in."""
    return house("harbour")


@pytest.fixture
def hillside(db: None) -> House:
    """Another clinic in the same registry, to show what does not leak."""
    return house("hillside")
