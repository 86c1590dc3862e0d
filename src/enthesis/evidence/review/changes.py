"""What changed since the last version: rows added, taken away and altered, and how far each estimate moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enthesis.evidence.certainty.rating import Known, certainties
from enthesis.evidence.review.fitting import Fit

Cells = Mapping[str, str]
Tables = Mapping[str, Sequence[Cells]]
Numbers = dict[str, dict[str, float | str | None]]

KEYS = {
    "trials.csv": ("trial",),
    "arms.csv": ("trial", "arm", "outcome", "instrument", "week", "kind", "events_of"),
    "contrasts.csv": ("trial", "node", "versus", "outcome", "instrument", "week"),
    "awaiting.csv": ("trial",),
    "published.csv": ("review", "comparison", "outcome", "when"),
}


@dataclass(frozen=True)
class Change:
    """One row that came, went or differs; for one that differs each column with what it said before and says now."""

    table: str
    row: str
    what: str
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Move:
    """One estimate before and now; None where it was not there."""

    comparison: str
    before: Mapping[str, float | str | None] | None
    now: Mapping[str, float | str | None] | None


def changes(before: Tables, now: Tables) -> tuple[Change, ...]:
    """Every difference between two versions of a review's tables (as `rows_of` keeps them), table by table."""
    return tuple(change for table in KEYS for change in _of_table(table, before.get(table, ()), now.get(table, ())))


def _of_table(table: str, before: Sequence[Cells], now: Sequence[Cells]) -> Iterator[Change]:
    old, new = ({_key(table, row): row for row in rows} for rows in (before, now))
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            yield Change(table, _named(key), "taken away")
        elif key not in old:
            yield Change(table, _named(key), "added")
        elif old[key] != new[key]:
            columns = [*old[key], *(column for column in new[key] if column not in old[key])]
            differ = [(c, old[key].get(c, ""), new[key].get(c, "")) for c in columns]
            yield Change(table, _named(key), "altered", tuple(one for one in differ if one[1] != one[2]))


def _key(table: str, row: Cells) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in KEYS[table])


def _named(key: tuple[str, ...]) -> str:
    return ", ".join(part for part in key if part)


def estimates(made: Fit, known: Known) -> Numbers:
    """Each treatment against the reference of its part, as plain values that can be kept: estimate, interval, certainty."""
    found: Numbers = {}
    for network in made.networks:
        for one in certainties(network, known, versus=network.reference):
            random = network.between(one.treatment, one.versus).random
            kept: dict[str, float | str | None] = {name: random[name] for name in ("estimate", "lower", "upper")}
            found[f"{one.treatment} vs {one.versus}"] = kept | {"certainty": str(one.rating)}
    return found


def moves(before: Numbers, now: Numbers) -> tuple[Move, ...]:
    """Estimates that came, went or changed, in the order of the newer version."""
    names = [*now, *(name for name in before if name not in now)]
    pairs = ((name, before.get(name), now.get(name)) for name in names)
    return tuple(Move(name, old, new) for name, old, new in pairs if old != new)
