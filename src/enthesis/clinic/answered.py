"""A baseline is often answered before there is a plan: what the plan then promises is met already."""

from enthesis.clinic.correcting import current
from enthesis.clinic.dues import meet
from enthesis.clinic.survey import all_answered, wave_called
from enthesis.registry.models import Course, SurveyResponse


def meet_answered(course: Course) -> None:
    """Mark every wave whose instruments were all answered before it was promised. For use inside an act."""
    rows = current(SurveyResponse.objects.filter(course=course)).values_list("wave", "instrument")
    answered: dict[str, set[str]] = {}
    for wave, instrument in rows:
        answered.setdefault(wave, set()).add(instrument)
    meet(course, *(f"wave-{wave}" for wave, done in answered.items() if all_answered(course, wave_called(wave), done)))
