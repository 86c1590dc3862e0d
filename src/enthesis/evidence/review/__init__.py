"""Reviews: the trials that were read, those that were not, what may be pooled, and what changed since last time."""

from enthesis.evidence.review.about import About, Group, Node, Outcome, Site, Terms
from enthesis.evidence.review.asking import Question, Window, usual
from enthesis.evidence.review.choosing import Chosen, Taken, choose
from enthesis.evidence.review.flow import Flow, flow
from enthesis.evidence.review.reviewing import Review, review, reviews, rows_of
from enthesis.evidence.review.rows import (
    Arm,
    Awaiting,
    Better,
    Bias,
    Difference,
    Indirectness,
    Published,
    Scores,
    State,
    Trial,
)
from enthesis.evidence.review.values import Gap, Side

__all__ = [
    "About",
    "Arm",
    "Awaiting",
    "Better",
    "Bias",
    "Chosen",
    "Difference",
    "Flow",
    "Gap",
    "Group",
    "Indirectness",
    "Node",
    "Outcome",
    "Published",
    "Question",
    "Review",
    "Scores",
    "Side",
    "Site",
    "State",
    "Taken",
    "Terms",
    "Trial",
    "Window",
    "choose",
    "flow",
    "review",
    "reviews",
    "rows_of",
    "usual",
]
