"""What the templates of a decision aid need beside the page itself: its rows, and how hard it is to read."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from enthesis.expectations.aid import ABOUT_THIS_PAGE, QUESTIONS, AidPage

MEASURED = Path(__file__).parents[2] / "locale" / "aids.json"  # written by scripts/reading_level.py


def aid_context(page: AidPage) -> dict[str, Any]:
    """The page, its measured reading level in the language spoken, and the sentences every aid shares."""
    spoken = "es" if (get_language() or "").startswith("es") else "en"
    return {
        "aid": page,
        "about_this_page": ABOUT_THIS_PAGE,
        "ask_them": [said for _, said in QUESTIONS],
        "reading_level": measured().get(page.entry.id, {}).get(spoken),
        "wide": len(page.columns),
    }


@cache
def measured() -> dict[str, dict[str, float]]:
    """Reading level by aid and language, as the build measured it."""
    found: dict[str, dict[str, float]] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found
