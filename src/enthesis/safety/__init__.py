"""Before the needle and when it goes wrong: what is told before consent, emergency checklists, and how harm is graded."""

from enthesis.safety.consent import HEADINGS, OWN_WORDS, ConsentLine, ConsentPart, ConsentText, consent_text
from enthesis.safety.emergency import Dose, Emergency, Standing, Step, emergencies
from enthesis.safety.examples import run_example
from enthesis.safety.grading import Criterion, Grade, Grading, Outcome, grading
from enthesis.safety.risk import Frequency, Risk, risks_at

__all__ = [
    "HEADINGS",
    "OWN_WORDS",
    "ConsentLine",
    "ConsentPart",
    "ConsentText",
    "Criterion",
    "Dose",
    "Emergency",
    "Frequency",
    "Grade",
    "Grading",
    "Outcome",
    "Risk",
    "Standing",
    "Step",
    "consent_text",
    "emergencies",
    "grading",
    "risks_at",
    "run_example",
]
