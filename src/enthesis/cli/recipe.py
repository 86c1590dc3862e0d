"""`enthesis course mix`, `product` and `visit`: what the next session gives, a mixture, a product, or no needle at all."""

from enthesis.cli.course import Corrects, Details, Id, On, Reason
from enthesis.cli.given import a_date, an_object, printed
from enthesis.cli.mixing import (
    Dextrose,
    DextroseStock,
    Diluent,
    Elsewhere,
    Hydrous,
    Into,
    Lidocaine,
    LidocaineStock,
    Limits,
    Parts,
    Skin,
    Syringes,
    Volume,
    Weight,
)
from enthesis.cli.registry import Clinic


def mix(
    course: Id,
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
    corrects: Corrects = None,
    reason: Reason = "",
    clinic: Clinic = "",
) -> None:
    """Make the recipe for the next session and keep it: --dextrose and --lidocaine, or any number of --part."""
    from enthesis.cli.database import clinic_and_operator

    by = clinic_and_operator(clinic)[1]
    from enthesis.clinic.recipe import make_recipe
    from enthesis.knowledge import BadInput
    from enthesis.mixing import batch_as_json

    if part and (dextrose or lidocaine):
        raise BadInput(
            "part: write every component as a --part, or none; --dextrose or --lidocaine was given beside it"
        )
    request = {
        "dextrose": dextrose, "lidocaine": lidocaine, "dextrose_stock": dextrose_stock, "lidocaine_stock": lidocaine_stock,
        "dextrose_form": "hydrous" if hydrous else "anhydrous", "parts": part, "diluent": diluent, "volume_ml": volume_ml,
        "syringes": syringes, "weight_kg": weight_kg, "skin": skin, "elsewhere": elsewhere, "limits": limits, "into": into,
    }  # fmt: skip
    printed(batch_as_json(make_recipe(by=by, course=course, request=request, corrects=corrects, reason=reason)))


def product(
    course: Id,
    details: Details,
    weight_kg: Weight = None,
    corrects: Corrects = None,
    reason: Reason = "",
    clinic: Clinic = "",
) -> None:
    """Record the product of the next session, or correct one with --corrects and --reason; print the record's id."""
    from enthesis.cli.database import clinic_and_operator

    by = clinic_and_operator(clinic)[1]
    from enthesis.clinic.correct_product import correct_product
    from enthesis.clinic.product import prepare_product

    given = an_object(details)
    if corrects is None:
        print(prepare_product(by=by, course=course, given=given, weight_kg=weight_kg or "").pk)
        return
    kept = correct_product(
        by=by, course=course, given=given, corrects=corrects, reason=reason, weight_kg=weight_kg or None
    )
    print(kept.pk)


def visit(course: Id, on: On, details: Details, clinic: Clinic = "") -> None:
    """Record a visit of a treatment without a needle; print the session's id."""
    from enthesis.cli.database import clinic_and_operator

    by = clinic_and_operator(clinic)[1]
    from enthesis.clinic.product import record_visit

    print(record_visit(by=by, course=course, on=a_date("on", on), given=an_object(details)).pk)
