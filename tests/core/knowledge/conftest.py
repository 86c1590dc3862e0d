"""A small library on disk: one bibliography and entries of a made-up kind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from enthesis.knowledge import Library

BOOKS = """
[smith-2001]
cite = "Smith 2001"
title = "On recipes"
address = "https://example.org/smith"
strength = "trial"
"""
RECIPE = """
id = "soup"
title = "Soup"
cups = 3
steps = ["boil", "serve"]

[[sources]]
cite = "smith-2001"
supports = "three cups"

[review]
written_by = "A cook"
written_on = 2026-01-02
next_review = 2028-01-02

[[examples]]
story = "three cups"
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Callable[..., Library]:
    """shelf(soup=RECIPE, folder="home"): a library with those recipes, in a folder of its own."""

    def act(folder: str = "shipped", books: str | None = BOOKS, **recipes: str) -> Library:
        root = tmp_path / folder
        (root / "recipes").mkdir(parents=True)
        if books is not None:
            (root / "bibliography.toml").write_text(books, encoding="utf-8")
        for name, text in recipes.items():
            (root / "recipes" / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
        return Library((root,))

    return act
