"""A code beside words: does it name a drug that the words leave out? A "white tablet" with the code of warfarin is warfarin."""

from functools import lru_cache

from enthesis.knowledge import Library
from enthesis.screening.coded import spelled_out
from enthesis.screening.names import recognise


@lru_cache(maxsize=16_384)
def says_more(code: str, words: str, library: Library) -> bool:
    """Does the library know this code ("code 11289 (RxNorm)"), for an ingredient that rules speak of and the words do not name?"""
    meant = spelled_out(code, library)
    named = recognise(words, library, coded=True).ingredients
    return meant != code and not set(recognise(meant, library, coded=True).ingredients) <= set(named)
