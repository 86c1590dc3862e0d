"""Other treatments in a table that leaves the clinic: what few people had is not named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from enthesis.outcomes.cohort.other_treatments import kinds_in
from enthesis.outcomes.snapshot.columns import BEFORE, MOOD, SAYS
from enthesis.outcomes.snapshot.row import Cell, Row

RARE = "something rare"


def with_frequent(rows: Sequence[Row], k: int) -> tuple[Row, ...]:
    """Rows that name a kind of other treatment only where at least `k` people had it, and keep what is known from before
    treatment only where at least `k` had it and `k` had not. The score of worry and low mood is in the table as it is.
    """
    named, common = _namer(rows, k), {name for name in SAYS if _common(rows, name, k)} | {f"{BEFORE}{MOOD}"}
    return tuple(
        replace(
            row,
            beside=named(row.beside),
            intercurrent=named(row.intercurrent),
            more={name: value for name, value in row.more.items() if name in common},
        )
        for row in rows
    )


def _namer(rows: Sequence[Row], k: int) -> Callable[[str | None], str | None]:
    had: dict[str, set[str]] = {}
    for row in rows:
        for kind in kinds_in(row.beside) | kinds_in(row.intercurrent):
            had.setdefault(kind, set()).add(row.patient)
    frequent = {kind for kind, people in had.items() if len(people) >= k}
    rare = RARE if len(set().union(*(had[kind] for kind in had.keys() - frequent))) >= k else ""

    def named(said: str | None) -> str | None:
        kinds = kinds_in(said)
        kept = kinds & frequent | ({rare} if rare and kinds - frequent else set())
        return None if said is None else "; ".join(sorted(kept))

    return named


def _common(rows: Sequence[Row], name: str, k: int) -> bool:
    found: Mapping[Cell, set[str]] = {0.0: set(), 1.0: set()}
    for row in rows:
        if (value := row.more.get(name)) in found:
            found[value].add(row.patient)
    return all(len(people) >= k for people in found.values())
