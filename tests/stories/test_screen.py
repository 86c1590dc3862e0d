"""Before the injection: who may be treated on the day, who waits, and about whom a clinician is asked first."""

import pytest
from tests.cast import TODAY, bobby, days_ago, days_ahead, ingrid, lena, maria, rules_of, screened, the_finding, walter

from enthesis.screening import Action, Route, When

ASK, CLEAR, INFORM, POSTPONE, REFUSE = Action.ASK, Action.CLEAR, Action.INFORM, Action.POSTPONE, Action.REFUSE


# ------------------------------------------------------------------------------------------- nothing to disclose


def test_somebody_who_answered_everything_and_has_nothing_to_disclose_may_be_treated():
    today = screened(maria)
    assert (today.decision, today.findings, today.unknown, today.earliest) == (CLEAR, (), (), TODAY)


def test_somebody_of_whom_nothing_was_asked_is_a_question_for_the_clinician_and_not_a_no():
    silent = maria
    for question in maria.answers:
        silent = silent.unsure_about(question)
    today = screened(silent)
    assert (today.decision, today.findings) == (ASK, ())
    assert len(today.unknown) == len({question.id for question in today.unknown}) == 31


def test_one_unanswered_question_is_enough_to_ask():
    today = screened(maria.unsure_about("cancer"))
    assert (today.decision, [question.id for question in today.unknown]) == (ASK, ["cancer"])


def test_a_name_that_looks_like_a_program_is_a_name():
    assert screened(bobby).decision == CLEAR


# --------------------------------------------------------------------------------------- anti-inflammatory drugs


def test_ibuprofen_yesterday_means_another_day():
    today = screened(maria.last_took("nsaid", days_before=1))
    finding = the_finding(today)
    assert (today.decision, today.earliest) == (POSTPONE, days_ahead(6))
    assert (finding.rule, finding.action, finding.evidence) == ("nsaid-tablets", POSTPONE, ("answer:nsaid",))
    assert finding.restart_from == days_ahead(6 + 28)


def test_ibuprofen_a_full_week_ago_is_long_enough():
    assert screened(maria.last_took("nsaid", days_before=7)).decision == CLEAR


def test_ibuprofen_six_days_ago_is_one_day_short():
    today = screened(maria.last_took("nsaid", days_before=6))
    assert (today.decision, today.earliest) == (POSTPONE, days_ahead(1))


def test_somebody_asked_a_week_ahead_can_still_stop_in_time():
    today = screened(maria.answering("nsaid", When.NOW), in_days=7)
    finding = the_finding(today)
    assert (today.decision, today.earliest) == (INFORM, days_ahead(7))
    assert (finding.stop_by, finding.restart_from) == (TODAY, days_ahead(7 + 28))


def test_somebody_asked_six_days_ahead_cannot_stop_in_time_any_more():
    today = screened(maria.answering("nsaid", When.NOW), in_days=6)
    assert (today.decision, today.earliest, the_finding(today).stop_by) == (POSTPONE, days_ahead(7), None)


def test_not_remembering_when_the_last_tablet_was_taken_is_a_question():
    today = screened(maria.unsure_about("nsaid"))
    assert (today.decision, [question.id for question in today.unknown]) == (ASK, ["nsaid"])


def test_a_prescription_that_is_active_since_years_still_counts_as_taken():
    today = screened(maria.unsure_about("nsaid").taking("Naproxen sodium 220 MG Oral Tablet", since=days_ago(4000)))
    assert (today.decision, today.earliest) == (POSTPONE, days_ahead(7))
    assert "since 2016-03-18" in the_finding(today).because


def test_a_patient_who_says_never_while_the_chart_says_taken_is_asked_about():
    today = screened(maria.taking("Celebrex 200 mg"))
    assert rules_of(today) == [("nsaid-tablets", ASK)]
    assert the_finding(today).evidence == ("answer:nsaid", "medicine/1")


def test_a_day_given_by_the_patient_decides_over_a_stale_chart():
    today = screened(maria.last_took("nsaid", days_before=10).taking("Celebrex 200 mg"))
    assert rules_of(today) == [("nsaid-tablets", INFORM)]


def test_a_later_day_in_the_chart_is_not_overruled_by_the_patient():
    told = maria.last_took("nsaid", days_before=10).taking("Ibuprofen 400 mg", state="stopped", last=days_ago(2))
    today = screened(told)
    assert (today.decision, today.earliest) == (POSTPONE, days_ahead(5))


def test_tablets_taken_as_needed_are_a_question():
    today = screened(maria.unsure_about("nsaid").taking("Ibuprofen 200 MG Oral Tablet", state="as needed"))
    assert rules_of(today) == [("nsaid-tablets", ASK)]


def test_a_medicine_entered_as_not_taken_raises_no_flag():
    assert screened(maria.taking("Ibuprofen 200 MG Oral Tablet", state="not taken")).decision == CLEAR


