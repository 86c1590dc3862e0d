"""A registry that was lost comes back whole, on either database; a file that cannot be trusted brings nothing back."""

import gzip
import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from enthesis.clinic.backup.lines import checked
from enthesis.clinic.backup.tables import LAST, NOT_KEPT, kept_tables
from enthesis.knowledge import BadInput

LOADED = """
from datetime import date
from enthesis.cli import database
database.set_up("demo")
from enthesis.clinic.demo import load_demo, take_demo_snapshots
load_demo(today=date(2026, 11, 23), progress=lambda done, of: None, people=14)
take_demo_snapshots(today=date(2026, 11, 23))
"""
RESTORED = "restored from a backup"


def run(folder, *words, code=0, **settings):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env=kept | {"ENTHESIS_DATA": str(folder)} | settings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr or done.stdout
    return done


def enthesis(folder, *words, code=0, **settings):
    return run(folder, "-m", "enthesis", *words, code=code, **settings)


def refused(folder, *words, **settings):
    said = enthesis(folder, *words, code=2, **settings).stderr
    assert said.count("\n") == 1
    return said


def read(path):
    """The header, the tables with their columns and rows, and the seal."""
    with gzip.open(path) as file:
        header, *lines, seal = [json.loads(line) for line in file]
    tables = []
    for line in lines:
        if isinstance(line, dict):
            tables.append((line["table"], line["columns"], []))
        else:
            tables[-1][2].append(line)
    return header, tables, seal


def write(path, header, tables):
    """A backup of other content, sealed as if it were whole."""
    lines = [header]
    for table, columns, rows in tables:
        lines += [{"table": table, "columns": columns}, *rows]
    written = "".join(json.dumps(line) + "\n" for line in lines).encode()
    seal = {"rows": sum(len(rows) for *_, rows in tables), "sha256": hashlib.sha256(written).hexdigest()}
    path.write_bytes(gzip.compress(written + json.dumps(seal).encode() + b"\n"))
    return path


def as_then(tables, had):
    """What of some tables an older version had, whose models are given: fewer tables, and fewer columns of the rest."""
    found = []
    for table, columns, rows in tables:
        if table in had:
            names = {field.attname for field in had[table]._meta.concrete_fields}
            places = [place for place, name in enumerate(columns) if name in names]
            found.append((table, [columns[n] for n in places], [[row[n] for n in places] for row in rows]))
    return found


def without_trail(path):
    return [table for table in read(path)[1] if table[0] != "registry.AuditEvent"]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """The data of two simulated clinics with signed sessions, and a backup of them."""
    folder = tmp_path_factory.mktemp("clinic")
    run(folder, "-c", LOADED)
    said = json.loads(enthesis(folder, "backup", folder / "kept", "--json").stdout)
    assert (said["rows"], said["sha256"]) == (read(folder / "kept")[2]["rows"], read(folder / "kept")[2]["sha256"])
    return folder


@pytest.fixture(scope="module")
def restored(clinic, tmp_path_factory):
    folder = tmp_path_factory.mktemp("restored")
    said = json.loads(enthesis(folder, "restore", clinic / "kept", "--json").stdout)
    assert (said["rows"], said["same_key"]) == (read(clinic / "kept")[2]["rows"], False)
    return folder


def test_everything_is_back_and_the_trail_goes_on_where_it_ended(clinic, restored):
    assert "the chain holds" in enthesis(restored, "audit", "verify", "--head", read(clinic / "kept")[0]["head"]).stdout
    enthesis(restored, "backup", restored / "again")
    assert without_trail(restored / "again") == without_trail(clinic / "kept")
    [(*_, before)] = [one for one in read(clinic / "kept")[1] if one[0] == "registry.AuditEvent"]
    [(_, columns, after)] = [one for one in read(restored / "again")[1] if one[0] == "registry.AuditEvent"]
    verb = columns.index("verb")
    assert after[: len(before)] == before
    assert [row[verb] for row in after[len(before) :]] == [RESTORED] * 2 + ["made a backup"] * 2
    assert "0 of" not in enthesis(restored, "audit", "judgments", "--clinic", "harbour").stdout


def test_what_came_back_is_counted_so_that_it_can_be_looked_up(restored):
    with sqlite3.connect(restored / "enthesis.sqlite3") as database:
        assert database.execute("SELECT 1 FROM sqlite_stat1 WHERE tbl = 'registry_due'").fetchone()


def test_what_was_signed_and_what_was_noted_still_cannot_be_changed(restored):
    with sqlite3.connect(restored / "enthesis.sqlite3") as database:
        signed = database.execute("SELECT session_id FROM registry_sessionsignature").fetchone()
        assert signed
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute("UPDATE registry_auditevent SET actor = 'nobody'")
        with pytest.raises(sqlite3.IntegrityError, match="signed"):
            database.execute("DELETE FROM registry_sessionstep WHERE session_id = ?", signed)


def test_only_its_owner_reads_a_backup_and_none_is_written_over(clinic):
    assert stat.S_IMODE((clinic / "kept").stat().st_mode) == 0o600
    before = (clinic / "kept").read_bytes()
    assert "is there already" in refused(clinic, "backup", clinic / "kept")
    assert (clinic / "kept").read_bytes() == before
    assert "does not exist" in refused(clinic, "backup", clinic / "no" / "such")
    assert [path.name for path in clinic.iterdir() if path.name.startswith(".")] == []


def test_a_backup_of_nothing_comes_back_as_nothing(tmp_path):
    assert "0 rows" in enthesis(tmp_path / "a", "backup", tmp_path / "none").stdout
    assert "0 rows" in enthesis(tmp_path / "b", "restore", tmp_path / "none").stdout


