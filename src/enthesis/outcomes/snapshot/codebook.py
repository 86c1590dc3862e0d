"""The codebook of a snapshot: what it is made of, what its columns and scores mean, and which text it is, to the letter."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes.cohort import Measure
from enthesis.outcomes.instrument import instruments
from enthesis.outcomes.numbers import plain
from enthesis.outcomes.snapshot.columns import Column
from enthesis.outcomes.thresholds import Amount

FORM = "enthesis snapshot 1"


@dataclass(frozen=True)
class Scale:
    """What a score of one instrument means. `important` is a change in points; None where no source gives one in points."""

    id: str
    title: str
    version: str
    low: float
    high: float
    higher_is_worse: bool
    important: float | None = None
    important_from: str = ""
    rates_change: bool = False

    @property
    def measure(self) -> Measure:
        """As the analysis takes it."""
        return Measure(self.id, self.low, self.high, self.higher_is_worse, self.important)


@dataclass(frozen=True)
class Time:
    """A planned time of measurement: its week and its window, in days from the first injection."""

    id: str
    week: float
    opens_day: int
    closes_day: int


@dataclass(frozen=True)
class Codebook:
    """Everything about a snapshot but its rows.

    taken_on   the day whose end it shows
    digest     SHA-256 of the table as CSV: the same rows have the same digest, in whatever file they lie
    library    the fingerprint of the library it was made with
    harms      "injected": people injected; then people by the worst grade of an adverse event, and "serious"
    left_out   rows of a spreadsheet that could not be read, as "row 7: score", never with what stood there
    mapping    which column of the spreadsheet became which, so that the next one is read alike
    """

    taken_on: str
    made_from: str
    simulated: bool
    digest: str
    rows: int
    courses: int
    library: str
    version: str
    columns: tuple[Column, ...]
    scales: tuple[Scale, ...]
    times: tuple[Time, ...] = ()
    harms: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    mapping: Mapping[str, Any] | None = None

    def sealed(self, digest: str) -> "Codebook":
        """The same with the digest of its table."""
        return replace(self, digest=digest)


def scales_of(library: Library, ids: Iterable[str], declared: Mapping[str, Measure]) -> tuple[Scale, ...]:
    """The scales of these instruments, from the library or as they were declared. Raises BadInput for a stranger."""
    known = {entry.id: entry for entry in instruments(library)}
    found = []
    for id in sorted(set(ids)):
        if id in declared:
            m = declared[id]
            found.append(Scale(id, id, "declared", m.low, m.high, m.higher_is_worse, m.important))
        elif id in known:
            body = known[id].body
            points = [(t.points, t.found_in) for t in body.thresholds if isinstance(t, Amount) and t.points]
            important, found_in = max(points, default=(None, ""))
            found.append(
                Scale(
                    id, known[id].title, body.version, *body.range, body.higher_is_worse,
                    important, found_in, body.rates_change,
                )
            )  # fmt: skip
        else:
            raise BadInput(f"instrument: {id!r} is not known; known are {', '.join(known)}")
    return tuple(found)


def codebook_as_json(book: Codebook) -> dict[str, Any]:
    """The codebook as it lies beside the table and inside the Parquet file."""
    return {"form": FORM, **asdict(book)}


def codebook_from_json(data: Mapping[str, Any]) -> Codebook:
    """The codebook again. Raises BadInput for one that another program, or a newer version, wrote."""
    try:
        if data["form"] != FORM:
            raise KeyError(data["form"])
        body = {key: value for key, value in data.items() if key != "form"}
        parts = {"columns": Column, "scales": Scale, "times": Time}
        body |= {key: tuple(shape(**one) for one in body[key]) for key, shape in parts.items()}
        return Codebook(**body | {"left_out": tuple(body["left_out"])})
    except (KeyError, TypeError) as error:
        raise BadInput(f"codebook: written by another program or version; expected {FORM!r}") from error


def codebook_as_markdown(book: Codebook) -> str:
    """The codebook for people."""
    lines = [f"# Snapshot of {book.taken_on}", ""]
    lines += ["**Simulated: no real patients.**", ""] if book.simulated else []
    lines += [
        f"Made from {book.made_from}. {book.rows} rows of {book.courses} courses. Content (SHA-256 of the CSV): `{book.digest}`.",
        f"Enthesis {book.version}, library `{book.library}`.",
        "",
    ]
    lines += _table(("column", "kind", "meaning"), [(c.name, c.kind, c.says) for c in book.columns])
    lines += _table(("instrument", "version", "scale", "worse", "important change"), map(_scale, book.scales))
    if book.times:
        days = [(t.id, plain(t.week), f"{t.opens_day} to {t.closes_day}") for t in book.times]
        lines += _table(("wave", "week", "window in days"), days)
    lines += [f"- left out: {one}" for one in book.left_out]
    return "\n".join(lines).rstrip() + "\n"


def _scale(scale: Scale) -> tuple[str, ...]:
    worse = "higher" if scale.higher_is_worse else "lower"
    important = "no source in points"
    if scale.important is not None:
        important = f"{plain(scale.important)} ({scale.important_from or 'declared'})"
    if scale.rates_change:
        worse = "none: it rates a change"
    return scale.id, scale.version, f"{plain(scale.low)} to {plain(scale.high)}", worse, important


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    body = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *body, ""]
