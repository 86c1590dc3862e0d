"""What a written medicine name means: its ingredients, and the groups of drugs that rules speak of.

Brands, combinations, salts and forms all come down to ingredients ("Vimovo" is naproxen with esomeprazole). A name
that is nearly one we know is proposed, never silently accepted or dropped.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from enthesis.knowledge import Entry, Library
from enthesis.screening.doses import dose_mg, parts
from enthesis.screening.forms import FORMS
from enthesis.screening.vocabulary import Vocabulary
from enthesis.screening.words import contains, is_readable, plain, without

__all__ = ["DrugClass", "Ingredient", "Recognised", "Vocabulary", "drug_classes", "plain", "recognise"]

NEARLY = 0.83  # difflib ratio from which a misspelling is proposed: one wrong letter in six ("plavex", "ibuprofin")
NEARLY_CODED = (
    0.88  # the same for a name that came with a code: such names are seldom misspelt ("Camila" is not "Cambia")
)
SHORTEST = 5  # letters; shorter words are too often close to something else


@dataclass(frozen=True)
class Ingredient:
    """One active substance, other names of the same substance, and the brand names under which it is written."""

    name: str
    also: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Every plain name it goes by."""
        return tuple(plain(name) for name in (self.name, *self.also, *self.brands))


@dataclass(frozen=True)
class DrugClass:
    """A group of drugs that a rule speaks of. Prescribed ones are never stopped by the patient alone.

    `stems` are word endings that belong to the group ("xaban"), for substances newer than the list. With `at_most_mg`
    only products up to that stated dose belong, or those called by one of `small_dose_words` without a number.
    """

    prescribed: bool
    ingredients: tuple[Ingredient, ...]
    stems: tuple[str, ...] = ()
    at_most_mg: float | None = None
    small_dose_words: tuple[str, ...] = ()
    note: str = ""

    def named(self, name: str) -> tuple[str, ...]:
        """The ingredients of this group that a written name speaks of by one of their names."""
        pieces = parts(name)
        return tuple(plain(one.name) for one in self.ingredients if self._is_meant(one, pieces))

    def stemmed(self, word: str) -> bool:
        """Does a word no list knows end as the drugs of this group do?"""
        return any(word.endswith(stem) and word != stem for stem in self.stems)

    def _is_meant(self, one: Ingredient, pieces: tuple[str, ...]) -> bool:
        naming = [piece for piece in pieces if any(contains(plain(piece), name) for name in one.spellings)]
        if not naming or self.at_most_mg is None:
            return bool(naming)
        doses = [dose for piece in naming if (dose := dose_mg(piece)) is not None]
        if doses:
            return max(doses) <= self.at_most_mg
        return any(contains(plain(piece), plain(words)) for piece in naming for words in self.small_dose_words)


@dataclass(frozen=True)
class Recognised:
    """What a medicine's name was understood as: ingredients, their classes, and near misses to ask about.

    `unknown` when neither a name we know nor a code of a drug vocabulary says what it is, or part of it.
    """

    ingredients: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    nearly: tuple[str, ...] = ()
    unknown: bool = False


def drug_classes(library: Library) -> tuple[Entry[DrugClass], ...]:
    """Every class of drugs the rules speak of."""
    return library.entries("drugs", DrugClass)


@lru_cache(maxsize=4096)
def recognise(name: str, library: Library, *, coded: bool = False) -> Recognised:
    """The ingredients and classes a written medicine name speaks of, or the near misses.

    `coded` says that the chart gave a code of a drug vocabulary with the name: then a readable name without any rule
    of ours is a known medicine without a rule. Without a code every part must be known, or it is asked about.
    """
    classes, read = drug_classes(library), tuple(_read(part, library) for part in parts(name))
    words = tuple(word for part in read for word in part.words)
    found = [(one, entry.id) for entry in classes for one in entry.body.named(name)]
    found += [(word, entry.id) for entry in classes for word in words if entry.body.stemmed(word)]
    ingredients = _once(ingredient for ingredient, _ in found)
    cutoff = NEARLY_CODED if coded else NEARLY
    nearly = _once(near for word in words if word not in ingredients for near in _near_misses(word, library, cutoff))
    strange = any(not part.named and not set(part.words) & set(ingredients) for part in read if part.words)
    unknown = bool(nearly) or (strange and not coded) or (not found and not (coded and is_readable(name)))
    return Recognised(ingredients, _once(id for _, id in found), nearly, unknown)


def only_names(text: str, library: Library) -> bool:
    """Does a text consist of names we know, with doses and forms at most, and of no other word?"""
    read = tuple(_read(part, library) for part in parts(text))
    return bool(read) and all(part.named and not part.words for part in read)


@dataclass(frozen=True)
class _Part:
    """One part of a name: does it hold a name we know, and which words are left beside names, doses and forms?"""

    named: bool
    words: tuple[str, ...]


def _read(part: str, library: Library) -> _Part:
    spoken = plain(part)
    known = [name for name in _spellings(library) if contains(spoken, name)]
    for name in known:
        spoken = without(spoken, name)
    return _Part(bool(known), tuple(word for word in spoken.split() if word not in FORMS and not word[0].isdigit()))


@lru_cache(maxsize=8)
def _spellings(library: Library) -> dict[str, str]:
    """Every known name with the ingredient it stands for, the longest first."""
    every = (one for entry in drug_classes(library) for one in entry.body.ingredients)
    known = {name: one.spellings[0] for one in every for name in one.spellings}
    return {name: known[name] for name in sorted(known, key=len, reverse=True)}


@lru_cache(maxsize=8)
def _single_words(library: Library) -> dict[str, str]:
    """The words that names are made of, with the ingredient each belongs to: what a misspelling may have meant."""
    words = ((word, meant) for name, meant in _spellings(library).items() for word in name.split())
    return {word: meant for word, meant in words if len(word) >= SHORTEST and word not in FORMS}


@lru_cache(maxsize=4096)
def _near_misses(word: str, library: Library, cutoff: float) -> tuple[str, ...]:
    if len(word) < SHORTEST:
        return ()
    known = _single_words(library)
    return _once(known[name] for name in difflib.get_close_matches(word, known, n=2, cutoff=cutoff))


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
