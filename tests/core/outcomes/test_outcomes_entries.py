"""Every shipped instrument keeps its promises: its examples hold, they notice any nudge, and its words are its own."""

from pathlib import Path

import pytest

from enthesis.knowledge import BadInput, Library, build_entry, nudged
from enthesis.outcomes import Instrument, LicenceStanding, Option, instruments, run_example

LIBRARY = Library.shipped()
IDS = sorted(LIBRARY.files("instruments"))
ELEVEN = [str(number) for number in range(11)]


def noticed(id, data):
    try:
        entry = build_entry("instruments", data, Instrument, Path(f"instruments/{id}.toml"))
        for example in entry.examples:
            run_example(entry.body, example, LIBRARY)
    except (AssertionError, BadInput):
        return True
    return False


@pytest.mark.parametrize("id", IDS)
def test_the_examples_hold(id):
    assert not noticed(id, LIBRARY.raw("instruments", id))


@pytest.mark.parametrize("id", IDS)
def test_every_number_moved_by_one_is_noticed(id):
    assert [change for change, data in nudged(LIBRARY.raw("instruments", id)) if not noticed(id, data)] == []


@pytest.mark.parametrize(
    ("id", "standing"),
    [
        ("pain-nrs", LicenceStanding.NOT_FOUND),
        ("peg", LicenceStanding.SECOND_HAND),
        ("pgic", LicenceStanding.NOT_FOUND),
        ("rmdq-24", LicenceStanding.SECOND_HAND),
        ("koos-jr", LicenceStanding.OWNER),
        ("hoos-jr", LicenceStanding.OWNER),
        ("spadi", LicenceStanding.SECOND_HAND),
        ("psfs", LicenceStanding.SECOND_HAND),
        ("phq-2", LicenceStanding.SECOND_HAND),
        ("phq-4", LicenceStanding.SECOND_HAND),
        ("promis-global-10", LicenceStanding.CONDITIONS),
        ("promis-pain-interference-4a", LicenceStanding.CONDITIONS),
        ("promis-physical-function-4a", LicenceStanding.CONDITIONS),
        *((id, LicenceStanding.LICENSED) for id in ("odi", "ndi", "quickdash", "womac", "koos", "hoos")),
        ("life-changing", LicenceStanding.OURS),
        ("satisfaction", LicenceStanding.OURS),
    ],
)
def test_no_licence_is_said_to_be_surer_than_it_is(shipped, id, standing):
    assert shipped(id).body.licence.standing is standing


@pytest.mark.parametrize(
    ("id", "version", "range_", "recall", "kind", "needed"),
    [
        ("pain-nrs", "1-week recall", (0, 10), "past 7 days", "single", 1),
        ("peg", "Krebs 2009", (0, 10), "past week", "mean", 3),
        ("pgic", "CGI-derived wording", (1, 7), "since start of treatment", "single", 1),
        ("rmdq-24", "1983 original English", (0, 24), "today", "sum", 1),
    ],
)
def test_how_each_is_filled_in_and_scored(shipped, id, version, range_, recall, kind, needed):
    body = shipped(id).body
    assert (body.version, body.range, body.recall, body.scoring, body.missing.needed) == (
        version,
        range_,
        recall,
        {"kind": kind},
        needed,
    )
    assert body.higher_is_worse


def test_all_instruments_come_in_order_of_id():
    assert [entry.id for entry in instruments(LIBRARY)] == IDS


def test_the_questions_and_their_order(shipped):
    assert [item.id for item in shipped("pain-nrs").body.items] == ["nrs_avg_7d", "nrs_now"]
    assert [item.id for item in shipped("pain-nrs").body.scored] == ["nrs_avg_7d"]
    assert [item.id for item in shipped("peg").body.items] == ["peg_p", "peg_e", "peg_g"]
    assert [item.id for item in shipped("pgic").body.items] == ["pgic"]
    assert [item.id for item in shipped("rmdq-24").body.items] == [f"rmdq_{number}" for number in range(1, 25)]


def labels(item):
    return [option.label for option in item.options]


def test_the_ends_of_each_scale_carry_its_authors_words(shipped):
    average, now = shipped("pain-nrs").body.items
    assert labels(average) == ["0 - no pain", *ELEVEN[1:10], "10 - pain as bad as you can imagine"]
    assert labels(now) == ["0 - no pain", *ELEVEN[1:10], "10 - worst pain imaginable"]
    pain, enjoyment, activity = shipped("peg").body.items
    assert labels(pain) == ["0 - No pain", *ELEVEN[1:10], "10 - Pain as bad as you can imagine"]
    assert labels(enjoyment) == ["0 - Does not interfere", *ELEVEN[1:10], "10 - Completely interferes"]
    assert activity.options == enjoyment.options
    assert [option.value for option in average.options] == list(range(11))


def test_the_seven_answers_of_pgic_run_from_best_to_worst(shipped):
    assert shipped("pgic").body.items[0].options == (
        Option(1, "Very much improved"),
        Option(2, "Much improved"),
        Option(3, "Minimally improved"),
        Option(4, "No change"),
        Option(5, "Minimally worse"),
        Option(6, "Much worse"),
        Option(7, "Very much worse"),
    )


def test_a_sentence_is_ticked_or_not_and_the_ninth_keeps_the_spelling_of_1983(shipped):
    ninth = shipped("rmdq-24").body.items[8]
    assert ninth.text == "I get dressed more slowly then usual because of my back."
    assert ninth.options == (Option(0, "not ticked"), Option(1, "ticked: describes me today"))


def test_codes_that_could_not_be_confirmed_are_left_out(shipped):
    assert [item.loinc for item in shipped("peg").body.items] == ["75893-8", "", ""]
    assert [item.loinc for item in shipped("pain-nrs").body.items] == ["75893-8", "72514-3"]
    assert (shipped("peg").body.loinc_panel, shipped("peg").body.loinc_score) == ("91148-7", "91147-9")
    assert {item.loinc for id in ("pgic", "rmdq-24") for item in shipped(id).body.items} == {""}


def test_an_instrument_that_is_not_there_is_answered_with_those_that_are(shipped):
    with pytest.raises(BadInput) as refusal:
        shipped("oxford")
    assert str(refusal.value) == f"there is no entry 'oxford' among the instruments; there are: {', '.join(IDS)}"
