"""Reading the library: what is asked of every entry, and one sentence naming file and field when it is missing."""

from dataclasses import dataclass
from datetime import date

import pytest
from tests.core.knowledge.conftest import BOOKS, RECIPE

from enthesis.knowledge import BadInput, Citation, Library, LibraryError, Review, Source, Strength, read_toml
from enthesis.knowledge.library import SHIPPED


@dataclass(frozen=True)
class Recipe:
    """A made-up shape: how many cups, and the steps."""

    cups: int
    steps: tuple[str, ...]
    eaten_on: date | None = None


def test_an_entry_is_read_in_the_shape_of_the_room_that_asks(shelf):
    [soup] = shelf(soup=RECIPE).entries("recipes", Recipe)
    assert (soup.kind, soup.id, soup.title, soup.path) == ("recipes", "soup", "Soup", "recipes/soup.toml")
    assert soup.body == Recipe(3, ("boil", "serve"))
    assert soup.sources == (Citation("smith-2001", "three cups"),)
    assert soup.review == Review("A cook", date(2026, 1, 2), date(2028, 1, 2))
    assert soup.examples == ({"story": "three cups"},)


def test_entries_come_in_order_of_id_and_are_read_once(shelf):
    library = shelf(soup=RECIPE, a_bread=RECIPE.replace('id = "soup"', 'id = "a-bread"'))
    read = library.entries("recipes", Recipe)
    assert [entry.id for entry in read] == ["a-bread", "soup"]
    assert library.entries("recipes", Recipe) is read
    assert library.kinds == ("recipes",)


def test_a_kind_nobody_has_is_empty(shelf):
    assert shelf().entries("sauces", Recipe) == ()


def test_the_bibliography_holds_each_source_once(shelf):
    source = Source("Smith 2001", "On recipes", "https://example.org/smith", Strength.TRIAL)
    assert shelf().bibliography == {"smith-2001": source}
    assert shelf(folder="bare", books=None).bibliography == {}


def test_one_entry_by_id_or_a_sentence_with_those_there_are(shelf):
    library = shelf(soup=RECIPE)
    assert library.entry("recipes", "soup", Recipe).id == "soup"
    with pytest.raises(LibraryError) as error:
        library.entry("recipes", "stew", Recipe)
    assert str(error.value) == "there is no entry 'stew' among the recipes; there are: soup"
    with pytest.raises(LibraryError) as error:
        library.entry("sauces", "pesto", Recipe)
    assert str(error.value) == "there is no entry 'pesto' among the sauces; there are: none"


def test_the_data_as_written_can_be_had(shelf):
    assert shelf(soup=RECIPE).raw("recipes", "soup")["cups"] == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "soup"\n', "", "every entry needs 'id', and this one has none"),
        ('title = "Soup"\n', "", "every entry needs 'title', and this one has none"),
        ("[[sources]]\n", "[[witnesses]]\n", "every entry needs 'sources', and this one has none"),
        ("[review]\n", "[opinion]\n", "every entry needs 'review', and this one has none"),
        ('id = "soup"', 'id = "stew"', "the id 'stew' must equal the file's name, in lower case with hyphens"),
        ("cups = 3\n", "", "required field missing @ $.cups"),
        ("cups = 3", 'cups = "many"', "invalid value for type, expected int @ $.cups"),
        ("cups = 3", "cups = 3\ncolour = 1", "extra fields found (colour) @ $"),
        ("supports", "support", "required field missing @ $.supports; extra fields found (support) @ $"),
        ("written_by", "writer", "required field missing @ $.written_by; extra fields found (writer) @ $"),
        ("2026-01-02", '"2026-01-02"', "invalid value for type, expected date @ $.written_on"),
        (
            "cups = 3",
            'cups = 3\neaten_on = "May"',
            "invalid value for type, expected datetime.date | None @ $.eaten_on",
        ),
        ("smith-2001", "smith-1999", "cites 'smith-1999', which is not in bibliography.toml"),
        ("cups = 3", "cups = = 3", "not readable as TOML: "),
    ],
)
def test_what_is_wrong_is_said_with_file_and_field(shelf, old, new, said):
    with pytest.raises(LibraryError) as error:
        shelf(soup=RECIPE.replace(old, new, 1)).entries("recipes", Recipe)
    assert str(error.value).startswith("recipes/soup.toml: ")
    assert said in str(error.value)


def test_an_entry_without_a_source_is_an_opinion(shelf):
    bare = RECIPE.replace('[[sources]]\ncite = "smith-2001"\nsupports = "three cups"\n', "").replace(
        "cups = 3", "cups = 3\nsources = []"
    )
    with pytest.raises(LibraryError) as error:
        shelf(soup=bare).entries("recipes", Recipe)
    assert str(error.value) == "recipes/soup.toml: an entry without a source is an opinion; cite at least one"


@pytest.mark.parametrize("name", ["Soup", "soup--2", "soup-"])
def test_a_name_that_is_no_id_is_refused(shelf, name):
    with pytest.raises(LibraryError, match="in lower case with hyphens"):
        shelf(**{name: RECIPE.replace('id = "soup"', f'id = "{name}"')}).entries("recipes", Recipe)


def test_a_source_that_does_not_fit_names_the_bibliography(shelf):
    with pytest.raises(LibraryError) as error:
        shelf(books=BOOKS.replace('"trial"', '"rumour"')).bibliography  # noqa: B018 -- reading it is the test
    assert str(error.value) == "shipped/bibliography.toml: invalid value for type, expected Strength @ $.strength"


def test_bytes_that_are_no_text_are_not_readable(tmp_path):
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(LibraryError, match=r"odd\.toml: not readable as TOML: "):
        read_toml(tmp_path / "odd.toml")


def test_a_clinics_own_entry_replaces_the_shipped_one(shelf):
    shipped = shelf(soup=RECIPE, stew=RECIPE.replace('id = "soup"', 'id = "stew"'))
    own = shelf(folder="own", books=None, soup=RECIPE.replace("cups = 3", "cups = 4"))
    both = Library((*shipped.roots, *own.roots))
    assert [(entry.id, entry.body.cups) for entry in both.entries("recipes", Recipe)] == [("soup", 4), ("stew", 3)]
    assert both.fingerprint != shipped.fingerprint


def test_a_clinics_own_sources_are_added(shelf):
    own = shelf(folder="own", books=BOOKS.replace("smith-2001", "jones-2002"))
    both = Library((*shelf().roots, *own.roots))
    assert sorted(both.bibliography) == ["jones-2002", "smith-2001"]


def test_the_shipped_library_is_the_first_root(tmp_path):
    assert Library.shipped(tmp_path).roots == (SHIPPED, tmp_path)
    assert Library.shipped().roots == (SHIPPED,)


def test_a_library_error_is_bad_input():
    assert issubclass(LibraryError, BadInput)
    assert issubclass(BadInput, ValueError)


@pytest.mark.parametrize("strength", list(Strength))
def test_strengths_have_one_order(strength):
    assert [str(one) for one in Strength].index(strength) == [
        "guideline", "label", "trial", "trial-protocol", "review", "clinic-practice", "series", "reference",
        "judgement",
    ].index(strength)  # fmt: skip
