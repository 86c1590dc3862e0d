"""Marking "right L4/5 facet joint" by keyboard and by what a screen reader is told, with and without a script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.edges.test_in_a_browser import BUNDLE, EMAIL, NARROW, PASSWORD, WIDE, browser, checked, server

pytestmark = pytest.mark.browser
__all__ = ["browser", "server"]
NAME = "right L4/5 facet joint"


def signed_in(page: Page, server: str) -> Page:
    page.goto(server)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    return page


@pytest.fixture(scope="module")
def course(server: str, browser: Browser) -> str:
    """A lumbar course whose site does not say the level yet, so that nothing is ticked beforehand."""
    page = signed_in(browser.new_page(viewport=WIDE), server)
    page.goto(f"{server}/patients/import/")
    page.locator("input[type=file]").set_input_files(BUNDLE)
    page.locator("main form button[type=submit]").click()
    page.locator("main a[href^='/patients/']").filter(has_not_text="Patients").first.click()
    page.goto(page.url.rstrip("/") + "/open/")
    page.get_by_label("Lumbar facet joint pain").check()
    page.get_by_label("Where", exact=True).select_option("lumbar-facet")
    page.get_by_role("button", name="Open the course").click()
    return page.url


def focused(page: Page) -> str:
    """The name of the control that has the focus, as the label around it says it."""
    return str(page.evaluate("(document.activeElement.labels?.[0]?.textContent ?? '').replace(/\\s+/g, ' ').trim()"))


def test_a_screen_reader_is_told_each_joint_by_side_level_and_what_it_is(server, browser, course):
    page = signed_in(browser.new_page(viewport=WIDE), server)
    page.goto(f"{course}targets/")
    spine = page.get_by_role("group", name=re.compile("Low back: facet joints")).aria_snapshot()
    for level in ("L1/2", "L2/3", "L3/4", "L4/5", "L5/S1"):
        for side in ("left", "right"):
            assert f'checkbox "{side} {level} facet joint"' in spine
    checked(page)


def test_the_joint_is_marked_with_the_keyboard_alone_and_the_focus_can_be_seen(server, browser, course):
    page = signed_in(browser.new_page(viewport=WIDE), server)
    page.goto(f"{course}targets/")
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == NAME:
            break
    assert focused(page) == NAME
    outline = page.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name=NAME)).to_be_checked()
    drawn = page.get_by_role("checkbox", name=NAME).locator("xpath=ancestor::label").locator("svg")
    assert drawn.evaluate("one => getComputedStyle(one).getPropertyValue('--joint').trim()") != ""
    page.keyboard.press("Enter")  # sends nothing away: the first button of the form only changes the view
    expect(page.get_by_role("checkbox", name=NAME)).to_be_checked()
    page.get_by_role("button", name="Keep these targets").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Planned targets")).to_be_visible()
    expect(page.locator("main").get_by_text(NAME)).to_be_visible()
    checked(page)


def test_the_drawn_joint_is_part_of_its_own_label(server, browser, course):
    page = signed_in(browser.new_page(viewport=NARROW), server)
    page.goto(f"{course}targets/")
    box = page.get_by_role("checkbox", name="left L3/4 facet joint")
    expect(box).not_to_be_checked()
    box.locator("xpath=ancestor::label").locator("svg").click()
    expect(box).to_be_checked()
    checked(page)


def test_without_a_script_the_list_is_searched_and_the_ticks_stay(server, browser, course):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = signed_in(context.new_page(), server)
    page.goto(f"{course}targets/")
    page.get_by_role("checkbox", name="left L1/2 facet joint").check()
    page.get_by_role("button", name="Show as a plain list").click()
    page.get_by_label("Find a target").fill("right L4/5")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 target found")
    page.get_by_role("checkbox", name=NAME).check()
    page.get_by_role("button", name="Show the map").click()
    expect(page.get_by_role("checkbox", name="left L1/2 facet joint")).to_be_checked()
    expect(page.get_by_role("checkbox", name=NAME)).to_be_checked()


def test_with_a_script_the_list_narrows_while_typing(server, browser, course):
    page = signed_in(browser.new_page(viewport=WIDE), server)
    page.goto(f"{course}targets/")
    page.get_by_role("button", name="Show as a plain list").click()
    checked(page)
    page.get_by_label("Find a target").press_sequentially("coccyx")
    expect(page.get_by_role("status")).to_contain_text("1 target found")
    expect(page.get_by_role("checkbox", name="coccyx")).to_be_visible()
    expect(page.get_by_role("checkbox", name="left L1/2 facet joint")).to_have_count(0)
    checked(page)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_whole_catalogue_is_reached_from_the_drawing_of_a_body(server, browser, size):
    page = signed_in(browser.new_page(viewport=size), server)
    page.goto(f"{server}/knowledge/targets/")
    checked(page)
    knee = page.get_by_role("link", name="Right knee")
    knee.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#area-knee$"))


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_pages_of_a_course_as_clinics_run_it_have_no_violation(server, browser, course, size):
    page = signed_in(browser.new_page(viewport=size), server)
    for path in (
        "",
        "goal/",
        "decide/",
        "switch/",
        "work-up/",
        "work-up/block/",
        "work-up/imaging/",
        "work-up/red-flags/",
    ):
        page.goto(course + path)
        checked(page)
    page.goto(f"{server}/knowledge/sessions/")
    checked(page)
