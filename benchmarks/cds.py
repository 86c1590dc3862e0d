"""How long a CDS Hooks call takes: `order-sign` with a chart of some 200 kB, beside an empty view of the same server.

A real `enthesis demo`, a system let in by the real command, a fresh signed token for each call. `--write` puts the table
into docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from web import HOST, PORT, Visitor, served

ROOT = Path(__file__).parent.parent
CHART = ROOT / "tests" / "data" / "fhir" / "synthea" / "patient-02.json"
ISSUER, WHERE = "https://ehr.example/fhir", "/cds-services/prolotherapy-order-sign"
LIMIT_MS = 200  # p95 of a call; people wait for it while they order
KINDS = {
    "medications": "MedicationRequest",
    "statements": "MedicationStatement",
    "conditions": "Condition",
    "allergies": "AllergyIntolerance",
    "procedures": "Procedure",
    "observations": "Observation",
}


def call() -> bytes:
    """The body of a call: a synthetic chart as prefetch, and an order for the right L4/5 facet joint in ten days."""
    every = [entry["resource"] for entry in json.loads(CHART.read_text(encoding="utf-8"))["entry"]]
    patient = next(one for one in every if one["resourceType"] == "Patient")
    found = {name: [one for one in every if one["resourceType"] == kind] for name, kind in KINDS.items()}
    prefetch = {
        name: {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in those]}
        if those
        else None
        for name, those in found.items()
    }
    order = {
        "resourceType": "ServiceRequest",
        "id": "o1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": f"Patient/{patient['id']}"},
        "code": {"text": "Dextrose prolotherapy injection"},
        "bodySite": [{"coding": [{"system": "urn:enthesis:site", "code": "lumbar-facet:L4/5:right"}]}],
        "occurrenceDateTime": (datetime.now(UTC) + timedelta(days=10)).date().isoformat(),
    }
    drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": order}]}
    context = {"userId": "Practitioner/dr1", "patientId": patient["id"], "draftOrders": drafts}
    asked = {
        "hook": "order-sign",
        "hookInstance": str(uuid4()),
        "context": context,
        "prefetch": prefetch | {"patient": patient},
    }
    # A server names the patient by type and id, where the file names it by its own entry.
    return json.dumps(asked).replace(f"urn:uuid:{patient['id']}", f"Patient/{patient['id']}").encode()


def token(key: ec.EllipticCurvePrivateKey) -> str:
    """A token for one call."""
    now = datetime.now(UTC)
    claims = {"iss": ISSUER, "aud": f"http://{HOST}:{PORT}{WHERE}", "iat": now, "exp": now + timedelta(minutes=4)}
    return jwt.encode(claims | {"jti": str(uuid4())}, key, algorithm="ES384", headers={"kid": "k1"})


def let_in(data: str, key: ec.EllipticCurvePrivateKey) -> None:
    """Let the system in by the command for it."""
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key())) | {
        "kid": "k1",
        "use": "sig",
        "alg": "ES384",
    }
    file = Path(data) / "keys.json"
    file.write_text(json.dumps({"keys": [public]}), encoding="utf-8")
    words = ["cds", "add-client", "EHR", "--issuer", ISSUER, "--keys", str(file), "--clinic", "harbour"]
    environment = os.environ | {"ENTHESIS_DATA": data, "ENTHESIS_MODE": "demo"}
    subprocess.run([sys.executable, "-m", "enthesis", *words], env=environment, check=True, stdout=subprocess.DEVNULL)


def times(count: int, key: ec.EllipticCurvePrivateKey, body: bytes) -> tuple[list[float], list[float]]:
    """Milliseconds of calls, and of an empty view between them."""
    visitor, calls, empty = Visitor(), [], []
    for _ in range(count):
        headers = {"Authorization": f"Bearer {token(key)}", "Content-Type": "application/json"}
        began = time.perf_counter()
        visitor.connection.request("POST", WHERE, body, headers)
        answer = visitor.connection.getresponse()
        cards = json.loads(answer.read()).get("cards")
        calls.append((time.perf_counter() - began) * 1000)
        if answer.status != 200 or not cards:
            raise SystemExit(f"a call gave {answer.status} without cards")
        began = time.perf_counter()
        visitor.ask("GET", "/alive/")
        empty.append((time.perf_counter() - began) * 1000)
    return calls, empty


def row(name: str, found: list[float]) -> str:
    """Median and slow end of one kind of request."""
    return f"| {name} | {statistics.median(found):.1f} | {statistics.quantiles(found, n=20)[-1]:.1f} |"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=200, help="calls")
    options.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    chosen = options.parse_args()
    key, body = ec.generate_private_key(ec.SECP384R1()), call()
    with tempfile.TemporaryDirectory() as data, served(data):
        let_in(data, key)
        calls, empty = times(chosen.count, key, body)
    table = "\n".join(
        [
            (
                f"{platform.python_implementation()} {platform.python_version()}, SQLite, one connection, {chosen.count} calls, "
                f"{len(body) / 1000:.0f} kB each. The slow end of a call should stay below {LIMIT_MS} ms.\n"
            ),
            "| request | median ms | p95 ms |\n|---|---:|---:|",
            row("empty view, same server", empty),
            row("order-sign", calls),
        ]
    )
    print(table)
    if chosen.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text(encoding="utf-8")
        marked = re.sub(r"(<!-- cds -->\n).*?(\n<!-- /cds -->)", lambda m: m[1] + table + m[2], text, flags=re.S)
        page.write_text(marked, encoding="utf-8")


if __name__ == "__main__":
    main()
