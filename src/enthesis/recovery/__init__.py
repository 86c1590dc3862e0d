"""What to expect each day after an injection, and what is a warning sign."""

from enthesis.recovery.advice import DEFAULT, PREPARING, Advice, Alternative, Choices, Line, Topic, advice_lines
from enthesis.recovery.days import Expected, days_after, diary_days, expected_on, preparation
from enthesis.recovery.escalating import ROLES, Ladder, Rung, ladder, run_ladder_example
from enthesis.recovery.examples import run_example
from enthesis.recovery.judging import judge
from enthesis.recovery.questions import HIGHEST, PAIN, Answer, Kind, Question, Report, nothing_else, report_of
from enthesis.recovery.urgency import Urgency, most_urgent
from enthesis.recovery.warning import WarningSign
from enthesis.recovery.watch import CHANGED, PLEASE_ANSWER, Finding, Watch, standing, together
from enthesis.recovery.watchlist import diary_questions, of_the_body, warning_signs_at
from enthesis.recovery.where import Where

__all__ = [
    "CHANGED",
    "DEFAULT",
    "HIGHEST",
    "PAIN",
    "PLEASE_ANSWER",
    "PREPARING",
    "ROLES",
    "Advice",
    "Alternative",
    "Answer",
    "Choices",
    "Expected",
    "Finding",
    "Kind",
    "Ladder",
    "Line",
    "Question",
    "Report",
    "Rung",
    "Topic",
    "Urgency",
    "WarningSign",
    "Watch",
    "Where",
    "advice_lines",
    "days_after",
    "diary_days",
    "diary_questions",
    "expected_on",
    "judge",
    "ladder",
    "most_urgent",
    "nothing_else",
    "of_the_body",
    "preparation",
    "report_of",
    "run_example",
    "run_ladder_example",
    "standing",
    "together",
    "warning_signs_at",
]
