"""`enthesis mix` and `enthesis drawn`: what to draw for these strengths, and what it is that was drawn."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.given import printed
from enthesis.knowledge import BadInput, Library

if TYPE_CHECKING:
    from enthesis.mixing import Patient

Json = Annotated[
    bool, typer.Option("--json", help="Print JSON; with the two-component options exactly the contract's keys.")
]
Text = str | None
Many = list[str] | None
Dextrose = Annotated[Text, typer.Option(help="Net dextrose, percent.")]
Lidocaine = Annotated[Text, typer.Option(help="Net lidocaine, percent.")]
Volume = Annotated[Text, typer.Option(help="Volume in all, mL.")]
DextroseStock = Annotated[str, typer.Option(help="Strength of the dextrose stock, percent.")]
LidocaineStock = Annotated[str, typer.Option(help="Strength of the lidocaine stock, percent.")]
Hydrous = Annotated[bool, typer.Option("--hydrous/--anhydrous", help="The form of the dextrose stock.")]
Weight = Annotated[Text, typer.Option(help="The patient's weight; without it no dose limit is calculated.")]
Skin = Annotated[Many, typer.Option(help="Anaesthetic into the skin, mL of a vial: lidocaine@1=3. Repeatable.")]
Elsewhere = Annotated[Many, typer.Option(help="Anaesthetic had elsewhere that day, mg: lidocaine=100. Repeatable.")]
Limits = Annotated[
    Text, typer.Option(help="label, or strict: lidocaine 3 mg/kg (6 with epinephrine) of at most 70 kg.")
]
Into = Annotated[Text, typer.Option(help="joint or soft-tissue; left out, a joint is thought of.")]
Parts = Annotated[Many, typer.Option(help="Net percent at the vial's percent: dextrose=15@50:hydrous. Repeatable.")]
Diluent = Annotated[str, typer.Option(help="saline, water, bacteriostatic-water, or a weaker vial: dextrose@5.")]
Syringes = Annotated[Text, typer.Option(help="3x10, 5+5+2, 2x8in10: each is drawn up and rounded by itself.")]


def mix_recipe(
    dextrose: Dextrose = None,
    lidocaine: Lidocaine = None,
    volume_ml: Volume = None,
    dextrose_stock: DextroseStock = "50",
    lidocaine_stock: LidocaineStock = "1",
    diluent: Diluent = "saline",
    weight_kg: Weight = None,
    hydrous: Hydrous = True,
    part: Parts = None,
    syringes: Syringes = None,
    skin: Skin = None,
    elsewhere: Elsewhere = None,
    limits: Limits = None,
    into: Into = None,
    as_json: Json = False,
) -> None:
    """What to draw up for --dextrose, --lidocaine and --volume-ml, or any number of --part; is the dose within limits?"""
    from enthesis import mixing

    form = "hydrous" if hydrous else "anhydrous"
    if part or syringes or skin or elsewhere or limits or into or "@" in diluent:
        two = (("dextrose", dextrose, f"{dextrose_stock}:{form}"), ("lidocaine", lidocaine, lidocaine_stock))
        patient = _patient(weight_kg=weight_kg, skin=skin, elsewhere=elsewhere, limits=limits, into=into)
        batch = mixing.what_to_draw(
            Library.shipped(),
            parts=_parts(part, two),
            diluent=diluent,
            volume_ml=volume_ml or "",
            syringes=syringes or "",
            patient=patient,
        )
        _tell(mixing.batch_as_json(batch) if as_json else None, mixing.batch_lines(batch), batch.warnings)
        return
    asked = {"dextrose": dextrose, "lidocaine": lidocaine, "volume_ml": volume_ml}
    stocks = {"dextrose_stock": dextrose_stock, "lidocaine_stock": lidocaine_stock, "diluent": diluent}
    made = mixing.mix(Library.shipped(), **_all_there(asked), **stocks, dextrose_form=form, weight_kg=weight_kg)
    lines = mixing.recipe_lines(made) if made.feasible else ("This cannot be made.",)
    _tell(mixing.mixture_as_json(made) if as_json else None, lines, made.warnings)


def identify(
    draw: Annotated[
        list[str], typer.Option(help="A vial and the mL taken from it: dextrose@50:hydrous=3. Repeatable.")
    ],
    weight_kg: Weight = None,
    skin: Skin = None,
    elsewhere: Elsewhere = None,
    limits: Limits = None,
    into: Into = None,
    as_json: Json = False,
) -> None:
    """I have drawn this: what is it? The net strengths, osmolarity and dose of what is in the syringe."""
    from enthesis import mixing

    patient = _patient(weight_kg=weight_kg, skin=skin, elsewhere=elsewhere, limits=limits, into=into)
    found = mixing.what_is_it(Library.shipped(), draws=tuple(draw), patient=patient)
    said = mixing.composition_as_json(found.made, found.session, found.warnings) if as_json else None
    _tell(said, mixing.composition_lines(found.made, found.session), found.warnings)


def _patient(*, weight_kg: Text, skin: Many, elsewhere: Many, limits: Text, into: Text) -> "Patient":
    from enthesis.mixing import Patient

    return Patient(weight_kg or "", tuple(skin or ()), tuple(elsewhere or ()), limits or "label", into or "")


def _parts(part: Many, two: Iterable[tuple[str, Text, str]]) -> tuple[str, ...]:
    """The parts as typed, or the two components written as parts; one left out is not in the mixture."""
    asked = [(name, net, stock) for name, net, stock in two if net is not None]
    if part and asked:
        raise BadInput(f"part: write every component as a --part, or none; --{asked[0][0]} was given beside it")
    found = tuple(part or (f"{name}={net}@{stock}" for name, net, stock in asked))
    if not found:
        raise BadInput("part: nothing to mix was named; expected such as --part dextrose=15@50:hydrous")
    return found


def _all_there(asked: dict[str, Text]) -> dict[str, str]:
    """The options without which there is nothing to work out. Raises BadInput naming the first that is missing."""
    for name, value in asked.items():
        if value is None:
            option = name.replace("_", "-")
            raise BadInput(
                f"{option}: --{option} is missing; expected it, or any number of --part such as dextrose=15@50"
            )
    return {name: value for name, value in asked.items() if value is not None}


def _tell(as_json: object, lines: Iterable[str], warnings: Iterable[str]) -> None:
    """JSON where it was asked for, else the lines with every warning after them."""
    if as_json is not None:
        printed(as_json)
        return
    for line in lines:
        print(line)
    for warning in warnings:
        print(f"! {warning}")
