"""A survey on a phone, in a real browser: line gone and back, another device, no script, and axe on every screen."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.edges.test_in_a_browser import NARROW, TODAY, WIDE, browser, checked, served, watched

__all__ = ["browser"]  # the same browser as in the other story
pytestmark = pytest.mark.browser
HOUSE = Path(__file__).with_name("answering_house.py")
ROOT = HOUSE.parents[2]
HEAVIEST = 60_000  # bytes
SENT = "performance.getEntries().reduce((sum, one) => sum + (one.encodedBodySize || 0), 0)"  # as it came over the line
SMALLEST = 44  # pixels of what is tapped


@dataclass(frozen=True)
class Place:
    """A served clinic: the links of its people, their courses, and the session of somebody at the desk."""

    address: str
    links: list[str]
    courses: list[str]
    session: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Five people who were treated today, asked as at twelve months."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    here = {"ENTHESIS_DATA": str(tmp_path_factory.mktemp("answering"))}
    environment = kept | here | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    made = subprocess.run(
        [sys.executable, str(HOUSE), "12-months", "5", "es"],
        env=environment, check=True, capture_output=True, text=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    told = json.loads(made.stdout)
    with served(environment) as address:
        yield Place(address, [address + link for link in told["links"]], told["courses"], told["session"])


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


def nothing_waits(page):
    """Until the phone holds no answers; asked from outside, as the page's own policy lets nothing be evaluated inside it."""
    for _ in range(200):
        if page.evaluate("localStorage.length") == 0:
            return
        page.wait_for_timeout(50)
    raise AssertionError("answers still wait on this device")


def test_a_survey_on_a_phone_is_kept_tap_by_tap_and_ends_with_ones_own_curve(place, browser):
    errors: list[str] = []
    page = watched(phone(browser), errors)
    page.goto(place.links[0] + "?language=en")
    assert 10_000 < page.evaluate(SENT) < HEAVIEST
    heights = page.locator(".screen:not([hidden]) label").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= SMALLEST
    checked(page)
    screen_one(page)
    expect(page.locator("#state")).to_have_text("Your answers are kept.")
    nothing_waits(page)
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
    page.goto(place.links[1] + "?language=en")
    tap(page, "pain-nrs.nrs_avg_7d", "7")
    expect(page.locator("#state")).to_have_text("Your answers are kept.")
    page.context.set_offline(True)
    screen_one(page)
    expect(page.locator("#state")).to_contain_text("wait on this device")
    press(page, "next")
    koos(page)
    assert "best describes" not in waiting(page)[0]
    assert place.links[1].rsplit("/", 2)[1] not in json.dumps(page.evaluate("Object.keys(localStorage)"))
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#state")).to_have_text("Your answers are kept.")
    nothing_waits(page)
    page.context.set_offline(True)
    ends(page)
    expect(page.locator("#state")).to_contain_text("You are done.")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Your own answers so far")).to_be_visible()
    expect(page.locator("td", has_text="4").first).to_be_visible()
    nothing_waits(page)


def test_closed_without_a_line_and_opened_again_and_then_on_another_device(place, browser):
    page = phone(browser)
    page.goto(place.links[2])
    page.context.set_offline(True)
    screen_one(page)
    expect(page.locator("#state")).to_contain_text("Sin conexión")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(place.links[2])
    expect(page.locator('input[name="pain-nrs.nrs_avg_7d"][value="4"]')).to_be_checked()
    expect(page.locator("#state")).to_have_text("Sus respuestas están guardadas.")
    nothing_waits(page)
    desk = browser.new_context(viewport=WIDE).new_page()
    desk.goto(place.links[2])
    expect(desk.locator('input[name="koos-jr.s1"][value="0"]')).to_be_visible()
    checked(desk)
    desk.locator('button[value="back"]').click()
    expect(desk.locator('input[name="peg.peg_e"][value="3"]')).to_be_checked()


def test_an_open_question_is_pointed_out_and_a_link_used_elsewhere_empties_the_phone(place, browser):
    page, other = phone(browser), phone(browser, java_script_enabled=False)
    page.goto(place.links[3] + "?language=en")
    page.context.set_offline(True)
    tap(page, "pain-nrs.nrs_avg_7d", "9")
    press(page, "next")
    expect(page.get_by_text("A question is still open")).to_be_visible()
    checked(page)
    other.goto(place.links[3] + "?language=en")
    for name, value in (("pain-nrs.nrs_avg_7d", "4"), ("peg.peg_e", "3"), ("peg.peg_g", "2")):
        tap(other, name, value)
    press(other, "next")
    koos(other)
    ends(other)
    expect(other.get_by_role("heading", name="Your own answers so far")).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#state")).to_contain_text("This link was used or has expired.")
    nothing_waits(page)


def test_a_paper_form_is_typed_without_touching_the_mouse(place, browser):
    errors: list[str] = []
    context = browser.new_context(viewport=WIDE)
    context.add_cookies([{"name": "sessionid", "value": place.session, "url": place.address}])
    page = watched(context.new_page(), errors)
    page.goto(f"{place.address}/courses/{place.courses[4]}/paper/baseline-2/")
    page.get_by_role("button", name="Make the form with a code").click()
    checked(page)
    code = page.locator(".code strong").inner_text()
    page.goto(f"{place.address}/paper/")
    checked(page)
    page.get_by_label("Code on the form").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_label("On paper")).to_be_checked()
    checked(page)
    page.get_by_label("Day the questions were answered").fill(TODAY.isoformat())
    page.locator(".typed input").first.focus()
    for digit in "7654" + "1111111":
        page.keyboard.type(digit)
        page.keyboard.press("Enter")
    page.keyboard.type("weeding")
    for typed in ("", "4", "", "", "", "", "1", "0", "2", "1"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep these answers")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Surveys")).to_be_visible()
    assert page.locator("section", has_text="second baseline").get_by_text("answered", exact=False).count() == 5
    phone = browser.new_context(viewport=NARROW)
    phone.add_cookies([{"name": "sessionid", "value": place.session, "url": place.address}])
    small = watched(phone.new_page(), errors)
    small.goto(f"{place.address}/courses/{place.courses[4]}/enter/12-months/?mode=by+phone")
    expect(small.get_by_label("By phone")).to_be_checked()
    checked(small)
    assert errors == []
