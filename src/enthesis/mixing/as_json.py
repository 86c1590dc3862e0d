"""A mixture as `enthesis mix --json` prints it.

`dextrose_percent`, `lidocaine_percent` and `lidocaine_mg` are what the drawn volumes give, after rounding to the marks;
where the exact volumes can be read they equal what was asked. The volumes in `draw` add up to the volume asked for.
A mixture that cannot be made has an empty `draw` and null for everything that would follow from it.
"""

from fractions import Fraction
from typing import TypedDict

from enthesis.mixing.mixture import Mixture


class DrawJson(TypedDict):
    """One line of `draw`: the strength is the stock's own, never the net one."""

    component: str
    stock_percent: float
    volume_ml: float


class MixtureJson(TypedDict):
    """Exactly these keys, in this order."""

    feasible: bool
    draw: list[DrawJson]
    dextrose_percent: float | None
    lidocaine_percent: float | None
    lidocaine_mg: float | None
    lidocaine_max_mg: float | None
    within_dose_limit: bool | None
    osmolarity_mosm_per_l: float | None
    warnings: list[str]


def mixture_as_json(mixture: Mixture) -> MixtureJson:
    """The contract's keys, each number the float nearest to the exact one."""
    made = mixture.made
    lidocaine = {dose.component: dose for dose in mixture.doses}.get("lidocaine")
    return MixtureJson(
        feasible=mixture.feasible,
        draw=[
            DrawJson(
                component=draw.stock.component, stock_percent=float(draw.stock.percent), volume_ml=float(draw.volume_ml)
            )
            for draw in mixture.draws
        ],
        dextrose_percent=number(made.percent("dextrose") if made else None),
        lidocaine_percent=number(made.percent("lidocaine") if made else None),
        lidocaine_mg=number(made.mg("lidocaine") if made else None),
        lidocaine_max_mg=number(lidocaine.max_mg if lidocaine else None),
        within_dose_limit=mixture.within_dose_limit,
        osmolarity_mosm_per_l=number(made.osmolarity_mosm_per_l if made else None),
        warnings=list(mixture.warnings),
    )


def number(value: Fraction | None) -> float | None:
    """The float nearest to an exact number; None stays None."""
    return None if value is None else float(value)
