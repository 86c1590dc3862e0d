"""The account of the research: each of its rows is in an entry or a module, or is left out with a reason."""

import csv
from pathlib import Path

import pytest

from enthesis.catalogue import KINDS
from enthesis.knowledge import Library
from enthesis.screening import Rule

ROOT = Path(__file__).parents[2]
LIBRARY = Library.shipped()
FOLDERS = {kind.folder for kind in KINDS}
with (ROOT / "docs" / "research_rows.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
BY_ROW = {row["row"]: row for row in ROWS}


def numbered(*series):
    """The names of rows, from series such as "RF 1-7"."""
    for one in series:
        name, numbers = one.rsplit(" ", 1)
        first, last = (int(number) for number in numbers.split("-"))
        width = "" if name.endswith(("-L", "-I", "-H", "-X")) else "-"
        yield from (f"{name}{width}{number:02}" for number in range(first, last + 1))


FIRST_READING = tuple(
    numbered(
        "INF 1-6", "ALG 1-4", "LA 1-9", "BLD 1-5", "AC-L 1-18", "AC-I 1-16", "AC-H 1-7", "NS 1-10", "RX 1-3",
        "ST 1-4", "DM 1-4", "IM 1-3", "CA 1-2", "PR 1-2", "PX 1-2", "FX 1-2", "BP 1-1", "DX 1-11", "SER 1-4",
        "RF 1-7",
    )
)  # fmt: skip
SECOND_READING = tuple(
    numbered(
        "AC-X 0-5", "LA 10-12", "ALG 5-6", "SPX 1-1", "RF 8-10", "VV 1-1", "GL 1-1", "OP 1-1", "FO 1-1", "FC 1-2",
    )
)  # fmt: skip

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["row"])


def there_is(name):
    """An entry of the library by folder and id, or a file of the project."""
    folder, _, rest = name.partition("/")
    return rest in LIBRARY.files(folder) if folder in FOLDERS else (ROOT / name).is_file()


def test_the_first_reading_had_120_rows_and_the_second_added_21():
    assert (len(FIRST_READING), len(SECOND_READING)) == (120, 21)


def test_every_row_is_accounted_for_once():
    assert sorted(row["row"] for row in ROWS) == sorted((*FIRST_READING, *SECOND_READING))


@every_row
def test_a_row_became_something_or_is_left_out_with_a_reason(row):
    assert row["finding"]
    assert bool(row["became"]) != bool(row["left_out_because"])


@every_row
def test_what_a_row_became_is_there(row):
    names = [name.strip() for name in row["became"].split(";") if name.strip()]
    assert [name for name in names if not there_is(name)] == []
    assert len(names) == len(set(names))


@every_row
def test_a_reason_is_a_sentence(row):
    reason = row["left_out_because"]
    assert not reason or (len(reason) > 40 and reason.endswith("."))


def test_what_is_left_out_can_be_counted_on_the_fingers_of_a_few_hands():
    """Whoever leaves another row out changes this list, and is seen to do so."""
    assert sorted(name for name, row in BY_ROW.items() if row["left_out_because"]) == [
        "AC-H02", "AC-H03", "AC-H04", "AC-H05", "AC-H06", "AC-H07", "AC-I12", "AC-I13", "AC-I14", "AC-I16", "AC-L18",
        "LA-09", "RX-01",
    ]  # fmt: skip


def test_every_rule_but_those_about_the_record_itself_answers_to_a_row():
    named = {name.strip() for row in ROWS for name in row["became"].split(";")}
    rules = {f"rules/{entry.id}" for entry in LIBRARY.entries("rules", Rule)}
    assert rules - named == {
        "rules/medicine-not-recognised",
        "rules/medicines-contradict",
        "rules/new-nerve-signs",
        "rules/nsaid-eye-drops",
        "rules/record-not-read",
    }


def test_what_only_trials_exclude_became_a_rule_that_informs():
    for name in ("AC-L17", "DM-01", "IM-01", "FX-02", "BLD-04"):
        first = BY_ROW[name]["became"].split(";")[0].removeprefix("rules/")
        assert LIBRARY.entry("rules", first, Rule).body.scope == "trial"


def test_what_is_only_about_the_dose_in_the_syringe_says_nothing_to_patients():
    """Children and pregnancy have rows of their own, whose text a patient may read."""
    became = {name.strip() for row in ROWS if row["row"].startswith("LA-") for name in row["became"].split(";")}
    rules = {name.removeprefix("rules/") for name in became if name.startswith("rules/")} - {"child", "pregnancy"}
    assert len(rules) == 7
    assert [id for id in rules if LIBRARY.entry("rules", id, Rule).body.to_patient] == []
