"""A place in a resource, read with care: what is absent is empty, and what has the wrong type is named and refused."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from enthesis.knowledge import BadInput

LONGEST = 20_000  # characters of any one text that is read, such as how to take a drug
MOST = 100  # members of any one list that is read
SHOWN = 80
# What FHIR forbids in a string, and halves of characters, which no database stores.
BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
ABSENT: Mapping[str, object] = {}
TYPES = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}


def shown(text: str) -> str:
    """A text from outside as a sentence shows it: in quotes, control characters spelt out, never longer than a line."""
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


class Node(NamedTuple):  # made for every object that is read, hundreds of thousands for a clinic: cheap to make
    """An object somewhere in a resource. `resource` is how people call the resource: "MedicationRequest/m1"."""

    resource: str
    fields: Mapping[str, object]
    path: str = ""

    def has(self, key: str) -> bool:
        """Is there anything under this key?"""
        return self.fields.get(key) is not None

    def text(self, key: str, *, most: int = LONGEST) -> str:
        """The text under a key, with single spaces; empty when absent. Raises BadInput for anything else."""
        value = self.fields.get(key)
        if value is None:
            return ""
        if type(value) is str and len(value) <= most and value.isprintable() and "  " not in value:
            return value.strip(" ")  # nearly every text: nothing to refuse, nothing to put right
        return self._text(key, value, most)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list. Raises BadInput when it is no list of texts."""
        return tuple(self._text(f"{key}[{n}]", one, LONGEST) for n, one in self.members(key, most=MOST))

    def flag(self, key: str) -> bool:
        """True or false; absent is false. Raises BadInput for anything else."""
        value = self.fields.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, f"must be true or false, and is {TYPES[type(value)]}")
        return bool(value)

    def child(self, key: str) -> "Node":
        """The object under a key; an empty one when absent. Raises BadInput for anything else."""
        value = self.fields.get(key)
        return Node(self.resource, ABSENT) if value is None else self._object(key, value)

    def children(self, key: str, *, most: int = MOST) -> tuple["Node", ...]:
        """The objects of a list. Raises BadInput when it is no list of objects, or has more than `most`."""
        found = self.members(key, most=most)
        return tuple([self.member(key, n, one) for n, one in found]) if found else ()

    def member(self, key: str, place: int, value: object) -> "Node":
        """The object at a place of a list. Raises BadInput for anything else."""
        return self._object(f"{key}[{place}]", value)

    def members(self, key: str, *, most: int = MOST) -> list[tuple[int, object]]:
        """The members of a list as they are, each with its place. Raises BadInput when it is no list, or has more than `most`."""
        value = self.fields.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, f"must be a list, and is {TYPES[type(value)]}")
        if len(value) > most:
            raise self.wrong(key, f"has {len(value)} members, and at most {most} are read")
        return [(n, one) for n, one in enumerate(value) if one is not None]

    def wrong(self, key: str, problem: str) -> BadInput:
        """What to raise about a field: the resource, the field and the problem in one sentence."""
        return BadInput(f"{self.resource}: {f'{self.path}.{key}'.lstrip('.')} {problem}")

    def _text(self, key: str, value: object, most: int) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.wrong(key, f"must be text, and is {TYPES[type(value)]}")
        if len(value) > most:
            raise self.wrong(key, f"is {len(value)} characters long, and at most {most} are read")
        if BROKEN.search(value):
            raise self.wrong(key, "holds a control character or half a character")
        return " ".join(value.split())

    def _object(self, key: str, value: object) -> "Node":
        if value is not None and not isinstance(value, dict):
            raise self.wrong(key, f"must be an object, and is {TYPES[type(value)]}")
        return Node(self.resource, value or {}, f"{self.path}.{key}" if self.path else key)
