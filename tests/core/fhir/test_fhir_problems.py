"""Conditions, allergies and procedures: which count, how they stand, and what is said of the rest."""

from datetime import date

import pytest

from enthesis.screening import ChartItem, ItemKind, State

SNOMED = "http://snomed.info/sct"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
DIABETES = {"coding": [{"system": SNOMED, "code": "44054006", "display": "Diabetes mellitus type 2 (disorder)"}]}
LATEX = {"coding": [{"system": SNOMED, "code": "111088007", "display": "Latex (substance)"}]}
INJECTION = {"coding": [{"system": SNOMED, "code": "1", "display": "Injection of steroid into joint"}]}


def status(code):
    return {"coding": [{"code": code}]}


def the_state(read, about, **fields):
    [item] = read(about("Condition", code=DIABETES, **fields)).items
    return item.state


@pytest.mark.parametrize(
    ("clinical", "state"),
    [
        ("active", State.ACTIVE),
        ("recurrence", State.ACTIVE),
        ("relapse", State.ACTIVE),
        ("inactive", State.PAST),
        ("remission", State.PAST),
        ("resolved", State.PAST),
    ],
)
@pytest.mark.parametrize("verified", ["confirmed", None])
def test_the_clinical_status_says_how_a_problem_stands(read, about, clinical, state, verified):
    sure = {"verificationStatus": status(verified)} if verified else {}
    assert the_state(read, about, clinicalStatus=status(clinical), **sure) == state


@pytest.mark.parametrize("verified", ["unconfirmed", "provisional", "differential"])
def test_what_is_not_confirmed_is_doubtful_unless_it_is_over(read, about, verified):
    unsure = {"verificationStatus": status(verified)}
    assert the_state(read, about, clinicalStatus=status("active"), **unsure) == State.DOUBTFUL
    assert the_state(read, about, clinicalStatus=status("resolved"), **unsure) == State.PAST
    assert the_state(read, about, **unsure) == State.DOUBTFUL


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.DOUBTFUL),
        ({"clinicalStatus": {}}, State.DOUBTFUL),
        ({"abatementDateTime": "2020"}, State.PAST),
        ({"abatementAge": {"value": 40}}, State.PAST),
        ({"abatementPeriod": {}}, State.PAST),
        ({"abatementRange": {}}, State.PAST),
        ({"abatementString": "in childhood"}, State.PAST),
    ],
)
def test_without_a_clinical_status_a_problem_is_past_when_it_ended_and_doubtful_otherwise(read, about, fields, state):
    assert the_state(read, about, **fields) == state


def test_a_problem_called_active_is_active_though_an_end_is_given(read, about):
    assert the_state(read, about, clinicalStatus=status("active"), abatementDateTime="2020") == State.ACTIVE


def test_a_status_in_words_is_read_and_one_that_is_not_clear_is_reported(read, about, report):
    assert the_state(read, about, clinicalStatus={"text": "Active"}) == State.ACTIVE
    both = {"coding": [{"code": "active"}, {"code": "resolved"}]}
    chart = read(about("Condition", code=DIABETES, clinicalStatus=both))
    assert [item.state for item in chart.items] == [State.DOUBTFUL]
    assert report(chart) == [("Condition/x1", "clinicalStatus 'active and resolved' is not clear; taken as doubtful")]
    chart = read(about("Condition", code=DIABETES, clinicalStatus=status("active"), verificationStatus=status("maybe")))
    assert [item.state for item in chart.items] == [State.DOUBTFUL]
    assert report(chart) == [("Condition/x1", "verificationStatus 'maybe' is not clear; taken as unconfirmed")]


def test_a_local_code_beside_the_known_one_does_not_blur_the_status(read, about):
    assert the_state(read, about, clinicalStatus={"coding": [{"code": "A"}, {"code": "active"}]}) == State.ACTIVE


