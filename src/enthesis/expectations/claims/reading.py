"""What a sentence about benefit says, English or Spanish: its numbers, what it tells of its people, and its words."""

import re
from dataclasses import dataclass, field

from enthesis.expectations.claims import words
from enthesis.expectations.claims.numbers import DIGITS, PEOPLE, WORDS, how_much, shares_in, weeks_in

STARTED = re.compile(
    rf"\b(?:of|de)\s+(?:the |los |las )?(\d+)\s+{PEOPLE}\b[^.]*\b"
    r"(?:started|treated|injected|enrolled|empez\w+|comenz\w+|tratad\w+|inyectad\w+|inici\w+)\b",
    re.I,
)
ANSWERED = (
    re.compile(
        r"\b(\d+)(?: of (\d+))?(?: \(\d+%\))?(?: of (\d+))?(?: people| patients| due)*(?: who were asked)? answered\b",
        re.I,
    ),
    re.compile(r"\b(?:respondieron|contestaron) (\d+)(?: de (?:las |los )?(\d+))?", re.I),
    re.compile(r"\b(\d+)(?: de (?:las |los )?(\d+))?(?: personas| pacientes)* (?:respondieron|contestaron)\b", re.I),
)
ENDS = rf"[−-]?{DIGITS}\s*%?\s*(?:to|a|-|–)\s*[−-]?{DIGITS}\s*%?"
INTERVAL = re.compile(
    rf"\binterval\b|\b95\s*% CI\b|\bcould be\b|\bintervalo\b|\bIC (?:del )?95\b|\bpodr[íi]an? ser\b|\(\s*{ENDS}\s*\)",
    re.I,
)
BASELINE = re.compile(
    rf"\b(?:from|de)\s+(?:an average of )?{DIGITS}\s+(?:to|a)\s+{DIGITS}\s+(?:out of|of|de)\s+10\b"
    rf"|\bbaseline\b|\bstarted at {DIGITS}|\b(?:empez|comenz)\w+ (?:en|con) {DIGITS} de 10\b",
    re.I,
)
SAID_NUMBER = "|".join(word for word in WORDS if word not in ("one", "un", "una", "uno"))
ANY_NUMBER = re.compile(rf"\d|\b(?:{SAID_NUMBER})\b", re.I)


@dataclass(frozen=True)
class Reading:
    """What stands in a sentence. Shares of people and how much less pain (`amounts`) in percent; `weeks` the shortest time.

    `promises` names words by what they do, and `found` gives each as it stands there; `status` is a true word on approval,
    such as "not approved".
    """

    text: str
    shares: tuple[float, ...] = ()
    amounts: tuple[float, ...] = ()
    weeks: float | None = None
    has_number: bool = False
    started: int | None = None
    answered: int | None = None
    asked: int | None = None
    interval: bool = False
    baseline: bool = False
    no_comparison: bool = False
    promises: tuple[str, ...] = ()
    benefit: bool = False
    compares: bool = False
    relative: bool = False
    story: bool = False
    endorsed: bool = False
    agency: bool = False
    status: bool = False
    found: dict[str, str] = field(default_factory=dict)

    @property
    def of_people(self) -> bool:
        """Whether any number says how many people, or how much."""
        return bool(self.shares or self.amounts or self.started or self.answered)


def read_sentence(text: str) -> Reading:
    """What a sentence says, as far as its wording gives it away; nothing is guessed."""
    text = re.sub(r"[\u00a0\u202f\u2009]", " ", text)
    plain = words.NO_COMPARISON.sub(" ", text)
    found = {name: hit.group(0) for name, form in words.PROMISES.items() if (hit := re.search(form, plain, re.I))}
    started, (answered, asked, rest) = STARTED.search(text), _answered(text)
    without_status = words.TRUE_STATUS.sub(" ", text)
    return Reading(
        text,
        shares_in(rest),
        how_much(rest),
        weeks_in(text),
        bool(ANY_NUMBER.search(text) or shares_in(rest)),
        int(started.group(1)) if started else None,
        answered,
        asked,
        bool(INTERVAL.search(text)),
        bool(BASELINE.search(text)),
        bool(words.NO_COMPARISON.search(text)),
        tuple(found),
        bool(words.BENEFIT.search(plain)),
        bool(words.OTHERS.search(plain)),
        bool(words.RELATIVE.search(plain)),
        bool(words.STORY.search(text)),
        bool(words.ENDORSED.search(text)),
        bool(words.AGENCY.search(without_status)),
        without_status != text,
        found,
    )


def _answered(text: str) -> tuple[int | None, int | None, str]:
    """How many answered, of how many asked, and the sentence without that."""
    for form in ANSWERED:
        if hit := form.search(text):
            asked = next((int(one) for one in hit.groups()[1:] if one), None)
            return int(hit.group(1)), asked, text.replace(hit.group(0), " ")
    return None, None, text
