"""Records going out: FHIR R4 that a validator made by others accepts, whole, audited, and for the director alone."""

import base64
import json
import stat
from dataclasses import replace
from datetime import UTC, datetime

import fhirkit
import pytest
from django.urls import reverse
from tests.clinic.conftest import GIVEN, KNEE, NUMBED, OBSERVED, VISIT
from tests.core.outcomes.test_outcomes_wording import words_for
from tests.edges.pages import signed_in
from tests.edges.test_command_line import DATA, enthesis, refused

from enthesis.clinic import treat
from enthesis.clinic.chart import import_chart
from enthesis.clinic.consent import read_consent, withdraw_consent
from enthesis.clinic.errors import NotAllowed, NotFound
from enthesis.clinic.exporting import export_patient, export_session, patients_to_export
from enthesis.clinic.harm import report_event
from enthesis.clinic.packs import accept_terms, read_packs
from enthesis.clinic.session_record import read_session
from enthesis.clinic.signing import add_addendum, sign_session
from enthesis.clinic.survey import record_survey
from enthesis.clinic.wording import bring_wording
from enthesis.fhir import read_bundle
from enthesis.fhir.export import bundle_of
from enthesis.outcomes import wording_from
from enthesis.screening import ChartItem, ItemKind, Route

__all__ = ["enthesis"]  # the command as people type it, a fixture here too
AT = datetime(2030, 3, 14, 12, 0, tzinfo=UTC)
CHART = (
    ChartItem(
        ItemKind.MEDICINE, "MedicationStatement/n", "Naproxen 220 MG", state="stopped", route=Route.ORAL, last=VISIT
    ),
    ChartItem(ItemKind.PROBLEM, "Condition/d", "Old fracture", state="past", icd10=("M84.40",)),
    ChartItem(ItemKind.PROBLEM, "Condition/e", "Gout, perhaps", state="doubtful"),
    ChartItem(ItemKind.ALLERGY, "AllergyIntolerance/p", "Penicillin", coded=False),
    ChartItem(ItemKind.PROCEDURE, "Procedure/k", "Knee arthroscopy", last=VISIT.replace(year=2020)),
)


@pytest.fixture
def full(harbour):
    """A signed session with everything an export can hold."""
    harbour.person = {**harbour.person, "language": "en", "phone": "555-0199", "email": "maria@example.org"}
    course = harbour.ready()
    session = harbour.assessed(course)
    treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)
    treat.inject(by=harbour.clinician, session=session, given=[GIVEN, {**GIVEN, "volume_ml": "1.5", "lot": ""}])
    watched = OBSERVED | {
        "reactions": ["faint"],
        "systolic": "120",
        "diastolic": "80",
        "pulse": "64",
        "note": "lay down",
    }
    treat.observe(by=harbour.clinician, session=session, details=watched)
    harm = {"what": "fainted", "grade": 4, "serious": ["life-threatening"], "outcome": "resolved"}
    report_event(by=harbour.clinician, course=course, session=session, on=VISIT, today=VISIT, details=harm)
    sign_session(by=harbour.clinician, session=session)
    add_addendum(by=harbour.clinician, session=session, words="other saline", lots=[{"what": "saline", "lot": "S9"}])
    import_chart(by=harbour.coordinator, clinic=harbour.clinic.pk, key="test|1", person=harbour.person, items=CHART)
    record_survey(
        by=harbour.coordinator, course=course, wave="baseline-1", instrument_id="pain-nrs", on=VISIT, today=VISIT,
        answers={"nrs_avg_7d": 7}, mode="by phone",
    )  # fmt: skip
    return course, session


