"""Before the injection: one story for each family of rules, on both sides of its boundary day."""

import pytest
from tests.cast import (
    aisha,
    bobby,
    chen,
    days_ago,
    ingrid,
    lena,
    library,
    maria,
    rules_of,
    screened,
    the_finding,
    walter,
)

from enthesis.pathway import Protocol, Treatment
from enthesis.screening import Action, Urgency

ASK, CLEAR, INFORM, POSTPONE, REFUSE = Action.ASK, Action.CLEAR, Action.INFORM, Action.POSTPONE, Action.REFUSE


def stopped(person, medicine, *, days_before):
    """The same person, whose chart says that a medicine ended that many days ago."""
    return person.taking(medicine, state="stopped", last=days_ago(days_before))


# ------------------------------------------------------------------------------------------------------ infection


def test_bacteria_in_the_blood_are_refused_everywhere_and_seen_today():
    today = screened(lena.having("Bacteremia", since=days_ago(89)))
    assert rules_of(today) == [("bloodstream-infection", REFUSE), ("infection-anywhere", POSTPONE)]
    assert today.findings[0].urgency == Urgency.SAME_DAY


def test_a_sepsis_that_began_90_days_ago_and_was_never_closed_is_a_question():
    today = screened(lena.having("Sepsis (disorder)", since=days_ago(90)))
    assert rules_of(today) == [("bloodstream-infection", ASK), ("infection-anywhere", ASK)]


def test_an_artificial_heart_valve_asks_about_antibiotics_whatever_the_patient_says():
    told = lena.having("Presence of prosthetic heart valve", icd10=("Z95.2",))
    assert rules_of(screened(told)) == [("antibiotics-before-procedures", ASK)]
    assert rules_of(screened(lena.answering("antibiotics-before", True))) == [("antibiotics-before-procedures", ASK)]


def test_a_swelling_nobody_has_explained_waits_without_a_date():
    today = screened(lena.answering("unexplained-swelling", True))
    assert (rules_of(today), today.earliest) == ([("unexplained-swelling", POSTPONE)], None)


# ----------------------------------------------------------------------------------------- the neck, and beside a joint

NECK = "cervical-facet:C4/5:left"


@pytest.mark.parametrize(
    ("value", "at_the_neck"), [(1.4, []), (1.5, [("inr-at-the-neck", ASK)]), (3.0, [("inr-at-the-neck", ASK)])]
)
def test_an_inr_that_is_low_enough_for_the_low_back_may_be_too_high_for_the_neck(value, at_the_neck):
    walter_measured = lena.measured("inr", value)
    assert rules_of(screened(walter_measured.at(NECK))) == at_the_neck
    assert rules_of(screened(walter_measured.at("lumbar-facet:L4/5:left"))) == []


@pytest.mark.parametrize(("value", "at_the_neck"), [(150, []), (149, [("platelets-at-the-neck", ASK)])])
def test_platelets_below_the_normal_range_are_for_a_clinician_at_the_neck_alone(value, at_the_neck):
    few = lena.measured("platelets", value, unit="10*9/L")
    assert rules_of(screened(few.at(NECK))) == at_the_neck
    assert rules_of(screened(few.at("knee:left"))) == []


@pytest.mark.parametrize(("site", "rule"), [("knee:right", "artificial-joint"), ("knee-ligament:right", "artificial-joint-beside"),
                                            ("subacromial:left", "artificial-joint-beside")])  # fmt: skip
def test_an_artificial_joint_is_asked_about_in_it_and_beside_it(site, rule):
    assert rules_of(screened(lena.having("History of total knee arthroplasty").at(site))) == [(rule, ASK)]


# -------------------------------------------------------------------------------------------------------- allergy


@pytest.mark.parametrize("substance", ["Sodium metabisulfite", "Methylparaben", "Latex", "Chlorhexidine"])
def test_an_allergy_to_what_is_in_a_vial_or_on_the_skin_is_for_a_clinician(substance):
    assert rules_of(screened(lena.allergic_to(substance))) == [("allergy-solution-parts", ASK)]


def test_novocaine_is_asked_about_by_name_before_any_lidocaine_is_drawn():
    assert rules_of(screened(lena.allergic_to("Novocaine"))) == [("allergy-anaesthetic-not-named", ASK)]


# ------------------------------------------------------------------------------------------------------- bleeding


@pytest.mark.parametrize(
    "brand",
    ["Jantoven", "Savaysa", "Lixiana", "Arixtra", "Fragmin", "Innohep", "Sintrom", "Angiomax", "Effient", "Brilique",
     "Ticlid", "Kengreal", "Pletal", "Zontivity", "Persantine"],
)  # fmt: skip
def test_every_blood_thinner_is_known_by_its_brand_and_goes_on_until_the_prescriber_was_asked(brand):
    today = the_ask(screened(lena.taking(brand)))
    assert today.rule == "blood-thinner-low-risk-site"
    assert today.to_patient.startswith("Keep taking")


