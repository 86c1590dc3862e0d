"""The mixing pages in a real browser: recalculated as one types, labels to print, nothing that axe objects to."""

import re

import pytest
from playwright.sync_api import expect
from tests.edges.test_in_a_browser import EMAIL, NARROW, PASSWORD, WIDE, browser, checked, press, server, watched

__all__ = ["browser", "server"]
pytestmark = pytest.mark.browser


def test_a_mixture_is_worked_out_as_it_is_typed_and_its_labels_come_out_alone(server, browser):
    errors: list[str] = []
    page = watched(browser.new_page(viewport=WIDE), errors)
    page.goto(f"{server}/mixing/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", name="What do I draw?")).to_be_visible()
    checked(page)

    net, answer = page.get_by_label("Wanted in the syringe (net %)").first, page.locator("#answer")
    net.fill("0,2")
    expect(answer).to_have_text("Dextrose: '0,2' has a comma; write a decimal point, as in 12.5")
    net.fill("12.5")
    page.get_by_label("Volume in all (mL)").fill("")
    page.get_by_label("Syringes").fill("2x10+3")
    page.get_by_label("Patient's weight (kg)").fill("50")
    expect(answer).to_contain_text("Syringe 3 of 3: 3 mL")
    expect(answer).to_contain_text("46 mg of at most 225 mg")
    page.set_viewport_size(NARROW)
    checked(page)

    press(page, "Labels to print")
    expect(page.get_by_role("heading", name="Labels for 3 syringes")).to_be_visible()
    checked(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Labels for 3 syringes")).to_be_hidden()
    expect(page.get_by_role("link", name="What have I drawn?")).to_be_hidden()
    expect(page.get_by_label("Label 2 of 3")).to_contain_text("Discard by")
    page.emulate_media(media="screen")

    page.goto(f"{server}/mixing/drawn/?recorded=scarpone-2008-elbow")
    expect(page.locator("#answer")).to_contain_text("10.714% dextrose")
    checked(page)
    assert errors == []
    page.close()
