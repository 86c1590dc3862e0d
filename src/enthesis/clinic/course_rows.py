"""A patient's courses as rows, in a fixed number of queries however much was recorded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from enthesis.clinic.correcting import current
from enthesis.clinic.rescreen import to_confirm
from enthesis.clinic.reviewing import reviews_of
from enthesis.clinic.rows import CourseRow, ScorePoint
from enthesis.mixing import net_words, stock_words
from enthesis.registry.models import (
    Consent,
    Course,
    CourseGoal,
    Decision,
    DiaryEntry,
    PatientLink,
    PlannedSites,
    PlanRecord,
    RecipeRecord,
    ScreeningRecord,
    Session,
    SessionStep,
    SurveyResponse,
    WorkUp,
)
from enthesis.registry.models.patient import Patient

Row = Mapping[str, Any]


def course_rows(person: Patient) -> tuple[CourseRow, ...]:
    """Every course of a patient, newest first."""
    courses = list(current(Course.objects.filter(patient=person)).order_by("-recorded_at"))
    due, followed = reviews_of(courses), {course.switched_from_id: course.pk for course in courses}
    by_course = {name: _grouped(rows) for name, rows in _parts(person).items()}
    return tuple(
        _course_row(
            course,
            {name: groups.get(course.pk, ()) for name, groups in by_course.items()},
            reviews=due.get(course.pk, ()),
            switched_to=followed.get(course.pk),
        )
        for course in courses
    )


def scores_of(person: Patient) -> tuple[ScorePoint, ...]:
    """Every standing score, in order of day."""
    rows = current(SurveyResponse.objects.filter(course__patient=person, score__isnull=False)).order_by(
        "on", "recorded_at"
    )
    return tuple(ScorePoint(row.instrument, row.wave, row.on, float(row.score or 0)) for row in rows)


def _parts(person: Patient) -> dict[str, list[tuple[Any, Row]]]:
    own = {"course__patient": person}
    return {
        "screening": [(r.course_id, _screening(r)) for r in _standing(ScreeningRecord, **own)],
        "plan": [(r.course_id, r.plan) for r in _standing(PlanRecord, **own)],
        "recipe": [(r.course_id, _recipe(r)) for r in _standing(RecipeRecord, **own)],
        "sessions": _sessions(person),
        "diary": [
            (
                r.session.course_id,
                _columns(r, "day", "on", "urgency", "answers", "judgment", "mode") | {"session": r.session_id},
            )
            for r in _standing(DiaryEntry, session__course__patient=person).select_related("session").order_by("on")
        ],
        "surveys": [
            (
                r.course_id,
                _columns(
                    r, "wave", "instrument", "version", "on", "score", "result", "answers", "times", "language", "mode"
                )
                | {"corrected": r.corrects_id is not None},
            )
            for r in _standing(SurveyResponse, **own).order_by("on")
        ],
        **_chosen(own),
        "consents": [
            (r.course_id, {"given": r.given})
            for r in Consent.objects.filter(**own).order_by("recorded_at").only("given", "course")
        ],
        "links": [
            (
                r.course_id,
                {name: getattr(r, name) for name in ("pk", "form", "about", "made_at", "expires_at", "used_at")},
            )
            for r in PatientLink.objects.filter(**own).order_by("-made_at")
        ],
    }


def _chosen(own: dict[str, Patient]) -> dict[str, list[tuple[Any, Row]]]:
    """What staff decided, planned and found for each course."""
    return {
        "decisions": [
            (r.course_id, _columns(r, "decided", "on", "why", "until", "reviewed")) for r in _standing(Decision, **own)
        ],
        "planned_sites": [
            (r.course_id, _columns(r, "sites", "note") | {"at": r.recorded_at}) for r in _standing(PlannedSites, **own)
        ],
        "goal": [
            (r.course_id, _columns(r, "goal", "says", "operation", "operation_on") | {"at": r.recorded_at})
            for r in _standing(CourseGoal, **own)
        ],
        "workup": [
            (r.course_id, _columns(r, "kind", "on", "site", "details", "reason"))
            for r in _standing(WorkUp, **own).order_by("on")
        ],
    }


def _standing(model: Any, **own: Patient) -> Any:
    """The records of a patient that still stand, oldest first."""
    return current(model.objects.filter(**own)).order_by("recorded_at")


def _columns(record: Any, *names: str) -> dict[str, Any]:
    """Some columns of a record, with its id and who wrote it."""
    return {"id": record.pk, "by": record.recorded_by} | {name: getattr(record, name) for name in names}


def _sessions(person: Patient) -> list[tuple[Any, Row]]:
    steps: dict[Any, list[Row]] = defaultdict(list)
    for step in current(SessionStep.objects.filter(session__course__patient=person)).order_by("recorded_at"):
        steps[step.session_id].append(
            {
                "id": step.pk,
                "step": step.step,
                "details": step.details,
                "at": step.recorded_at,
                "by": step.recorded_by,
                "corrected": step.corrects_id is not None,
                "reason": step.reason,
            }
        )
    sessions = current(Session.objects.filter(course__patient=person)).select_related("recipe").order_by("number")
    return [
        (
            s.course_id,
            _columns(s, "number", "on")
            | {"product": _given(s, steps[s.pk]), "recipe": s.recipe_id, "steps": tuple(steps[s.pk])},
        )
        for s in sessions
    ]


def _recipe(r: RecipeRecord) -> Row:
    """The recipe, or the product in its place, with the net strengths in words."""
    return {
        **r.mixture,
        "id": r.pk,
        "net": net_words(r.mixture),
        "stocks": stock_words(r.mixture),
        "request": r.request,
        "weight_kg": r.weight_kg,
    }


def _given(session: Session, steps: Iterable[Row]) -> Row | None:
    """What was given where no dextrose was mixed: the product, or what stands of a visit without a needle."""
    visit = [step["details"] for step in steps if step["step"] == "given"]
    return visit[-1] if visit else session.recipe.mixture.get("product")


def _screening(record: ScreeningRecord) -> Row:
    return {
        **record.judgment,
        "id": record.pk,
        "as_of": record.as_of,
        "at": record.recorded_at,
        "by": record.recorded_by,
        "answers": record.answers,
        "reason": record.reason,
        "to_confirm": to_confirm(record, record.on),
        "decided_by": record.decided_by,
        "go_ahead": record.go_ahead,
        "decided_because": record.decided_because,
    }


def _course_row(course: Course, parts: Mapping[str, tuple[Row, ...]], **joined: Any) -> CourseRow:
    newest: dict[str, Any] = {
        name: parts[name][-1] if parts[name] else None
        for name in ("screening", "plan", "recipe", "planned_sites", "goal")
    }
    lists = {name: parts[name] for name in ("sessions", "diary", "surveys", "decisions", "workup", "links")}
    return CourseRow(
        id=course.pk,
        patient=course.patient_id,
        condition=course.condition,
        treatment=course.treatment,
        protocol=course.protocol,
        site=course.site,
        stage=course.stage,
        opened_on=course.recorded_at.date(),
        first_injection_on=course.first_injection_on,
        switched_from=course.switched_from_id,
        consented=bool(parts["consents"] and parts["consents"][-1]["given"]),
        **(newest | lists | joined),
    )


def _grouped(rows: Iterable[tuple[Any, Row]]) -> dict[Any, tuple[Row, ...]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for course, row in rows:
        found[course].append(row)
    return {course: tuple(group) for course, group in found.items()}