@pytest.mark.parametrize("name", ["Activase", "tenecteplase 50 mg", "asundexian 50 mg", "Elmiron 100 mg"])
def test_what_no_table_covers_is_asked_about(name):
    assert rules_of(screened(lena.taking(name))) == [("blood-thinner-not-listed", ASK)]


def test_a_stent_is_asked_about_and_its_medicines_go_on():
    today = screened(walter.treated_with("Insertion of coronary artery stent (procedure)", last=days_ago(4000)))
    assert ("stent", ASK) in rules_of(today)
    assert all(
        "Do not stop" in f.to_patient for f in today.findings if f.rule in ("stent", "blood-thinner-low-risk-site")
    )


def test_ticlopidine_stopped_thirteen_days_ago_counts_at_the_neck_and_a_day_later_no_more():
    assert rules_of(screened(stopped(ingrid, "Ticlid", days_before=13))) == [("blood-thinner-neck", ASK)]
    assert screened(stopped(ingrid, "Ticlid", days_before=14)).decision == CLEAR


def test_a_bleed_in_the_head_is_refused_for_three_months_and_then_a_question():
    fresh = maria.having("Subdural hematoma", since=days_ago(89))
    stale = maria.having("Subdural hematoma", since=days_ago(90))
    assert rules_of(screened(fresh)) == [("bleeding-in-head-or-spine", REFUSE)]
    assert rules_of(screened(stale)) == [("bleeding-in-head-or-spine", ASK)]


def test_a_bleeding_disorder_is_for_a_clinician_and_a_trial_left_it_out():
    today = screened(lena.answering("bleeding-disorder", True))
    assert rules_of(today) == [("bleeding-disorder", ASK), ("bleeding-disorder-not-in-trials", INFORM)]


# --------------------------------------------------------------------------------------- anti-inflammatory drugs


@pytest.mark.parametrize(
    "brand",
    ["Vimovo", "Arthrotec", "Duexis", "Treximet", "Sprix", "Zipsor", "Cataflam", "Vivlodex", "Combogesic", "Seglentis",
     "Enantyum", "Flanax", "Profenid", "Mobicox", "Apranax", "Aulin"],
)  # fmt: skip
def test_an_anti_inflammatory_is_found_under_its_brands_at_home_and_abroad(brand):
    last_week = stopped(lena.last_took("nsaid", days_before=7), brand, days_before=7)
    yesterday = stopped(lena.last_took("nsaid", days_before=7), brand, days_before=6)
    assert screened(last_week).decision == CLEAR
    assert rules_of(screened(yesterday)) == [("nsaid-tablets", POSTPONE)]


# -------------------------------------------------------------------------------------------------------- steroid


def test_steroid_tablets_count_for_four_weeks_and_are_nobodys_to_stop():
    day_27, day_28 = (stopped(lena, "Prednisone 5 mg", days_before=days) for days in (27, 28))
    assert rules_of(screened(day_27)) == [("steroid-medicine", ASK)]
    assert "Do not stop" in the_finding(screened(day_27)).to_patient
    assert screened(day_28).decision == CLEAR


# --------------------------------------------------------------------------------------------- diabetes and immune


def test_diabetes_is_told_of_as_left_out_of_trials_and_barred_by_no_limit():
    assert rules_of(screened(chen)) == [("diabetes", ASK), ("diabetes-not-in-trials", INFORM)]


def test_a_ketoacidosis_waits_until_it_is_treated_and_after_three_months_it_is_a_question():
    fresh, stale = (chen.having("Diabetic ketoacidosis", since=days_ago(days)) for days in (89, 90))
    assert rules_of(screened(fresh))[0] == ("blood-sugar-crisis", POSTPONE)
    assert screened(stale).decision == ASK


def test_rituximab_is_shown_for_a_year_and_has_no_hold_time():
    assert rules_of(screened(stopped(lena, "rituximab", days_before=364))) == [("immunosuppressant", ASK)]
    assert screened(stopped(lena, "rituximab", days_before=365)).decision == CLEAR


# -------------------------------------------------------------------------------------------- cancer and pregnancy


def test_a_suspected_myeloma_is_asked_about_and_a_known_one_refused():
    suspected = maria.having("Multiple myeloma", state="doubtful")
    assert rules_of(screened(suspected)) == [("cancer", ASK), ("cancer-in-bone", ASK)]
    assert screened(maria.having("Multiple myeloma")).decision == REFUSE


def test_a_pregnancy_waits_and_an_entry_of_300_days_ago_is_a_question():
    noted, stale = (aisha.having("Normal pregnancy (finding)", since=days_ago(days)) for days in (299, 300))
    assert rules_of(screened(noted)) == [("pregnancy", POSTPONE)]
    assert rules_of(screened(stale)) == [("pregnancy", ASK)]


# ------------------------------------------------------------------------------------------ joints and operations


def test_an_earlier_operation_there_was_left_out_of_trials_and_bars_nobody():
    today = screened(lena.answering("operated-site", True))
    assert rules_of(today) == [("operated-or-broken-place", INFORM)]
    assert today.decision == INFORM


