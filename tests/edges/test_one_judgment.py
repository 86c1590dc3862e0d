"""One patient, one judgment: whichever door the chart comes in by, it is the same to the last key.

30 generated patients in every run, 1,000 under `make deep` (the numbers from 1000 on).
"""

import csv
import io
import json
import re
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.edges.cds_client import Ehr, order
from tests.edges.generated_charts import Generated, generated
from tests.edges.pages import signed_in, today
from typer.testing import CliRunner

from enthesis.cli.main import app
from enthesis.clinic.cds import add_client
from enthesis.clinic.course_page import read_course
from enthesis.clinic.courses import open_course
from enthesis.clinic.library import library
from enthesis.clinic.operator import operator
from enthesis.clinic.screen import screen_course
from enthesis.fhir import read_bundle
from enthesis.knowledge import parse_site
from enthesis.screening import (
    clear_answers,
    facts_from,
    items_said,
    parse_answers,
    questions,
    questions_for,
    rules,
    screen,
    screening_as_json,
)

FEW, MANY = 30, 1000
SAID = "ibuprofen as needed; Plavix until 2026-01-10; allergic to latex; a green pill"


def by_call(one: Generated, content: bytes, answers=None, said=""):
    """The reading and the judgment as the core gives them."""
    chart, shelf = read_bundle(content), library()
    given = parse_answers(answers or {}, questions(rules(shelf)), as_of=today())
    items = (*chart.items, *items_said(said, as_of=today(), library=shelf))
    facts = facts_from(items, answers=given, library=shelf, sex=chart.person.sex, born=chart.person.born)
    return screening_as_json(screen(facts, on=one.on, site=parse_site(one.site, shelf), as_of=today(), library=shelf))


def answered(one: Generated, *, every: int):
    """Clear answers to every nth question that the page asks of this person for this site."""
    shelf, sex = library(), one.resources[0]["gender"]
    asked = [question.id for question in questions_for(rules(shelf), parse_site(one.site, shelf), sex=sex)]
    clear = clear_answers(shelf)
    return {id: clear[id] for id in asked[::every]}


def by_command(one: Generated, folder, answers=None, said=""):
    """`enthesis screen FILE --json`."""
    file = folder / "one.json"
    file.write_bytes(one.bundle())
    words = [
        "screen",
        str(file),
        "--on",
        one.on.isoformat(),
        "--site",
        one.site,
        "--as-of",
        today().isoformat(),
        "--json",
    ]
    if answers is not None:
        (folder / "answers.txt").write_text(json.dumps(answers))
        words += ["--answers", str(folder / "answers.txt")]
    done = CliRunner().invoke(app, [*words, *(["--said", said] if said else [])], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def by_page(one: Generated, house, browser, answers=None, said=""):
    """Imported by the page for it, screened by the form for it, and read back from the record."""
    upload = SimpleUploadedFile("chart.json", one.bundle(), "application/json")
    page = browser.post(reverse("patient-import"), {"bundle": upload}).content.decode()
    patient = re.search(r"/patients/([0-9a-f-]{36})/", page)[1]
    course = open_course(
        by=house.coordinator, patient=patient, condition=one.condition, treatment="dextrose-prolotherapy", site=one.site
    ).pk
    said_yes = {True: "yes", False: "no"}
    form = {id: said_yes.get(answer, answer) for id, answer in (answers or {}).items()}
    form |= {"on": one.on.isoformat(), "said": said.replace("; ", "\n")}
    answer = browser.post(reverse("walk:screen", kwargs={"course": course}), form)
    assert answer.status_code == 302, answer.content.decode()
    kept = read_course(by=house.coordinator, course=course).course.screening
    return {key: kept[key] for key in ("decision", "on", "site", "earliest", "library", "findings", "unknown")}


def by_hook(one: Generated, ehr: Ehr):
    """The summary card of `order-sign`; a judgment without anything to say gives no card."""
    coded = [{"coding": [{"system": "urn:enthesis:site", "code": one.site}]}]
    cards = ehr.call("order-sign", list(one.resources), **order(on=one.on.isoformat(), bodySite=coded))
    return cards[0]["extension"]["io.enthesis.judgment"] if cards else None


@pytest.fixture
def numbers(pytestconfig) -> range:
    """Which patients: a few, or a thousand others."""
    deep = pytestconfig.getoption("--hypothesis-profile") == "deep"
    return range(1000, 1000 + MANY) if deep else range(FEW)


@pytest.fixture
def ehr(harbour) -> Ehr:
    found = Ehr()
    add_client(by=operator(harbour.clinic), clinic=harbour.clinic.pk, name="EHR", issuer=found.issuer, keys=found.keys)
    return found


def test_every_door_gives_the_same_judgment(harbour, ehr, numbers, tmp_path):
    browser, seen = signed_in(harbour, "coordinator"), Counter()
    for number in numbers:
        one = generated(number, today())
        expected = by_call(one, one.bundle())
        seen[expected["decision"]] += 1
        assert by_call(one, one.shuffled()) == expected, number
        assert by_command(one, tmp_path) == expected, number
        assert by_hook(one, ehr) == expected, number
        assert by_page(one, harbour, browser) == expected, number
    assert set(seen) >= {"ask", "postpone", "refuse"}, seen


def test_every_door_that_takes_answers_gives_the_same_judgment(harbour, numbers, tmp_path):
    browser, seen = signed_in(harbour, "coordinator"), Counter()
    for number in numbers:
        one = generated(number, today())
        answers = answered(one, every=1 + number % 3)
        said = SAID if number % 2 else ""
        expected = by_call(one, one.bundle(), answers, said)
        seen[expected["decision"]] += 1
        assert by_command(one, tmp_path, answers, said) == expected, number
        assert by_page(one, harbour, browser, answers, said) == expected, number
    assert len(seen) >= 3, seen


def test_the_table_of_a_whole_folder_says_what_each_record_says_alone(numbers, tmp_path):
    every = [generated(number, today()) for number in numbers]
    folder, out = tmp_path / "charts", tmp_path / "table.csv"
    folder.mkdir()
    for one in every:
        (folder / f"{one.number:05}.json").write_bytes(one.bundle())
    site, on = every[0].site, every[0].on
    words = [
        "screen",
        str(folder),
        "--on",
        on.isoformat(),
        "--site",
        site,
        "--as-of",
        today().isoformat(),
        "--out",
        str(out),
    ]
    assert CliRunner().invoke(app, words).exit_code == 0
    for row, one in zip(csv.DictReader(io.StringIO(out.read_text())), every, strict=True):
        alone = by_call(Generated(one.number, one.resources, one.condition, site, on), one.bundle())
        told = "; ".join(f"{found['rule']}={found['action']}" for found in alone["findings"])
        expected = (alone["decision"], alone["earliest"] or "", told, str(len(alone["unknown"])), alone["library"])
        found = (row["decision"], row["earliest"], row["rules"], row["open_questions"], row["library"])
        assert found == expected, one.number


def test_the_clinics_own_act_and_the_page_are_one(harbour):
    one = generated(7, today())
    chart = read_bundle(one.bundle())
    course = open_course(
        by=harbour.coordinator,
        patient=harbour.patient(*chart.items, sex=chart.person.sex, born=chart.person.born),
        condition=one.condition,
        treatment="dextrose-prolotherapy",
        site=one.site,
    ).pk
    judged = screen_course(by=harbour.coordinator, course=course, on=one.on, as_of=today(), answers={})
    assert screening_as_json(judged) == by_call(one, one.bundle())
