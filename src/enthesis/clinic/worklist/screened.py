"""Answers about worry or low mood that reached the cut-off their source publishes: somebody asks how the person is."""

from datetime import date, timedelta

from enthesis.clinic.correcting import current
from enthesis.clinic.library import library
from enthesis.clinic.rows import WorkRow
from enthesis.clinic.worklist.lines import AT_MOST, line
from enthesis.outcomes import CUT_OFF_REACHED, Score, instrument, score
from enthesis.pathway import FINISHED
from enthesis.registry.models import SurveyResponse

SCREENS = ("phq-4", "phq-2")  # short screens whose source gives a cut-off for each part, or for the whole
SHOWN = timedelta(days=30)  # ours: a score tells of two weeks, and no source says how long it is good for
SAYS = "A screening result, not a diagnosis: ask how the person is."


def screened_positive(on: date) -> tuple[WorkRow, ...]:
    """Courses in care whose newest screen of the last 30 days reached a cut-off, the newest first. One query."""
    rows = current(SurveyResponse.objects.filter(instrument__in=SCREENS, on__gte=on - SHOWN, on__lte=on))
    newest = {
        (row.course_id, row.instrument): row
        for row in rows.exclude(course__stage__in=FINISHED)
        .select_related("course__patient")
        .order_by("on", "recorded_at")
    }
    found = {row.course_id: (row, said) for row in newest.values() if (said := _reached(row))}
    shown = sorted(found.values(), key=lambda pair: pair[0].on, reverse=True)[:AT_MOST]
    return tuple(line(row.course, said, row.on, SAYS, phone=row.course.patient.phone) for row, said in shown)


def _reached(row: SurveyResponse) -> str:
    """Each part that reached its cut-off with its score and range; nothing where none did, or none can be scored."""
    return "; ".join(parts_reached(score(instrument(library(), row.instrument), row.answers)))


def parts_reached(found: Score) -> tuple[str, ...]:
    """What the instrument's own bands say reached its cut-off: its parts, or the whole."""
    named = [(part.title, part.score, part.range, part.says) for part in found.subscales]
    named.append(("score", found.score, found.range, found.says))
    return tuple(
        f"{title.lower()} {value:g} of {top:g}" for title, value, (_, top), says in named if says in CUT_OFF_REACHED
    )
