"""What patients read: short sentences in plain words, and the right thing to do in each of them."""

import re

import pytest
from scripts.reading_level import grade, sentences, words

from enthesis.knowledge import Library
from enthesis.recovery import Advice, Urgency, WarningSign

LIBRARY = Library.shipped()
WARNINGS = LIBRARY.entries("warnings", WarningSign)
ADVICE = LIBRARY.entries("advice", Advice)
TOLD = (
    [(entry.id, entry.body.to_patient) for entry in WARNINGS]
    + [(question.id, question.text) for entry in WARNINGS for question in entry.body.questions]
    + [(entry.id, line.text) for entry in ADVICE for line in (entry.body, *entry.body.alternatives)]
)
LONGEST_SENTENCE = 25  # words, with a list of drugs in it
GRADE = 6


@pytest.mark.parametrize(("id", "text"), TOLD)
def test_sentences_are_short_enough(id, text):
    assert max(len(words(one)) for one in sentences(text)) <= LONGEST_SENTENCE


@pytest.mark.parametrize(("id", "text"), [(id, text) for id, text in TOLD if len(words(text)) >= 20])
def test_a_text_reads_at_grade_6_or_below(id, text):
    assert grade(text) <= GRADE


@pytest.mark.parametrize("entry", WARNINGS, ids=lambda entry: entry.id)
def test_a_text_asks_for_what_the_urgency_asks_for(entry):
    begins = {
        Urgency.EMERGENCY_NOW: ("Call 911 now.", "Go to an emergency room now"),
        Urgency.CALL_TODAY: ("Call us today", "Press on the place with a clean cloth and call us today"),
    }.get(entry.body.urgency, ("",))
    assert entry.body.to_patient.startswith(begins)


@pytest.mark.parametrize(("id", "text"), TOLD)
def test_nobody_is_told_to_stop_what_a_doctor_prescribed(id, text):
    for sentence in sentences(text):
        if re.search(r"blood thinner|steroid|immune|aspirin|statin", sentence, re.IGNORECASE):
            rest = sentence.lower().replace("do not stop", "")
            assert not re.search(r"\b(?:stop|hold|skip|avoid|do not take)\b", rest)


@pytest.mark.parametrize("entry", ADVICE, ids=lambda entry: entry.id)
def test_wherever_anti_inflammatories_are_left_out_heart_aspirin_and_prescriptions_are_spared(entry):
    for line in (entry.body, *entry.body.alternatives):
        if "do not take anti-inflammatory" in line.text.lower():
            assert "Keep taking low-dose aspirin for your heart." in line.text
            assert "If a doctor prescribed the pills, ask us first." in line.text


def test_nobody_is_sent_above_three_grams_of_acetaminophen():
    grams = [int(number.replace(",", "")) for _, text in TOLD for number in re.findall(r"([\d,]+) mg", text)]
    assert sorted(set(grams)) == [1000, 3000]


RED_FLAGS = {  # rows of the research behind this room, each with a report that shows it and what it must lead to
    "RF-01 severe pain": ("knee:left", "severe_new_pain", Urgency.CALL_TODAY),
    "RF-01 redness": ("achilles:left", "redness", Urgency.CALL_TODAY),
    "RF-01 fever": ("knee:left", "fever", Urgency.CALL_TODAY),
    "RF-01 hot swollen joint": ("knee:left", "swelling heat", Urgency.EMERGENCY_NOW),
    "RF-02 breath, neck": ("cervical-facet", "breathless", Urgency.EMERGENCY_NOW),
    "RF-02 breath, shoulder": ("shoulder:left", "breathless", Urgency.EMERGENCY_NOW),
    "RF-02 breath, upper back": ("thoracic-facet", "breathless", Urgency.EMERGENCY_NOW),
    "RF-03 headache": ("lumbar-facet", "headache", Urgency.CALL_TODAY),
    "RF-03 headache not postural": ("lumbar-facet", "headache headache_stays", Urgency.EMERGENCY_NOW),
    "RF-03 headache, drowsy": ("lumbar-facet", "headache drowsy_or_confused", Urgency.EMERGENCY_NOW),
    "RF-03 headache, fever": ("lumbar-facet", "headache fever", Urgency.EMERGENCY_NOW),
    "RF-03 headache, vision": ("lumbar-facet", "headache stroke_signs", Urgency.EMERGENCY_NOW),
    "RF-04 weakness": ("sacroiliac", "weakness", Urgency.EMERGENCY_NOW),
    "RF-04 worse": ("lumbar-facet", "weakness weakness_worse", Urgency.EMERGENCY_NOW),
    "RF-04 bladder": ("coccyx", "bladder_or_saddle", Urgency.EMERGENCY_NOW),
    "RF-04 fever": ("thoracic-facet", "fever", Urgency.EMERGENCY_NOW),
    "RF-04 stiff neck": ("lumbar-facet", "stiff_neck", Urgency.EMERGENCY_NOW),
    "RF-05 numb mouth": ("finger:left", "numb_mouth", Urgency.EMERGENCY_NOW),
    "RF-05 drowsy": ("tmj:left", "drowsy_or_confused", Urgency.EMERGENCY_NOW),
    "RF-06 electric shocks": ("cervical-facet", "electric_shocks", Urgency.EMERGENCY_NOW),
    "RF-07 flare past a week": ("knee:left", "still_worse", Urgency.CALL_TODAY),
    "RF-08 worse spinal pain": ("lumbar-facet", "pain_worse", Urgency.CALL_TODAY),
    "RF-09 vision, face, speech, collapse": ("hip:left", "stroke_signs", Urgency.EMERGENCY_NOW),
    "RF-09 face or throat": ("hip:left", "throat_swelling", Urgency.EMERGENCY_NOW),
    "RF-10 severe pain and weakness": ("lumbar-facet", "severe_new_pain weakness", Urgency.EMERGENCY_NOW),
}


@pytest.mark.parametrize(("site", "reported", "urgency"), RED_FLAGS.values(), ids=RED_FLAGS)
def test_every_red_flag_of_the_sources_is_heard(judged, site, reported, urgency):
    watch = judged(site, 8, pain=2, **dict.fromkeys(reported.split(), True))
    assert watch.urgency is urgency
