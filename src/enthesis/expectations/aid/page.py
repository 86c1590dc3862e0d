"""What the page of a decision aid shows: columns with the same rows, and pictures where trials allow one."""

from dataclasses import dataclass

from enthesis.evidence.review import Review
from enthesis.expectations.aid.aid import Aid, Pictured, aid_for
from enthesis.expectations.aid.array import Array, array
from enthesis.expectations.aid.option import Option
from enthesis.expectations.expectation import Expectation, expect
from enthesis.expectations.finding.asking import Ask
from enthesis.expectations.wording import of_100
from enthesis.knowledge import Entry, Library, Source
from enthesis.pathway import Condition, conditions
from enthesis.pathway.statement import Statement


@dataclass(frozen=True)
class Picture:
    """With an option and with the comparator, of 100 each; the difference as whole people with its range.

    `borrowed` says that the trials were of another place.
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


def aid_page(condition: str, *, review: Review, library: Library, start: float | None = None) -> AidPage:
    """The page for a condition, for somebody who starts at `start` (the aid's own where it is left out).

    Raises BadInput for a condition without an aid, or a start that is no pain from 1 to 10.
    """
    entry = aid_for(condition, library)
    body = entry.body
    columns = tuple(Column(library.entry("options", one.option, Option), one.benefit) for one in body.offered)
    begins = start if start is not None else body.pictured.start if body.pictured else 6.0
    pictures = _pictures(body.pictured, begins, condition, columns, review, library) if body.pictured else ()
    about = next(one for one in conditions(library) if one.id == condition)
    return AidPage(entry, about, columns, pictures, begins, _sources(body, columns, library))


def _pictures(
    shown: Pictured, start: float, condition: str, columns: tuple[Column, ...], review: Review, library: Library
) -> tuple[Picture, ...]:
    made = []
    for column in columns:
        node = column.option.body.node
        if not node or node == shown.versus:
            continue
        found = expect(Ask(condition, node, shown.versus, start, shown.weeks), review=review, library=library)
        picture = _picture(column.option, found, shown.less)
        if picture is not None:
            made.append(picture)
    return tuple(made)


def _picture(option: Entry[Option], found: Expectation, less: str) -> Picture | None:
    """None where no trial gives a share: no path, no picture."""
    one = found.shares[less]
    if one is None or found.rating is None:
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
        str(found.rating),
    )


def _sources(body: Aid, columns: tuple[Column, ...], library: Library) -> tuple[Source, ...]:
    keys = {one.cite for one in body.cited} | {one.cite for column in columns for one in column.option.body.cited}
    found = (library.bibliography[key] for key in keys)
    return tuple(sorted(found, key=lambda one: one.cite))
