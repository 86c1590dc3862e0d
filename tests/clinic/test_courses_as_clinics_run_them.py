"""Pausing, resuming, switching, reviewing and stopping a course; its goal and its work-up; each change readable."""

from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import ASSESSED, GIVEN, NUMBED, OBSERVED, TODAY, VISIT
from tests.clinic.test_a_whole_course import course_row, page

from enthesis.clinic import treat
from enthesis.clinic.deciding import correct_decision, decide_course
from enthesis.clinic.errors import NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.goals import set_goal
from enthesis.clinic.prepare import read_preparation
from enthesis.clinic.survey import record_survey
from enthesis.clinic.switch import switch_treatment
from enthesis.clinic.washouts import read_washouts
from enthesis.clinic.worklist import read_worklist
from enthesis.clinic.workup import record_workup
from enthesis.knowledge import BadInput
from enthesis.registry.models import Due

SECOND, LATER = VISIT + timedelta(days=28), VISIT + timedelta(days=60)
FACET = "lumbar-facet:L4/5:right"


def decided(house, course, what, on=VISIT, why="because", **more):
    return decide_course(by=house.clinician, course=course, decided=what, on=on, why=why, **more)


def open_dues(course):
    with scopes_disabled():
        rows = Due.objects.filter(course=course, met_at__isnull=True, dropped=False).exclude(kind="resume")
        return set(rows.values_list("key", "on"))


def scored(house, course, wave, on, answer):
    record_survey(
        by=house.coordinator,
        course=course,
        wave=wave,
        instrument_id="pain-nrs",
        on=on,
        today=on,
        answers={"nrs_avg_7d": answer},
        mode="by phone",
    )


def treated_twice(house):
    course, _ = house.treated()
    decided(house, course, "go-on")
    house.screened(course, on=SECOND)
    house.planned(course, start=SECOND)
    house.mixed(course)
    session = house.assessed(course, on=SECOND, details=ASSESSED)
    treat.anaesthetise(by=house.clinician, session=session, details=NUMBED)
    treat.inject(by=house.clinician, session=session, given=[GIVEN])
    treat.observe(by=house.clinician, session=session, details=OBSERVED)
    return course


def to_decide(house, on):
    return [(row.what, row.on) for row in read_worklist(by=house.clinician, on=on).to_decide]


def test_a_pause_loses_nothing_that_is_due_and_asks_again_on_its_day(harbour):
    course, _ = harbour.treated()
    before = open_dues(course)
    decided(harbour, course, "pause", until=LATER)
    assert open_dues(course) == before
    assert course_row(harbour, course).stage == "paused"
    assert to_decide(harbour, LATER - timedelta(days=1)) == []
    assert to_decide(harbour, LATER) == [("paused: resume, or stop?", LATER)]
    decided(harbour, course, "resume", on=LATER, reviewed=True)
    assert open_dues(course) == before
    assert course_row(harbour, course).stage == "due"
    assert to_decide(harbour, LATER) == []


def test_while_paused_no_visit_is_expected_and_surveys_go_on(harbour):
    course = harbour.ready()
    visits = [row.course for row in read_worklist(by=harbour.clinician, on=VISIT).sessions_today]
    assert visits == [course]
    assert [row.course for row in read_washouts(by=harbour.clinician, today=TODAY, days=30)] != []
    decided(harbour, course, "pause", on=TODAY, until=LATER)
    work = read_worklist(by=harbour.clinician, on=VISIT)
    assert work.sessions_today == ()
    work = read_worklist(by=harbour.clinician, on=VISIT - timedelta(days=1))
    assert {row.course for row in work.surveys_overdue} == {course}
    assert read_washouts(by=harbour.clinician, today=TODAY, days=30) == ()
    with pytest.raises(NotFound, match="no visit lies ahead"):  # nobody is told to leave a medicine out for nothing
        read_preparation(by=harbour.clinician, course=course, today=TODAY)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "until: say on which day the pause is asked about again"),
        ({"until": VISIT}, "until: a day within a year after"),
        ({"until": VISIT + timedelta(days=367)}, "until: a day within a year after"),
        ({"until": LATER, "why": " "}, "why: say why"),
    ],
)
def test_a_pause_without_an_end_is_a_patient_forgotten(harbour, more, words):
    course, _ = harbour.treated()
    with pytest.raises(BadInput, match=words):
        decided(harbour, course, "pause", **more)
    assert course_row(harbour, course).stage == "recovering"


def test_only_a_pause_has_a_day_to_be_asked_again(harbour):
    course, _ = harbour.treated()
    with pytest.raises(BadInput, match="only a pause"):
        decided(harbour, course, "go-on", until=LATER)


