"""Mixtures as trials recorded them: shown, worked out where that can be done, and recommended by nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from enthesis.knowledge import Entry, Library, LibraryError
from enthesis.mixing.quantities import shown
from enthesis.mixing.shelf import listed
from enthesis.mixing.solutions import as_written, not_negative, positive
from enthesis.mixing.stock import Composition, Draw, composition

KIND = "mixtures"


@dataclass(frozen=True)
class Part:
    """One part of a recorded mixture: volume and strength of its vial, or only the net strength as stated."""

    component: str
    ml: float | None = None
    stock_percent: float | None = None
    net_percent: float | None = None
    form: str = ""

    def __post_init__(self) -> None:
        positive("ml", self.ml)
        not_negative("stock_percent", self.stock_percent)
        positive("net_percent", self.net_percent)


@dataclass(frozen=True)
class Recorded:
    """One mixture of one trial. What could not be read is left out, and then its strengths are not worked out."""

    trial: str
    summary: str
    parts: tuple[Part, ...]
    remark: str = ""

    def part(self, component: str) -> Part:
        """A part by its component. Raises LibraryError for one that is not in it."""
        for part in self.parts:
            if part.component == component:
                return part
        raise LibraryError(f"examples: {component!r} is no part of this mixture")


def recorded_mixtures(library: Library) -> tuple[Entry[Recorded], ...]:
    """Every recorded mixture, in order of id."""
    return library.entries(KIND, Recorded)


def worked_out(library: Library, mixture: Recorded) -> Composition | None:
    """What was in the syringe; None where a volume or the strength of a vial was not recorded.

    Raises BadInput for a component that no entry of the solutions describes.
    """
    draws = [_draw(library, part) for part in mixture.parts]
    found = [draw for draw in draws if draw is not None]
    return composition(found) if len(found) == len(draws) else None


def _draw(library: Library, part: Part) -> Draw | None:
    if part.ml is None or part.stock_percent is None:
        return None
    stock = listed(library, part.component, percent=as_written(part.stock_percent), form=part.form)
    return Draw(stock, as_written(part.ml))


def run_recorded_example(body: Recorded, example: Mapping[str, object], library: Library) -> None:
    """Raises AssertionError with a plain sentence when the entry's answer is not the example's."""
    given = example.get("given", {})
    asked = str(given.get("component", "")) if isinstance(given, Mapping) else ""
    question = str(example.get("question", ""))
    if question not in QUESTIONS:
        raise LibraryError(f"examples: {question!r} is not asked of a mixture; expected one of {', '.join(QUESTIONS)}")
    found = QUESTIONS[question](body, asked, library)
    if found != str(example.get("expect")):
        raise AssertionError(
            f"{example.get('story')}: {example.get('expect')} was expected, and the entry gives {found}"
        )


def _net(body: Recorded, component: str, library: Library) -> str:
    made = worked_out(library, body)
    return "not known" if made is None else shown(made.percent(body.part(component).component))


def _volume(body: Recorded, component: str, library: Library) -> str:
    made = worked_out(library, body)
    return "not known" if made is None else shown(made.volume_ml)


def _stated(body: Recorded, component: str, library: Library) -> str:
    return _or_not(body.part(component).net_percent)


def _vial(body: Recorded, component: str, library: Library) -> str:
    return _or_not(body.part(component).stock_percent)


def _or_not(value: float | None) -> str:
    return "not stated" if value is None else shown(Fraction(str(value)))


QUESTIONS: Mapping[str, Callable[[Recorded, str, Library], str]] = {
    "net-percent": _net,
    "volume-ml": _volume,
    "stated-percent": _stated,
    "stock-percent": _vial,
}
