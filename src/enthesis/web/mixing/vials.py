"""The vials to choose from: every stock of the library by component, and each component at another strength."""

from collections.abc import Iterable

from enthesis.clinic.library import library
from enthesis.knowledge import BadInput
from enthesis.mixing import Solution, Substance, anaesthetics, diluents, on_the_shelf

Choices = list[tuple[str, str | list[tuple[str, str]]]]
OTHER = "typed %"
MORE_DILUENTS = ("dextrose@5:hydrous", "dextrose@10:hydrous")


def vials(*, diluents_too: bool = False, only: Iterable[str] | None = None) -> Choices:
    """Groups of vials by component for a select; the value is what the core reads: `dextrose@50:hydrous`."""
    substances = {
        entry.body.component: entry.body.substance
        for entry in library().entries("solutions", Solution)
        if entry.body.substance
    }
    wanted = substances if only is None else {name: substances[name] for name in only}
    thin = diluents(library())
    return [
        ("", "none"),
        *((spoken(name), _of(name, wanted[name])) for name in wanted if diluents_too or name not in thin),
    ]


def on_offer() -> set[str]:
    """The values of all vials to choose from, diluents too."""
    groups = [of for _, of in vials(diluents_too=True) if isinstance(of, list)]
    return {value for group in groups for value, _ in group}


def anaesthetic_vials() -> Choices:
    """Vials of local anaesthetics."""
    return vials(only=anaesthetics(library()))


def anaesthetic_names() -> list[tuple[str, str]]:
    """Local anaesthetics by name and form, for what was had elsewhere."""
    return [
        ("", "none"),
        *(
            (f"{name}:{form.name}", f"{spoken(name)} ({spoken(form.name)})")
            for name, substance in anaesthetics(library()).items()
            for form in substance.forms
        ),
    ]


def diluent_choices() -> list[tuple[str, str]]:
    """Saline first, then what else may fill the rest: a weaker dextrose vial too."""
    return [
        *((name, spoken(name)) for name in diluents(library())),
        *((vial, f"{vial.partition('@')[2].partition(':')[0]}% dextrose (hydrous)") for vial in MORE_DILUENTS),
    ]


def vial_of(chosen: str, strength: str, *, row: str) -> tuple[str, str]:
    """The component, and `@strength:form` of the vial of a row. Raises BadInput naming the row without a strength."""
    name, at, known = chosen.partition("@")
    if at or name in diluents(library()):
        if strength.strip():
            raise BadInput(f"{row}: a strength was typed beside a vial that has its own; clear it, or choose {OTHER!r}")
        return name, f"@{known}" if at else ""
    name, _, form = chosen.partition(":")
    if not strength.strip():
        raise BadInput(f"{row}: the vial's own strength is missing; expected a number in %, such as 1")
    return name, f"@{strength.strip()}:{form}" if form else f"@{strength.strip()}"


def spoken(name: str) -> str:
    """A name of the library as people say it."""
    return name.replace("-", " ").replace("_", " ")


def _of(name: str, substance: Substance) -> list[tuple[str, str]]:
    stocks = [entry.body.stock for entry in on_the_shelf(library()) if entry.body.component == name]
    listed = sorted((stock for stock in stocks if stock), key=lambda stock: stock.percent)
    if name in diluents(library()):
        return [(name, spoken(name))]
    known = [
        (f"{name}@{stock.strength_percent:g}:{stock.form}", _named(name, stock.strength_percent, stock.form))
        for stock in listed
    ]
    others = [
        (f"{name}:{form.name}" if form.name else name, f"{_named(name, None, form.name)}, {OTHER}")
        for form in substance.forms
    ]
    return [*known, *others]


def _named(name: str, percent: float | None, form: str) -> str:
    strength = "" if percent is None else f"{percent:g}% "
    return f"{strength}{spoken(name)}" + (f" ({spoken(form)})" if form else "")
