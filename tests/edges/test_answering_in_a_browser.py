"""A survey on a phone, in a real browser: line gone and back, another device, no script, and axe on every screen."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from tests.edges.test_in_a_browser import NARROW, WIDE, browser, checked, served, watched

__all__ = ["browser"]  # the same browser as in the other story
pytestmark = pytest.mark.browser
HOUSE = Path(__file__).with_name("answering_house.py")
ROOT = HOUSE.parents[2]
HEAVIEST = 60_000  # bytes
SMALLEST = 44  # pixels of what is tapped


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A served clinic, and the links of four people to their survey at twelve months."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    here = {"ENTHESIS_DATA": str(tmp_path_factory.mktemp("answering"))}
    environment = kept | here | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    made = subprocess.run(
        [sys.executable, str(HOUSE), "12-months", "4", "es"],
        env=environment, check=True, capture_output=True, text=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    with served(environment) as address:
        yield address, [address + link for link in json.loads(made.stdout)]


def phone(browser: Browser, **options: object) -> Page:
    return browser.new_context(viewport=NARROW, has_touch=True, **options).new_page()


def tap(page: Page, name: str, value: str) -> None:
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').tap()


def screen_one(page: Page) -> None:
    for name, value in (("pain-nrs.nrs_avg_7d", "4"), ("peg.peg_e", "3"), ("peg.peg_g", "2")):
        tap(page, name, value)


def waiting(page: Page) -> list[str]:
    return page.evaluate("Object.values(localStorage)")


def press(page: Page, go: str) -> None:
    page.locator(f'button[value="{go}"]').tap()


def koos(page: Page) -> None:
    for items in (("s1", "p1", "p2", "p3"), ("p4", "a1", "a2")):
        for item in items:
            tap(page, f"koos-jr.{item}", "1")
        press(page, "next")


def ends(page: Page) -> None:
    page.locator('input[name="psfs.act_1.words"]').fill("kneeling")
    for name, value in (("psfs.act_1", "6"), ("pgic.pgic", "2"), ("satisfaction.satisfaction", "4")):
        tap(page, name, value)
    tap(page, "life-changing.life_changing", "0")
    press(page, "finish")


def test_a_survey_on_a_phone_is_kept_tap_by_tap_and_ends_with_ones_own_curve(place, browser):
    errors: list[str] = []
    page = watched(phone(browser), errors)
    sent: list[Response] = []
    page.on("response", lambda answer: sent.append(answer))  # noqa: PLW0108 -- a method of a list cannot be listened with
    page.goto(place[1][0] + "?language=en")
    assert 0 < sum(len(answer.body()) for answer in sent) < HEAVIEST, [(a.url[-20:], len(a.body())) for a in sent]
    heights = page.locator(".screen:not([hidden]) label").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= SMALLEST
    checked(page)
    screen_one(page)
    expect(page.locator("#state")).to_have_text("Your answers are kept.")
    page.wait_for_function("localStorage.length === 0")
    press(page, "next")
    checked(page)
    koos(page)
    checked(page)
    press(page, "back")
    expect(page.locator('input[name="koos-jr.a2"][value="1"]')).to_be_checked()
    page.go_back()
    expect(page.locator('input[name="psfs.act_1.words"]')).to_be_visible()
    ends(page)
    expect(page.get_by_role("heading", name="Your own answers so far")).to_be_visible()
    expect(page.locator("svg.sketch")).to_be_visible()
    checked(page)
    assert errors == []


def test_without_a_line_answers_wait_on_the_phone_and_go_when_it_is_back(place, browser):
    page = phone(browser)
    page.goto(place[1][1] + "?language=en")
    tap(page, "pain-nrs.nrs_avg_7d", "7")
    expect(page.locator("#state")).to_have_text("Your answers are kept.")
    page.context.set_offline(True)
    screen_one(page)
    expect(page.locator("#state")).to_contain_text("wait on this device")
    press(page, "next")
    koos(page)
    assert "best describes" not in waiting(page)[0]
    assert place[1][1].rsplit("/", 2)[1] not in json.dumps(page.evaluate("Object.keys(localStorage)"))
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#state")).to_have_text("Your answers are kept.")
    page.wait_for_function("localStorage.length === 0")
    page.context.set_offline(True)
    ends(page)
    expect(page.locator("#state")).to_contain_text("You are done.")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Your own answers so far")).to_be_visible()
    expect(page.locator("td", has_text="4").first).to_be_visible()
    page.wait_for_function("localStorage.length === 0")


def test_closed_without_a_line_and_opened_again_and_then_on_another_device(place, browser):
    page = phone(browser)
    page.goto(place[1][2])
    page.context.set_offline(True)
    screen_one(page)
    expect(page.locator("#state")).to_contain_text("Sin conexión")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(place[1][2])
    expect(page.locator('input[name="pain-nrs.nrs_avg_7d"][value="4"]')).to_be_checked()
    expect(page.locator("#state")).to_have_text("Sus respuestas están guardadas.")
    page.wait_for_function("localStorage.length === 0")
    desk = browser.new_context(viewport=WIDE).new_page()
    desk.goto(place[1][2])
    expect(desk.locator('input[name="koos-jr.s1"][value="0"]')).to_be_visible()
    checked(desk)
    desk.locator('button[value="back"]').click()
    expect(desk.locator('input[name="peg.peg_e"][value="3"]')).to_be_checked()


def test_an_open_question_is_pointed_out_and_a_link_used_elsewhere_empties_the_phone(place, browser):
    page, other = phone(browser), phone(browser, java_script_enabled=False)
    page.goto(place[1][3] + "?language=en")
    page.context.set_offline(True)
    tap(page, "pain-nrs.nrs_avg_7d", "9")
    press(page, "next")
    expect(page.get_by_text("A question is still open")).to_be_visible()
    checked(page)
    other.goto(place[1][3] + "?language=en")
    for name, value in (("pain-nrs.nrs_avg_7d", "4"), ("peg.peg_e", "3"), ("peg.peg_g", "2")):
        tap(other, name, value)
    press(other, "next")
    koos(other)
    ends(other)
    expect(other.get_by_role("heading", name="Your own answers so far")).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#state")).to_contain_text("This link was used or has expired.")
    page.wait_for_function("localStorage.length === 0")
