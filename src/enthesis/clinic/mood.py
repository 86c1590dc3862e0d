"""Answers about worry or low mood that reached the cut-off their source publishes: open until somebody signs what was done.

No source gives a time in which somebody must have been spoken to, so these climb no ladder and no message tells of them.
"""

from uuid import UUID

from enthesis.clinic.acting import act, course_of, now
from enthesis.clinic.alerts import sign_off
from enthesis.clinic.correcting import frame, replaced
from enthesis.clinic.permissions import Actor, May
from enthesis.outcomes import CUT_OFF_REACHED, Score
from enthesis.registry.models import MoodAlert, SurveyResponse

SCREENS = ("phq-4", "phq-2")  # short screens whose source gives a cut-off for each part, or for the whole
RULES = "the published cut-off"


def raise_mood(answer: SurveyResponse, result: Score) -> None:
    """An alert where a part, or the whole, reached its cut-off; none where a correction says what was raised before."""
    said = "; ".join(parts_reached(result))
    if answer.instrument not in SCREENS or not said:
        return
    before = [one.pk for one in replaced(answer)]
    if not MoodAlert.objects.filter(answer__in=before, said=said).exists():
        columns = frame(RULES, answer.clinic_id, now(), None, "")
        MoodAlert.objects.create(course_id=answer.course_id, answer=answer, said=said, **columns)


def parts_reached(found: Score) -> tuple[str, ...]:
    """What the instrument's own bands say reached its cut-off: its parts, or the whole, each with its score and range."""
    named = [(part.title, part.score, part.range, part.says) for part in found.subscales]
    named.append(("score", found.score, found.range, found.says))
    return tuple(
        f"{title.lower()} {value:g} of {top:g}" for title, value, (_, top), says in named if says in CUT_OFF_REACHED
    )


@act
def open_mood_ids(*, by: Actor, course: UUID | str) -> tuple[UUID, ...]:
    """What waits for a signature in one course."""
    found = course_of(by, course, May.SEE)
    return tuple(MoodAlert.objects.filter(course=found, signed_at__isnull=True).values_list("pk", flat=True))


@act
def sign_mood(*, by: Actor, alert: UUID | str, done: str) -> MoodAlert:
    """Say what was done about such answers. Raises NotFound, BadInput without words, OutOfOrder when somebody signed it."""
    return sign_off(by, MoodAlert, alert, done, verb="signed an alert of worry or low mood")
