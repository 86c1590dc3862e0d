"""The columns of a snapshot: which must be there, of what kind, and how a table is brought into that form."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.datatypes as dt

from enthesis.knowledge import BadInput
from enthesis.outcomes.cohort.asking import answers, fetched

NEEDED = ("course", "instrument", "week", "score")
LABELS = ("clinic", "patient", "course", "condition", "treatment", "arm", "instrument", "sex", "status")
NUMBERS = ("week", "score")
TIMES = ("enrolled_on", "first_injection_on", "due_on", "answered_on")
LATER = (
    "beside",
    "intercurrent",
)  # what went on after the first injection may be a result of it: nothing is adjusted for it
SILENT = ("", "NA", "NaN", "nan", "null", "None")
YES, NO = ("true", "t", "yes", "y", "1", "1.0"), ("false", "f", "no", "n", "0", "0.0")
USUAL = frozenset({*LABELS, *NUMBERS, *TIMES, "due", "answered", "age", "site"})
# What a spreadsheet program or pandas calls the numbers of the rows: they describe nobody.
ROW_NUMBERS = re.compile(r"|__index_level_\d+__|Unnamed: \d+|column\d+|_c\d+|rownames?", re.IGNORECASE)
# What the analysis itself calls its columns; a further column of the same name is read under another one.
TAKEN = re.compile(
    r"[dw]\d+|baselines?|earlier|dead|treated|started|due|score|rows|times|people|event|(course|instrument)_right"
)
SAMPLE = 1000  # rows in which a text column is first looked at

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


def usual_names(table: ibis.Table) -> ibis.Table:
    """The columns of a snapshot in small letters and without blanks around them; further columns as they are called."""
    wanted = {column.strip().lower(): column for column in table.columns}
    renamed = {usual: found for usual, found in wanted.items() if usual in USUAL and usual not in table.columns}
    table = table.rename(renamed) if renamed else table
    nothing = [c for c in table.columns if table[c].type().is_null()]  # a column in which nothing was ever said
    kinds = dict.fromkeys(LABELS, "string") | dict.fromkeys(NUMBERS, "float64")
    table = table.mutate({c: ibis.null(kinds[c]) for c in nothing if c in kinds})
    table = table.drop(*(c for c in nothing if c not in kinds))
    taken = [c for c in table.columns if c not in USUAL and TAKEN.fullmatch(c)]
    return table.rename({f"{c} (as given)": c for c in taken}) if taken else table


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
    return not fetched(table.filter(untidy).select(column).limit(1)).num_rows


def named(table: ibis.Table, *, tidy: Collection[str] = ()) -> Named:
    """Bring every column into its kind; those of `tidy` are. Raises BadInput for a column of the wrong kind.

    What describes a person is read from week 0 and before: what came later may be a result.
    """
    changed = {column: _label(table[column]) for column in LABELS if column in table.columns and column not in tidy}
    changed |= {column: _number(table, column) for column in NUMBERS if not _as_it_is(table, column, tidy)}
    changed |= {column: _date(table[column]) for column in TIMES if _is_text(table, column)}
    changed["answered"] = _answered(table)
    if "intercurrent" in table.columns:
        changed["event"] = ~_label(table.intercurrent).lower().isin((*NO, *(s.lower() for s in SILENT)))
    changed["due"] = _due(table)
    if "status" not in table.columns:
        changed["status"] = ibis.literal(IN_CARE)
    else:
        changed["due"] &= changed.get("status", table.status) != NOT_TREATED
    others = [
        c
        for c in table.columns
        if c not in (*LABELS, *NUMBERS, *TIMES, *LATER, *changed) and not ROW_NUMBERS.fullmatch(c)
    ]
    texts = tuple(c for c in others if _is_text(table, c))
    written = _numbers_in_words(table, texts)
    numbers = tuple(c for c in others if c in written or _is_number(table[c].type()))
    labels = tuple(c for c in ("sex", *texts) if c in table.columns and c not in written)
    before = changed.get("week", table.week) <= 0
    described = {c: before.ifelse(_number(table, c), ibis.null("float64")) for c in numbers}
    described |= {c: _number(table, c) for c in numbers if c == "age"}  # at enrolment, whatever the row
    described |= {c: before.ifelse(_label(table[c]), ibis.literal("")) for c in labels}
    return Named(table.mutate(**changed | described), numbers, labels)


def had_event(table: ibis.Table) -> ibis.Value:
    """Had something else been given by then that may itself have moved the answer, or the treatment been changed?"""
    changed = table.status == OTHER_TREATMENT
    return changed | table.event if "event" in table.columns else changed


def _is_text(table: ibis.Table, column: str) -> bool:
    return column in table.columns and bool(table[column].type().is_string())


def _numbers_in_words(table: ibis.Table, texts: Sequence[str]) -> frozenset[str]:
    """Text columns that hold numbers and marks of silence only, as a table with "NA" in it comes."""
    left = list(texts)
    for rows in (table.limit(SAMPLE), table):
        if not left:
            break
        said = {c: not_a_number(rows, c).sum() for c in left} | {f"some {c}": is_said(rows, c).sum() for c in left}
        (counted,) = answers(rows.aggregate(**said))
        left = [c for c in left if not counted[c]]
    return frozenset(c for c in left if counted[f"some {c}"])


def is_said(table: ibis.Table, column: str) -> ibis.Value:
    """Is there a text that is not a mark of silence?"""
    text = table[column].strip()
    return text.notnull() & text.notin(SILENT)


def _date(value: ibis.Value) -> ibis.Value:
    """A day written as 2026-01-31; what follows it, such as an hour, is left."""
    return value.strip().left(10).try_cast("date")


def not_a_date(table: ibis.Table, column: str) -> ibis.Value:
    """Is there a text where a day belongs?"""
    return is_said(table, column) & _date(table[column]).isnull()


def not_a_flag(table: ibis.Table, column: str) -> ibis.Value:
    """Is there a text that is neither yes nor no? When something was due may be a day."""
    strange = is_said(table, column) & table[column].strip().lower().notin((*YES, *NO, *(s.lower() for s in SILENT)))
    return strange & _date(table[column]).isnull() if column == "due" else strange


def _as_it_is(table: ibis.Table, column: str, tidy: Collection[str]) -> bool:
    return column in tidy and table[column].type().is_float64()


def _is_number(kind: dt.DataType) -> bool:
    return bool(kind.is_numeric() or kind.is_boolean())


def _label(value: ibis.Value) -> ibis.Value:
    """Words without the blanks around them; an empty cell is the empty word, and a whole number has no decimals."""
    if value.type().is_floating():
        value = value.isnan().ifelse(ibis.null("string"), value.cast("string").re_replace(r"\.0$", ""))
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
    return is_said(table, column) & table[column].strip().try_cast("float64").isnull()


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
