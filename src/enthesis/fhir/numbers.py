"""Numbers as FHIR writes them."""

from enthesis.fhir.node import TYPES, Node

LARGEST = 10**15


def number(node: Node, key: str) -> float | None:
    """The number under a key; None when absent. Raises BadInput for text, for true and false, and for no number."""
    value = node.fields.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise node.wrong(key, f"must be a number, and is {TYPES[type(value)]}")
    if abs(value) > LARGEST:
        raise node.wrong(key, "is larger than anything that is measured")
    return float(value)
