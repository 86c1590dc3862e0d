"""A file that holds a wording, read by its ending: each fault is one sentence that names the file and the place."""

import pytest

from enthesis.knowledge import BadInput
from enthesis.outcomes import wording_of_text
from enthesis.outcomes.wording import Worded

CSV = "id,text,0,1,2\none,First question,never,sometimes,always\n two ,Second question,no,maybe,yes\n"
TOML = """instructions = "Choose one."
language = "es"
[[questions]]
id = "one"
text = "First question"
answers = ["never", "sometimes", "always"]
"""


def test_a_table_has_a_row_for_each_question_and_a_column_for_each_number():
    found = wording_of_text(CSV, name="words.csv")
    assert found.questions == (
        Worded("one", "First question", ("never", "sometimes", "always")),
        Worded("two", "Second question", ("no", "maybe", "yes")),
    )
    assert (found.instructions, found.language) == ("", "en")


def test_columns_stand_in_any_order_and_numbers_are_numbers_not_words():
    mixed = "10,text,9,id\nten,Question,nine,one\n"
    assert wording_of_text(mixed, name="words.csv").questions == (Worded("one", "Question", ("nine", "ten")),)


def test_a_number_of_four_digits_is_the_longest_an_answer_may_count():
    assert wording_of_text("id,text,9999\none,Question,many\n", name="a.csv").questions[0].answers == ("many",)


@pytest.mark.parametrize("name", ["words.csv", "WORDS.CSV", "a.toml.csv"])
def test_the_ending_says_how_a_file_is_read(name):
    assert len(wording_of_text("\ufeff" + CSV, name=name).questions) == 2
    with pytest.raises(BadInput, match=f"^{name}: "):
        wording_of_text(TOML, name=name)


@pytest.mark.parametrize("name", ["words.toml", "words", "csv"])
def test_anything_else_is_read_as_toml(name):
    found = wording_of_text(TOML, name=name)
    assert (found.instructions, found.language, len(found.questions)) == ("Choose one.", "es", 1)
    with pytest.raises(BadInput, match=f"^{name}: this is not TOML"):
        wording_of_text(CSV, name=name)


def test_what_is_said_beside_the_file_goes_before_what_stands_in_it_and_silence_does_not():
    said = wording_of_text(TOML, name="a.toml", instructions="Mark one.", language="fr")
    assert (said.instructions, said.language) == ("Mark one.", "fr")
    assert wording_of_text(TOML, name="a.toml", instructions="", language="").language == "es"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "a.csv: the columns are id,text and one column for each number, such as id,text,0,1,2,3,4,5"),
        ("id,0,1\n", "a.csv: the columns are id,text"),
        ("id,text,0,words\n", "a.csv: the columns are id,text"),
        ("id,text,0,0\n", "a.csv: the columns are id,text"),
        ("id,text,\u00b2\n", "a.csv: the columns are id,text"),  # a digit, and no number
        ("id,text,99999\n", "a.csv: the columns are id,text"),
        ("id,text,0\n", "a.csv: questions: a list of questions"),
        ("id,text,0\none,First\n", "a.csv: row of 'one': another number of cells than columns"),
        ("id,text,0\none,First,no,yes\n", "a.csv: row of 'one': another number of cells than columns"),
        ('id,text,0\none,"First,no\n', "a.csv: row 2: unexpected end of data"),
        ('id,text,0\none,"First"x,no\n', "a.csv: row 2: "),
        ("id,text,0\none,First,no\none,Again,no\n", "a.csv: questions: one is there twice"),
    ],
)
def test_a_table_at_fault_is_refused_by_file_and_place(text, says):
    with pytest.raises(BadInput) as refused:
        wording_of_text(text, name="a.csv")
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("questions = [", "a.toml: this is not TOML (Invalid value"),
        (
            "a = " + "9" * 5000,
            "a.toml: this is not TOML (Exceeds the limit (4300 digits) for integer string conversion",
        ),
        ("a = " + "[" * 100_000, "a.toml: this is not TOML (nested too deeply)"),
        ("", "a.toml: questions: a list of questions"),
        ("wordings = 1", "a.toml: wordings: expected questions, instructions and language"),
    ],
)
def test_toml_at_fault_is_refused_by_file(text, says):
    with pytest.raises(BadInput) as refused:
        wording_of_text(text, name="a.toml")
    assert str(refused.value).startswith(says)
    assert "sys." not in str(refused.value)  # how Python's own limit is raised is nothing for a clinic
