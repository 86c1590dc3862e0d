"""A file with several follow-ups of each trial: the trials of each week, every row under its own number."""

from dataclasses import replace

import numpy as np

from enthesis.evidence.reading.cells import numbers_in
from enthesis.evidence.reading.making import from_table
from enthesis.evidence.reading.text import table_of
from enthesis.evidence.reading.trials import Trials
from enthesis.knowledge import BadInput


def read_followed(
    content: str | bytes, *, source: str = "trials", week: str = "week", keep_names: bool = False
) -> dict[float, Trials]:
    """The trials of each week of follow-up, by the column of that name. Raises BadInput naming file, row and column."""
    table = table_of(content, source=source)
    names = [name.strip().lower() for name in table.header]
    if week.lower() not in names:
        raise BadInput(
            f"{source}: row 1: there is no column {week!r} for the time of follow-up; the columns are {', '.join(names)}"
        )
    place = names.index(week.lower())
    weeks = numbers_in(table, place, week)
    if not np.isfinite(weeks).all():
        row = table.lines[int(np.argmin(np.isfinite(weeks)))]
        raise BadInput(f"{source}: row {row}, column {week}: empty; the time of this follow-up was expected")
    found = {}
    for value in np.unique(weeks).tolist():
        rows = np.flatnonzero(weeks == value)
        columns = tuple(tuple(column[row] for row in rows) for column in table.columns)
        part = replace(table, columns=columns, lines=tuple(table.lines[row] for row in rows))
        found[float(value)] = from_table(part, measure="MD", keep_names=keep_names)
    return found
