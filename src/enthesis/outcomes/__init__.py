"""What patients answer: scores, change, thresholds, and each patient's own curve."""

from enthesis.outcomes.background import Background, Instead, backgrounds, beside, run_background_example
from enthesis.outcomes.change import Change, Direction, Reached, Reading, Verdict, change
from enthesis.outcomes.curve import TOO_SOON, Answered, Curve, Point, curve
from enthesis.outcomes.examples import run_example
from enthesis.outcomes.figures import chart, curve_svg, in_words
from enthesis.outcomes.instrument import Instrument, Licence, LicenceStanding, Missing, instrument, instruments
from enthesis.outcomes.items import AnswerFormat, Blank, Choices, Item, Option, Question, Scale, Tick
from enthesis.outcomes.numbers import plain
from enthesis.outcomes.packs import Pack, free_for_all, instruments_in, pack, packs, run_pack_example
from enthesis.outcomes.score import Score, Subscore, score, score_as_json
from enthesis.outcomes.scoring import Scoring
from enthesis.outcomes.screens import Form, Part, Screen, screens
from enthesis.outcomes.sketch import sketch_svg
from enthesis.outcomes.subscales import CUT_OFF_REACHED, Band, Subscale
from enthesis.outcomes.thresholds import Amount, Rating, Readable, Threshold
from enthesis.outcomes.wording import Worded, Wording, without_wording, worded, wording_as_json, wording_from
from enthesis.outcomes.wording_file import wording_of_text

__all__ = [
    "CUT_OFF_REACHED",
    "TOO_SOON",
    "Amount",
    "AnswerFormat",
    "Answered",
    "Background",
    "Band",
    "Blank",
    "Change",
    "Choices",
    "Curve",
    "Direction",
    "Form",
    "Instead",
    "Instrument",
    "Item",
    "Licence",
    "LicenceStanding",
    "Missing",
    "Option",
    "Pack",
    "Part",
    "Point",
    "Question",
    "Rating",
    "Reached",
    "Readable",
    "Reading",
    "Scale",
    "Score",
    "Scoring",
    "Screen",
    "Subscale",
    "Subscore",
    "Threshold",
    "Tick",
    "Verdict",
    "Worded",
    "Wording",
    "backgrounds",
    "beside",
    "change",
    "chart",
    "curve",
    "curve_svg",
    "free_for_all",
    "in_words",
    "instrument",
    "instruments",
    "instruments_in",
    "pack",
    "packs",
    "plain",
    "run_background_example",
    "run_example",
    "run_pack_example",
    "score",
    "score_as_json",
    "screens",
    "sketch_svg",
    "without_wording",
    "worded",
    "wording_as_json",
    "wording_from",
    "wording_of_text",
]
