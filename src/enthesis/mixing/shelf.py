"""From the library to stocks that can be mixed: any strength of a known component, and the diluents on the shelf."""

from collections.abc import Iterable
from fractions import Fraction

from enthesis.knowledge import BadInput, Entry, Library, LibraryError
from enthesis.mixing.quantities import require, shown
from enthesis.mixing.solutions import Solution, Substance, Vial
from enthesis.mixing.stock import Role, Stock

KIND = "solutions"

# Weaker than this is water; a stock of nothing could reach no strength at all. Our judgement.
WEAKEST_STOCK_PERCENT = Fraction(1, 100)


def on_the_shelf(library: Library) -> tuple[Entry[Solution], ...]:
    """Every entry that is a stock to draw from, in order of id."""
    return tuple(entry for entry in library.entries(KIND, Solution) if entry.body.stock)


def substance_of(library: Library, component: str) -> Substance:
    """What a component is. Raises BadInput naming those there are; LibraryError when two files disagree about it."""
    known = [(entry.body.component, entry.body.substance) for entry in library.entries(KIND, Solution)]
    found = [substance for name, substance in known if substance and name == component]
    if not found:
        there = either(name for name, substance in known if substance)
        raise BadInput(f"component: {component!r} is not known; expected {there}")
    if len(found) > 1:  # a clinic's stricter limit must replace the shipped file, never stand beside it unread
        raise LibraryError(f"{KIND}: {component!r} is described in more than one file; expected one")
    return found.pop()


def stock_of(library: Library, component: str, *, percent: Fraction, form: str = "") -> Stock:
    """A stock of a known component at any strength that is sold. Raises BadInput naming the option."""
    substance = substance_of(library, component)
    require(f"{component}-stock", percent, low=WEAKEST_STOCK_PERCENT, high=substance.strongest, unit="percent")
    return _stock(component, substance, percent, form)


def listed(library: Library, component: str, *, percent: Fraction | None = None, form: str = "") -> Stock:
    """A stock by whatever name: a diluent as it stands on the shelf, anything else at the strength given.

    Raises BadInput for a strength that is missing, or is not that of the diluent.
    """
    shelf = diluents(library)
    if component not in shelf:
        if percent is None:
            substance_of(library, component)
            raise BadInput(f"{component}: the strength of the vial is missing; expected one such as {component}@1")
        return stock_of(library, component, percent=percent, form=form)
    if percent is not None and percent != shelf[component].percent:
        raise BadInput(
            f"{component}-stock: {shown(percent)}% is not on the shelf; expected {shown(shelf[component].percent)}"
        )
    return diluent(library, component)


def diluent(library: Library, name: str) -> Stock:
    """The stock of a diluent by name. Raises BadInput naming the diluents there are."""
    there = diluents(library)
    if name not in there:
        raise BadInput(f"diluent: {name[:20]!r} is not on the shelf; expected {either(there)}")
    return _stock(name, substance_of(library, name), there[name].percent, there[name].form)


def diluents(library: Library) -> dict[str, Vial]:
    """Each diluent on the shelf by name, in order of id: the choices of `--diluent`."""
    return {
        entry.body.component: entry.body.stock
        for entry in on_the_shelf(library)
        if entry.body.stock and substance_of(library, entry.body.component).role == Role.DILUENT
    }


def anaesthetics(library: Library) -> dict[str, Substance]:
    """The local anaesthetics of the library by name."""
    known = [(entry.body.component, entry.body.substance) for entry in library.entries(KIND, Solution)]
    return {name: substance for name, substance in known if substance and substance.role == Role.ANAESTHETIC}


def either(names: Iterable[str]) -> str:
    """Names as choices in a sentence: a, b or c."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _stock(component: str, substance: Substance, percent: Fraction, form: str) -> Stock:
    chosen = substance.form(form)
    return Stock(
        component=component,
        percent=percent,
        role=substance.role,
        form=chosen.name,
        osmolarity_mosm_per_l=chosen.osmolarity_mosm_per_l(percent),
        ceiling=chosen.ceiling,
        cautions=tuple(text for text in (substance.caution, chosen.caution) if text),
        in_joint=substance.in_joint,
    )
