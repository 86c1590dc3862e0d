"""What may be believed of heterogeneity before the trials are seen: a density of tau, said in words.

The published quartiles of tau2 are those that CINeMA uses (Turner 2012, Rhodes 2015; GitHub esm-ispm-unibe-ch/cinema,
heterogeneity/reference.json) for standardised differences in pain, quality of life and functioning. Between the
quartiles a log-normal density is taken, which is ours to choose: their logarithms lie nearly evenly about the median.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.knowledge import BadInput

QUARTILE = 0.6744897501960817  # standard deviations from the middle of a normal density to its quartile
FAR = 8.0  # standard deviations beyond which a prior holds nothing that could be seen


class Prior(Protocol):
    """A density of tau above 0."""

    def log_density(self, tau: Floats) -> Floats:
        """Up to a constant."""
        ...

    @property
    def largest(self) -> float:
        """More tau than this the prior does not believe in."""
        ...

    def sentence(self) -> str:
        """The prior in words."""
        ...


@dataclass(frozen=True)
class Uniform:
    """Every tau up to `upper` is as likely, as gemtc and BUGSnet assume."""

    upper: float

    def __post_init__(self) -> None:
        """Refuse what is no bound."""
        _above_zero(self.upper, "upper")

    def log_density(self, tau: Floats) -> Floats:
        """Flat up to the bound."""
        return np.where(tau <= self.upper, 0.0, -np.inf)

    @property
    def largest(self) -> float:
        """The bound."""
        return self.upper

    def sentence(self) -> str:
        """In words."""
        return f"every tau up to {self.upper:g} is as likely beforehand"


@dataclass(frozen=True)
class HalfNormal:
    """The size of a normal number with this standard deviation: small tau is likelier than large."""

    scale: float

    def __post_init__(self) -> None:
        """Refuse what is no scale."""
        _above_zero(self.scale, "scale")

    def log_density(self, tau: Floats) -> Floats:
        """Half of a normal density."""
        return -0.5 * (tau / self.scale) ** 2

    @property
    def largest(self) -> float:
        """Some standard deviations."""
        return FAR * self.scale

    def sentence(self) -> str:
        """In words."""
        return f"tau is half-normal beforehand, with scale {self.scale:g}"


@dataclass(frozen=True)
class LogNormal:
    """The logarithm of tau2 is normal: `median` of tau2, and the standard deviation of its logarithm."""

    median: float
    spread: float

    def __post_init__(self) -> None:
        """Refuse what is no median or spread."""
        _above_zero(self.median, "median")
        _above_zero(self.spread, "spread")

    def log_density(self, tau: Floats) -> Floats:
        """Of tau: the density of log tau2 times 2 / tau."""
        safe = np.maximum(tau, np.finfo(float).tiny)
        return -0.5 * ((2 * np.log(safe) - math.log(self.median)) / self.spread) ** 2 - np.log(safe)

    @property
    def largest(self) -> float:
        """Some standard deviations, on the scale of tau."""
        return math.sqrt(self.median * math.exp(FAR * self.spread))

    def sentence(self) -> str:
        """In words."""
        return f"tau2 is log-normal beforehand, with median {self.median:g} and quartiles {self._at(-1):.3g} and {self._at(1):.3g}"

    def _at(self, side: int) -> float:
        return self.median * math.exp(side * QUARTILE * self.spread)


QUARTILES = {  # of tau2 of an SMD
    "pain, non-drug comparison": (0.0094, 0.0488, 0.254),
    "pain, drug against placebo": (0.0069, 0.0424, 0.261),
}


def published(name: str) -> LogNormal:
    """A published prior by its name. Raises BadInput naming those there are."""
    if name not in QUARTILES:
        raise BadInput(f"prior {name!r}: one of {'; '.join(QUARTILES)} was expected")
    low, median, high = QUARTILES[name]
    return LogNormal(median, math.log(high / low) / (2 * QUARTILE))


def _above_zero(value: float, name: str) -> None:
    if not (math.isfinite(value) and value > 0):
        raise BadInput(f"{name} of the prior: a number above 0 was expected, not {value!r}")


KINDS: dict[str, Callable[..., Prior]] = {"uniform": Uniform, "half-normal": HalfNormal, "log-normal": LogNormal}


def prior_of(text: str) -> Prior:
    """A prior as it is typed: `uniform:2`, `half-normal:0.5`, `log-normal:0.05:1.5`, or the name of a published one.

    Raises BadInput saying what was expected.
    """
    if text in QUARTILES:
        return published(text)
    kind, _, rest = text.strip().lower().partition(":")
    try:
        numbers = [float(part) for part in rest.split(":")]
        return KINDS[kind](*numbers)
    except BadInput:
        raise
    except (KeyError, TypeError, ValueError):
        listed = "; ".join(QUARTILES)
        raise BadInput(
            f"prior {text!r}: uniform:UPPER, half-normal:SCALE, log-normal:MEDIAN:SPREAD or one of {listed} was expected"
        ) from None
