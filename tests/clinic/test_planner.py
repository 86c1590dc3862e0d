"""A clinic that fills up stays as quick: what is of one course is looked up by the course, not among all the clinic has."""

import pytest
from django.db import connection
from django_scopes import scope
from tests.clinic.conftest import TODAY

from enthesis.registry import planner
from enthesis.registry.models import Course, Due

COURSES, PROMISED = 12, 40


@pytest.fixture
def filled(harbour):
    """A clinic in which many courses have been promised much."""
    for number in range(COURSES):
        harbour.course(key=f"test|{number}")
    with scope(clinic=[harbour.clinic.pk]):
        for course in Course.objects.all():
            days = {"on": TODAY, "opens": TODAY, "closes": TODAY}
            columns = {"clinic": harbour.clinic, "recorded_at": "2030-03-04T12:00Z", "recorded_by": "somebody"}
            Due.objects.bulk_create(
                Due(course=course, kind="diary", key=f"diary-1-{n}", **days, **columns) for n in range(PROMISED)
            )
    return harbour


def by_the_course(house):
    """Is what is due in a course looked up by the course? PostgreSQL sees to that by itself, and has other words for it."""
    with scope(clinic=[house.clinic.pk]):
        way = Due.objects.filter(course=Course.objects.first(), key="diary-1-7").explain()
    return connection.vendor != "sqlite" or "course_id=?" in way


def test_what_is_due_in_a_course_is_looked_up_by_the_course(filled):
    planner.refresh_planner()

    assert by_the_course(filled)


def test_the_registry_looks_how_full_it_is_once_in_so_many_acts(filled, monkeypatch):
    monkeypatch.setattr(planner, "EVERY", 1)
    filled.course(key="test|one more")

    assert by_the_course(filled)


def test_between_two_looks_an_act_costs_nothing_more(filled, monkeypatch):
    monkeypatch.setattr(planner, "refresh_planner", lambda: pytest.fail("looked"))
    monkeypatch.setattr(planner, "EVERY", 10**9)
    filled.course(key="test|one more")


def test_a_look_changes_nothing_that_is_kept(filled):
    with scope(clinic=[filled.clinic.pk]):
        before = list(Due.objects.order_by("pk").values())
        planner.refresh_planner()
        assert list(Due.objects.order_by("pk").values()) == before
    assert connection.in_atomic_block  # within whoever's transaction it was
