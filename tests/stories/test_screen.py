"""Before the injection: who may be treated on the day, who waits, and about whom a clinician is asked first."""

import pytest
from tests.cast import TODAY, aisha, bobby, chen, days_ago, days_ahead, ingrid, lena, maria, screened, tomas, walter

from enthesis.screening import Action, Route, Urgency, When

ASK, CLEAR, INFORM, POSTPONE, REFUSE = Action.ASK, Action.CLEAR, Action.INFORM, Action.POSTPONE, Action.REFUSE


def rules_of(screening):
    return [(finding.rule, finding.action) for finding in screening.findings]


def the_finding(screening):
    [finding] = screening.findings
    return finding


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
    assert len(today.unknown) == len({question.id for question in today.unknown}) == 25


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
    finding = screened(ingrid.answering("blood-thinner", True)).findings[0]
    assert (finding.rule, finding.action) == ("blood-thinner-neck", ASK)
    assert "7 days" in finding.to_clinician
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


# --------------------------------------------------------------------------------------- injections and infections


def test_a_steroid_shot_89_days_ago_means_one_more_day():
    today = screened(maria.answering("injection-at-site", days_ago(89)))
    assert (today.decision, today.earliest) == (POSTPONE, days_ahead(1))


def test_a_steroid_shot_90_days_ago_is_long_enough():
    assert screened(maria.answering("injection-at-site", days_ago(90))).decision == CLEAR


def test_a_joint_injection_in_the_chart_is_asked_about_even_when_the_patient_says_never():
    today = screened(lena.treated_with("Injection of knee joint", last=days_ago(30)))
    assert rules_of(today) == [("injection-at-site", ASK)]


def test_the_planned_course_itself_does_not_stand_in_its_own_way():
    assert screened(lena.treated_with("Prolotherapy injection of knee", last=days_ago(28))).decision == CLEAR


def test_redness_where_the_needle_would_go_is_refused_and_seen_today():
    today = screened(maria.answering("infection-at-site", True))
    assert rules_of(today) == [("infection-at-site", REFUSE)]
    assert (the_finding(today).urgency, today.earliest) == (Urgency.SAME_DAY, None)


def test_a_fever_waits():
    today = screened(maria.answering("infection", True))
    assert (rules_of(today), today.earliest) == ([("infection-anywhere", POSTPONE)], None)


def test_a_course_of_antibiotics_waits():
    today = screened(maria.taking("Amoxicillin 500 MG Oral Tablet"))
    assert rules_of(today) == [("antibiotic-course", POSTPONE)]


# ----------------------------------------------------------------------------------------------------- allergies


def test_an_allergy_to_lidocaine_in_the_chart_refuses_though_the_patient_denies_it():
    today = screened(maria.allergic_to("Lidocaine"))
    assert rules_of(today) == [("allergy-anaesthetic", REFUSE)]
    assert "though answered no" in the_finding(today).because


def test_an_allergy_to_dextrose_refuses():
    assert rules_of(screened(maria.answering("allergy-dextrose", True))) == [("allergy-dextrose", REFUSE)]


def test_an_allergy_to_corn_is_for_a_clinician():
    assert rules_of(screened(maria.allergic_to("Corn (substance)"))) == [("allergy-corn", ASK)]


def test_an_allergy_to_latex_is_for_a_clinician():
    assert rules_of(screened(maria.allergic_to("Latex", coded=False))) == [("allergy-solution-parts", ASK)]


def test_an_allergy_to_peanuts_is_nobodys_business_here():
    assert screened(maria.allergic_to("Peanut (substance)")).decision == CLEAR


# ----------------------------------------------------------------------------------------------------- conditions


def test_pregnancy_waits():
    assert rules_of(screened(aisha.answering("pregnant", True))) == [("pregnancy", POSTPONE)]


def test_a_man_is_not_asked_whether_he_is_pregnant():
    assert screened(bobby.unsure_about("pregnant")).unknown == ()


def test_diabetes_is_a_question_with_no_limit_of_blood_sugar():
    today = screened(chen)
    assert rules_of(today) == [("diabetes", ASK), ("diabetes-not-in-trials", INFORM)]
    assert "No HbA1c" in today.findings[0].to_clinician


def test_insulin_speaks_of_diabetes_even_where_the_chart_does_not():
    assert rules_of(screened(maria.taking("insulin glargine 100 UNT/ML"))) == [("glucose-lowering-medicine", ASK)]


def test_an_artificial_joint_at_the_target_is_refused():
    assert rules_of(screened(lena.answering("artificial-joint", True))) == [("artificial-joint", REFUSE)]


def test_an_artificial_hip_is_a_question_for_a_knee():
    told = lena.having("Presence of artificial hip joint", icd10=("Z96.641",))
    assert rules_of(screened(told)) == [("artificial-joint", ASK)]


def test_a_joint_replacement_ahead_waits_and_a_spine_operation_is_asked_about():
    assert rules_of(screened(lena.answering("joint-operation", True))) == [("joint-operation-planned", POSTPONE)]
    assert rules_of(screened(maria.answering("spine-operation", True))) == [("spine-operation-planned", ASK)]


def test_cancer_five_years_ago_is_over_and_a_day_less_is_not():
    over = maria.having("Malignant tumor of breast", state="past", last=days_ago(1826))
    not_over = maria.having("Malignant tumor of breast", state="past", last=days_ago(1825))
    assert (screened(over).decision, rules_of(screened(not_over))) == (CLEAR, [("cancer", ASK)])


