"""The report of outcomes in a real browser: by ear, on a phone, and on paper."""

import pytest
from tests.edges.test_in_a_browser import NARROW, WIDE, browser, checked  # noqa: F401 -- a fixture
from tests.stories.test_the_report_of_outcomes import BOOK, clinic, report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Two treatments, one of them below the floors."""
    rows = [*clinic(60), *(row | {"course": f"x{row['course']}"} for row in clinic(10, treatment="prp"))]
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report(rows, ("treatment",), book=BOOK, with_models=True).html(), encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_file_can_be_read_by_ear_and_on_a_phone(file, browser, size):  # noqa: F811
    page = browser.new_page(viewport=size)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    checked(page)
    page.locator("summary").first.click()
    assert page.locator("details table").first.is_visible()
    assert asked == [file.as_uri()]  # it needs nothing else


def test_it_prints_with_its_figures(file, browser):  # noqa: F811
    page = browser.new_page(viewport=WIDE)
    page.goto(file.as_uri())
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert len(printed) > 20_000
