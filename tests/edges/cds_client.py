"""A client as the CDS Hooks 2.0 specification describes one: discovery, prefetch by template, a signed token a call.

The checks of answers are written from the specification's tables of fields, not from our code.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

HOST = "http://testserver"
CARD = {"uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons", "links", "extension"}  # fmt: skip


class Ehr:
    """Another system, with a key pair of its own."""

    def __init__(self, issuer: str = "https://ehr.example/fhir") -> None:
        self.issuer, self.key = issuer, ec.generate_private_key(ec.SECP384R1())
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
        self.keys = {"keys": [public | {"kid": "k1", "use": "sig", "alg": "ES384"}]}
        self.browser = Client()

    def token(self, address: str, **changed: Any) -> str:
        """A token for one address; a claim of None is left out."""
        now = datetime.now(UTC)
        claims = {
            "iss": self.issuer,
            "aud": HOST + address,
            "iat": now,
            "exp": now + timedelta(minutes=4),
            "jti": str(uuid4()),
        }
        headers = {"kid": "k1"} | changed.pop("headers", {})
        kept = {key: one for key, one in (claims | changed).items() if one is not None}
        return jwt.encode(kept, changed.get("key", self.key), algorithm="ES384", headers=headers)

    def post(self, address: str, body: Any, token: str | None = None) -> Any:
        text = body if isinstance(body, bytes | str) else json.dumps(body)
        bearer = {"HTTP_AUTHORIZATION": f"Bearer {token or self.token(address)}"}
        return self.browser.post(address, text, content_type="application/json", **bearer)

    def services(self) -> list[dict[str, Any]]:
        return self.browser.get("/cds-services").json()["services"]

    def prefetched(self, service: dict[str, Any], resources: list[dict[str, Any]]) -> dict[str, Any]:
        """What a server would find for each template: one resource by id, a searchset, or null where it has none."""
        found: dict[str, Any] = {}
        for key, template in service["prefetch"].items():
            kind = template.split("?")[0].split("/")[0]
            every = [one for one in resources if one["resourceType"] == kind]
            if "?" not in template:
                found[key] = every[0]
            elif every:
                entry = [{"resource": one, "search": {"mode": "match"}} for one in every]
                found[key] = {"resourceType": "Bundle", "type": "searchset", "total": len(every), "entry": entry}
            else:
                found[key] = None
        return found

    def request(self, hook: str, resources: list[dict[str, Any]], **context: Any) -> dict[str, Any]:
        service = next(one for one in self.services() if one["hook"] == hook)
        patient = next(one["id"] for one in resources if one["resourceType"] == "Patient")
        return {
            "hook": hook,
            "hookInstance": str(uuid4()),
            "context": {"userId": "Practitioner/dr1", "patientId": patient, **context},
            "prefetch": self.prefetched(service, resources),
        }

    def call(self, hook: str, resources: list[dict[str, Any]], **context: Any) -> list[dict[str, Any]]:
        """Cards for a call of a hook, each checked against the specification."""
        service = next(one for one in self.services() if one["hook"] == hook)
        answer = self.post(f"/cds-services/{service['id']}", self.request(hook, resources, **context))
        assert answer.status_code == 200, answer.content
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert set(answer.json()) == {"cards"}
        for card in answer.json()["cards"]:
            check_card(card)
        return answer.json()["cards"]


def order(
    site: str = "right L4/5 lumbar facet joint", on: str = "2030-01-20", kind: str = "order-sign", **more: Any
) -> dict[str, Any]:
    """The context of an order for prolotherapy."""
    resource = {
        "resourceType": "ServiceRequest",
        "id": "o1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "code": {"text": "Dextrose prolotherapy injection"},
        "bodySite": [{"text": site}],
        "occurrenceDateTime": on,
    } | more
    drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": resource}]}
    return {"draftOrders": drafts} | ({"selections": ["ServiceRequest/o1"]} if kind == "order-select" else {})


def check_card(card: dict[str, Any]) -> None:
    """Required fields, closed lists and rules of the specification's table of card attributes."""
    assert set(card) <= CARD
    assert 0 < len(card["summary"]) < 140
    assert card["indicator"] in ("info", "warning", "critical")
    assert card["source"]["label"]
    UUID(card["uuid"])
    no_empties(card)
    if "suggestions" in card:
        assert card["selectionBehavior"] in ("at-most-one", "any")
        for suggestion in card["suggestions"]:
            assert suggestion["label"]
            for action in suggestion["actions"]:
                assert action["type"] in ("create", "update", "delete")
                assert action["description"]
    for reason in card.get("overrideReasons", []):
        assert reason["display"]
        assert reason["code"]
    for link in card.get("links", []):
        assert link["type"] in ("absolute", "smart")
        assert link["url"].startswith(("http://", "https://"))
        assert link["label"]


def no_empties(value: Any, path: str = "") -> None:
    """No nulls and no empty strings; the judgment in the extension keeps its own contract."""
    assert value is not None, path
    assert value != "", path
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "extension":
                no_empties(one, f"{path}.{key}")
    if isinstance(value, list):
        assert value
        for one in value:
            no_empties(one, path)
