"""Before the needle and when it goes wrong: what a patient is told, and what stands on an emergency card."""

from fractions import Fraction

from enthesis.knowledge import Library, parse_site
from enthesis.safety import ConsentPart, consent_text, emergencies, grading, risks_at

LIBRARY = Library.shipped()


def told(site, condition="knee-osteoarthritis", price=""):
    text = consent_text(
        treatment="dextrose-prolotherapy",
        condition=condition,
        sites=(parse_site(site, LIBRARY),),
        library=LIBRARY,
        price=price,
    )
    return {part: [line.text for line in lines] for part, lines in text.parts}


def card(id):
    return next(entry for entry in emergencies(LIBRARY) if entry.id == id)


def dose(id, what, kg):
    [found] = [one for one in card(id).body.doses if one.what.startswith(what)]
    return found.words(None if kg is None else Fraction(kg))


def test_somebody_with_a_knee_is_not_frightened_with_the_risks_of_the_spine():
    rare = " ".join(told("knee:right")[ConsentPart.RARE])
    assert "infection in a joint" in rare
    assert "spinal cord" not in rare
    assert "lung" not in rare


def test_somebody_with_a_neck_hears_of_the_cord_the_lung_the_fluid_leak_and_sight():
    rare = " ".join(told("cervical-facet:C5/6:left", "cervical-facet-pain")[ConsentPart.RARE])
    for words in ("spinal cord may be hurt", "air in around a lung", "fluid around the spine", "loss of sight"):
        assert words in rare


def test_a_session_at_two_places_tells_the_risks_of_both():
    sites = (parse_site("knee:right", LIBRARY), parse_site("shoulder:left", LIBRARY))
    assert {entry.id for entry in risks_at(sites, LIBRARY)} == {
        entry.id for site in sites for entry in risks_at((site,), LIBRARY)
    }


def test_no_controlled_evidence_for_the_facet_joint_is_said_before_consent():
    assert told("lumbar-facet:L4/5:right", "lumbar-facet-pain")[ConsentPart.HELPS][0] == (
        "There is no controlled evidence for dextrose injections into the facet joint."
    )


def test_the_use_is_said_to_be_off_label_and_the_price_is_the_clinics_own():
    text = told("knee:right", price="Three visits: 900 US dollars.")
    assert "off-label" in text[ConsentPart.STATUS][0]
    assert text[ConsentPart.COST][0] == "Three visits: 900 US dollars."
    assert "price in writing" in told("knee:right")[ConsentPart.COST][0]


def test_nobody_is_told_to_stop_a_blood_thinner_on_their_own():
    rare = " ".join(told("knee:right")[ConsentPart.RARE])
    assert "Do not stop a blood thinner on your own" in rare


def test_every_part_is_told_in_its_order_and_the_right_to_say_no_comes_last():
    assert list(told("knee:right")) == list(ConsentPart)
    assert "at any time" in told("knee:right")[ConsentPart.RIGHTS][0]


def test_lipid_for_65_and_for_80_kg_and_for_a_weight_nobody_knows():
    assert dose("anaesthetic-toxicity", "Lipid emulsion 20%, first", "65") == "97.5 mL over 2 to 3 minutes"
    assert dose("anaesthetic-toxicity", "Lipid emulsion 20%, first", "80") == "100 mL over 2 to 3 minutes"
    assert dose("anaesthetic-toxicity", "Lipid emulsion 20%, most", "65") == "780 mL in all"
    assert "1.5 mL for each kg" in dose("anaesthetic-toxicity", "Lipid emulsion 20%, first", None)


def test_the_old_lipid_dose_stands_nowhere_among_the_doses():
    body = card("anaesthetic-toxicity").body
    assert all("1 minute" not in one.how + one.then for one in body.doses)
    assert "could not be read here" in body.unverified
    assert {one.standing.value for one in body.doses} == {"quoted"}


def test_epinephrine_for_anaphylaxis_never_passes_half_a_milligram():
    assert dose("anaphylaxis", "Epinephrine", "40").startswith("0.4 mg into")
    assert dose("anaphylaxis", "Epinephrine", "150").startswith("0.5 mg into")


def test_a_mild_event_may_be_serious_and_a_severe_one_need_not_be():
    scale = grading(LIBRARY)
    assert scale.grade(1).fhir == "mild"
    assert scale.grade(3).fhir == "severe"
    assert [one.id for one in scale.criteria(("hospital",))] == ["hospital"]
    assert [one.id for one in scale.outcomes if one.closed] == ["resolved", "resolvedWithSequelae", "fatal"]
