"""From a recipe to what is drawn up, or to the nearest recipe that could be."""

import math
from dataclasses import replace

from enthesis.mixing.cautions import cautions
from enthesis.mixing.mixture import LARGEST_ML, Alternative, Mixture, Recipe
from enthesis.mixing.stock import Draw
from enthesis.mixing.syringes import readable


def make(recipe: Recipe) -> Mixture:
    """The mixture of a recipe. One that cannot be made has no draws, says why, and names the nearest that can."""
    mixture = _fitted(recipe) if recipe.fits else Mixture(recipe, (), _nearest(recipe))
    return replace(mixture, warnings=cautions(mixture))


def _fitted(recipe: Recipe) -> Mixture:
    volumes = readable(
        tuple(ml for _, ml in recipe.needed), total_ml=recipe.volume_ml, graduation_ml=recipe.graduation_ml
    )
    if not all(volumes):
        return Mixture(recipe, (), _larger(recipe))
    rest_ml = recipe.volume_ml - sum(volumes)
    draws = map(Draw, (wanted.stock for wanted, _ in recipe.needed), volumes)
    return Mixture(recipe, (*draws, Draw(recipe.diluent, rest_ml)) if rest_ml else tuple(draws))


def _nearest(recipe: Recipe) -> tuple[Alternative, ...]:
    """The nearest strengths that can be made. Too full: for each stock, what it can still reach in the room the others
    leave, the last named lowered first. Too strong a diluent: what it gives by itself.
    """
    if not recipe.overfull and (wanted := recipe.topped_up):
        return (Alternative(wanted.stock.component, recipe.room(wanted) * recipe.diluent.percent),)
    reached = ((wanted, recipe.room(wanted) * wanted.stock.percent) for wanted in reversed(recipe.wanted))
    return tuple(Alternative(wanted.stock.component, percent) for wanted, percent in reached if percent >= 0)


def _larger(recipe: Recipe) -> tuple[Alternative, ...]:
    """The least volume, on a mark, in which every component takes up at least one mark; none beyond the largest bag."""
    marks = max(math.ceil(1 / recipe.share(wanted)) for wanted, _ in recipe.needed)
    volume_ml = marks * recipe.graduation_ml
    return (Alternative("volume-ml", volume_ml),) if volume_ml <= LARGEST_ML else ()
