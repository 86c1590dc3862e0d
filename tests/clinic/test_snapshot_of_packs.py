"""Nobody was silent to a question that could not be put to them: packs and licensed forms in a snapshot."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.clinic.conftest import VISIT
from tests.clinic.test_choosing_questionnaires import GLOBAL, accepted, brought

from enthesis.clinic.acting import at_moment
from enthesis.clinic.outcomes.snapshotting import take_snapshot
from enthesis.clinic.packs import turn_off
from enthesis.clinic.survey import record_survey
from enthesis.clinic.wording import take_wording_back

UNTIL = VISIT + timedelta(weeks=62)
LICENSED = {"koos", "womac"}


def at(weeks):
    return at_moment(datetime.combine(VISIT + timedelta(weeks=weeks), time(9), tzinfo=UTC))


def weeks_of(house, *ids):
    """The weeks at which each instrument stands in a snapshot, and at which somebody was due to answer it."""
    with at(63):
        table = take_snapshot(by=house.director, clinics=[house.clinic.pk], on=UNTIL, today=UNTIL).table
    rows = table.to_pylist()
    return [{row["week"] for row in rows if row["instrument"] == id and row["due"]} for id in ids]


@pytest.fixture
def treated(harbour):
    return harbour.treated()[0]


def test_what_a_clinic_never_could_ask_is_nowhere_in_its_snapshot(harbour, treated):
    assert weeks_of(harbour, GLOBAL, "koos", "womac") == [set(), set(), set()]
    assert weeks_of(harbour, "koos-jr") == [{-1, 0, 13, 26, 52}]


def test_a_pack_is_due_at_the_waves_that_were_open_while_it_was_turned_on(harbour, treated):
    with at(14):
        accepted(harbour)
    with at(27):
        turn_off(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", reason="permission withdrawn")
    assert weeks_of(harbour, GLOBAL) == [{13, 26}]
    with at(50):
        accepted(harbour)
    assert weeks_of(harbour, GLOBAL) == [{13, 26, 52}]


def test_a_licensed_form_is_due_while_the_clinic_has_its_wording(harbour, treated):
    with at(20):
        brought(harbour, "koos")
    with at(25):
        brought(harbour, "koos")  # a newer wording ends nothing
    assert weeks_of(harbour, "koos", "womac") == [{26, 52}, set()]
    with at(40):
        take_wording_back(by=harbour.director, clinic=harbour.clinic.pk, instrument_id="koos", reason="ended")
    assert weeks_of(harbour, "koos") == [{26}]


def test_what_was_answered_stands_there_whatever_was_turned_off_since(harbour, treated):
    with at(26):
        accepted(harbour)
        record_survey(
            by=harbour.coordinator, course=treated, wave="6-months", instrument_id=GLOBAL, mode="by phone",
            on=VISIT + timedelta(weeks=26), today=VISIT + timedelta(weeks=26), answers={},
        )  # fmt: skip
        turn_off(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", reason="permission withdrawn")
    assert weeks_of(harbour, GLOBAL) == [{26}]


def test_the_pack_of_one_clinic_makes_nobody_due_at_another(harbour, hillside, treated):
    hillside.treated()
    with at(1):
        accepted(hillside)
    assert weeks_of(harbour, GLOBAL) == [set()]
    assert weeks_of(hillside, GLOBAL) == [{13, 26, 52}]
