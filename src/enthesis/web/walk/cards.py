"""Emergency cards as they stand on every session page, with doses for the patient's weight; and the printed ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from enthesis.clinic.library import library
from enthesis.knowledge import Entry
from enthesis.safety import Dose, Emergency, Standing, Step, emergencies

STANDINGS = {
    Standing.READ: "",
    Standing.QUOTED: "as quoted by others; the source was not read",
    Standing.JUDGEMENT: "our own judgement, no source read",
}


@dataclass(frozen=True)
class Line:
    """One line of a card: what to do, how sure its reading is, and the number of its source."""

    words: str
    standing: str
    source: int
    label: str = ""


@dataclass(frozen=True)
class Card:
    """One emergency card."""

    id: str
    title: str
    weight: str
    signs: tuple[Line, ...]
    steps: tuple[Line, ...]
    doses: tuple[Line, ...]
    avoid: tuple[Line, ...]
    after: tuple[Line, ...]
    unverified: str
    sources: tuple[tuple[int, str, str], ...]


def cards(weight_kg: str = "") -> tuple[Card, ...]:
    """Every card, its doses for a weight as recorded; the rules themselves where no weight is known."""
    weight = Fraction(weight_kg) if weight_kg else None
    return tuple(_card(entry, weight) for entry in emergencies(library()))


def _card(entry: Entry[Emergency], weight: Fraction | None) -> Card:
    body, books = entry.body, library().bibliography
    numbers = {source.cite: number for number, source in enumerate(entry.sources, 1)}

    def lines(steps: Iterable[Step]) -> tuple[Line, ...]:
        return tuple(Line(one.say, STANDINGS[one.standing], numbers[one.cite]) for one in steps)

    def dosed(one: Dose) -> Line:
        said = one.words(weight) + (f". {one.note}" if one.note else "")
        return Line(said, STANDINGS[one.standing], numbers[one.cite], one.what)

    return Card(
        id=entry.id,
        title=entry.title,
        weight=f"{float(weight):g}" if weight is not None else "",
        signs=lines(body.signs),
        steps=lines(body.steps),
        doses=tuple(dosed(one) for one in body.doses),
        avoid=lines(body.avoid),
        after=lines(body.after),
        unverified=body.unverified,
        sources=tuple((number, books[cite].cite, books[cite].read) for cite, number in numbers.items()),
    )
