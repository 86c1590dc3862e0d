"""The team's pages at a desk and on a phone: nothing a machine can fault, nothing that scrolls sideways."""

import json
import os
import subprocess
import sys

import pytest
from tests.edges.test_a_session_on_a_phone import signed_in
from tests.edges.test_in_a_browser import BUNDLE, EMAIL, NARROW, PASSWORD, WIDE, browser, checked, served, watched

__all__ = ["browser"]  # the same browser as in the other stories
pytestmark = pytest.mark.browser
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A served clinic with one course, and somebody who is coordinator and director."""
    folder = tmp_path_factory.mktemp("team")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    environment = kept | {"ENTHESIS_DATA": str(folder / "data"), "ENTHESIS_PASSWORD": PASSWORD}

    def run(*words):
        command = [sys.executable, "-m", "enthesis", *map(str, words)]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    for role in ("coordinator", "director"):
        run("staff", "add", EMAIL, "--role", role, "--name", "Cora Coordinator")
    patient = json.loads(run("import", BUNDLE, "--json"))["patient"]
    course = run("course", "open", patient, "--condition", "knee-osteoarthritis", "--site", "knee:right")
    with served(environment) as address:
        yield address, course, patient


def test_each_page_of_the_team_is_without_fault_at_a_desk_and_on_a_phone(clinic, browser):
    address, course, patient = clinic
    errors: list[str] = []
    page = watched(signed_in(browser, address), errors)
    page.goto(f"{address}/courses/{course}/alongside/")
    page.get_by_label("Swim, walk").check()
    page.get_by_role("button", name="Keep what is agreed").click()
    assert "The plan is agreed." in page.inner_text("main")
    own = ("alongside", "referral", "aftercare")
    for path in (
        "/",
        "/calls/",
        "/messages/",
        f"/patients/{patient}/reach/",
        *(f"/courses/{course}/{one}/" for one in own),
    ):
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(f"{address}{path}")
            page.evaluate(OPEN)
            checked(page)
    assert errors == []
