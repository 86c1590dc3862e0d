"""What patients answer: scores, change, thresholds, and each patient's own curve."""

from enthesis.outcomes.background import Background, Instead, backgrounds, beside, run_background_example
from enthesis.outcomes.change import Change, Direction, Reached, Reading, Verdict, change
from enthesis.outcomes.curve import TOO_SOON, Answered, Curve, Point, curve
from enthesis.outcomes.examples import run_example
from enthesis.outcomes.figures import chart, curve_svg, in_words
from enthesis.outcomes.instrument import Instrument, Licence, LicenceStanding, Missing, instrument, instruments
from enthesis.outcomes.items import AnswerFormat, Blank, Choices, Item, Option, Question, Scale, Tick
from enthesis.outcomes.numbers import plain
from enthesis.outcomes.score import Score, Subscore, score, score_as_json
from enthesis.outcomes.scoring import Scoring
from enthesis.outcomes.subscales import Band, Subscale
from enthesis.outcomes.thresholds import Amount, Rating, Readable, Threshold

__all__ = [
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
    "Instead",
    "Instrument",
    "Item",
    "Licence",
    "LicenceStanding",
    "Missing",
    "Option",
    "Point",
    "Question",
    "Rating",
    "Reached",
    "Readable",
    "Reading",
    "Scale",
    "Score",
    "Scoring",
    "Subscale",
    "Subscore",
    "Threshold",
    "Tick",
    "Verdict",
    "backgrounds",
    "beside",
    "change",
    "chart",
    "curve",
    "curve_svg",
    "in_words",
    "instrument",
    "instruments",
    "plain",
    "run_background_example",
    "run_example",
    "score",
    "score_as_json",
]
