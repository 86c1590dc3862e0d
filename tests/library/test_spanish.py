"""What patients are told in Spanish: all of it, with the same numbers, and nothing that would harm."""

import re

import polib
import pytest
from scripts.reading_level import sentences
from scripts.translations import CATALOGUE, collected, differences, faults

SAID = collected()
SPANISH = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
PRESCRIBED = re.compile(r"anticoagulante|esteroide|inmun|aspirina|diabetes|corazón|presión", re.IGNORECASE)
STOPPING = re.compile(
    r"\b(?:deje|dejar|suspenda|interrumpa|pare|no tome|no la tome|evite|omita|sáltese)\b", re.IGNORECASE
)
CALM = re.compile(
    r"\b(?:no (?:la |lo |los |las )?dejes?|no dejes? (?:ninguna|la)|nunca la deje|ni se salte)\b", re.IGNORECASE
)


def test_every_sentence_has_its_spanish_with_the_same_numbers_and_gaps():
    assert list(faults(polib.pofile(str(CATALOGUE)), SAID)) == []


def test_the_catalogue_that_is_served_is_made_from_the_one_that_is_read():
    assert CATALOGUE.with_suffix(".mo").read_bytes() == polib.pofile(str(CATALOGUE), wrapwidth=120).to_binary()


@pytest.mark.parametrize("text", [text for text, place in SAID.items() if place.startswith("library/")])
def test_nobody_is_told_to_stop_what_a_doctor_prescribed(text):
    for sentence in sentences(SPANISH[text]):
        if PRESCRIBED.search(sentence):
            assert not STOPPING.search(CALM.sub("", sentence)), sentence


@pytest.mark.parametrize("harm", ["Deje su anticoagulante.", "No tome su aspirina hoy.", "Suspenda el esteroide."])
def test_a_harmful_sentence_would_be_noticed(harm):
    assert STOPPING.search(CALM.sub("", harm))


@pytest.mark.parametrize("text", [text for text in SAID if "do not stop" in text.lower()])
def test_what_must_not_be_stopped_must_not_be_stopped_in_spanish(text):
    assert re.search(r"\b(?:no|nunca|ni)\b[^.]{0,12}\bdeje", SPANISH[text], re.IGNORECASE)


@pytest.mark.parametrize("text", [text for text in SAID if "Keep taking" in text])
def test_what_is_kept_is_kept_in_spanish(text):
    assert "Siga tomando" in SPANISH[text]


@pytest.mark.parametrize("text", [text for text in SAID if "911" in text or "emergency room" in text])
def test_an_emergency_is_one_in_spanish(text):
    spanish = SPANISH[text]
    assert ("911" in spanish) == ("911" in text)
    assert ("sala de emergencias" in spanish) == ("emergency room" in text)


@pytest.mark.parametrize("text", [text for text in SAID if "Call us today" in text])
def test_a_call_today_is_a_call_today_in_spanish(text):
    assert "lámenos hoy" in SPANISH[text]


def test_a_changed_number_a_lost_gap_and_a_missing_sentence_are_faults():
    assert list(differences("for 7 days", "por 8 días")) == ["the numbers ['7'] and ['8'] differ"]
    assert list(differences("Day {day}", "Día")) == ["the gaps ['{day}'] and [] differ"]
    assert list(differences("up to 3,000 mg", "hasta 3,000 mg")) == []
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="gone", msgstr="fuera"))
    catalogue.append(polib.POEntry(msgid="doubtful", msgstr="dudoso", flags=["fuzzy"]))
    found = list(faults(catalogue, {"new": "here", "doubtful": "here"}))
    assert found == [
        "here: has no Spanish: 'new'",
        "here: the Spanish is marked as doubtful: 'doubtful'",
        "django.po: nobody says this any more: 'gone'",
    ]
