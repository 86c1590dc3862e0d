"""The demo clinics are made by the same acts as everything else, so they break when an act does."""

from datetime import date, timedelta
from random import Random

import pytest
from django_scopes import scopes_disabled

from enthesis.clinic.co_treatments import KINDS
from enthesis.clinic.demo.besides import others
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


def test_simulated_people_have_other_treatments_after_their_first_injection_and_none_in_the_future():
    first, today = date(2029, 3, 5), date(2029, 9, 5)
    found = [one for seed in range(400) for one in others(Random(seed), first, today)]
    assert found == [one for seed in range(400) for one in others(Random(seed), first, today)]
    assert {kind for kind, *_ in found} <= set(KINDS)
    assert all(first < since <= (until or today) <= today for _, since, until in found)
    steroid = sum(kind == "steroid-injection" for kind, *_ in found)
    assert 25 < steroid < 75
    assert list(others(Random(1), first, first + timedelta(days=5))) == []
