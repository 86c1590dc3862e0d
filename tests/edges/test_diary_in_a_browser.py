"""The daily diary on a phone, in a real browser: line gone and back, another device, no script, and axe on each state."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.edges.test_answering_in_a_browser import HEAVIEST, HOUSE, ROOT, SENT, SMALLEST, nothing_waits, phone, tap
from tests.edges.test_in_a_browser import browser, checked, served, watched

__all__ = ["browser"]  # the same browser as in the other story
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Diary links of five people who were treated today and speak Spanish."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    here = {"ENTHESIS_DATA": str(tmp_path_factory.mktemp("diary"))}
    environment = kept | here | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    made = subprocess.run(
        [sys.executable, str(HOUSE), "diary", "5", "es"],
        env=environment, check=True, capture_output=True, text=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    with served(environment) as address:
        yield [address + link for link in json.loads(made.stdout)["links"]]


def state(page: Page):
    return expect(page.locator("#state"))


def back(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def send(page: Page) -> None:
    page.locator('button[type="submit"]').tap()


def test_a_normal_day_is_two_taps_and_send(links, browser):
    errors: list[str] = []
    page = watched(phone(browser), errors)
    page.goto(links[0] + "?language=en")
    assert 10_000 < page.evaluate(SENT) < HEAVIEST
    heights = page.locator("fieldset label").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(height for height in heights if height) >= SMALLEST
    checked(page)
    send(page)
    expect(page.get_by_text("Please answer both questions first")).to_be_visible()
    tap(page, "pain", "3")
    state(page).to_have_text("Your answers are kept.")
    tap(page, "anything_else", "no")
    nothing_waits(page)
    send(page)
    expect(page.get_by_role("heading", name="What is usual now")).to_be_visible()
    checked(page)
    assert errors == []


def test_without_a_line_taps_wait_and_a_yes_never_looks_as_if_it_had_been_heard(links, browser):
    page = phone(browser)
    page.goto(links[1] + "?language=en")
    page.context.set_offline(True)
    tap(page, "pain", "5")
    state(page).to_contain_text("wait on this device")
    tap(page, "anything_else", "yes")
    tap(page, "fever", "yes")
    expect(page.get_by_text("The clinic has not heard this yet")).to_be_visible()
    expect(page.locator("#call a")).to_be_visible()
    checked(page)
    send(page)
    state(page).to_contain_text("You are done.")
    secret = links[1].rstrip("/").rpartition("/")[2]
    assert secret not in json.dumps(page.evaluate("Object.keys(localStorage)"))
    back(page)
    expect(page.locator("#id_the_rest_error")).to_be_visible()
    expect(page.get_by_text("Please act now")).to_be_visible()
    tap(page, "the_rest", "no")
    nothing_waits(page)
    send(page)
    expect(page.get_by_role("heading", name="Please act now")).to_be_visible()
    checked(page)
    nothing_waits(page)


def test_a_sign_that_needs_help_is_answered_before_anything_is_sent_off(links, browser):
    page = phone(browser)
    page.goto(links[2])
    tap(page, "anything_else", "yes")
    tap(page, "numb-mouth", "yes")
    expect(page.get_by_text("Llame al 911 ahora.")).to_be_visible()
    checked(page)
    tap(page, "numb-mouth", "no")
    tap(page, "anything_else", "no")
    tap(page, "pain", "2")
    nothing_waits(page)
    send(page)
    expect(page.get_by_role("heading", name="Por favor, actúe ahora")).to_be_visible()
    expect(page.get_by_text("Usted cambió una respuesta")).to_be_visible()


def test_closed_without_a_line_opened_again_and_ended_elsewhere_without_a_script(links, browser):
    page = phone(browser)
    page.goto(links[3] + "?language=en")
    page.context.set_offline(True)
    tap(page, "pain", "6")
    state(page).to_contain_text("wait on this device")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(links[3] + "?language=en")
    expect(page.locator('input[name="pain"][value="6"]')).to_be_checked()
    nothing_waits(page)
    other = phone(browser, java_script_enabled=False)
    other.goto(links[3] + "?language=en")
    expect(other.locator('input[name="pain"][value="6"]')).to_be_checked()
    page.context.set_offline(True)
    tap(page, "pain", "9")
    tap(other, "anything_else", "no")
    send(other)
    expect(other.get_by_role("heading", name="Thank you")).to_be_visible()
    back(page)
    state(page).to_contain_text("did not reach the clinic")
    expect(page.get_by_text("The clinic has not heard this yet")).to_be_visible()
    nothing_waits(page)
