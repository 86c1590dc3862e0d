"""The tables of the page of further questions."""

from enthesis.evidence.figures import Naming
from enthesis.evidence.figures.naming import signed
from enthesis.evidence.review.further import Further
from enthesis.evidence.sequential import Look

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]  # columns, then rows
NO_TABLE: Table = ((), ())


def class_rows(found: Further, naming: Naming) -> Table:
    """Each treatment against the reference: by itself, and drawn towards its kind."""
    if isinstance(found.classes, str):
        return NO_TABLE
    reference, rows = found.network.reference, []
    for row in found.classes.treatments():
        treatment, versus = str(row["treatment"]), str(row["versus"])
        if reference not in (treatment, versus):
            continue
        turn, name = (1.0, treatment) if versus == reference else (-1.0, versus)
        ends = sorted((turn * float(row["lower"]), turn * float(row["upper"])))
        alone = found.network.between(name, reference).random
        rows.append(
            (
                naming.treatment(name),
                f"{naming.text(alone['estimate'])} ({naming.interval(alone['lower'], alone['upper'])})",
                f"{naming.text(turn * float(row['estimate']))} ({naming.interval(*ends)})",
            )
        )
    return (
        f"Treatment, against {naming.treatment(reference)}",
        "By itself (95%)",
        "Drawn towards its kind (95%)",
    ), tuple(rows)


def look_rows(found: Further, naming: Naming) -> Table:
    """Every look."""
    if isinstance(found.looks, str):
        return NO_TABLE
    rows = tuple(
        (
            naming.study(look.study),
            str(look.studies),
            f"{look.fraction:.0%}",
            naming.text(look.estimate),
            signed(look.statistic),
            _boundary(look, told=look is found.looks.looks[-1] or len(found.undated) < len(found.network.studies)),
        )
        for look in found.looks.looks
    )
    return ("After", "Studies", "Of the information", "Estimate", "Estimate / its error", "Boundary"), rows


def _boundary(look: Look, *, told: bool) -> str:
    """The boundary; that it was crossed is told where the order of the looks means something."""
    if look.boundary is None:
        return "none left"
    return f"{signed(look.boundary)}, crossed" if look.crossed and told else signed(look.boundary)


def missing_rows(found: Further, naming: Naming) -> Table:
    """Each estimate against the reference, and the pair that is looked at."""
    if isinstance(found.missing, str):
        return NO_TABLE
    rows = []
    for one in found.missing.estimates:
        sides, pulled = (one.treatment, one.versus), (one.towards_treatment, one.towards_versus)
        if sides[0] == found.network.reference:
            sides, pulled = sides[::-1], pulled[::-1]
        if found.network.reference in sides or set(sides) == set(found.pair):
            small = naming.treatment(one.small_studies) if one.small_studies else "–"
            small = "cannot be told" if one.adjusted is None else small
            rows.append(
                (
                    " against ".join(map(naming.treatment, sides)),
                    f"{pulled[0]:.0%} towards the first, {pulled[1]:.0%} towards the second",
                    small,
                    str(one.risk),
                )
            )
    return ("Estimate", "Comes through suspected comparisons", "Small studies favour", "Risk"), tuple(rows)


def time_rows(found: Further, naming: Naming) -> Table:
    """Each treatment in each span."""
    if isinstance(found.over_time, str):
        return NO_TABLE
    rows = []
    for place, (name, low, high) in enumerate(found.over_time.terms):
        one = found.over_time.estimates.at(place)
        rows.append(
            (
                naming.treatment(name),
                f"{low:.3g} to {high:.3g}",
                f"{naming.text(one['estimate'])} ({naming.interval(one['lower'], one['upper'])})",
                str(found.over_time.studies[place]),
            )
        )
    against = naming.treatment(found.over_time.reference)
    return (f"Treatment, against {against}", "Weeks", "Estimate (95%)", "Trials"), tuple(rows)
