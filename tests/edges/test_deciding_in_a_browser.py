"""A patient decides with the aid on a phone; staff ask what to expect: seen, printed, without a script and by axe."""

import pytest
from playwright.sync_api import Browser, expect
from tests.edges.test_in_a_browser import NARROW, WIDE, browser, checked, server
from tests.edges.test_targets_in_a_browser import course, signed_in

pytestmark = pytest.mark.browser
__all__ = ["browser", "course", "server"]


@pytest.fixture(scope="module")
def link(server: str, browser: Browser, course: str) -> str:
    page = signed_in(browser.new_page(viewport=WIDE), server)
    page.goto(course)
    page.get_by_role("link", name="Decision aid").click()
    page.get_by_role("button", name="Make the patient’s link and code").click()
    checked(page)
    return str(page.locator("#address").input_value())


def test_a_patient_reads_says_what_matters_and_the_clinic_sees_it(server, browser, course, link):
    """On a phone, with no script running at all."""
    page = browser.new_context(viewport=NARROW, java_script_enabled=False).new_page()
    page.goto(f"{link}?language=en")
    expect(
        page.get_by_text("There is no controlled evidence for dextrose injections into the facet joint.")
    ).to_be_visible()
    expect(
        page.get_by_role("img", name="Sugar water shots (prolotherapy): About 46 of 100 (could be 16 to 79).")
    ).to_be_visible()
    page.get_by_role("group", name="No needles").get_by_label("most of all").check()
    page.get_by_label("What will I pay in all?").check()
    page.get_by_label("My own question").fill("Can I swim?")
    page.get_by_role("radio", name="Waiting, with no shots").check()
    page.get_by_role("button", name="Keep my answers").click()
    expect(page.get_by_role("status")).to_contain_text("Your answers are kept.")
    staff = signed_in(browser.new_page(viewport=WIDE), server)
    staff.goto(f"{course}decision-aid/")
    for said in ("most of all", "Waiting, with no shots", "“Can I swim?”"):
        expect(staff.get_by_text(said).first).to_be_visible()
    checked(staff)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_page_holds_on_every_width_in_both_languages(browser, link, size, language):
    page = browser.new_page(viewport=size)
    page.goto(f"{link}?language={language}")
    checked(page)
    tops = page.evaluate("[...document.querySelectorAll('.option h4')].slice(0, 9).map(h => h.textContent)")
    others = page.evaluate("[...document.querySelectorAll('.option:last-child h4')].map(h => h.textContent)")
    assert tops == others, "every option has the same rows in the same order"


def test_side_by_side_the_rows_of_all_options_start_at_one_height(browser, link):
    page = browser.new_page(viewport=WIDE)
    page.goto(f"{link}?language=en")
    rows = page.evaluate(
        "[...document.querySelectorAll('.option')].slice(0, 3).map(o => [...o.querySelectorAll('h4')].map(h => Math.round(h.getBoundingClientRect().top)))"
    )
    assert rows[0] == rows[1] == rows[2]


def test_on_paper_the_form_is_gone_and_the_pictures_are_black_and_white(browser, link):
    page = browser.new_page(viewport=WIDE)
    page.goto(f"{link}?language=en")
    page.emulate_media(media="print")
    expect(page.locator(".aid-form")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('use.solid')).fill") == "rgb(0, 0, 0)"


def test_staff_ask_and_check_a_claim(server, browser):
    page = signed_in(browser.new_page(viewport=WIDE), server)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Expect", exact=True).click()
    page.get_by_label("Starting pain, 1–10").fill("7")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("16 more of 100 (could be 15 fewer to 47 more)").first).to_be_visible()
    checked(page)
    page.get_by_role("link", name="Public claims beside what is known").click()
    page.get_by_role("textbox", name="Sentence").fill("47% called it life changing")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("status")).to_contain_text("It may not be printed as it stands.")
    checked(page)
    page.set_viewport_size(NARROW)
    checked(page)
    page.goto(f"{server}/expect/")
    checked(page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_director_judges_otherwise_and_takes_it_back_without_a_script(server, browser, size):
    page = signed_in(browser.new_context(viewport=size, java_script_enabled=False).new_page(), server)
    page.goto(f"{server}/expect/")
    page.get_by_text("Judge otherwise").click()
    page.get_by_label("Domain").select_option("imprecision")
    page.get_by_label("Your judgment").select_option("0")
    page.get_by_label("Why", exact=True).fill("enough people for this question")
    page.get_by_role("button", name="Keep this judgment").click()
    expect(page.get_by_text("By the rules alone:")).to_be_visible()
    expect(page.get_by_text("the rule says some concerns")).to_be_visible()
    read = signed_in(browser.new_page(viewport=size), server)
    read.goto(f"{server}/expect/")
    read.get_by_text("Judge otherwise").click()
    checked(read)
    page.get_by_label("Why it is taken back").fill("judged by mistake")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("The rule stands again.")).to_be_visible()
    expect(page.get_by_text("taken back: the rule stands").first).to_be_visible()


def test_on_paper_the_sources_stand_under_the_page(browser, link):
    page = browser.new_page(viewport=WIDE)
    page.goto(f"{link}?language=en")
    expect(page.locator(".on-paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_contain_text("Yelland")
