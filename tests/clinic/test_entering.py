"""Paper and telephone: a form finds its course by its code, once, and a whole wave is entered at a time."""

import re
from datetime import timedelta

import pytest
from django_scopes import scope
from tests.clinic.conftest import VISIT
from tests.clinic.test_answering import SIX_WEEKS, at, on, responses
from tests.clinic.test_choosing_questionnaires import brought
from tests.core.outcomes.test_outcomes_wording import words_for

from enthesis.clinic.entering import enter_wave, read_entry
from enthesis.clinic.errors import LinkSpent, NotAllowed, NotFound
from enthesis.clinic.links import open_link
from enthesis.clinic.paper import find_form, print_form
from enthesis.clinic.private_survey import Told, keep_by_link
from enthesis.knowledge import BadInput
from enthesis.outcomes import wording_from
from enthesis.registry.models import AuditEvent, Due, GivenAnswer, PatientLink

__all__ = ["on"]
WHOLE = {("pain-nrs", "nrs_avg_7d"): 4, ("peg", "peg_e"): 3, ("peg", "peg_g"): 2}
LATER = SIX_WEEKS + timedelta(days=30)


def enter(house, course, given=None, **options):
    by = options.pop("by", house.coordinator)
    asked = {"wave": "6-weeks", "on": SIX_WEEKS, "today": LATER, "mode": "paper"} | options
    return enter_wave(by=by, course=course, given=WHOLE if given is None else given, **asked)


def printed(house, course, wave="6-weeks"):
    return print_form(by=house.coordinator, course=course, wave=wave).code


def test_a_paper_form_is_entered_after_its_window_with_the_day_written_on_it(harbour, on):
    course, _ = on
    with at(SIX_WEEKS):
        code = printed(harbour, course)
    with at(LATER):
        found = find_form(by=harbour.coordinator, code=code.lower().replace("-", " "))
        assert (found.course, found.wave) == (course, "6-weeks")
        assert enter(harbour, course, code=code).recorded == ("pain-nrs", "peg")
    rows = responses(harbour, course)
    assert {id: (row.score, row.on, row.mode, row.times) for id, row in rows.items()} == {
        "pain-nrs": (4, SIX_WEEKS, "paper", {}),
        "peg": (3, SIX_WEEKS, "paper", {}),
    }
    with scope(clinic=harbour.clinic):
        assert Due.objects.get(course=course, key="wave-6-weeks", dropped=False).met_at is not None


def test_a_code_is_good_once_and_only_for_its_own_form(harbour, on):
    course, _ = on
    other = harbour.treated(key="test|2")[0]
    with at(SIX_WEEKS):
        code = printed(harbour, course)
        with pytest.raises(NotFound):
            enter(harbour, other, code=code)
        assert responses(harbour, other) == {}
        enter(harbour, course, code=code)
        for again in (lambda: find_form(by=harbour.coordinator, code=code), lambda: enter(harbour, other, code=code)):
            with pytest.raises((LinkSpent, NotFound)):
                again()


def test_a_code_says_nothing_and_is_kept_nowhere(harbour, on):
    course, _ = on
    with at(SIX_WEEKS):
        codes = {printed(harbour, course) for _ in range(20)}
        assert len(codes) == 20
        for code in codes:
            assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)
        with scope(clinic=harbour.clinic):
            kept = str(list(PatientLink.objects.values_list())) + str(list(AuditEvent.objects.values_list()))
        assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []


def test_a_paper_form_is_of_the_wording_that_was_printed_whatever_was_brought_since(harbour, on):
    course, _ = on
    year = VISIT + timedelta(days=364)
    with at(year):
        brought(harbour, "koos")
        code = printed(harbour, course, wave="12-months")
        old = read_entry(by=harbour.coordinator, course=course, wave="12-months").entries["koos"].body
        brought(harbour, "koos", wording=wording_from(words_for("koos") | {"language": "es"}))
        new = read_entry(by=harbour.coordinator, course=course, wave="12-months").entries["koos"].body
        given = {("koos", f"p{n}"): 1 for n in range(1, 10)} | {("pain-nrs", "nrs_avg_7d"): 4}
        told = {"wave": "12-months", "on": year, "today": year, "blanks": True}
        enter(harbour, course, given, code=code, **told)
        row = responses(harbour, course)["koos"]
    assert old.version != new.version
    assert (row.version, row.language, row.score) == (old.version, "en", 75)


