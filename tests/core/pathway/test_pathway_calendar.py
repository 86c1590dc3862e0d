"""The plan on a phone: read back by the library that others use to read such files."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar, Event

from enthesis.knowledge import BadInput, Library
from enthesis.pathway import REMINDERS, ItemKind, Plan, Washout, plan, plan_as_ics, plan_items

SHIPPED = Library.shipped()
MONDAY = date(2027, 3, 1)
NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)
WASHOUTS = (Washout("anti-inflammatory tablets", 7, 14, "Only those you take on your own."),)


def planned(start: date = MONDAY, condition: str = "knee-osteoarthritis", **options: Any) -> Plan:
    terms = {"treatment": "dextrose-prolotherapy", "library": SHIPPED, "washouts": WASHOUTS} | options
    return plan(condition=condition, start=start, **terms)


def read_back(plan_: Plan, **options: Any) -> dict[str, Event]:
    calendar = Calendar.from_ical(plan_as_ics(plan_, **{"uid_prefix": "course-0042", "now": NOON} | options))
    assert calendar.errors == []
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_the_file_names_its_maker_and_nobody_else() -> None:
    calendar = Calendar.from_ical(plan_as_ics(planned(), uid_prefix="course-0042", now=NOON))
    assert {key: str(value) for key, value in calendar.items()} == {
        "PRODID": "-//Enthesis//Course plan//EN",
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "X-WR-CALNAME": "Clinic plan",
    }


def test_every_item_is_there_and_the_diary_of_a_session_is_one_event_that_repeats() -> None:
    made = planned()
    events = read_back(made)
    singles = [item for item in plan_items(made) if item.kind is not ItemKind.DIARY]
    assert set(events) == {f"course-0042-{item.key}@enthesis" for item in singles} | {
        f"course-0042-diary-{number}@enthesis" for number in (1, 2, 3)
    }
    for item in singles:
        event = events[f"course-0042-{item.key}@enthesis"]
        assert (event.start, event.end, str(event["summary"])) == (item.on, item.on + timedelta(days=1), item.title)
        assert "rrule" not in event


def test_the_diary_asks_on_seven_days_in_a_row() -> None:
    event = read_back(planned())["course-0042-diary-2@enthesis"]
    assert (event.start, dict(event["rrule"])) == (date(2027, 3, 30), {"FREQ": ["DAILY"], "COUNT": [7]})
    assert str(event["description"]) == "A short question each day about how you are."


@pytest.mark.parametrize(
    ("last", "repeats", "description"),
    [(2, None, "Day 2 after session 1."), (3, 2, "A short question each day about how you are.")],
)
def test_a_diary_repeats_from_its_second_day_on(
    last: int, repeats: int | None, description: str, with_entry: Any
) -> None:
    mine = with_entry(
        "waves",
        "standard",
        f"""
