"""A folder or a file of many charts: a table of judgments, and no record stops the rest."""

import csv
import json
import re
import shutil
from datetime import timedelta

import pytest
from tests.edges.generated_charts import generated
from tests.edges.test_command_line import DATA, TODAY, enthesis, refused, written  # noqa: F401 -- fixtures

ON, SITE = TODAY + timedelta(days=10), "lumbar-facet:L4/5:right"
ASKED = ("--on", ON, "--site", SITE, "--as-of", TODAY)
BAD = {
    "broken.json": (b'{"resourceType": "Bundle"', "not JSON at line 1"),
    "empty.json": (b"", "not JSON"),
    "nobody.json": (b'{"resourceType": "Bundle", "type": "collection", "entry": []}', "Patient"),
    "twice.json": (b'{"resourceType": "Bundle", "type": "x", "type": "y"}', "twice"),
    "latin.json": (b'{"resourceType": "Bundle", "id": "\xe9"}', "not UTF-8"),
    "huge.json": (b" " * 20_000_001, "at most 20 MB"),
}


def chart(number):
    return generated(number, TODAY).bundle()


def rows(text):
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture
def folder(tmp_path):
    """Three good charts, one of them in a folder within."""
    place = tmp_path / "charts"
    (place / "north").mkdir(parents=True)
    for name, number in (("b.json", 1), ("a.json", 2), ("north/c.json", 3)):
        (place / name).write_bytes(chart(number))
    (place / "notes.txt").write_text("not a chart")
    return place


def test_a_folder_gives_one_row_for_each_chart_in_order_of_its_name(enthesis, folder):  # noqa: F811
    done = enthesis("screen", folder, *ASKED)
    found = rows(done.stdout)
    assert [row["record"] for row in found] == ["a.json", "b.json", "north/c.json"]
    for row in found:
        alone = json.loads(enthesis("screen", folder / row["record"], *ASKED, "--json").stdout)
        assert (row["decision"], row["earliest"], row["library"]) == (
            alone["decision"],
            alone["earliest"] or "",
            alone["library"],
        )
        assert (row["on"], row["as_of"], row["site"]) == (ON.isoformat(), TODAY.isoformat(), alone["site"])
    assert re.search(r"3 records judged \(.*\), 0 skipped", done.stderr)


def test_lines_of_a_file_are_records_and_empty_lines_are_none(enthesis, tmp_path):  # noqa: F811
    file = tmp_path / "charts.ndjson"
    file.write_bytes(chart(1) + b"\n\n   \n" + chart(2) + b"\r\n" + chart(3))
    assert [row["record"] for row in rows(enthesis("screen", file, *ASKED).stdout)] == ["line 1", "line 4", "line 5"]


def test_bad_records_are_listed_with_one_sentence_and_skipped_and_the_rest_is_judged(enthesis, folder):  # noqa: F811
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    done = enthesis("screen", folder, *ASKED, code=1)
    found = {row["record"]: row for row in rows(done.stdout)}
    assert {name for name, row in found.items() if row["decision"]} == {"a.json", "b.json", "north/c.json"}
    for name, (_, says) in BAD.items():
        assert says in found[name]["skipped"]
        [line] = [line for line in done.stderr.splitlines() if f"skipped {name}:" in line]
        assert says in line
        assert not found[name]["decision"]
        assert not found[name]["open_questions"]
    assert "3 records judged" in done.stderr
    assert "6 skipped" in done.stderr


