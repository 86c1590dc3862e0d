"""Which courses a clinician must look at again, computed from what was recorded. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from enthesis.clinic.correcting import current
from enthesis.clinic.library import library_of
from enthesis.knowledge import Entry, Library
from enthesis.outcomes import Instrument, instruments
from enthesis.pathway import Reading, Review, conditions, review_rules, reviews_due
from enthesis.registry.models import Course, Decision, Session, SessionStep, SurveyResponse

LOOKED_AGAIN = ("go-on", "resume", "stop", "switch")  # decisions that answer a review; a pause puts it off


def reviews_of(courses: Iterable[Course]) -> dict[UUID, tuple[Review, ...]]:
    """The reviews that wait for a decision, by course; a course without any is left out."""
    found = list(courses)
    ids = [course.pk for course in found]
    sessions, decided, readings = _sessions(ids), _decided(ids), _readings(ids)
    shelves = {clinic: library_of(clinic) for clinic in {course.clinic_id for course in found}}
    due = (
        (one.pk, _due(one, shelves[one.clinic_id], sessions[one.pk], decided[one.pk], readings[one.pk]))
        for one in found
    )
    return {course: reviews for course, reviews in due if reviews}


def given_sessions(course: Course) -> int:
    """How many sessions of a course were given: those in which an injection was recorded."""
    return len(_sessions([course.pk])[course.pk])


def as_json(reviews: Iterable[Review]) -> list[dict[str, Any]]:
    """The reviews as they are kept with the decision that answers them."""
    return [asdict(review) | {"on": review.on.isoformat(), "because": list(review.because)} for review in reviews]


def _due(
    course: Course, shelf: Library, sessions: list[Session], decided: list[Decision], readings: list[Reading]
) -> tuple[Review, ...]:
    return reviews_due(
        review_rules(shelf, treatment=course.treatment, protocol=course.protocol),
        sessions=[session.on for session in sessions],
        decided_after=[_after(one, sessions) for one in decided],
        readings=readings,
        instruments=_instruments(shelf, course.condition),
    )


def _after(decision: Decision, sessions: list[Session]) -> int:
    """After how many sessions a decision was made; older records did not say, and are placed by when they were made."""
    if decision.after_sessions is not None:
        return int(decision.after_sessions)
    return sum(session.recorded_at <= decision.recorded_at for session in sessions)


def _instruments(shelf: Library, condition: str) -> dict[str, Entry[Instrument]]:
    """The instruments everybody with the condition answers."""
    asked = {entry.id: entry.body.instruments for entry in conditions(shelf)}.get(condition, ())
    return {entry.id: entry for entry in instruments(shelf) if entry.id in asked}


def _sessions(ids: list[UUID]) -> dict[UUID, list[Session]]:
    injected = current(SessionStep.objects.filter(session__course__in=ids, step="inject")).values("session")
    found: dict[UUID, list[Session]] = defaultdict(list)
    for session in current(Session.objects.filter(pk__in=injected)).order_by("on", "number"):
        found[session.course_id].append(session)
    return found


def _decided(ids: list[UUID]) -> dict[UUID, list[Decision]]:
    found: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in current(Decision.objects.filter(course__in=ids, decided__in=LOOKED_AGAIN)):
        found[decision.course_id].append(decision)
    return found


def _readings(ids: list[UUID]) -> dict[UUID, list[Reading]]:
    found: dict[UUID, list[Reading]] = defaultdict(list)
    for row in current(SurveyResponse.objects.filter(course__in=ids, score__isnull=False)).order_by(
        "on", "recorded_at"
    ):
        found[row.course_id].append(Reading(row.instrument, row.on, float(row.score or 0)))
    return found
