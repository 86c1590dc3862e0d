"""Every number of a body moves by one in each direction, and nothing else does."""

from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import nudged

DATA = {
    "id": "soup",
    "title": "Soup",
    "cups": 3,
    "warm": True,
    "price": 9,
    "when": {"within": {"days": 7, "classes": ["a", "b"]}},
    "rows": [{"x": 1.5}, {"x": 2}],
    "sources": [{"cite": "a", "page": 4}],
    "review": {"year": 2026},
    "examples": [{"days": 6}],
}


def test_each_number_moves_down_and_up_and_is_named():
    assert [name for name, _ in nudged(DATA, frozenset({"price"}))] == [
        "cups = 2 instead of 3",
        "cups = 4 instead of 3",
        "when.within.days = 6 instead of 7",
        "when.within.days = 8 instead of 7",
        "rows.0.x = 0.5 instead of 1.5",
        "rows.0.x = 2.5 instead of 1.5",
        "rows.1.x = 1 instead of 2",
        "rows.1.x = 3 instead of 2",
    ]


def test_one_number_changes_and_the_original_does_not():
    before = repr(DATA)
    changes = dict(nudged(DATA))
    assert changes["when.within.days = 8 instead of 7"] == {
        **DATA,
        "when": {"within": {"days": 8, "classes": ["a", "b"]}},
    }
    assert repr(DATA) == before
    assert len(changes) == 10


@given(st.dictionaries(st.text(min_size=4), st.integers() | st.text() | st.booleans(), max_size=5))
def test_there_are_two_changes_for_each_number(data):
    body = {key: value for key, value in data.items() if key not in ("title", "sources", "review", "examples")}
    numbers = [value for value in body.values() if isinstance(value, int) and not isinstance(value, bool)]
    assert len(list(nudged(data))) == 2 * len(numbers)
