"""Words that say no: "no ibuprofen" is a medicine that is not taken, "no aspirin, but Advil" is for a person to read."""

import re

from enthesis.knowledge import Library
from enthesis.screening.names import only_names

OPENING = re.compile(
    r"^\s*(?:i|he|she|they|patient|the patient)?\s*(?:am|is|are|'m|\u2019m)?\s*"
    r"(?:never (?:took|take[sn]?|used?|uses)|not (?:taking|on|using)|(?:do|does|did) not (?:take|use)"
    r"|(?:don|doesn|didn)['\u2019]?t (?:take|use)|(?:have|has)(?: not|n['\u2019]?t) (?:taken|used)"
    r"|denies(?: taking| using| use of)?|no|never|without)\s+(?:any\s+)?",
    re.IGNORECASE,
)
CLOSING = re.compile(r"\s*(?:[-:]\s*(?:no|none|never)|use|at all|any ?more)?\s*[.!]?\s*$", re.IGNORECASE)
NAMED_THEN_DENIED = re.compile(r"^(.+?)\s*[-:]\s*(?:no|none|never|not taking|denied|denies)\s*[.!]?$", re.IGNORECASE)
SAYS_NO = re.compile(
    r"\b(?:no|not|never|none|without|denie[sd]|deny|nothing|sin|held|holding|paused|except)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


HOW_OFTEN = re.compile(
    r"\b(?:daily|days?|every|hours?|hourly|once|twice|times|prn|bid|tid|qd|as|when|if|for|more|less|until|since)\b",
    re.IGNORECASE,
)
# Groups of medicines as people call them; as names they mean none in particular.
GROUPS = re.compile(
    r"(?:nsaids?|anti-?inflammator(?:y|ies)|blood thinners?|anticoagulants?|antiplatelets?|steroids?|pain ?killers?"
    r"|immunosuppress(?:ants?|ives?))(?: (?:tablets?|pills?|drugs?|medicines?|medications?))?",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s*,?\s*\b(?:or|nor|and)\b\s*|\s*,\s*", re.IGNORECASE)


def denied(piece: str, library: Library) -> str:
    """The medicines that a piece of text says are not taken; empty when it says anything else beside.

    Only "no" and names: "never miss my warfarin" and "no more than two Advil a day" say that they are taken.
    """
    opened = OPENING.match(piece)
    closed = NAMED_THEN_DENIED.match(piece.strip())
    left = closed[1] if closed else CLOSING.sub("", piece[opened.end() :]) if opened else ""
    named = [one for one in BETWEEN.split(left.strip()) if one]
    known = all(GROUPS.fullmatch(one) or (only_names(one, library) and not HOW_OFTEN.search(one)) for one in named)
    return left.strip() if named and known else ""


def says_no(piece: str) -> bool:
    """Is there a word in it that may say no, whatever it is about?"""
    return SAYS_NO.search(piece) is not None
