"""The director's page of questionnaires, and the same by command: terms, wording, and a plain no to everything else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.core.outcomes.test_outcomes_wording import as_csv, as_toml
from tests.edges.pages import signed_in, words

from enthesis.clinic.library import library
from enthesis.clinic.packs import read_packs, read_wordings
from enthesis.outcomes import pack

PAGE = "/questionnaires/"
LICENCE = "Licence 12-345 of the owner"


def on(house):
    return [row.on for row in read_packs(by=house.director, clinic=house.clinic.pk)]


def wordings(house):
    return read_wordings(by=house.director, clinic=house.clinic.pk)


def mark():
    return pack(library(), "promis").fingerprint


def bring(browser, text, name="ndi.csv", **more):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
    form = {"clinic": "harbour", "file": file, "licence": LICENCE, "language": "en"} | more
    return browser.post(reverse("wording", kwargs={"instrument": "ndi"}), form)


def test_the_director_reads_the_terms_accepts_them_and_turns_the_pack_off(harbour):
    browser = signed_in(harbour, "director")
    said = words(browser.get(PAGE))
    assert ("not turned on" in said, "HealthMeasures has not been asked yet" in said) == (True, True)
    form = {"clinic": "harbour", "about": "promis", "fingerprint": mark(), "do": "accept"}
    unread = browser.post(PAGE, form)
    assert (unread.status_code, "Say that you have read" in words(unread), on(harbour)) == (422, True, [False])
    assert browser.post(PAGE, form | {"read": "on"}).status_code == 302
    assert (on(harbour), "Accepted by director of harbour" in words(browser.get(PAGE))) == ([True], True)
    off = {"clinic": "harbour", "about": "promis", "do": "off", "reason": ""}
    assert browser.post(PAGE, off).status_code == 422
    assert browser.post(PAGE, off | {"reason": "not needed"}).status_code == 302
    assert on(harbour) == [False]


@pytest.mark.parametrize(
    "form", [{}, {"do": "nothing"}, {"do": "accept", "about": "<script>"}, {"do": "back", "about": "peg"}]
)
def test_a_strange_form_turns_nothing_on(harbour, form):
    answer = signed_in(harbour, "director").post(PAGE, {"clinic": "harbour", "read": "on"} | form)
    assert (answer.status_code, b"<script>alert" in answer.content, on(harbour)) == (422, False, [False])


def test_another_clinic_is_not_there(harbour, hillside):
    browser = signed_in(harbour, "director")
    assert browser.get(PAGE + "?clinic=hillside").status_code == 404
    form = {"clinic": "hillside", "about": "promis", "fingerprint": mark(), "do": "accept", "read": "on"}
    assert (browser.post(PAGE, form).status_code, on(hillside)) == (404, [False])
    assert browser.get(PAGE + "peg/").status_code == 404


@pytest.mark.parametrize(("name", "text"), [("ndi.csv", as_csv("ndi")), ("ndi.toml", as_toml("ndi"))])
def test_a_wording_is_brought_as_a_file_and_taken_back(harbour, name, text):
    browser = signed_in(harbour, "director")
    assert "ndi_1,..." in words(browser.get(PAGE + "ndi/"))
    assert bring(browser, text, name).status_code == 302
    assert (wordings(harbour)["ndi"][1], LICENCE in words(browser.get(PAGE))) == (LICENCE, True)
    back = {"clinic": "harbour", "about": "ndi", "do": "back", "reason": "ended"}
    assert (browser.post(PAGE, back).status_code, wordings(harbour)) == (302, {})


@pytest.mark.parametrize(
    ("text", "more", "sentence"),
    [
        (b"\xff\xfe", {}, "text in utf-8 was expected"),
        ("id,text\n", {"name": "x.csv"}, "questions: a list"),
        (as_csv("odi"), {}, "there is no such question"),
        (as_csv("ndi"), {"licence": ""}, "this field is required"),
        ("x" * 200_001, {}, "at most 200000 bytes"),
        ("", {}, "empty"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_a_sentence(harbour, text, more, sentence):
    answer = bring(signed_in(harbour, "director"), text, **more)
    assert (answer.status_code, sentence in words(answer).lower(), wordings(harbour)) == (422, True, {}), words(answer)[
        :900
    ]


def test_directors_find_the_page_from_the_knowledge_others_do_not(harbour):
    for role, there in (("director", True), ("clinician", False)):
        assert (PAGE.encode() in signed_in(harbour, role).get(reverse("knowledge")).content) is there
