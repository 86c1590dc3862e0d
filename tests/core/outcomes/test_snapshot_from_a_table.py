"""A clinic's own spreadsheet becomes a snapshot: read whole, or told row by row what is wrong with it."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import instruments
from enthesis.outcomes.snapshot import (
    Codebook,
    Row,
    codebook_as_json,
    codebook_as_markdown,
    codebook_from_json,
    csv_of,
    parquet_of,
    read_mapping,
    read_sheet,
    reopened,
    rows_of_sheet,
    scales_of,
    snapshot,
    starter,
)

LIBRARY = Library.shipped()
LONG = """
[columns]
course = "Fall"
instrument = "Bogen"
week = "Woche"
score = "Wert"
sex = "m/w"
answered_on = "Tag"
enrolled_on = "Beginn"
[fixed]
clinic = "Hafen"
treatment = "dextrose-prolotherapy"
[values.sex]
m = "male"
w = "female"
[covariates]
months = "Dauer"
"""
HEAD = "Fall;Bogen;Woche;Wert;m/w;Tag;Beginn;Dauer"
GOOD = "7;pain-nrs;0;6,5;w;01.02.2026;01.02.2026;14"


def read(text, mapping=LONG, encoding="utf-8", dates='dates = "%d.%m.%Y"\n'):
    mapped = read_mapping((dates + mapping).encode(), "table.columns.toml")
    scales = scales_of(LIBRARY, [entry.id for entry in instruments(LIBRARY)] + list(mapped.declared), mapped.declared)
    sheet = read_sheet(text.encode(encoding), "table.csv", encoding=mapped.encoding, delimiter=mapped.delimiter)
    return rows_of_sheet(sheet, mapped, {scale.id: scale for scale in scales}, "table.csv")


def book(**more):
    usual = dict.fromkeys(("digest", "library", "version"), "") | {"rows": 0, "courses": 0, "columns": (), "scales": ()}
    return Codebook(**{"taken_on": "2026-11-26", "made_from": "a test", "simulated": False} | usual | more)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_a_spreadsheet_as_clinics_keep_it(encoding):
    """Semicolons, comma decimals, German dates, umlauts in any usual encoding."""
    rows, rejected = read(f"{HEAD}\n{GOOD}\nMüller-2;pain-nrs;13;;m;;01.02.2026;\n", encoding=encoding)
    assert rejected == ()
    first, second = rows
    assert (first.course, first.score, first.sex, first.clinic, first.more) == (
        "7",
        6.5,
        "female",
        "Hafen",
        {"months": 14.0},
    )
    assert (second.course, second.answered, second.score, second.due) == ("Müller-2", False, None, True)


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ("7;pain-nrs;0;;w;;01.02.2026;", "the row", "one row for each course, instrument and week; row 2 is the first"),
        ("8;pain-nrs;0;11;w;;;", "score", "a score of pain-nrs, 0 to 10"),
        ("8;pain-nrs;0;much;w;;;", "score", "a number"),
        ("8;pain-nrs;0;1,500;w;;;", "score", "could be read two ways"),
        ("8;pain-nrs;0;inf;w;;;", "score", "a number"),
        ("8;pain-nrs;-14;5;w;;;", "week", "-13 or later; before it nobody was enrolled"),
        ("8;pain-nrs;;5;w;;;", "week", "a number"),
        ("8;vas;0;5;w;;;", "instrument", "one of"),
        (";pain-nrs;0;5;w;;;", "course", "a number or name for each course"),
        ("8;pain-nrs;0;5;w;2026-02-01;;", "answered_on", "a date written %d.%m.%Y"),
        ("8;pain-nrs;0;5;w;01.02.2025;01.02.2026;", "answered_on", "no more than 13 weeks before enrolment"),
        ("8;pain-nrs;0;5", "the row", "8 cells"),
        ("7;pain-nrs;13;5;m;;01.02.2026;", "sex", "the same in every row of course 7, as in row 2"),
    ],
)
def test_a_row_at_fault_is_named_with_its_field_and_what_was_expected(row, field, expected):
    _, (rejected,) = read(f"{HEAD}\n{GOOD}\n{row}\n")
    assert (rejected.row, rejected.field) == (3, field)
    assert expected in rejected.expected
    assert "row 3" in rejected.in_words


def test_every_row_at_fault_is_reported_and_not_only_the_first():
    rows, rejected = read(f"{HEAD}\n8;pain-nrs;0;11;w;;;\n{GOOD}\n9;pain-nrs;0;?;w;;;\n")
    assert ([one.row for one in rejected], len(rows)) == ([2, 4], 1)


def test_a_table_with_one_row_for_each_person():
    mapping = """
        [columns]
        course = "id"
        status = "fate"
        due = "asked"
        [values.status]
        lost = "withdrawn"
        [instruments]
        headache = "0:100:higher-is-worse:important=9"
        [[scores]]
        column = "before"
        instrument = "headache"
        week = 0
        [[scores]]
        column = "after 12 mo"
        instrument = "headache"
        week = 52
    """
    rows, rejected = read("id,before,after 12 mo,fate,asked\na,20.5,.,lost,yes\nb,31,12,,no\n", mapping)
    assert rejected == ()
    assert [(r.course, r.week, r.score, r.status, r.due) for r in rows] == [
        ("a", 0, 20.5, "withdrawn", True),
        ("a", 52, None, "withdrawn", True),
        ("b", 0, 31.0, "in care", False),
        ("b", 52, 12.0, "in care", False),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "table.csv: empty"),
        (HEAD, "a row of column names and nothing below it"),
        (f"{HEAD};Fall\n{GOOD};1\n", "column 'Fall' is there twice"),
        (f"{HEAD.replace('Wert', 'Score')}\n{GOOD}\n", "there is no column 'Wert'; there are: Fall, Bogen"),
        ("PK\x03\x04", "save the sheet as CSV first"),
    ],
)
def test_a_table_that_cannot_be_read_at_all_is_one_sentence(text, sentence):
    with pytest.raises(BadInput, match=sentence):
        read(text)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[columns]\nweek = 'w'", "say which column names the course"),
        ("[columns]\ncourse = 'c'\nsurgeon = 's'", "'surgeon' is not a column of a snapshot"),
        ("[columns]\ncourse = 'c'\nweek = 'w'", "'instrument' is missing"),
        (LONG + "[[scores]]\ncolumn = 'x'\ninstrument = 'peg'\nweek = 1", "not both"),
        ("[columns\n", "not readable as TOML"),
        ("colums = 3", "colums"),
        (LONG + "[instruments]\nheadache = '0:100'", "expected NAME=LOWEST:HIGHEST"),
    ],
)
def test_a_mapping_at_fault_names_the_file_and_the_field(mapping, sentence):
    with pytest.raises(BadInput, match=sentence) as refused:
        read(f"{HEAD}\n{GOOD}\n", mapping)
    assert "table.columns.toml" in str(refused.value) or "--instrument" in str(refused.value)


def test_a_mapping_to_begin_with_fills_in_what_bears_its_own_name():
    made = starter(read_sheet(b"course,Week,VAS\n1,0,5\n", "old.csv"), "old.csv")
    assert 'course = "course"' in made
    assert 'week = "Week"' in made
    assert "# not yet used: VAS" in made


def test_the_same_rows_in_any_order_are_the_same_bytes_and_come_back():
    rows, _ = read(f"{HEAD}\n{GOOD}\n8;peg;0;5;w;;;3\n7;pain-nrs;13;2;w;;01.02.2026;14\n")
    one, other = snapshot(rows, book()), snapshot(rows[::-1], book())
    assert (parquet_of(one), csv_of(one.table), one.book.digest) == (
        parquet_of(other),
        csv_of(other.table),
        other.book.digest,
    )
    again = reopened(parquet_of(one))
    assert (again.table, again.book) == (one.table, one.book)
    changed = snapshot(
        [*rows[1:], Row(course="7", instrument="pain-nrs", week=0, due=True, answered=True, score=6.4)], book()
    )
    assert changed.book.digest != one.book.digest


def test_the_codebook_says_what_scores_mean():
    made = snapshot(
        read(f"{HEAD}\n{GOOD}\n")[0], book(scales=scales_of(LIBRARY, ["pain-nrs", "pgic"], {}), simulated=True)
    )
    text = codebook_as_markdown(made.book)
    assert "| pain-nrs | 1-week recall | 0 to 10 | higher | 2 (" in text
    assert "| pgic |" in text
    assert "Simulated" in text
    assert codebook_from_json(codebook_as_json(made.book)) == made.book
    with pytest.raises(BadInput, match="another program or version"):
        codebook_from_json({"form": "something else"})


def test_a_file_of_another_program_has_no_codebook():
    out = pa.BufferOutputStream()
    pa.parquet.write_table(pa.table({"course": ["a"]}), out)
    with pytest.raises(BadInput, match="there is no codebook inside"):
        reopened(out.getvalue().to_pybytes())


def test_a_snapshot_without_a_row_is_refused():
    with pytest.raises(BadInput, match="there is no row"):
        snapshot([], book())


@given(st.binary(max_size=400))
def test_whatever_bytes_come_they_are_read_or_refused_in_a_sentence(content):
    said = "noise.csv"
    try:
        assert read_sheet(content, "noise.csv").rows
    except BadInput as refused:
        said = str(refused)
    assert said.startswith("noise.csv")


@given(st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\0,;\t|'), max_size=12))
def test_whatever_stands_in_a_cell_the_row_is_kept_or_named(cell):
    rows, rejected = read(f"{HEAD}\n7;pain-nrs;0;{cell};w;;;\n")
    assert len(rows) + len(rejected) == 1
    assert all(0 <= row.score <= 10 for row in rows if row.score is not None)


REPEATED = """
baseline = "before"
[columns]
course = "id"
week = "time"
score = "now"
due = "asked"
[fixed]
instrument = "pain-nrs"
"""


def test_a_score_before_treatment_that_every_row_repeats_becomes_one_row_at_week_0():
    rows, rejected = read("id,time,asked,before,now\n1,13,no,7,\n1,26,yes,7,4\n", REPEATED)
    assert rejected == ()
    assert [(row.week, row.score, row.due) for row in rows] == [(0, 7, True), (13, None, False), (26, 4, True)]


def test_two_scores_before_treatment_of_one_course_are_told():
    rows, rejected = read("id,time,asked,before,now\n1,13,yes,7,5\n1,26,yes,6,4\n", REPEATED)
    assert [(one.row, one.field) for one in rejected] == [(3, "before")]
    assert [row.score for row in rows if row.week == 0] == [7]


def test_a_repeated_score_and_score_columns_exclude_each_other():
    with pytest.raises(BadInput, match="the baseline is a score column too"):
        read(
            "id,p\n1,2\n",
            'baseline = "p"\n[columns]\ncourse = "id"\n[[scores]]\ncolumn = "p"\ninstrument = "pain-nrs"\nweek = 6\n',
        )


def test_other_treatments_of_a_clinics_own_table_are_read_where_it_has_them_and_never_made_up():
    mapping = LONG.replace("[fixed]", 'beside = "Daneben"\nintercurrent = "Eingriff"\n[fixed]')
    table = f"{HEAD};Daneben;Eingriff\n{GOOD};;\n7;pain-nrs;26;3;w;;01.02.2026;14;physiotherapy; operation"
    rows, rejected = read(table.replace("physiotherapy; ", "physiotherapy;"), mapping=mapping)
    assert rejected == ()
    assert [(row.beside, row.intercurrent) for row in rows] == [("", ""), ("physiotherapy", "operation")]
    [unsaid], _ = read(f"{HEAD}\n{GOOD}")
    assert (unsaid.beside, unsaid.intercurrent) == (None, None)
