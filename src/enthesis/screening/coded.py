"""A name that is only a code of a vocabulary: how it is written, and the name it stands for where the library knows it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from enthesis.knowledge import Library

RXNORM = "RxNorm"
BARE = re.compile(r"\bcode (\S+) \(([^()]*)\)")
JOINED = " / "


@dataclass(frozen=True)
class CodeNames:
    """The names of the codes of one vocabulary, for charts that leave them out."""

    names: Mapping[str, str]
    note: str = ""


def bare_code(code: str, vocabulary: str) -> str:
    """A code in the place of a name: "code 5640 (RxNorm)"."""
    return f"code {code} ({vocabulary})"


def without_codes(name: str) -> str:
    """The words of a name, without the codes in it."""
    return BARE.sub(" ", name)


@lru_cache(maxsize=16_384)
def spelled_out(name: str, library: Library) -> str:
    """A name with what its RxNorm codes stand for. A code nobody knows stays only where there is nothing else to read."""
    if "code " not in name:
        return name
    said = [part for one in name.split(JOINED) if (part := _said(one, library))]
    return JOINED.join(said) or name


def spells_out(name: str, library: Library) -> bool:
    """Does the library know a code in this name?"""
    return any(_known(found[1], found[2], library) for found in BARE.finditer(name))


def run_code_example(_: CodeNames, example: Mapping[str, Any], library: Library) -> None:
    """A name with codes as it is read. Raises AssertionError when it is read otherwise."""
    found = spelled_out(example["name"], library)
    if found != example["expect"]:
        raise AssertionError(f"{example['name']!r} is read as {found!r}, and {example['expect']!r} was promised")


def _said(part: str, library: Library) -> str:
    """One part of a name; empty for a code alone that nobody knows."""
    found = BARE.fullmatch(part.strip())
    return _known(found[1], found[2], library) if found else part


def _known(code: str, vocabulary: str, library: Library) -> str:
    """The name of a code, or nothing."""
    if vocabulary != RXNORM:
        return ""
    names = (entry.body.names for entry in library.entries("codes", CodeNames) if entry.id == vocabulary.casefold())
    return next((one[code] for one in names if code in one), "")
