"""Opening a course."""

from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, now, patient_of
from enthesis.clinic.correcting import frame
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Stage, protocols_for
from enthesis.registry.models import Course


@act
def open_course(
    *, by: Actor, patient: UUID | str, condition: str, treatment: str, site: str, protocol: str = ""
) -> Course:
    """Open a course for a patient: one condition, one treatment by one protocol, at one site to begin with."""
    person = patient_of(by, patient, May.PLAN)
    shelf = library()
    chosen = protocol_for(treatment, condition, protocol)
    target = parse_site(site, shelf)
    course = Course.objects.create(
        patient=person,
        condition=condition,
        treatment=treatment,
        protocol=chosen,
        site=str(target),
        stage=Stage.ENROLLED.value,
        **frame(by.name, person.clinic_id, now(), None, ""),
    )
    leave_trace(
        by,
        "opened a course",
        clinic=person.clinic,
        patient=person,
        about=course.pk,
        after={"condition": condition, "treatment": treatment, "protocol": chosen, "site": str(target)},
    )
    return course


def protocol_for(treatment: str, condition: str, asked: str) -> str:
    """The protocol asked for, or the first choice of the pair. Raises BadInput naming those there are."""
    found = [entry.id for entry in protocols_for(library(), treatment=treatment, condition=condition)]
    if not found:
        raise BadInput(f"condition: there is no protocol of {treatment!r} for {condition!r}")
    if asked and asked not in found:
        raise BadInput(
            f"protocol: there is no protocol {asked!r} of {treatment} for {condition}; there are: {', '.join(found)}"
        )
    return asked or found[0]
