"""The worked examples of drug classes, problems and allergens: a written name, and whether it is meant."""

from collections.abc import Mapping
from typing import Any

from enthesis.knowledge import Library
from enthesis.screening.names import DrugClass
from enthesis.screening.vocabulary import Vocabulary
from enthesis.screening.words import plain


def run_drug_example(drugs: DrugClass, example: Mapping[str, Any], library: Library) -> None:
    """Does a written name come down to the promised ingredients of this class? Raises AssertionError if not."""
    name = example["name"]
    found = tuple(dict.fromkeys((*drugs.named(name), *(word for word in plain(name).split() if drugs.stemmed(word)))))
    promised = tuple(example["expect"])
    if found != promised:
        raise AssertionError(f"{name!r} is read as {list(found)!r}, and {list(promised)!r} was promised")


def run_word_example(meant: Vocabulary, example: Mapping[str, Any], library: Library) -> None:
    """Does a written name or a code speak of this problem or allergen? Raises AssertionError if not."""
    name, codes = example.get("name", ""), tuple(example.get("icd10", ()))
    found = meant.means(name, codes)
    if found is not example["expect"]:
        raise AssertionError(f"{name or codes!r}: recognised is {found}, and {example['expect']} was promised")
