"""Days of reminders, and the hours in which nobody is disturbed."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput
from enthesis.pathway import CALL_FROM, STEPS, Quiet, due_days, step_today, to_call

DUE = date(2030, 5, 6)
TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


def on(days):
    return DUE + timedelta(days=days)


def test_the_steps_are_the_day_itself_and_days_three_seven_and_twelve():
    assert STEPS == (0, 3, 7, 12)
    found = [step_today(due=DUE, today=on(day)) for day in range(-1, 14)]
    assert found == [None, 0, 0, 0, 3, 3, 3, 3, 7, 7, 7, 7, 7, 12, 12]


@given(st.integers(-3, 40), st.sampled_from([STEPS, (0,), (0, 5)]))
def test_the_due_days_of_a_step_are_the_days_for_which_it_is_the_step_of_today(days, steps):
    found = {step for step, (first, last) in due_days(today=on(days), steps=steps).items() if first <= DUE <= last}
    step = step_today(due=DUE, today=on(days), steps=steps)
    assert found == ({step} if step is not None and days <= steps[-1] + 1 else set())


def test_a_person_calls_from_day_fifteen_until_the_window_closes():
    closes = on(30)
    assert CALL_FROM == 15
    assert [day for day in range(40) if to_call(due=DUE, closes=closes, today=on(day))] == list(range(15, 31))


@pytest.mark.parametrize(
    ("hour", "sent"),
    [(time(7, 59), time(8)), (time(8), time(8)), (time(19, 59), time(19, 59)), (time(20), time(8)), (time(0), time(8))],
)
def test_the_quiet_hours_run_over_midnight(hour, sent):
    assert Quiet().after(datetime.combine(DUE, hour)).time() == sent


def test_quiet_hours_at_noon_end_the_same_day():
    siesta = Quiet(time(14), time(17))
    assert siesta.after(datetime.combine(DUE, time(15))) == datetime.combine(DUE, time(17))
    assert not siesta.holds(datetime.combine(DUE, time(17)))


@given(TIMES, TIMES, st.datetimes())
def test_nothing_is_sent_in_them_and_nothing_waits_longer_than_a_day(start, end, moment):
    if start == end:
        return
    quiet = Quiet(start, end)
    sent = quiet.after(moment)
    assert not quiet.holds(sent)
    assert timedelta(0) <= sent - moment < timedelta(days=1)


def test_hours_that_never_end_are_refused():
    with pytest.raises(BadInput, match="quiet hours"):
        Quiet(time(8), time(8))
