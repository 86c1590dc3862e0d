"""What each column of a snapshot holds: the first part of the codebook, and the schema of the file."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from enthesis.outcomes.snapshot.row import Row

KINDS = {"word": pa.string(), "number": pa.float64(), "yes or no": pa.bool_(), "date": pa.date32()}


@dataclass(frozen=True)
class Column:
    """A column: its kind and what it means."""

    name: str
    kind: str
    says: str


BESIDE = (
    "every other treatment on record that went on between the first injection and the answer (where there is none, the day it "
    "was asked for)"
)
INTERCURRENT = (
    "those that began after the first injection and may by themselves have moved this answer: injections, radiofrequency "
    "treatment and operations at any time since, and pain medicines that went on in the week before; the report gives results "
    "with these answers as they are, and without them"
)
RESULT = "what came after the first injection may be a result of it, so no analysis adjusts for it"
COLUMNS = (
    Column("clinic", "word", "where the course was treated"),
    Column("patient", "word", "a number for the person, who may have several courses; no name"),
    Column("course", "word", "a number for one patient, one condition and one way of treating it"),
    Column("condition", "word", "what hurt"),
    Column("treatment", "word", "what was given"),
    Column("arm", "word", "the arm of a trial; empty where nobody was allocated"),
    Column("instrument", "word", "the questionnaire"),
    Column("week", "number", "weeks from the first injection; 0 and below are baselines"),
    Column("due", "yes or no", "was the time to answer over on the day of the snapshot"),
    Column("answered", "yes or no", "was the questionnaire filled in"),
    Column("score", "number", "the score on the questionnaire's own scale; empty where there is none"),
    Column("enrolled_on", "date", "the day the course was opened"),
    Column("first_injection_on", "date", "the day from which weeks count; empty where nothing was injected"),
    Column("due_on", "date", "the day on which the answer was asked for"),
    Column("answered_on", "date", "the day of the answer"),
    Column("status", "word", "what had become of the course by that week: in care, other treatment, withdrawn, dead, not treated"),
    Column("age", "number", "years at enrolment"),
    Column("sex", "word", "as in the chart"),
    Column("site", "word", "the kind of site that was treated"),
    Column("beside", "word", f"{BESIDE}; {RESULT}"),
    Column("intercurrent", "word", f"{INTERCURRENT}; {RESULT}"),
)  # fmt: skip
BEFORE = "before_"  # the columns of what went on before treatment
BEFORE_DAYS = 90  # as old as a baseline may be
WENT_ON = (
    f"went on in the {BEFORE_DAYS} days before the first injection (before enrolment where nothing was injected): 1 where "
    "it is on record; 0 where it is not, which may also mean that nobody asked"
)
SAYS = {
    f"{BEFORE}therapy": f"physical therapy, exercise, manual therapy or acupuncture {WENT_ON}",
    f"{BEFORE}medicine": f"a pain medicine other than an opioid {WENT_ON}",
    f"{BEFORE}opioid": f"an opioid {WENT_ON}",
    f"{BEFORE}injection": f"a steroid injection or another one {WENT_ON}",
    f"{BEFORE}procedure": f"radiofrequency treatment or an operation {WENT_ON}",
    f"{BEFORE}other": f"any other treatment {WENT_ON}",
}
MOOD = "phq-4"  # the screen for worry and low mood
SAYS_OF_MOOD = {
    f"{BEFORE}{MOOD}": (
        "the score of the PHQ-4, worry and low mood, last given before the first injection; empty where there is none"
    )
}
FURTHER = "further column of the table it was made from, about the person before treatment"


def columns_of(rows: Iterable[Row]) -> tuple[Column, ...]:
    """The usual columns, then those that only these rows have, in order of name."""
    kinds: dict[str, str] = {}
    for row in rows:
        for name, value in row.more.items():
            if value is not None:
                kinds[name] = "word" if isinstance(value, str) else kinds.get(name, "number")
            kinds.setdefault(name, "number")
    return (*COLUMNS, *(Column(name, kinds[name], (SAYS | SAYS_OF_MOOD).get(name, FURTHER)) for name in sorted(kinds)))


def table_of(rows: Iterable[Row]) -> pa.Table:
    """Rows as a table, sorted by clinic, course, instrument and week: the same rows give the same bytes."""
    ordered = sorted(rows, key=lambda row: row.place)
    columns = columns_of(ordered)
    usual = {column.name for column in COLUMNS}
    arrays = [
        pa.array(
            [_cell(getattr(row, c.name) if c.name in usual else row.more.get(c.name), c.kind) for row in ordered],
            KINDS[c.kind],
        )
        for c in columns
    ]
    return pa.Table.from_arrays(arrays, schema=pa.schema([(c.name, KINDS[c.kind]) for c in columns]))


def _cell(value: object, kind: str) -> object:
    return f"{value:g}" if kind == "word" and isinstance(value, float) else value
