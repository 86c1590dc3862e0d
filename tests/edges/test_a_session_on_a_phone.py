"""A whole session on a phone: consent to signature in under 40 taps and keystrokes, counted as they are made."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.edges.test_in_a_browser import BUNDLE, EMAIL, NARROW, PASSWORD, TODAY, browser, checked, served, watched

__all__ = ["browser"]  # the same browser as in the other story
pytestmark = pytest.mark.browser
MOST = 40
VIALS = ("dextrose 50%", "lidocaine 1%", "saline 0.9%")
Clinic = tuple[str, str, str]


class Thumb:
    """Taps and types, and counts: a tap is one, every key is one."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Locator) -> None:
        """One tap."""
        self.taps += 1
        what.first.click()

    def label(self, words: str) -> None:
        """One tap on what is called so."""
        self.tap(self.page.get_by_label(words))

    def press(self, name: str) -> None:
        """One tap on a button."""
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def type(self, label: str, text: str) -> None:
        """A tap into the field and a key for each letter."""
        self.label(label)
        self.taps += len(text)
        self.page.keyboard.type(text)

    def draw(self, box: Locator) -> None:
        """One stroke with a finger."""
        self.taps += 1
        box.scroll_into_view_if_needed()
        at = box.bounding_box()
        assert at is not None
        self.page.mouse.move(at["x"] + 20, at["y"] + 40)
        self.page.mouse.down()
        self.page.mouse.move(at["x"] + 120, at["y"] + 60, steps=6)
        self.page.mouse.up()


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A served clinic with one patient who is ready for today's session, and three vials on the shelf."""
    folder = tmp_path_factory.mktemp("phone")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    environment = kept | {"ENTHESIS_DATA": str(folder / "data"), "ENTHESIS_PASSWORD": PASSWORD}

    def run(*words: object) -> str:
        command = [sys.executable, "-m", "enthesis", *map(str, words)]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    for role in ("clinician", "coordinator", "director"):
        run("staff", "add", EMAIL, "--role", role, "--name", "Clara Clinician")
    course = ready(run, folder)
    with served(environment) as address:
        yield address, course, str(folder)


def ready(run, folder: Path) -> str:
    """A course with everything done today but consent and session."""
    patient = json.loads(run("import", BUNDLE, "--json"))["patient"]
    course = run("course", "open", patient, "--condition", "knee-osteoarthritis", "--site", "knee:right")
    questions = json.loads(run("questions", "--json"))
    answers = {one["id"]: "never" if one["kind"] == "when" else False for one in questions}
    (folder / "answers.json").write_text(json.dumps(answers))
    if run("course", "screen", course, "--on", TODAY, "--answers", folder / "answers.json") == "ask":
        run("course", "allow", course, "--because", "read the chart")
    run("course", "plan", course, "--start", TODAY)
    run("course", "mix", course, "--dextrose", 15, "--lidocaine", 0.2, "--volume-ml", 10, "--weight-kg", 70)
    return course


def signed_in(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=NARROW, has_touch=True).new_page()
    page.goto(address)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def shelve(page: Page, address: str) -> None:
    """What the clinic does once a delivery, not once a session."""
    for number, what in enumerate(VIALS):
        page.goto(f"{address}/lots/")
        page.get_by_label("What it is").fill(what)
        page.locator("#id_lot").last.fill(f"DX240{number}")
        page.get_by_label("Expiry date").fill((TODAY + timedelta(days=90)).isoformat())
        page.get_by_role("button", name="Put it on the shelf").click()
    checked(page)


def test_a_whole_session_takes_fewer_than_forty_taps_and_keys(clinic, browser):
    address, course, _ = clinic
    errors: list[str] = []
    page = watched(signed_in(browser, address), errors)
    shelve(page, address)
    page.goto(f"{address}/courses/{course}/")
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("button", name="Ask for consent"))
    checked(page)
    thumb.label("Entendí")
    thumb.draw(page.locator("canvas"))
    thumb.type("Nombre completo", "P T")
    thumb.press("Firmar")
    thumb.tap(page.get_by_role("button", name="Begin the session"))
    thumb.tap(page.get_by_role("group", name="Pain now").get_by_label("7", exact=True))
    thumb.label("Red flags")
    checked(page)
    thumb.press("Record this step")
    for words in ("said their name", "Site and side agree", "Allergies were read aloud", "lipid emulsion"):
        thumb.label(words)
    for number, what in enumerate(VIALS):
        thumb.label(f"{what}, lot DX240{number}")
    checked(page)
    thumb.press("Record the time-out")
    thumb.type("Volume in the skin", "2")
    thumb.label("lidocaine 1%, lot DX2401")
    checked(page)
    thumb.press("Record this step")
    thumb.type("Volume (mL)", "4")
    thumb.taps += 2  # a list of choices is opened and one is tapped
    page.get_by_label("Guidance").first.select_option("ultrasound")
    checked(page)
    thumb.press("Record this step")
    thumb.type("Minutes watched", "30")
    thumb.tap(page.get_by_label("none", exact=True))
    thumb.tap(page.get_by_role("group", name="Pain when leaving").get_by_label("5", exact=True))
    thumb.label("fit to leave")
    checked(page)
    thumb.press("Record this step")
    checked(page)
    thumb.press("Sign this record")
    expect(page.get_by_text("The record is as it was signed")).to_be_visible()
    checked(page)
    assert thumb.taps < MOST, f"{thumb.taps} taps and keys"
    assert errors == []
    page.get_by_role("link", name="Procedure note").click()
    expect(page.get_by_text("lot DX2402", exact=False).first).to_be_visible()
    checked(page)


def test_the_cards_open_with_one_tap_when_the_network_is_gone(clinic, browser):
    address, course, _ = clinic
    page = signed_in(browser, address)
    page.goto(f"{address}/courses/{course}/assess/")
    page.context.set_offline(True)
    page.get_by_text("Too much local anaesthetic in the blood").first.click()
    expect(page.get_by_text("100 mL over 2 to 3 minutes").first).to_be_visible()
    page.get_by_text("Anaphylaxis", exact=True).first.click()
    expect(page.get_by_text("0.5 mg into the outer mid-thigh").first).to_be_visible()
    page.context.set_offline(False)
    checked(page)
    page.goto(f"{address}/emergencies/")
    checked(page)


def test_consent_is_signed_without_javascript_and_by_keyboard(clinic, browser):
    address, course, _ = clinic
    state = signed_in(browser, address).context.storage_state()
    page = browser.new_context(java_script_enabled=False, viewport=NARROW, storage_state=state).new_page()
    page.goto(f"{address}/courses/{course}/consent/?language=en")
    expect(page.locator("canvas")).to_be_hidden()
    page.get_by_label("I understood this text").press("Space")
    page.get_by_label("Full name, as a signature").press_sequentially("Pat")
    page.get_by_label("Who interpreted").press_sequentially("Ana, by phone")
    page.get_by_label("Who interpreted").press("Enter")
    page.goto(f"{address}/courses/{course}/consent/?language=en")
    expect(page.get_by_text("signed", exact=False).first).to_contain_text("Pat")


@pytest.mark.parametrize("path", ["/lots/", "/lots/recall/", "/adverse-events/", "/emergencies/"])
def test_the_clinics_own_pages_are_accessible_on_a_phone(clinic, browser, path):
    address, *_ = clinic
    page = signed_in(browser, address)
    page.goto(address + path)
    checked(page)
