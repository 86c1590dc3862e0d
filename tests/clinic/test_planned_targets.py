"""Planning where the needle goes: exact places, near what was screened, and every change readable."""

from datetime import timedelta

import pytest
from tests.clinic.conftest import ASSESSED, VISIT
from tests.clinic.test_a_whole_course import course_row, page

from enthesis.clinic import treat
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.errors import NotAllowed, OutOfOrder
from enthesis.clinic.planned import plan_sites
from enthesis.knowledge import BadInput

LEFT, RIGHT = "lumbar-facet:L4/5:left", "lumbar-facet:L4/5:right"


def back(house, key="test|1"):
    return house.course(key=key, condition="lumbar-facet-pain", site=RIGHT)


def test_two_facet_joints_are_planned_and_stand_on_the_course(harbour):
    course = back(harbour)
    plan_sites(by=harbour.clinician, course=course, sites=[RIGHT, LEFT], note="from the back")
    planned = course_row(harbour, course).planned_sites
    assert (planned["sites"], planned["note"]) == ([RIGHT, LEFT], "from the back")


def test_a_change_says_why_and_the_old_targets_stay_in_the_timeline(harbour):
    course = back(harbour)
    plan_sites(by=harbour.clinician, course=course, sites=[RIGHT])
    with pytest.raises(BadInput, match="say why the targets change"):
        plan_sites(by=harbour.clinician, course=course, sites=[LEFT])
    plan_sites(by=harbour.clinician, course=course, sites=[LEFT], reason="the block on the left relieved the pain")
    row = course_row(harbour, course)
    assert row.planned_sites["sites"] == [LEFT]
    lines = [line for line in page(harbour, row.patient).timeline if line.kind == "targets"]
    assert [(line.detail, line.corrected) for line in lines] == [
        ("left L4/5 facet joint", False),
        ("right L4/5 facet joint", True),
    ]
    assert "the block on the left" in lines[1].reason


@pytest.mark.parametrize(
    ("sites", "words"),
    [
        ([], "mark at least one target"),
        (["lumbar-facet:L4/5"], "L4/5 lumbar facet joint: say the side, left or right, so that one place is meant"),
        (["lumbar-facet:right"], "say the level"),
        (["lumbar-facet"], "say the level and the side, left or right"),
        (["lumbar-facet:L4/5:both"], "say the side, left or right"),
        ([RIGHT, RIGHT], "right L4/5 facet joint is named twice"),
        (["cervical-facet:C5/6:left"], "left C5/6 facet joint is not near right L4/5 facet joint"),
        (["sacroiliac:left"], "brings questions that were not asked for right L4/5 facet joint"),
        (["spine"], "there is no site 'spine'"),
        ([RIGHT] * 61, "at most 60 targets were expected, not 61"),
    ],
)
def test_what_is_no_single_place_near_what_was_screened_is_refused_and_nothing_is_kept(harbour, sites, words):
    course = back(harbour)
    with pytest.raises(BadInput, match=words):
        plan_sites(by=harbour.clinician, course=course, sites=sites)
    assert course_row(harbour, course).planned_sites is None


def test_a_coordinator_and_another_clinic_do_not_aim_needles(harbour, hillside):
    course = back(harbour)
    with pytest.raises(NotAllowed):
        plan_sites(by=harbour.coordinator, course=course, sites=[RIGHT])
    with pytest.raises(Exception, match="no such course"):
        plan_sites(by=hillside.clinician, course=course, sites=[RIGHT])


def test_a_stopped_course_has_no_more_targets(harbour):
    course, _ = harbour.treated()
    decide_course(by=harbour.clinician, course=course, decided="stop", on=VISIT + timedelta(days=9), why="content")
    with pytest.raises(OutOfOrder, match="no more targets"):
        plan_sites(by=harbour.clinician, course=course, sites=["knee:right"])


def test_a_session_marks_only_what_its_screening_speaks_for(harbour):
    course = harbour.ready()
    with pytest.raises(BadInput, match="marked: left C5/6 facet joint is not near right knee"):
        harbour.assessed(course, details=ASSESSED | {"marked": ["cervical-facet:C5/6:left"]})
    assert course_row(harbour, course).stage == "mixed"
    session = harbour.assessed(course, details=ASSESSED | {"marked": ["knee-ligament:right"]})
    step = course_row(harbour, course).sessions[0]["steps"][0]
    with pytest.raises(BadInput, match="not near right knee"):
        treat.correct_assessment(
            by=harbour.clinician,
            session=session,
            details=ASSESSED | {"marked": ["hip:right"]},
            corrects=step["id"],
            reason="wrong place",
        )