def test_the_source_of_the_pain_is_asked_of_staff_at_a_knee_and_a_block_at_a_facet_joint():
    assert rules_of(screened(lena.answering("pain-source-unknown", True))) == [("pain-source-not-found", ASK)]
    assert screened(maria.answering("pain-source-unknown", True)).decision == CLEAR
    assert rules_of(screened(maria.answering("diagnostic-block", False))) == [("facet-without-block", ASK)]


def test_nerve_damage_in_a_limb_was_left_out_of_trials():
    assert rules_of(screened(bobby.having("Peripheral neuropathy"))) == [("neuropathy-not-in-trials", INFORM)]


# --------------------------------------------------------------------------------------------- what is in the syringe


def test_nothing_is_injected_where_nobody_could_resuscitate():
    today = screened(lena.answering("resuscitation-missing", True))
    assert rules_of(today) == [("without-resuscitation", REFUSE)]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Lidocaine 5% patch", "anaesthetic-from-elsewhere"),
        ("mexiletine 200 mg", "lidocaine-raising-medicine"),
        ("Tagamet 200 mg", "lidocaine-raising-medicine"),
        ("dapsone 100 mg", "oxidising-medicine"),
    ],
)
def test_a_medicine_that_matters_for_the_anaesthetic_is_for_a_clinician_and_counts_until_the_day_before(name, rule):
    today = screened(stopped(lena, name, days_before=0))
    assert (rules_of(today), the_finding(today).to_patient) == ([(rule, ASK)], "")
    assert screened(stopped(lena, name, days_before=1)).decision == CLEAR


def test_an_mao_inhibitor_is_told_of_for_15_days_should_epinephrine_be_mixed_in():
    today = screened(stopped(lena, "Nardil 15 mg", days_before=14))
    assert rules_of(today) == [("epinephrine-interaction", INFORM)]
    assert the_finding(today).to_patient == ""
    assert screened(stopped(lena, "Nardil 15 mg", days_before=15)).decision == CLEAR


def test_propranolol_matters_for_the_lidocaine_and_for_the_epinephrine():
    today = screened(lena.taking("propranolol 40 mg"))
    assert rules_of(today) == [("lidocaine-raising-medicine", ASK), ("epinephrine-interaction", INFORM)]


def test_acetaminophen_raises_no_question_though_a_label_lists_it():
    assert screened(lena.taking("Tylenol 500 mg")).decision == CLEAR


def test_a_weak_heart_means_less_anaesthetic_and_a_failing_one_means_another_day():
    weak = screened(lena.having("Chronic congestive heart failure (disorder)"))
    failing = screened(lena.having("Acute on chronic heart failure", since=days_ago(89)))
    assert rules_of(weak) == [("weak-heart-liver-or-kidneys", ASK)]
    assert rules_of(failing) == [("heart-or-lung-failure", POSTPONE), ("weak-heart-liver-or-kidneys", ASK)]


def test_sedation_needs_a_driver_and_a_glp_1_medicine_goes_on():
    today = screened(lena.answering("sedation", True).taking("Ozempic 0.5 mg"))
    assert rules_of(today) == [
        ("glucose-lowering-medicine", ASK),
        ("glp-1-and-sedation", INFORM),
        ("sedation-planned", INFORM),
    ]
    assert "24 hours" in today.findings[2].to_patient
    assert today.findings[1].to_patient.startswith("Keep taking")


# ---------------------------------------------------------------------------------------------------------- herbs


def test_garlic_counts_for_two_weeks_and_fish_oil_goes_on():
    assert rules_of(screened(stopped(lena, "garlic oil 1000 mg", days_before=13))) == [("herb-and-bleeding", ASK)]
    assert screened(stopped(lena, "garlic 1000 mg", days_before=14)).decision == CLEAR
    today = screened(lena.taking("Fish oil 1000 mg"))
    assert (rules_of(today), the_finding(today).to_patient) == ([("fish-oil", INFORM)], "You can go on with fish oil.")


def test_turmeric_beside_warfarin_is_for_a_clinician_and_alone_it_is_told_of():
    assert rules_of(screened(lena.taking("turmeric 500 mg"))) == [("plant-anti-inflammatory", INFORM)]
    assert screened(walter.taking("turmeric 500 mg")).decision == ASK


def test_smoking_is_told_of_and_an_old_habit_is_not():
    assert rules_of(screened(lena.having("Smokes tobacco daily (finding)"))) == [("smoking", INFORM)]
    assert screened(lena.having("Ex-smoker (finding)")).decision == CLEAR


# --------------------------------------------------------------------------------------------------------- series


def test_a_series_without_gain_is_looked_at_after_two_sessions_and_after_four():
    """The day before the injection knows nothing of gain: the course itself asks for these reviews."""
    course = library().entry("treatments", "dextrose-prolotherapy", Treatment).body
    sacroiliac = library().entry("protocols", "sacroiliac-kim-2010", Protocol).body
    assert [review.after_session for review in course.reviews] == [2, 4]
    assert [review.after_session for review in sacroiliac.reviews] == [1]
    assert "15 points" in sacroiliac.reviews[0].why


def the_ask(screening):
    """The one finding a clinician must decide."""
    [finding] = [finding for finding in screening.findings if finding.action is ASK]
    return finding
