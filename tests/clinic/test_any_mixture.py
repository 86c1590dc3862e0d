"""A course's recipe is any mixture the mixing room makes, and a session sums every anaesthetic of mixture, skin and elsewhere."""

from decimal import Decimal

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import ASSESSED, GIVEN, OBSERVED, TIMED_OUT, VISIT

from enthesis.clinic import treat
from enthesis.clinic.course_page import read_course
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.exporting import export_session
from enthesis.clinic.library import library
from enthesis.clinic.recipe import make_recipe
from enthesis.clinic.session_record import read_session
from enthesis.clinic.time_out import time_out
from enthesis.clinic.time_out_page import read_time_out
from enthesis.fhir.export import bundle_of
from enthesis.knowledge import BadInput
from enthesis.mixing import asked, batch_asked, kept, net_words
from enthesis.registry.models import Injection, RecipeRecord

THREE = {
    "parts": ["dextrose=15@50:hydrous", "lidocaine=0.2@1:with-epinephrine", "bupivacaine=0.05@0.5:plain"],
    "diluent": "saline",
    "syringes": "3x10",
    "weight_kg": "70",
}
VIAL = {"lot": "V1", "expires_on": "2031-05-31"}
DRAWN = ("dextrose 50%", "lidocaine 1% with epinephrine", "bupivacaine 0.5%", "saline 0.9%")


def begun(house, request):
    """A session whose syringe holds this, up to the time-out."""
    course = house.course()
    house.screened(course)
    house.planned(course)
    make_recipe(by=house.clinician, course=course, request=request)
    house.consented(course)
    return treat.assess(by=house.clinician, course=course, on=VISIT, details=ASSESSED).pk


def test_three_components_in_three_syringes_from_recipe_to_record(harbour):
    session = begun(harbour, THREE)
    assert [one.what for one in read_time_out(by=harbour.clinician, session=session).drawn] == list(DRAWN)
    with pytest.raises(BadInput, match="lots: the lot of lidocaine 1% with epinephrine was expected"):
        time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": {"dextrose 50%": VIAL}})
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": dict.fromkeys(DRAWN, VIAL)})
    numbed = {"anaesthetic": "procaine:plain", "strength_percent": "1", "volume_ml": "7", "vial": VIAL}
    treat.anaesthetise(by=harbour.clinician, session=session, details=numbed)
    step = treat.inject(by=harbour.clinician, session=session, given=[GIVEN | {"volume_ml": "10"}])

    # 10 of 30 mL: 20 mg of 490 (7 mg/kg), 5 mg of 140 (2 mg/kg), and 70 mg of 350 in the skin
    assert step.details["session_anaesthetic"] == [
        {"component": "lidocaine", "form": "with-epinephrine", "mg": "20", "max_mg": "490"},
        {"component": "bupivacaine", "form": "plain", "mg": "5", "max_mg": "140"},
        {"component": "procaine", "form": "plain", "mg": "70", "max_mg": "350"},
    ]
    assert step.details["session_share"] == "27.7%"  # 4.08 + 3.57 + 20
    with scopes_disabled():
        [placed] = Injection.objects.filter(session=session)
    assert placed.strengths == {"dextrose": "15.0", "lidocaine": "0.2", "bupivacaine": "0.05"}
    record = read_session(by=harbour.clinician, session=session)
    assert (record.recipe["net"], record.recipe["volume_ml"]) == (
        "15% dextrose, 0.2% lidocaine, 0.05% bupivacaine",
        "30",
    )
    treat.observe(by=harbour.clinician, session=session, details=OBSERVED)
    bundle = bundle_of(export_session(by=harbour.clinician, session=session), at=step.recorded_at)
    given = [
        one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "MedicationAdministration"
    ]
    assert sorted(one["medicationReference"]["display"] for one in given) == [
        "dextrose 15% and lidocaine 0.2% and bupivacaine 0.05% (net, as injected)",
        "procaine 1%",
    ]


