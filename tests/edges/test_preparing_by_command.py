"""Preparing, looking ahead and judging again at the command line, in a real process."""

import json

from tests.edges.test_command_line import DATA, VISIT, enthesis, refused, written  # noqa: F401 -- fixtures


def planned(run, write):
    patient = json.loads(run("import", DATA / "ips/Bundle-bundle-minimal.json", "--json").stdout)["patient"]
    course = run("course", "open", patient, "--condition", "knee-osteoarthritis", "--site", "knee:right").stdout.strip()
    asked = json.loads(run("questions", "--json").stdout)
    answers = {one["id"]: "never" if one["kind"] == "when" else False for one in asked} | {"diabetes": True}
    run("course", "screen", course, "--on", VISIT, "--answers", write("answers.json", answers))
    run("course", "allow", course, "--because", "read the chart")
    run("course", "plan", course, "--start", VISIT)
    return course


def test_a_sheet_a_link_the_days_ahead_and_judgments_made_again(enthesis, written):  # noqa: F811
    course = planned(enthesis, written)
    said = enthesis("course", "prepare", course).stdout
    assert f"visit {VISIT}" in said
    assert "leave out: Anti-inflammatory pain tablets: last day" in said
    assert "keep: Do not stop any medicine a doctor gave you" in said
    sheet = json.loads(enthesis("course", "prepare", course, "--json").stdout)
    assert sheet["on"] == VISIT.isoformat()
    assert enthesis("course", "prepare", course, "--link").stdout.startswith("/p/")
    [line] = enthesis("washouts").stdout.splitlines()
    assert (course in line, "still time" in line) == (True, True)
    assert json.loads(enthesis("washouts", "--json").stdout)[0]["on"] == VISIT.isoformat()
    assert enthesis("course", "rescreen", "--days", 30).stdout.strip() == "nothing changed"
    assert enthesis("audit", "judgments").stdout.strip().endswith("the same")
    assert "from 1 to 90" in refused(enthesis, "washouts", "--days", 0)
    assert "no such course" in refused(enthesis, "course", "prepare", "not-a-course")
