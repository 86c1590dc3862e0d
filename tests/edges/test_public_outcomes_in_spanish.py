"""The public page of outcomes in both languages: one choice, the same numbers, and nothing left in English by mistake."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from itertools import product

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Route, sync_playwright
from tests.clinic.conftest import House
from tests.edges.pages import signed_in, words
from tests.edges.test_in_a_browser import FLAGS, NARROW, WIDE, checked
from tests.edges.test_outcomes_pages import PUBLISH, full, take  # noqa: F401 -- a fixture

from enthesis.registry.models import PublishedOutcomes

AT = reverse("outcomes-public", args=["harbour"])


@pytest.fixture
def published(full: House) -> House:  # noqa: F811
    director = signed_in(full, "director")
    take(full, director)
    director.post(PUBLISH, {"clinic": full.clinic.pk})
    return full


def page(language: str) -> str:
    return Client().get(AT, {"language": language}).content.decode()


def numbers(html: str) -> list[str]:
    """Every number a reader sees, written one way, in order of size; the order of words differs between languages."""
    report = html[html.index('<section class="report"') :]
    said = unescape(re.sub(r"<[^>]+>", " ", report)).replace("\u2212", "-")
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)|(?<=\d)\u00a0(?=\d{3}\b)", "", said)
    return sorted(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", plain)))


def test_both_languages_show_the_same_numbers(published: House):
    english, spanish = numbers(page("en")), numbers(page("es"))
    assert len(english) > 100
    assert english == spanish


def test_the_spanish_page_is_spanish_from_its_head_to_its_methods(published: House):
    said = words(Client().get(AT, {"language": "es"}))
    assert '<html lang="es"' in page("es")
    assert '<html lang="en"' in page("en")
    for part in (
        "Debían responder 25 (3 meses); respondieron 25 de ellas (100,0 %).",
        "Su dolor medio pasó de 7,0 a",
        "No tenemos grupo de comparación.",
        "proloterapia con dextrosa",
        "Nadie en la clínica puede cambiar sus palabras ni sus números.",
        "Métodos",
    ):
        assert part in said.replace("\u00a0", " ")
    assert not re.search(r"\b(the|were|which|people|week|better|worse)\b", said)


def test_what_was_published_in_english_alone_is_shown_and_marked_as_english(published: House):
    from django_scopes import scopes_disabled

    with scopes_disabled():
        one = PublishedOutcomes.objects.get()
        content = {name: value for name, value in one.content.items() if name != "es"}
        values = {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields if not f.primary_key}
        PublishedOutcomes.objects.create(
            **values | {"content": content, "recorded_at": one.recorded_at + timedelta(seconds=1)}
        )
    old = page("es")
    assert "se publicaron antes de que esta página pudiera leerse en español" in old
    assert '<div lang="en"><section class="report"' in old
    assert "published before" not in page("en")


@pytest.mark.browser
def test_each_language_can_be_read_by_ear_and_on_a_phone(published: House, chromium_path: str):
    pages = {language: page(language) for language in ("en", "es")}
    with sync_playwright() as playwright:  # from here on nobody asks the database: its loop forbids it
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        for size, language in product((WIDE, NARROW), pages):
            shown = browser.new_page(viewport=size)
            shown.route("**/*", answering(pages[language]))
            shown.goto(f"http://clinic.test{AT}?language={language}")
            checked(shown)
            assert shown.locator("html").get_attribute("lang") == language
            shown.close()
        browser.close()


def answering(html: str) -> Callable[[Route], None]:
    """Gives the page itself, or a file it asks for as the server would find it."""

    def answer(route: Route) -> None:
        static = route.request.url.partition("/static/")[2]
        if found := finders.find(static) if static else None:
            route.fulfill(path=found)
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    return answer
