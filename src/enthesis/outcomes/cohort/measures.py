"""What a score of a snapshot means: its scale, its direction, and the change that counts as important."""

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes.instrument import Instrument, instruments
from enthesis.outcomes.thresholds import Amount, Rating


@dataclass(frozen=True)
class Measure:
    """A scale from `low` to `high`. `important` is a change in points, None where no source gives one in points."""

    id: str
    low: float
    high: float
    higher_is_worse: bool
    important: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise BadInput(f"instrument {self.id}: expected a lowest score below the highest")
        if self.important is not None and not 0 < self.important <= self.high - self.low:
            raise BadInput(f"instrument {self.id}: an important change is above 0 and within the scale")

    @property
    def towards_better(self) -> int:
        """The way a score moves when things get better: -1 down, 1 up."""
        return -1 if self.higher_is_worse else 1


def measures(library: Library) -> dict[str, Measure]:
    """The scale of every instrument of the library that is not itself a rating of change."""
    return {entry.id: _measure(entry.id, entry.body) for entry in instruments(library) if not entry.body.rates_change}


@dataclass(frozen=True)
class RatingScale:
    """The answers of a rating of change, from `low` to `high`; `much` and anything better counts as much better."""

    id: str
    low: float
    high: float
    higher_is_worse: bool
    much: float

    def is_much(self, score: float) -> bool:
        """Does this answer count?"""
        return score <= self.much if self.higher_is_worse else score >= self.much


def ratings(library: Library) -> dict[str, RatingScale]:
    """Instruments that rate a change, such as a global impression: they have no baseline, and follow the present state."""
    found = {}
    for entry in instruments(library):
        if entry.body.rates_change:
            low, high = entry.body.range
            best = (
                low if entry.body.higher_is_worse else high
            )  # where the entry names no answer, only the best one counts
            much = next((one.rated for one in entry.body.thresholds if isinstance(one, Rating)), best)
            found[entry.id] = RatingScale(entry.id, low, high, entry.body.higher_is_worse, much)
    return found


def _measure(id: str, body: Instrument) -> Measure:
    points = [threshold.points for threshold in body.thresholds if isinstance(threshold, Amount) and threshold.points]
    return Measure(id, *body.range, body.higher_is_worse, max(points, default=None))


def declared(text: str) -> Measure:
    """A scale that is not in the library, as `headache=0:100:higher-is-worse` or with `:important=9` behind it.

    Raises BadInput naming the form.
    """
    id, _, rest = text.partition("=")
    parts = rest.split(":")
    try:
        low, high = float(parts[0]), float(parts[1])
        worse = {"higher-is-worse": True, "higher-is-better": False}[parts[2]]
        important = float(parts[3].removeprefix("important=")) if len(parts) == 4 else None
        if not id or len(parts) > 4:
            raise ValueError(text)
    except (ValueError, KeyError, IndexError) as error:
        raise BadInput(
            f"--instrument {text}: expected NAME=LOWEST:HIGHEST:higher-is-worse or :higher-is-better, "
            "and :important=POINTS where a source gives an important change"
        ) from error
    return Measure(id, low, high, worse, important)


def known(names: Iterable[str], measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """The scales of these names. Raises BadInput for the first that has none, with near names proposed."""
    found = {}
    for name in sorted(names):
        if name not in measures:
            near = difflib.get_close_matches(name, measures, n=1)
            hint = f"is {near[0]} meant?" if near else f"known are {', '.join(sorted(measures))}"
            raise BadInput(f"instrument: {name!r} is not known; {hint} Another scale is declared with --instrument")
        found[name] = measures[name]
    return found
