"""What nobody could read, and what contradicts itself: never dropped."""

import pytest
from tests.core.screening.made import back, medicine, problem, read

from enthesis.screening import Allergy, PastProcedure, Taking, Unread
from enthesis.screening.conditions import NO, Reading, Truth

MEDICINES = {"unrecognised": {"what": "medicines", "recently": 14}}
ALLERGIES = {"unrecognised": {"what": "allergies"}}
RESOURCES = {"unrecognised": {"what": "resources"}}
CONTRADICTING = {"contradicting": {"what": "medicines"}}


@pytest.mark.parametrize(
    ("taking", "last", "truth"),
    [
        (Taking.TAKING, None, Truth.YES),
        (Taking.AS_NEEDED, None, Truth.YES),
        (Taking.UNKNOWN, None, Truth.YES),
        (Taking.STOPPED, None, Truth.YES),
        (Taking.STOPPED, 13, Truth.YES),
        (Taking.STOPPED, 14, Truth.NO),
        (Taking.NOT_TAKEN, None, Truth.NO),
        (Taking.NOT_TAKEN, 1, Truth.NO),
    ],
)
def test_an_unknown_medicine_by_how_it_stands(taking, last, truth):
    item = medicine("white pill", taking, last=None if last is None else back(last), coded=False)
    assert read(MEDICINES, medicines=(item,)).truth == truth


def test_a_known_medicine_is_not_asked_about():
    assert read(MEDICINES, medicines=(medicine("ibuprofen"), medicine("omeprazole"))) == NO


def test_what_is_said_of_unknown_medicines():
    odd = (
        medicine("warfarine", coded=False, since=back(9)),
        medicine("", coded=False, evidence="m2"),
        medicine("prednisolon", coded=False, evidence="m3"),
    )
    assert read(MEDICINES, medicines=odd) == Reading(
        Truth.YES,
        f"not understood: warfarine since {back(9).isoformat()} (is it warfarin?); a medicine without a name; "
        "prednisolon (is it prednisolone or prednisone?)",
        ("m1", "m2", "m3"),
    )


@pytest.mark.parametrize(
    ("name", "coded", "truth"),
    [
        ("Peanut", True, Truth.NO),
        ("Peanut", False, Truth.YES),
        ("6387", True, Truth.YES),
        ("Latex", False, Truth.NO),
        ("NKA", False, Truth.NO),
        ("No known allergies except latex", False, Truth.NO),  # latex has its own rule, which sees it
        ("No known allergies except nuts", False, Truth.YES),
    ],
)
def test_an_allergy_nobody_can_read(name, coded, truth):
    assert read(ALLERGIES, allergies=(Allergy(name, "a1", coded),)).truth == truth


def test_allergies_are_named_with_their_evidence():
    reading = read(ALLERGIES, allergies=(Allergy("nuts", "a1", False), Allergy("bees", "a2", False)))
    assert (reading.because, reading.evidence) == ("not understood: nuts; bees", ("a1", "a2"))


def test_resources_problems_and_procedures_that_are_only_numbers():
    reading = read(
        RESOURCES,
        unread=(Unread("odd thing", "u1"), Unread("", "u2")),
        problems=(problem("714628002"), problem("", evidence="p2"), problem("", icd10=("E11.9",), evidence="p3")),
        procedures=(PastProcedure("76601001", "pr1"), PastProcedure("", "pr2"), PastProcedure("Colonoscopy", "pr3")),
    )
    assert reading.because == (
        "not understood: odd thing; (empty); 714628002; a problem without a name; 76601001; a procedure without a name"
    )
    assert reading.evidence == ("u1", "u2", "p1", "p2", "pr1", "pr2")
    assert read(RESOURCES, problems=(problem("Gout"),)) == NO


@pytest.mark.parametrize(
    ("one", "other", "truth"),
    [
        (Taking.TAKING, Taking.NOT_TAKEN, Truth.YES),
        (Taking.AS_NEEDED, Taking.NOT_TAKEN, Truth.YES),
        (Taking.UNKNOWN, Taking.NOT_TAKEN, Truth.YES),
        (Taking.STOPPED, Taking.NOT_TAKEN, Truth.NO),
        (Taking.NOT_TAKEN, Taking.NOT_TAKEN, Truth.NO),
        (Taking.TAKING, Taking.STOPPED, Truth.NO),
        (Taking.TAKING, Taking.TAKING, Truth.NO),
    ],
)
def test_a_record_that_contradicts_itself(one, other, truth):
    both = (medicine("Warfarin", one, evidence="m1"), medicine("Coumadin", other, evidence="m2"))
    assert read(CONTRADICTING, medicines=both).truth == truth


def test_different_medicines_do_not_contradict_each_other():
    both = (medicine("Warfarin"), medicine("Plavix", Taking.NOT_TAKEN, evidence="m2"))
    assert read(CONTRADICTING, medicines=both) == NO


def test_what_is_said_of_a_contradiction():
    both = (medicine("Warfarin", Taking.AS_NEEDED), medicine("Coumadin", Taking.NOT_TAKEN, evidence="m2"))
    assert read(CONTRADICTING, medicines=both) == Reading(
        Truth.YES, "warfarin: m1 says as needed, m2 says not taken", ("m1", "m2")
    )
