"""The plan as a list of things on days, and as data."""

from datetime import date, timedelta
from typing import Any

from enthesis.knowledge import Library
from enthesis.pathway import ItemKind, Plan, Washout, plan, plan_as_json, plan_items

SHIPPED = Library.shipped()
MONDAY = date(2027, 3, 1)
DEXTROSE = "dextrose-prolotherapy"
TABLETS = Washout("anti-inflammatory tablets", 7, 14, "Only those you take on your own.")
WHY = (
    "For information: in a cohort of 103 veterans, people who had gained less than 15 points of the Oswestry index "
    "before the second session seldom benefited in the end."
)
NOTE = (
    "The only randomised trial in this joint whose strength and schedule could be read. Its comparison was a steroid, "
    "not saline. People entered after a block had halved their pain."
)


def planned(condition: str = "knee-osteoarthritis", start: date = MONDAY, **options: Any) -> Plan:
    return plan(**{"treatment": DEXTROSE, "condition": condition, "start": start, "library": SHIPPED} | options)


def test_the_items_of_a_knee_by_kind() -> None:
    items = plan_items(planned(washouts=(TABLETS,)))
    counted = {kind: sum(item.kind is kind for item in items) for kind in ItemKind}
    assert counted == {
        ItemKind.PREPARATION: 3,
        ItemKind.WASHOUT_STOP: 3,
        ItemKind.SESSION: 3,
        ItemKind.REVIEW: 1,
        ItemKind.WAVE: 8,
        ItemKind.DIARY: 21,
        ItemKind.CHECK_IN: 0,  # made by what was agreed alongside, never by a plan
        ItemKind.WASHOUT_RESTART: 3,
        ItemKind.RESUME: 0,  # made by a pause, never by a plan
    }
    assert list(items) == sorted(items, key=lambda item: item.on)
    assert len({item.key for item in items}) == len(items)


def test_the_items_around_the_first_session_word_for_word() -> None:
    items = [item for item in plan_items(planned(washouts=(TABLETS,))) if item.on <= MONDAY + timedelta(days=1)]
    assert [(item.kind.value, item.key, item.on.isoformat(), item.title, item.detail) for item in items] == [
        (
            "preparation",
            "prepare-1",
            "2027-02-22",
            "Prepare for clinic visit 1",
            "Answer the questions before this visit, and look at what to leave out.",
        ),
        (
            "washout-stop",
            "stop-anti-inflammatory-tablets-1",
            "2027-02-22",
            "Clinic reminder before visit 1",
            "Last day to take: anti-inflammatory tablets. Only those you take on your own.",
        ),
        ("wave", "wave-baseline-1", "2027-02-22", "Clinic questions", "First baseline, at booking."),
        ("session", "visit-1", "2027-03-01", "Clinic visit 1", "Session 1 of 3."),
        (
            "wave",
            "wave-baseline-2",
            "2027-03-01",
            "Clinic questions",
            "Second baseline, on the day, before the needle.",
        ),
        ("diary", "diary-1-1", "2027-03-02", "Daily clinic question", "Day 1 after session 1."),
    ]


def test_the_other_titles_and_details_word_for_word() -> None:
    items = {item.key: item for item in plan_items(planned(washouts=(TABLETS,)))}
    restart, review = items["restart-anti-inflammatory-tablets-1"], items["review-after-2"]
    assert restart.title == "Clinic reminder"
    assert restart.detail == "May be taken again from today: anti-inflammatory tablets."
    assert (restart.on, restart.kind) == (MONDAY + timedelta(days=14), ItemKind.WASHOUT_RESTART)
    assert (review.title, review.kind) == ("Talk with your clinician", ItemKind.REVIEW)
    assert (review.on, review.opens, review.closes) == (MONDAY + timedelta(days=56),) * 3
    assert review.detail == "No improvement after two sessions: the clinician decides whether a third makes sense."
    prepare = items["prepare-1"]
    assert (prepare.opens, prepare.closes) == (MONDAY - timedelta(days=7), MONDAY)


def test_a_pause_without_a_note_or_an_end_has_neither_in_its_items() -> None:
    items = plan_items(planned(washouts=(Washout("fish oil", 7),)))
    assert [item.detail for item in items if "washout" in item.kind] == ["Last day to take: fish oil."] * 3


def test_the_whole_plan_as_data() -> None:
    said = plan_as_json(planned("sacroiliac-pain", sessions=1, washouts=(TABLETS, Washout("fish oil", 1))))
    full, looking_back = ("pain-nrs", "peg", "rmdq-24", "psfs"), ("satisfaction", "life-changing")
    assert said == {
        "treatment": DEXTROSE,
        "condition": "sacroiliac-pain",
        "protocol": "sacroiliac-kim-2010",
        "start": "2027-03-01",
        "sessions": [{"number": 1, "on": "2027-03-01"}],
        "washouts": [
            {
                "drug_class": "anti-inflammatory tablets",
                "stop_by": "2027-02-22",
                "restart_from": "2027-03-15",
                "note": "Only those you take on your own.",
            },
            {"drug_class": "fish oil", "stop_by": "2027-02-28", "note": ""},
        ],
        "diary": [{"session": 1, "on": f"2027-03-0{day}"} for day in range(2, 9)],
        "waves": [
            wave("baseline-1", "2027-02-22", "2026-12-01", "2027-02-28", *full, "phq-4"),
            wave("baseline-2", "2027-03-01", "2027-03-01", "2027-03-01", *full, "phq-4"),
            wave("2-weeks", "2027-03-15", "2027-03-11", "2027-03-19", "pain-nrs"),
            wave("6-weeks", "2027-04-12", "2027-04-02", "2027-04-22", "pain-nrs", "peg"),
            wave("3-months", "2027-05-31", "2027-05-17", "2027-06-14", *full, "pgic"),
            wave("6-months", "2027-08-30", "2027-07-31", "2027-09-29", *full, "pgic", *looking_back),
            wave("12-months", "2028-02-28", "2027-12-26", "2028-04-29", *full, "pgic", *looking_back),
            wave("24-months", "2029-02-26", "2028-12-28", "2029-04-27", "pain-nrs", "rmdq-24", "psfs"),
        ],
        "reviews": [{"on": "2027-03-15", "why": WHY}],
        "notes": [NOTE],
    }


def wave(name: str, due: str, opens: str, closes: str, *instruments: str) -> dict[str, object]:
    return {"wave": name, "due": due, "opens": opens, "closes": closes, "instruments": list(instruments)}
