"""Who has died, as far as it was recorded: nobody writes to them, or calls them."""

from django.db.models import Exists, OuterRef, Q

from enthesis.clinic.correcting import current
from enthesis.registry.models import AdverseEvent, AdverseEventNote

FATAL = "fatal"


def of_the_dead(course: str = "course") -> Q:
    """For the rows of any table: did the patient of its `course` die, by the record read in or by one of ours that stands?"""
    patient = OuterRef(f"{course}__patient")
    events = current(AdverseEvent.objects.filter(outcome=FATAL, course__patient=patient))
    notes = current(AdverseEventNote.objects.filter(outcome=FATAL, event__course__patient=patient))
    return Q((f"{course}__patient__died", True)) | Q(Exists(events)) | Q(Exists(notes))
