"""A recipe as it is kept with a course: what was asked for as text, read again whenever it is needed, and what was made of it.

The text is what people type at the mixing room (`dextrose=15@50:hydrous`), so that the numbers stay exact. Recipes of
two components, kept by older versions or asked for by their names, are read as the same question.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from enthesis.knowledge import Library
from enthesis.mixing.asking import Patient, what_to_draw
from enthesis.mixing.batch import Batch
from enthesis.mixing.batch_as_json import batch_as_json
from enthesis.mixing.shelf import substance_of
from enthesis.mixing.stock import Stock
from enthesis.mixing.telling import strengths_words

Request = Mapping[str, Any]
LINES = ("parts", "skin", "elsewhere")
WORDS = ("diluent", "volume_ml", "syringes", "weight_kg", "limits", "into")
USUAL_STOCK = {"dextrose": "50", "lidocaine": "1"}


def asked(request: Request) -> dict[str, Any]:
    """The question in one shape: parts, and everything else as text; what was left out is left out. Raises nothing."""
    said = {name: _text(request.get(name)) for name in WORDS}
    lines = {name: _lines(request.get(name)) for name in LINES}
    lines["parts"] = lines["parts"] or _two_components(request)
    return {name: value for name, value in (lines | said).items() if value}


def batch_asked(library: Library, request: Request) -> Batch:
    """What to draw for a request, in either shape. Raises BadInput naming the field."""
    said = asked(request)
    return what_to_draw(
        library,
        parts=tuple(said.get("parts", ())),
        diluent=said.get("diluent", "saline"),
        volume_ml=said.get("volume_ml", ""),
        syringes=said.get("syringes", ""),
        patient=Patient(
            weight_kg=said.get("weight_kg", ""),
            skin=tuple(said.get("skin", ())),
            elsewhere=tuple(said.get("elsewhere", ())),
            limits=said.get("limits", "label"),
            into=said.get("into", ""),
        ),
    )


def kept(library: Library, request: Request, batch: Batch) -> tuple[dict[str, Any], dict[str, Any]]:
    """The request and the answer as a record keeps them: each draw with the name of its vial, the net strengths in words."""
    made = batch_as_json(batch)
    draws = [
        {**line, "form": draw.stock.form, "vial": vial_words(library, draw.stock)}
        for line, draw in zip(made["draw"], batch.draws, strict=True)
    ]
    net = strengths_words(batch.made) if batch.made else ""
    return asked(request) | {"volume_ml": decimal(batch.recipe.volume_ml)}, made | {"draw": draws, "net": net}


def net_words(mixture: Mapping[str, Any]) -> str:
    """The net strengths of a kept recipe in words, also of one kept by an older version."""
    if "net" in mixture:
        return str(mixture["net"])
    return f"{mixture['dextrose_percent']:g}% dextrose, {mixture['lidocaine_percent']:g}% lidocaine"


def stock_words(mixture: Mapping[str, Any]) -> str:
    """The vials a kept recipe was drawn from, so that their strengths stand beside the net ones; empty for no recipe."""
    return ", ".join(
        one.get("vial") or f"{one['component']} {one['stock_percent']:g}%".removesuffix(" 0%")
        for one in mixture.get("draw", ())
    )


def vial_words(library: Library, stock: Stock) -> str:
    """A vial as the shelf names it: `lidocaine 1%`; a form other than the usual one is said."""
    usual = substance_of(library, stock.component).form().name
    strength = f" {decimal(stock.percent)}%" if stock.percent else ""
    return f"{stock.component}{strength}" + ("" if stock.form == usual else f" {stock.form.replace('-', ' ')}")


def decimal(value: Fraction) -> str:
    """A number that was typed, written out again exactly."""
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def _two_components(request: Request) -> list[str]:
    forms = {"dextrose": _text(request.get("dextrose_form")) or "hydrous", "lidocaine": "plain"}
    stocks = {name: _text(request.get(f"{name}_stock")) or usual for name, usual in USUAL_STOCK.items()}
    net = {name: _text(request.get(name)) for name in forms}
    return [f"{name}={net[name]}@{stocks[name]}:{form}" for name, form in forms.items() if net[name]]


def _lines(value: object) -> list[str]:
    given: Sequence[object] = value if isinstance(value, list | tuple) else [value]
    return [line for line in map(_text, given) if line]


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
