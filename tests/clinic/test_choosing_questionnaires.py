"""A clinic asks what it may: packs after their terms were accepted, licensed forms in its own wording, never before."""

from datetime import timedelta

import pytest
from django_scopes import scope
from tests.clinic.conftest import TODAY, VISIT
from tests.clinic.test_answering import at, responses
from tests.core.outcomes.test_outcomes_wording import words_for

from enthesis.clinic.entering import read_entry
from enthesis.clinic.errors import LinkSpent, NotAllowed, OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.links import make_link
from enthesis.clinic.packs import accept_terms, read_packs, read_wordings, turn_off
from enthesis.clinic.private_survey import Told, finish_by_link, keep_by_link, survey_of
from enthesis.clinic.questionnaires import askable, questionnaire_of
from enthesis.clinic.survey import instruments_at, record_survey
from enthesis.clinic.wording import bring_wording, take_wording_back
from enthesis.knowledge import BadInput
from enthesis.outcomes import pack, wording_from
from enthesis.registry.models import AuditEvent, Due, InstrumentWording, PackTerms

GLOBAL = "promis-global-10"
LICENCE = "Licence 12-345 of the owner, until 31 December 2031"


def accepted(house, **options):
    mark = pack(library(), "promis").fingerprint
    said = {"by": house.director, "clinic": house.clinic.pk, "pack_id": "promis", "fingerprint": mark, "read": True}
    accept_terms(**said | options)


def brought(house, id="ndi", **options):
    said = {"by": house.director, "clinic": house.clinic.pk, "instrument_id": id, "licence": LICENCE}
    bring_wording(**said | {"wording": wording_from(words_for(id))} | options)


def neck(house):
    return house.course(condition="cervical-facet-pain", site="cervical-facet:C4/5:right")


def asked(house, condition="cervical-facet-pain"):
    with scope(clinic=house.clinic):
        return instruments_at("baseline-1", condition, house.clinic.pk)


def answer(house, course, id, **answers):
    return record_survey(
        by=house.coordinator, course=course, wave="baseline-1", instrument_id=id, on=TODAY, today=TODAY, answers=answers,
        mode="in clinic",
    )  # fmt: skip


def test_before_its_terms_are_accepted_a_pack_is_neither_asked_nor_recorded(harbour):
    course = neck(harbour)
    assert asked(harbour) == ("pain-nrs", "peg", "psfs", "phq-4")
    with pytest.raises(BadInput, match="'promis', whose terms this clinic has not accepted"):
        answer(harbour, course, GLOBAL, global01=3)
    link = make_link(
        by=harbour.coordinator, course=course, form="survey", about={"wave": "baseline-1", "instrument": GLOBAL}
    )
    with pytest.raises(LinkSpent, match="There are no more questions for you"):
        survey_of(link.token)


def test_after_it_every_form_of_the_pack_is_asked_at_this_clinic_and_at_no_other(harbour, hillside):
    accepted(harbour)
    pack_ids = ("promis-global-10", "promis-physical-function-4a", "promis-pain-interference-4a")
    assert asked(harbour) == ("pain-nrs", "peg", "psfs", "phq-4", *pack_ids)
    assert asked(hillside) == ("pain-nrs", "peg", "psfs", "phq-4")
    assert [(row.on, row.signed_by) for row in read_packs(by=harbour.coordinator, clinic=harbour.clinic.pk)] == [
        (True, "director of harbour <director@harbour.test>")
    ]
    [event] = AuditEvent.objects.filter(verb="accepted the terms of a pack")
    assert (event.about, event.after["fingerprint"]) == ("pack promis", pack(library(), "promis").fingerprint)


def test_turned_off_it_is_asked_no_more_and_what_was_answered_stays_and_can_be_corrected(harbour):
    accepted(harbour)
    course = neck(harbour)
    answer(harbour, course, "promis-pain-interference-4a")
    turn_off(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", reason="permission withdrawn")
    assert GLOBAL not in asked(harbour)
    old = responses(harbour, course)["promis-pain-interference-4a"]
    record_survey(
        by=harbour.coordinator, course=course, wave="baseline-1", instrument_id=old.instrument, on=TODAY, today=TODAY,
        answers={}, mode="in clinic", corrects=old.pk, reason="misread",
    )  # fmt: skip
    accepted(harbour)
    assert GLOBAL in asked(harbour)


def test_terms_that_have_changed_are_read_again(harbour):
    accepted(harbour)
    with scope(clinic=harbour.clinic):
        PackTerms.objects.update(fingerprint="an older text")
    assert GLOBAL not in asked(harbour)
    with pytest.raises(OutOfOrder, match="read them again"):
        accepted(harbour, fingerprint="an older text")


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"read": False}, BadInput, "read: say that you have read"),
        ({"pack_id": "nothing"}, BadInput, "pack: there is no pack 'nothing'; there are: promis"),
        ({"fingerprint": ""}, OutOfOrder, "read them again"),
    ],
)
def test_terms_are_not_accepted_unread(harbour, options, error, sentence):
    with pytest.raises(error, match=sentence):
        accepted(harbour, **options)
    assert GLOBAL not in asked(harbour)


