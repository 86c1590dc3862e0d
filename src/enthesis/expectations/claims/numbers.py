"""Numbers in a sentence, English or Spanish: shares of people, how much less pain, times. Nothing is guessed.

"87,5 %", "nine out of ten", "dos de cada tres", "between 80 and 90 per cent", "three quarters of patients" are shares;
"at least 30% less pain" and "a 70% reduction" say how much; "95% CI" and what stands in brackets say how sure.
"""

import re
from collections.abc import Iterator

UNITS = (
    ("one", "un", "una", "uno"), ("two", "dos"), ("three", "tres"), ("four", "cuatro"), ("five", "cinco"),
    ("six", "seis"), ("seven", "siete"), ("eight", "ocho"), ("nine", "nueve"), ("ten", "diez"), ("eleven", "once"),
    ("twelve", "doce"), ("thirteen", "trece"), ("fourteen", "catorce"), ("fifteen", "quince"),
)  # fmt: skip
TENS = {
    20: ("twenty", "veinte"), 30: ("thirty", "treinta"), 40: ("forty", "cuarenta"), 50: ("fifty", "cincuenta"),
    60: ("sixty", "sesenta"), 70: ("seventy", "setenta"), 80: ("eighty", "ochenta"), 90: ("ninety", "noventa"),
    100: ("hundred", "cien"),
}  # fmt: skip
WORDS = {word: n for n, said in enumerate(UNITS, start=1) for word in said} | {
    word: n for n, said in TENS.items() for word in said
}
PLAIN = "|".join(sorted(WORDS, key=len, reverse=True))
TENS_WORDS = "|".join(word for n, said in TENS.items() if n < 100 for word in said)
DIGITS = r"(?:\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
AMOUNT = rf"(?:{DIGITS}|(?:{TENS_WORDS})(?:[\s-]|\sy\s)(?:{PLAIN})|{PLAIN})"
PERCENT = r"(?:%|per ?cent\b|por ?cien(?:to)?\b)"
PEOPLE = r"(?:people|persons?|patients?|clients?|adults|personas?|pacientes?|clientes?|adultos)"
PAIN = r"(?:their |the |el |su |del )?(?:pain|dolor)"

HOW_SURE = re.compile(
    rf"\d+\s*{PERCENT}\s*(?:CI\b|IC\b|confidence|interval|confianza)"
    rf"|(?:\bIC\b|intervalo)(?: de confianza)?(?: del?)?(?: \d+\s*{PERCENT})?"
    rf"|\([^()]*\d\s*{PERCENT}?\s*(?:to|a|-|–)\s*[−-]?\d[^()]*\)",
    re.I,
)
SCALE = re.compile(
    rf"\b(?:from|de)\s+(?:an average of )?{DIGITS}\s+(?:to|a)\s+{DIGITS}\s+(?:out of|of|de)\s+10\b", re.I
)
LESS = (
    r"(?:less|lower|fewer|reduction|decrease|improvement|drop|relief|menos|reducción|disminución|mejor[íi]a|alivio)\b"
)
HOW_MUCH = (
    re.compile(rf"({AMOUNT})\s*{PERCENT}\s*(?:or more\s+|o más\s+)?(?:of\s+|de\s+)?(?:pain\s+|dolor\s+)?{LESS}", re.I),
    re.compile(rf"\b(?:by|reduc\w+|menos|un|en un)\s+(?:about |at least |al menos )?({AMOUNT})\s*{PERCENT}", re.I),
    re.compile(rf"\b(half|la mitad)\s+(?:of |de |as much )?{PAIN}|\b(half|la mitad)\s+(?:as much|menos)\b", re.I),
)
SHARES = (
    re.compile(
        rf"\b(?:between|entre)\s+(?:el )?({AMOUNT})\s*{PERCENT}?\s*(?:and|y)\s+(?:el )?({AMOUNT})\s*{PERCENT}", re.I
    ),
    re.compile(rf"({AMOUNT})\s*{PERCENT}?\s*(?:-|–|to\b|al?\b)\s*(?:el )?({AMOUNT})\s*{PERCENT}", re.I),
    re.compile(rf"({AMOUNT})\s*{PERCENT}", re.I),
)
OF = re.compile(rf"\b({AMOUNT})\s+(?:out of|of|in|de cada|de)\s+(?:every\s+|las\s+|los\s+)?({AMOUNT})\b", re.I)
SLASH = re.compile(rf"\b(\d+)\s*/\s*(\d+)(?=\s+(?:of )?(?:our |de )?{PEOPLE})", re.I)
PARTS = (
    (re.compile(rf"\b(?:half|la mitad)\s+(?:of|de)\b(?!\s*{PAIN})", re.I), 50.0),
    (re.compile(r"\b(?:two|dos) (?:thirds|tercios)\b", re.I), 200 / 3),
    (re.compile(r"\b(?:a|one|un) (?:third|tercio)\b", re.I), 100 / 3),
    (re.compile(r"\b(?:three|tres) (?:quarters|fourths|cuart[oa]s)(?: partes)?\b", re.I), 75.0),
    (re.compile(r"\b(?:a|one|un|una) (?:quarter|fourth|cuart[oa])(?: parte)?\b", re.I), 25.0),
)
TIME = re.compile(rf"\b({AMOUNT}|a)[\s-]+(day|week|month|year|día|semana|mes|año)(?:e?s)?\b", re.I)
WEEKS = {
    "day": 1 / 7, "día": 1 / 7, "week": 1.0, "semana": 1.0, "month": 52 / 12, "mes": 52 / 12, "year": 52.0, "año": 52.0,
}  # fmt: skip
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def amount(text: str) -> float:
    """A number as written: "87,5", "1,200", "eighty-five", "ochenta y cinco"; "half" is 50."""
    said = re.sub(r"\s+y\s+|[\s-]+", " ", text.strip().lower())
    if said in ("half", "la mitad"):
        return 50.0
    if said == "a":
        return 1.0
    if THOUSANDS.fullmatch(said):
        return float(re.sub(r"[.,]", "", said))
    if said[0].isdigit():
        return float(said.replace(",", "."))
    return float(sum(WORDS[word] for word in said.split()))


def weeks_in(text: str) -> float | None:
    """The shortest time a sentence names, in weeks."""
    return min((amount(n) * WEEKS[unit.lower()] for n, unit in TIME.findall(text)), default=None)


def how_much(text: str) -> tuple[float, ...]:
    """How much less pain, in percent, wherever that is said."""
    return tuple(_taken(HOW_SURE.sub(" ", text), HOW_MUCH)[0])


def shares_in(text: str) -> tuple[float, ...]:
    """Every share of people in percent; a range gives both ends."""
    rest = SCALE.sub(" ", HOW_SURE.sub(" ", text))
    rest = _taken(rest, HOW_MUCH)[1]
    shares, rest = _taken(rest, SHARES)
    shares += _of(rest)
    shares += [share for form, share in PARTS if form.search(rest)]
    return tuple(shares)


def _of(text: str) -> Iterator[float]:
    for form in (OF, SLASH):
        for a, b in form.findall(text):
            if 0 < amount(a) <= amount(b):
                yield 100 * amount(a) / amount(b)


def _taken(text: str, forms: tuple[re.Pattern[str], ...]) -> tuple[list[float], str]:
    """Numbers by each form in turn, and the text without them."""
    found: list[float] = []
    for form in forms:
        for hit in form.finditer(text):
            found += [amount(part) for part in hit.groups() if part]
        text = form.sub(" ", text)
    return found, text
