"""Roles, clinics and links: what does not leak, shown beside what could."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django_scopes import scopes_disabled
from django_scopes.exceptions import ScopeError
from tests.clinic.conftest import VISIT

from enthesis.clinic.acting import at_moment, now
from enthesis.clinic.adopt import adopt_entries
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.diary import record_diary
from enthesis.clinic.errors import LinkSpent, NotAllowed, NotFound
from enthesis.clinic.links import make_link, open_link, spend
from enthesis.clinic.patients import find_patients, read_patient
from enthesis.clinic.permissions import TABLE, Actor, May
from enthesis.registry.models import Patient


@pytest.mark.parametrize("may", May)
@pytest.mark.parametrize("role", ["clinician", "coordinator", "director"])
def test_each_role_may_do_what_the_table_says_and_nothing_else(harbour, may, role):
    actor = getattr(harbour, role)
    assert actor.can(may, harbour.clinic.pk) is (role in TABLE[may])
    if role not in TABLE[may]:
        with pytest.raises(NotAllowed, match="you may not"):
            actor.check(may, harbour.clinic.pk)


@pytest.mark.parametrize("may", May)
def test_nobody_may_do_anything_in_another_clinic(harbour, hillside, may):
    for actor in (hillside.clinician, hillside.coordinator, hillside.director):
        assert actor.can(may, harbour.clinic.pk) is False


def test_a_patient_of_another_clinic_does_not_exist_for_you(harbour, hillside):
    patient = harbour.patient()
    assert read_patient(by=harbour.director, patient=patient).row.name == "Maria Silva"
    with pytest.raises(NotFound, match="no such patient"):
        read_patient(by=hillside.clinician, patient=patient)


def test_the_search_finds_only_your_own(harbour, hillside):
    harbour.patient()
    hillside.patient(family="Sılva", given="Marta")
    assert [row.name for row in find_patients(by=harbour.clinician, words="sil mar").rows] == ["Maria Silva"]
    assert find_patients(by=harbour.clinician, words="nobody").rows == ()


def test_a_search_ignores_accents_and_case(harbour):
    harbour.patient(family="Álvarez", given="José")
    assert [row.name for row in find_patients(by=harbour.clinician, words="jose ALVAR").rows] == ["José Álvarez"]


def test_a_query_outside_any_scope_is_an_error_and_not_an_open_door(harbour):
    harbour.patient()
    with pytest.raises(ScopeError):
        list(Patient.objects.all())
    with scopes_disabled():
        assert Patient.objects.count() == 1


def test_an_id_that_is_none_is_not_found_and_not_a_crash(harbour):
    for id in ("nonsense", str(uuid4()), ""):
        with pytest.raises(NotFound):
            read_patient(by=harbour.clinician, patient=id)


def test_a_coordinator_does_not_decide_and_a_director_does_not_treat(harbour):
    course = harbour.course()
    with pytest.raises(NotAllowed):
        decide_course(by=harbour.coordinator, course=course, decided="withdraw", on=VISIT, why="moved away")
    with pytest.raises(NotAllowed):
        from enthesis.clinic.recipe import make_recipe

        make_recipe(
            by=harbour.director, course=course, request={"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10"}
        )


def test_a_user_switched_off_has_no_roles_left(harbour):
    from enthesis.registry.models import User

    user = User.objects.get(email="clinician@harbour.test")
    user.is_active = False
    assert Actor.of_user(user).clinics == ()


def test_only_the_director_adopts_and_only_that_text(harbour):
    with pytest.raises(NotAllowed):
        adopt_entries(by=harbour.clinician, clinic=harbour.clinic.pk, texts=[("rules", "x", "abc")])
    assert (
        adopt_entries(
            by=harbour.director, clinic=harbour.clinic.pk, texts=[("rules", "x", "abc"), ("rules", "x", "abc")]
        )
        == 1
    )
    assert (
        adopt_entries(
            by=harbour.director, clinic=harbour.clinic.pk, texts=[("rules", "x", "abc"), ("rules", "x", "abd")]
        )
        == 1
    )


def test_a_link_opens_one_course_and_no_other(harbour):
    first, session = harbour.treated()
    _, other_session = harbour.treated(key="test|2")
    link = open_link(make_link(by=harbour.coordinator, course=first, form="diary", about={}).token)
    patient = Actor.of_link(link)
    day = VISIT + timedelta(days=1)
    asked = {"on": day, "today": day, "answers": {"pain": 4}, "mode": "private link"}
    record_diary(by=patient, session=session, **asked)
    with pytest.raises(NotFound):
        record_diary(by=patient, session=other_session, **asked)


def test_a_link_lets_nobody_read_or_screen(harbour):
    course, _ = harbour.treated()
    link = open_link(make_link(by=harbour.coordinator, course=course, form="diary", about={}).token)
    patient = Actor.of_link(link)
    assert [may for may in May if patient.can(may, harbour.clinic.pk)] == [May.REPORT]
    with pytest.raises(NotAllowed):
        read_patient(by=patient, patient=link.course.patient_id)


def test_a_link_works_once(harbour):
    course, _ = harbour.treated()
    token = make_link(by=harbour.coordinator, course=course, form="diary", about={}).token
    link = open_link(token)
    assert open_link(token).pk == link.pk  # looking does not use it up
    spend(link)
    with pytest.raises(LinkSpent, match="already been used"):
        open_link(token)
    with pytest.raises(LinkSpent, match="already been used"):
        spend(link)


def test_a_link_expires(harbour):
    course, _ = harbour.treated()
    made = make_link(by=harbour.coordinator, course=course, form="diary", about={}, days=3)
    with at_moment(now() + timedelta(days=2, hours=23)):
        open_link(made.token)
    with at_moment(made.expires_at), pytest.raises(LinkSpent, match="expired"):
        open_link(made.token)


@pytest.mark.parametrize("forged", ["", "x", "abc:def", "a" * 43])
def test_a_forged_link_is_not_one_of_ours(harbour, forged):
    with pytest.raises(LinkSpent, match="not one of ours"):
        open_link(forged)


def test_the_token_is_kept_nowhere(harbour):
    from django.db import connection

    course, _ = harbour.treated()
    token = make_link(by=harbour.coordinator, course=course, form="diary", about={}).token
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token.split(":")[0] not in str(cursor.fetchall()), table
