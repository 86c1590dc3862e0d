"""What a clinician should know before drawing a mixture up: one calm sentence each."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from enthesis.mixing.dose_cautions import session_cautions
from enthesis.mixing.mixture import Alternative, Into, Mixture, Wanted
from enthesis.mixing.quantities import shown, shown_at_least, shown_at_most
from enthesis.mixing.stock import Draw, composition


def cautions(mixture: Mixture) -> tuple[str, ...]:
    """The sentences, in the order in which they matter while drawing up; the dose is judged as the whole session's."""
    return (
        *drawing_cautions(mixture),
        *stock_cautions(mixture.draws, into=mixture.recipe.into),
        *session_cautions(mixture.session),
    )


def drawing_cautions(mixture: Mixture) -> tuple[str, ...]:
    """What is said about the drawing itself: what cannot be made, and what was rounded."""
    if not mixture.draws:
        return tuple(_cannot_be_made(mixture))
    return (*_rounded(mixture), *_odd_total(mixture))


def stock_cautions(draws: Iterable[Draw], *, into: Into) -> tuple[str, ...]:
    """What the entries of the stocks that are drawn say: unusual products, and harm to cartilage where it may matter."""
    stocks = [draw.stock for draw in draws]
    said = [text for stock in stocks for text in stock.cautions]
    if into is not Into.SOFT_TISSUE:
        said += [stock.in_joint for stock in stocks if stock.in_joint]
    return tuple(dict.fromkeys(said))


def _cannot_be_made(mixture: Mixture) -> Iterator[str]:
    recipe = mixture.recipe
    if recipe.fits:
        yield from (_too_little(mixture, wanted, ml) for wanted, ml in recipe.needed if ml < recipe.graduation_ml)
        return
    if not recipe.overfull:
        yield from (_too_strong(mixture, nearest) for nearest in mixture.alternatives)
        return
    wanted_ml = ((wanted, wanted.share * recipe.volume_ml) for wanted in recipe.wanted if wanted.percent)
    parts = " and ".join(f"{shown_at_least(ml)} mL of {wanted.stock.name} stock" for wanted, ml in wanted_ml)
    yield f"This cannot be mixed: it would take {parts}, more than the {shown(recipe.volume_ml)} mL asked for."
    stocks = {wanted.stock.component: wanted.stock.name for wanted in recipe.wanted}
    for nearest in mixture.alternatives:
        yield (
            f"With everything else as asked, {stocks[nearest.option]} stock reaches a net strength "
            f"of at most {shown_at_most(nearest.value)}%."
        )


def _too_strong(mixture: Mixture, nearest: Alternative) -> str:
    recipe = mixture.recipe
    return (
        f"This cannot be made as weak as that: {recipe.diluent.name} stock as the diluent alone gives a net strength of "
        f"{shown_at_least(nearest.value)}%; ask for that or more, or take another diluent."
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
    needed, made = dict(mixture.recipe.needed), composition(mixture.draws)
    for wanted in mixture.recipe.wanted:
        net, ml = made.percent(wanted.stock.component), needed.get(wanted, Fraction(0))
        if net == wanted.percent:
            continue
        results = f"a net strength of {shown(net)}% instead of {shown(wanted.percent)}%."
        if (read := drawn.get(wanted.stock, Fraction(0))) == ml:
            yield f"With the other volumes rounded, the {wanted.stock.component} comes to {results}"
        else:
            yield (
                f"{shown(ml)} mL of {wanted.stock.name} stock cannot be read to "
                f"{shown(mixture.recipe.graduation_ml)} mL; drawing {shown(read)} mL gives {results}"
            )


def _odd_total(mixture: Mixture) -> Iterator[str]:
    recipe = mixture.recipe
    if recipe.volume_ml % recipe.graduation_ml:
        yield (
            f"A total of {shown(recipe.volume_ml)} mL cannot be read to {shown(recipe.graduation_ml)} mL; "
            f"the {recipe.diluent.component} makes up the difference."
        )
