"""Exact quantities: what to draw up for these strengths, what that gives, and how much is too much."""

from enthesis.mixing.as_json import DrawJson, MixtureJson, mixture_as_json
from enthesis.mixing.asking import Patient, what_is_it, what_to_draw
from enthesis.mixing.batch import Batch, Fill, make_batch
from enthesis.mixing.batch_as_json import batch_as_json, composition_as_json, session_as_json
from enthesis.mixing.dextrose_lidocaine import mix
from enthesis.mixing.discard import Handling, Lot, handling, require_in_date, run_handling_example
from enthesis.mixing.dose import HEAVIEST_KG, LIGHTEST_KG, Ceiling, Dose, require_weight, within_limits
from enthesis.mixing.dose_cautions import rule, session_cautions
from enthesis.mixing.drawn import Drawn, drawn
from enthesis.mixing.examples import run_example
from enthesis.mixing.kept import asked, batch_asked, decimal, kept, net_words, stock_words, vial_words
from enthesis.mixing.label import Content, Label, drawing_lines, label, label_lines, osmolarity_words, recipe_lines
from enthesis.mixing.making import make
from enthesis.mixing.mixture import LARGEST_ML, Alternative, Into, Mixture, Recipe, Wanted
from enthesis.mixing.quantities import Quantity, exact, shown
from enthesis.mixing.reading import (
    read_diluent,
    read_draw,
    read_elsewhere,
    read_ml,
    read_percent,
    read_skin,
    read_vial,
    read_wanted,
)
from enthesis.mixing.recorded import Part, Recorded, recorded_mixtures, run_recorded_example, worked_out
from enthesis.mixing.session import (
    ELSEWHERE,
    SKIN,
    Given,
    Limits,
    SessionDose,
    anaesthetics_in,
    had,
    into_the_skin,
    session_dose,
)
from enthesis.mixing.shelf import anaesthetics, diluent, diluents, listed, on_the_shelf, stock_of
from enthesis.mixing.solutions import Form, Solution, Substance, Vial
from enthesis.mixing.split import Syringe, split
from enthesis.mixing.stock import Composition, Draw, Role, Stock, Strength, composition
from enthesis.mixing.syringes import MARKS_ML, READ_TO_ML, graduation
from enthesis.mixing.telling import alike, batch_lines, composition_lines, percent_words, session_lines, strengths_words

__all__ = [
    "ELSEWHERE",
    "HEAVIEST_KG",
    "LARGEST_ML",
    "LIGHTEST_KG",
    "MARKS_ML",
    "READ_TO_ML",
    "SKIN",
    "Alternative",
    "Batch",
    "Ceiling",
    "Composition",
    "Content",
    "Dose",
    "Draw",
    "DrawJson",
    "Drawn",
    "Fill",
    "Form",
    "Given",
    "Handling",
    "Into",
    "Label",
    "Limits",
    "Lot",
    "Mixture",
    "MixtureJson",
    "Part",
    "Patient",
    "Quantity",
    "Recipe",
    "Recorded",
    "Role",
    "SessionDose",
    "Solution",
    "Stock",
    "Strength",
    "Substance",
    "Syringe",
    "Vial",
    "Wanted",
    "alike",
    "anaesthetics",
    "anaesthetics_in",
    "asked",
    "batch_as_json",
    "batch_asked",
    "batch_lines",
    "composition",
    "composition_as_json",
    "composition_lines",
    "decimal",
    "diluent",
    "diluents",
    "drawing_lines",
    "drawn",
    "exact",
    "graduation",
    "had",
    "handling",
    "into_the_skin",
    "kept",
    "label",
    "label_lines",
    "listed",
    "make",
    "make_batch",
    "mix",
    "mixture_as_json",
    "net_words",
    "on_the_shelf",
    "osmolarity_words",
    "percent_words",
    "read_diluent",
    "read_draw",
    "read_elsewhere",
    "read_ml",
    "read_percent",
    "read_skin",
    "read_vial",
    "read_wanted",
    "recipe_lines",
    "recorded_mixtures",
    "require_in_date",
    "require_weight",
    "rule",
    "run_example",
    "run_handling_example",
    "run_recorded_example",
    "session_as_json",
    "session_cautions",
    "session_dose",
    "session_lines",
    "shown",
    "split",
    "stock_of",
    "stock_words",
    "strengths_words",
    "vial_words",
    "what_is_it",
    "what_to_draw",
    "within_limits",
    "worked_out",
]