def test_a_registry_that_holds_anything_is_left_alone(clinic, restored):
    assert "this registry is not empty" in refused(restored, "restore", clinic / "kept")


def damaged(content):
    middle = len(content) // 2
    yield "no backup of Enthesis", b"a letter to somebody"
    yield "no backup of Enthesis", gzip.compress(b'{"resourceType": "Bundle"}\n')
    yield "is empty", gzip.compress(b"")
    yield "damaged or cut short", content[:middle]
    yield "damaged or cut short", content[:-1]
    yield "damaged or cut short", content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    yield "damaged or cut short", gzip.compress(b"".join(gzip.decompress(content).splitlines(keepends=True)[:-1]))
    yield "damaged or cut short", gzip.compress(gzip.decompress(content).replace(b"Naproxen", b"Nothing "))


def test_a_file_that_is_damaged_or_no_backup_is_known_before_a_row_of_it_is_used(clinic, tmp_path):
    for says, content in damaged((clinic / "kept").read_bytes()):
        (tmp_path / "file").write_bytes(content)
        with pytest.raises(BadInput, match=says):
            checked(tmp_path / "file")
    with pytest.raises(BadInput, match="cannot be read"):
        checked(tmp_path / "missing")
    assert checked(clinic / "kept").events > 100
    assert "damaged or cut short" in refused(tmp_path / "new", "restore", tmp_path / "file")
    with sqlite3.connect(tmp_path / "new" / "enthesis.sqlite3") as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_rows_that_fit_nowhere_or_a_trail_that_was_changed_leave_an_empty_registry(clinic, tmp_path):
    header, tables, _ = read(clinic / "kept")
    misfit = [(name, columns, [["x"]] if name == "registry.Clinic" else rows) for name, columns, rows in tables]
    cut = [(name, columns, rows[:-1] if name == "registry.AuditEvent" else rows) for name, columns, rows in tables]
    for wrong in (misfit, [*tables, ("registry.Secret", ["id"], [[1]])], cut):
        said = refused(tmp_path / "new", "restore", write(tmp_path / "file", header, wrong))
        assert "nothing was restored" in said
    enthesis(tmp_path / "new", "restore", clinic / "kept")


def test_a_newer_enthesis_is_named_and_nothing_is_tried(clinic, tmp_path):
    header, tables, _ = read(clinic / "kept")
    newer = header | {"schema": header["schema"] | {"registry": "9999_next"}, "version": "9.0"}
    said = refused(tmp_path / "new", "restore", write(tmp_path / "newer", newer, tables))
    assert "newer Enthesis, 9.0 (registry 9999_next); update this one first" in said
    with pytest.raises(BadInput, match="newer Enthesis"):
        checked(write(tmp_path / "format", header | {"enthesis-backup": 2}, tables))
    strange = {key: value for key, value in header.items() if key != "head"}
    with pytest.raises(BadInput, match="damaged"):
        checked(write(tmp_path / "strange", strange, tables))


def test_an_older_backup_comes_back_and_is_brought_up_to_date(clinic, tmp_path):
    header, tables, _ = read(clinic / "kept")
    loader = MigrationLoader(None)
    then = header["schema"] | {"registry": "0017_decision_aids"}
    had = {one._meta.label: one for one in loader.project_state(list(then.items())).apps.get_models()}
    older = as_then(tables, had)
    assert len(older) < len(tables)  # tables that came since are not in it
    path = write(tmp_path / "older", header | {"schema": then, "version": "0.0"}, older)
    enthesis(tmp_path / "opened", "audit", "verify")
    assert "made by an older Enthesis, 0.0" in refused(tmp_path / "opened", "restore", path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "secret_key").write_text((clinic / "secret_key").read_text())
    assert (
        "open no more" not in enthesis(tmp_path / "new", "restore", path).stdout
    )  # with the same key links still open
    enthesis(tmp_path / "new", "backup", tmp_path / "again")
    assert as_then(without_trail(tmp_path / "again"), had) == as_then(without_trail(clinic / "kept"), had)


@pytest.mark.postgres
def test_the_same_file_comes_back_in_postgresql_and_from_there_in_sqlite(clinic, postgres_url, tmp_path):
    name = f"backup_{uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            there = {"ENTHESIS_DATABASE_URL": f"{postgres_url.rpartition('/')[0]}/{name}"}
            enthesis(tmp_path, "restore", clinic / "kept", **there)
            assert "not empty" in refused(tmp_path, "restore", clinic / "kept", **there)
            new = ("staff", "add", "new@clinic.example", "--role", "clinician", "--name", "New", "--clinic", "harbour")
            enthesis(tmp_path, *new, **there, ENTHESIS_PASSWORD="a password of this test")
            assert "the chain holds" in enthesis(tmp_path, "audit", "verify", **there).stdout
            enthesis(tmp_path, "backup", tmp_path / "again", **there)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    enthesis(tmp_path / "back", "restore", tmp_path / "again")
    enthesis(tmp_path / "back", "backup", tmp_path / "last")
    assert without_trail(tmp_path / "last") == without_trail(tmp_path / "again")
    untouched = [
        one for one in without_trail(clinic / "kept") if one[0] not in ("registry.User", "registry.Membership")
    ]
    assert [one for one in without_trail(tmp_path / "last") if one in untouched] == untouched


def test_every_table_is_kept_or_said_not_to_be():
    kept = [model._meta.label for model in kept_tables(apps)]
    every = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(kept) | NOT_KEPT == every
    assert kept[-1] == LAST
