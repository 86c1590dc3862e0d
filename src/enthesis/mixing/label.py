"""What is written down while drawing up: the lines of the recipe, and the label of the syringe.

Every line says which strength is the stock's and which is net, so that the one is never taken for the other.
"""

from datetime import datetime

from enthesis.knowledge import BadInput
from enthesis.mixing.mixture import Mixture
from enthesis.mixing.quantities import shown
from enthesis.mixing.stock import Composition, Draw, Role

BLANK = "________"


def recipe_lines(mixture: Mixture) -> tuple[str, ...]:
    """What to draw, in order. Raises BadInput for a mixture that cannot be made."""
    made = _made(mixture)
    return tuple(f"Draw {_drawn(draw)}{_net(draw, made)}" for draw in mixture.draws)


def label_lines(
    mixture: Mixture, *, prepared_by: str, prepared_at: datetime, discard_by: datetime | None = None
) -> tuple[str, ...]:
    """The lines of the syringe label. When it is to be discarded is the clinic's to say; without it a blank is left.

    Times are printed as given, so give the clinic's own. Raises BadInput for a mixture that cannot be made.
    """
    made = _made(mixture)
    osmolarity = made.osmolarity_mosm_per_l
    return (
        f"{shown(made.volume_ml)} mL in all",
        *(f"{draw.stock.component.capitalize()}{_net(draw, made)}; from {_drawn(draw)}" for draw in mixture.draws),
        f"Osmolarity {'not known' if osmolarity is None else f'{round(osmolarity)} mOsm/L, calculated'}",
        f"Prepared by {prepared_by.strip() or BLANK} at {_time(prepared_at)}",
        f"Discard by {BLANK if discard_by is None else _time(discard_by)}",
    )


def _drawn(draw: Draw) -> str:
    return f"{shown(draw.volume_ml)} mL of {draw.stock.name} stock"


def _net(draw: Draw, made: Composition) -> str:
    if draw.stock.role == Role.DILUENT:
        return ""
    net = f": net {shown(made.percent(draw.stock.component))}%"
    return f"{net}, {shown(draw.mg)} mg in all" if draw.stock.role == Role.ANAESTHETIC else net


def _made(mixture: Mixture) -> Composition:
    if mixture.made is None:
        raise BadInput("mixture: this cannot be made, so there is nothing to write down; expected a feasible recipe")
    return mixture.made


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
