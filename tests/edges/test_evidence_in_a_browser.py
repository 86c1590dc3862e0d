"""Evidence in a real browser: refits as one clicks, the same without any script, and axe on every page, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect
from tests.edges.test_in_a_browser import (  # noqa: F401 -- fixtures
    EMAIL,
    NARROW,
    PASSWORD,
    WIDE,
    browser,
    checked,
    press,
    server,
    watched,
)

pytestmark = pytest.mark.browser
REVIEW = "/evidence/dextrose-prolotherapy/"


def signed_in(page: Page, server: str) -> Page:  # noqa: F811
    page.goto(server + REVIEW)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").first.fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**" + REVIEW)
    return page


def test_an_answer_refits_as_one_clicks_and_its_address_keeps_the_question(server, browser):  # noqa: F811
    errors: list[str] = []
    page = signed_in(watched(browser.new_page(viewport=WIDE), errors), server)
    checked(page)
    expect(page.locator("#answer")).to_contain_text("7 studies compare 7 treatments")
    page.get_by_label("Knee osteoarthritis").check()
    expect(page.locator("#answer")).to_contain_text("2 studies compare 3 treatments", timeout=60_000)
    assert "condition=knee-osteoarthritis" in page.url
    page.locator("#id_versus").select_option("exercise")
    expect(page.locator("#answer")).to_contain_text("Against exercise", timeout=60_000)
    assert page.get_by_label("Knee osteoarthritis").is_checked()
    assert errors == []


def test_the_same_question_is_answered_without_any_script(server, browser):  # noqa: F811
    page = signed_in(browser.new_context(viewport=NARROW, java_script_enabled=False).new_page(), server)
    page.get_by_label("Knee osteoarthritis").check()
    press(page, "Answer")
    expect(page.locator("#answer")).to_contain_text("2 studies compare 3 treatments")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_of_evidence_can_be_read_by_ear_and_on_a_phone(server, browser, size):  # noqa: F811
    page = signed_in(browser.new_page(viewport=size), server)
    checked(page)
    for at in (
        "/evidence/",
        REVIEW + "?measure=OR",
        REVIEW + "?condition=sacroiliac-pain",
        REVIEW + "add/",
        REVIEW + "changes/",
        REVIEW + "certainty/?treatment=dextrose&against=saline-injection",
        "/evidence/knee-physical-treatments/",
        "/evidence/knee-physical-treatments/further/",
        REVIEW + "further/",
        REVIEW + "further/?treatment=dextrose&against=dextrose",
    ):
        page.goto(server + at)
        checked(page)
    page.goto(server + REVIEW + "add/")
    press(page, "Add and fit again")
    expect(page.get_by_role("alert")).to_contain_text("This needs your attention")
    checked(page)


def test_further_questions_are_answered_without_any_script(server, browser):  # noqa: F811
    page = signed_in(browser.new_context(viewport=NARROW, java_script_enabled=False).new_page(), server)
    page.get_by_role("link", name="Further questions").click()
    expect(page.locator("#looks")).to_contain_text("Is there enough to decide about dextrose")
    page.locator("#id_treatment").select_option("exercise")
    press(page, "Answer")
    expect(page.locator("#looks")).to_contain_text("about exercise against saline injection")