def test_the_table_is_a_file_that_appears_whole_and_only_its_owner_reads(enthesis, folder, tmp_path):  # noqa: F811
    out = tmp_path / "table.csv"
    assert enthesis("screen", folder, *ASKED, "--out", out).stdout == ""
    assert len(rows(out.read_text())) == 3
    assert out.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".csv", ".part")) == ["table.csv"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--on", "2026-02-30", "--site", SITE), "on:"),
        (("--on", TODAY - timedelta(days=1), "--site", SITE, "--as-of", TODAY), "lies before the day of asking"),
        (("--on", ON, "--site", "elbow-room"), "site:"),
        ((*ASKED, "--json"), "--json: is for one bundle"),
        ((*ASKED, "--said", "ibuprofen"), "--said: is for one bundle"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_read_or_written(enthesis, folder, tmp_path, words, says):  # noqa: F811
    assert says in refused(enthesis, "screen", folder, *words, "--out", tmp_path / "table.csv")
    assert not list(tmp_path.glob("*.csv"))


def test_an_empty_folder_an_empty_file_and_a_place_nobody_can_write_to_are_refused(enthesis, folder, tmp_path):  # noqa: F811
    (tmp_path / "none").mkdir()
    (tmp_path / "none.ndjson").write_text("\n\n")
    assert "holds no file that ends in .json" in refused(enthesis, "screen", tmp_path / "none", *ASKED)
    assert "holds no record" in refused(enthesis, "screen", tmp_path / "none.ndjson", *ASKED)
    assert "cannot be written" in refused(enthesis, "screen", folder, *ASKED, "--out", tmp_path / "no" / "table.csv")
    assert "cannot be written" in refused(enthesis, "screen", folder, *ASKED, "--out", tmp_path / "none")
    assert "many records" in refused(enthesis, "screen", folder / "a.json", *ASKED, "--out", tmp_path / "t.csv")
    assert not list(tmp_path.rglob("*.part"))


def test_answers_are_given_under_the_name_of_each_record(enthesis, folder, written):  # noqa: F811
    plain = {row["record"]: int(row["open_questions"]) for row in rows(enthesis("screen", folder, *ASKED).stdout)}
    answers = written("answers.json", {"a.json": {"fainted": False, "diabetes": False}})
    told = {
        row["record"]: int(row["open_questions"])
        for row in rows(enthesis("screen", folder, *ASKED, "--answers", answers).stdout)
    }
    assert told["a.json"] < plain["a.json"]
    assert {name: told[name] for name in ("b.json", "north/c.json")} == {
        name: plain[name] for name in ("b.json", "north/c.json")
    }
    stranger = written("strange.json", {"z.json": {"fainted": False}})
    assert "there is no record 'z.json'" in enthesis("screen", folder, *ASKED, "--answers", stranger, code=1).stderr
    for wrong in ({"fainted": False}, {"a.json": {"no-such-question": False}}):
        assert "answers" in refused(enthesis, "screen", folder, *ASKED, "--answers", written("wrong.json", wrong))


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1"])
def test_nothing_in_the_table_is_a_formula(enthesis, tmp_path, name):  # noqa: F811
    bundle = json.loads(chart(1))
    bundle["entry"][0]["resource"]["identifier"] = [{"system": "", "value": name}]
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / f"{name}.json").write_text(json.dumps(bundle))
    [row] = rows(enthesis("screen", tmp_path / "one", *ASKED).stdout)
    assert (row["record"][0], "" in (row["patient"], row["record"])) == ("'", False)


def test_real_charts_are_judged_by_several_processes_as_by_one(enthesis, tmp_path):  # noqa: F811
    for copy in range(2):
        shutil.copytree(
            DATA / "synthea", tmp_path / "charts" / str(copy), ignore=shutil.ignore_patterns("*.csv", "*.md")
        )
    found = rows(enthesis("screen", tmp_path / "charts", *ASKED, code=0).stdout)
    half = len(found) // 2
    told = [tuple(value for key, value in row.items() if key != "record") for row in found]
    assert half > 2
    assert told[:half] == told[half:]


def test_no_name_of_a_patient_is_in_the_messages(enthesis, folder):  # noqa: F811
    secret = json.loads(chart(4))
    secret["entry"][0]["resource"] |= {"name": [{"family": "Silverstone"}], "birthDate": "tomorrow"}
    (folder / "d.json").write_text(json.dumps(secret))
    done = enthesis("screen", folder, *ASKED, code=1)
    assert "Silverstone" not in done.stderr + done.stdout
    assert "skipped d.json: Patient" in done.stderr
