"""Every source once, with the address it was read at."""

from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    """How much weight a source bears, strongest first; shown beside every judgment that rests on it."""

    GUIDELINE = "guideline"
    LABEL = "label"
    TRIAL = "trial"
    TRIAL_PROTOCOL = "trial-protocol"
    REVIEW = "review"
    CLINIC_PRACTICE = "clinic-practice"
    SERIES = "series"
    REFERENCE = "reference"
    JUDGEMENT = "judgement"


@dataclass(frozen=True)
class Source:
    """One work: a short citation, where it was read, how strong it is, and what could not be read."""

    cite: str
    title: str
    address: str
    strength: Strength
    read: str = "whole"
    note: str = ""
