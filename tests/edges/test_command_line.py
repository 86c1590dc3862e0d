"""The command line as people type it: a real process, its output, its exit code; nothing half-written."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data" / "fhir"
TODAY = date.today()  # noqa: DTZ011 -- the processes ask the same calendar
VISIT = TODAY + timedelta(days=10)
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def enthesis(tmp_path: Path) -> Run:
    """Run one command with a registry of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    environment = kept | {"ENTHESIS_DATA": str(tmp_path / "data"), "PYTHONWARNINGS": "error"}

    def run(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "enthesis", *map(str, words)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stderr or done.stdout
        return done

    return run


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, object], Path]:
    """A JSON file with this content."""

    def write(name: str, content: object) -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def refused(enthesis: Run, *words: object) -> str:
    """The one line a refused command says."""
    done = enthesis(*words, code=2)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_recipe(enthesis):
    said = json.loads(
        enthesis("mix", "--dextrose", 15, "--lidocaine", 0.2, "--volume-ml", 10, "--weight-kg", 70, "--json").stdout
    )
    assert list(said) == [
        "feasible",
        "draw",
        "dextrose_percent",
        "lidocaine_percent",
        "lidocaine_mg",
        "lidocaine_max_mg",
        "within_dose_limit",
        "osmolarity_mosm_per_l",
        "warnings",
    ]
    assert [(draw["component"], draw["volume_ml"]) for draw in said["draw"]] == [
        ("dextrose", 3.0),
        ("lidocaine", 2.0),
        ("saline", 5.0),
    ]


def test_a_screening_of_a_real_bundle(enthesis):
    said = json.loads(
        enthesis(
            "screen",
            DATA / "synthea/patient-02.json",
            "--on",
            "2026-12-10",
            "--as-of",
            "2026-11-23",
            "--site",
            "lumbar-facet:L4/5:right",
            "--json",
        ).stdout
    )
    assert list(said) == ["decision", "on", "site", "earliest", "library", "findings", "unknown"]
    [naproxen] = [finding for finding in said["findings"] if finding["rule"] == "nsaid-tablets"]
    assert (naproxen["action"], naproxen["stop_by"], naproxen["restart_from"]) == ("inform", "2026-12-03", "2027-01-07")
    assert list(naproxen) == [
        "rule",
        "because",
        "action",
        "stop_by",
        "restart_from",
        "to_patient",
        "to_clinician",
        "strength",
        "sources",
        "evidence",
    ]
    assert "MedicationRequest/3d9de3af-d202-4d8c-be0d-f6522abf9af6" in naproxen["evidence"]
    assert said["decision"] == "ask"


def test_the_judgment_in_words_says_what_of_the_record_was_not_counted_and_why(enthesis, written):
    about = {"subject": {"reference": "Patient/p1"}}
    sepsis = {"resourceType": "Condition", "id": "c1", "code": {"text": "Sepsis"}, **about}
    refuted = sepsis | {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    many = [refuted | {"id": f"d{n}"} for n in range(20)]
    entries = [{"resource": one} for one in ({"resourceType": "Patient", "id": "p1"}, refuted, *many)]
    path = written("refuted.json", {"resourceType": "Bundle", "type": "collection", "entry": entries})
    said = enthesis("screen", path, "--on", "2026-12-10", "--as-of", "2026-11-23", "--site", "knee").stdout
    assert "not counted or read with a remark:" in said
    assert "  Condition/c1 was refuted; not counted" in said
    assert "  and 1 more; `enthesis import` lists all of them" in said
    assert "bloodstream-infection" not in said


def test_the_same_naproxen_three_days_ahead_postpones_by_a_week_from_the_day_of_asking(enthesis):
    said = json.loads(
        enthesis(
            "screen",
            DATA / "synthea/patient-02.json",
            "--on",
            "2026-11-26",
            "--as-of",
            "2026-11-23",
            "--site",
            "knee:right",
            "--json",
        ).stdout
    )
    assert (said["decision"], said["earliest"]) == ("postpone", "2026-11-30")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--on", "2026-12-10", "--site", "elbow"], "there is no site 'elbow'"),
        (["--on", "2026-02-30", "--site", "knee"], "--on: a date such as"),
        (["--on", "2020-01-01", "--site", "knee"], "lies before the day of asking"),
        (["--on", "2026-12-10", "--site", "knee", "--answers", "missing.json"], "missing.json: cannot be read"),
    ],
)
def test_a_screening_that_cannot_be_asked_for(enthesis, words, says):
    assert says in refused(enthesis, "screen", DATA / "synthea/patient-01.json", "--as-of", "2026-11-23", *words)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not json", "JSON"),
        ("[]", "Bundle"),
        ('{"resourceType": "Patient", "id": "p"}', "Bundle"),
        ('{"resourceType": "Bundle", "type": "collection", "entry": []}', "atient"),
        (
            '{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "a"}}, {"resource": {"resourceType": "Patient", "id": "b"}}]}',
            "atient",
        ),
        (
            '{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "a", "birthDate": "1970-02-30"}}]}',
            "1970-02-30",
        ),
        (
            '{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "a", "gender": "male"}}, {"resource": {"resourceType": "Patient", "id": "a", "gender": "female"}}]}',
            "a",
        ),
    ],
)
def test_a_bundle_that_cannot_be_read_is_refused_and_nothing_is_kept(enthesis, written, content, says):
    file = written("bundle.json", content)
    assert says in refused(enthesis, "import", file)
    assert not list(file.parent.glob("data/*.sqlite3"))


