"""What a person says or types of their medicines, allergies and illnesses, made into chart items; nothing is dropped.

One line, or one part between semicolons, is one thing. What no list knows stays a medicine that nobody recognised, and
that is asked about. A date such as 2026-11-23 and words such as "3 days ago" are read; 3/4/26 is a different day here
and there.
"""

import re
from datetime import date

from enthesis.knowledge import BadInput, Library
from enthesis.screening.ago import SAID as AGO
from enthesis.screening.ago import days_said
from enthesis.screening.answered import denies
from enthesis.screening.chart import ChartItem, ItemKind
from enthesis.screening.denied import denied, says_no
from enthesis.screening.facts import State, Taking
from enthesis.screening.names import recognise
from enthesis.screening.vocabulary import Vocabulary
from enthesis.screening.words import plain

LONGEST = 5000  # characters of the whole text
MOST = 100  # things in it
ISO = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
OTHER_DATE = re.compile(r"\b\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?\b")
NOTHING = re.compile(r"(none|nothing|nil|no|n a|no (medicines?|medications?|drugs|allerg(y|ies)|known allerg(y|ies)))")
ALLERGIC = re.compile(r"^\s*allerg(ic|y|ies)( to)?\s*:?\s*|\s+allergy\s*$", re.IGNORECASE)
STOPPED = re.compile(
    r"^\s*(i am |i'm )?off\b|\bd/c('?d)?(?!\w)|"
    r"\b(stopped|quit|discontinued|came off|finished|no longer( tak(es|ing))?|used to take|last (took|taken)|until|ended)\b"
    r"( (on|in|taking))?",
    re.IGNORECASE,
)
NEEDED = re.compile(
    r"\b(as needed|when needed|if needed|p\.?r\.?n\.?|sometimes|now and then|on and off|off and on|occasional(ly)?"
    r"|once in a while)(?!\w)",
    re.IGNORECASE,
)
NO_LONGER = re.compile(r"\bno longer\b", re.IGNORECASE)
PLAIN_WORDS = re.compile(r"^\s*[-*•\d.)]*\s+|^\s*(i am taking|i take|takes|taking|on)\s+", re.IGNORECASE)


def items_said(text: str, *, as_of: date, library: Library) -> tuple[ChartItem, ...]:
    """The things in a text, in order, with "said/1" and so on as evidence.

    Raises BadInput for a text that is too long, an impossible date, or a day after the day of asking.
    """
    if len(text) > LONGEST:
        raise BadInput(f"said: {len(text)} characters, and at most {LONGEST} are read")
    pieces = [piece.strip() for piece in re.split(r"[\n;]", text)]
    told = [piece for piece in pieces if plain(piece) and not NOTHING.fullmatch(plain(piece))]
    if len(told) > MOST:
        raise BadInput(f"said: {len(told)} lines, and at most {MOST} are read")
    return tuple(_item(piece, f"said/{number}", as_of, library) for number, piece in enumerate(told, 1))


def _item(piece: str, evidence: str, as_of: date, library: Library) -> ChartItem:
    if denies(piece):
        return ChartItem(ItemKind.ALLERGY, evidence, piece, coded=False)
    if ALLERGIC.search(piece) and says_no(piece):
        return ChartItem(ItemKind.UNREAD, evidence, piece, coded=False)
    if ALLERGIC.search(piece):
        return ChartItem(ItemKind.ALLERGY, evidence, ALLERGIC.sub("", piece).strip() or piece, coded=False)
    if left := denied(piece, library):
        return ChartItem(ItemKind.MEDICINE, evidence, left, coded=False, state=Taking.NOT_TAKEN)
    name = _name(piece)
    if recognise(name, library).unknown and _is_problem(name, library):
        return ChartItem(ItemKind.PROBLEM, evidence, name, coded=False, state=_standing(piece))
    taking, last = _taking(piece, as_of)
    return ChartItem(ItemKind.MEDICINE, evidence, name, coded=False, state=taking, last=last)


def _name(piece: str) -> str:
    """The words that are left without dates and without how it is taken; all of them when nothing else is left."""
    left = piece
    for phrase in (ISO, OTHER_DATE, AGO, NEEDED, STOPPED, PLAIN_WORDS):
        left = phrase.sub(" ", left)
    return " ".join(left.split()).strip(" ,:-()") or piece


def _is_problem(name: str, library: Library) -> bool:
    return any(entry.body.means(name) for entry in library.entries("problems", Vocabulary))


def _standing(piece: str) -> State:
    """An illness that is said to be over may still count, and one that is denied may be meant, so it is in doubt."""
    doubtful = STOPPED.search(piece) or OTHER_DATE.search(piece) or says_no(piece)
    return State.DOUBTFUL if doubtful else State.ACTIVE


def _taking(piece: str, as_of: date) -> tuple[Taking, date | None]:
    """How it is taken, and the last day. A day is the last one only where the words say so; else nobody knows."""
    days = [_day(written, as_of) for written in ISO.findall(piece)] + days_said(piece, as_of)
    if says_no(NO_LONGER.sub(" ", piece)):  # and yet not plainly denied
        return Taking.UNKNOWN, None
    if NEEDED.search(piece):
        return Taking.AS_NEEDED, max(days, default=None) if STOPPED.search(piece) else None
    if STOPPED.search(piece):
        return Taking.STOPPED if not OTHER_DATE.search(piece) else Taking.UNKNOWN, max(days, default=None)
    return (Taking.UNKNOWN if days or OTHER_DATE.search(piece) else Taking.TAKING), None


def _day(written: str, as_of: date) -> date:
    year, month, day = (int(part) for part in written.split("-"))
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadInput(f"said: {written} is no day of the calendar") from None
    if found > as_of:
        raise BadInput(f"said: {written} lies after the day of asking, {as_of.isoformat()}")
    return found
