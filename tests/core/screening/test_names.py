"""Names of medicines: brands, combinations, doses, misspellings, and what nobody knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.made import LIBRARY

from enthesis.screening import DrugClass, Recognised, drug_classes, recognise
from enthesis.screening.names import Ingredient
from enthesis.screening.words import plain

EVERY_NAME = sorted(
    {(entry.id, name) for entry in drug_classes(LIBRARY) for one in entry.body.ingredients for name in one.spellings}
)
COMMON = """
    atorvastatin levothyroxine lisinopril amlodipine metoprolol albuterol omeprazole losartan gabapentin
    hydrochlorothiazide sertraline simvastatin montelukast escitalopram bupropion furosemide trazodone tamsulosin
    fluoxetine carvedilol duloxetine citalopram pantoprazole pravastatin atenolol ranitidine cetirizine bisoprolol
    venlafaxine spironolactone lamotrigine valsartan topiramate finasteride quetiapine risperidone olanzapine
    mirtazapine hydroxyzine cyclobenzaprine baclofen tizanidine famotidine allopurinol colchicine alendronate
    estradiol progesterone testosterone ramipril enalapril candesartan diltiazem verapamil
    digoxin ezetimibe fenofibrate cholecalciferol diphenhydramine loratadine ipratropium tiotropium
    salmeterol donepezil ropinirole levodopa carbamazepine levetiracetam pregabalin lithium haloperidol
    methylphenidate naltrexone sumatriptan acyclovir fluconazole methimazole tamoxifen anastrozole
    ondansetron loperamide mesalamine sucralfate latanoprost teriparatide denosumab nilotinib
    camila