def test_cancer_in_bone_is_refused():
    told = maria.having("Secondary malignant neoplasm of bone", icd10=("C79.51",))
    assert rules_of(screened(told)) == [("cancer-in-bone", REFUSE), ("cancer", ASK)]


def test_new_numbness_between_the_legs_is_an_emergency_now():
    today = screened(maria.answering("new-nerve-signs", True))
    assert rules_of(today) == [("new-nerve-signs", REFUSE)]
    assert the_finding(today).urgency == Urgency.EMERGENCY
    assert "emergency department now" in the_finding(today).to_patient


def test_an_emergency_comes_before_everything_else_that_was_found():
    today = screened(walter.answering("new-nerve-signs", True).last_took("nsaid", days_before=1))
    assert today.findings[0].rule == "new-nerve-signs"
    assert today.decision == REFUSE


def test_pain_down_the_leg_is_for_a_clinician():
    assert rules_of(screened(maria.answering("nerve-root-pain", True))) == [("nerve-root-pain", ASK)]


def test_a_bleeding_disorder_is_for_a_clinician():
    assert rules_of(screened(maria.having("Von Willebrand disease"))) == [("bleeding-disorder", ASK)]


def test_a_fresh_fracture_at_the_target_is_refused_and_one_in_the_chart_is_asked_about():
    assert rules_of(screened(lena.answering("fracture", True))) == [("fracture", REFUSE)]
    assert rules_of(screened(lena.having("Fracture of ankle (disorder)"))) == [("fracture", ASK)]


def test_gout_is_for_a_clinician_at_a_joint():
    assert rules_of(screened(lena.having("Gout (disorder)"))) == [("crystal-arthritis", ASK)]


def test_dementia_in_the_chart_is_for_a_clinician():
    assert rules_of(screened(maria.having("Alzheimer's disease (disorder)"))) == [("trouble-understanding", ASK)]


def test_the_day_before_an_eighteenth_birthday_a_clinician_decides():
    assert rules_of(screened(tomas)) == [("child", ASK)]
    assert screened(tomas, in_days=1).decision == CLEAR


def test_somebody_who_fainted_before_lies_down():
    assert rules_of(screened(maria.answering("fainted", True))) == [("fainted-before", INFORM)]


def test_opioids_go_on_and_somebody_else_drives():
    told = maria.taking("Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet")
    assert rules_of(screened(told)) == [("opioid-or-sedative", INFORM)]


# --------------------------------------------------------------------------------------------------- facet joints


def test_a_facet_joint_without_guidance_or_block_is_asked_about_and_has_no_controlled_evidence():
    today = screened(maria.answering("image-guidance", False).answering("diagnostic-block", False))
    assert rules_of(today) == [("facet-without-block", ASK), ("facet-without-guidance", ASK)]
    assert all("no controlled evidence" in finding.to_clinician for finding in today.findings)


def test_nobody_asks_for_a_block_before_a_knee_injection():
    assert screened(lena.answering("diagnostic-block", False)).decision == CLEAR


def test_a_sacroiliac_joint_without_a_block_is_outside_the_trial_and_no_more():
    assert rules_of(screened(aisha.answering("diagnostic-block", False))) == [("sacroiliac-without-block", INFORM)]


# ----------------------------------------------------------------------------------- what nobody could understand


def test_a_medicine_nobody_recognised_is_a_question():
    today = screened(maria.taking("little white pill", coded=False))
    assert rules_of(today) == [("medicine-not-recognised", ASK)]


def test_a_misspelt_blood_thinner_is_proposed_and_never_accepted():
    finding = the_finding(screened(maria.taking("warfarine 5mg", coded=False)))
    assert (finding.rule, finding.action) == ("medicine-not-recognised", ASK)
    assert finding.because == "not understood: warfarine 5mg (is it warfarin?)"


def test_an_allergy_without_a_code_is_a_question():
    assert rules_of(screened(maria.allergic_to("the dental stuff", coded=False))) == [("allergy-not-recognised", ASK)]


def test_a_resource_nobody_could_read_is_a_question():
    today = screened(maria.with_an_unread("a medicine without a name"))
    assert rules_of(today) == [("record-not-read", ASK)]
    assert the_finding(today).evidence == ("unread/1",)


def test_a_record_that_says_two_things_about_a_medicine_is_a_question():
    today = screened(maria.taking("Naproxen 220 mg", state="as needed").taking("Aleve", state="not taken"))
    assert ("medicines-contradict", ASK) in rules_of(today)


# ------------------------------------------------------------------------------------------- several things at once


def test_the_longest_wait_decides_the_day_and_the_day_to_start_again():
    told = maria.last_took("nsaid", days_before=1).answering("injection-at-site", days_ago(50))
    today = screened(told)
    assert (today.decision, today.earliest) == (POSTPONE, days_ahead(40))
    nsaid = next(finding for finding in today.findings if finding.rule == "nsaid-tablets")
    assert (nsaid.free_on, nsaid.restart_from) == (days_ahead(6), days_ahead(40 + 28))


def test_findings_come_gravest_first():
    today = screened(chen.answering("infection", True).answering("fainted", True).allergic_to("Lidocaine"))
    assert rules_of(today) == [
        ("allergy-anaesthetic", REFUSE),
        ("infection-anywhere", POSTPONE),
        ("diabetes", ASK),
        ("diabetes-not-in-trials", INFORM),
        ("fainted-before", INFORM),
    ]


def test_every_finding_says_where_it_comes_from():
    for finding in screened(walter.having("Diabetes mellitus")).findings:
        assert finding.sources
        assert finding.because
        assert finding.evidence
