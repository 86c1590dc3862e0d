"""What resources write again and again is read once.

Charts have a few thousand diagnoses, drugs and statuses, each in hundreds of resources that differ in their id and
their dates. What some fields of a resource say is remembered under exactly how they are written.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

import orjson

from enthesis.fhir.node import Node

MOST = 10_000  # ways of writing that are remembered; it must not grow with the clinic

T = TypeVar("T")


class Recurring(Generic[T]):
    """What a few fields mean. `read` sees those fields alone, so nothing it does not remember by can reach it.

    It is for values that hold nothing of the one resource; what cannot be read raises BadInput and is not remembered.
    """

    def __init__(self, read: Callable[[Node], T], *fields: str) -> None:
        self._read, self._fields = read, fields
        self._known: dict[bytes, T] = {}

    def __call__(self, node: Node) -> T:
        """What the fields of this resource say. Raises BadInput as `read` does."""
        values = tuple(map(node.fields.get, self._fields))
        try:
            written = orjson.dumps(values)
        except (
            orjson.JSONEncodeError
        ):  # a number or half a character that nothing here means: reading says what is wrong
            return self._read(self._alone(node, values))
        found = self._known.get(written)
        return self._first(node, values, written) if found is None else found

    def _first(self, node: Node, values: tuple[object, ...], written: bytes) -> T:
        found = self._read(self._alone(node, values))
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[written] = found
        return found

    def _alone(self, node: Node, values: tuple[object, ...]) -> Node:
        fields = {key: one for key, one in zip(self._fields, values, strict=True) if one is not None}
        return Node(node.resource, fields, node.path)
