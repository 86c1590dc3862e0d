"""What goes into a fit: arms and differences on the scale of their outcome."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """One arm as it goes into a fit: on the scale of the outcome, low is good. Events count people who got better."""

    trial: str
    node: str
    n: int
    mean: float = float("nan")
    sd: float = float("nan")
    events: int = 0


@dataclass(frozen=True)
class Gap:
    """One printed difference as it goes into a fit, on the scale of the outcome, with the SE of its 95% interval."""

    trial: str
    node: str
    versus: str
    estimate: float
    se: float
