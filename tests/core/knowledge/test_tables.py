"""Tables of the library: every row has its locator, and a wrong cell is named by file, row and column."""

from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, LibraryError, cells_of, read_table, row_of


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Pebble:
    name: str
    locator: str
    colour: Colour = Colour.RED
    grams: float | None = None
    count: int = 1
    wet: bool = False

    def __post_init__(self):
        if self.count < 1:
            raise BadInput(f"column 'count': {self.count} pebbles are none")


def read(text):
    return read_table(text, Pebble, name="beach/pebbles.csv")


def test_a_row_is_read_by_the_names_of_its_columns_in_any_order():
    assert read("locator,grams,name\npage 3,1.5,flint\n") == (Pebble("flint", "page 3", grams=1.5),)


def test_a_row_without_a_locator_does_not_load():
    with pytest.raises(LibraryError) as refused:
        read("name,locator\nflint,page 3\nchalk,\n")
    assert str(refused.value) == "beach/pebbles.csv, row 3, column 'locator': empty, and a row without it does not load"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "beach/pebbles.csv: empty; a row of column names was expected"),
        ("name\nflint\n", "beach/pebbles.csv: column 'locator' is missing"),
        (
            "name,locator,size\n",
            "beach/pebbles.csv: column 'size' is not known; there are: name, locator, colour, grams, count, wet",
        ),
        ("name,locator,name\n", "beach/pebbles.csv: column 'name' is there twice"),
        ("name,locator\nflint\n", "beach/pebbles.csv, row 2: 1 cells where there are 2 columns"),
        (
            'name,locator,grams\nflint,p,"1,5"\n',
            "beach/pebbles.csv, row 2, column 'grams': '1,5' where a number such as 1.5 was expected; write a decimal point, not a comma",
        ),
        (
            "name,locator,grams\nflint,p,inf\n",
            "beach/pebbles.csv, row 2, column 'grams': 'inf' where a number such as 1.5 was expected",
        ),
        (
            "name,locator,count\nflint,p,2.5\n",
            "beach/pebbles.csv, row 2, column 'count': '2.5' where a whole number was expected",
        ),
        (
            "name,locator,colour\nflint,p,green\n",
            "beach/pebbles.csv, row 2, column 'colour': 'green' where one of these was expected: red, blue",
        ),
        (
            "name,locator,wet\nflint,p,true\n",
            "beach/pebbles.csv, row 2, column 'wet': 'true' where one of these was expected: yes, no",
        ),
        ("name,locator,count\nflint,p,0\n", "beach/pebbles.csv, row 2: column 'count': 0 pebbles are none"),
        ('name,locator\n"flint,p\n', "beach/pebbles.csv, line 2: not readable as CSV: unexpected end of data"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_row_and_column(text, said):
    with pytest.raises(LibraryError) as refused:
        read(text)
    assert str(refused.value) == said


def test_a_mark_at_the_start_windows_line_ends_and_blank_lines_do_not_matter():
    assert read("\ufeffname,locator\r\nflint,page 3\r\n\r\n") == (Pebble("flint", "page 3"),)


def test_a_blank_line_still_counts_as_a_row_of_the_spreadsheet():
    with pytest.raises(LibraryError, match="row 4"):
        read("name,locator\nflint,p\n,\nchalk,\n")


@given(
    st.builds(
        Pebble,
        name=st.sampled_from(["flint", "a,b", 'say "hi"']),
        locator=st.just("page 3"),
        colour=st.sampled_from(Colour),
        grams=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        count=st.integers(1, 1000),
        wet=st.booleans(),
    )
)
def test_a_row_comes_back_from_the_cells_it_is_written_with(pebble):
    assert row_of(cells_of(pebble), Pebble, name="form") == pebble
