"""All warning signs together, and the diary their questions make: a new sign brings its question with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from enthesis.knowledge import Entry, Library, LibraryError, Site
from enthesis.recovery.questions import Kind, Question, Report
from enthesis.recovery.signs import Sign, sign
from enthesis.recovery.urgency import Urgency
from enthesis.recovery.warning import WarningSign

Warnings = tuple[Entry[WarningSign], ...]


@dataclass(frozen=True)
class Watchlist:
    """The warning signs of a library, what each looks for, and every question by id."""

    entries: Warnings
    signs: Mapping[str, Sign]
    questions: Mapping[str, Question]

    @cached_property
    def read_by(self) -> Mapping[str, frozenset[str]]:
        """The ids of the questions each sign looks at; a list asks this many times over."""
        return {id: frozenset(one.reads()) for id, one in self.signs.items()}

    def at(self, site: Site) -> Warnings:
        """The signs that speak of a site."""
        return tuple(entry for entry in self.entries if entry.body.where.covers(site))

    def reading(self, id: str, among: Warnings) -> Warnings:
        """The signs, among some, that look at a question."""
        return tuple(entry for entry in among if id in self.read_by[entry.id])

    def asked(self, *, site: Site, day: int) -> tuple[Question, ...]:
        """What is asked that day after an injection at that site, in the order it is shown."""
        read = self.read(site=site, day=day)
        return self.in_order(read | {self.questions[id].follows or id for id in read})

    def read(self, *, site: Site, day: int) -> frozenset[str]:
        """The ids of the questions whose answers some sign of the site looks at by that day."""
        begun = [entry for entry in self.at(site) if entry.body.from_day <= day]
        return frozenset(id for entry in begun for id in self.read_by[entry.id])

    def in_order(self, ids: Iterable[str]) -> tuple[Question, ...]:
        """Questions as they are shown: pain first, then the most urgent, each before those that follow from it."""
        return tuple(sorted((self.questions[id] for id in ids), key=self._place))

    def _place(self, question: Question) -> tuple[bool, int, str, bool, str]:
        leader = self.questions[question.follows or question.id]
        rank = self._gravest(leader).rank
        return (leader.kind is not Kind.SCALE, -rank, leader.id, question is not leader, question.id)

    def _gravest(self, question: Question) -> Urgency:
        return max((entry.body.urgency for entry in self.reading(question.id, self.entries)), key=lambda one: one.rank)


def watchlist(library: Library) -> Watchlist:
    """The warning signs of a library. Raises LibraryError when their questions do not fit together."""
    return _watchlist(library.entries("warnings", WarningSign))


def diary_questions(*, site: Site, day: int, library: Library) -> tuple[Question, ...]:
    """The diary of a day (0 is the day of the injection): pain first, then whatever may be most urgent."""
    return watchlist(library).asked(site=site, day=day)


def of_the_body(report: Report, *, library: Library) -> Report:
    """What a report says of the whole body, and not of one treated place: another place may be the cause of it."""
    questions = watchlist(library).questions
    return {id: answer for id, answer in report.items() if id in questions and not questions[id].place}


def warning_signs_at(site: Site, *, library: Library) -> Warnings:
    """The warning signs of a site, most urgent first: what a handout lists and a page keeps in sight."""
    return tuple(sorted(watchlist(library).at(site), key=lambda entry: (-entry.body.urgency.rank, entry.id)))


@cache
def _watchlist(entries: Warnings) -> Watchlist:
    signs = {entry.id: sign(entry.body.when, entry.path) for entry in entries}
    questions = _questions(entries)
    for entry in entries:
        _check(entry, signs, questions)
    return Watchlist(entries, signs, questions)


def _questions(entries: Warnings) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for entry in entries:
        for question in entry.body.questions:
            if question.id in found:
                raise LibraryError(f"{entry.path}: the question {question.id!r} is already asked by another warning")
            found[question.id] = question
    return found


def _check(entry: Entry[WarningSign], signs: Mapping[str, Sign], questions: Mapping[str, Question]) -> None:
    for id, kind in signs[entry.id].reads().items():
        if id not in questions or questions[id].kind is not kind:
            raise LibraryError(f"{entry.path}: `when` reads {id!r}, which no warning asks as a {kind} question")
    read = {id for one in signs.values() for id in one.reads()}
    for question in entry.body.questions:
        if question.id not in read:
            raise LibraryError(f"{entry.path}: no warning reads the answer to {question.id!r}")
        if question.follows and (question.follows not in questions or questions[question.follows].follows):
            raise LibraryError(f"{entry.path}: {question.id!r} must follow a question that follows no other")
