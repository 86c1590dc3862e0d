"""The whole course in a real browser against the real server, with axe on every page: wide by staff, narrow by the patient."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
AXE = next((HERE.parent / "vendor").glob("axe-core-*/axe.min.js"))
BUNDLE = HERE.parent / "data/fhir/synthea/patient-06.json"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "a password for this test only"
EMAIL = "clinician@clinic.example"
TODAY = date.today()  # noqa: DTZ011 -- the server asks the same calendar
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A clinic of its own with one clinician who is coordinator too, served as users would."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    environment = kept | {"ENTHESIS_DATA": str(tmp_path_factory.mktemp("data")), "ENTHESIS_PASSWORD": PASSWORD}
    for role in ("clinician", "coordinator", "director"):
        subprocess.run(
            [sys.executable, "-m", "enthesis", "staff", "add", EMAIL, "--role", role, "--name", "Clara <Clinician>"],
            env=environment,
            check=True,
            capture_output=True,
        )
    with served(environment) as address:
        yield address


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    """The real server on a port of its own, up before anybody asks, and down afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "enthesis", "serve", "--port", str(port)], env=environment)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/alive/", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


def checked(page: Page) -> None:
    """No violation of WCAG 2.2 AA that a machine can see, no sideways scrolling, nothing the policy had to block."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found["violations"]] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), (
        f"{page.url} scrolls sideways"
    )


def watched(page: Page, errors: list[str]) -> Page:
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" and "favicon" not in message.text else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("main a").filter(has_text=name).first.click()


def choose(page: Page, group: str, answer: str) -> None:
    page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()


def test_a_whole_course_by_pages(server, browser):
    errors: list[str] = []
    page = watched(browser.new_page(viewport=WIDE), errors)
    page.goto(server)
    checked(page)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for path in (
        "/",
        "/patients/",
        "/patients/new/",
        "/patients/import/",
        "/knowledge/",
        "/knowledge/rules/nsaid-tablets/",
        "/audit/",
        "/account/",
        "/account/2fa/",
        "/account/password/change/",
        "/nowhere/",
    ):
        page.goto(server + path)
        checked(page)
    errors.clear()  # the page that does not exist is reported as an error by the browser itself

    page.goto(f"{server}/patients/import/")
    page.locator("input[type=file]").set_input_files(BUNDLE)
    page.locator("main form button[type=submit]").click()
    checked(page)
    page.locator("main a[href^='/patients/']").filter(has_not_text="Patients").first.click()
    patient = page.url
    checked(page)

    page.goto(patient.rstrip("/") + "/open/")
    checked(page)
    page.get_by_label("Knee osteoarthritis").check()
    page.get_by_label("Where").select_option("knee")
    page.get_by_label("right", exact=True).check()
    press(page, "Open the course")
    course = page.url
    checked(page)

    follow(page, "Screen for a day")
    checked(page)
    page.get_by_label("Planned day of the injection").fill(TODAY.isoformat())
    for group in page.get_by_role("group").all():
        label = "Never" if group.get_by_label("Never", exact=True).count() else "No"
        if group.get_by_label(label, exact=True).count() == 1:
            group.get_by_label(label, exact=True).check()
    page.get_by_role("group", name="Do you have diabetes?").get_by_label("Yes", exact=True).check()
    press(page, "Judge")
    expect(page.get_by_text("A clinician decides").first).to_be_visible()
    checked(page)
    page.get_by_label("Go ahead", exact=True).check()
    page.get_by_label("Why").fill("glucose watched, patient informed")
    press(page, "Keep this decision")

    follow(page, "Plan the course")
    checked(page)
    press(page, "Make the plan")
    checked(page)
    with page.expect_download() as calendar:
        follow(page, re.compile("Calendar file"))
    assert calendar.value.suggested_filename == "plan.ics"

    page.goto(course)
    follow(page, "Make the recipe")
    wanted = page.get_by_label("Wanted in the syringe")
    wanted.nth(0).fill("15")
    wanted.nth(1).fill("0.2")
    page.get_by_label("Volume in all").fill("10")
    page.get_by_label("Patient's weight").press_sequentially("70")
    expect(page.locator("#answer")).to_contain_text("of at most 300 mg")
    checked(page)
    press(page, "Make this recipe")

    follow(page, "Ask for consent")
    checked(page)
    page.get_by_label("Entendí").check()
    page.get_by_label("Nombre completo").fill("Emilio Figueroa")
    press(page, "Firmar")
    follow(page, "Begin the session")
    choose(page, "Pain now", "7")
    page.get_by_label("Red flags").check()
    checked(page)
    press(page, "Record this step")
    time_out(page)
    checked(page)
    press(page, "Record the time-out")
    page.get_by_label("Volume in the skin").fill("2")
    page.get_by_label("lidocaine 1%, lot L1").check()
    checked(page)
    press(page, "Record this step")
    page.get_by_label("Volume (mL)").first.fill("4")
    page.get_by_label("Guidance").first.select_option("ultrasound")
    checked(page)
    press(page, "Record this step")
    page.get_by_label("Minutes watched").fill("30")
    page.get_by_label("none", exact=True).check()
    choose(page, "Pain when leaving", "5")
    page.get_by_label("fit to leave").check()
    checked(page)
    press(page, "Record this step")
    checked(page)

    follow(page, re.compile("^Correct"))
    checked(page)
    page.goto(course + "links/")
    page.get_by_label("Diary").first.check()
    press(page, "Make the link")
    checked(page)
    link = page.get_by_label("The link").input_value()
    told_by_the_patient(browser, link, errors)

    page.goto(server)
    expect(
        page.get_by_text("vision, face, speech", exact=False).or_(page.get_by_role("heading", name="Alerts")).first
    ).to_be_visible()
    page.locator("main details summary").first.click()
    page.get_by_label("What was done").first.fill("called, sent to the emergency department")
    page.locator("main details form button[type=submit]").first.click()
    expect(page.get_by_text("The alert is signed")).to_be_visible()

    page.goto(course + "survey/baseline-2/pain-nrs/")
    checked(page)
    choose(page, "What number best describes your pain on average in the past week?", "7")
    press(page, "Keep these answers")
    checked(page)
    page.goto(course + "decide/")
    checked(page)
    page.get_by_label("Stop treating and follow up").check()
    page.get_by_label("Why").fill("sent to hospital")
    page.get_by_label("It cannot be undone").check()
    press(page, "Keep this decision")
    checked(page)
    page.goto(patient)
    checked(page)
    page.get_by_text("Show the events").click()
    expect(page.get_by_text("decided on a course").first).to_be_visible()
    checked(page)
    assert errors == []


def time_out(page: Page) -> None:
    """Everything read aloud, and each vial with a lot typed from its label."""
    for label in ("said their name", "Site and side agree", "Allergies were read aloud", "lipid emulsion"):
        page.get_by_label(label).check()
    for place in range(3):
        page.locator(f"[name=lot_{place}_lot]").fill(f"L{place}")
        page.locator(f"[name=lot_{place}_expires]").fill("2099-01-31")


def told_by_the_patient(browser: Browser, link: str, errors: list[str]) -> None:
    """On a phone, in her own Spanish: look, answer, be told at once what to do; a second time the link is used up."""
    phone = watched(browser.new_page(viewport=NARROW), errors)
    phone.goto(link)
    checked(phone)
    assert "Torphy" not in phone.content()
    phone.get_by_role("link", name="English").click()
    expect(phone.get_by_label("Yes, I will mark")).to_be_visible()
    checked(phone)
    phone.get_by_role("link", name="Español").click()
    phone.locator("main form").get_by_label("4", exact=True).check()
    phone.get_by_label("Sí, lo marcaré").check()
    expect(phone.locator("details.listed")).to_have_attribute("open", "")  # by itself: there is something to mark
    phone.get_by_role("group", name=re.compile("habla")).first.get_by_label("Sí", exact=True).check()
    phone.get_by_role("button", name="Enviar").click()
    expect(phone.get_by_role("heading", name="Por favor, actúe ahora")).to_be_visible()
    checked(phone)
    answer = phone.goto(link)
    assert answer is not None
    assert answer.status == 410
    errors.clear()  # the browser reports the 410 as an error of its own
    checked(phone)
    phone.close()


def test_the_pages_of_staff_on_a_phone(server, browser):
    page = browser.new_page(viewport=NARROW)
    page.goto(server)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    for path in (
        "/",
        "/patients/",
        "/patients/new/",
        "/knowledge/",
        "/knowledge/rules/nsaid-tablets/",
        "/audit/",
        "/account/",
    ):
        page.goto(server + path)
        checked(page)


def test_without_javascript_a_form_still_says_what_is_wrong_and_keeps_what_was_typed(server, browser):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(server)
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    page.goto(f"{server}/patients/new/")
    page.get_by_label("Given name").fill("<script>alert(1)</script>")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("This needs your attention")).to_be_visible()
    expect(page.get_by_label("Given name")).to_have_value("<script>alert(1)</script>")


@pytest.mark.parametrize("path", ["/", "/patients/"])
def test_the_first_tab_skips_to_the_content(server, browser, path):
    page = browser.new_page(viewport=WIDE)
    page.goto(server + path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
