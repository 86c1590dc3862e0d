"""Private links of the demo, for measuring how fast patients' answers are taken."""

from datetime import date

from django_scopes import scopes_disabled

from enthesis.clinic.errors import NotFound
from enthesis.clinic.links import make_link
from enthesis.clinic.operator import operator
from enthesis.registry.models import Session


def diary_tokens(*, count: int, today: date) -> list[str]:
    """This many diary links over the simulated sessions. Raises NotFound outside the demo."""
    with scopes_disabled():
        sessions = list(Session.objects.filter(clinic__simulated=True, on__lte=today).select_related("clinic")[:count])
    if not sessions:
        raise NotFound("there is no simulated session; load the demo first")
    visits = (sessions[number % len(sessions)] for number in range(count))
    return [
        make_link(by=operator(v.clinic), course=v.course_id, form="diary", about={"session": str(v.pk)}).token
        for v in visits
    ]
