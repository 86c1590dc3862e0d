"""The pages by which staff follow up, at a desk, on a phone and on the smallest: without fault, whatever the length of a name."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.edges.test_in_a_browser import NARROW, WIDE, browser, checked, watched
from tests.edges.test_patient_pages_in_a_browser import SMALL_SCREEN, housed

__all__ = ["browser"]  # the same browser as in the other stories
pytestmark = pytest.mark.browser
OPEN = "document.querySelectorAll('main details').forEach(one => one.open = true)"
COURSE = "/courses/{course}"
PAGES = {
    "coordinator": (
        COURSE + "/alongside/week/check-in-1-1/",
        COURSE + "/enter/baseline-2/?mode=by+phone",
        COURSE + "/paper/baseline-2/",
        COURSE + "/links/",
        COURSE + "/survey/",
        COURSE + "/sessions/{session}/diary/",
        "/patients/{patient}/reach/",
        "/paper/",
        "/washouts/",
    ),
    "clinician": (
        "/",
        COURSE + "/goal/",
        "/lots/",
        "/lots/recall/",
        "/mixing/",
        "/mixing/drawn/",
        "/patients/{patient}/",
    ),
}


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    with housed(tmp_path_factory.mktemp("staff"), "es") as (address, told):
        yield address, told


def desk(browser: Browser, clinic, role: str, errors: list[str]) -> Page:
    address, told = clinic
    context = browser.new_context(viewport=WIDE)
    context.add_cookies([{"name": "sessionid", "value": told["desks"][role], "url": address}])
    return watched(context.new_page(), errors)


@pytest.mark.parametrize("role", PAGES)
def test_each_page_is_without_fault_on_any_screen(clinic, browser, role):
    errors: list[str] = []
    page, (address, told) = desk(browser, clinic, role, errors), clinic
    for path in PAGES[role]:
        page.goto(address + path.format(**told))
        page.evaluate(OPEN)
        for size in (WIDE, NARROW, SMALL_SCREEN):
            page.set_viewport_size(size)
            checked(page)
    assert errors == []


def test_a_recall_names_who_received_the_lot_on_a_phone_too(clinic, browser):
    page = desk(browser, clinic, "clinician", [])
    page.set_viewport_size(NARROW)
    page.goto(clinic[0] + "/lots/recall/")
    page.get_by_label("Lot").fill("dx-2405")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="1 person")).to_be_visible()
    checked(page)
    page.set_viewport_size(SMALL_SCREEN)
    checked(page)


def test_an_answer_of_worry_is_signed_on_a_phone(clinic, browser):
    page = desk(browser, clinic, "clinician", [])
    page.set_viewport_size(NARROW)
    page.goto(clinic[0])
    page.get_by_role("link", name="1 unsigned answer about worry or low mood").click()
    waiting = page.locator("#mood")
    expect(waiting).to_contain_text("Anxiety 5 of 6")
    waiting.get_by_text("Sign what was done").click()
    waiting.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("alert")).to_be_focused()
    checked(page)
    page.locator("#mood").get_by_label("What was done").fill("called; sees the family doctor")
    page.locator("#mood").get_by_role("button", name="Sign").click()
    expect(page.locator("#mood")).to_contain_text("No answer about worry or low mood waits for a signature.")
    checked(page)


def test_a_week_left_open_says_so_first_and_one_told_wrongly_is_corrected(clinic, browser):
    page = desk(browser, clinic, "coordinator", [])
    page.set_viewport_size(NARROW)
    page.goto(clinic[0] + f"/courses/{clinic[1]['course']}/alongside/week/check-in-1-1/")
    page.get_by_label("¿Qué se lo impidió").fill("lluvia")
    page.get_by_role("button", name="Keep this week").click()
    expect(page).to_have_title("Error: Week 1 · Enthesis")
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.get_by_label("¿Qué se lo impidió")).to_have_value("lluvia")
    checked(page)
    for group in page.locator("div.scale.week").all():
        group.get_by_text("3", exact=True).click()
    page.get_by_role("button", name="Keep this week").click()
    expect(page.get_by_text("The week is kept.")).to_be_visible()
    checked(page)
    page.get_by_role("link", name="Correct week 1").click()
    page.get_by_label("Why is it corrected?").fill("misheard")
    page.locator("div.scale.week").first.get_by_text("5", exact=True).click()
    checked(page)
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.get_by_text("Corrected: misheard")).to_be_visible()
    checked(page)
