"""The clinic's own pages: what opens, what is escaped, what can be done, and how many questions a page asks the database."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.clinic.conftest import NUMBED, TODAY, VISIT, House
from tests.edges.browsing import signed_in

from enthesis.clinic import treat
from enthesis.clinic.adoptions import read_adoptions
from enthesis.clinic.diary import record_diary
from enthesis.clinic.patients import find_patients
from enthesis.clinic.survey import record_survey
from enthesis.clinic.worklist import open_alert_ids
from enthesis.fhir import LIMIT_BYTES
from enthesis.registry.models import User

BOBBY = {"family": "<script>alert(1)</script>", "given": "Bobby"}
ESCAPED, RAW = "&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"


def alerting(house: House, key: str = "test|1", **person: object) -> tuple[object, object]:
    """A patient who reported a fever: the course and the alert."""
    house.person |= person
    course, session = house.treated(key=key)
    day = VISIT + timedelta(days=1)
    record_diary(
        by=house.coordinator, session=session, on=day, today=day, answers={"pain": 6, "fever": True}, mode="by phone"
    )
    [alert] = open_alert_ids(by=house.clinician, course=course)
    return course, alert


def patient_page(house: House) -> str:
    return reverse("patient", args=[find_patients(by=house.clinician).rows[0].id])


def bundle(*resources: dict[str, object], **person: object) -> bytes:
    who = {
        "resourceType": "Patient",
        "id": "p",
        "name": [{"family": "Okafor", "given": ["Maria"]}],
        "birthDate": "1975-04-09",
    } | person
    return json.dumps(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in (who, *resources)]}
    ).encode()


def upload(content: bytes) -> dict[str, object]:
    return {"bundle": SimpleUploadedFile("chart.json", content, "application/json")}


# ------------------------------------------------------------------------------------------------------ what opens


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("worklist", "Worklist for"),
        ("patients", "Patients"),
        ("patient-new", "New patient"),
        ("patient-import", "Import a chart"),
        ("knowledge", "Knowledge"),
        ("account", "Your account"),
        ("mfa_index", "Two-Factor"),
    ],
)
def test_each_page_opens_under_a_title_of_its_own(harbour: House, name: str, title: str):
    page = signed_in("clinician").get(reverse(name))
    assert page.status_code == 200
    assert re.search(rf"<title>\s*{title}[^<]* · Enthesis</title>", page.content.decode())


def test_somebody_not_signed_in_is_sent_to_the_sign_in_page(db: None):
    answer = Client().get(reverse("patients"))
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next=/patients/")


def test_empty_lists_say_calmly_that_there_is_nothing(harbour: House):
    client = signed_in("clinician")
    assert "No alert is waiting to be signed." in client.get("/").content.decode()
    assert "No patient has been added yet." in client.get(reverse("patients")).content.decode()


def test_the_audit_trail_is_offered_to_directors_only(harbour: House):
    assert reverse("audit") in signed_in("director").get("/").content.decode()
    assert reverse("audit") not in signed_in("clinician").get("/").content.decode()


def test_an_account_without_a_clinic_is_told_so(db: None):
    client = Client()
    client.force_login(User.objects.create_user("new@harbour.test", name="New"))
    assert "You do not belong to a clinic yet" in client.get("/").content.decode()


# ------------------------------------------------------------------------------------------------- names are escaped


def test_a_patient_called_script_is_shown_and_never_run(harbour: House):
    course, _ = alerting(harbour, **BOBBY)
    client = signed_in("clinician")
    pages = [
        client.get("/"),
        client.get(reverse("patients")),
        client.get(patient_page(harbour)),
        client.get(reverse("walk:course", args=[course])),
    ]
    for page in pages:
        assert (ESCAPED in page.content.decode(), RAW in page.content.decode()) == (True, False)


def test_what_was_searched_for_is_shown_and_never_run(harbour: House):
    found = signed_in("clinician").post(reverse("patients"), {"words": f'"{RAW}'}).content.decode()
    assert (f"&quot;{ESCAPED}" in found, RAW in found) == (True, False)


def test_what_a_file_says_is_shown_and_never_run(harbour: House):
    odd = {"resourceType": RAW, "id": "x", "subject": {"reference": "Patient/p"}}
    for content in (bundle(odd), bundle(name=[{"family": RAW}]), RAW.encode(), bundle(birthDate=RAW)):
        page = signed_in("coordinator").post(reverse("patient-import"), upload(content))
        assert RAW not in page.content.decode()


def test_no_page_holds_a_script_or_a_style_of_its_own(harbour: House):
    alerting(harbour)
    client = signed_in("director")
    for at in (
        "/",
        reverse("patients"),
        patient_page(harbour),
        reverse("knowledge"),
        reverse("entry", args=["rules", "nsaid-tablets"]),
        reverse("audit"),
    ):
        text = client.get(at).content.decode()
        assert re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", text) == [], at


# --------------------------------------------------------------------------- a fixed number of questions to the database


def queries(client: Client, at: str, **posted: object) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(at, posted) if posted else client.get(at)
    assert answer.status_code == 200
    return len(asked)


def test_the_worklist_asks_as_often_for_thirty_patients_as_for_one(harbour: House):
    alerting(harbour)
    client = signed_in("clinician")
    client.get("/")
    one = queries(client, "/")
    for number in range(2, 16):
        alerting(harbour, key=f"test|{number}")
    for number in range(16, 31):
        assert harbour.screened(harbour.course(key=f"test|{number}"), diabetes=True) == "ask"
    page = client.get("/").content.decode()
    assert ("15 unsigned alerts" in page, "15 courses waiting" in page) == (True, True)
    assert queries(client, "/") == one


def test_the_patient_list_asks_as_often_for_thirty_patients_as_for_one(harbour: House):
    harbour.course()
    client = signed_in("clinician")
    client.get("/")
    one, searched = queries(client, reverse("patients")), queries(client, reverse("patients"), words="silva")
    for number in range(2, 31):
        harbour.course(key=f"test|{number}")
    assert (queries(client, reverse("patients")), queries(client, reverse("patients"), words="silva")) == (
        one,
        searched,
    )


def test_a_patients_page_asks_as_often_however_much_was_recorded(harbour: House):
    _, session = harbour.treated()
    client = signed_in("clinician")
    client.get("/")
    once = queries(client, patient_page(harbour))
    for days in range(1, 8):
        day = VISIT + timedelta(days=days)
        record_diary(by=harbour.coordinator, session=session, on=day, today=day, answers={"pain": 4}, mode="by phone")
    harbour.course()
    assert queries(client, patient_page(harbour)) == once


# ------------------------------------------------------------------------------------------------------ the worklist


def test_an_alert_is_closed_by_saying_what_was_done(harbour: House):
    _, alert = alerting(harbour)
    client, at = signed_in("clinician"), reverse("alert-sign", args=[alert])
    assert "1 unsigned alert<" in client.get("/").content.decode()
    refused = client.post(at, {"done": "  "})
    assert (refused.status_code, refused.content.decode().count("Say what was done before you sign.")) == (422, 2)
    assert (
        client.post(at, {"done": "called; no fever today"}, follow=True).content.decode().count("The alert is signed.")
        == 1
    )
    assert client.post(at, {"done": "again"}).status_code == 409


def test_a_coordinator_sees_alerts_and_is_offered_no_signature(harbour: House):
    _, alert = alerting(harbour)
    client = signed_in("coordinator")
    assert "Sign this alert" not in client.get("/").content.decode()
    assert client.post(reverse("alert-sign", args=[alert]), {"done": "called"}).status_code == 403


# ------------------------------------------------------------------------------------------------------ the patients


def test_searching_is_posted_and_htmx_gets_the_list_alone(harbour: House):
    harbour.patient()
    client = signed_in("clinician")
    whole = client.post(reverse("patients"), {"words": "SILV mar"}).content.decode()
    part = client.post(reverse("patients"), {"words": "silva"}, headers={"HX-Request": "true"}).content.decode()
    assert ("Maria Silva" in whole, "<html" in whole) == (True, True)
    assert ("Maria Silva" in part, "<html" in part) == (True, False)
    assert "Nobody in your clinics fits" in client.post(reverse("patients"), {"words": "nobody"}).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "nonsense", "99999999999999999999", "²", "\x00"])
def test_a_page_that_does_not_exist_shows_one_that_does(harbour: House, page: str):
    harbour.patient()
    assert (
        "Maria Silva"
        in signed_in("clinician").post(reverse("patients"), {"page": page, "words": "sil\x00va"}).content.decode()
    )


def test_a_new_patient_is_added_by_hand(harbour: House):
    given = {"family": "Brandt", "given": "Walter", "born": "1955-11-30", "sex": "male", "phone": "", "email": ""}
    page = signed_in("coordinator").post(reverse("patient-new"), given, follow=True).content.decode()
    assert ("Walter Brandt" in page, "born 30 Nov 1955" in page, "The patient was added." in page) == (True, True, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family", ""),
        ("born", "2999-01-01"),
        ("born", "1899-12-31"),
        ("born", "yesterday"),
        ("sex", "x"),
        ("email", "x"),
    ],
)
def test_what_cannot_be_used_is_kept_in_the_form_and_said_at_its_field(harbour: House, field: str, value: str):
    given = {"family": "Brandt", "given": "Walter", "born": "1955-11-30", "sex": "male"} | {field: value}
    page = signed_in("coordinator").post(reverse("patient-new"), given)
    assert page.status_code == 422
    text = page.content.decode()
    assert (f'href="#id_{field}"' in text, f'id="id_{field}_error"' in text, 'value="Walter"' in text) == (
        True,
        True,
        True,
    )
    assert find_patients(by=harbour.clinician).total == 0


def test_a_director_adds_no_patients(harbour: House):
    client = signed_in("director")
    assert (
        client.get(reverse("patient-new")).status_code,
        client.post(reverse("patient-import"), upload(bundle())).status_code,
    ) == (403, 403)


def test_a_chart_is_read_in_and_what_was_not_understood_is_shown(harbour: House):
    odd = {"resourceType": "Observation", "id": "o", "subject": {"reference": "Patient/p"}}
    client = signed_in("coordinator")
    page = client.post(reverse("patient-import"), upload(bundle(odd))).content.decode()
    assert ("The chart was read in" in page, "<code>Observation</code>" in page) == (True, True)
    assert "<code>Observation</code>" in client.get(patient_page(harbour)).content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"not json",
        b"{}",
        b"[]",
        bundle(birthDate="2999-01-01"),
        bundle(birthDate="1970-02-30"),
        bundle({"resourceType": "Patient", "id": "q"}),
        pytest.param(b" " * (LIMIT_BYTES + 1), id="too large"),
        b"",
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence_and_nothing_is_kept(harbour: House, content: bytes):
    page = signed_in("coordinator").post(reverse("patient-import"), upload(content))
    assert (page.status_code, page.content.decode().count('id="id_bundle_error"')) == (422, 1)
    assert find_patients(by=harbour.clinician).total == 0


# ---------------------------------------------------------------------------------------------------- one patient


def test_a_corrected_step_stays_visible_struck_through_with_the_reason(harbour: House):
    course, session = harbour.treated()
    page = signed_in("clinician").get(patient_page(harbour)).content.decode()
    step = re.search(
        rf"/courses/{course}/correct/step/([0-9a-f-]+)/[^<]*<span[^>]*> Session 1: anaesthetise", page
    ).group(1)
    treat.anaesthetise(
        by=harbour.clinician,
        session=session,
        details=NUMBED | {"volume_ml": "1"},
        corrects=step,
        reason="misread the syringe",
    )
    page = signed_in("clinician").get(patient_page(harbour)).content.decode()
    assert "<s><strong>Session 1: anaesthetise</strong></s>" in page
    assert "Corrected later, because: misread the syringe" in page


def test_the_curve_is_a_picture_beside_a_table_and_belongs_to_its_clinic(harbour: House, hillside: House):
    course = harbour.course()
    survey = {
        "by": harbour.coordinator,
        "course": course,
        "wave": "baseline-1",
        "instrument_id": "pain-nrs",
        "on": TODAY,
        "today": TODAY,
    }
    record_survey(**survey, answers={"nrs_avg_7d": 7}, mode="by phone")
    at = reverse("curve", args=[course, "pain-nrs"])
    page = signed_in("clinician").get(patient_page(harbour)).content.decode()
    assert (f'src="{at}"' in page, ">7</td>" in page) == (True, True)
    picture = signed_in("clinician").get(at)
    assert (picture.status_code, picture.headers["Content-Type"], picture.content[:4]) == (
        200,
        "image/svg+xml",
        b"<svg",
    )
    assert signed_in("clinician", "hillside").get(at).status_code == 404
    assert signed_in("clinician").get(reverse("curve", args=[course, "no-such"])).status_code == 422


def test_reading_a_record_is_itself_on_record(harbour: House):
    harbour.patient()
    client = signed_in("coordinator")
    client.get(patient_page(harbour))
    assert "Read the record" in client.get(patient_page(harbour)).content.decode()


# ---------------------------------------------------------------------------------------------------- the library


def test_an_entry_shows_what_it_says_where_that_was_read_and_its_examples_as_they_ran(harbour: House):
    page = signed_in("clinician").get(reverse("entry", args=["rules", "nsaid-tablets"])).content.decode()
    assert ("To the patient" in page, "not yet reviewed by a clinician" in page, "by none of your clinics" in page) == (
        True,
        True,
        True,
    )
    assert (">holds<" in page, ">does not hold<" in page) == (True, False)


def test_every_entry_of_the_library_has_a_page(harbour: House):
    client = signed_in("clinician")
    links = set(
        re.findall(r'href="(/knowledge/[a-z-]+/[a-z0-9-]+/)"', client.get(reverse("knowledge")).content.decode())
    )
    one_of_each = {link.split("/")[2]: link for link in sorted(links)}
    assert {client.get(link).status_code for link in one_of_each.values()} == {200}
    assert client.get("/knowledge/rules/no-such/").status_code == 404


def test_the_director_adopts_one_text_and_no_other(harbour: House):
    client, at = signed_in("director"), reverse("entry", args=["rules", "nsaid-tablets"])
    mark = re.search(r'name="fingerprint" value="([0-9a-f]+)"', client.get(at).content.decode()).group(1)
    asked = {"clinic": harbour.clinic.pk, "fingerprint": mark}
    assert client.post(f"{at}adopt/", asked | {"fingerprint": "0" * 16}).status_code == 409
    assert client.post(f"{at}adopt/", asked | {"clinic": "999999"}).status_code == 403
    assert read_adoptions(by=harbour.director) == ()
    page = client.post(f"{at}adopt/", asked, follow=True).content.decode()
    assert (">adopted<" in page, "Adopt this text" in page) == (True, False)
    assert [(one.kind, one.entry, one.fingerprint) for one in read_adoptions(by=harbour.director)] == [
        ("rules", "nsaid-tablets", mark)
    ]
    assert read_adoptions(by=harbour.coordinator) != ()


def test_all_entries_are_adopted_only_after_saying_that_they_were_read(harbour: House):
    client, at = signed_in("director"), reverse("adopt-all")
    mark = re.search(r'name="fingerprint" value="([0-9a-f]+)"', client.get(at).content.decode()).group(1)
    asked = {"clinic": harbour.clinic.pk, "fingerprint": mark}
    assert client.post(at, asked).status_code == 422
    assert client.post(at, asked | {"read": "yes"}).url == reverse("knowledge")
    assert "Every entry is adopted in its present text." in client.get(at).content.decode()


# ---------------------------------------------------------------------------------------------------- the audit trail


def test_the_director_reads_the_trail_of_the_own_clinic_and_checks_the_chain(harbour: House, hillside: House):
    harbour.patient()
    hillside.patient()
    client = signed_in("director")
    found = client.post(reverse("audit"), {"verb": "imported", "actor": ""}).content.decode()
    assert ("coordinator of harbour" in found, "coordinator of hillside" in found, "Read the worklist" in found) == (
        True,
        False,
        False,
    )
    assert "No event fits." in client.post(reverse("audit"), {"verb": "no such thing"}).content.decode()
    assert "The chain holds" in client.post(reverse("audit-verify")).content.decode()
