"""What a clinician should know before drawing a mixture up: one calm sentence each."""

from collections.abc import Iterator
from fractions import Fraction

from enthesis.mixing.dose import Dose
from enthesis.mixing.mixture import Mixture, Wanted
from enthesis.mixing.quantities import shown, shown_at_least, shown_at_most


def cautions(mixture: Mixture) -> tuple[str, ...]:
    """The sentences, in the order in which they matter while drawing up."""
    if not mixture.draws:
        return tuple(_cannot_be_made(mixture))
    return (*_rounded(mixture), *_odd_total(mixture), *_doses(mixture))


def _cannot_be_made(mixture: Mixture) -> Iterator[str]:
    recipe = mixture.recipe
    if recipe.fits:
        yield from (_too_little(mixture, wanted, ml) for wanted, ml in recipe.needed if ml < recipe.graduation_ml)
        return
    parts = " and ".join(f"{shown_at_least(ml)} mL of {wanted.stock.name} stock" for wanted, ml in recipe.needed)
    yield f"This cannot be mixed: it would take {parts}, more than the {shown(recipe.volume_ml)} mL asked for."
    stocks = {wanted.stock.component: wanted.stock.name for wanted in recipe.wanted}
    for nearest in mixture.alternatives:
        yield (
            f"With everything else as asked, {stocks[nearest.option]} stock reaches a net strength "
            f"of at most {shown_at_most(nearest.value)}%."
        )


def _too_little(mixture: Mixture, wanted: Wanted, ml: Fraction) -> str:
    larger = "".join(f"make at least {shown(volume.value)} mL in all, or " for volume in mixture.alternatives)
    return (
        f"This cannot be measured: {shown_at_least(ml)} mL of {wanted.stock.name} stock would be needed, and the "
        f"syringe is read to {shown(mixture.recipe.graduation_ml)} mL; "
        f"{larger}use a weaker stock or a finer syringe."
    )


def _rounded(mixture: Mixture) -> Iterator[str]:
    drawn = {draw.stock: draw.volume_ml for draw in mixture.draws}
    for wanted, ml in mixture.recipe.needed:
        if drawn[wanted.stock] != ml:
            net = drawn[wanted.stock] / mixture.recipe.volume_ml * wanted.stock.percent
            yield (
                f"{shown(ml)} mL of {wanted.stock.name} stock cannot be read to "
                f"{shown(mixture.recipe.graduation_ml)} mL; drawing {shown(drawn[wanted.stock])} mL gives a net "
                f"strength of {shown(net)}% instead of {shown(wanted.percent)}%."
            )


def _odd_total(mixture: Mixture) -> Iterator[str]:
    recipe = mixture.recipe
    if recipe.volume_ml % recipe.graduation_ml:
        yield (
            f"A total of {shown(recipe.volume_ml)} mL cannot be read to {shown(recipe.graduation_ml)} mL; "
            f"the {recipe.diluent.component} makes up the difference."
        )


def _doses(mixture: Mixture) -> Iterator[str]:
    given = [(dose, dose.mg) for dose in mixture.doses if dose.mg]
    for dose, mg in given:
        yield from _dose(dose, mg)
    if len(given) > 1:
        yield (
            f"This holds {len(given)} local anaesthetics ({', '.join(dose.component for dose, _ in given)}); "
            "their toxic effects add up, and labels advise against mixing them."
        )
        if mixture.within_dose_limit is False:
            yield (
                "Together the local anaesthetics are more than a healthy adult may have in one session; "
                "do not give them in one session."
            )


def _dose(dose: Dose, mg: Fraction) -> Iterator[str]:
    ceiling = dose.ceiling
    if ceiling is None:
        yield f"No ceiling for {dose.component} is known here, so its dose was not judged."
        return
    if dose.max_mg is None:
        yield (
            f"No weight was given, so the most {dose.component} this patient may have was not calculated; "
            "weigh the patient before anything is injected."
        )
    most = ceiling.mg if dose.max_mg is None else dose.max_mg  # the fixed ceiling holds whatever the weight
    if mg > most:
        yield (
            f"This holds {shown(mg)} mg of {dose.component}, more than the ceiling of {shown(most)} mg for a "
            f"healthy adult ({shown(ceiling.mg_per_kg)} mg/kg, never above {shown(ceiling.mg)} mg); "
            "do not give it in one session."
        )
