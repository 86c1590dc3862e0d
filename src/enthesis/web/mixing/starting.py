"""What stands in the fields to begin with: the usual vials, a mixture of a trial, a recipe that was kept."""

from collections.abc import Mapping
from typing import Any

from enthesis.clinic.library import library
from enthesis.mixing import (
    Part,
    Stock,
    asked,
    decimal,
    diluents,
    exact,
    handling,
    listed,
    read_elsewhere,
    read_vial,
    read_wanted,
    recorded_mixtures,
    shown,
)
from enthesis.web.mixing.vials import on_offer

BLANK = {"vial": ""}
MIXTURE = [{"vial": "dextrose@50:hydrous", "net": "15"}, {"vial": "lidocaine@1:plain", "net": "0.2"}, BLANK]
DRAWN = [
    {"vial": "dextrose@50:hydrous", "ml": "3"},
    {"vial": "lidocaine@1:plain", "ml": "2"},
    {"vial": "saline", "ml": "5"},
    BLANK,
]


def usual_fields(name: str) -> dict[str, str]:
    """The fields that are not a row's: 10 mL, the usual hours, and whoever is signed in as the one who prepares."""
    return {
        "volume_ml": "10",
        "prepared_by": name.partition(" <")[0],
        "discard_hours": shown(handling(library()).hours()),
    }


def from_request(request: Mapping[str, Any]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The fields and the rows of a recipe as it was kept, with a row left for one component more."""
    said = asked(request)
    fields = {name: str(value) for name, value in said.items() if isinstance(value, str)}
    rows = [_kept_row(part) for part in said.get("parts", ())]
    for line in said.get("skin", ())[:1]:
        vial, _, ml = line.partition("=")
        fields |= {f"skin_{name}": value for name, value in _vial(read_vial(library(), vial)).items()} | {"skin_ml": ml}
    for line in said.get("elsewhere", ())[:1]:
        given = read_elsewhere(library(), line)
        fields |= {"elsewhere": f"{given.component}:{given.form}", "elsewhere_mg": decimal(given.mg)}
    return fields, [*rows, BLANK]


def _kept_row(part: str) -> dict[str, str]:
    wanted = read_wanted(library(), part)
    return _vial(wanted.stock) | {"net": decimal(wanted.percent)}


def _vial(stock: Stock) -> dict[str, str]:
    """A vial that is on offer as it is; any other by its component with its own strength typed."""
    kept = f"{stock.component}@{decimal(stock.percent)}:{stock.form}"
    if kept in on_offer():
        return {"vial": kept}
    name = f"{stock.component}:{stock.form}" if stock.form else stock.component
    return {"vial": name, "strength": decimal(stock.percent)}


def from_recorded(id: str) -> list[dict[str, str]]:
    """The rows of a recorded mixture whose parts were all read; none for any other."""
    for entry in recorded_mixtures(library()):
        if entry.id == id and all(part.ml and part.stock_percent is not None for part in entry.body.parts):
            return [_row(part) for part in entry.body.parts]
    return []


def _row(part: Part) -> dict[str, str]:
    """A vial typed by its own strength, so that nothing depends on which vials are on the shelf."""
    ml, strength = f"{part.ml:g}", f"{part.stock_percent:g}"
    if part.component in diluents(library()):
        return {"vial": part.component, "ml": ml}
    form = listed(library(), part.component, percent=exact("strength", strength), form=part.form).form
    return {"vial": f"{part.component}:{form}" if form else part.component, "strength": strength, "ml": ml}