def by_kind(bundle):
    """The resources of a bundle by their type."""
    found: dict[str, list] = {}
    for entry in bundle["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


@pytest.fixture
def bundle(harbour, full):
    patient = read_session(by=harbour.clinician, session=full[1]).patient
    return bundle_of(export_patient(by=harbour.director, patient=patient), at=AT)


def test_a_validator_of_others_finds_nothing_wrong_with_any_resource(bundle):
    wrong = [
        (one["resource"]["resourceType"], str(i)) for one in bundle["entry"] for i in fhirkit.validate(one["resource"])
    ]
    assert wrong == []
    assert [str(issue) for issue in fhirkit.validate(bundle)] == []
    assert set(by_kind(bundle)) == {
        "AdverseEvent", "AllergyIntolerance", "Condition", "Consent", "DocumentReference", "MedicationAdministration",
        "MedicationStatement", "Observation", "Patient", "Procedure", "Questionnaire", "QuestionnaireResponse",
    }  # fmt: skip


def test_every_reference_leads_to_something_in_the_bundle(bundle):
    there = {entry["fullUrl"] for entry in bundle["entry"]}

    def references(value):
        if isinstance(value, dict):
            if isinstance(value.get("reference"), str):
                yield value["reference"]
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    inside = {one for one in references(bundle) if not one.startswith("#")}
    assert inside <= there


def test_each_needle_placement_goes_out_with_its_site_volume_guidance_and_every_lot(bundle):
    given = by_kind(bundle)["MedicationAdministration"]
    knees = [one for one in given if "site" in one["dosage"]]
    assert sorted(one["dosage"]["dose"]["value"] for one in knees) == [1.5, 4.0]
    assert {one["dosage"]["site"]["text"] for one in knees} == {"right knee"}
    assert {one["dosage"]["method"]["text"] for one in knees} == {"guided by ultrasound"}
    lots = [{part["batch"]["lotNumber"] for part in one["contained"] if "batch" in part} for one in knees]
    assert sorted(map(sorted, lots)) == [["DX-2405", "DX1", "LI 77", "NaCl/9"], ["DX-2405", "LI 77", "NaCl/9"]]
    [skin] = [one for one in given if "site" not in one["dosage"]]
    assert [part["batch"]["lotNumber"] for part in skin["contained"] if "batch" in part] == ["SK1"]
    assert all(part["batch"]["expirationDate"].startswith("2031-") for part in skin["contained"] if "batch" in part)


def test_the_session_goes_out_with_what_was_seen_its_signature_and_what_was_added(bundle):
    [session] = [one for one in by_kind(bundle)["Procedure"] if "performer" in one]
    assert (session["status"], session["performedDateTime"]) == ("completed", "2030-03-14")
    assert session["code"]["coding"][0]["code"] == "M0076"
    assert [one["text"] for one in session["complication"]] == ["faint"]
    notes = [note["text"] for note in session["note"]]
    assert notes[0] == "lay down"
    assert notes[1].startswith("Signed; digest ")
    assert notes[2] == "Addendum: other saline (lot named: S9)"


def test_harm_goes_out_with_grade_seriousness_and_outcome(bundle):
    [event] = by_kind(bundle)["AdverseEvent"]
    assert event["severity"]["coding"][0]["code"] == "severe"
    assert event["severity"]["text"].startswith("grade 4, life-threatening")
    assert event["seriousness"]["coding"][0]["code"] == "Serious"
    assert event["outcome"]["coding"][0]["code"] == "resolved"


def test_the_consent_goes_out_word_for_word_and_is_inactive_once_taken_back(harbour, full, bundle):
    [consent] = by_kind(bundle)["Consent"]
    kept = read_consent(by=harbour.clinician, course=full[0]).rows[0]
    assert base64.b64decode(consent["sourceAttachment"]["data"]).decode() == kept.text
    assert consent["status"] == "active"
    withdraw_consent(by=harbour.clinician, course=full[0], on=VISIT, why="")
    patient = read_session(by=harbour.clinician, session=full[1]).patient
    again = bundle_of(export_patient(by=harbour.director, patient=patient), at=AT)
    assert [one["status"] for one in by_kind(again)["Consent"]] == ["inactive"]


def test_what_goes_out_can_be_read_in_again(bundle):
    chart = read_bundle(json.dumps(bundle).encode())
    names = {item.name for item in chart.items}
    assert {"Naproxen 220 MG", "Old fracture", "Gout, perhaps", "Penicillin", "Knee arthroscopy"} <= names
    states = {item.name: item.state for item in chart.items}
    assert (states["Old fracture"], states["Gout, perhaps"], states["Naproxen 220 MG"]) == (
        "past",
        "doubtful",
        "stopped",
    )
    assert (chart.person.family, chart.person.given, chart.person.phone) == ("Silva", "Maria", "555-0199")


def test_the_document_holds_what_has_no_resource_of_its_own(bundle):
    [document] = by_kind(bundle)["DocumentReference"]
    courses = json.loads(base64.b64decode(document["content"][0]["attachment"]["data"]))
    assert courses[0]["site"] == KNEE
    assert {"screening", "plan", "recipe", "diary", "surveys", "decisions"} <= set(courses[0])


def exported_again(harbour, full):
    patient = read_session(by=harbour.clinician, session=full[1]).patient
    return by_kind(bundle_of(export_patient(by=harbour.director, patient=patient), at=AT))


def extensions(carrier):
    return {one["url"]: one for one in carrier["extension"]}


def test_a_survey_goes_out_with_its_raw_answers_version_language_mode_and_times(harbour, full):
    record_survey(
        by=harbour.coordinator, course=full[0], wave="baseline-1", instrument_id="rmdq-24", on=VISIT, today=VISIT,
        answers={"rmdq_1": True, "rmdq_2": 0}, mode="paper", times={"rmdq_1": "2030-03-14T09:30:05+01:00"},
    )  # fmt: skip
    kinds = exported_again(harbour, full)
    pain, back = sorted(kinds["QuestionnaireResponse"], key=lambda one: one["questionnaire"])
    assert pain["questionnaire"] == "urn:enthesis:questionnaire:pain-nrs|1-week-recall"
    assert (pain["status"], pain["language"], pain["authored"]) == ("completed", "en", VISIT.isoformat())
    assert pain["source"] == pain["subject"]
    [answer] = pain["item"][0]["answer"]
    assert (pain["item"][0]["linkId"], answer["valueCoding"]["code"]) == ("nrs_avg_7d", "7")
    assert pain["item"][0]["text"].startswith("What number best describes")
    came = extensions(pain)
    assert came["urn:enthesis:wave"]["valueString"] == "baseline-1"
    [mode] = [one["valueCodeableConcept"] for url, one in came.items() if url.endswith("completionMode")]
    assert (mode["text"], mode["coding"][0]["code"]) == ("by phone", "VERBAL")
    assert back["authored"] == "2030-03-14T09:30:05+01:00"
    first, second = (item["answer"][0] for item in back["item"])
    assert extensions(first)["urn:enthesis:answered-at"]["valueDateTime"] == "2030-03-14T09:30:05+01:00"
    assert "extension" not in second
    asked = {one["url"] + "|" + one["version"] for one in kinds["Questionnaire"]}
    assert asked == {one["questionnaire"] for one in kinds["QuestionnaireResponse"]}


def test_a_score_leads_to_the_answers_it_was_made_from_and_says_why_there_is_none(harbour, full):
    record_survey(
        by=harbour.coordinator, course=full[0], wave="baseline-1", instrument_id="peg", on=VISIT, today=VISIT,
        answers={"peg_p": 7}, mode="paper",
    )  # fmt: skip
    kinds = exported_again(harbour, full)
    answered = {f"urn:uuid:{one['id']}": one for one in kinds["QuestionnaireResponse"]}
    scores = {one["code"]["text"]: one for one in kinds["Observation"] if "derivedFrom" in one}
    assert {one["derivedFrom"][0]["reference"] for one in scores.values()} == set(answered)
    assert scores["pain-nrs score at baseline-1"]["valueQuantity"]["value"] == 7
    none = scores["peg score at baseline-1"]
    assert none["code"]["coding"][0]["code"] == "91147-9"
    assert none["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert "answered 1 of 3" in none["dataAbsentReason"]["text"]


def test_the_parts_of_a_score_go_out_with_it(harbour, full):
    record_survey(
        by=harbour.coordinator, course=full[0], wave="baseline-1", instrument_id="phq-4", on=VISIT, today=VISIT,
        answers={"gad2_1": 3, "gad2_2": 2, "phq2_1": 1}, mode="paper",
    )  # fmt: skip
    bring_wording(
        by=harbour.director, clinic=harbour.clinic.pk, instrument_id="koos", licence="no. 12",
        wording=wording_from(words_for("koos")),
    )  # fmt: skip
    record_survey(
        by=harbour.coordinator, course=full[0], wave="baseline-1", instrument_id="koos", on=VISIT, today=VISIT,
        answers={f"q{n}": 1 for n in range(1, 5)}, mode="paper",
    )  # fmt: skip
    scores = {one["code"]["text"].split()[0]: one for one in exported_again(harbour, full)["Observation"]}
    anxiety, depression = scores["phq-4"]["component"]
    assert (anxiety["code"]["text"], anxiety["valueQuantity"]["value"]) == ("Anxiety", 5)
    assert "answered 1 of 2" in depression["dataAbsentReason"]["text"]
    quality = scores["koos"]["component"][-1]
    assert (quality["code"]["coding"][0]["code"], quality["valueQuantity"]["value"]) == ("72098-7", 75)
    assert "component" not in scores["pain-nrs"]
    assert all(fhirkit.validate(one) == [] for one in scores.values())


def test_a_corrected_answer_goes_out_as_amended_and_alone(harbour, full):
    [kept] = exported_again(harbour, full)["QuestionnaireResponse"]
    record_survey(
        by=harbour.coordinator, course=full[0], wave="baseline-1", instrument_id="pain-nrs", on=VISIT, today=VISIT,
        answers={"nrs_avg_7d": 5}, mode="by phone", corrects=kept["id"], reason="misheard",
    )  # fmt: skip
    [one] = exported_again(harbour, full)["QuestionnaireResponse"]
    assert (one["status"], one["item"][0]["answer"][0]["valueCoding"]["code"]) == ("amended", "5")


def test_no_word_of_a_licensed_form_or_of_one_behind_terms_goes_out(harbour, full):
    bring_wording(
        by=harbour.director, clinic=harbour.clinic.pk, instrument_id="odi", licence="no. 12",
        wording=wording_from(words_for("odi")),
    )  # fmt: skip
    mark = {row.entry.id: row.entry.fingerprint for row in read_packs(by=harbour.director, clinic=harbour.clinic.pk)}
    accept_terms(by=harbour.director, clinic=harbour.clinic.pk, pack_id="promis", fingerprint=mark["promis"], read=True)
    for id, given in (("odi", {"odi_1": 3}), ("promis-pain-interference-4a", {"painin9": 2})):
        record_survey(
            by=harbour.coordinator, course=full[0], wave="baseline-1", instrument_id=id, on=VISIT, today=VISIT,
            answers=given, mode="paper",
        )  # fmt: skip
    kinds = exported_again(harbour, full)
    assert {one["title"] for one in kinds["Questionnaire"]} == {
        "Numeric pain rating scale 0-10 (average pain, past 7 days)"
    }
    told = {one["questionnaire"].split("|")[0].split(":")[-1]: one for one in kinds["QuestionnaireResponse"]}
    for id, item, code in (("odi", "odi_1", "3"), ("promis-pain-interference-4a", "painin9", "2")):
        [answered] = told[id]["item"]
        assert answered.keys() == {"linkId", "answer"}
        assert (answered["linkId"], answered["answer"][0]["valueCoding"]["code"]) == (item, code)
        assert "display" not in answered["answer"][0]["valueCoding"]
    assert "-wording-" in told["odi"]["questionnaire"]
    assert all(fhirkit.validate(one) == [] for one in told.values())
    assert "words for" not in json.dumps(kinds)


def test_answers_to_questions_that_have_changed_since_go_out_as_they_were_kept(harbour, full):
    patient = read_session(by=harbour.clinician, session=full[1]).patient
    record = export_patient(by=harbour.director, patient=patient)
    [row] = record.courses[0].surveys
    other = row | {"version": "of long ago", "answers": {"gone": {"text": "walking", "rating": 9}, "more": None}}
    old = replace(record, courses=(replace(record.courses[0], surveys=(other,)),))
    kinds = by_kind(bundle_of(old, at=AT))
    [one] = kinds["QuestionnaireResponse"]
    [item] = one["item"]
    assert one["questionnaire"] == "urn:enthesis:questionnaire:pain-nrs|of-long-ago"
    assert item["answer"][0]["valueCoding"] == {"system": "urn:enthesis:answers:pain-nrs:gone", "code": "9"}
    assert item["answer"][0]["item"][0]["answer"] == [{"valueString": "walking"}]
    assert "Questionnaire" not in kinds
    assert fhirkit.validate(one) == []


def test_whole_records_are_for_the_director_and_a_session_for_its_clinic(harbour, hillside, full):
    patient = read_session(by=harbour.clinician, session=full[1]).patient
    for other in (harbour.clinician, harbour.coordinator):
        with pytest.raises(NotAllowed, match="export whole records"):
            export_patient(by=other, patient=patient)
        with pytest.raises(NotAllowed):
            patients_to_export(by=other, clinic=harbour.clinic.pk)
    with pytest.raises(NotFound):
        export_patient(by=hillside.director, patient=patient)
    with pytest.raises(NotFound):
        export_session(by=hillside.clinician, session=full[1])


def test_a_session_is_taken_along_from_its_page(harbour, full):
    course, session = full
    answer = signed_in(harbour).get(reverse("walk:fhir", kwargs={"course": course, "session": session}))
    assert answer.headers["Content-Type"].startswith("application/fhir+json")
    assert "attachment" in answer.headers["Content-Disposition"]
    kinds = by_kind(json.loads(answer.content))
    assert {"Procedure", "MedicationAdministration", "AdverseEvent", "Consent", "Patient"} <= set(kinds)
    assert not {"Condition", "QuestionnaireResponse", "Questionnaire"} & set(kinds)  # nothing else of the record


def test_a_simulated_person_says_so(harbour, full):
    patient = read_session(by=harbour.clinician, session=full[1]).patient
    record = replace(export_patient(by=harbour.director, patient=patient), simulated=True)
    [person] = by_kind(bundle_of(record, at=AT))["Patient"]
    assert person["meta"]["tag"] == [{"display": "simulated"}]


def test_a_death_goes_out_so_that_nobody_else_writes_to_the_dead(harbour, full):
    patient = read_session(by=harbour.clinician, session=full[1]).patient
    record = export_patient(by=harbour.director, patient=patient)
    said = [by_kind(bundle_of(replace(record, died=died), at=AT))["Patient"][0] for died in (False, True)]
    assert [one.get("deceasedBoolean") for one in said] == [None, True]


def test_the_command_writes_one_file_for_each_patient_or_nothing(enthesis, tmp_path):
    imported = json.loads(enthesis("import", DATA / "ips/Bundle-bundle-minimal.json", "--json").stdout)["patient"]
    folder = tmp_path / "out"
    said = json.loads(enthesis("export", folder, "--json").stdout)
    assert said == {"folder": str(folder), "patients": 1, "files": [f"{imported}.json"]}
    file = folder / f"{imported}.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert fhirkit.validate(json.loads(file.read_text())) == []
    assert "an empty folder" in refused(enthesis, "export", folder)
    assert "no such patient" in refused(enthesis, "export", tmp_path / "other", "--patient", "nobody")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "data") == ["out"]
    assert "does not exist" in refused(enthesis, "export", tmp_path / "a" / "b")
    assert "exported a record" in enthesis("course", "show", imported).stdout