@pytest.mark.parametrize(
    ("verified", "why"),
    [("refuted", "was refuted; not counted"), ("entered-in-error", "was entered in error; not counted")],
)
def test_a_problem_that_was_refuted_or_entered_in_error_does_not_count(read, about, report, verified, why):
    wrong = {"clinicalStatus": status("active"), "verificationStatus": status(verified)}
    chart = read(about("Condition", code=DIABETES, **wrong))
    assert (chart.items, report(chart)) == ((), [("Condition/x1", why)])


def test_a_problem_keeps_its_icd_10_codes_with_their_dots(read, about, report):
    codes = [
        {"system": ICD, "code": "M47816", "display": "Spondylosis"},
        {"system": ICD, "code": "m47.816"},
        {"system": "urn:oid:2.16.840.1.113883.6.90", "code": "I10"},
        {"system": "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "code": "E11.9"},
        {"system": ICD},
        {"system": "http://www.cms.gov/Medicare/Coding/ICD10-pcs", "code": "3E0U33Z"},
    ]
    chart = read(
        about(
            "Condition",
            code={"coding": codes},
            clinicalStatus=status("active"),
            onsetDateTime="2015",
            abatementDateTime="2016-02",
        )
    )
    assert chart.items == (
        ChartItem(
            ItemKind.PROBLEM,
            "Condition/x1",
            "Spondylosis",
            state=State.ACTIVE,
            icd10=("M47.816", "I10", "E11.9"),
            since=date(2015, 1, 1),
            last=date(2016, 2, 29),
        ),
    )
    assert report(chart) == []


def test_a_problem_may_last_for_a_period(read, about):
    chart = read(about("Condition", code=DIABETES, onsetPeriod={"start": "2015-03"}, abatementPeriod={"end": "2016"}))
    assert [(item.since, item.last) for item in chart.items] == [(date(2015, 3, 1), date(2016, 12, 31))]


@pytest.mark.parametrize(
    ("code", "name", "why"),
    [
        (
            {"text": "bad back"},
            "bad back",
            ["names 'bad back' without a code of a known vocabulary; read by its words"],
        ),
        (
            {"coding": [{"system": SNOMED, "code": "7"}]},
            "code 7 (SNOMED CT)",
            ["gives only a code 7 (SNOMED CT), without words; no rule can read it"],
        ),
        ({"coding": [{"system": ICD, "code": "E11.9"}]}, "code E11.9 (ICD-10-CM)", []),
    ],
)
def test_a_problem_without_a_code_or_without_words_is_kept_and_reported(read, about, report, code, name, why):
    chart = read(about("Condition", code=code, clinicalStatus=status("active")))
    assert [(item.name, item.coded) for item in chart.items] == [(name, False)]
    assert report(chart) == [("Condition/x1", sentence) for sentence in why]


@pytest.mark.parametrize(
    ("kind", "name", "why"),
    [
        ("Condition", "a problem without a name or a code", "has neither a name nor a code"),
        ("AllergyIntolerance", "an allergy without a name", "names neither a substance nor a code"),
        ("Procedure", "a procedure without a name or a code", "has neither a name nor a code"),
    ],
)
def test_what_has_no_name_at_all_is_kept_as_a_question(read, about, report, kind, name, why):
    for code in ({}, {"code": {"coding": [{"system": SNOMED}]}}):
        chart = read(about(kind, status="completed", **code))
        assert chart.items == (ChartItem(ItemKind.UNREAD, f"{kind}/x1", name, coded=False),)
        assert report(chart) == [(f"{kind}/x1", f"{why}; kept as a question for a clinician")]


@pytest.mark.parametrize(
    ("kind", "says", "why"),
    [
        ("Condition", "No known problems", "says 'No known problems', which is no problem"),
        (
            "AllergyIntolerance",
            "No known food allergy (situation)",
            "says 'No known food allergy (situation)', which is no allergy",
        ),
        ("Procedure", "No known procedures", "says 'No known procedures', which is no procedure"),
    ],
)
def test_what_says_that_there_is_none_is_none(read, about, report, kind, says, why):
    chart = read(about(kind, status="completed", code={"text": says}))
    assert (chart.items, report(chart)) == ((), [(f"{kind}/x1", why)])


def allergy(name="Latex (substance)", **fields):
    return ChartItem(ItemKind.ALLERGY, "AllergyIntolerance/x1", name, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"clinicalStatus": status("active"), "verificationStatus": status("confirmed")},
        {"clinicalStatus": status("active"), "verificationStatus": status("unconfirmed")},
        {"clinicalStatus": status("active")},
        {},
    ],
)
def test_an_allergy_counts_unless_it_is_over_or_refuted(read, about, report, fields):
    chart = read(about("AllergyIntolerance", code=LATEX, **fields))
    assert (chart.items, report(chart)) == ((allergy(),), [])


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"clinicalStatus": status("inactive")}, "is inactive; not counted"),
        ({"clinicalStatus": status("resolved")}, "is resolved; not counted"),
        ({"verificationStatus": status("refuted")}, "is refuted; not counted"),
        ({"verificationStatus": status("entered-in-error")}, "is entered in error; not counted"),
        (
            {"clinicalStatus": status("inactive"), "verificationStatus": status("refuted")},
            "is refuted and inactive; not counted",
        ),
    ],
)
def test_an_allergy_that_is_over_or_refuted_is_reported_only(read, about, report, fields, why):
    chart = read(about("AllergyIntolerance", code=LATEX, **fields))
    assert (chart.items, report(chart)) == ((), [("AllergyIntolerance/x1", why)])


