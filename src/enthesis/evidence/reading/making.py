"""From a file's text, or a table's columns, to `Trials`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.reading import checks
from enthesis.evidence.reading.cells import dates_in, numbers_in
from enthesis.evidence.reading.columns import NUMBERS, kind_of, named
from enthesis.evidence.reading.names import check_names
from enthesis.evidence.reading.noticed import noticed
from enthesis.evidence.reading.spread import with_errors, with_spreads
from enthesis.evidence.reading.text import Table, table_of
from enthesis.evidence.reading.trials import Kind, Trials, frozen
from enthesis.knowledge import BadInput

# What a row needs to count; a row without any of it says that the outcome was not reported.
NEEDED = {
    Kind.ARM_EVENTS: ("n", "events"),
    Kind.SINGLE_EVENTS: ("n", "events"),
    Kind.ARM_RATES: ("events", "time"),
    Kind.ARM_MEANS: ("n", "mean", "sd"),
    Kind.SINGLE_MEANS: ("n", "mean", "sd"),
    Kind.CONTRASTS: ("estimate", "se"),
    Kind.GENERIC: ("estimate", "se"),
}


def read_trials(
    content: str | bytes, *, source: str = "trials", measure: str | None = None, keep_names: bool = False
) -> Trials:
    """Trials from the text of a CSV file (its columns say which kind; docs/guide/evidence.md lists them).

    `measure` decides where a file holds both means and events. Raises BadInput naming file, row, column, and what to do.
    """
    return from_table(table_of(content, source=source), measure=measure, keep_names=keep_names)


def trials_from(
    columns: Mapping[str, Iterable[object]],
    *,
    source: str = "table",
    measure: str | None = None,
    keep_names: bool = False,
) -> Trials:
    """Trials from columns in memory: a dict of lists, or a data frame's `to_dict("list")`. Raises BadInput."""
    cells = {str(name): tuple(_cell(value) for value in values) for name, values in columns.items()}
    lengths = {len(column) for column in cells.values()}
    if len(lengths) != 1 or lengths == {0}:
        raise BadInput(f"{source}: columns of one length were expected, with at least one row")
    table = Table(source, tuple(cells), tuple(cells.values()), tuple(range(2, lengths.pop() + 2)))
    return from_table(table, measure=measure, keep_names=keep_names)


def _cell(value: object) -> str:
    if value is None or value != value:  # only NaN differs from itself
        return ""
    return repr(float(value)) if isinstance(value, float | np.floating) else str(value).strip()


def from_table(table: Table, *, measure: str | None, keep_names: bool) -> Trials:
    """Trials from a table of cells, checked. Raises BadInput naming file, row, column, and what to do."""
    places = named(table.header)
    kind = kind_of(places, measure=measure, source=table.source)
    made = _unchecked(table, places, kind)
    if not keep_names:
        check_names(table, tuple(places[name] for name in ("treatment", "treatment1", "treatment2") if name in places))
    checks.check_values(made)
    checks.check_two_sides(made)
    checks.check_repeats(made)
    checks.check_one_armed(made)
    reported = _reported(_spelt_out(made))
    return replace(reported, notes=reported.notes + noticed(reported))


def _unchecked(table: Table, places: dict[str, int], kind: Kind) -> Trials:
    studies, study = _coded(table, places["study"], "study")
    sides = ("treatment1", "treatment2") if kind is Kind.CONTRASTS else ("treatment",) if kind.has_arms else ()
    names = sorted({cell for side in sides for cell in table.columns[places[side]]}, key=_as_counted)
    for side in sides:
        _refuse_empty(table, places[side], side)
    index = {name: number for number, name in enumerate(names)}
    coded = [np.array([index[cell] for cell in table.columns[places[side]]], dtype=np.int64) for side in sides]
    nobody = np.full(len(study), -1, dtype=np.int64)
    treatment, versus = (*coded, nobody, nobody)[:2]
    numbers = {name: frozen(numbers_in(table, places[name], name)) for name in NUMBERS if name in places}
    labels = {name: table.columns[place] for name, place in places.items() if name not in {*NUMBERS, "study", *sides}}
    dates = tuple(note for name in ("study", *sides) for note in dates_in(table, places[name], name))
    lines = frozen(np.array(table.lines, dtype=np.int64))
    notes = table.notes + dates
    return Trials(
        kind,
        table.source,
        studies,
        tuple(names),
        study,
        frozen(treatment),
        frozen(versus),
        lines,
        numbers,
        labels,
        notes,
    )


def _as_counted(name: str) -> tuple[int, float, str]:
    """Names in order, with numeric labels by size."""
    return (0, float(name), name) if name.isdecimal() else (1, 0.0, name)


def _coded(table: Table, place: int, column: str) -> tuple[tuple[str, ...], Whole]:
    _refuse_empty(table, place, column)
    index: dict[str, int] = {}
    codes = [index.setdefault(cell, len(index)) for cell in table.columns[place]]
    return tuple(index), frozen(np.array(codes, dtype=np.int64))


def _refuse_empty(table: Table, place: int, column: str) -> None:
    for row, cell in enumerate(table.columns[place]):
        if not cell:
            raise BadInput(f"{table.source}: row {table.lines[row]}, column {column}: empty; a name was expected")


def _spelt_out(trials: Trials) -> Trials:
    """Spreads of every sort as SD (arms) or SE (estimates), by the rules of `reading.spread`."""
    return with_errors(trials) if trials.kind in (Kind.CONTRASTS, Kind.GENERIC) else with_spreads(trials)


def _reported(trials: Trials) -> Trials:
    """Without the rows that do not report the outcome, and the studies those leave with nothing to compare."""
    values = {column: trials.number(column) for column in NEEDED[trials.kind]}
    missing = np.any([~np.isfinite(value) for value in values.values()], axis=0)
    if not missing.any():
        return trials
    if missing.all():
        row, column = _first_gap(values, missing)
        raise BadInput(f"{trials.where(row, column)}: empty, and no row is complete, so there is nothing to analyse")
    notes = list(_says_missing(trials, missing, values))
    kept = ~missing
    if trials.kind.has_arms:
        arms = np.bincount(trials.study[kept], minlength=len(trials.studies))
        alone = kept & (arms[trials.study] < 2)
        notes += [
            f"{trials.where(int(row), 'study')}: {trials.studies[trials.study[row]]!r}: no second arm has a result; left out"
            for row in np.flatnonzero(alone)
        ]
        kept &= ~alone
        if not kept.any():
            raise BadInput(f"{trials.source}: no study has two arms with results, so there is nothing to compare")
    return trials.take(kept, *notes)


def _first_gap(values: dict[str, Floats], rows: np.ndarray) -> tuple[int, str]:
    row = int(np.flatnonzero(rows)[0])
    return row, next(column for column, value in values.items() if not np.isfinite(value[row]))


def _says_missing(trials: Trials, missing: np.ndarray, values: dict[str, Floats]) -> Iterator[str]:
    """One sentence per column that is empty where it is needed."""
    rest = missing.copy()
    for column, value in values.items():
        rows = np.flatnonzero(rest & ~np.isfinite(value))
        rest[rows] = False
        if rows.size:
            lines = ", ".join(str(trials.line[row]) for row in rows[:6]) + (", ..." if rows.size > 6 else "")
            yield f"{trials.source}: column {column}: empty in {rows.size} rows ({lines}); left out"
