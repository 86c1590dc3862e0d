"""How a medicine gets into the body, from a code, from the words for a route or a form, or from the drug's own name.

Where several are said, the one that reaches furthest counts: a drug called "Oral Tablet" is not made harmless by a
route that says "topical".
"""

import re
from collections.abc import Iterable

from enthesis.fhir.concepts import Concept
from enthesis.screening import Route

FURTHEST_FIRST = (Route.ORAL, Route.INJECTED, Route.OTHER, Route.INHALED, Route.NASAL, Route.TOPICAL, Route.EYE)

SAID = {
    Route.ORAL: r"oral(ly)?|orodispersible|mouth|tab(let)?s?|tabletten|cap(sule|let)?s?|chewable|lozenges?|buccal|"
    r"sublingual(ly)?|oromucosal|syrup|elixir|enteral|gastric|nasogastric|soft ?gels?|liqui ?gels?",
    Route.INJECTED: r"inject\w*|\w+inj|infusion|syringes?|auto ?injectors?|intravenous(ly)?|intramuscular(ly)?|"
    r"subcutaneous(ly)?|intradermal(ly)?|intra ?articular|intra ?arterial|intraperitoneal|intrathecal|"
    r"intravitreal|intralesional|epidural|perineural|parenteral",
    Route.OTHER: r"transdermal|rectal(ly)?|suppositor(y|ies)|enemas?|vaginal(ly)?|"
    r"implants?|intrauterine|urethral|intravesical|mouthwash|dental|periodontal",
    Route.INHALED: r"inhal\w*|nebuli\w*|metered dose|dry powder|respiratory|respules?",
    Route.NASAL: r"nasal(ly)?|intranasal(ly)?|nose|nostrils?",
    Route.TOPICAL: r"topical(ly)?|cutaneous|skin|creams?|ointments?|(emul)?gels?|lotions?|shampoos?|liniments?|foams?|"
    r"patch(es)?|plasters?|otic|ears?",
    Route.EYE: r"ophthalmic|eyes?|ocular|intraocular|conjunctival",
}
# Short forms are read only where a route is meant: "IV" in a drug's name may be a number.
SHORT = {
    Route.ORAL: "po|p o|sl",
    Route.INJECTED: "iv|im|sc|sq|subq|ia|id",
    Route.OTHER: "pr|pv",
    Route.INHALED: "inh|neb",
    Route.TOPICAL: "top",
}

# Codes that come without words: SNOMED CT routes, and the EDQM code for oral use as the IPS examples have it.
CODES = {
    "26643006": Route.ORAL,
    "37839007": Route.ORAL,
    "54471007": Route.ORAL,
    "20053000": Route.ORAL,
    "12130007": Route.INJECTED,
    "34206005": Route.INJECTED,
    "38239002": Route.INJECTED,
    "47625008": Route.INJECTED,
    "58100008": Route.INJECTED,
    "72607000": Route.INJECTED,
    "78421000": Route.INJECTED,
    "16857009": Route.OTHER,
    "37161004": Route.OTHER,
    "45890007": Route.OTHER,
    "62226000": Route.OTHER,
    "18679011000001101": Route.INHALED,
    "46713006": Route.NASAL,
    "6064005": Route.TOPICAL,
    "10547007": Route.TOPICAL,
    "54485002": Route.EYE,
}


def route_of(*, routes: Iterable[Concept], words: Iterable[str]) -> Route:
    """The furthest reaching route that codes and words for routes say, or other words, such as the drug's name."""
    return _route_of(tuple(routes), tuple(words))


def _route_of(routes: tuple[Concept, ...], words: tuple[str, ...]) -> Route:
    said: set[Route] = set()
    for route in routes:
        said |= {CODES[one.code] for one in route.codes if one.code in CODES}
        for text in (route.text, *(one.words or one.code for one in route.codes)):
            said |= _found(text, SAID) | _found(text, SHORT)
    for text in words:
        said |= _found(text, SAID)
    return next((route for route in FURTHEST_FIRST if route in said), Route.UNKNOWN)


def _found(text: str, table: dict[Route, str]) -> set[Route]:
    plain = " ".join(re.findall(r"[a-z0-9]+", text.casefold()))
    return {route for route, words in table.items() if re.search(rf"\b({words})\b", plain)}
