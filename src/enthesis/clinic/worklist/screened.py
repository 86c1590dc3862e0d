"""Answers about worry or low mood that nobody has signed: somebody asks how the person is, and says what was done."""

from enthesis.clinic.rows import WorkRow
from enthesis.clinic.worklist.lines import AT_MOST, line
from enthesis.registry.models import MoodAlert

SAYS = "A screening result, not a diagnosis: ask how the person is."


def screened_positive() -> tuple[WorkRow, ...]:
    """Every answer that reached a cut-off and that nobody has signed, the newest first. One query."""
    rows = MoodAlert.objects.filter(signed_at__isnull=True).select_related("course__patient", "answer")
    return tuple(
        line(
            one.course,
            one.said,
            one.answer.on,
            SAYS,
            mood=one.pk,
            since=one.recorded_at,
            phone=one.course.patient.phone,
        )
        for one in rows.order_by("-answer__on", "-recorded_at")[:AT_MOST]
    )