@pytest.mark.parametrize(
    ("recipe", "skin", "volume", "words"),
    [
        (  # 2 x 90 of 140 mg and 2 x 90 of 300 mg would each be allowed alone
            {"parts": ["bupivacaine=0.25@0.5:plain", "dextrose=5@50:hydrous"], "volume_ml": "40", "weight_kg": "70"},
            {"anaesthetic": "lidocaine:plain", "strength_percent": "2", "volume_ml": "9"},
            "30",
            r"would come to 113\.6% of .* 70 kg \(75 mg of bupivacaine of at most 140 mg, 180 mg of lidocaine of at",
        ),
        (  # what was had elsewhere that day counts in every step
            {"parts": ["dextrose=15@50:hydrous"], "elsewhere": ["lidocaine=250"], "volume_ml": "10", "weight_kg": "70"},
            {"anaesthetic": "lidocaine:plain", "strength_percent": "1", "volume_ml": "5.1"},
            None,
            r"the session's lidocaine would be 301 mg, over the limit of 300 mg for 70 kg",
        ),
        (  # a clinic that keeps to the stricter limit: 3 mg/kg
            {"parts": ["dextrose=15@50:hydrous"], "limits": "strict", "volume_ml": "10", "weight_kg": "50"},
            {"anaesthetic": "lidocaine:plain", "strength_percent": "1", "volume_ml": "15.1"},
            None,
            r"the session's lidocaine would be 151 mg, over the limit of 150 mg for 50 kg",
        ),
    ],
)
def test_the_parts_of_all_ceilings_together_stop_the_needle(harbour, recipe, skin, volume, words):
    session = begun(harbour, recipe)
    page = read_time_out(by=harbour.clinician, session=session)
    lots = {one.what: VIAL for one in page.drawn}
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": lots})
    with pytest.raises(BadInput, match=words):
        treat.anaesthetise(by=harbour.clinician, session=session, details=skin | {"vial": VIAL})
        treat.inject(by=harbour.clinician, session=session, given=[GIVEN | {"volume_ml": volume}])


def test_a_recipe_over_the_fixed_ceiling_is_refused_before_anybody_was_weighed(harbour):
    course = harbour.course()
    harbour.screened(course)
    harbour.planned(course)
    request = {"parts": ["dextrose=5@50", "lidocaine=0.7@1"], "volume_ml": "44"}
    with pytest.raises(
        BadInput, match=r"over the limit for any weight: .*308 mg of lidocaine, more than the ceiling of 300"
    ):
        make_recipe(by=harbour.clinician, course=course, request=request)
    make_recipe(by=harbour.clinician, course=course, request=request | {"volume_ml": "42"})


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"anaesthetic": "cocaine"}, "anaesthetic: 'cocaine:' is not known; there are: bupivacaine:plain"),
        ({"anaesthetic": "lidocaine:sweet"}, "anaesthetic: 'lidocaine:sweet' is not known"),
        (
            {"anaesthetic": "bupivacaine:plain", "strength_percent": "0.75"},
            "strength_percent: a number from 0.01 to 0.5",
        ),
        ({"strength_percent": "0"}, "strength_percent: a number from 0.01 to 4"),
        ({"strength_percent": "0,5"}, "strength_percent: .* with a decimal point, not '0,5'"),
        ({"volume_ml": "-1"}, "volume_ml"),
        ({}, "vial: the lot of the local anaesthetic was expected"),
    ],
)
def test_the_anaesthetic_of_the_skin_is_checked_field_by_field(harbour, details, words):
    session = harbour.assessed(harbour.ready())
    said = {"anaesthetic": "lidocaine:plain", "strength_percent": "1", "volume_ml": "2"} | details
    with pytest.raises(BadInput, match=words):
        treat.anaesthetise(by=harbour.clinician, session=session, details=said)


def older(course, request):
    """The recipe of a course written as the first versions wrote it."""
    with scopes_disabled():
        record = RecipeRecord.objects.get(course=course)
        newer = ("net", "components", "session")
        plain = {name: value for name, value in record.mixture.items() if name not in newer}
        draw = [{name: one[name] for name in ("component", "stock_percent", "volume_ml")} for one in plain["draw"]]
        RecipeRecord.objects.filter(pk=record.pk).update(request=request, mixture=plain | {"draw": draw})


