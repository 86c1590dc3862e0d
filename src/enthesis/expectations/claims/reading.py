"""What a sentence about benefit says in numbers, and which of its words promise more than numbers can."""

import re
from dataclasses import dataclass, field

NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER_WORDS = {word: number for number, word in enumerate(NAMES, start=1)}
WORD = "|".join(NUMBER_WORDS)
AMOUNT = rf"(?:\d+(?:[.,]\d+)?|{WORD})"
SHARES = (
    re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*(?:%|per ?cent)", re.I),
    re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)", re.I),
)
OF = re.compile(rf"\b({AMOUNT})\s+(?:out of|of|in)\s+(?:every\s+)?({AMOUNT})\b", re.I)
TIME = re.compile(rf"\b({AMOUNT})[\s-]+(day|week|month|year)s?\b", re.I)
WEEKS = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "year": 52.0}
ANY_NUMBER = re.compile(r"\d")

PROMISES = {  # words that are refused whatever the numbers are, with what they do
    "any decrease": r"\b(?:any|a|some)\s+(?:\w+\s+){0,2}(?:decrease|reduction|improvement)\b",
    "relief": r"\breli(?:ef|eves?|eved|eving)\b",
    "cure": r"\bcur(?:e[sd]?|ing)\b|\bheal(?:s|ed|ing)?\b",
    "proven": r"\bprove[nsd]?\b|\bclinically (?:shown|tested)\b",
    "permanent": r"\bpermanent(?:ly)?\b|\blasting\b|\blasts\b|\bsustainable\b",
    "life changing": r"\blife[\s-]*chang\w+\b|\bchang\w* (?:your|their|my) li(?:fe|ves)\b",
    "guaranteed": r"\bguarante\w+\b",
    "safe": r"\bsafe(?:ly|st|r)?\b|\bno risks?\b|\bwithout (?:any )?(?:risk|side effects?)\b",
    "at once": r"\b(?:almost )?(?:at once|immediate(?:ly)?|instant(?:ly)?|right away)\b",
}
BENEFIT = re.compile(
    r"\b(?:works?|effective(?:ly)?|reduc(?:es?|ed|ing)|eliminat\w+|restor\w+|regenerat\w+|improves|helps?|stops?|treats)\b",
    re.I,
)
OTHERS = re.compile(
    r"\b(?:better|more|less|fewer|favou?rable|stronger|longer|faster)\b[^.]{0,60}?\bthan\b|\bsuperior to\b|\bpreferable to\b"
    r"|\bcompared (?:to|with)\b|\bversus\b|\badvantage\b|\binstead of\b",
    re.I,
)
STORY = re.compile(
    r"[“\"'].*\b(?:I|my|me)\b.*[”\"']|\b(?:I am|I was|I'm|I can|my (?:pain|back|knee|life|doctor))\b", re.I
)
AGENCY = re.compile(r"\bFDA\b|\bapproved\b|\bcleared\b", re.I)
TRUE_STATUS = re.compile(r"\b(?:not|never|no)\b[^.]{0,40}\b(?:approved|cleared)\b|\boff[\s-]label\b", re.I)
NO_COMPARISON = re.compile(r"\bno (?:comparison|control) group\b", re.I)
STARTED = re.compile(r"\bof (\d+) (?:people|patients)\b[^.]*\b(?:started|treated|injected|enrolled)\b", re.I)
ANSWERED = re.compile(
    r"\b(\d+)(?: of (\d+))?(?: \(\d+%\))?(?: of (\d+))?(?: people| patients| due)*(?: who were asked)? answered\b", re.I
)
INTERVAL = re.compile(
    r"\binterval\b|\bcould be\b|\(\s*[−-]?\d+(?:\.\d+)?%?\s*(?:to|-|–)\s*[−-]?\d+(?:\.\d+)?%?\s*\)", re.I
)
BASELINE = re.compile(
    r"\bfrom (?:an average of )?\d+(?:\.\d+)? to \d+(?:\.\d+)? of 10\b|\bbaseline\b|\bstarted at \d", re.I
)


@dataclass(frozen=True)
class Reading:
    """What stands in a sentence. Shares in percent; `weeks` the shortest time it names; `promises` by name."""

    text: str
    shares: tuple[float, ...] = ()
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
    story: bool = False
    agency: bool = False
    found: dict[str, str] = field(default_factory=dict)


def read_sentence(text: str) -> Reading:
    """What a sentence says, as far as its wording gives it away; nothing is guessed."""
    started, answered = STARTED.search(text), ANSWERED.search(text)
    found = {name: hit.group(0) for name, form in PROMISES.items() if (hit := re.search(form, text, re.I))}
    asked = next((int(one) for one in (answered.group(2), answered.group(3)) if one), None) if answered else None
    return Reading(
        text,
        _shares(text),
        min((_amount(n) * WEEKS[unit.lower()] for n, unit in TIME.findall(text)), default=None),
        bool(ANY_NUMBER.search(text) or OF.search(text)),
        int(started.group(1)) if started else None,
        int(answered.group(1)) if answered else None,
        asked,
        bool(INTERVAL.search(text)),
        bool(BASELINE.search(text)),
        bool(NO_COMPARISON.search(text)),
        tuple(found),
        bool(BENEFIT.search(text)),
        bool(OTHERS.search(text)),
        bool(STORY.search(text)),
        bool(AGENCY.search(text)) and not TRUE_STATUS.search(text),
        found,
    )


def _shares(text: str) -> tuple[float, ...]:
    """Every share in percent: "80-90%", "47 percent", "4 out of 5"; a range gives both ends."""
    shares: list[float] = []
    rest = text
    for form in SHARES:
        for hit in form.finditer(rest):
            shares += [float(part) for part in hit.groups()]
        rest = form.sub(" ", rest)
    shares += [100 * _amount(a) / _amount(b) for a, b in OF.findall(rest) if 0 < _amount(a) <= _amount(b)]
    return tuple(shares)


def _amount(text: str) -> float:
    return float(NUMBER_WORDS.get(text.lower(), 0) or text.replace(",", ""))
