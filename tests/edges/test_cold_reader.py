"""The cold-reader test of docs/ipdas.md: what it says the page answers stands on the patient's page, in both languages."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from enthesis.clinic.aid import link_to_aid

TABLE = (Path(__file__).parents[2] / "docs" / "ipdas.md").read_text(encoding="utf-8").partition("## Cold reader")[2]
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|")) for line in TABLE.splitlines() if line.startswith("| ")
][1:]
FILLED = {  # sentences with numbers in them, as the templates hold them
    "About 46 of 100 (could be 16 to 79).": (
        "About %(n)s of 100 (could be %(low)s to %(high)s).",
        {"n": 46, "low": 16, "high": 79},
    ),
    "About 36 of 100 (could be 17 to 59).": (
        "About %(n)s of 100 (could be %(low)s to %(high)s).",
        {"n": 36, "low": 17, "high": 59},
    ),
    "none seen: 0 of 30": ("none seen: %(k)s of %(n)s", {"k": 0, "n": 30}),
}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("\u00a0", " ")


def spanish(said: str) -> str:
    form, numbers = FILLED.get(said, (said, {}))
    with override("es"):
        told = gettext(form)
    assert told != form, f"{form!r} has no Spanish"
    return told % numbers if numbers else told


@pytest.fixture
def page(harbour, client):
    course = harbour.course(condition="lumbar-facet-pain", site="lumbar-facet:L4/5:right")
    address = reverse("private:form", kwargs={"token": link_to_aid(by=harbour.coordinator, course=course).token})
    return lambda language: words(client.get(f"{address}?language={language}").content.decode())


def test_ten_questions_are_answered_on_the_page_in_both_languages(page):
    assert len(ROWS) == 10
    english, in_spanish = page("en"), page("es")
    for question, answer in ROWS:
        quoted = re.findall(r'"([^"]+)"', answer)
        assert quoted, f"{question}: the table quotes nothing of the page"
        for said in quoted:
            assert said in english, f"{question}: {said!r} does not stand on the page"
            assert spanish(said) in in_spanish, f"{question}: {spanish(said)!r} does not stand on the Spanish page"
