"""Before an injection: rules read against what is known of a patient, and one judgment with its reasons."""

from enthesis.screening import aged, answered, diagnosed, happened, measured, prescribed, taken, unread  # noqa: F401 -- importing registers the kinds of condition
from enthesis.screening.action import Action, worst
from enthesis.screening.answers import parse_answers
from enthesis.screening.as_needed import says_as_needed
from enthesis.screening.asking import questions_for
from enthesis.screening.chart import ChartItem, ItemKind, facts_from, measurement
from enthesis.screening.checking import checked_rules
from enthesis.screening.choosing import Choice
from enthesis.screening.code_beside import says_more
from enthesis.screening.coded import CodeNames, bare_code, run_code_example
from enthesis.screening.conditions import Condition, condition
from enthesis.screening.examples import clear_answers, run_example
from enthesis.screening.facts import (
    Allergy,
    Answer,
    Facts,
    Measurement,
    Medicine,
    PastProcedure,
    Problem,
    Route,
    State,
    Taking,
    Unread,
    When,
)
from enthesis.screening.judgment import Finding, Screening, screen
from enthesis.screening.measures import Measure, is_unit_of, written
from enthesis.screening.names import DrugClass, Recognised, drug_classes, recognise
from enthesis.screening.printing import screening_as_json
from enthesis.screening.rule import AskedOf, Kind, Question, Rule, Scope, Urgency, Where, questions, rules
from enthesis.screening.spoken import items_said
from enthesis.screening.vocabulary import Vocabulary
from enthesis.screening.word_examples import run_drug_example, run_word_example

__all__ = [
    "Action",
    "Allergy",
    "Answer",
    "AskedOf",
    "ChartItem",
    "Choice",
    "CodeNames",
    "Condition",
    "DrugClass",
    "Facts",
    "Finding",
    "ItemKind",
    "Kind",
    "Measure",
    "Measurement",
    "Medicine",
    "PastProcedure",
    "Problem",
    "Question",
    "Recognised",
    "Route",
    "Rule",
    "Scope",
    "Screening",
    "State",
    "Taking",
    "Unread",
    "Urgency",
    "Vocabulary",
    "When",
    "Where",
    "bare_code",
    "checked_rules",
    "clear_answers",
    "condition",
    "drug_classes",
    "facts_from",
    "is_unit_of",
    "items_said",
    "measurement",
    "parse_answers",
    "questions",
    "questions_for",
    "recognise",
    "rules",
    "run_code_example",
    "run_drug_example",
    "run_example",
    "run_word_example",
    "says_as_needed",
    "says_more",
    "screen",
    "screening_as_json",
    "worst",
    "written",
]