def test_an_allergy_with_a_status_nobody_knows_counts_and_is_reported(read, about, report):
    chart = read(about("AllergyIntolerance", code=LATEX, clinicalStatus=status("x"), verificationStatus=status("y")))
    assert chart.items == (allergy(),)
    assert [why for _, why in report(chart)] == [
        "verificationStatus 'y' is not clear; taken as counted",
        "clinicalStatus 'x' is not clear; taken as counted",
    ]


def test_an_allergy_names_every_substance_of_its_reactions(read, about):
    reactions = [{"substance": {"text": "corn starch"}}, {"substance": {"text": "latex"}}, {}]
    assert read(about("AllergyIntolerance", code=LATEX, reaction=reactions)).items == (
        allergy("Latex (substance) / corn starch"),
    )
    none = {"text": "No known allergies"}
    assert read(about("AllergyIntolerance", code=none, reaction=reactions[:1])).items == (
        allergy("No known allergies / corn starch", coded=False),
    )


@pytest.mark.parametrize(
    ("fields", "since"),
    [
        ({"onsetDateTime": "2010", "recordedDate": "2016-10-03"}, date(2010, 1, 1)),
        ({"recordedDate": "2016-10"}, date(2016, 10, 1)),
    ],
)
def test_an_allergy_is_known_since_it_began_or_was_recorded(read, about, fields, since):
    assert read(about("AllergyIntolerance", code=LATEX, **fields)).items == (allergy(since=since),)


def test_an_allergy_without_a_code_or_words_is_a_question(read, about, report):
    chart = read(about("AllergyIntolerance", code={"text": "that red soap"}))
    assert chart.items == (allergy("that red soap", coded=False),)
    why = "names 'that red soap' without a code of a known vocabulary; kept as a question for a clinician"
    assert report(chart) == [("AllergyIntolerance/x1", why)]


def test_an_allergy_is_to_what_its_code_means_whatever_the_words_beside_it(read, about, report):
    lidocaine = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "6387"}
    [item] = read(about("AllergyIntolerance", code={"coding": [lidocaine], "text": "Drug allergy"})).items
    assert item.name == "Drug allergy / code 6387 (RxNorm)"
    alone = read(about("AllergyIntolerance", code={"coding": [lidocaine]}))
    why = "gives only a code 6387 (RxNorm), without words; asked about where no rule knows it"
    assert alone.items == (allergy("code 6387 (RxNorm)", coded=False),)
    assert report(alone) == [("AllergyIntolerance/x1", why)]
