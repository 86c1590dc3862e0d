"""How a patient prepares: dates to leave out, what never to stop, what to bring, whom to call."""

from datetime import date, timedelta

from enthesis.knowledge import Library, parse_site
from enthesis.pathway import plan, prepare, washouts_of
from enthesis.screening import ChartItem, ItemKind, facts_from, screen, screening_as_json

LIBRARY = Library.shipped()
KNEE = parse_site("knee:right", LIBRARY)
VISIT = date(2030, 3, 15)
MONTH = timedelta(days=28)


def sheet(*, today=date(2030, 3, 1), given=(), judgment=None, sessions=None, start=VISIT):
    made = plan(
        treatment="dextrose-prolotherapy",
        condition="knee-osteoarthritis",
        start=start,
        library=LIBRARY,
        washouts=washouts_of(LIBRARY),
        given=given,
        sessions=sessions,
    )
    return made, prepare(made, site=KNEE, library=LIBRARY, today=today, judgment=judgment)


def judgment(*names, on=VISIT):
    items = [ChartItem(ItemKind.MEDICINE, f"m/{n}", name) for n, name in enumerate(names)]
    facts = facts_from(items, answers={}, library=LIBRARY, sex="female")
    return screening_as_json(screen(facts, on=on, site=KNEE, as_of=date(2030, 3, 1), library=LIBRARY))


def test_the_last_tablet_is_a_week_before_the_visit_and_the_next_four_weeks_after_the_last_one():
    made, told = sheet()
    [one] = told.leave_out
    assert (one.what, one.last_day) == ("Anti-inflammatory pain tablets", date(2030, 3, 8))
    assert one.again_from == made.sessions[-1].on + MONTH
    assert (one.running, one.too_late, one.over_visits) == (False, False, True)


def test_on_the_last_day_it_is_not_too_late_and_on_the_day_after_it_is():
    assert [sheet(today=date(2030, 3, day))[1].leave_out[0].too_late for day in (8, 9)] == [False, True]


def test_before_a_second_visit_it_has_been_left_out_since_the_first_and_that_is_not_too_late():
    first = VISIT - MONTH
    _, told = sheet(given=(first,), today=VISIT - timedelta(days=2))
    [one] = told.leave_out
    assert (one.last_day, one.running, one.too_late) == (first - timedelta(days=7), True, False)


def test_before_the_only_visit_the_days_after_are_counted_from_it():
    made, _ = sheet()
    first = [visit.on for visit in made.sessions][:-1]
    _, told = sheet(given=tuple(first), start=made.sessions[-1].on)
    [one] = told.leave_out
    assert (one.again_from, one.over_visits) == (made.sessions[-1].on + MONTH, False)


def test_nobody_is_told_to_stop_what_a_doctor_prescribed():
    _, told = sheet(judgment=judgment("warfarin", "prednisone", "methotrexate"))
    assert [task.text.partition(".")[0] for task in told.keep] == [
        "Do not stop any medicine a doctor gave you, unless that doctor says so"
    ]
    assert [one.what for one in told.leave_out] == ["Anti-inflammatory pain tablets"]
    assert told.talk_first
    assert not [text for text in told.talk_first if text.startswith("Stop")]


def test_what_has_dates_is_not_said_a_second_time():
    _, told = sheet(judgment=judgment("ibuprofen"))
    assert told.leave_out[0].why not in told.talk_first


def test_a_sheet_without_a_screening_has_nothing_to_talk_about():
    assert sheet()[1].talk_first == ()


def test_each_line_of_advice_stands_once_under_what_it_is_about_with_its_days():
    _, told = sheet()
    assert [(task.begins, task.ends) for task in told.keep] == [(date(2030, 3, 1), VISIT)]
    assert [task.text.partition(" ")[0] for task in told.on_the_day] == ["Bring", "Shower"]
    assert [task.text.partition(" ")[0] for task in told.call] == ["Call"]
    assert [task.text.partition(" ")[0] for task in told.before] == ["Tell", "Plan", "If", "Tell"]