"""


@pytest.mark.parametrize(
    ("written", "ingredients", "classes"),
    [
        ("Ibuprofen 200 MG Oral Tablet", ("ibuprofen",), ("nsaid",)),
        ("VIMOVO 500/20", ("naproxen",), ("nsaid",)),
        ("Arthrotec 75", ("diclofenac",), ("nsaid",)),
        ("Duexis", ("ibuprofen",), ("nsaid",)),
        ("Excedrin Migraine", ("acetylsalicylic acid",), ("aspirin",)),
        ("Aspirin 81 MG Oral Tablet", ("acetylsalicylic acid",), ("aspirin", "aspirin-small")),
        ("Aspirin 325 MG Oral Tablet", ("acetylsalicylic acid",), ("aspirin",)),
        (
            "Aspirin 25 MG / Dipyridamole 200 MG",
            ("dipyridamole", "acetylsalicylic acid"),
            ("antiplatelet", "aspirin", "aspirin-small"),
        ),
        ("dabigatran etexilate mesylate 150 MG", ("dabigatran",), ("anticoagulant",)),
        ("Depo-Medrol 40 mg/mL", ("methylprednisolone",), ("corticosteroid",)),
        ("tofacitinib", ("tofacitinib",), ("immunosuppressant",)),
        ("Acetaminophen 325 MG Oral Tablet", ("paracetamol",), ("paracetamol",)),
        ("omeprazole 20 MG Delayed Release Oral Capsule", (), ()),
    ],
)
def test_a_coded_name_comes_down_to_its_ingredients(written, ingredients, classes):
    assert recognise(written, LIBRARY, coded=True) == Recognised(ingredients, classes)


@pytest.mark.parametrize(("class_id", "name"), EVERY_NAME)
def test_every_listed_name_is_recognised_in_its_class(class_id, name):
    read = recognise(f"{name} 40 MG Oral Tablet", LIBRARY)
    assert class_id in read.classes
    assert read.nearly == ()


@pytest.mark.parametrize(
    ("written", "nearly"),
    [
        ("ibuprofin", ("ibuprofen",)),
        ("warfarine 5 mg", ("warfarin",)),
        ("plavex", ("clopidogrel",)),
        ("asprin", ("acetylsalicylic acid",)),
        ("prednisolon", ("prednisolone", "prednisone")),
        ("ibuprofène", ("ibuprofen",)),
    ],
)
def test_a_misspelling_is_proposed_and_never_accepted(written, nearly):
    assert recognise(written, LIBRARY) == Recognised(nearly=nearly, unknown=True)


def test_a_misspelling_beside_a_known_name_is_not_lost():
    read = recognise("ibuprofen and plavixx", LIBRARY)
    assert (read.ingredients, read.nearly, read.unknown) == (("ibuprofen",), ("clopidogrel",), True)
    assert recognise("ibuprofen warfarine", LIBRARY).nearly == ("warfarin",)
    assert recognise("ibuprofen warfarine", LIBRARY, coded=True).unknown


def test_a_coded_name_must_be_nearer_to_be_doubted():
    assert recognise("Camila 28 Day Pack", LIBRARY, coded=True) == Recognised()
    assert recognise("Camila 28 Day Pack", LIBRARY).nearly == ("diclofenac",)
    assert recognise("warfarine 5 mg", LIBRARY, coded=True).nearly == ("warfarin",)
    assert recognise("ibuprofin 5 mg", LIBRARY, coded=True).nearly == ("ibuprofen",)


@pytest.mark.parametrize(
    ("written", "nearly"),
    [
        ("motri", ("ibuprofen",)),
        ("Advill", ("ibuprofen",)),
        ("prednison", ("prednisone", "prednisolone")),
        ("mobi", ()),
        ("amino acids", ()),
        ("sodiums", ()),
    ],
)
def test_short_words_and_words_of_salts_are_not_guessed_at(written, nearly):
    assert recognise(written, LIBRARY).nearly == nearly


@pytest.mark.parametrize("name", plain(COMMON).split())
def test_a_common_medicine_with_a_code_is_known_and_has_no_rule(name):
    assert recognise(f"{name} 10 MG Oral Tablet", LIBRARY, coded=True) == Recognised()


@pytest.mark.parametrize(
    "noise",
    [
        "sodium chloride tablet",
        "potassium tablet",
        "oral tablet",
        "prefilled syringe",
        "capsule delayed release",
        "81 mg",
        "hr",
    ],
)
def test_words_of_form_and_salt_are_nobodys_misspelling(noise):
    assert recognise(noise, LIBRARY).nearly == ()


@pytest.mark.parametrize("name", ["", "849574", "варфарин", "  ", "5 mg"])
def test_a_name_without_a_readable_word_is_unknown_even_with_a_code(name):
    assert recognise(name, LIBRARY, coded=True).unknown


@pytest.mark.parametrize("name", ["white pill", "tablet 400 mg", "omeprazole", "blood thinner"])
def test_a_name_nobody_knows_is_unknown_without_a_code(name):
    assert recognise(name, LIBRARY) == Recognised(unknown=True)


def test_one_unknown_part_is_enough_without_a_code():
    assert recognise("ibuprofen + mystery", LIBRARY).unknown
    assert not recognise("ibuprofen + mystery", LIBRARY, coded=True).unknown
    assert not recognise("ibuprofen 400mg prn + 200mg", LIBRARY).unknown
    assert not recognise("ibuprofen for my back", LIBRARY).unknown


def test_an_ending_catches_what_is_newer_than_the_list():
    assert recognise("letaxaban 40 mg", LIBRARY) == Recognised(("letaxaban",), ("antithrombotic-other",))
    assert recognise("letaxaban / zaltoprofen", LIBRARY) == Recognised(
        ("letaxaban", "zaltoprofen"), ("antithrombotic-other", "nsaid")
    )


def test_an_ending_is_for_unlisted_words_only():
    assert recognise("apixaban", LIBRARY).classes == ("anticoagulant",)


@given(st.text(max_size=40))
def test_any_text_is_read_without_a_fall(text):
    read = recognise(text, LIBRARY)
    assert read.unknown or read.classes


@given(st.sampled_from(EVERY_NAME), st.sampled_from(["{} 5 mg", "{}", "  {}  tablets", "omeprazole / {}"]))
def test_a_known_name_is_never_lost_in_other_words(named, around):
    class_id, name = named
    assert class_id in recognise(around.format(name), LIBRARY, coded=True).classes or class_id == "aspirin-small"


SMALL = DrugClass(True, (Ingredient("aspirin", ("asa",), ("Ecotrin",)),), at_most_mg=81, small_dose_words=("low dose",))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("aspirin 81 mg", True),
        ("aspirin 81.5 mg", False),
        ("aspirin 0.081 g", True),
        ("aspirin 82 mg", False),
        ("aspirin 81", False),
        ("aspirin 4 x 81 mg", False),
        ("aspirin 1 x 81 mg", True),
        ("1 tablet aspirin 75 mg", True),
        ("aspirin 1 mg", True),
        ("aspirin 81 mg and aspirin 325 mg", False),
        ("aspirin 81 mg [Ecotrin]", True),
        ("Ecotrin low dose", True),
        ("low-dose Ecotrin 325 mg", False),
        ("low dose ibuprofen with aspirin", False),
        ("ecotrin", False),
        ("ibuprofen 50 mg", False),
    ],
)
def test_only_a_small_dose_that_is_stated_counts_as_small(name, meant):
    assert SMALL.named(name) == (("aspirin",) if meant else ())


def test_without_a_limit_the_dose_does_not_matter():
    assert DrugClass(True, (Ingredient("aspirin"),)).named("aspirin 500 mg") == ("aspirin",)


def test_a_stem_is_the_end_of_a_longer_word():
    drugs = DrugClass(True, (), stems=("xaban",))
    assert [drugs.stemmed(word) for word in ("letaxaban", "xaban", "xabanol")] == [True, False, False]


def test_an_ingredient_goes_by_all_its_names():
    assert Ingredient("Salicylic Acid", ("ASA",), ("Depo-X",)).spellings == ("salicylic acid", "asa", "depo x")
