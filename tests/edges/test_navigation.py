"""The bar at the top is one line for everybody: what does not fit stands behind one tap, and nothing is lost."""

import pytest
from tests.edges.pages import signed_in

DIRECTORS = ["Outcomes", "Messages", "Prices", "Audit", "Decision support"]


@pytest.mark.parametrize(("role", "behind"), [("clinician", []), ("coordinator", []), ("director", DIRECTORS)])
def test_the_bar_holds_nine_places_at_most_and_the_rest_is_one_tap_away(harbour, role, behind):
    page = signed_in(harbour, role).get("/")
    bar = page.context["navigation"]
    named = [door.name for door in (*bar.doors, *bar.more)]
    assert len(bar.doors) + bool(bar.more) <= 9
    assert len(set(named)) == len(named)
    assert [name for name in behind if name not in [door.name for door in bar.more]] == []
    assert ("<summary>More</summary>" in page.content.decode()) is bool(bar.more)


def test_the_tap_says_that_this_page_is_behind_it(harbour):
    browser = signed_in(harbour, "director")
    assert '<summary class="here">More</summary>' in browser.get("/prices/").content.decode()
    assert '<summary class="here">' not in browser.get("/").content.decode()