def test_a_pack_is_turned_on_once_and_off_only_with_a_reason_and_when_it_is_on(harbour):
    with pytest.raises(OutOfOrder, match="is not turned on"):
        turn_off(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", reason="mistake")
    accepted(harbour)
    with pytest.raises(OutOfOrder, match="accepted already"):
        accepted(harbour)
    with pytest.raises(BadInput, match="reason: say why"):
        turn_off(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", reason=" ")


@pytest.mark.parametrize("role", ["clinician", "coordinator"])
def test_only_the_director_accepts_and_brings(harbour, hillside, role):
    by = getattr(harbour, role)
    acts = (
        lambda: accepted(harbour, by=by),
        lambda: brought(harbour, by=by),
        lambda: turn_off(by=by, clinic=harbour.clinic.pk, pack_id="promis", reason="x"),
        lambda: take_wording_back(by=by, clinic=harbour.clinic.pk, instrument_id="ndi", reason="x"),
        lambda: accepted(harbour, by=hillside.director),
        lambda: brought(harbour, by=hillside.director),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert asked(harbour) == ("pain-nrs", "peg", "psfs", "phq-4")


def test_with_its_own_wording_a_clinic_asks_a_licensed_form_and_the_slot_scores_it(harbour, hillside):
    course = neck(harbour)
    with pytest.raises(BadInput, match="ndi is licensed"):
        answer(harbour, course, "ndi", ndi_1=2)
    brought(harbour)
    assert (asked(harbour)[-1], "ndi" in asked(hillside)) == ("ndi", False)
    with at(TODAY):
        link = make_link(by=harbour.coordinator, course=course, form="wave", about={"wave": "baseline-1"})
        form = survey_of(link.token).entries["ndi"]
        assert (form.body.items[0].text, form.body.items[0].options[5].label) == ("Question ndi_1", "words for 5")
        given = [Told("ndi", f"ndi_{n}", 2) for n in range(1, 11)]
        keep_by_link(token=link.token, told=given, passed=["ndi"], today=TODAY)
    kept = responses(harbour, course)["ndi"]
    assert (kept.score, kept.version) == (40, form.body.version)
    assert "ndi" not in read_entry(by=harbour.coordinator, course=course, wave="baseline-1").entries


def test_the_wording_stands_in_no_event_and_is_deleted_when_it_is_taken_back(harbour):
    brought(harbour)
    brought(harbour, wording=wording_from(words_for("ndi") | {"instructions": "Choose any."}))
    assert read_wordings(by=harbour.coordinator, clinic=harbour.clinic.pk)["ndi"][1] == LICENCE
    take_wording_back(
        by=harbour.director, clinic=harbour.clinic.pk, instrument_id="ndi", reason="the licence has ended"
    )
    told = str(list(AuditEvent.objects.values_list("before", "after")))
    assert ("Question ndi_1" in told, LICENCE in told, "the licence has ended" in told) == (False, True, True)
    with scope(clinic=harbour.clinic):
        assert [row.wording for row in InstrumentWording.objects.all()] == [None] * 3
        assert askable(harbour.clinic.pk, ["ndi", "peg"]) == ("peg",)
        with pytest.raises(BadInput, match="ndi is licensed"):
            questionnaire_of(harbour.clinic.pk, "ndi")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"licence": " "}, "licence: say which licence"),
        ({"licence": "x" * 501}, "licence: say which licence"),
        ({"id": "peg"}, "peg comes with its wording"),
        ({"wording": wording_from(words_for("odi"))}, "odi_1: there is no such question"),
    ],
)
def test_a_wording_without_licence_or_for_another_form_is_refused(harbour, options, sentence):
    with pytest.raises(BadInput, match=sentence):
        brought(harbour, **options)