def test_after_two_sessions_without_improvement_going_on_needs_a_look_and_keeps_what_was_seen(harbour):
    course = treated_twice(harbour)
    [review] = course_row(harbour, course).reviews
    assert (review.after_session, review.improved.value) == (2, "not known")
    with pytest.raises(BadInput, match="reviewed: No improvement after two sessions"):
        decided(harbour, course, "go-on", on=SECOND)
    assert course_row(harbour, course).stage == "recovering"
    decided(harbour, course, "go-on", on=SECOND, reviewed=True)
    row = course_row(harbour, course)
    assert row.reviews == ()
    assert row.decisions[-1]["reviewed"][0]["after_session"] == 2


def test_a_review_waits_on_the_worklist_from_the_day_of_the_next_session_until_improvement_is_told(harbour):
    course = harbour.ready()
    scored(harbour, course, "baseline-1", TODAY, 7)
    session = harbour.assessed(course)
    treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)
    treat.inject(by=harbour.clinician, session=session, given=[GIVEN])
    treat.observe(by=harbour.clinician, session=session, details=OBSERVED)
    assert to_decide(harbour, LATER) == []  # one session only
    decided(harbour, course, "go-on")
    harbour.screened(course, on=SECOND)
    harbour.planned(course, start=SECOND)
    harbour.mixed(course)
    session = harbour.assessed(course, on=SECOND)
    treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)
    treat.inject(by=harbour.clinician, session=session, given=[GIVEN])
    treat.observe(by=harbour.clinician, session=session, details=OBSERVED)
    due = SECOND + timedelta(days=28)
    assert to_decide(harbour, due - timedelta(days=1)) == []
    assert to_decide(harbour, due) == [("go on or stop?", due)]
    scored(harbour, course, "6-weeks", VISIT + timedelta(days=42), 3)
    assert to_decide(harbour, due) == []
    decided(harbour, course, "go-on", on=due)  # nothing is due, so nothing is asked


def test_going_on_after_the_first_session_does_not_settle_the_review_of_the_fourth(harbour):
    course, _ = harbour.treated()
    decided(harbour, course, "go-on")
    keys = {key for key, _ in open_dues(course) if key.startswith("review")}
    assert keys == {"review-after-2"}


def test_a_decision_is_corrected_in_its_words_and_day_and_the_old_one_is_readable(harbour):
    course, _ = harbour.treated()
    made = decided(harbour, course, "stop", why="typo")
    with pytest.raises(BadInput, match="a correction needs a reason"):
        correct_decision(by=harbour.clinician, decision=made.pk, on=VISIT, why="better", reason="")
    correct_decision(by=harbour.clinician, decision=made.pk, on=VISIT, why="better, content", reason="misspelt")
    row = course_row(harbour, course)
    assert [(one["decided"], one["why"]) for one in row.decisions] == [("stop", "better, content")]
    lines = [line for line in page(harbour, row.patient).timeline if line.kind == "decision"]
    assert [line.corrected for line in lines] == [False, True]


def test_a_switch_follows_the_old_course_up_and_opens_a_new_one_that_names_it(harbour):
    course, _ = harbour.treated()
    with pytest.raises(BadInput, match="in that very way"):
        switch_treatment(
            by=harbour.clinician, course=course, treatment="dextrose-prolotherapy", on=VISIT, why="no effect"
        )
    other = another_protocol()
    new = switch_treatment(
        by=harbour.clinician,
        course=course,
        treatment="dextrose-prolotherapy",
        protocol=other,
        on=VISIT,
        why="no effect",
    )
    was, now = course_row(harbour, course), course_row(harbour, new.pk)
    assert (was.stage, was.switched_to, was.switched_from) == ("follow-up", new.pk, None)
    assert (now.stage, now.switched_from, now.site) == ("enrolled", course, was.site)
    assert was.decisions[-1]["decided"] == "switch"
    scored(harbour, course, "6-weeks", VISIT + timedelta(days=42), 5)  # the old course is still asked
    with pytest.raises(OutOfOrder):
        decided(harbour, course, "go-on")


def another_protocol():
    from enthesis.clinic.library import library
    from enthesis.pathway import protocols

    return next(
        entry.id
        for entry in protocols(library())
        if entry.body.condition == "knee-osteoarthritis" and entry.id != "knee-rabago-2013"
    )


