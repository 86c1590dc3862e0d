"""The columns of a snapshot: which must be there, of what kind, and how a table is brought into that form."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import ibis
import ibis.expr.datatypes as dt

from enthesis.knowledge import BadInput

NEEDED = ("course", "instrument", "week", "score")
LABELS = ("clinic", "patient", "course", "condition", "treatment", "arm", "instrument", "sex", "status")
NUMBERS = ("week", "score")
TIMES = ("enrolled_on", "due_on", "answered_on")
LATER = ("beside",)  # what went on after the first injection may be a result of it: nothing is adjusted for it
SILENT = ("", "NA", "NaN", "nan", "null", "None")
YES, NO = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")

# What may become of a course; a row without a status is of somebody in care.
IN_CARE, OTHER_TREATMENT, WITHDRAWN, DEAD, NOT_TREATED = (
    "in care",
    "other treatment",
    "withdrawn",
    "dead",
    "not treated",
)
STATUSES = (IN_CARE, OTHER_TREATMENT, WITHDRAWN, DEAD, NOT_TREATED)


@dataclass(frozen=True)
class Named:
    """A snapshot in its usual form, and the columns that describe people: numbers and labels that may adjust."""

    table: ibis.Table
    numbers: tuple[str, ...]
    labels: tuple[str, ...]

    def without(self, instruments: Collection[str]) -> "Named":
        """The same without the rows of these instruments."""
        if not instruments:
            return self
        return replace(self, table=self.table.filter(self.table.instrument.notin(sorted(instruments))))


def require_columns(table: ibis.Table) -> None:
    """Raises BadInput for the first column that is missing."""
    for column in NEEDED:
        if column not in table.columns:
            raise BadInput(f"snapshot: there is no column {column!r}; expected {', '.join(NEEDED)} and others")


def tidy(table: ibis.Table, wanted: Collection[str]) -> frozenset[str]:
    """Those of these columns that `named` may take as they are: words without blanks around them, numbers, none of them unsaid.

    Asked only of an engine inside this process, where looking is far cheaper than trimming ten million words again and again.
    """
    if table.get_backend().name != "duckdb":
        return frozenset()
    return frozenset(column for column in wanted if column in table.columns and _is_tidy(table, column))


def _is_tidy(table: ibis.Table, column: str) -> bool:
    value = table[column]
    if value.type().is_string():
        untidy = value.isnull() | (value != value.strip())
    elif value.type().is_floating():
        untidy = value.isnan()
    else:
        return False
    return not table.filter(untidy).select(column).limit(1).to_pyarrow().num_rows


def named(table: ibis.Table, *, tidy: Collection[str] = ()) -> Named:
    """Bring every column into its kind; those of `tidy` are. Raises BadInput for a column of the wrong kind."""
    changed = {column: _label(table[column]) for column in LABELS if column in table.columns and column not in tidy}
    changed |= {column: _number(table, column) for column in NUMBERS if not _as_it_is(table, column, tidy)}
    changed["answered"] = _answered(table)
    changed["due"] = _due(table)
    if "status" not in table.columns:
        changed["status"] = ibis.literal(IN_CARE)
    others = [c for c in table.columns if c not in (*LABELS, *NUMBERS, *TIMES, *LATER, *changed)]
    numbers = tuple(c for c in others if _is_number(table[c].type()))
    texts = tuple(c for c in others if c not in numbers and table[c].type().is_string())
    kept = table.mutate(**changed, **{c: table[c].cast("float64") for c in numbers})
    return Named(kept, numbers, tuple(c for c in ("sex", *texts) if c in kept.columns))


def _as_it_is(table: ibis.Table, column: str, tidy: Collection[str]) -> bool:
    return column in tidy and table[column].type().is_float64()


def _is_number(kind: dt.DataType) -> bool:
    return bool(kind.is_numeric() or kind.is_boolean())


def _label(value: ibis.Value) -> ibis.Value:
    """Words without the blanks around them; an empty cell is the empty word."""
    return ibis.coalesce(value.cast("string").strip(), ibis.literal(""))


def _number(table: ibis.Table, column: str) -> ibis.Value:
    """A column of numbers; text is refused later, row by row, so that the row can be named."""
    value = table[column]
    if value.type().is_string():
        text = value.strip()
        return text.isin(SILENT).ifelse(ibis.null("float64"), text.try_cast("float64"))
    if not _is_number(value.type()):
        raise BadInput(f"snapshot: column {column!r} holds {value.type()}; expected numbers")
    number = value.cast("float64")
    return number.isnan().ifelse(ibis.null("float64"), number)


def not_a_number(table: ibis.Table, column: str) -> ibis.Value:
    """Is there a text where a number belongs?"""
    value = table[column]
    if not value.type().is_string():
        return ibis.literal(value=False)
    text = value.strip()
    return text.notnull() & text.notin(SILENT) & text.try_cast("float64").isnull()


def _answered(table: ibis.Table) -> ibis.Value:
    if "answered" not in table.columns:
        return _number(table, "score").notnull()
    return ibis.coalesce(_flag(table, "answered"), ibis.literal(value=False))


def _due(table: ibis.Table) -> ibis.Value:
    """A flag, or the day it was due: whoever has a day was due. Without the column every row was."""
    if "due" not in table.columns:
        return ibis.literal(value=True)
    if table.due.type().is_temporal():
        return table.due.notnull()
    return ibis.coalesce(_flag(table, "due"), ibis.literal(value=False))


def _flag(table: ibis.Table, column: str) -> ibis.Value:
    value = table[column]
    if _is_number(value.type()):
        return value.cast("float64") != 0 if not value.type().is_boolean() else value
    if not value.type().is_string():
        raise BadInput(f"snapshot: column {column!r} holds {value.type()}; expected true and false")
    text = value.strip().lower()
    return ibis.cases((text.isin(YES), True), (text.isin((*NO, *(s.lower() for s in SILENT))), False), else_=True)
