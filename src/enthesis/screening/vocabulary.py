"""What is meant by a problem or an allergen: words, look-alikes that are not meant, and ICD-10-CM codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from enthesis.screening.words import plain, says, without


@dataclass(frozen=True, eq=False)  # compared by identity: each is asked about thousands of names, and hashed each time
class Vocabulary:
    """The words by which a problem or an allergen is recognised, and phrases that look alike and are not meant.

    A star opens a word: `*carcinoma`, `diabet*`. `icd10` holds beginnings of codes. `passes` says that "history of" it
    means that it is over, as with an infection; a stent or an artificial joint stays.
    """

    words: tuple[str, ...]
    not_words: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    passes: bool = False

    def means(self, text: str, codes: Iterable[str] = ()) -> bool:
        """Does a written name or an ICD-10-CM code speak of this?"""
        return _means(self, text, tuple(codes))


@lru_cache(maxsize=65_536)  # some vocabularies times the few thousand names that charts repeat
def _means(meant: Vocabulary, text: str, codes: tuple[str, ...]) -> bool:
    written = [_code(code) for code in codes]
    if any(code.startswith(_code(start)) for code in written for start in meant.icd10):
        return True
    spoken = plain(text)
    for phrase in meant.not_words:
        spoken = without(spoken, phrase)
    return any(says(spoken, word) for word in meant.words)


def _code(code: str) -> str:
    """A code as it is compared: charts write E11.9, E119 and e11.9."""
    return code.strip().upper().replace(".", "")
