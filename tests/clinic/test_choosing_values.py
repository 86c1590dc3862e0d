"""A clinic's own values where sources disagree: chosen by its director, inside the spread or stricter."""

from datetime import timedelta

import pytest
from django_scopes import scope
from tests.clinic.conftest import TODAY, VISIT

from enthesis.clinic.choose import choose_value, read_choices
from enthesis.clinic.errors import NotAllowed, NotFound
from enthesis.clinic.library import advice_chosen, library, library_of
from enthesis.clinic.screen import screen_course
from enthesis.knowledge import BadInput
from enthesis.recovery import Advice
from enthesis.registry.models import AuditEvent, ChosenValue, ScreeningRecord
from enthesis.screening import clear_answers

DAYS = "when.taken_within.days"


def chose(house, value, *, of=DAYS, entry="nsaid-tablets", because="what our physicians agreed on"):
    return choose_value(by=house.director, clinic=house.clinic.pk, entry=entry, of=of, value=value, because=because)


def judged(house, course, *, last, on=VISIT, rule="nsaid-tablets"):
    answers = clear_answers(library()) | {"nsaid": last}
    found = screen_course(by=house.coordinator, course=course, on=on, as_of=TODAY, answers=answers)
    return found, next((finding for finding in found.findings if finding.rule == rule), None)


def test_a_clinic_that_asks_for_ten_days_judges_by_ten_days_and_another_by_seven(harbour, hillside):
    chose(harbour, "14")
    here, there = harbour.course(), hillside.course()
    assert judged(harbour, here, last=TODAY)[1].free_on == TODAY + timedelta(days=14)
    assert judged(hillside, there, last=TODAY)[1] is None  # ten days ago by then, and seven are asked for
    assert judged(harbour, here, last=TODAY)[0].library != judged(hillside, there, last=TODAY)[0].library


def test_a_choice_taken_back_brings_back_what_ships(harbour):
    chose(harbour, "14")
    chose(harbour, "", because="back to the default")
    found, finding = judged(harbour, harbour.course(), last=TODAY)
    assert (finding, found.library) == (None, library().fingerprint)


def test_a_judgment_already_made_stays_as_it_was(harbour):
    course = harbour.course()
    before = judged(harbour, course, last=TODAY)[0]
    chose(harbour, "14")
    assert judged(harbour, course, last=TODAY)[0].library != before.library
    with scope(clinic=harbour.clinic):
        kept = ScreeningRecord.objects.filter(course=course).order_by("recorded_at").first()
    assert (kept.library, kept.decision) == (before.library, before.decision.value)


@pytest.mark.parametrize("value", ["1", "366", "seven", "7.5", "nan", "-7"])
def test_nothing_milder_than_every_source_can_be_chosen(harbour, value):
    with pytest.raises(BadInput, match="cannot be chosen"):
        chose(harbour, value)
    assert read_choices(by=harbour.director, entry="nsaid-tablets")[0].stands == 7


def test_the_ends_of_the_spread_can_be_chosen(harbour):
    for value in ("2", "365"):
        chose(harbour, value)
        assert read_choices(by=harbour.director, entry="nsaid-tablets")[0].stands == int(value)


def test_a_clinic_may_treat_nobody_on_a_blood_thinner_but_never_wave_everybody_through(harbour):
    chose(harbour, "refuse", of="then", entry="blood-thinner-low-risk-site")
    course = harbour.course()
    answers = clear_answers(library()) | {"blood-thinner": True}
    found = screen_course(by=harbour.coordinator, course=course, on=VISIT, as_of=TODAY, answers=answers)
    assert found.decision == "refuse"
    for milder in ("inform", "clear", "stop"):
        with pytest.raises(BadInput, match="one of ask, postpone, refuse can"):
            chose(harbour, milder, of="then", entry="blood-thinner-low-risk-site")


def test_an_inr_is_not_a_whole_number(harbour):
    chose(harbour, "2.5", of="when.measured.limits.0.above", entry="inr-high")
    assert read_choices(by=harbour.director, entry="inr-high")[0].stands == 2.5


def test_a_choice_shows_who_made_it_and_why_and_the_trail_has_both_values(harbour):
    chose(harbour, "10")
    chose(harbour, "9", because="nine is enough")
    [row, _after] = read_choices(by=harbour.director, entry="nsaid-tablets")
    assert (row.ships, row.stands, row.because, row.chosen_by) == (7, 9, "nine is enough", harbour.director.name)
    event = AuditEvent.objects.filter(verb="chose a value of an entry").order_by("-id").first()
    assert (event.before, event.after["value"]) == ({"value": 10}, 9)


def test_only_the_director_chooses_and_gives_a_reason(harbour):
    with pytest.raises(NotAllowed):
        choose_value(
            by=harbour.clinician, clinic=harbour.clinic.pk, entry="nsaid-tablets", of=DAYS, value="9", because="x"
        )
    with pytest.raises(BadInput, match="because"):
        chose(harbour, "9", because="  ")


@pytest.mark.parametrize(("entry", "of"), [("nsaid-tablets", "then"), ("allergy-corn", "then"), ("nothing", "then")])
def test_what_no_source_disputes_is_not_left_to_a_clinic(harbour, entry, of):
    with pytest.raises(NotFound):
        chose(harbour, "refuse", entry=entry, of=of)


def test_a_clinic_chooses_which_advice_on_ice_it_gives(harbour):
    entry = next(e for e in library().entries("advice", Advice) if e.body.alternatives)
    other = entry.body.alternatives[0].id
    with scope(clinic=harbour.clinic):
        assert advice_chosen(harbour.clinic.pk) == {}
    choose_value(
        by=harbour.director, clinic=harbour.clinic.pk, kind="advice", entry=entry.id, of="alternatives", value=other,
        because="our way",
    )  # fmt: skip
    with scope(clinic=harbour.clinic):
        assert advice_chosen(harbour.clinic.pk) == {entry.id: other}
    with pytest.raises(BadInput, match="cannot be chosen"):
        choose_value(
            by=harbour.director, clinic=harbour.clinic.pk, kind="advice", entry=entry.id, of="alternatives",
            value="whisky", because="x",
        )  # fmt: skip
    [row] = read_choices(by=harbour.director, kind="advice", entry=entry.id)
    assert (row.ships, row.stands) == ("default", other)


def test_a_kind_that_leaves_nothing_to_a_clinic(harbour):
    with pytest.raises(NotFound):
        choose_value(
            by=harbour.director, clinic=harbour.clinic.pk, kind="sites", entry="knee", of="then", value="x", because="x"
        )


def test_a_choice_the_library_no_longer_allows_does_not_count(harbour):
    chose(harbour, "14")
    with scope(clinic=harbour.clinic):
        ChosenValue.objects.update(value=1)
        assert library_of(harbour.clinic.pk) is library()
        ChosenValue.objects.update(value=14, entry="gone")
        assert library_of(harbour.clinic.pk) is library()
        ChosenValue.objects.update(kind="gone")
        assert library_of(harbour.clinic.pk) is library()
