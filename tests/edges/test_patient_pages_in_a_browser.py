"""Each page a private link opens, on a phone: light, large enough to tap, readable at twice the size, and without fault."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.edges.test_answering_in_a_browser import HEAVIEST, ROOT, SENT, SMALLEST
from tests.edges.test_in_a_browser import NARROW, WIDE, browser, checked, served

__all__ = ["browser"]  # the same browser as in the other stories
pytestmark = pytest.mark.browser
HOUSE = Path(__file__).with_name("patient_house.py")
LIGHT = ("diary", "survey", "baseline", "check-in", "preparation", "estimate", "ended", "unknown", "stop")
SMALL_SCREEN = {"width": 320, "height": 640}
TAPPED = """least => [...document.querySelectorAll("a[href]:not(.skip), button, summary, label:has(input)")].filter(one => {
    const box = one.getBoundingClientRect();
    const inText = getComputedStyle(one).display === "inline" && one.parentElement.textContent !== one.textContent;
    return box.height && !inText && !one.closest("header") && box.height < least;
}).map(one => one.outerHTML.slice(0, 90))"""
TWICE = "document.documentElement.style.fontSize = '200%'"
BROKEN = "[...document.images].filter(one => !one.naturalWidth).length"
FITS = "document.documentElement.scrollWidth <= window.innerWidth + 1"


@contextmanager
def housed(folder: Path, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A served clinic with one person of a long name, and what `patient_house.py` made there."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = kept | {"ENTHESIS_DATA": str(folder), "PYTHONPATH": path}
    made = subprocess.run(
        [sys.executable, str(HOUSE), language], env=environment, check=True, capture_output=True, text=True, cwd=ROOT,
        timeout=300,
    )  # fmt: skip
    with served(environment) as address:
        yield address, json.loads(made.stdout)


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of a link to each form of somebody who speaks Spanish."""
    with housed(tmp_path_factory.mktemp("patients"), "es") as (address, told):
        found = told["links"] | {"unknown": "/p/not-one-of-ours/", "stop": told["links"]["check-in"] + "stop/"}
        yield {form: address + link for form, link in found.items()}


def opened(browser: Browser, address: str, size: dict[str, int] = NARROW, **options: object) -> Page:
    page = browser.new_context(viewport=size, **options).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("form", LIGHT)
def test_a_patients_page_is_light_and_without_fault_on_any_screen_and_in_both_languages(links, browser, form):
    page = opened(browser, links[form])
    assert 5_000 < page.evaluate(SENT) < HEAVIEST
    assert page.evaluate(TAPPED, SMALLEST) == []
    assert page.evaluate(BROKEN) == 0
    for size in (NARROW, SMALL_SCREEN, WIDE):
        page.set_viewport_size(size)
        checked(page)
    page.goto(links[form] + "?language=en")
    checked(page)
    page.set_viewport_size(NARROW)
    page.evaluate(TWICE)
    assert page.evaluate(FITS)


def test_a_week_that_is_not_all_answered_says_so_first_and_keeps_what_was_chosen(links, browser):
    page = opened(browser, links["check-in"] + "?language=en", java_script_enabled=False)
    page.locator("fieldset").first.get_by_text("3", exact=True).click()
    page.get_by_label("What got in the way").fill("rain")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title("Error: Your week · Clinic harbour")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("fieldset").first.get_by_label("3", exact=True)).to_be_checked()
    expect(page.get_by_label("What got in the way")).to_have_value("rain")
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.url.endswith(f"#{page.locator('fieldset').nth(1).get_attribute('id')}")


def test_a_link_that_has_ended_says_whom_to_call(links, browser):
    page = opened(browser, links["ended"] + "?language=en")
    expect(page.get_by_text("This link has expired.")).to_be_visible()
    expect(page.get_by_role("link", name="Call Clinic harbour: 555-0100")).to_have_attribute("href", "tel:555-0100")


def test_without_colours_of_ones_own_what_is_chosen_still_shows(links, browser):
    page = opened(browser, links["diary"], forced_colors="active")
    chosen, other = (page.locator(f'label:has(input[name="pain"][value="{value}"])') for value in "34")
    chosen.click()
    outlines = [one.evaluate("one => getComputedStyle(one).outlineStyle") for one in (chosen, other)]
    assert outlines == ["solid", "none"]


def test_the_curve_can_be_read_without_colours_of_ones_own(links, browser):
    page = opened(
        browser,
        links["baseline"] + "?language=en",
        java_script_enabled=False,
        forced_colors="active",
        color_scheme="dark",
    )
    while page.locator("svg.sketch").count() == 0:
        for group in page.locator(".screen:not([hidden]) fieldset:has(input[type=radio])").all():
            group.locator("label:has(input[type=radio])").first.click()
        page.locator("button:visible").first.click()
        page.wait_for_load_state()
    fills = page.locator("svg.sketch text").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert set(fills) == {ink}


def test_a_preparation_sheet_on_paper_holds_the_sheet_and_nothing_to_press(links, browser):
    page = opened(browser, links["preparation"] + "?language=en")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="What to leave out")).to_be_visible()
    expect(page.get_by_text("Put these days in my calendar")).to_be_hidden()
    expect(page.get_by_role("link", name="Español")).to_be_hidden()
