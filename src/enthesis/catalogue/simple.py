"""Examples of sites: the catalogue belongs to no room of its own."""

from collections.abc import Mapping
from typing import Any

from enthesis.knowledge import Library, SiteKind, parse_site


def run_site_example(body: SiteKind, example: Mapping[str, Any], library: Library) -> None:
    """A site as written on the command line, and its name in words."""
    said = parse_site(example["given"], library).name
    if said != example["expect"]:
        raise AssertionError(f"{example['story']!r}: {said!r}, and {example['expect']!r} was promised")
