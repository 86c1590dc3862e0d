"""What is left out where a chart item, a fact, a rule or a condition is made, and what that means."""

from datetime import date

from tests.core.screening.made import LIBRARY, ON, problem, read

from enthesis.knowledge import parse_site
from enthesis.screening import (
    Action,
    Allergy,
    ChartItem,
    Facts,
    ItemKind,
    Measure,
    Measurement,
    Medicine,
    PastProcedure,
    Problem,
    Recognised,
    Route,
    State,
    Taking,
    clear_answers,
    screen,
)
from enthesis.screening.diagnosed import Diagnosed
from enthesis.screening.holds import Hold
from enthesis.screening.measured import Limit, Measured
from enthesis.screening.names import DrugClass
from enthesis.screening.taken import TakenWithin
from enthesis.screening.unread import Unrecognised, What


def left_out(made, *names):
    """The values of fields nobody gave."""
    return tuple(getattr(made, name) for name in names)


def test_of_a_chart_item():
    item = ChartItem(ItemKind.MEDICINE, "m1", "x")
    names = ("coded", "state", "route", "icd10", "since", "last", "value", "unit")
    assert left_out(item, *names) == (True, "", Route.UNKNOWN, (), None, None, None, "")


def test_of_a_fact():
    medicine = Medicine("x", Recognised(), Taking.TAKING, Route.ORAL, "m1")
    assert left_out(medicine, "last_taken", "since") == (None, None)
    assert left_out(Problem("x", State.ACTIVE, "p1"), "icd10", "since", "until") == ((), None, None)
    assert left_out(Allergy("x", "a1"), "coded") == (True,)
    assert left_out(PastProcedure("x", "p1"), "on") == (None,)
    value = Measurement(Measure.INR, 2.0, date(2030, 1, 2), "o1")
    assert left_out(value, "since", "first", "is_vague") == (None, date(2030, 1, 2), False)
    assert left_out(Recognised(), "ingredients", "classes", "nearly", "unknown") == ((), (), (), False)


def test_of_a_condition():
    assert left_out(TakenWithin(("nsaid",), 7), "question", "not_routes", "problem") == ("", (), "")
    names = ("question", "past_days", "somewhere", "procedures", "stale_days")
    assert left_out(Diagnosed("cancer"), *names) == ("", 0, False, False, 0)
    assert left_out(Measured((Limit(Measure.INR),), 7), "heeded_days", "question", "problem") == (0, "", "")
    assert left_out(Unrecognised(What.MEDICINES), "recently") == (0,)
    assert left_out(DrugClass(True, ()), "stems", "at_most_mg", "small_dose_words", "note") == ((), None, (), "")
    assert left_out(Hold("x", "y", 24), "hours_most", "restart_hours", "restart_hours_most", "note") == (
        None,
        None,
        None,
        "",
    )


def test_two_doubtful_entries_are_named_side_by_side():
    doubtful = (problem("Sepsis", State.DOUBTFUL), problem("Pneumonia", State.DOUBTFUL, evidence="p2"))
    because = read({"diagnosed": {"problem": "infection"}}, problems=doubtful).because
    assert because.endswith("Sepsis, Pneumonia")


def test_what_waits_without_a_day_has_no_earliest_day():
    facts = Facts(answers=clear_answers(LIBRARY), measurements=(Measurement(Measure.INR, 3.4, ON, "o1"),))
    found = screen(facts, on=ON, as_of=ON, site=parse_site("knee:right", LIBRARY), library=LIBRARY)
    inr = next(finding for finding in found.findings if finding.rule == "inr-high")
    assert (inr.action, left_out(inr, "free_on", "stop_by", "restart_from")) == (Action.POSTPONE, (None, None, None))
    assert (found.decision, found.earliest) == (Action.POSTPONE, None)
