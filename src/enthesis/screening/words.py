"""How written names are compared: plain letters, whole words, and a star for an open beginning or end."""

import re
import unicodedata
from functools import cache, lru_cache

from enthesis.knowledge import LibraryError
from enthesis.screening.coded import without_codes


@lru_cache(maxsize=16_384)  # charts repeat a few thousand names
def plain(text: str) -> str:
    """Lower case without accents, marks or double spaces: how names are compared."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


def contains(text: str, words: str) -> bool:
    """Are these words in this text, as whole words? Both are already plain."""
    return f" {words} " in f" {text} "


def says(text: str, phrase: str) -> bool:
    """Does a plain text speak of a phrase? `*carcinoma` also finds adenocarcinoma, `diabet*` also diabetic."""
    return _pattern(phrase).search(text) is not None


def without(text: str, phrase: str) -> str:
    """A plain text with every mention of a phrase taken out."""
    return _pattern(phrase).sub(" ", text)


@lru_cache(maxsize=16_384)
def is_readable(text: str) -> bool:
    """Is there a word in it that a person could read? A bare code such as "849574" is not one."""
    return re.search("[a-z]{3}", plain(without_codes(text))) is not None


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    core = plain(phrase)
    if not core:
        raise LibraryError(f"{phrase!r} holds no letters or digits, so nothing can be recognised by it")
    start, end = "[a-z0-9]*" * phrase.startswith("*"), "[a-z0-9]*" * phrase.endswith("*")
    return re.compile(rf"(?<![a-z0-9]){start}{core}{end}(?![a-z0-9])")
