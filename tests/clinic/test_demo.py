"""The demo clinics are made by the same acts as everything else, so they break when an act does."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from enthesis.clinic.demo.loading import is_loaded, load_demo, take_demo_snapshots
from enthesis.registry.models import Clinic, Course, Session, SurveyResponse

PEOPLE = 9


@pytest.mark.django_db
def test_a_few_simulated_people_walk_through_both_clinics_to_a_report():
    told = []
    load_demo(today=date(2030, 3, 4), progress=lambda done, total: told.append((done, total)), people=PEOPLE)
    take_demo_snapshots(today=date(2030, 3, 4))

    assert told[-1] == (PEOPLE, PEOPLE)
    assert is_loaded()
    with scopes_disabled():
        assert all(clinic.simulated for clinic in Clinic.objects.all())
        assert Course.objects.count() == PEOPLE
        assert Session.objects.exists()
        assert SurveyResponse.objects.exists()