def test_what_is_told_by_phone_is_of_the_wording_that_stands(harbour, on):
    course, _ = on
    year = VISIT + timedelta(days=364)
    with at(year):
        brought(harbour, "koos", wording=wording_from(words_for("koos") | {"language": "es"}))
        told = {"wave": "12-months", "on": year, "today": year, "blanks": True, "mode": "by phone"}
        enter(harbour, course, {("koos", f"p{n}"): 1 for n in range(1, 10)}, **told)
        assert responses(harbour, course)["koos"].language == "es"


def test_letters_that_are_misread_are_the_digits_they_look_like(harbour, on):
    course, _ = on
    with at(SIX_WEEKS):
        code = printed(harbour, course)
        seen = code.replace("0", "O").replace("1", "l")
        assert find_form(by=harbour.coordinator, code=seen).course == course


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA", "x", "<script>", "\x00"])
def test_a_code_that_was_never_printed_finds_nothing(harbour, on, code):
    with at(SIX_WEEKS), pytest.raises(NotFound, match="check the twelve letters"):
        find_form(by=harbour.coordinator, code=code)


def test_the_code_of_another_clinics_form_does_not_exist_and_opens_no_patients_page(harbour, hillside, on):
    course, _ = on
    with at(SIX_WEEKS):
        code = printed(harbour, course)
        with pytest.raises(NotFound):
            find_form(by=hillside.coordinator, code=code)
        with pytest.raises(LinkSpent):
            open_link(code)
        with pytest.raises(NotAllowed):
            find_form(by=harbour.director, code=code)
        with pytest.raises(NotAllowed):
            enter(harbour, course, by=harbour.director)


def test_a_form_that_came_too_late_is_no_longer_found(harbour, on):
    course, _ = on
    with at(SIX_WEEKS):
        code = printed(harbour, course)
    with at(SIX_WEEKS + timedelta(days=120)), pytest.raises(NotFound):
        find_form(by=harbour.coordinator, code=code)


def test_by_phone_what_the_patient_had_answered_already_is_there(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        told = [Told("pain-nrs", "nrs_avg_7d", 4)]
        keep_by_link(token=asked("6-weeks"), told=told, passed=[], today=SIX_WEEKS)
        entry = read_entry(by=harbour.coordinator, course=course, wave="6-weeks")
        assert entry.given == {("pain-nrs", "nrs_avg_7d"): 4}
        assert (entry.window, entry.title) == ((VISIT + timedelta(32), VISIT + timedelta(52)), "6 weeks")
        enter(harbour, course, mode="by phone")
        with scope(clinic=harbour.clinic):
            assert GivenAnswer.objects.count() == 0
    assert {row.mode for row in responses(harbour, course).values()} == {"by phone"}


def test_what_is_blank_by_mistake_is_asked_about_and_kept_blank_when_it_was_left(harbour, on):
    course, _ = on
    half = {("pain-nrs", "nrs_avg_7d"): 4, ("peg", "peg_e"): 3}
    with pytest.raises(BadInput, match="blanks: 1 questions are blank .*general activity"):
        enter(harbour, course, half)
    assert responses(harbour, course) == {}
    enter(harbour, course, half, blanks=True)
    assert {id: row.score for id, row in responses(harbour, course).items()} == {"pain-nrs": 4, "peg": None}


def test_forms_without_an_answer_stay_open_unless_no_more_is_to_come(harbour, on):
    course, _ = on
    year = VISIT + timedelta(days=364)
    only_pain = {("pain-nrs", "nrs_avg_7d"): 4}
    answers = {"wave": "12-months", "on": year, "today": year, "blanks": True}
    first = enter(harbour, course, only_pain, **answers)
    assert (first.recorded, first.left[0]) == (("pain-nrs", "peg"), "koos-jr")
    with scope(clinic=harbour.clinic):
        assert Due.objects.get(course=course, key="wave-12-months", dropped=False).met_at is None
    last = enter(harbour, course, {("pgic", "pgic"): 2}, done=True, **answers)
    assert (last.left, responses(harbour, course)["koos-jr"].score) == ((), None)
    with scope(clinic=harbour.clinic):
        assert Due.objects.get(course=course, key="wave-12-months", dropped=False).met_at is not None


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"on": VISIT + timedelta(days=60)}, "on: 6 weeks could be answered from"),
        ({"today": SIX_WEEKS - timedelta(days=1)}, "on: .* has not come yet"),
        ({"mode": "by owl"}, "mode: one of paper, by phone, in clinic"),
        ({"given": {}}, "given: no answer was entered"),
        ({"given": {("peg", "peg_e"): 11}, "blanks": True}, "peg_e: 11 is not a possible answer"),
        ({"wave": "next year"}, "wave: there is no wave"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_kept(harbour, on, options, sentence):
    with pytest.raises(BadInput, match=sentence):
        enter(harbour, on[0], **options)
    assert responses(harbour, on[0]) == {}
