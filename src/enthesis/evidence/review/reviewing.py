"""A review: its question and its tables, read from the library and held to each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from enthesis.evidence.review.about import About
from enthesis.evidence.review.rows import Arm, Awaiting, Difference, Published, Trial
from enthesis.knowledge import BadInput, Entry, Library, LibraryError, cells_of, fingerprint, read_table

FOLDER = "evidence"
TABLES: dict[str, type[Any]] = {
    "trials.csv": Trial,
    "arms.csv": Arm,
    "contrasts.csv": Difference,
    "awaiting.csv": Awaiting,
    "published.csv": Published,
}


@dataclass(frozen=True)
class Review:
    """One review with every row of its tables. Immutable: adding trials makes another review with another fingerprint."""

    entry: Entry[About]
    trials: tuple[Trial, ...]
    arms: tuple[Arm, ...] = ()
    differences: tuple[Difference, ...] = ()
    awaiting: tuple[Awaiting, ...] = ()
    published: tuple[Published, ...] = ()
    added: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        """Raises LibraryError when the tables do not fit each other."""
        for said in _misfits(self):
            raise LibraryError(f"{self.id}: {said}")

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.entry.id

    @property
    def about(self) -> About:
        """Question, nodes, conditions, outcomes."""
        return self.entry.body

    @cached_property
    def fingerprint(self) -> str:
        """Which data: changes with any cell of any table, and with what the review says of itself."""
        return fingerprint({"about": self.entry.fingerprint, "rows": rows_of(self)})

    def trial(self, id: str) -> Trial:
        """A trial by its id. Raises BadInput naming the review."""
        for one in self.trials:
            if one.trial == id:
                return one
        raise BadInput(f"trial: there is no {id!r} in the review {self.id}")

    def with_added(
        self, trials: Iterable[Trial], arms: Iterable[Arm], differences: Iterable[Difference] = ()
    ) -> "Review":
        """The same review with a clinic's own trials. Raises BadInput when one is there already or does not fit.

        An added trial leaves the ledger of those awaiting extraction when it has the same id.
        """
        new = tuple(trials)
        names = frozenset(one.trial for one in new)
        waiting = tuple(one for one in self.awaiting if one.trial not in names)
        return replace(
            self,
            trials=self.trials + new,
            arms=self.arms + tuple(arms),
            differences=self.differences + tuple(differences),
            awaiting=waiting,
            added=self.added | names,
        )


def review(library: Library, id: str) -> Review:
    """One review of the library. Raises LibraryError naming file, row and column, or the reviews there are."""
    entry, texts = library.folder(FOLDER, id, About)
    strange = sorted(set(texts) - set(TABLES))
    if strange:
        raise LibraryError(f"{id}/{strange[0]}: nobody reads this table; there are: {', '.join(TABLES)}")
    if "trials.csv" not in texts:
        raise LibraryError(f"{id}: has no trials.csv")
    trials, arms, differences, awaiting, published = (
        read_table(texts.get(name, ""), shape, name=f"{id}/{name}") if name in texts else ()
        for name, shape in TABLES.items()
    )
    return Review(entry, trials, arms, differences, awaiting, published)


def reviews(library: Library) -> tuple[Review, ...]:
    """Every review of the library in order of id. Raises LibraryError."""
    return tuple(review(library, id) for id in sorted(library.folders(FOLDER)))


def rows_of(of: Review) -> dict[str, list[dict[str, str]]]:
    """Every row of every table as it was written, for keeping and comparing; empty cells left out."""
    tables = (of.trials, of.arms, of.differences, of.awaiting, of.published)
    return {name: [cells_of(row) for row in table] for name, table in zip(TABLES, tables, strict=True)}


def _misfits(of: Review) -> Iterator[str]:
    """What does not fit, in words: unknown trials, nodes, outcomes or conditions, and anything that is there twice."""
    named = [trial.trial for trial in of.trials]
    yield from (f"trial {name!r} is there twice" for name in sorted({name for name in named if named.count(name) > 1}))
    yield from _unknown(of, set(named))
    yield from (f"trial {one.trial!r} was read and cannot be awaiting" for one in of.awaiting if one.trial in named)
    yield from _repeated(of)


def _unknown(of: Review, named: set[str]) -> Iterator[str]:
    about = of.about
    nodes = {node.id for node in about.nodes}
    outcomes = {outcome.id for outcome in about.outcomes}
    conditions = {condition.id for condition in about.conditions}
    for trial in of.trials:
        if trial.condition not in conditions:
            yield f"trial {trial.trial!r}: there is no condition {trial.condition!r} in about.toml"
        if trial.same_patients_as and trial.same_patients_as not in named:
            yield f"trial {trial.trial!r}: same_patients_as names {trial.same_patients_as!r}, which is no trial"
    rows: tuple[Arm | Difference, ...] = (*of.arms, *of.differences)
    for row in rows:
        sides = (row.node,) if isinstance(row, Arm) else (row.node, row.versus)
        if row.trial not in named:
            yield f"a row of {row.trial!r}: there is no such trial in trials.csv"
        yield from (
            f"trial {row.trial!r}: there is no treatment {side!r} in about.toml" for side in sides if side not in nodes
        )
        if row.outcome not in outcomes:
            yield f"trial {row.trial!r}: there is no outcome {row.outcome!r} in about.toml"
    for printed in of.published:
        named_sides = [side for side in (printed.node, printed.versus) if side]
        yield from (f"published {printed.review!r}: no treatment {side!r}" for side in named_sides if side not in nodes)
    for waiting in of.awaiting:
        if waiting.condition not in conditions:
            yield f"awaiting {waiting.trial!r}: there is no condition {waiting.condition!r} in about.toml"


def _repeated(of: Review) -> Iterator[str]:
    seen: set[tuple[object, ...]] = set()
    for row in of.arms:
        key = (row.trial, row.arm, row.outcome, row.instrument, row.week, row.kind, row.events_of)
        if key in seen:
            yield f"trial {row.trial!r}, arm {row.arm!r}: {row.instrument!r} at week {row.week} is there twice"
        seen.add(key)
