"""What is written down while drawing up: the lines of the recipe, and the label of each syringe.

Every line says which strength is the stock's and which is net, so that the one is never taken for the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from enthesis.knowledge import BadInput
from enthesis.mixing.discard import Lot, require_in_date
from enthesis.mixing.mixture import Mixture
from enthesis.mixing.quantities import shown
from enthesis.mixing.stock import Composition, Draw, Role, Stock

BLANK = "________"


@dataclass(frozen=True)
class Content:
    """One line of a label: what it is, its net strength and amount, and the vial it was drawn from."""

    name: str
    net: str
    drawn: str
    lot: str = ""

    @property
    def line(self) -> str:
        """The whole line: net strength first, the vial's own beside it."""
        return f"{self.name}{self.net}; from {self.drawn}{self.lot}"


@dataclass(frozen=True)
class Label:
    """What stands on a syringe, ready to print."""

    name: str
    volume: str
    contents: tuple[Content, ...]
    osmolarity: str
    prepared: str
    discard: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The label from top to bottom."""
        named = (f"Syringe {self.name}",) if self.name else ()
        return (*named, self.volume, *(one.line for one in self.contents), self.osmolarity, self.prepared, self.discard)


def recipe_lines(mixture: Mixture) -> tuple[str, ...]:
    """What to draw, in order. Raises BadInput for a mixture that cannot be made."""
    return drawing_lines(_made(mixture))


def drawing_lines(made: Composition) -> tuple[str, ...]:
    """What to draw, in order, and the net strength that each gives."""
    return tuple(f"Draw {_drawn(draw)}{_net(draw, made)}" for draw in made.draws)


def label_lines(
    mixture: Mixture, *, prepared_by: str, prepared_at: datetime, discard_by: datetime | None = None
) -> tuple[str, ...]:
    """The lines of the label of a mixture in one syringe. Raises BadInput for one that cannot be made."""
    return label(_made(mixture), prepared_by=prepared_by, prepared_at=prepared_at, discard_by=discard_by).lines


def label(
    made: Composition,
    *,
    prepared_by: str,
    prepared_at: datetime,
    discard_by: datetime | None = None,
    name: str = "",
    lots: Mapping[Stock, Lot] | None = None,
) -> Label:
    """The label of a syringe. When it is to be discarded is the clinic's to say; without it a blank is left.

    Times are printed as given, so give the clinic's own. Raises BadInput for a vial that is out of date that day.
    """
    known = lots or {}
    for draw in made.draws:
        require_in_date(draw.stock.name, known.get(draw.stock, Lot()), on=prepared_at.date())
    return Label(
        name=name,
        volume=f"{shown(made.volume_ml)} mL in all",
        contents=tuple(_content(draw, made, known.get(draw.stock)) for draw in made.draws),
        osmolarity=f"Osmolarity {osmolarity_words(made)}",
        prepared=f"Prepared by {prepared_by.strip() or BLANK} at {_time(prepared_at)}",
        discard=f"Discard by {BLANK if discard_by is None else _time(discard_by)}",
    )


def osmolarity_words(made: Composition) -> str:
    """The osmolarity in words; where a part of it is not known, what the rest gives by itself."""
    if made.osmolarity_mosm_per_l is not None:
        return f"{round(made.osmolarity_mosm_per_l)} mOsm/L, calculated"
    if not made.osmolarity_at_least_mosm_per_l:
        return "not known"
    unknown = " and ".join(made.osmolarity_not_known_of)
    return f"not known, at least {int(made.osmolarity_at_least_mosm_per_l)} mOsm/L without the {unknown}"


def _content(draw: Draw, made: Composition, lot: Lot | None) -> Content:
    return Content(
        name=draw.stock.component.replace("-", " ").capitalize(),
        net=_net(draw, made),
        drawn=_drawn(draw),
        lot=_lot(lot) if lot else "",
    )


def _lot(lot: Lot) -> str:
    number = f", lot {lot.number}" if lot.number else ""
    return number + (f", expires {lot.expires_on.isoformat()}" if lot.expires_on else "")


def _drawn(draw: Draw) -> str:
    return f"{shown(draw.volume_ml)} mL of {draw.stock.name} stock"


def _net(draw: Draw, made: Composition) -> str:
    if draw.stock.role == Role.DILUENT:
        return ""
    net = f": net {shown(made.percent(draw.stock.component))}%"
    return f"{net}, {shown(made.mg(draw.stock.component))} mg in all" if draw.stock.role == Role.ANAESTHETIC else net


def _made(mixture: Mixture) -> Composition:
    if mixture.made is None:
        raise BadInput("mixture: this cannot be made, so there is nothing to write down; expected a feasible recipe")
    return mixture.made


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
