"""Waves: what is asked of whom, and windows that hold their day."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.outcomes import free_for_all
from enthesis.pathway import Condition, Schedule, asked_at, schedules


def test_what_is_asked_at_each_wave_of_a_low_back_and_of_a_knee(library: Library) -> None:
    (schedule,) = [entry.body for entry in schedules(library)]
    back = library.entry("conditions", "lumbar-facet-pain", Condition).body
    knee = library.entry("conditions", "knee-osteoarthritis", Condition).body
    free = free_for_all(library)

    def asked(condition: Condition) -> dict[str, tuple[str, ...]]:
        every = {wave.id: asked_at(wave, schedule=schedule, condition=condition) for wave in schedule.waves}
        return {wave: tuple(id for id in ids if id in free) for wave, ids in every.items()}

    assert asked(back) == {
        "baseline-1": ("pain-nrs", "peg", "rmdq-24", "psfs", "phq-4"),
        "baseline-2": ("pain-nrs", "peg", "rmdq-24", "psfs", "phq-4"),
        "2-weeks": ("pain-nrs",),
        "6-weeks": ("pain-nrs", "peg"),
        "3-months": ("pain-nrs", "peg", "rmdq-24", "psfs", "pgic"),
        "6-months": ("pain-nrs", "peg", "rmdq-24", "psfs", "pgic", "satisfaction", "life-changing"),
        "12-months": ("pain-nrs", "peg", "rmdq-24", "psfs", "pgic", "satisfaction", "life-changing"),
        "24-months": ("pain-nrs", "rmdq-24", "psfs"),
    }
    assert asked(knee) == {
        "baseline-1": ("pain-nrs", "peg", "koos-jr", "psfs", "phq-4"),
        "baseline-2": ("pain-nrs", "peg", "koos-jr", "psfs", "phq-4"),
        "2-weeks": ("pain-nrs",),
        "6-weeks": ("pain-nrs", "peg"),
        "3-months": ("pain-nrs", "peg", "koos-jr", "psfs", "pgic"),
        "6-months": ("pain-nrs", "peg", "koos-jr", "psfs", "pgic", "satisfaction", "life-changing"),
        "12-months": ("pain-nrs", "peg", "koos-jr", "psfs", "pgic", "satisfaction", "life-changing"),
        "24-months": ("pain-nrs", "koos-jr", "psfs"),
    }


def test_what_needs_terms_or_a_licence_is_asked_at_the_full_waves_only(library: Library) -> None:
    (schedule,) = [entry.body for entry in schedules(library)]
    neck = library.entry("conditions", "cervical-facet-pain", Condition).body
    asked = {
        wave.id: {*asked_at(wave, schedule=schedule, condition=neck)} - free_for_all(library) for wave in schedule.waves
    }
    own = {"promis-global-10", "promis-physical-function-4a", "promis-pain-interference-4a", "ndi"}
    assert {id for id, more in asked.items() if more == own} == {
        "baseline-1",
        "baseline-2",
        "3-months",
        "6-months",
        "12-months",
        "24-months",
    }
    assert asked["2-weeks"] == asked["6-weeks"] == set()


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
