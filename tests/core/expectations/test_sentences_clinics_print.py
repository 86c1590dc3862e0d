"""Eighty-five sentences as clinics print them, English and Spanish: what each says, what it lacks, and which five may stand."""

import re
from itertools import product
from pathlib import Path

import polib
import pytest
from tests.core.expectations.test_claims import group_at_26_weeks

import enthesis
from enthesis.evidence.certainty import Rating
from enthesis.expectations.claims import Facts, check_sentence, facts_from, record_sentence
from enthesis.expectations.expectation import plain
from enthesis.knowledge import Library
from enthesis.pathway import conditions, treatments

LIBRARY = Library.shipped()
CATALOGUE = Path(enthesis.__file__).parent / "locale" / "es" / "LC_MESSAGES" / "django.po"
SPANISH = {one.msgid: one.msgstr for one in polib.pofile(str(CATALOGUE))}
# A record lacks these unless it gives them; a sentence that counts nobody lacks its number.
BARE = {"started", "answered", "how much", "interval", "baseline", "no comparison group", "time"}
MAY = "may be printed"


@pytest.mark.parametrize(
    ("text", "sort", "shares", "amounts", "rules"),
    [
        ("Up to 90% of our patients report less pain.", "record", (90.0,), (), ("word: up to",)),
        ("Nine out of ten patients got better.", "record", (90.0,), (), ()),
        ("Most patients feel better within weeks.", "without a number", (), (), ("word: most",)),
        ("Clinically proven to relieve knee pain.", "without a number", (), (), ("word: relief", "word: proven")),
        ("FDA approved treatment for back pain.", "without a number", (), (), ("agency",)),
        ("Our injections are FDA-cleared.", "without a number", (), (), ("agency",)),
        ("No side effects.", "without a number", (), (), ("word: safe",)),
        ("Virtually no side effects, and no downtime.", "without a number", (), (), ("word: safe",)),
        ("87,5 % of patients had less pain after six months.", "record", (87.5,), (), ()),
        ("Almost everyone improves.", "claim of benefit", (), (), ("word: most", "benefit")),
        ("Ninety percent of patients had half their pain or less.", "record", (90.0,), (50.0,), ()),
        ("Twice as many patients recover with prolotherapy.", "claim of benefit", (), (), ("word: most", "relative")),
        (
            "Patients are three times more likely to avoid surgery.",
            "claim of benefit",
            (),
            (),
            ("comparison", "relative"),
        ),
        ("Pain falls by 50% on average.", "record", (), (50.0,), ()),
        ('"I was back on the tennis court after two shots!" - Maria, 54', "without a number", (), (), ("story",)),
        ("I could walk again after the second visit.", "without a number", (), (), ("story",)),
        ("My knee has not hurt since.", "without a number", (), (), ("story",)),
        ("We treat knees, backs and shoulders.", "without a number", (), (), ()),
        ("Between 80 and 90 per cent improved.", "record", (80.0, 90.0), (), ()),
        ("80% to 90% of people improve.", "record", (80.0, 90.0), (), ()),
        ("9/10 patients would recommend us.", "record", (90.0,), (), ()),
        ("A success rate of 95%.", "record", (95.0,), (), ("word: success",)),
        ("95% success rate!", "record", (95.0,), (), ("word: success",)),
        ("Our success rate exceeds 90 percent.", "record", (90.0,), (), ("word: success",)),
        ("Three quarters of patients had less pain at one year.", "record", (75.0,), (), ()),
        ("Half of our patients are pain-free at 12 months.", "record", (50.0,), (), ("word: cure",)),
        ("One in two patients is pain free.", "record", (50.0,), (), ("word: cure",)),
        ("A 70 percent reduction in pain.", "record", (), (70.0,), ()),
        ("Prolotherapy rebuilds ligaments and regenerates cartilage.", "claim of benefit", (), (), ("benefit",)),
        ("Avoid surgery with our non-surgical treatment.", "claim of benefit", (), (), ("comparison",)),
        ("An alternative to surgery for 4 of 5 patients.", "claim of benefit", (80.0,), (), ("comparison",)),
        ("Safe, natural and effective.", "claim of benefit", (), (), ("word: safe", "benefit")),
        (
            "The only treatment that fixes the root cause of pain.",
            "claim of benefit",
            (),
            (),
            ("word: cure", "word: best", "benefit"),
        ),
        ("Permanent results in 3 to 6 sessions.", "without a number", (), (), ("word: permanent",)),
        ("Pain-free in 6 weeks or your money back.", "without a number", (), (), ("word: cure", "word: guaranteed")),
        ("Doctors recommend prolotherapy.", "without a number", (), (), ("endorsement",)),
        ("Backed by science and by 87 trials.", "without a number", (), (), ("word: proven",)),
        ("As seen in the Journal of Pain.", "without a number", (), (), ("endorsement",)),
        ("Results may vary.", "without a number", (), (), ()),
        ("Outperforms cortisone.", "claim of benefit", (), (), ("comparison",)),
        ("Works better than cortisone shots.", "claim of benefit", (), (), ("comparison", "benefit")),
        ("Preferred over steroid injections by 8 in 10.", "claim of benefit", (80.0,), (), ("comparison",)),
        ("Stem cells heal joints.", "without a number", (), (), ("word: cure",)),
        ("The gold standard for ligament pain.", "without a number", (), (), ("word: proven",)),
        ("Of 100 patients treated in 2024, 85 improved.", "record", (), (), ()),
        ("85 of 100 patients improved at 3 months.", "record", (85.0,), (), ()),
        (
            "In our registry of 212 patients, 61% (95% CI 54 to 67%) had at least 30% less pain at 26 weeks.",
            "record",
            (61.0,),
            (30.0,),
            (),
        ),
        (
            "Of 40 people who started dextrose injections, 32 of 40 answered at 26 weeks. Their pain went from 7.0 to 5.2 of 10. 56% (39% to 72%) had at least 30% less pain. We have no comparison group.",
            "record",
            (56.0,),
            (30.0,),
            (),
        ),
        ("Dextrose injections are not approved by the FDA for joint pain.", "true status of approval", (), (), ()),
        ("Dextrose in joints is an off-label use.", "true status of approval", (), (), ()),
        ("Prolotherapy probably reduces pain slightly.", "claim of benefit", (), (), ("benefit",)),
        ("A miracle for your knees.", "without a number", (), (), ("word: cure",)),
        (
            "Breakthrough treatment with lasting relief.",
            "without a number",
            (),
            (),
            ("word: relief", "word: permanent", "word: best"),
        ),
        ("Most patients need only 3 sessions.", "without a number", (), (), ("word: most",)),
        ("You will feel the difference.", "without a number", (), (), ()),
        ("100% natural.", "record", (100.0,), (), ("word: safe",)),
        ("Risk-free consultation.", "without a number", (), (), ("word: safe",)),
        ("Open 5 days a week.", "without a number", (), (), ()),
        ("Call 555-0100 to book.", "without a number", (), (), ()),
        ("Less pain, more life.", "without a number", (), (), ()),
        ("Hasta el 90 % de los pacientes mejoran.", "claim of benefit", (90.0,), (), ("word: up to", "benefit")),
        ("Nueve de cada diez pacientes sienten alivio.", "record", (90.0,), (), ("word: relief",)),
        ("El 87,5 % de nuestros pacientes tuvo menos dolor a los seis meses.", "record", (87.5,), (), ()),
        ("Entre el 80 y el 90 % mejoró.", "record", (80.0, 90.0), (), ()),
        ("La mayoría de los pacientes se siente mejor.", "without a number", (), (), ("word: most",)),
        ("Clínicamente comprobado.", "without a number", (), (), ("word: proven",)),
        ("Aprobado por la FDA.", "without a number", (), (), ("agency",)),
        ("Sin efectos secundarios.", "without a number", (), (), ("word: safe",)),
        ("Tres cuartas partes de los pacientes mejoraron en un año.", "record", (75.0,), (), ()),
        ("La mitad de los pacientes ya no tiene dolor.", "record", (50.0,), (), ()),
        ("El doble de pacientes se recupera.", "claim of benefit", (), (), ("relative",)),
        ("Mejor que la cortisona.", "claim of benefit", (), (), ("comparison",)),
        ("Evite la cirugía.", "claim of benefit", (), (), ("comparison",)),
        ("Mi rodilla ya no duele.", "without a number", (), (), ("story",)),
        ("Le cambiará la vida.", "without a number", (), (), ("word: life changing",)),
        ("Resultados duraderos y garantizados.", "without a number", (), (), ("word: permanent", "word: guaranteed")),
        ("No está aprobado por la FDA para las articulaciones.", "true status of approval", (), (), ()),
        (
            "De 40 personas que empezaron inyecciones de dextrosa, respondieron 32 de las 40 a las 26 semanas. Su dolor medio pasó de 7,0 a 5,2 de 10 (cambio −1,8; intervalo del 95 %: −2,3 a −1,3). El 56 % (39 % a 72 %) tuvo al menos 30 % menos dolor. No tenemos grupo de comparación.",
            "record",
            (56.0,),
            (30.0,),
            (),
        ),
        ("Ochenta y cinco por ciento de éxito.", "record", (85.0,), (), ("word: success",)),
        ("Sus articulaciones como nuevas.", "without a number", (), (), ()),
        ("Not just FDA approved, but loved.", "without a number", (), (), ("agency",)),
        ("No doubt: FDA approved.", "without a number", (), (), ("agency",)),
        (
            "Of 60 people who started dextrose injections for knee osteoarthritis, 45 of 60 due answered at 26 weeks. Their average pain went from 6.9 to 4.8 of 10 (change -2.1, 95% interval -2.8 to -1.4). 55% (40% to 69%) had at least 30% less pain. We have no comparison group.",
            "record",
            (55.0,),
            (30.0,),
            (),
        ),
        ("More than 200 patients treated.", "without a number", (), (), ()),
        ("Less pain than before in 62% of 80 people.", "record", (62.0,), (), ()),
    ],
)
def test_what_a_printed_sentence_says_and_what_its_words_promise(text, sort, shares, amounts, rules):
    found = check_sentence(text)
    assert (found.sort, found.reading.shares, found.reading.amounts) == (sort, pytest.approx(shares, abs=0.06), amounts)
    assert tuple(one.rule for one in found.problems if one.rule not in BARE | {"number"}) == rules
    assert found.printable is (text.startswith(PRINTABLE))


