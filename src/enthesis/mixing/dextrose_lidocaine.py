"""The question as the clinic asks it: dextrose and lidocaine at these net strengths, in this much."""

from enthesis.knowledge import Library
from enthesis.mixing.making import make
from enthesis.mixing.mixture import Mixture, Recipe, Wanted
from enthesis.mixing.quantities import Quantity, exact
from enthesis.mixing.shelf import diluent as diluent_stock
from enthesis.mixing.shelf import stock_of
from enthesis.mixing.syringes import graduation


def mix(
    library: Library,
    *,
    dextrose: Quantity,
    lidocaine: Quantity,
    volume_ml: Quantity,
    dextrose_stock: Quantity = "50",
    lidocaine_stock: Quantity = "1",
    diluent: str = "saline",
    dextrose_form: str = "hydrous",
    lidocaine_form: str = "plain",
    weight_kg: Quantity | None = None,
    syringe_ml: Quantity | None = None,
) -> Mixture:
    """What to draw up for these net strengths in percent.

    Raises BadInput, naming the option, for what cannot be meant. What is meant but cannot be made comes back as a
    Mixture that is not feasible. Volume of each stock: target strength x total volume / stock strength.
    """
    return make(
        Recipe(
            wanted=(
                _wanted(library, "dextrose", target=dextrose, stock=dextrose_stock, form=dextrose_form),
                _wanted(library, "lidocaine", target=lidocaine, stock=lidocaine_stock, form=lidocaine_form),
            ),
            diluent=diluent_stock(library, diluent),
            volume_ml=exact("volume-ml", volume_ml),
            graduation_ml=graduation(syringe_ml),
            weight_kg=None if weight_kg is None else exact("weight-kg", weight_kg),
        )
    )


def _wanted(library: Library, component: str, *, target: Quantity, stock: Quantity, form: str) -> Wanted:
    strength = exact(f"{component}-stock", stock)
    return Wanted(stock_of(library, component, percent=strength, form=form), exact(component, target))
