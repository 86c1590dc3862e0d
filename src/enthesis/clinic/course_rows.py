"""A patient's courses as rows, in a fixed number of queries however much was recorded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from enthesis.clinic.correcting import current
from enthesis.clinic.rows import CourseRow, ScorePoint
from enthesis.registry.models import (
    Course, Decision, DiaryEntry, PatientLink, PlanRecord, RecipeRecord, ScreeningRecord, Session, SessionStep, SurveyResponse,
)
from enthesis.registry.models.patient import Patient

Row = Mapping[str, Any]


def course_rows(person: Patient) -> tuple[CourseRow, ...]:
    """Every course of a patient, newest first."""
    courses = list(current(Course.objects.filter(patient=person)).order_by("-recorded_at"))
    by_course = {name: _grouped(rows) for name, rows in _parts(person).items()}
    return tuple(_course_row(course, {name: groups.get(course.pk, ()) for name, groups in by_course.items()}) for course in courses)


def scores_of(person: Patient) -> tuple[ScorePoint, ...]:
    """Every standing score, in order of day."""
    rows = current(SurveyResponse.objects.filter(course__patient=person, score__isnull=False)).order_by("on", "recorded_at")
    return tuple(ScorePoint(row.instrument, row.wave, row.on, float(row.score or 0)) for row in rows)


def _parts(person: Patient) -> dict[str, list[tuple[Any, Row]]]:
    return {
        "screening": [(r.course_id, _screening(r)) for r in current(ScreeningRecord.objects.filter(course__patient=person)).order_by("recorded_at")],
        "plan": [(r.course_id, r.plan) for r in current(PlanRecord.objects.filter(course__patient=person)).order_by("recorded_at")],
        "recipe": [(r.course_id, {**r.mixture, "request": r.request, "weight_kg": r.weight_kg}) for r in current(RecipeRecord.objects.filter(course__patient=person)).order_by("recorded_at")],
        "sessions": _sessions(person),
        "diary": [(r.session.course_id, {"id": r.pk, "session": r.session_id, "day": r.day, "on": r.on, "urgency": r.urgency, "answers": r.answers,
                   "judgment": r.judgment, "mode": r.mode, "by": r.recorded_by})
                  for r in current(DiaryEntry.objects.filter(session__course__patient=person)).select_related("session").order_by("on")],
        "surveys": [(r.course_id, {"id": r.pk, "wave": r.wave, "instrument": r.instrument, "on": r.on, "score": r.score, "result": r.result,
                     "answers": r.answers, "mode": r.mode, "by": r.recorded_by})
                    for r in current(SurveyResponse.objects.filter(course__patient=person)).order_by("on")],
        "decisions": [(r.course_id, {"decided": r.decided, "on": r.on, "why": r.why, "by": r.recorded_by})
                      for r in current(Decision.objects.filter(course__patient=person)).order_by("recorded_at")],
        "links": [(r.course_id, {"form": r.form, "about": r.about, "made_at": r.made_at, "expires_at": r.expires_at, "used_at": r.used_at})
                  for r in PatientLink.objects.filter(course__patient=person).order_by("-made_at")],
    }


def _sessions(person: Patient) -> list[tuple[Any, Row]]:
    steps: dict[Any, list[Row]] = defaultdict(list)
    for step in current(SessionStep.objects.filter(session__course__patient=person)).order_by("recorded_at"):
        steps[step.session_id].append({"id": step.pk, "step": step.step, "details": step.details, "at": step.recorded_at,
                                       "by": step.recorded_by, "corrected": step.corrects_id is not None, "reason": step.reason})
    sessions = current(Session.objects.filter(course__patient=person)).order_by("number")
    return [(s.course_id, {"id": s.pk, "number": s.number, "on": s.on, "steps": tuple(steps[s.pk])}) for s in sessions]


def _screening(record: ScreeningRecord) -> Row:
    return {**record.judgment, "id": record.pk, "as_of": record.as_of, "at": record.recorded_at, "by": record.recorded_by, "answers": record.answers,
            "decided_by": record.decided_by, "go_ahead": record.go_ahead, "decided_because": record.decided_because}


def _course_row(course: Course, parts: Mapping[str, tuple[Row, ...]]) -> CourseRow:
    newest = {name: parts[name][-1] if parts[name] else None for name in ("screening", "plan", "recipe")}
    lists = {name: parts[name] for name in ("sessions", "diary", "surveys", "decisions", "links")}
    return CourseRow(
        id=course.pk, patient=course.patient_id, condition=course.condition, treatment=course.treatment, protocol=course.protocol,
        site=course.site, stage=course.stage, opened_on=course.recorded_at.date(), first_injection_on=course.first_injection_on,
        **newest, **lists,  # type: ignore[arg-type]  # the names above are the fields
    )


def _grouped(rows: Iterable[tuple[Any, Row]]) -> dict[Any, tuple[Row, ...]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for course, row in rows:
        found[course].append(row)
    return {course: tuple(group) for course, group in found.items()}
