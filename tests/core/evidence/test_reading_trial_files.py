"""A trial file: what is read from it, and the one sentence that says what is wrong with it, where, and what to do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis import evidence
from enthesis.knowledge import BadInput

ARMS = "study,treatment,n,mean,sd\n"
EVENTS = "study,treatment,n,events\n"
CONTRASTS = "study,treatment1,treatment2,estimate,se\n"


def read(content, **choices):
    return evidence.read_trials(content, source="t.csv", **choices)


def said(content, **choices):
    """The sentence of a refusal."""
    with pytest.raises(BadInput) as refused:
        trials = read(content, **choices)
        evidence.contrasts(trials, measure=choices.get("measure"))
    return str(refused.value)


REFUSED = {
    "a negative SD": (
        ARMS + "a,dex,20,3,1\na,sal,20,4,-1\n",
        "t.csv: row 3, column sd: -1 is below zero; an SD cannot be, check the sign",
    ),
    "an SD of zero": (
        ARMS + "a,dex,20,3,1\na,sal,20,4,0\n",
        "t.csv: row 3, column sd: an SD of zero would give study a infinite weight; check it",
    ),
    "a negative SE": (
        CONTRASTS + "a,dex,sal,1,-0.2\n",
        "t.csv: row 2, column se: -0.2 is below zero; an SE cannot be, check the sign",
    ),
    "more events than people": (
        EVENTS + "a,dex,20,21\na,sal,20,4\n",
        "t.csv: row 2, column events: 21 is more than the n of the same row; check that they were not exchanged",
    ),
    "a share as events": (
        EVENTS + "a,dex,20,3\na,sal,20,0.4\n",
        "t.csv: row 3, column events: 0.4 is not a whole number; events are counted in people (for a share or a percentage, multiply by n)",
    ),
    "negative events": (
        EVENTS + "a,dex,20,-3\na,sal,20,4\n",
        "t.csv: row 2, column events: -3 is below zero; a count of events was expected",
    ),
    "nobody in an arm": (
        EVENTS + "a,dex,0,0\na,sal,20,4\n",
        "t.csv: row 2, column n: 0 people in an arm; at least 1 were expected",
    ),
    "one person with a spread": (
        ARMS + "a,dex,1,3,1\na,sal,20,4,1\n",
        "t.csv: row 2, column n: 1 people in an arm with a spread; at least 2 were expected",
    ),
    "a trial with one arm": (
        ARMS + "a,dex,20,3,1\na,sal,20,4,1\nb,dex,20,3,1\n",
        (
            "t.csv: row 4, column study: study 'b' has one arm only, so it compares nothing; add its other arm, or take the row out "
            "(a file of single groups has no column 'treatment')"
        ),
    ),
    "an arm twice": (
        ARMS + "a,dex,20,3,1\na,sal,20,4,1\na,dex,20,3,1\n",
        "t.csv: row 4, column treatment: study 'a' has 'dex' twice (also row 2); take one out, or give two studies two names",
    ),
    "a contrast twice, the other way round": (
        CONTRASTS + "a,dex,sal,1,0.2\na,sal,dex,-1,0.2\n",
        "t.csv: row 3, column treatment1: study 'a' has 'sal' twice against 'dex' (also row 2); take one out, or give two studies two names",
    ),
    "a study twice": (
        "study,estimate,se\na,1,0.2\nb,1,0.2\na,2,0.2\n",
        "t.csv: row 4, column study: study 'a' stands in the file twice (also row 2); take one out, or give two studies two names",
    ),
    "a treatment against itself": (
        CONTRASTS + "a,dex,dex,1,0.2\n",
        "t.csv: row 2, column treatment2: 'dex' is compared with itself; name the other one",
    ),
    "a slip in a name": (
        ARMS
        + "a,dextrose,20,3,1\na,placebo,20,4,1\nb,dextrose,20,3,1\nb,plcebo,20,4,1\nc,dextrose,9,3,1\nc,placebo,9,4,1\n",
        (
            "t.csv: row 5, column treatment: 'plcebo' (1 row) is nearly 'placebo' (2 rows); did you mean 'placebo'? Correct it; "
            "if they are two treatments, say so with --keep-names (keep_names=True)"
        ),
    ),
    "a decimal comma": (
        ARMS + 'a,dex,20,"3,5",1\na,sal,20,4,1\n',
        "t.csv: row 2, column mean: '3,5' is written with a comma; write '3.5', with a point and no thousands mark",
    ),
    "a decimal comma that makes a cell": (
        ARMS + "a,dex,20,3,5,1\n",
        "t.csv: row 2: 6 cells where the header has 5; is a number written with a comma? write 0.5, not 0,5",
    ),
    "a number that a spreadsheet made a date": (
        ARMS + "a,dex,20,05-Mar,1\na,sal,20,4,1\n",
        "t.csv: row 2, column mean: '05-Mar' is a date, most likely made of a number by a spreadsheet; format the column as text, type it again",
    ),
    "a percent sign": (
        EVENTS + "a,dex,20,15%\na,sal,20,4\n",
        "t.csv: row 2, column events: '15%' has a percent sign; write the number alone",
    ),
    "a word for a number": (
        ARMS + "a,dex,twenty,3,1\na,sal,20,4,1\n",
        "t.csv: row 2, column n: 'twenty' is not a number; a number was expected in 'n', or an empty cell where it is not known",
    ),
    "an infinite number": (
        ARMS + "a,dex,inf,3,1\na,sal,20,4,1\n",
        "t.csv: row 2, column n: 'inf' is not a number; a number was expected in 'n', or an empty cell where it is not known",
    ),
    "an empty file": ("", "t.csv: the file is empty; a header such as study,treatment,n,mean,sd was expected"),
    "a header alone": (
        ARMS,
        "t.csv: there is a header and no row under it; one row for each arm or study was expected",
    ),
    "a workbook": (
        b"PK\x03\x04rest",
        "t.csv: this is a workbook, not text; save the sheet as 'CSV UTF-8' and give that file",
    ),
    "a column twice": ("study,n,n\na,1,2\n", "t.csv: row 1, column n: this name stands twice; rename one of them"),
    "no name of a study": (ARMS + ",dex,20,3,1\n", "t.csv: row 2, column study: empty; a name was expected"),
    "limits exchanged": (
        "study,estimate,lower,upper\na,1,2,0\n",
        "t.csv: row 2, column lower: 2 is above the value in column upper; check whether they were exchanged",
    ),
    "no event anywhere": (
        EVENTS + "a,dex,20,0\na,sal,20,0\n",
        (
            "t.csv: row 2, column events: no study says anything about OR: there are no events, or nothing but events, in any arm; "
            "ask for a risk difference (--measure RD), or keep such studies (--double-zero keep)"
        ),
    ),
    "nothing complete": (
        ARMS + "a,dex,20,,1\na,sal,20,,1\n",
        "t.csv: row 2, column mean: empty, and no row is complete, so there is nothing to analyse",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(case):
    content, sentence = REFUSED[case]
    assert said(content) == sentence


def test_change_and_final_scores_are_never_mixed_silently_in_an_smd():
    content = "study,treatment,n,mean,sd,type\na,dex,20,-3,1,change\na,sal,20,-2,1,change\nb,dex,20,3,1,final\nb,sal,20,4,1,final\n"

    assert said(content, measure="SMD").startswith(
        "t.csv: row 2, column type: changes from baseline and final scores stand in one analysis"
    )
    mixed = evidence.contrasts(read(content), measure="SMD", mixed_scores="allow")
    assert mixed.notes == (
        "t.csv: row 2, column type: changes from baseline and final scores stand in one analysis; a SMD may pool them",
    )
    assert evidence.contrasts(read(content), measure="MD").notes[0].endswith("a MD may pool them")


def test_names_that_differ_in_digits_or_short_words_are_two_treatments():
    names = [
        "dextrose 5%",
        "dextrose 25%",
        "SSRI",
        "SNRI",
        "insulin A",
        "insulin B",
        "usual care",
        "usual care + exercise",
    ]
    rows = "".join(f"s{number},{name},20,3,1\ns{number},saline,20,4,1\n" for number, name in enumerate(names))
    assert len(read(ARMS + rows).treatments) == 9


@pytest.mark.parametrize("other", ["Placebo", "PLACEBO ", "pla-cebo", "plácebo", "placbeo", "placeboo", "placeba"])
def test_other_ways_to_write_a_name_are_asked_about(other):
    rows = f"a,dextrose,20,3,1\na,placebo,20,4,1\nb,dextrose,20,3,1\nb,{other},20,4,1\n"
    assert "did you mean" in said(ARMS + rows)
    assert len(read(ARMS + rows, keep_names=True).treatments) == 3


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + ARMS + "a,dex,20,3.5,1\na,sal,20,4,1\n",
        (ARMS + "a,dex,20,3.5,1\na,sal,20,4,1\n").encode("utf-8-sig"),
        (ARMS + "a,dex,20,3.5,1\na,sal,20,4,1\n").encode("utf-16"),
        ARMS.replace(",", ";") + "a;dex;20;3,5;1\na;sal;20;4;1\n",
        ARMS.replace(",", "\t") + "a\tdex\t20\t3.5\t1\na\tsal\t20\t4\t1\n",
        "Study, Treatment ,N,Mean,SD\r\na, dex ,20,3.5,1\r\n\r\na,sal,20,4,1\r\n",
        "sd,mean,n,treatment,study,,\n1,3.5,20,dex,a,,\n1,4,20,sal,a,,\n",
    ],
    ids=["mark", "utf-8 mark", "utf-16", "semicolons", "tabs", "windows", "order"],
)
def test_the_same_trials_however_the_file_is_written(content):
    trials = read(content)
    assert (trials.studies, trials.treatments) == (("a",), ("dex", "sal"))
    assert trials.numbers["mean"].tolist() == [3.5, 4.0]


def test_a_latin_1_file_is_read_and_said_with_its_row():
    trials = read((ARMS + "Müller,dex,20,3,1\nMüller,sal,20,4,1\n").encode("latin-1"))
    assert trials.studies == ("Müller",)
    assert trials.notes[0].startswith("t.csv: row 2, column study: not UTF-8, read as Windows-1252")


def test_a_standard_error_among_standard_deviations_is_flagged_and_left():
    rows = "a,dex,25,3,2\na,sal,25,4,0.4\nb,dex,25,3,2.2\nb,sal,25,4,2.1\n"
    trials = read(ARMS + rows)
    assert trials.notes == (
        (
            "t.csv: row 3, column sd: 0.4 is far below the other arm of its trial; is it a standard error? "
            "As a standard error it would mean an SD of 2: put it in a column 'se'"
        ),
    )
    assert trials.numbers["sd"][1] == 0.4


def test_one_trial_under_two_names_is_flagged():
    trials = read(ARMS + "a,dex,25,3,2\na,sal,25,4,2\nb,dex,25,3,2\nb,sal,25,4,2\n")
    assert trials.notes == (
        "t.csv: row 4, column study: 'b' has the same numbers as 'a'; is it one trial entered twice?",
    )


def test_an_outcome_not_reported_leaves_the_row_out_and_says_so():
    trials = read(ARMS + "a,dex,25,3,2\na,sal,25,4,2\nb,dex,25,,\nb,sal,25,4,2.2\n")
    assert trials.studies == ("a",)
    assert trials.notes == (
        "t.csv: column mean: empty in 1 rows (4); left out",
        "t.csv: row 5, column study: 'b': no second arm has a result; left out",
    )


def test_numeric_names_are_names():
    assert read(ARMS + "1,10,25,3,2\n1,2,25,4,2\n").treatments == ("2", "10")


def test_nobody_can_change_what_was_read():
    trials = read(ARMS + "a,dex,25,3,2\na,sal,25,4,2\n")
    with pytest.raises(ValueError):
        trials.numbers["mean"][0] = 1.0
    with pytest.raises(AttributeError):
        trials.kind = None


def test_a_table_in_memory_is_read_by_the_same_rules():
    columns = {"study": ["a", "a"], "treatment": ["dex", "sal"], "n": [20, 20], "mean": [3.5, np.nan], "sd": [1.0, 1.0]}
    with pytest.raises(BadInput, match="no study has two arms with results"):
        evidence.trials_from(columns)


def refusal(content):
    """What a file is refused with; nothing when it is read."""
    try:
        evidence.contrasts(read(content))
    except BadInput as refused:
        return str(refused)
    return ""


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(content):
    assert refusal(content).startswith("t.csv: ")


@given(st.text(alphabet="study,treatmn0129.-;\n\t\"'eE%", max_size=200))
def test_no_text_under_a_header_makes_it_stumble(rows):
    assert "\n" not in "".join(refusal(header + rows) for header in (ARMS, EVENTS, CONTRASTS))
