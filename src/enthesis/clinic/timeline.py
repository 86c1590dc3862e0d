"""A patient's timeline: everything that was recorded, newest first, corrected entries still visible."""

from collections.abc import Iterator, Mapping
from typing import Any

from enthesis.clinic.goals import GOALS
from enthesis.clinic.planned import said
from enthesis.clinic.rows import Happening
from enthesis.clinic.workup import KINDS, in_words
from enthesis.mixing import net_words, stock_words
from enthesis.registry.models import (
    CourseGoal,
    Decision,
    DiaryEntry,
    Patient,
    PlannedSites,
    PlanRecord,
    RecipeRecord,
    ScreeningRecord,
    SessionStep,
    SurveyResponse,
    WorkUp,
)
from enthesis.registry.models.record import Record


def timeline_of(person: Patient) -> tuple[Happening, ...]:
    """Every record of a patient as one line each. A fixed number of queries."""
    return tuple(sorted(_all(person), key=lambda line: line.at, reverse=True))


def _all(person: Patient) -> Iterator[Happening]:
    for s in _rows(ScreeningRecord, course__patient=person):
        yield from _screened(s)
    for p in _rows(PlanRecord, course__patient=person):
        yield _line(p, p.course_id, p.recorded_at.date(), "Planned", f"first session {p.start.isoformat()}", "plan")
    for w in _rows(PlannedSites, course__patient=person):
        named = ", ".join(said(w.sites))
        yield _line(w, w.course_id, w.recorded_at.date(), "Targets planned", named, "targets")
    yield from _courses(person)
    for r in _rows(RecipeRecord, course__patient=person):
        yield _made(r)
    for step in _rows(SessionStep, session__course__patient=person).select_related("session"):
        visit = step.session
        yield _line(step, visit.course_id, visit.on, f"Session {visit.number}: {step.step}", "", "step")
    for d in _rows(DiaryEntry, session__course__patient=person).select_related("session"):
        yield _line(d, d.session.course_id, d.on, f"Diary, day {d.day}", d.urgency.replace("-", " "), "diary")
    for v in _rows(SurveyResponse, course__patient=person):
        score = "not scorable" if v.score is None else f"{v.score:g}"
        yield _line(v, v.course_id, v.on, f"Survey {v.instrument}", f"{v.wave}: {score}", "survey")
    for c in _rows(Decision, course__patient=person):
        yield _line(c, c.course_id, c.on, "Decided", f"{c.decided.replace('-', ' ')}: {c.why}", "decision")


def _made(r: RecipeRecord) -> Happening:
    """The recipe, or the product where no dextrose was mixed."""
    if "product" in r.mixture:
        return _line(r, r.course_id, r.recorded_at.date(), "Product recorded", "; ".join(r.mixture["traced"]), "recipe")
    return _line(r, r.course_id, r.recorded_at.date(), "Recipe made", _strengths(r.mixture), "recipe")


def _strengths(mixture: Mapping[str, Any]) -> str:
    return f"net {net_words(mixture)}, from {stock_words(mixture)}"


def _courses(person: Patient) -> Iterator[Happening]:
    """What a course is to reach, and what was done to find the joint that hurts."""
    for g in _rows(CourseGoal, course__patient=person):
        named = " ".join(filter(None, (GOALS[g.goal], g.operation, g.says)))
        yield _line(g, g.course_id, g.recorded_at.date(), "Goal", named, "goal")
    for u in _rows(WorkUp, course__patient=person):
        yield _line(u, u.course_id, u.on, KINDS[u.kind], in_words(u.site, u.details), "workup")


def _rows(model: Any, **own: Patient) -> Any:
    return model.objects.filter(**own).select_related("corrected_by")


def _screened(s: ScreeningRecord) -> Iterator[Happening]:
    """The judgment, and where it asked, what the clinician decided."""
    yield _line(s, s.course_id, s.as_of, "Screened", f"{s.decision} for {s.on.isoformat()}", "screening")
    if s.go_ahead is not None:
        words = f"{'go ahead' if s.go_ahead else 'do not treat'}: {s.decided_because}"
        yield _line(s, s.course_id, s.as_of, "Clinician decided", words, "screening", s.decided_by)


def _line(record: Record, course: Any, on: Any, what: str, detail: str, kind: str, by: str = "") -> Happening:
    newer = getattr(record, "corrected_by", None)
    return Happening(
        record.recorded_at,
        on,
        what,
        detail,
        kind,
        by or record.recorded_by,
        record.pk,
        course,
        corrected=newer is not None,
        reason=newer.reason if newer else record.reason,
    )
