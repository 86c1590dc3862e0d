"""The wall between clinics holds whatever was asked before, by whomever and for which clinics."""

import pytest
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError
from hypothesis import given
from hypothesis import strategies as st

from enthesis.registry.models import Clinic, Patient
from enthesis.registry.models.scoped import Scoped

CLINICS = 3


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    """Clinics with one patient each."""
    with django_db_blocker.unblock():
        made = [Clinic.objects.create(slug=f"wall-{n}", name=f"Clinic {n}") for n in range(CLINICS)]
        for place in made:
            Patient(clinic=place, key=place.slug, family=place.name, added_at="2030-03-04T12:00Z").save()
        yield made
        with scopes_disabled():
            Patient.objects.filter(clinic__in=made).delete()
        Clinic.objects.filter(pk__in=[place.pk for place in made]).delete()


@given(asked=st.lists(st.lists(st.integers(0, CLINICS - 1), unique=True), max_size=8))
def test_whoever_asked_before_everybody_sees_their_own_clinics_and_no_other(places, django_db_blocker, asked):
    with django_db_blocker.unblock():
        for who in asked:
            mine = [places[n].pk for n in who]
            with scope(clinic=mine):
                assert set(Patient.objects.values_list("clinic", flat=True)) == set(mine)
                assert Patient.objects.filter(clinic__in=places).count() == len(mine)
            with pytest.raises(ScopeError):
                Patient.objects.count()


def test_what_one_asks_of_the_wall_does_not_narrow_it_for_the_next(places, db):
    with scope(clinic=[place.pk for place in places]):
        assert Patient.objects.filter(key="nobody").count() == 0
        assert Patient.objects.order_by("-key").first().key == "wall-2"
        assert len(list(Patient.objects.all())) == Patient.objects.count() == CLINICS


def test_outside_of_every_scope_only_who_says_so_reads_all(places, db):
    with scope(clinic=[places[0].pk]), scopes_disabled():
        assert Patient.objects.filter(clinic__in=places).count() == CLINICS


def test_no_more_than_so_many_walls_are_held_in_memory(places, db, monkeypatch):
    monkeypatch.setattr("enthesis.registry.models.scoped.KEPT", 2)
    monkeypatch.setattr(Scoped, "built", {})
    for mine in ([0], [1], [2], [0, 1], [0]):
        with scope(clinic=[places[n].pk for n in mine]):
            assert Patient.objects.count() == len(mine)
        assert 1 <= len(Scoped.built) <= 2