clock = "a test"
diary = {{ first_day = 2, last_day = {last}, why = "a test", cite = "enthesis-judgement" }}
waves = []
""",
    )
    event = read_back(planned(library=mine))["course-0042-diary-1@enthesis"]
    assert (event.start, str(event["description"])) == (date(2027, 3, 3), description)
    assert event.get("rrule") == (repeats and {"FREQ": ["DAILY"], "COUNT": [repeats]})


def test_events_last_whole_days_are_private_and_block_no_time() -> None:
    for event in read_back(planned()).values():
        assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
        assert (str(event["class"]), str(event["transp"]), event["dtstamp"].dt) == ("PRIVATE", "TRANSPARENT", NOON)


def test_the_moment_it_was_made_is_written_in_universal_time() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=-5)))
    event = read_back(planned(), now=there)["course-0042-visit-1@enthesis"]
    assert event["dtstamp"].to_ical() == b"20270115T120000Z"


def test_titles_tell_nothing_of_what_hurts_or_what_is_taken() -> None:
    titles = {str(event["summary"]) for event in read_back(planned(condition="lumbar-facet-pain")).values()}
    assert titles == {
        *(f"Clinic visit {number}" for number in range(1, 7)),
        *(f"Prepare for clinic visit {number}" for number in range(1, 7)),
        "Clinic reminder before visit 1",
        "Clinic reminder",
        "Clinic questions",
        "Daily clinic question",
        "Talk with your clinician",
    }


def test_details_and_windows_stand_in_the_description() -> None:
    events = read_back(planned())
    said = {
        key: str(events[f"course-0042-{key}@enthesis"]["description"])
        for key in ("visit-2", "wave-2-weeks", "wave-baseline-2", "stop-anti-inflammatory-tablets-1")
    }
    assert said == {
        "visit-2": "Session 2 of 3.",
        "wave-2-weeks": "2 weeks. From 2027-03-11 to 2027-03-19.",
        "wave-baseline-2": "Second baseline, on the day, before the needle.",
        "stop-anti-inflammatory-tablets-1": "Last day to take: anti-inflammatory tablets. Only those you take on your own.",
    }


def test_taking_in_a_later_plan_moves_the_events_instead_of_doubling_them() -> None:
    first, later = read_back(planned()), read_back(planned(MONDAY + timedelta(days=3)), now=NOON + timedelta(days=1))
    assert set(first) == set(later)
    assert {(later[uid].start - first[uid].start).days for uid in first} == {3}
    assert {later[uid]["dtstamp"].dt - first[uid]["dtstamp"].dt for uid in first} == {timedelta(days=1)}


def test_another_course_has_events_of_its_own() -> None:
    assert set(read_back(planned())) & set(read_back(planned(), uid_prefix="course-0043")) == set()


def alarms(event: Event) -> list[tuple[str, timedelta, str]]:
    return [(str(a["action"]), a["trigger"].dt, str(a["description"])) for a in event.walk("VALARM")]


def test_the_phone_speaks_up_a_week_and_a_day_before_a_medicine_is_left_out() -> None:
    event = read_back(planned())["course-0042-stop-anti-inflammatory-tablets-1@enthesis"]
    title = "Clinic reminder before visit 1"
    assert alarms(event) == [("DISPLAY", timedelta(days=-7), title), ("DISPLAY", timedelta(days=-1), title)]
    assert b"TRIGGER:-P7D" in event.to_ical()


def test_reminders_as_they_come() -> None:
    events = read_back(planned())
    counted = {
        key: [a[1].days for a in alarms(events[f"course-0042-{key}@enthesis"])]
        for key in (
            "visit-1",
            "wave-3-months",
            "prepare-1",
            "diary-1",
            "restart-anti-inflammatory-tablets-1",
            "review-after-2",
        )
    }
    assert counted == {
        "visit-1": [-1],
        "wave-3-months": [0],
        "prepare-1": [],
        "diary-1": [],
        "restart-anti-inflammatory-tablets-1": [],
        "review-after-2": [],
    }
    assert set(REMINDERS) == {ItemKind.WASHOUT_STOP, ItemKind.SESSION, ItemKind.WAVE}


def test_reminders_as_the_patient_wants_them() -> None:
    events = read_back(planned(), reminders={ItemKind.SESSION: (3, 0)})
    assert {uid: [a[1].days for a in alarms(event)] for uid, event in events.items() if alarms(event)} == {
        f"course-0042-visit-{number}@enthesis": [-3, 0] for number in (1, 2, 3)
    }


@pytest.mark.parametrize("prefix", ["Ana", "", "Mr Smith", "a@b.example", "course\n0042", "x" * 65, "Zoë-1234"])
def test_a_prefix_that_may_hold_a_name_or_break_the_file_is_refused(prefix: str) -> None:
    with pytest.raises(BadInput) as refused:
        plan_as_ics(planned(), uid_prefix=prefix, now=NOON)
    assert str(refused.value) == "uid_prefix: 4 to 64 letters, digits or hyphens were expected, and no name"


@pytest.mark.parametrize("prefix", ["c-01", "x" * 64])
def test_a_short_and_a_long_prefix_are_taken(prefix: str) -> None:
    assert f"{prefix}-visit-1@enthesis" in read_back(planned(), uid_prefix=prefix)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        plan_as_ics(planned(), uid_prefix="course-0042", now=datetime(2027, 1, 15))  # noqa: DTZ001 -- what is refused
    assert str(refused.value) == "now: a moment with its time zone was expected"


def test_a_reminder_after_the_event_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        plan_as_ics(planned(), uid_prefix="course-0042", now=NOON, reminders={ItemKind.SESSION: (-1,)})
    assert str(refused.value) == "reminders: days before an event are counted from 0, not less"


def test_a_note_cannot_write_lines_of_its_own_into_the_file() -> None:
    washout = Washout("tablets", 7, None, "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged")
    events = read_back(planned(washouts=(washout,)))
    assert {str(event["summary"]) for event in events.values()} & {"forged"} == set()