def test_a_bundle_of_fifty_megabytes_is_refused_before_it_is_read(enthesis, written):
    assert "MB" in refused(enthesis, "import", written("large.json", " " * 50_000_000))


@pytest.mark.parametrize("file", ["synthea/patient-05.json", "ips/Bundle-IPS-examples-Bundle-01.json"])
def test_a_second_import_changes_nothing(enthesis, file):
    first = json.loads(enthesis("import", DATA / file, "--json").stdout)
    second = json.loads(enthesis("import", DATA / file, "--json").stdout)
    assert list(first) == ["patient", "created", "updated", "unchanged", "not_understood"]
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, first["created"])
    assert second["patient"] == first["patient"]


def test_a_score(enthesis, written):
    said = json.loads(
        enthesis("score", "peg", written("a.json", {"peg_p": 7, "peg_e": 5, "peg_g": 6}), "--json").stdout
    )
    assert said == {
        "instrument": "peg",
        "version": "Krebs 2009",
        "score": 6,
        "range": [0, 10],
        "higher_is_worse": True,
        "missing": [],
        "scorable": True,
    }
    assert "11" in refused(enthesis, "score", "peg", written("b.json", {"peg_p": 11, "peg_e": 5, "peg_g": 6}))
    assert "no entry 'nope'" in refused(enthesis, "score", "nope", written("c.json", {}))
    unscorable = json.loads(enthesis("score", "peg", written("d.json", {"peg_p": 7}), "--json").stdout)
    assert (unscorable["scorable"], unscorable["score"], unscorable["missing"]) == (False, None, ["peg_e", "peg_g"])


