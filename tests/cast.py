"""The cast: eight people who come to be screened, each a frozen value with verbs.

Their answers come from the rules' own questions: somebody with nothing to disclose answers every one, also those of
a rule that was added yesterday.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from enthesis.knowledge import Library, parse_site
from enthesis.screening import (
    Action,
    Answer,
    ChartItem,
    Finding,
    ItemKind,
    Route,
    Screening,
    clear_answers,
    facts_from,
    screen,
)

TODAY = date(2027, 3, 1)  # a Monday on which everybody is asked


@cache
def library() -> Library:
    """The library as it ships."""
    return Library.shipped()


def days_ago(days: int) -> date:
    """The day that many days before everybody is asked."""
    return TODAY - timedelta(days=days)


def days_ahead(days: int) -> date:
    """The day that many days after everybody is asked."""
    return TODAY + timedelta(days=days)


@dataclass(frozen=True)
class Person:
    """Somebody in care: what their chart holds, and where their answers differ from having nothing to disclose."""

    name: str
    born: date | None
    sex: str
    site: str
    clinic: str = "Harbour clinic"
    chart: tuple[ChartItem, ...] = ()
    said: tuple[tuple[str, Answer | None], ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """Every answer there is; a question somebody is unsure about has none."""
        told = {**clear_answers(library()), **dict(self.said)}
        return {question: answer for question, answer in told.items() if answer is not None}

    def answering(self, question: str, answer: Answer) -> "Person":
        """The same person with another answer to one question."""
        assert question in clear_answers(library()), f"nobody asks {question!r}"
        return replace(self, said=(*self.said, (question, answer)))

    def unsure_about(self, question: str) -> "Person":
        """The same person, who does not know the answer to one question."""
        assert question in clear_answers(library()), f"nobody asks {question!r}"
        return replace(self, said=(*self.said, (question, None)))

    def last_took(self, question: str, *, days_before: int) -> "Person":
        """The same person, who last took something that many days before today."""
        return self.answering(question, days_ago(days_before))

    def taking(self, medicine: str, *, state: str = "taking", **more: Any) -> "Person":
        """The same person with one more medicine in the chart."""
        return self._with(ItemKind.MEDICINE, medicine, state=state, **more)

    def having(self, problem: str, *, state: str = "active", **more: Any) -> "Person":
        """The same person with one more problem in the chart."""
        return self._with(ItemKind.PROBLEM, problem, state=state, **more)

    def allergic_to(self, substance: str, **more: Any) -> "Person":
        """The same person with one more allergy in the chart."""
        return self._with(ItemKind.ALLERGY, substance, **more)

    def treated_with(self, procedure: str, **more: Any) -> "Person":
        """The same person with one more procedure in the chart."""
        return self._with(ItemKind.PROCEDURE, procedure, **more)

    def measured(self, measure: str, value: float, **more: Any) -> "Person":
        """The same person with one more value measured today."""
        return self._with(ItemKind.MEASUREMENT, measure, value=value, last=TODAY, **more)

    def with_an_unread(self, resource: str) -> "Person":
        """The same person with something in the chart that nobody could read."""
        return self._with(ItemKind.UNREAD, resource)

    def at(self, site: str) -> "Person":
        """The same person, to be treated somewhere else."""
        return replace(self, site=site)

    def _with(self, kind: ItemKind, name: str, **more: Any) -> "Person":
        item = ChartItem(kind, f"{kind}/{len(self.chart) + 1}", name, **{"route": Route.UNKNOWN, **more})
        return replace(self, chart=(*self.chart, item))


def screened(person: Person, *, in_days: int = 0) -> Screening:
    """The judgment of a person asked today, for an injection today or so many days ahead."""
    facts = facts_from(person.chart, answers=person.answers, library=library(), sex=person.sex, born=person.born)
    where = parse_site(person.site, library())
    return screen(facts, on=days_ahead(in_days), site=where, as_of=TODAY, library=library())


def rules_of(screening: Screening) -> list[tuple[str, Action]]:
    """What was found, as rule and action, gravest first."""
    return [(finding.rule, finding.action) for finding in screening.findings]


def the_finding(screening: Screening) -> Finding:
    """The one finding there is; more or fewer is an error."""
    [finding] = screening.findings
    return finding


maria = Person("Maria Okafor", date(1975, 4, 9), "female", "lumbar-facet:L4/5:right")
walter = Person("Walter Brandt", date(1955, 11, 30), "male", "knee:left").taking("Warfarin Sodium 5 MG Oral Tablet")
ingrid = Person("Ingrid Sørensen", date(1960, 1, 17), "female", "cervical-facet:C5/6:left")
aisha = Person("Aisha Rahman", date(1993, 8, 2), "female", "sacroiliac:both")
tomas = Person("Tomás Vega", date(2009, 3, 2), "male", "knee:right")  # eighteen on 2 March 2027
chen = Person("Chen Wei", date(1968, 6, 21), "male", "shoulder:right").having("Diabetes mellitus type 2 (disorder)")
bobby = Person("<script>alert(1)</script>", date(1980, 12, 12), "male", "lateral-epicondyle:right")
lena = Person("Lena Novak", date(1971, 9, 5), "female", "knee:left", clinic="Hill clinic")  # of another clinic

EVERYBODY = (maria, walter, ingrid, aisha, tomas, chen, bobby, lena)
