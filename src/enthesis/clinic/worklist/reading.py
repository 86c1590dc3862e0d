"""Today's work in one clinic or in all of somebody's. A fixed number of queries, whatever the number of patients."""

from datetime import date

from django_scopes import scope

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.errors import NotFound
from enthesis.clinic.permissions import Actor
from enthesis.clinic.rows import Worklist
from enthesis.clinic.worklist.ahead import consents_missing, sessions, washouts_not_met, washouts_running
from enthesis.clinic.worklist.alerts import alerts
from enthesis.clinic.worklist.answers import not_reached, overdue, responses, to_call
from enthesis.clinic.worklist.deciding import to_decide
from enthesis.clinic.worklist.screened import screened_positive
from enthesis.registry.models import Clinic


@act
def read_worklist(*, by: Actor, on: date, clinic: int | None = None) -> Worklist:
    """Today's work in the actor's clinics, or in one of them. Raises NotFound for a clinic that is not theirs."""
    if clinic is not None and clinic not in by.clinics:
        raise NotFound("there is no such clinic among yours")
    places = by.clinics if clinic is None else (clinic,)
    with scope(clinic=list(places)):
        found = Worklist(
            on=on,
            alerts=alerts(),
            sessions_today=sessions(on),
            to_decide=to_decide(on),
            screened_positive=screened_positive(),
            consents_missing=consents_missing(on),
            washouts_not_met=washouts_not_met(places, on),
            washouts_running=washouts_running(on),
            surveys_overdue=overdue(on),
            to_call=to_call(on),
            not_reached=not_reached(),
            responses=responses(on),
        )
    for place in Clinic.objects.filter(pk__in=places):
        leave_trace(by, "read the worklist", clinic=place, after={"on": on})
    return found