def test_a_coordinator_neither_pauses_nor_switches(harbour):
    course, _ = harbour.treated()
    with pytest.raises(NotAllowed):
        decide_course(by=harbour.coordinator, course=course, decided="pause", on=VISIT, why="away", until=LATER)
    with pytest.raises(NotAllowed):
        switch_treatment(by=harbour.coordinator, course=course, treatment="x", on=VISIT, why="y")


def test_an_interim_step_before_an_operation_is_a_goal_that_names_it(harbour):
    course = harbour.course()
    with pytest.raises(BadInput, match="say which operation"):
        set_goal(by=harbour.coordinator, course=course, goal="before-operation")
    with pytest.raises(BadInput, match="belongs to an interim step"):
        set_goal(by=harbour.coordinator, course=course, goal="less-pain", operation="knee replacement")
    with pytest.raises(BadInput, match="'fame' is not a goal"):
        set_goal(by=harbour.coordinator, course=course, goal="fame")
    with pytest.raises(BadInput, match="say what the course is to reach"):
        set_goal(by=harbour.coordinator, course=course, goal="other")
    set_goal(
        by=harbour.coordinator, course=course, goal="before-operation", operation="knee replacement", operation_on=LATER
    )
    with pytest.raises(BadInput, match="say why the goal changes"):
        set_goal(by=harbour.coordinator, course=course, goal="less-pain")
    set_goal(by=harbour.coordinator, course=course, goal="less-pain", says="to sleep", reason="operation cancelled")
    row = course_row(harbour, course)
    assert (row.goal["goal"], row.goal["says"]) == ("less-pain", "to sleep")
    lines = [(line.detail, line.corrected) for line in page(harbour, row.patient).timeline if line.kind == "goal"]
    assert lines == [("Less pain to sleep", False), ("An interim step before an operation knee replacement", True)]


def block(house, course, relief="80", site=FACET, on=TODAY, **more):
    details = {"site": site, "drug": "lidocaine 2%", "relief_percent": relief}
    return record_workup(by=house.clinician, course=course, kind="block", on=on, today=TODAY, details=details, **more)


def test_a_work_up_holds_blocks_images_and_red_flags_and_a_wrong_one_is_corrected(harbour):
    course = harbour.course(condition="lumbar-facet-pain", site=FACET)
    first = block(harbour, course, relief="8")
    block(harbour, course, relief="80", corrects=first.pk, reason="a nought was lost")
    image = {"image": "mri", "finding": "no fracture"}
    record_workup(by=harbour.clinician, course=course, kind="imaging", on=TODAY, today=TODAY, details=image)
    record_workup(
        by=harbour.clinician, course=course, kind="red-flags", on=TODAY, today=TODAY, details={"excluded": True}
    )
    rows = course_row(harbour, course).workup
    assert [row["kind"] for row in rows] == ["block", "imaging", "red-flags"]
    assert rows[0]["details"]["relief_percent"] == 80
    with pytest.raises(OutOfOrder, match="corrected already"):
        block(harbour, course, corrects=first.pk, reason="again")
    with pytest.raises(OutOfOrder, match="not one of this kind"):
        block(harbour, course, corrects=rows[1]["id"], reason="wrong row")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"relief": "120"}, "relief_percent: a number from 0 to 100"),
        ({"relief": "8,5"}, "relief_percent: a number from 0 to 100"),
        ({"relief": "80.5"}, "relief_percent: a whole number"),
        ({"relief": ""}, "relief_percent: a number from 0 to 100"),
        ({"site": "lumbar-facet:right"}, "site: right lumbar facet joint: say the level"),
        ({"site": "knee:right"}, "site: right knee is not tested by blocks"),
        ({"site": "spine"}, "site: there is no site 'spine'"),
        ({"on": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_a_block_that_cannot_be_is_refused_and_nothing_is_kept(harbour, wrong, words):
    course = harbour.course(condition="lumbar-facet-pain", site=FACET)
    with pytest.raises(BadInput, match=words):
        block(harbour, course, **wrong)
    assert course_row(harbour, course).workup == ()


@pytest.mark.parametrize(
    ("kind", "details", "words"),
    [
        ("imaging", {"image": "mri"}, "finding: say what"),
        ("imaging", {"image": "photo", "finding": "x"}, "'photo' is not in the list"),
        ("red-flags", {}, "excluded: say that red flags"),
        ("song", {}, "'song' is not part of a work-up"),
        ("block", {"site": FACET, "relief_percent": "80"}, "drug: say which"),
    ],
)
def test_other_findings_say_what_they_lack(harbour, kind, details, words):
    course = harbour.course()
    with pytest.raises(BadInput, match=words):
        record_workup(by=harbour.clinician, course=course, kind=kind, on=TODAY, today=TODAY, details=details)