@pytest.mark.parametrize("brand", ["Vimovo", "Arthrotec", "Duexis", "Consensi 5/200"])
def test_a_combination_comes_down_to_its_anti_inflammatory(brand):
    assert rules_of(screened(maria.unsure_about("nsaid").taking(brand))) == [("nsaid-tablets", POSTPONE)]


def test_a_gel_near_the_target_is_a_question_and_no_tablet():
    today = screened(maria.taking("Diclofenac 1% gel", route=Route.TOPICAL))
    assert rules_of(today) == [("nsaid-on-the-skin", ASK)]


def test_eye_drops_are_seen_and_go_on():
    today = screened(maria.taking("Ketorolac tromethamine 0.5% ophthalmic solution"))
    assert rules_of(today) == [("nsaid-eye-drops", INFORM)]


def test_a_gel_whose_name_speaks_of_tablets_is_not_believed_to_be_a_gel():
    today = screened(maria.unsure_about("nsaid").taking("Naproxen 220 MG Oral Tablet", route=Route.TOPICAL))
    assert rules_of(today) == [("nsaid-tablets", POSTPONE)]


# ------------------------------------------------------------------------------------------------------- aspirin


def test_small_daily_aspirin_goes_on_at_the_back():
    today = screened(maria.taking("Aspirin 81 MG Oral Tablet"))
    assert rules_of(today) == [("aspirin-small-daily", INFORM)]
    assert the_finding(today).to_patient.startswith("Keep taking")


def test_small_daily_aspirin_at_the_neck_is_a_question():
    assert rules_of(screened(ingrid.answering("aspirin-daily", True))) == [("aspirin-at-the-neck", ASK)]


@pytest.mark.parametrize("name", ["Aspirin 325 MG Oral Tablet", "Excedrin", "Aspirin", "Aspirin 100 mg"])
def test_aspirin_that_is_not_known_to_be_the_small_dose_is_a_question(name):
    assert rules_of(screened(maria.taking(name))) == [("aspirin-other", ASK)]


# -------------------------------------------------------------------------------------------------- blood thinners


def test_warfarin_at_the_knee_is_a_question_and_the_patient_keeps_taking_it():
    today = screened(walter)
    assert rules_of(today) == [("blood-thinner-low-risk-site", ASK), ("blood-thinner-not-in-trials", INFORM)]
    assert today.findings[0].to_patient.startswith("Keep taking your blood thinner. Do not stop it")


def test_saying_no_does_not_make_the_warfarin_of_the_chart_go_away():
    assert "though the answer was no" in screened(walter).findings[0].because


def test_a_blood_thinner_at_the_neck_is_decided_with_the_prescriber_and_hours_stay_with_staff():
    finding = next(f for f in screened(ingrid.taking("Plavix 75 mg")).findings if f.rule == "blood-thinner-neck")
    assert finding.action == ASK
    assert "clopidogrel: 168 h before, 24 h after, last dose by" in finding.to_clinician
    assert (finding.stop_by, finding.restart_from) == (None, None)
    assert not any(letter.isdigit() for letter in finding.to_patient)


def test_a_blood_thinner_that_the_patient_stopped_alone_last_week_still_counts():
    stopped = lena.taking("Eliquis 5 mg", state="stopped", last=days_ago(7))
    assert rules_of(screened(stopped)) == [("blood-thinner-low-risk-site", ASK)]


def test_two_medicines_against_clots_at_once_are_named_together():
    together = screened(walter.taking("Aspirin 81 MG Oral Tablet"))
    assert ("blood-thinners-together", ASK) in rules_of(together)


def test_a_blood_thinner_newer_than_the_list_is_not_silence():
    assert rules_of(screened(lena.taking("letaxaban 40 mg"))) == [("blood-thinner-not-listed", ASK)]


def test_long_term_anticoagulation_without_a_drug_name_is_not_silence():
    noted = lena.having("Long term (current) use of anticoagulants", icd10=("Z79.01",))
    assert rules_of(screened(noted)) == [("blood-thinner-not-listed", ASK)]


# ----------------------------------------------------------------------------------- steroids and the immune system


def test_prednisone_is_asked_about_and_never_stopped():
    today = screened(maria.taking("predniSONE 20 MG Oral Tablet"))
    assert rules_of(today) == [("steroid-medicine", ASK)]
    assert "Do not stop it on your own" in the_finding(today).to_patient
    assert (the_finding(today).stop_by, the_finding(today).restart_from) == (None, None)


def test_a_steroid_inhaler_is_no_steroid_tablet():
    assert screened(maria.taking("Budesonide 90 MCG inhaler", route=Route.INHALED)).decision == CLEAR


def test_adalimumab_is_asked_about_without_any_hold_time():
    today = screened(maria.taking("0.4 ML adalimumab 100 MG/ML Prefilled Syringe"))
    assert rules_of(today) == [("immunosuppressant", ASK)]


def test_an_illness_of_the_immune_system_is_a_question_and_trials_left_it_out():
    today = screened(maria.having("Multiple sclerosis (disorder)"))
    assert rules_of(today) == [("immune-illness", ASK), ("immune-illness-not-in-trials", INFORM)]
