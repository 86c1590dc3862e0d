"""What cannot be planned, and what is said of it."""

from datetime import date, datetime
from typing import Any

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.pathway import Plan, plan

SHIPPED = Library.shipped()
MONDAY = date(2027, 3, 1)
DEXTROSE = "dextrose-prolotherapy"


def planned(condition: str = "knee-osteoarthritis", start: date = MONDAY, **options: Any) -> Plan:
    return plan(**{"treatment": DEXTROSE, "condition": condition, "start": start, "library": SHIPPED} | options)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"treatment": "leeches"},
            f"treatment: there is no treatment 'leeches'; there are: {', '.join(sorted(SHIPPED.files('treatments')))}",
        ),
        (
            {"condition": "gout"},
            f"condition: there is no condition 'gout'; there are: {', '.join(sorted(SHIPPED.files('conditions')))}",
        ),
        (
            {"protocol": "mine"},
            (
                "protocol: there is no protocol 'mine'; there are: knee-rabago-2013, "
                "knee-rezasoltani-2017-around, knee-rezasoltani-2017-joint"
            ),
        ),
        (
            {"protocol": "lumbar-facet-extrapolated"},
            (
                "protocol: there is no protocol 'lumbar-facet-extrapolated'; there are: knee-rabago-2013, "
                "knee-rezasoltani-2017-around, knee-rezasoltani-2017-joint"
            ),
        ),
        ({"start": "tomorrow"}, "start: a date such as 2027-03-01 was expected, not 'tomorrow'"),
        (
            {"start": datetime(2027, 3, 1)},  # noqa: DTZ001 -- the very thing that is refused
            "start: a date such as 2027-03-01 was expected, not datetime.datetime(2027, 3, 1, 0, 0)",
        ),
        ({"today": date(2027, 3, 2)}, "start: 2027-03-01 lies in the past; today is 2027-03-02"),
        ({"sessions": 2}, "sessions: the protocol has 3 to 5 sessions, not 2"),
        ({"sessions": 6}, "sessions: the protocol has 3 to 5 sessions, not 6"),
        ({"start": date.max}, "start: 28 days from 9999-12-31 lie outside the calendar"),
        ({"start": date.min}, "start: -7 days from 0001-01-01 lie outside the calendar"),
        ({"given": (MONDAY,)}, "given: the sessions given must be in order of their days, and all before the start"),
        (
            {"given": (date(2027, 2, 2), date(2027, 2, 1))},
            "given: the sessions given must be in order of their days, and all before the start",
        ),
    ],
)
def test_what_cannot_be_planned_is_told_in_one_sentence(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        planned(**wrong)
    assert str(refused.value) == sentence


def test_a_start_today_is_not_in_the_past() -> None:
    assert planned(today=MONDAY).start == MONDAY


def test_a_pair_without_a_protocol_is_told(with_entry: Any) -> None:
    mine = with_entry(
        "conditions",
        "sore-thumb",
        """
sites = ["thumb-base"]
instruments = []
codes = []
known = []
not_known = []
""",
    )
    with pytest.raises(BadInput) as refused:
        planned("sore-thumb", library=mine)
    assert str(refused.value) == "condition: there is no protocol of dextrose-prolotherapy for sore-thumb"


def test_an_empty_library_says_that_there_is_none(tmp_path: Any) -> None:
    with pytest.raises(BadInput) as refused:
        planned(library=Library((tmp_path,)))
    assert str(refused.value) == "treatment: there is no treatment 'dextrose-prolotherapy'; there are: none"


def test_a_protocol_may_be_asked_for_by_name() -> None:
    assert planned(protocol="knee-rabago-2013") == planned()
