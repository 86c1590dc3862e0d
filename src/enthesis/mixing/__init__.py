"""Exact quantities: what to draw up for these strengths, what that gives, and how much is too much."""

from enthesis.mixing.as_json import DrawJson, MixtureJson, mixture_as_json
from enthesis.mixing.dextrose_lidocaine import mix
from enthesis.mixing.dose import HEAVIEST_KG, LIGHTEST_KG, Ceiling, Dose, within_limits
from enthesis.mixing.examples import run_example
from enthesis.mixing.label import label_lines, recipe_lines
from enthesis.mixing.making import make
from enthesis.mixing.mixture import LARGEST_ML, Alternative, Mixture, Recipe, Wanted
from enthesis.mixing.quantities import Quantity, exact, shown
from enthesis.mixing.shelf import diluent, diluents, on_the_shelf, stock_of
from enthesis.mixing.solutions import Form, Solution, Substance, Vial
from enthesis.mixing.stock import Composition, Draw, Role, Stock, Strength, composition
from enthesis.mixing.syringes import MARKS_ML, READ_TO_ML, graduation

__all__ = [
    "HEAVIEST_KG",
    "LARGEST_ML",
    "LIGHTEST_KG",
    "MARKS_ML",
    "READ_TO_ML",
    "Alternative",
    "Ceiling",
    "Composition",
    "Dose",
    "Draw",
    "DrawJson",
    "Form",
    "Mixture",
    "MixtureJson",
    "Quantity",
    "Recipe",
    "Role",
    "Solution",
    "Stock",
    "Strength",
    "Substance",
    "Vial",
    "Wanted",
    "composition",
    "diluent",
    "diluents",
    "exact",
    "graduation",
    "label_lines",
    "make",
    "mix",
    "mixture_as_json",
    "on_the_shelf",
    "recipe_lines",
    "run_example",
    "shown",
    "stock_of",
    "within_limits",
]
