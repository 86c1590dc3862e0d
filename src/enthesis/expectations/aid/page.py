"""What the page of a decision aid shows: columns with the same rows, and pictures where trials allow one."""

from collections.abc import Callable
from dataclasses import dataclass

from enthesis.evidence.review import Review
from enthesis.expectations.aid.aid import Aid, Pictured, aid_for
from enthesis.expectations.aid.array import Array, array
from enthesis.expectations.aid.option import Option
from enthesis.expectations.expectation import Expectation, expect
from enthesis.expectations.finding.asking import Ask
from enthesis.expectations.grading import Judged, Override
from enthesis.expectations.wording import of_100
from enthesis.knowledge import Entry, Library, Source
from enthesis.pathway import Condition, conditions
from enthesis.pathway.statement import Statement


@dataclass(frozen=True)
class Picture:
    """With an option and with the comparator, of 100 each; the difference as whole people with its range.

    `borrowed` says that the trials were of another place; `judged` are the domains in which somebody of the clinic judged
    otherwise than the rules.
    """

    option: Entry[Option]
    treated: Array
    untreated: Array
    more: int
    more_low: int
    more_high: int
    weeks: tuple[int, ...]
    percent: int
    of_start: bool
    borrowed: bool
    rating: str
    rating_by_rules: str
    judged: tuple[Judged, ...]

    @property
    def apart(self) -> int:
        """The difference without its sign."""
        return abs(self.more)

    @property
    def fewer(self) -> int:
        """The most fewer it could be."""
        return max(0, -self.more_low)

    @property
    def least_fewer(self) -> int:
        """The least fewer it could be."""
        return max(0, -self.more_high)


@dataclass(frozen=True)
class Column:
    """One option with what is known of its benefit here."""

    option: Entry[Option]
    benefit: Statement


@dataclass(frozen=True)
class AidPage:
    """The whole page. `sources` are those of every row, once, in the order of their names."""

    entry: Entry[Aid]
    condition: Entry[Condition]
    columns: tuple[Column, ...]
    pictures: tuple[Picture, ...]
    start: float
    sources: tuple[Source, ...]


Judgments = Callable[[Ask], tuple[Override, ...]]


def _nobody(_: Ask) -> tuple[Override, ...]:
    return ()


def aid_page(
    condition: str, *, review: Review, library: Library, start: float | None = None, judged: Judgments = _nobody
) -> AidPage:
    """The page for a condition, for somebody who starts at `start` (the aid's own where it is left out).

    `judged` gives the judgments of certainty that stand at a clinic for a question.

    Raises BadInput for a condition without an aid, or a start that is no pain from 1 to 10.
    """
    entry = aid_for(condition, library)
    body = entry.body
    columns = tuple(Column(library.entry("options", one.option, Option), one.benefit) for one in body.offered)
    begins = start if start is not None else body.pictured.start if body.pictured else 6.0
    expected = _Expected(condition, begins, review, library, judged)
    pictures = _pictures(body.pictured, columns, expected) if body.pictured else ()
    about = next(one for one in conditions(library) if one.id == condition)
    return AidPage(entry, about, columns, pictures, begins, _sources(body, columns, library))


@dataclass(frozen=True)
class _Expected:
    """Whose expectation is drawn, and from what."""

    condition: str
    start: float
    review: Review
    library: Library
    judged: Judgments

    def of(self, node: str, shown: Pictured) -> Expectation:
        ask = Ask(self.condition, node, shown.versus, self.start, shown.weeks)
        return expect(ask, review=self.review, library=self.library, overrides=self.judged(ask))


def _pictures(shown: Pictured, columns: tuple[Column, ...], expected: _Expected) -> tuple[Picture, ...]:
    asked = ((one.option, one.option.body.node) for one in columns)
    made = (
        _picture(option, expected.of(node, shown), shown.less)
        for option, node in asked
        if node and node != shown.versus
    )
    return tuple(one for one in made if one is not None)


def _picture(option: Entry[Option], found: Expectation, less: str) -> Picture | None:
    """None where no trial gives a share: no path, no picture."""
    one = found.shares[less]
    if one is None or found.graded is None:
        return None
    difference = one.pair.difference
    treated, untreated = array(one.pair.treated), array(one.pair.untreated)
    return Picture(
        option,
        treated,
        untreated,
        treated.better - untreated.better,
        of_100(difference.lower),
        of_100(difference.upper),
        tuple(sorted({round(week) for week in one.weeks})),
        round(100 * one.less),
        one.how == "worked out",
        found.sought.borrowed,
        str(found.graded.rating),
        str(found.graded.rating_by_rules),
        found.graded.overridden,
    )


def _sources(body: Aid, columns: tuple[Column, ...], library: Library) -> tuple[Source, ...]:
    keys = {one.cite for one in body.cited} | {one.cite for column in columns for one in column.option.body.cited}
    found = (library.bibliography[key] for key in keys)
    return tuple(sorted(found, key=lambda one: one.cite))