def test_a_wording_that_is_not_there_cannot_be_taken_back(harbour):
    act = {"by": harbour.director, "clinic": harbour.clinic.pk}
    with pytest.raises(OutOfOrder, match="no wording of ndi"):
        take_wording_back(**act, instrument_id="ndi", reason="x")
    with pytest.raises(BadInput, match="reason"):
        take_wording_back(**act, instrument_id="ndi", reason="")
    with pytest.raises(BadInput, match="there is no instruments called 'nothing'|no such|nothing"):
        take_wording_back(**act, instrument_id="nothing", reason="x")


def test_what_a_clinic_may_not_ask_keeps_no_wave_due(harbour):
    course, _ = harbour.treated()
    day = VISIT + timedelta(days=42)
    for id, answers in (("pain-nrs", {"nrs_avg_7d": 4}), ("peg", {"peg_p": 4, "peg_e": 3, "peg_g": 2})):
        record_survey(
            by=harbour.coordinator, course=course, wave="6-weeks", instrument_id=id, on=day, today=day, answers=answers,
            mode="by phone",
        )  # fmt: skip
    assert read_entry(by=harbour.coordinator, course=course, wave="6-weeks").forms == ()


YEAR = VISIT + timedelta(days=364)
PHYSICAL = [Told(GLOBAL, "global03", 4)]
PAIN = [Told("pain-nrs", "nrs_avg_7d", 4)]


def begun(house):
    """A survey a year later, with the pack turned on, open on somebody's phone."""
    course, _ = house.treated()
    accepted(house)
    return course, make_link(by=house.coordinator, course=course, form="wave", about={"wave": "12-months"}).token


def waits(house, course):
    with scope(clinic=house.clinic):
        return Due.objects.filter(course=course, key="wave-12-months", met_at__isnull=True).exists()


def test_what_a_phone_still_holds_of_a_pack_turned_off_meanwhile_takes_no_other_answer_with_it(harbour):
    with at(YEAR):
        course, token = begun(harbour)
        keep_by_link(token=token, told=PHYSICAL, passed=[], today=YEAR)
        turn_off(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", reason="permission withdrawn")
        keep_by_link(token=token, told=[*PHYSICAL, *PAIN], passed=[GLOBAL, "pain-nrs"], today=YEAR)
        assert responses(harbour, course).keys() == {"pain-nrs"}
        with pytest.raises(BadInput, match="given: ndi ndi_1 is not asked here"):
            keep_by_link(token=token, told=[Told("ndi", "ndi_1", 1)], passed=[], today=YEAR)
        with pytest.raises(BadInput, match="passed: 'ndi' is not asked here"):
            keep_by_link(token=token, told=[], passed=["ndi"], today=YEAR)
        finish_by_link(token=token, told=[*PHYSICAL, Told("peg", "peg_e", 3)], today=YEAR)
        assert GLOBAL not in responses(harbour, course)
        assert not waits(harbour, course)


def test_a_form_that_staff_have_entered_meanwhile_takes_no_other_answer_of_the_phone_with_it(harbour):
    with at(YEAR):
        course, token = begun(harbour)
        record_survey(
            by=harbour.coordinator, course=course, wave="12-months", instrument_id="pain-nrs", on=YEAR, today=YEAR,
            answers={"nrs_avg_7d": 8}, mode="by phone",
        )  # fmt: skip
        keep_by_link(token=token, told=[*PAIN, *PHYSICAL], passed=["pain-nrs", GLOBAL], today=YEAR)
        kept = responses(harbour, course)
        assert (kept["pain-nrs"].answers, kept[GLOBAL].answers) == ({"nrs_avg_7d": 8}, {"global03": 4})


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize("what", ["pack", "wording"])
def test_nobody_waits_for_a_wave_of_which_only_what_may_no_longer_be_asked_is_left(harbour, hillside, given, what):
    with at(YEAR):
        course, _ = harbour.treated()
        other, _ = hillside.treated()
        accepted(harbour) if what == "pack" else brought(harbour, "koos")
        for id in askable_at_a_year(harbour, course) if given else ():
            if id not in (GLOBAL, "koos"):
                record_survey(
                    by=harbour.coordinator, course=course, wave="12-months", instrument_id=id, on=YEAR, today=YEAR,
                    answers={}, mode="by phone",
                )  # fmt: skip
        assert waits(harbour, course)
        if what == "pack":
            turn_off(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", reason="permission withdrawn")
        else:
            take_wording_back(by=harbour.director, clinic=harbour.clinic.pk, instrument_id="koos", reason="ended")
        assert (waits(harbour, course), waits(hillside, other)) == (not given, True)


def askable_at_a_year(house, course):
    return [form.instrument for form in read_entry(by=house.coordinator, course=course, wave="12-months").forms]
