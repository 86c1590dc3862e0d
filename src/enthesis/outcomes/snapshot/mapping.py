"""Which column of a clinic's own table is which column of a snapshot: written once in TOML, and kept with the snapshot."""

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from enthesis.knowledge import BadInput, structured
from enthesis.outcomes.cohort import Measure, declared
from enthesis.outcomes.snapshot.row import Row

MAPPABLE = tuple(one.name for one in fields(Row) if one.name != "more")
OF_A_TIME = ("due", "answered", "due_on", "answered_on", "status", "beside", "intercurrent")
LONG = ("instrument", "week", "score")


@dataclass(frozen=True)
class Scored:
    """In a table with one row for each course: the column that holds one instrument at one week."""

    column: str
    instrument: str
    week: float


@dataclass(frozen=True)
class Mapped:
    """How a table is read.

    columns      snapshot column = column of the table
    fixed        snapshot column = what holds for every row
    values       for a snapshot column, what the table writes = what is meant
    scores       the score columns of a table with one row for each course; without them each row has one score
    baseline     in a table with one row for each score, the column that repeats the score before treatment in every row
    covariates   a name = column of the table, for what describes people before treatment
    instruments  scales that are not in the library, as LOWEST:HIGHEST:higher-is-worse
    decimal      "," or "."; without it both are read, and 1,500 is refused as it could be either
    dates        how dates are written, such as %d.%m.%Y
    silent       what stands where nothing was answered
    """

    columns: dict[str, str]
    fixed: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    scores: tuple[Scored, ...] = ()
    baseline: str = ""
    covariates: dict[str, str] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    dates: str = "%Y-%m-%d"
    silent: tuple[str, ...] = ("", "NA", "N/A", "na", "n/a", ".", "-")

    def __post_init__(self) -> None:
        for part, keys in (("columns", self.columns), ("fixed", self.fixed), ("values", self.values)):
            strange = sorted(set(keys) - set(MAPPABLE))
            if strange:
                raise BadInput(
                    f"{part}: {strange[0]!r} is not a column of a snapshot; there are: {', '.join(MAPPABLE)}"
                )
        if "course" not in self.columns:
            raise BadInput("columns: say which column names the course (or the person, where nobody has two)")
        there = set(self.columns) | set(self.fixed)
        absent = [one for one in LONG if one not in there]
        if not self.scores and absent:
            raise BadInput(f"columns: {absent[0]!r} is missing; map it, or list the score columns under [[scores]]")
        if self.scores and set(LONG) & there:
            raise BadInput("scores: a table is either one row for each score, or one row for each course, not both")
        if self.scores and self.baseline:
            raise BadInput("baseline: with [[scores]] the baseline is a score column too, with week = 0")
        if self.decimal not in ("", ",", "."):
            raise BadInput(f"decimal: {self.decimal!r}; expected ',' or '.'")

    def before(self) -> "Mapped":
        """How the repeated score before treatment is read: without what belongs to the row's own time."""
        columns, fixed = ({k: v for k, v in part.items() if k not in OF_A_TIME} for part in (self.columns, self.fixed))
        return replace(self, columns=columns, fixed=fixed)

    @property
    def declared(self) -> dict[str, Measure]:
        """The scales that are not in the library."""
        return {id: declared(f"{id}={scale}") for id, scale in self.instruments.items()}

    @property
    def used(self) -> tuple[str, ...]:
        """The columns of the table that are read."""
        first = (self.baseline,) if self.baseline else ()
        return (*self.columns.values(), *first, *(one.column for one in self.scores), *self.covariates.values())


def read_mapping(content: bytes, name: str) -> Mapped:
    """The mapping in a TOML file. Raises BadInput naming the file and the field."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}: not readable as TOML: {error}") from error
    return structured(data, Mapped, Path(name))
