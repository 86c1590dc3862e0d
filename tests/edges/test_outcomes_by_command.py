"""`enthesis outcomes`: a snapshot in, figures with their doubts out; the same by DuckDB and by Spark on two workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from tests.core.outcomes.headache import flat, headache_rows
from tests.edges.spark_cluster import cluster
from tests.stories.test_the_report_of_outcomes import clinic

from enthesis.cli.outcomes.engines import opened

HEADACHE = ("--instrument", "headache=0:100:higher-is-worse")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshot")
    table = pa.Table.from_pylist(headache_rows())
    pa.parquet.write_table(table, folder / "trial.parquet")
    pa.csv.write_csv(table, folder / "trial.csv")
    return folder


def outcomes(*arguments):
    command = [sys.executable, "-m", "enthesis", "outcomes", *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=600, env=os.environ | {"COLUMNS": "200"}
    )


def found(*arguments):
    ran = outcomes(*arguments, "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def test_the_keys_of_the_contract(snapshot):
    answer = found(snapshot / "trial.parquet", *HEADACHE)
    week = answer["groups"][0]["weeks"][0]
    keys = "n_enrolled n_due n_answered response_rate baseline_mean mean change worse responders mixed_model weighted tipping_point"
    assert set(keys.split()) <= week.keys()
    assert {"estimate", "lower", "upper"} <= week["change"].keys()
    assert {"any", "30", "50"} <= week["responders"].keys()
    share = "events n share lower upper share_of_enrolled if_silent_failed if_silent_succeeded"
    assert set(share.split()) <= week["responders"]["any"].keys()


def test_csv_and_parquet_say_the_same(snapshot):
    one, other = (flat(found(snapshot / f"trial.{kind}", *HEADACHE)) for kind in ("csv", "parquet"))
    assert one == pytest.approx(other, rel=1e-9)


def test_the_table_for_people_shows_who_answered_before_how_they_did(snapshot):
    ran = outcomes(snapshot / "trial.parquet", *HEADACHE)
    assert ran.returncode == 0
    assert "161 of 205" in ran.stdout
    assert "acupuncture minus usual care, week 52: -4.6 (-7.1 to -2.1)" in ran.stdout


def test_one_arm_alone_is_told_with_the_sentence_about_comparison(snapshot, tmp_path):
    rows = [row | {"arm": ""} for row in headache_rows() if row["arm"] == "acupuncture"]
    pa.parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "one.parquet")
    assert "No comparison group" in outcomes(tmp_path / "one.parquet", *HEADACHE).stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("trial.parquet",), "instrument: 'headache' is not known"),
        (("nothing.csv",), "nothing.csv: cannot be read: no such file"),
        (("trial.txt",), "a snapshot ending in .parquet or .csv was expected"),
        (("trial.parquet", *HEADACHE, "--by", "surgeon"), "--by surgeon: cannot group by that"),
        (
            ("trial.parquet", *HEADACHE, "--engine", "pandas"),
            "--engine pandas: expected duckdb, local-spark or spark://",
        ),
        (("broken.parquet", *HEADACHE), "broken.parquet: not readable as a table"),
        (("empty.csv", *HEADACHE), "empty.csv: the file is empty"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(snapshot, arguments, sentence):
    (snapshot / "broken.parquet").write_bytes(b"not a table")
    (snapshot / "empty.csv").write_bytes(b"")
    ran = outcomes(snapshot / arguments[0], *arguments[1:])
    assert (ran.returncode, ran.stdout) == (2, "")
    assert sentence in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.filterwarnings(
    "ignore:fetch_arrow_table:DeprecationWarning"
)  # Ibis asks by a name DuckDB is about to drop
def test_what_does_not_fit_into_memory_waits_in_a_private_folder_that_is_gone_afterwards(
    snapshot, tmp_path, monkeypatch
):
    """DuckDB's own choice is a folder beside whatever the person stands in."""
    monkeypatch.chdir(tmp_path)
    with opened(snapshot / "trial.parquet", "duckdb") as table:
        ((where,),) = table.get_backend().con.sql("SELECT current_setting('temp_directory')").fetchall()
        assert Path(where).stat().st_mode & 0o777 == 0o700
        assert tmp_path not in Path(where).parents
    assert not Path(where).exists()


@pytest.mark.spark
def test_a_spark_master_with_two_workers_gives_the_report_that_duckdb_gives(snapshot, tmp_path):
    here = found(snapshot / "trial.parquet", *HEADACHE)
    with cluster(tmp_path) as master:
        ran = outcomes(snapshot / "trial.parquet", *HEADACHE, "--engine", master, "--json")
    assert ran.returncode == 0, ran.stderr
    assert flat(json.loads(ran.stdout)) == pytest.approx(flat(here), rel=1e-9, abs=1e-12)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A clinic of 40 of whom 38 were due, and three people with another treatment."""
    rows = clinic(40) + [row | {"course": f"x{row['course']}"} for row in clinic(3, treatment="prp")]
    for row in rows:
        if row["week"] and row["course"] in ("0", "1"):
            row |= {"due": False, "answered": False, "score": None}
    path = tmp_path_factory.mktemp("small") / "small.parquet"
    pa.parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_what_may_leave_hides_small_cells_in_every_group_and_staff_see_all(small):
    asked = (small, "--by", "treatment", "--no-models")
    staff = found(*asked)
    assert {group["treatment"]: group["n_enrolled"] for group in staff["groups"]} == {
        "dextrose-prolotherapy": 40,
        "prp": 3,
    }
    public = found(*asked, "--for-publication")
    [group] = public["groups"]
    assert (public["for_publication"], group["n_enrolled_at_least"], "n_enrolled" in group) == (True, 38, False)
    assert "share_of_enrolled" not in group["weeks"][0]["responders"]["30"]
    said = outcomes(*asked).stdout
    assert "3 enrolled" in said
    assert "For staff: small groups and counts are not hidden." in said
    said = outcomes(*asked, "--for-publication").stdout
    assert "at least 38 enrolled" in said
    assert "prp" not in said
    assert "For staff" not in said