PRINTABLE = (
    "Of 40 people",
    "Of 60 people",
    "De 40 personas",
    "Dextrose injections are not",
    "Dextrose in joints",
    "No está aprobado",
)


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Nine out of ten patients got better.", BARE),
        ("Up to 90% of our patients report less pain.", BARE),
        ("87,5 % of patients had less pain after six months.", BARE - {"time"}),
        ("Pain falls by 50% on average.", BARE - {"how much"}),
        (
            "In our registry of 212 patients, 61% (95% CI 54 to 67%) had at least 30% less pain at 26 weeks.",
            {"started", "answered", "baseline", "no comparison group"},
        ),
        ("Of 100 patients treated in 2024, 85 improved.", BARE - {"started"}),
        ("El 87,5 % de nuestros pacientes tuvo menos dolor a los seis meses.", BARE - {"time"}),
        ("Call 555-0100 to book.", {"number"}),
        ("Open 5 days a week.", {"number"}),
        ("Most patients need only 3 sessions.", {"number"}),
    ],
)
def test_what_is_missing(text, lacks):
    assert {one.rule for one in check_sentence(text).problems} & (BARE | {"number"}) == lacks


@pytest.mark.parametrize(
    ("language", "treatment", "condition", "begins"),
    [
        (
            "en",
            "dextrose prolotherapy",
            "knee osteoarthritis",
            "Of 40 people who started dextrose prolotherapy for knee osteoarthritis",
        ),
        (
            "es",
            "proloterapia con dextrosa",
            "artrosis de rodilla",
            "De 40 personas que empezaron proloterapia con dextrosa para artrosis de rodilla",
        ),
    ],
)
@pytest.mark.parametrize("saline", [None, 0.153])
def test_the_sentence_that_may_be_printed_passes_in_both_languages(language, treatment, condition, begins, saline):
    group, week = group_at_26_weeks(40, 32)
    said = record_sentence(group, week, treatment=treatment, condition=condition, saline=saline, language=language)
    assert said.startswith(begins)
    found = check_sentence(said, facts_from(group, week, Rating.VERY_LOW, saline=saline))
    assert found.problems == ()
    assert found.reading.started == 40
    assert (found.reading.answered, found.reading.asked) == (32, 40)


