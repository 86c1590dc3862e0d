"""Before the injection: infections, allergies, illnesses, and what nobody in the clinic could read."""

from tests.cast import (
    aisha,
    bobby,
    chen,
    days_ago,
    days_ahead,
    lena,
    maria,
    rules_of,
    screened,
    the_finding,
    tomas,
    walter,
)

from enthesis.screening import Action, Urgency

ASK, CLEAR, INFORM, POSTPONE, REFUSE = Action.ASK, Action.CLEAR, Action.INFORM, Action.POSTPONE, Action.REFUSE


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


def test_a_chart_that_says_there_is_no_infection_neither_waits_nor_clears():
    said_no = maria.having("No evidence of infection")
    assert rules_of(screened(said_no)) == [("infection-anywhere", INFORM)]
    assert rules_of(screened(said_no.unsure_about("infection"))) == [("infection-anywhere", ASK)]
    assert rules_of(screened(said_no.answering("infection", True))) == [("infection-anywhere", POSTPONE)]


def test_an_infection_to_be_ruled_out_is_for_a_clinician_whatever_the_patient_says():
    today = screened(maria.having("Rule out pneumonia"))
    assert rules_of(today) == [("infection-anywhere", ASK)]
    assert "though answered no" in the_finding(today).because


def test_a_sepsis_in_the_family_is_told_and_no_more():
    assert rules_of(screened(maria.having("Family history of septicaemia"))) == [
        ("bloodstream-infection", INFORM),
        ("infection-anywhere", INFORM),
    ]


def test_a_course_of_antibiotics_waits():
    today = screened(maria.taking("Amoxicillin 500 MG Oral Tablet"))
    assert rules_of(today) == [("antibiotic-course", POSTPONE)]


# ----------------------------------------------------------------------------------------------------- allergies


def test_an_allergy_to_lidocaine_in_the_chart_refuses_though_the_patient_denies_it():
    today = screened(maria.allergic_to("Lidocaine"))
    assert rules_of(today) == [("allergy-anaesthetic", REFUSE)]
    assert "though answered no" in the_finding(today).because


def test_an_allergy_written_as_a_number_of_a_drug_list_is_read_by_that_number():
    assert rules_of(screened(maria.allergic_to("code 6387 (RxNorm)", coded=False))) == [("allergy-anaesthetic", REFUSE)]
    assert (
        screened(maria.allergic_to("code 6809 (RxNorm)", coded=False)).decision == CLEAR
    )  # metformin: not in the syringe
    unknown = screened(maria.allergic_to("code 1 (RxNorm)", coded=False))
    assert rules_of(unknown) == [("allergy-not-recognised", ASK)]


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


def test_an_artificial_joint_that_stands_among_the_devices_is_a_question_though_the_patient_says_no():
    today = screened(maria.at("knee:right").treated_with("Total knee joint prosthesis (device)"))
    assert rules_of(today) == [("artificial-joint", ASK)]
    assert "though answered no" in the_finding(today).because


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
    today = screened(maria.having("Von Willebrand disease"))
    assert rules_of(today) == [("bleeding-disorder", ASK), ("bleeding-disorder-not-in-trials", INFORM)]


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
