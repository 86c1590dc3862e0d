"""CDS Hooks 2.0: the same judgment as everywhere, as cards, for systems a clinic has let in and nobody else."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import jwt
import pytest
from tests.edges.cds_client import HOST, Ehr, order

from enthesis import fhir
from enthesis.clinic.cds import add_client, end_client, read_feedback
from enthesis.clinic.errors import NotAllowed, NotFound
from enthesis.clinic.library import library
from enthesis.clinic.operator import operator
from enthesis.knowledge import BadInput, parse_site
from enthesis.registry.models import AuditEvent
from enthesis.screening import facts_from, screen, screening_as_json

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
PATIENT = {"resourceType": "Patient", "id": "p1", "birthDate": "1970-05-01", "gender": "female"}
SIGN = "/cds-services/prolotherapy-order-sign"
SITE = "lumbar-facet:L4/5:right"


@pytest.fixture
def today() -> date:
    from django.utils import timezone

    return timezone.localdate()


@pytest.fixture
def ehr(harbour) -> Ehr:
    """A system that harbour has let in."""
    found = Ehr()
    add_client(by=operator(harbour.clinic), clinic=harbour.clinic.pk, name="EHR", issuer=found.issuer, keys=found.keys)
    return found


def drug(name="Naproxen 220 MG Oral Tablet", id="m1", **more):
    coding = [{"system": RXNORM, "code": "849574", "display": name}]
    return {
        "resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
        "subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"coding": coding},
    } | more  # fmt: skip


def on(today, days=10):
    return (today + timedelta(days=days)).isoformat()


def judged_here(resources, day, site, today):
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    chart = fhir.read_bundle(json.dumps(bundle))
    facts = facts_from(chart.items, answers={}, library=library(), sex=chart.person.sex, born=chart.person.born)
    target = parse_site(site, library())
    return screening_as_json(screen(facts, on=day, site=target, as_of=today, library=library()))


def test_discovery_is_open_to_all_and_names_four_services_with_their_prefetch(client, db):
    answer = client.get("/cds-services")
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    services = answer.json()["services"]
    assert {one["hook"] for one in services} == {"patient-view", "order-select", "order-sign", "appointment-book"}
    for one in services:
        assert set(one) == {"hook", "id", "title", "description", "prefetch"}
        assert one["prefetch"]["patient"] == "Patient/{{context.patientId}}"


def test_the_cards_of_an_order_carry_the_judgment_of_every_other_door(ehr, today):
    resources = [PATIENT, drug()]
    cards = ehr.call("order-sign", resources, **order(on=on(today)))
    expected = judged_here(resources, today + timedelta(days=10), SITE, today)
    assert cards[0]["extension"]["io.enthesis.judgment"] == expected
    assert cards[0]["indicator"] == "warning"
    assert "nsaid-tablets" in {finding["rule"] for finding in expected["findings"]}


def test_a_finding_shows_the_resource_the_rule_its_sources_and_what_was_not_considered(ehr, today):
    cards = ehr.call("order-sign", [PATIENT, drug()], **order(on=on(today, 2)))
    [card] = [one for one in cards if "**Rule:** nsaid-tablets" in one["detail"]]
    for part in ("MedicationRequest/m1", "clinic-practice", "library", "**Dates:** free on"):
        assert part in card["detail"]
    assert {link["type"] for link in card["links"]} == {"absolute"}
    assert "nobody has answered" in cards[0]["detail"]


def test_an_order_that_is_no_prolotherapy_says_nothing(ehr, today):
    physio = order(on=on(today), code={"text": "Physiotherapy"})
    assert ehr.call("order-sign", [PATIENT], **physio) == []


def test_only_the_selected_order_is_judged(ehr, today):
    chosen = order(on=on(today), kind="order-select")
    assert ehr.call("order-select", [PATIENT], **chosen)
    assert ehr.call("order-select", [PATIENT], **(chosen | {"selections": ["ServiceRequest/o2"]})) == []


def test_an_order_without_a_site_is_asked_for_one_and_never_guessed(ehr, today):
    for words in ("back", "knee and shoulder"):
        [card, *_] = ehr.call("order-sign", [PATIENT], **order(site=words, on=on(today)))
        assert "without a site" in card["summary"]
        assert "**Which site?**" in card["detail"]
        assert "extension" not in card


@pytest.mark.parametrize(
    ("words", "site"),
    [
        ("right L4/5 lumbar facet joint", SITE), ("Lumbar facet L4-L5, right", SITE), ("left knee", "knee:left"),
        ("bilateral sacroiliac joint", "sacroiliac:both"), ("C5-6 cervical facet", "cervical-facet:C5/6"),
        ("lumbar facet L4/5 and L5/S1", "lumbar-facet"),
    ],
)  # fmt: skip
def test_a_site_by_its_words(ehr, today, words, site):
    [card, *_] = ehr.call("order-sign", [PATIENT], **order(site=words, on=on(today)))
    assert card["extension"]["io.enthesis.judgment"]["site"] == site


def test_a_site_by_its_code(ehr, today):
    coded = {"bodySite": [{"coding": [{"system": "urn:enthesis:site", "code": "hip:left"}]}]}
    [card, *_] = ehr.call("order-sign", [PATIENT], **order(on=on(today), **coded))
    assert card["extension"]["io.enthesis.judgment"]["site"] == "hip:left"


def test_an_appointment_is_judged_for_its_day(ehr, today):
    appointment = {
        "resourceType": "Appointment", "id": "a1", "status": "proposed", "description": "Prolotherapy, left knee",
        "start": f"{on(today, 20)}T09:00:00Z", "participant": [{"status": "needs-action"}],
    }  # fmt: skip
    booked = {"appointments": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": appointment}]}}
    [card, *_] = ehr.call("appointment-book", [PATIENT], **booked)
    assert (card["extension"]["io.enthesis.judgment"]["on"], "left knee" in card["summary"]) == (on(today, 20), True)


def test_a_chart_being_opened_shows_what_holds_at_any_site_and_nothing_for_a_clean_one(ehr):
    warfarin = drug("Warfarin Sodium 5 MG Oral Tablet")
    infected = {
        "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
        "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"text": "Multiple myeloma"},
    }  # fmt: skip
    cards = ehr.call("patient-view", [PATIENT, warfarin, infected])
    assert cards[0]["indicator"] == "critical"
    assert "at any site" in cards[0]["summary"]
    assert ehr.call("patient-view", [PATIENT]) == []


def test_a_key_that_was_not_sent_is_not_known_and_a_null_is_none(ehr, today):
    request = ehr.request("order-sign", [PATIENT], **order(on=on(today)))
    assert request["prefetch"]["medications"] is None
    none = ehr.post(SIGN, request).json()["cards"][0]
    assert "were not sent" not in none["detail"]
    del request["prefetch"]["medications"]
    unknown = ehr.post(SIGN, request).json()["cards"][0]
    assert "**Not known:** medications were not sent" in unknown["detail"]
    rules = {one["rule"] for one in unknown["extension"]["io.enthesis.judgment"]["findings"]}
    assert "record-not-read" in rules


def test_without_the_patient_nothing_is_judged_and_nothing_is_fetched(ehr, today):
    request = ehr.request("order-sign", [PATIENT], **order(on=on(today)))
    for prefetch in ({}, {"patient": None}):
        answer = ehr.post(SIGN, request | {"prefetch": prefetch})
        assert (answer.status_code, answer.json()["resourceType"]) == (412, "OperationOutcome")
    del request["prefetch"]
    assert ehr.post(SIGN, request).status_code == 412


@pytest.mark.parametrize(
    "fault",
    [
        {"hook": "patient-view"}, {"hookInstance": None}, {"context": {"patientId": "p1"}}, {"context": {}},
        {"context": {"userId": "Practitioner/x", "patientId": "p1"}}, {"context": []}, {"prefetch": "x"},
    ],
)  # fmt: skip
def test_a_malformed_call_is_refused_in_one_sentence(ehr, today, fault):
    answer = ehr.post(SIGN, ehr.request("order-sign", [PATIENT], **order(on=on(today))) | fault)
    assert answer.status_code == 400
    assert answer.json()["issue"][0]["diagnostics"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"a": 1, "a": 2}', b"<x/>"])
def test_what_is_no_json_object_is_refused(ehr, body):
    assert ehr.post(SIGN, body).status_code == 400


def test_what_is_too_large_is_refused_before_it_is_read(ehr):
    answer = ehr.post(SIGN, b" " * 10_000_001)
    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (413, "too-long")


def test_another_patients_chart_is_refused(ehr, today):
    request = ehr.request("order-sign", [PATIENT], **order(on=on(today)))
    request["context"]["patientId"] = "p2"
    assert ehr.post(SIGN, request).status_code == 400


def test_a_day_that_has_passed_is_refused(ehr, today):
    answer = ehr.post(SIGN, ehr.request("order-sign", [PATIENT], **order(on=on(today, -1))))
    assert (answer.status_code, "has passed" in answer.json()["issue"][0]["diagnostics"]) == (400, True)


def test_a_value_in_an_unknown_unit_is_refused_by_its_resource(ehr, today):
    inr = {
        "resourceType": "Observation", "id": "i", "status": "final", "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "6301-6"}]}, "effectiveDateTime": today.isoformat(),
        "valueQuantity": {"value": 2, "unit": "stone"},
    }  # fmt: skip
    answer = ehr.post(SIGN, ehr.request("order-sign", [PATIENT, inr], **order(on=on(today))))
    assert answer.status_code == 400
    assert answer.json()["issue"][0]["diagnostics"].startswith("Observation/i: the unit 'stone'")


# --- who may ask


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://elsewhere.example"}, {"iss": "https://nobody.example"}, {"iss": None}, {"exp": None}, {"jti": None},
        {"iat": None}, {"aud": None}, {"headers": {"kid": "k2"}}, {"headers": {"jku": "https://evil.example/keys"}},
        {"exp": datetime(2020, 1, 1, tzinfo=UTC)}, {"exp": timedelta(hours=1)}, {"iat": timedelta(minutes=3)}, {"jti": "x" * 201},
    ],
)  # fmt: skip
def test_a_token_that_does_not_hold_is_refused(ehr, changed):
    now = datetime.now(UTC)  # not when tests are collected: a long run would make of the future a past
    answer = ehr.post(
        SIGN,
        {},
        ehr.token(SIGN, **{key: now + one if isinstance(one, timedelta) else one for key, one in changed.items()}),
    )
    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (401, "login")


def test_a_token_by_another_key_or_without_one_is_refused(ehr):
    other = Ehr(ehr.issuer)
    assert ehr.post(SIGN, {}, other.token(SIGN)).status_code == 401
    assert ehr.post(SIGN, {}, "x.y.z").status_code == 401
    unsigned = jwt.encode({"iss": ehr.issuer, "aud": HOST + SIGN, "jti": "1"}, None, algorithm="none")
    shared = jwt.encode({"iss": ehr.issuer}, "k" * 64, algorithm="HS256", headers={"kid": "k1"})
    assert [ehr.post(SIGN, {}, token).status_code for token in (unsigned, shared)] == [401, 401]
    assert ehr.browser.post(SIGN, "{}", content_type="application/json").status_code == 401
    assert (
        ehr.browser.post(SIGN, "{}", content_type="application/json", HTTP_AUTHORIZATION="Basic x").status_code == 401
    )


def test_a_token_is_used_once(ehr, today):
    token, request = ehr.token(SIGN), ehr.request("order-sign", [PATIENT], **order(on=on(today)))
    assert [ehr.post(SIGN, request, token).status_code for _ in range(2)] == [200, 401]


def test_a_client_that_was_ended_may_no_longer_ask(ehr, harbour):
    end_client(by=operator(harbour.clinic), clinic=harbour.clinic.pk, issuer=ehr.issuer)
    assert ehr.post(SIGN, {}).status_code == 401
    with pytest.raises(NotFound):
        end_client(by=operator(harbour.clinic), clinic=harbour.clinic.pk, issuer=ehr.issuer)


def test_only_the_operator_lets_a_system_in_and_only_with_public_keys(harbour, ehr):
    with pytest.raises(NotAllowed):
        add_client(by=harbour.director, clinic=harbour.clinic.pk, name="x", issuer="https://b.example", keys=ehr.keys)
    by = {"by": operator(harbour.clinic), "clinic": harbour.clinic.pk, "name": "x"}
    private = {"keys": [ehr.keys["keys"][0] | {"d": "AAAA"}]}
    for keys in ({}, {"keys": []}, {"keys": "x"}, {"keys": [{"kty": "oct", "k": "AAAA", "kid": "1"}]}, private):
        with pytest.raises(BadInput, match=r"^keys: "):
            add_client(**by, issuer="https://b.example", keys=keys)
    with pytest.raises(BadInput, match=r"^issuer: "):
        add_client(**by, issuer="b", keys=ehr.keys)
    with pytest.raises(BadInput, match="known already"):
        add_client(**by, issuer=ehr.issuer, keys=ehr.keys)


def test_methods_preflight_and_services_that_do_not_exist(ehr):
    preflight = ehr.browser.options(SIGN)
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Headers"]) == (
        204,
        "Authorization, Content-Type",
    )
    assert (ehr.browser.get(SIGN).status_code, ehr.browser.get(SIGN).headers["Allow"]) == (405, "POST")
    assert ehr.browser.post("/cds-services").status_code == 405
    assert ehr.post("/cds-services/nothing", {}).status_code == 404
    assert ehr.browser.post("/cds-services/nothing").status_code == 401


# --- hostile text, trail, feedback


def test_text_from_a_chart_is_text_on_a_card(ehr, today):
    evil = drug("<img src=x onerror=alert(1)> [click](javascript:x) naproxen")
    cards = ehr.call("order-sign", [PATIENT, evil], **order(on=on(today, 2)))
    details = " ".join(card["detail"] for card in cards)
    assert "<img" not in details
    assert "[click](" not in details


def test_nothing_of_the_chart_is_kept_and_the_trail_says_who_asked(ehr, today):
    ehr.call("order-sign", [PATIENT, drug()], **order(on=on(today)))
    event = AuditEvent.objects.filter(verb="gave decision support").get()
    assert (event.actor, event.patient, event.about) == ("CDS client EHR", "", "prolotherapy-order-sign")
    assert "Naproxen" not in json.dumps(event.after)


def feedback(about, outcome="overridden", **more):
    reason = {"reason": {"system": "x", "code": "not-taking"}, "userComment": "Stopped 10 Nov"}
    told = {"card": about, "outcome": outcome, "overrideReason": reason, "outcomeTimestamp": "2026-11-23T09:12:31Z"}
    return {"feedback": [told | more]}


def test_feedback_is_kept_and_reported_by_rule(ehr, harbour, hillside, today):
    cards = ehr.call("order-sign", [PATIENT, drug()], **order(on=on(today, 2)))
    [card] = [one["uuid"] for one in cards if "**Rule:** nsaid-tablets" in one["detail"]]
    assert ehr.post(f"{SIGN}/feedback", feedback(card)).status_code == 200
    [row] = read_feedback(by=harbour.director)
    assert (row.rule, row.outcome, row.reason, row.count) == ("nsaid-tablets", "overridden", "not-taking", 1)
    assert read_feedback(by=hillside.director) == ()


@pytest.mark.parametrize(
    "fault",
    [
        {"card": "x"},
        {"outcome": "liked"},
        {"outcomeTimestamp": "yesterday"},
        {"outcomeTimestamp": "2026-11-23T09:12:31"},
    ],
)
def test_feedback_that_cannot_be_read_leaves_nothing(ehr, fault):
    assert ehr.post(f"{SIGN}/feedback", feedback(str(uuid4()), **fault)).status_code == 400
    assert ehr.post(f"{SIGN}/feedback", b"[]").status_code == 400
    assert ehr.post(f"{SIGN}/feedback", {}).status_code == 400


def test_feedback_on_a_card_of_somebody_else_is_not_found(ehr, hillside, today):
    other = Ehr("https://other.example")
    add_client(by=operator(hillside.clinic), clinic=hillside.clinic.pk, name="B", issuer=other.issuer, keys=other.keys)
    card = ehr.call("order-sign", [PATIENT], **order(on=on(today)))[0]["uuid"]
    assert other.post(f"{SIGN}/feedback", feedback(card)).status_code == 404
    assert ehr.post(f"{SIGN}/feedback", feedback(str(uuid4()))).status_code == 404
