"""Who may do what: one table, and one predicate with its checking twin."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from enthesis.clinic.errors import NotAllowed
from enthesis.registry.models import PatientLink, Role, User


class May(StrEnum):
    """What somebody may be allowed to do, in words that finish the sentence "you may not ..."."""

    SEE = "see patients of this clinic"
    REGISTER = "add patients or read charts in"
    SCREEN = "screen patients"
    DECIDE = "decide for a patient where the rules ask for a clinician"
    PLAN = "plan a course"
    TREAT = "make a recipe or record a session"
    SHELF = "keep the shelf of vials"
    GRADE = "report or follow an adverse event"
    RECALL = "look up who received a lot"
    EXPORT = "export whole records"
    REPORT = "enter a patient's own reports"
    INVITE = "make a private link for a patient"
    SIGN = "sign an alert"
    ADOPT = "adopt entries of the library"
    PRICE = "set the prices of this clinic"
    EXTRACT = "add trials to the evidence or judge its certainty"
    CERTAINTY = "judge how sure a number is, as patients of this clinic read it"
    ANALYSE = "see the outcomes of all patients together"
    PUBLISH = "publish outcomes of this clinic"
    RESEARCH = "export data for research"
    STAFF = "give people accounts"
    ADVISE = "ask for decision support"


CLINICIAN, COORDINATOR, DIRECTOR, ANALYST = Role.CLINICIAN, Role.COORDINATOR, Role.DIRECTOR, Role.ANALYST
TABLE: dict[May, frozenset[str]] = {
    May.SEE: frozenset({CLINICIAN, COORDINATOR, DIRECTOR}),
    May.REGISTER: frozenset({CLINICIAN, COORDINATOR}),
    May.SCREEN: frozenset({CLINICIAN, COORDINATOR}),
    May.DECIDE: frozenset({CLINICIAN}),
    May.PLAN: frozenset({CLINICIAN, COORDINATOR}),
    May.TREAT: frozenset({CLINICIAN}),
    May.SHELF: frozenset({CLINICIAN, COORDINATOR}),
    May.GRADE: frozenset({CLINICIAN}),
    May.RECALL: frozenset({CLINICIAN, DIRECTOR}),
    May.EXPORT: frozenset({DIRECTOR}),
    May.REPORT: frozenset({CLINICIAN, COORDINATOR}),
    May.INVITE: frozenset({CLINICIAN, COORDINATOR}),
    May.SIGN: frozenset({CLINICIAN}),
    May.ADOPT: frozenset({DIRECTOR}),
    May.PRICE: frozenset({DIRECTOR}),
    May.EXTRACT: frozenset({CLINICIAN, DIRECTOR}),
    May.CERTAINTY: frozenset({DIRECTOR}),
    May.ANALYSE: frozenset({DIRECTOR, ANALYST}),
    May.PUBLISH: frozenset({DIRECTOR}),
    May.RESEARCH: frozenset({DIRECTOR}),
    May.STAFF: frozenset(),  # only the operator of the machine
    May.ADVISE: frozenset(),  # only a system the clinic has let in
}


@dataclass(frozen=True)
class Actor:
    """Whoever acts: staff, a patient or a system through what they were given, or the operator at the command line."""

    name: str
    roles: tuple[tuple[int, str], ...] = ()
    every_role_in: tuple[int, ...] = ()
    reports_in: int | None = None
    only_course: UUID | None = None
    asks_as: int | None = None
    asks_in: int | None = None

    @classmethod
    def of_user(cls, user: User) -> "Actor":
        """A signed-in member of staff with the roles they hold now. One query."""
        roles = tuple(user.memberships.values_list("clinic_id", "role")) if user.is_active else ()
        return cls(f"{user.name} <{user.email}>", roles)

    @classmethod
    def of_link(cls, link: PatientLink) -> "Actor":
        """A patient, who may report on the one course of the link, and nothing else."""
        return cls("patient by private link", reports_in=link.clinic_id, only_course=link.course_id)

    @classmethod
    def operator(cls, clinic_ids: tuple[int, ...]) -> "Actor":
        """Whoever can run the command line on the machine that holds the database."""
        return cls("operator at the command line", every_role_in=clinic_ids)

    @classmethod
    def reminders(cls, clinic_id: int) -> "Actor":
        """The reminder loop, which writes what it sent and whom it could not reach, in one clinic."""
        return cls("the reminder loop", every_role_in=(clinic_id,))

    @property
    def clinics(self) -> tuple[int, ...]:
        """The clinics whose records this actor may see at all. An analyst sees no record, only everybody together."""
        linked = {clinic for clinic in (self.reports_in, self.asks_in) if clinic is not None}
        seeing = {clinic for clinic, role in self.roles if role != ANALYST}
        return tuple(sorted(seeing | set(self.every_role_in) | linked))

    @property
    def works_in(self) -> tuple[int, ...]:
        """The clinics this actor belongs to, in whatever role."""
        return tuple(sorted({clinic for clinic, _ in self.roles} | set(self.clinics)))

    def can(self, what: May, clinic_id: int) -> bool:
        """May this actor do this in this clinic?"""
        if clinic_id in self.every_role_in or (clinic_id == self.reports_in and what is May.REPORT):
            return True
        if clinic_id == self.asks_in:
            return what is May.ADVISE
        return any(clinic == clinic_id and role in TABLE[what] for clinic, role in self.roles)

    def check(self, what: May, clinic_id: int) -> None:
        """The same, refusing in words. Raises NotAllowed."""
        if not self.can(what, clinic_id):
            raise NotAllowed(f"you may not {what}: your role in this clinic does not include it")