def test_a_recipe_of_an_older_version_is_still_read(harbour):
    """It knew two components, and what was asked for by their names."""
    old = {"dextrose": "12.5", "lidocaine": "0.2", "volume_ml": "10", "weight_kg": "70", "dextrose_form": "anhydrous"}
    assert asked(old)["parts"] == ["dextrose=12.5@50:anhydrous", "lidocaine=0.2@1:plain"]
    course = harbour.course()
    harbour.screened(course)
    harbour.planned(course)
    make_recipe(by=harbour.clinician, course=course, request=old)
    older(course, old)
    harbour.consented(course)
    session = treat.assess(by=harbour.clinician, course=course, on=VISIT, details=ASSESSED).pk
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT)
    treat.anaesthetise(
        by=harbour.clinician, session=session, details={"lidocaine_percent": "1", "volume_ml": "2", "vial": VIAL}
    )
    step = treat.inject(by=harbour.clinician, session=session, given=[GIVEN | {"volume_ml": "5"}])
    assert [one["mg"] for one in step.details["session_anaesthetic"]] == ["30"]
    with scopes_disabled():
        [placed] = Injection.objects.filter(session=session)
    assert (placed.dextrose_percent, placed.lidocaine_percent) == (Decimal("12.5"), Decimal("0.2"))
    assert read_session(by=harbour.clinician, session=session).recipe["net"] == "12.5% dextrose, 0.2% lidocaine"


def test_what_is_kept_says_exactly_what_was_asked_and_names_each_vial():
    request = THREE | {"parts": ["dextrose=12.5@50:anhydrous", "lidocaine=2 mg/mL@1"], "syringes": "2.5"}
    said, mixture = kept(library(), request, batch_asked(library(), request))
    assert (said["parts"], said["volume_ml"], "skin" in said) == (request["parts"], "2.5", False)
    assert [one["vial"] for one in mixture["draw"]] == ["dextrose 50% anhydrous", "lidocaine 1%", "saline 0.9%"]
    assert net_words(mixture) == mixture["net"] == "12% dextrose, 0.2% lidocaine"


def test_a_recipe_is_corrected_with_its_history_until_the_syringe_is_filled(harbour):
    course = harbour.course()
    harbour.screened(course)
    harbour.planned(course)
    make_recipe(by=harbour.clinician, course=course, request=THREE)
    first = read_course(by=harbour.clinician, course=course).course.recipe["id"]
    again = {"by": harbour.clinician, "course": course, "corrects": first}
    with pytest.raises(BadInput, match="a correction needs a reason"):
        make_recipe(**again, request=THREE)
    make_recipe(**again, request=THREE | {"weight_kg": "60"}, reason="weighed again")
    row = read_course(by=harbour.clinician, course=course).course.recipe
    assert (row["weight_kg"], row["stocks"]) == (60, ", ".join(DRAWN))
    harbour.consented(course)
    session = treat.assess(by=harbour.clinician, course=course, on=VISIT, details=ASSESSED).pk
    make_recipe(
        **again | {"corrects": row["id"]},
        request={"parts": ["dextrose=12.5@50"], "volume_ml": "10"},
        reason="no epinephrine",
    )
    page = read_time_out(by=harbour.clinician, session=session)
    assert ([one.what for one in page.drawn], page.needs_weight) == (["dextrose 50%", "saline 0.9%"], True)
    assert [one["net"] for one in read_session(by=harbour.clinician, session=session).recipe["before"]] == [
        "15% dextrose, 0.2% lidocaine, 0.05% bupivacaine"
    ] * 2
    lots = {one.what: VIAL for one in page.drawn}
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": lots, "weight_kg": "60"})
    kept = read_session(by=harbour.clinician, session=session).recipe["id"]
    with pytest.raises(OutOfOrder, match="after the time-out the syringe is filled"):
        make_recipe(**again | {"corrects": kept}, request=THREE, reason="late")
    with pytest.raises(NotFound, match="no such recipe in this course"):
        make_recipe(**again | {"corrects": kept, "course": harbour.course(key="b|2")}, request=THREE, reason="x")
