"""From the registry's records to the rows of a snapshot: what everybody was to answer, and what they did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from enthesis.clinic.library import library
from enthesis.clinic.outcomes.besides import Besides, before, besides, during, intercurrent
from enthesis.clinic.outcomes.fates import Fate, fates, harms, status_on, then
from enthesis.clinic.outcomes.permitted import Permitted, permitted
from enthesis.outcomes.cohort.columns import NOT_TREATED
from enthesis.outcomes.snapshot import BEFORE, MOOD, Row
from enthesis.pathway import Condition, Wave, asked_at, conditions, schedules
from enthesis.registry.models import Clinic, Course, SurveyResponse

YEAR = 365.25  # days


@dataclass(frozen=True)
class Answer:
    """One filled-in form: the day, and the score where there is one."""

    on: date
    score: float | None


Answers = Mapping[tuple[str, str], Answer]


def rows_of_clinic(clinic: Clinic, until: date, moment: datetime) -> tuple[tuple[Row, ...], dict[str, int]]:
    """Every row of a clinic as it stood at the end of a day, and its counts of harm. A fixed number of queries."""
    courses = list(then(Course.objects.filter(clinic=clinic), moment).select_related("patient"))
    answers = _answers(clinic, moment)
    known = fates(courses, moment)
    shapes = {entry.id: entry.body for entry in conditions(library())}
    other, could = besides(clinic, moment), permitted(clinic, moment)
    made = (
        Rows(clinic.slug, until, course, answers.get(course.pk, {}), known[course.pk], could, other.get(course.pk, ()))
        for course in courses
    )
    rows = tuple(row for one in made for row in one.all(shapes[one.course.condition]))
    return rows, harms(courses, moment, until)


def waves() -> tuple[Wave, ...]:
    """Every planned time of measurement."""
    return tuple(wave for entry in schedules(library()) for wave in entry.body.waves)


def _answers(clinic: Clinic, moment: datetime) -> dict[UUID, dict[tuple[str, str], Answer]]:
    found: dict[UUID, dict[tuple[str, str], Answer]] = {}
    surveys = then(SurveyResponse.objects.filter(clinic=clinic), moment).order_by("recorded_at")
    for course, wave, instrument, on, score in surveys.values_list("course_id", "wave", "instrument", "on", "score"):
        found.setdefault(course, {})[wave, instrument] = Answer(on, score)
    return found


@dataclass(frozen=True)
class Rows:
    """The rows of one course.

    The clock starts at the first injection for everyone who got one and never starts again: whoever stops early stays
    due (research: outcomes.md, 2.4). An answer counts as due once its window is over, so that those who answer early
    in it do not make the rest look silent.
    """

    clinic: str
    until: date
    course: Course
    answers: Answers
    fates: tuple[Fate, ...]
    could: Permitted
    besides: Besides = ()

    def all(self, condition: Condition) -> Iterator[Row]:
        """Each instrument of each wave that has opened; before treatment the baselines alone."""
        start = self.course.first_injection_on
        start = start if start is not None and start <= self.until else None
        for entry in schedules(library()):
            for wave in entry.body.waves:
                opened = start is not None and start + timedelta(days=wave.opens_day) <= self.until
                every = asked_at(wave, schedule=entry.body, condition=condition)
                asked = [id for id in every if self._could_ask(id, wave, start)]
                besides = sorted({name for at, name in self.answers if at == wave.id and name not in asked})
                for instrument in (*asked, *besides):
                    if opened or (start is None and wave.closes_day <= 0):
                        yield self._row(wave, instrument, start)

    def _could_ask(self, instrument: str, wave: Wave, start: date | None) -> bool:
        """Could the clinic ask it while the wave was open; before the first injection, at any time since enrolment?"""
        first = start + timedelta(days=wave.opens_day) if start else self._enrolled_on
        last = start + timedelta(days=wave.closes_day) if start else self.until
        return self.could.between(instrument, first, min(last, self.until))

    def _row(self, wave: Wave, instrument: str, start: date | None) -> Row:
        answer = self.answers.get((wave.id, instrument))
        due_on = start + timedelta(days=wave.due_day) if start else None
        over = start is not None and start + timedelta(days=wave.closes_day) <= self.until
        told_on = answer.on if answer else due_on and min(due_on, self.until)
        status = status_on(self.course, self.fates, due_on, self.until)
        return Row(
            clinic=self.clinic,
            patient=str(self.course.patient_id),
            course=str(self.course.pk),
            condition=self.course.condition,
            treatment=self.course.treatment,
            instrument=instrument,
            week=float(wave.week),
            due=over and status != NOT_TREATED,
            answered=answer is not None,
            score=answer.score if answer else None,
            enrolled_on=self._enrolled_on,
            first_injection_on=start,
            due_on=due_on,
            answered_on=answer.on if answer else None,
            status=status,
            age=self._age,
            sex=self.course.patient.sex,
            site=self.course.site.split(":")[0],
            beside=during(self.besides, start, told_on),
            intercurrent=intercurrent(self.besides, start, told_on),
            more={**before(self.besides, start or self._enrolled_on), **self._mood},
        )

    @cached_property
    def _mood(self) -> dict[str, float | None]:
        """The last PHQ-4 of a wave before treatment: known then, so that an analysis may adjust for it."""
        there = [wave for wave in waves() if wave.week <= 0 and (wave.id, MOOD) in self.answers]
        last = max(there, key=lambda wave: wave.week, default=None)
        return {f"{BEFORE}{MOOD}": self.answers[last.id, MOOD].score if last else None}

    @property
    def _enrolled_on(self) -> date:
        return self.course.recorded_at.date()  # type: ignore[no-any-return]

    @property
    def _age(self) -> float | None:
        born = self.course.patient.born
        return float(int((self._enrolled_on - born).days / YEAR)) if born else None
