"""Names, numbers and scales as figures and tables show them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from enthesis.evidence.effects import RATIOS


@dataclass(frozen=True)
class Naming:
    """What treatments and studies are called for people, and the scale of the outcome in words.

    `better` says which way is good; `important` is on the scale of the analysis (log for ratios).
    """

    measure: str
    names: Mapping[str, str] = field(default_factory=dict)
    studies: Mapping[str, str] = field(default_factory=dict)
    better: str = "lower is better"
    important: float | None = None
    what: str = ""

    @property
    def is_ratio(self) -> bool:
        """Whether numbers are logs and are shown as ratios."""
        return self.measure in RATIOS

    def treatment(self, id: str) -> str:
        """A treatment for people."""
        return self.names.get(id, id)

    def study(self, id: str) -> str:
        """A study for people."""
        return self.studies.get(id, id)

    def shown(self, value: float | None) -> float | None:
        """A number of the analysis as it is shown: a ratio where the analysis is of its log."""
        if value is None or not math.isfinite(value):
            return None
        return math.exp(value) if self.is_ratio else value

    def text(self, value: float | None) -> str:
        """A number to two decimals, with a true minus."""
        found = self.shown(value)
        return "–" if found is None else signed(found)

    def interval(self, low: float | None, high: float | None) -> str:
        """Two numbers as an interval."""
        return f"{self.text(low)} to {self.text(high)}"

    @property
    def nothing(self) -> float:
        """No difference, as it is shown."""
        return 1.0 if self.is_ratio else 0.0

    @property
    def axis(self) -> str:
        """The title of an axis of effects."""
        said = {
            "MD": "mean difference",
            "SMD": "standardised mean difference",
            "OR": "odds ratio",
            "RR": "risk ratio",
            "RD": "risk difference",
            "ROM": "ratio of means",
        }.get(self.measure, "effect")
        return f"{said}{f' in {self.what}' if self.what else ''} ({self.better})"


def signed(value: float, digits: int = 2) -> str:
    """A number with a true minus; what rounds to nothing has no sign."""
    said = f"{value:.{digits}f}"
    return said.removeprefix("-") if not float(said) else said.replace("-", "\u2212")