def test_a_plan_and_its_calendar(enthesis, tmp_path):
    said = json.loads(
        enthesis(
            "plan",
            "--treatment",
            "dextrose-prolotherapy",
            "--condition",
            "knee-osteoarthritis",
            "--start",
            VISIT,
            "--ics",
            tmp_path / "plan.ics",
            "--json",
        ).stdout
    )
    assert said["sessions"][0] == {"number": 1, "on": VISIT.isoformat()}
    assert (tmp_path / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    for words, says in (
        (("--condition", "baldness", "--start", VISIT), "baldness"),
        (("--condition", "knee-osteoarthritis", "--start", "2020-01-01"), "past"),
    ):
        assert says in refused(enthesis, "plan", "--treatment", "dextrose-prolotherapy", *words)


def test_the_library_keeps_its_promises(enthesis):
    assert "all promises kept" in enthesis("library", "check").stdout
    assert "nsaid-tablets" in enthesis("library", "list", "rules").stdout
    assert "not yet reviewed by a clinician" in enthesis("library", "show", "rules", "nsaid-tablets").stdout
    enthesis("library", "overdue", code=0)
    enthesis("library", "overdue", "--on", "2199-01-01", code=1)
    assert "there is no kind" in refused(enthesis, "library", "show", "songs", "x")


def test_targets_are_found_by_words_and_planned_for_a_course(enthesis):
    assert enthesis("targets", "right", "L4/5").stdout.startswith("lumbar-facet:L4/5:right  right L4/5 facet joint")
    near = json.loads(enthesis("targets", "--near", "knee:right", "--json").stdout)
    assert {one["structure"] for one in near} == {"joint", "insertion"}
    assert "there is no site 'spine'" in refused(enthesis, "targets", "--near", "spine")
    patient = json.loads(enthesis("import", DATA / "ips/Bundle-bundle-minimal.json", "--json").stdout)["patient"]
    opened = ("course", "open", patient, "--condition", "knee-osteoarthritis", "--site", "knee:right")
    course = enthesis(*opened).stdout.strip()
    assert enthesis("course", "targets", course, "--site", "knee:right").stdout.strip() == "right knee"
    other = ("--site", "knee-ligament:right")
    assert "say why" in refused(enthesis, "course", "targets", course, *other)
    assert "not near" in refused(enthesis, "course", "targets", course, "--site", "hip:left", "--reason", "x")
    enthesis("course", "targets", course, *other, "--reason", "the joint itself is calm")


def test_an_account_is_made_by_whoever_runs_the_machine(enthesis, monkeypatch):
    assert "is not a role" in refused(enthesis, "staff", "add", "a@b.example", "--role", "king", "--name", "A")


def test_the_whole_course_by_command_line_leaves_the_record_and_the_trail_it_should(enthesis, written):
    patient = json.loads(enthesis("import", DATA / "ips/Bundle-bundle-minimal.json", "--json").stdout)["patient"]
    course = enthesis(
        "course", "open", patient, "--condition", "knee-osteoarthritis", "--site", "knee:right"
    ).stdout.strip()
    questions = json.loads(enthesis("questions", "--json").stdout)
    answers = {question["id"]: "never" if question["kind"] == "when" else False for question in questions}
    answers["diabetes"] = True
    decision = enthesis(
        "course", "screen", course, "--on", TODAY, "--answers", written("answers.json", answers)
    ).stdout.strip()
    assert decision == "ask"
    assert "clinician must decide" in refused(enthesis, "course", "plan", course, "--start", TODAY)
    enthesis("course", "allow", course, "--because", "read the chart; nothing in the way")
    enthesis("course", "plan", course, "--start", TODAY)
    enthesis("course", "mix", course, "--dextrose", 15, "--lidocaine", 0.2, "--volume-ml", 10, "--weight-kg", 70)
    assert "no consent stands" in refused(
        enthesis, "course", "assess", course, "--on", TODAY, "--details",
        written("1.json", {"marked": ["knee:right"], "pain": 7, "red_flags_excluded": True}),
    )  # fmt: skip
    text = enthesis("course", "consent", course).stdout.strip()
    fingerprint = text.rpartition(" ")[2]
    enthesis("course", "consent", course, "--signed-as", "Pat", "--language", "en", "--fingerprint", fingerprint)
    session = enthesis(
        "course",
        "assess",
        course,
        "--on",
        TODAY,
        "--details",
        written("1.json", {"marked": ["knee:right"], "pain": 7, "red_flags_excluded": True}),
    ).stdout.strip()
    checks = dict.fromkeys(("identity", "site_and_side", "allergies", "help_at_hand"), True)
    vial = {"lot": "LI-7", "expires_on": "2099-01-31"}
    lots = dict.fromkeys(("dextrose 50%", "lidocaine 1%", "saline 0.9%"), vial)
    enthesis("course", "time-out", session, "--details", written("t.json", checks | {"lots": lots}))
    enthesis(
        "course",
        "anaesthetise",
        session,
        "--details",
        written("2.json", {"lidocaine_percent": "1", "volume_ml": "2", "vial": vial}),
    )
    step = enthesis(
        "course",
        "inject",
        session,
        "--details",
        written("3.json", {"injections": [{"site": "knee:right", "volume_ml": "4"}]}),
    ).stdout.strip()
    enthesis(
        "course",
        "inject",
        session,
        "--details",
        written("4.json", {"injections": [{"site": "knee:right", "volume_ml": "3"}]}),
        "--corrects",
        step,
        "--reason",
        "misread",
    )
    enthesis(
        "course",
        "observe",
        session,
        "--details",
        written("5.json", {"minutes": 30, "reactions": ["none"], "pain": 5, "fit_to_leave": True}),
    )
    assert len(enthesis("course", "sign", session).stdout.strip()) == 64
    assert "add an addendum instead" in refused(enthesis, "course", "sign", session)
    enthesis("course", "addendum", session, "--text", "the saline was another", "--what", "saline", "--lot", "S 9")
    assert [row["part"] for row in json.loads(enthesis("recall", "li7", "--json").stdout)] == ["mixture"] * 3 + ["skin"]
    assert "1 person received lot s9" in enthesis("recall", "s9").stdout
    assert "as printed on the vial" in refused(enthesis, "recall", "--", "-")
    told = enthesis(
        "course", "diary", session, "--on", TODAY, "--answers", written("6.json", {"pain": 5, "stroke-signs": True})
    ).stdout
    assert told.startswith("emergency-now")
    enthesis(
        "course",
        "survey",
        course,
        "--wave",
        "baseline-2",
        "--instrument",
        "pain-nrs",
        "--on",
        TODAY,
        "--answers",
        written("7.json", {"nrs_avg_7d": 7}),
    )
    enthesis("course", "decide", course, "stop", "--why", "moved away")
    shown = json.loads(enthesis("course", "show", patient).stdout)
    assert shown["courses"][0]["stage"] == "follow-up"
    assert [event["verb"] for event in reversed(shown["events"])] == [
        "imported a chart",
        "opened a course",
        "screened",
        "decided on a screening",
        "planned",
        "made a recipe",
        "read the consent",
        "kept a consent",
        "recorded the step assess",
        "recorded the step time-out",
        "recorded the step anaesthetise",
        "recorded the step inject",
        "corrected the step inject",
        "recorded the step observe",
        "signed a session",
        "added an addendum",
        "reported a diary day",
        "answered a survey",
        "decided on a course",
        "read the record",
    ]
    assert len(shown["alerts"]) == 1
    assert "the chain holds: 22 events" in enthesis("audit", "verify").stdout
