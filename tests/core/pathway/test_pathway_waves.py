"""Waves: what is asked of whom, and windows that hold their day."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.pathway import Condition, Schedule, asked_at, schedules


def test_what_is_asked_at_each_wave_of_a_low_back_and_of_a_knee(library: Library) -> None:
    (schedule,) = [entry.body for entry in schedules(library)]
    back = library.entry("conditions", "lumbar-facet-pain", Condition).body
    knee = library.entry("conditions", "knee-osteoarthritis", Condition).body
    assert {wave.id: asked_at(wave, schedule=schedule, condition=back) for wave in schedule.waves} == {
        "baseline-1": ("pain-nrs", "peg", "rmdq-24"),
        "baseline-2": ("pain-nrs", "peg", "rmdq-24"),
        "2-weeks": ("pain-nrs",),
        "6-weeks": ("pain-nrs", "peg"),
        "3-months": ("pain-nrs", "peg", "pgic", "rmdq-24"),
        "6-months": ("pain-nrs", "peg", "pgic", "rmdq-24"),
        "12-months": ("pain-nrs", "peg", "pgic", "rmdq-24"),
        "24-months": ("pain-nrs", "rmdq-24"),
    }
    assert {wave.id: asked_at(wave, schedule=schedule, condition=knee) for wave in schedule.waves} == {
        "baseline-1": ("pain-nrs", "peg"),
        "baseline-2": ("pain-nrs", "peg"),
        "2-weeks": ("pain-nrs",),
        "6-weeks": ("pain-nrs", "peg"),
        "3-months": ("pain-nrs", "peg", "pgic"),
        "6-months": ("pain-nrs", "peg", "pgic"),
        "12-months": ("pain-nrs", "peg", "pgic"),
        "24-months": ("pain-nrs",),
    }


def test_the_windows_after_the_first_injection_do_not_overlap(library: Library) -> None:
    (schedule,) = [entry.body for entry in schedules(library)]
    for earlier, later in pairwise(schedule.waves):
        assert earlier.closes_day < later.opens_day


WAVES = """
clock = "a test"
diary = {{ first_day = {first}, last_day = {last}, why = "a test", cite = "enthesis-judgement" }}

[[waves]]
id = "w"
title = "w"
week = 1
opens_day = {opens}
closes_day = {closes}
instruments = []
own = false
why = "a test"
cite = "enthesis-judgement"
"""
EDGE = {"first": 1, "last": 1, "opens": 7, "closes": 7}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"opens": 8, "closes": 9}, "wave 'w' is due on day 7, outside its window of days 8 to 9"),
        ({"opens": 5, "closes": 6}, "wave 'w' is due on day 7, outside its window of days 5 to 6"),
        ({"first": 0}, "1 <= first_day <= last_day was expected, not 0 and 1"),
        ({"first": 2}, "1 <= first_day <= last_day was expected, not 2 and 1"),
    ],
)
def test_a_schedule_that_cannot_be_followed_does_not_load(
    wrong: dict[str, int], sentence: str, with_entry: Callable[[str, str, str], Library]
) -> None:
    with pytest.raises(LibraryError) as refused:
        schedules(with_entry("waves", "mine", WAVES.format(**EDGE | wrong)))
    assert sentence in str(refused.value)


def test_a_wave_may_last_one_day_and_a_diary_too(with_entry: Callable[[str, str, str], Library]) -> None:
    schedule = with_entry("waves", "mine", WAVES.format(**EDGE)).entry("waves", "mine", Schedule).body
    (wave,) = schedule.waves
    assert (wave.opens_day, wave.due_day, wave.closes_day) == (7, 7, 7)
    assert (schedule.diary.first_day, schedule.diary.last_day) == (1, 1)