def test_the_spanish_record_says_the_same_numbers():
    group, week = group_at_26_weeks(40, 32)
    english, spanish = (
        record_sentence(group, week, treatment="x", condition="y", saline=0.153, language=language)
        for language in ("en", "es")
    )
    numbers = [re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", said)) for said in (english, spanish)]
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) > 20


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        (("56%", "86%"), "86%, which none of their shares is"),
        (("Of 40 people", "Of 400 people"), "400 where they say 40"),
        (("32 of 40 due answered", "39 of 40 due answered"), "39 where they say 32"),
    ],
)
def test_numbers_that_are_not_the_clinics_own_are_found(changed, wrong):
    group, week = group_at_26_weeks(40, 32)
    said = record_sentence(group, week, treatment="dextrose", condition="knee pain")
    found = check_sentence(said.replace(*changed), facts_from(group, week, Rating.VERY_LOW))
    [one] = found.problems
    assert one.rule == "not your outcomes"
    assert wrong in one.says


def test_without_outcomes_typed_numbers_are_held_to_the_floors_only():
    said = "Of 40 people who started it, 10 of 40 answered at 6 weeks, and 56% (39% to 72%) had at least 30% less pain."
    rules = {one.rule for one in check_sentence(said, Facts()).problems}
    assert {"silence", "too early", "baseline", "no comparison group"} == rules


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_name_of_the_library_spoils_the_sentence_that_may_be_printed(language):
    """Whatever treatment and condition it is of, in either language, its own record passes the checker."""
    group, week = group_at_26_weeks(40, 32)
    told = SPANISH if language == "es" else {}
    spoilt = {}
    for treatment, condition in product(treatments(LIBRARY), conditions(LIBRARY)):
        named = [plain(told.get(one.title, one.title)) for one in (treatment, condition)]
        said = record_sentence(group, week, treatment=named[0], condition=named[1], saline=0.15, language=language)
        if found := check_sentence(said, facts_from(group, week, None, saline=0.15)).problems:
            spoilt[treatment.id, condition.id] = [one.rule for one in found]
    assert spoilt == {}
