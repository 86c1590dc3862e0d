"""A registry in a folder of its own with one person who is asked everything a private link can ask, and a desk that is signed in.

`python patient_house.py LANGUAGE` makes them by the acts and prints what a browser needs as JSON: a link for each form, links that
open nothing any more, and the course, the patient, the session and the sessions of staff.
"""

import json
import sys
from datetime import timedelta

from enthesis.cli.database import set_up

GOALS = {"low-impact": "swim twice a week", "strength": ""}
WORRIED = {"gad2_1": 3, "gad2_2": 2, "phq2_2": 1, "phq2_1": 1}


def made(language: str) -> dict[str, object]:
    """One person treated today, with everything agreed; a link to each form, and one of each kind that opens nothing."""
    from tests.clinic.conftest import house
    from tests.edges.pages import signed_in, today, treated

    from enthesis.clinic.aid import link_to_aid
    from enthesis.clinic.alongside import agree_plan
    from enthesis.clinic.estimate import link_to_estimate, make_estimate
    from enthesis.clinic.links import end_link, make_link
    from enthesis.clinic.prepare import link_to_preparation
    from enthesis.clinic.prices import set_prices
    from enthesis.clinic.survey import record_survey
    from enthesis.registry.models import PatientLink

    place = house("harbour")
    place.person |= {
        "language": language,
        "given": "Maria del Carmen Guadalupe",
        "family": "Silva-Montenegro y Wolfeschlegelsteinhausen",
    }
    course, session = treated(place)
    by = place.coordinator

    record_survey(
        by=by, course=course, wave="baseline-2", instrument_id="phq-4", on=today(), today=today(), answers=WORRIED,
        mode="by phone",
    )  # fmt: skip

    def link(form: str, **about: str) -> str:
        return make_link(by=by, course=course, form=form, about=about).token

    agree_plan(by=by, course=course, on=today() - timedelta(days=8), goals=agreeable(by, course), weeks=2)
    price = {
        "what": "Session",
        "per": "session",
        "amount": "350",
        "treatment": "dextrose-prolotherapy",
        "code": "M0076",
    }
    set_prices(
        by=place.director, clinic=place.clinic.pk, valid_from=today(), currency="USD", lines=[price], today=today()
    )
    cost = make_estimate(by=by, course=course, sessions=3, on=today(), valid_until=today() + timedelta(days=90))
    tokens = {
        "diary": link("diary", session=str(session)),
        "survey": link("wave", wave="12-months"),
        "baseline": link("wave", wave="baseline-2"),
        "check-in": link("check-in", key="check-in-1-1"),
        "preparation": link_to_preparation(by=by, course=course, today=today()).token,
        "aid": link_to_aid(by=by, course=course).token,
        "estimate": link_to_estimate(by=by, course=course, number=cost.number).token,
        "ended": link("diary", session=str(session)),
    }
    end_link(by=by, course=course, link=PatientLink.objects.order_by("-pk").values_list("pk", flat=True)[0])
    return {
        "links": {form: f"/p/{token}/" for form, token in tokens.items()},
        "course": str(course),
        "session": str(session),
        "patient": str(_patient(by)),
        "desks": {
            role: signed_in(place, role).cookies["sessionid"].value for role in ("coordinator", "clinician", "director")
        },
    }


def agreeable(by, course) -> dict[str, str]:
    """Every line of the plan, with a goal for the first."""
    from enthesis.clinic.alongside import read_alongside

    lines = read_alongside(by=by, course=course).entry.body.lines
    return {line.id: "swim twice a week" if place == 0 else "" for place, line in enumerate(lines)}


def _patient(by):
    from enthesis.clinic.patients import find_patients

    return find_patients(by=by).rows[0].id


if __name__ == "__main__":
    from django_scopes import scopes_disabled

    set_up()
    with scopes_disabled():
        sys.stdout.write(json.dumps(made(sys.argv[1])))
