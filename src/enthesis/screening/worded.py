"""How the words of a diagnosis put it: it is so, it may be, it was, it is not, or it is somebody else's.

Charts keep sentences among the diagnoses: "No evidence of infection", "Rule out septic arthritis", "Family history of
haemophilia". Only what is said plainly is read so; of a sentence that says two things the gravest counts, and a code
of ICD-10-CM means what it says, whatever stands beside it.
"""

import re
from enum import IntEnum
from functools import lru_cache

from enthesis.screening.vocabulary import Vocabulary


class Put(IntEnum):
    """From what says least to what says most."""

    ELSEWHERE = 0
    IS_NOT = 1
    WAS = 2
    MAY_BE = 3
    IS = 4


def _words(*choices: str) -> str:
    return f"(?:{'|'.join(choices)})"


LOOKED = _words(
    "any", "clear", "clinical", "radiographic", "radiological", "imaging", "laboratory", "objective", "definite",
    "obvious", "convincing", "known", "current", "active", "acute", "recent", "present", "ongoing", "further", "other",
    "prior", "previous", "past", "personal", "family", "medical",
)  # fmt: skip
NO_SIGN = (
    rf"(?:there (?:is|was) )?(?:no|without)(?: {LOOKED})* "
    r"(?:evidence|signs?|symptoms?|indications?|findings?|suspicion|concerns?|history|hx) "
    r"(?:of|for|to suggest|suggesting|suggestive of)"
)
FREE_OF = r"absence of|negative for|denies|denied|free (?:of|from)|ruled out|excluded"
NOT_OPENING = re.compile(rf"(?:{NO_SIGN}|{FREE_OF})\b:? ")
CHANGED = (
    r"(?:longer|more|less|better|worse|chang|improv|resol|respon|recover|treat|control)"  # "no longer", "no improving"
)
NO = re.compile(rf"(?:there (?:is|was) )?(?:no|without)(?: {LOOKED})* (?!{CHANGED})")
BE = r"(?:(?:has|have) been |(?:was|were|is|are) )"
NOT_CLOSING = re.compile(
    rf" {BE}?(?:ruled out|excluded|refuted|not (?:present|found|detected|seen|identified)|absent)$"
    rf"|(?: {BE}|\s*[:-]\s*)(?:no|none|nil|denied|absent|negative)$"
)
MAY_BE_OPENING = re.compile(
    r"\?|(?:to )?(?:rule[ -]?out|r/o|r o|exclude|query)\b|(?:cannot|can ?not|could not|unable to) (?:rule out|exclude)\b"
    r"|suspect(?:ed|s)?\b|suspicion (?:of|for)\b|suspicious for\b|possibl[ey]\b|probabl[ey]\b|likely\b|presum(?:ed|ptive)\b"
    r"|questionable\b|question of\b|concern(?:ing)? for\b|differential\b|evaluat(?:e|ion) (?:for|of)\b|work-?up for\b"
    r"|screening for\b|encounter for screening\b|observation for\b|(?:at )?(?:increased |high )?risk (?:of|for)\b"
    r"|unconfirmed\b|provisional\b|working diagnosis\b"
)
MAY_BE_CLOSING = re.compile(
    r"(?:\?| \(?(?:suspected|possible|probable|likely|unlikely|unconfirmed|not confirmed|to be (?:ruled out|excluded)|risk)\)?"
    r"| (?:not|cannot be|can ?not be|could not be|not yet|not been) (?:ruled out|excluded))$"
)
WAS_OPENING = re.compile(
    r"(?:(?:personal|past|prior|previous|remote|medical) )*(?:history|hx) of\b|h/o\b"
    r"|(?:previous|prior|past|resolved|recovered from)\b"
)
WAS_CLOSING = re.compile(r" (?:\(?resolved\)?|in the past)$")
STILL = re.compile(r"\b(?:recurrent|recurring|chronic|ongoing|current|recent|active|relapsing)\b")
# Not "mother": "mother currently breastfeeding" is said of the patient.
RELATIVE = _words("father", "brother", "sister", "sibling", "grandmother", "grandfather", "aunt", "uncle", "cousin")
ELSEWHERE_OPENING = re.compile(
    rf"(?:strong |positive )?(?:family (?:history|hx)|fhx?|famhx)\b|(?:maternal |paternal )?{RELATIVE} (?:had|has)\b"
)

KIND = re.compile(r"\s*\((?:situation|finding|disorder|event|context-dependent category)\)\s*$")
BREAK = re.compile(r"\s*[;,.]\s+|[;,.]\s*$|\s+(?:but|however|although|though|except|with|then|now|yet|despite|on)\s+")
LISTED = re.compile(r"\s*,?\s+(?:or|nor)\s+|\s*,\s*")
ONE_BY_ONE = re.compile(
    r"[^,;.]+(?:, [^,;.]+)*,? (?:or|nor) [^,;.]+"
)  # "no fever, chills or infection" denies each of them
ASIDE = re.compile(r"\s(?:of|in|for|to|from|due|after|since|at|by|as)\s")


@lru_cache(maxsize=16_384)
def put(name: str, icd10: tuple[str, ...], meant: Vocabulary) -> Put:
    """How a diagnosis that speaks of `meant` puts it."""
    if meant.means("", icd10):
        return Put.IS
    clauses = (clause for part in name.split(" / ") for clause in _clauses(part))
    return max((_clause(clause, meant) for clause in clauses if meant.means(clause)), default=Put.IS)


def _clauses(part: str) -> list[str]:
    """The pieces of a sentence that speak for themselves. A "no" reaches over "or", and not over "and"."""
    text = KIND.sub("", " ".join(part.casefold().split()))
    pieces = [text] if NO.match(text) and ONE_BY_ONE.fullmatch(text) else [one for one in BREAK.split(text) if one]
    return [one for piece in pieces for one in (piece.split(" and ") if _is_bare_no(piece) else [piece])]


def _is_bare_no(piece: str) -> bool:
    return NO.match(piece) is not None and NOT_OPENING.match(piece) is None


def _clause(clause: str, meant: Vocabulary) -> Put:
    if ELSEWHERE_OPENING.match(clause):
        return Put.ELSEWHERE
    if MAY_BE_CLOSING.search(clause) or MAY_BE_OPENING.match(clause):
        return Put.MAY_BE
    if NOT_OPENING.match(clause) or NOT_CLOSING.search(clause) or _no(clause, meant):
        return Put.IS_NOT
    was = (WAS_OPENING.match(clause) or WAS_CLOSING.search(clause)) and not STILL.search(clause)
    return Put.WAS if was and meant.passes else Put.IS


def _no(clause: str, meant: Vocabulary) -> bool:
    """Does a bare "no" stand before the very thing? "No improvement of infection" and "no antibiotics for infection" do not."""
    opened = NO.match(clause)
    listed = LISTED.split(clause[opened.end() :]) if opened else []
    return bool(listed) and all(meant.means(ASIDE.split(one)[0]) for one in listed if meant.means(one))
