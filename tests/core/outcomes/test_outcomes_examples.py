"""An example that does not hold says so in one sentence, whatever is wrong with it."""

import pytest

from enthesis.outcomes import run_example

ONE_ANSWER = "answered 1 of 2 where at least 2 must be: both are needed"
NO_ROOM = "from a baseline of 1 nobody can get better by 2 points"


def run(made, library, **example):
    run_example(made(thresholds=[{"id": "two", "found_in": "here", "points": 2}]).body, example, library)


@pytest.mark.parametrize(
    "example",
    [
        {"answers": {"a": 1, "b": 2}, "score": 3},
        {"answers": {"a": 1}, "unscorable": ONE_ANSWER, "missing": ["b"]},
        {"answers": {"c": 1}, "refused": "c: there is no such question; there are: a, b"},
        {"baseline": 5, "now": 3, "better": ["two"]},
        {"baseline": 5, "now": 4},
        {"baseline": 5, "now": 7, "worse": ["two"]},
        {"baseline": 1, "now": 1, "cannot_tell": [NO_ROOM]},
        {"baseline": 9, "now": 1, "refused": "baseline: a score from 0 to 8 was expected, not 9"},
    ],
)
def test_an_example_that_holds_is_silent(made, library, example):
    run(made, library, story="holds", **example)


@pytest.mark.parametrize(
    ("example", "sentence"),
    [
        ({"answers": {"a": 1, "b": 2}, "score": 4}, "wrong: score is 3, and the example expects 4"),
        ({"answers": {"a": 1, "b": 2}}, "wrong: score is 3, and the example expects nothing"),
        ({"answers": {"a": 1}, "unscorable": ONE_ANSWER}, "wrong: missing is ['b'], and the example expects []"),
        ({"answers": {"a": 1}, "score": 1, "missing": ["b"]}, "wrong: score is nothing, and the example expects 1"),
        (
            {"answers": {"c": 1}, "score": 1},
            "wrong: refused is c: there is no such question; there are: a, b, and the example expects nothing",
        ),
        ({"answers": {"a": 1, "b": 2}, "score": 3, "scores": 3}, "wrong: scores is nothing, and the example expects 3"),
        ({"baseline": 5, "now": 3}, "wrong: better is ['two'], and the example expects []"),
        ({"baseline": 5, "now": 7}, "wrong: worse is ['two'], and the example expects []"),
        ({"baseline": 5, "now": 4, "better": ["two"]}, "wrong: better is [], and the example expects ['two']"),
        ({"baseline": 1, "now": 1}, f"wrong: cannot_tell is ['{NO_ROOM}'], and the example expects []"),
        ({}, "wrong: an example gives either `answers` or `now`"),
    ],
)
def test_an_example_that_does_not_hold_says_what_was_found(made, library, example, sentence):
    with pytest.raises(AssertionError) as broken:
        run(made, library, story="wrong", **example)
    assert str(broken.value) == sentence


@pytest.mark.parametrize(
    ("example", "sentence"),
    [
        ({"answers": {"a": 1, "b": 2}, "score": 4}, "an example: score is 3, and the example expects 4"),
        ({}, "an example: an example gives either `answers` or `now`"),
    ],
)
def test_an_example_without_a_story_is_told_all_the_same(made, library, example, sentence):
    with pytest.raises(AssertionError) as broken:
        run(made, library, **example)
    assert str(broken.value) == sentence
