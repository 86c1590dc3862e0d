"""Whole clinics: megabytes a second of `enthesis screen FOLDER` beside plain JSON parsing of the same files in one run.

Makes bundles of about 1 MB from the synthetic charts of the tests (each chart with copies of its resources under other
ids), lets the real command judge them, and reads the same files with Python's own `json.loads` on one core and on as
many as the command uses. Memory is the largest resident set of the command and of each of its workers, at a quarter of
the files and at all of them. `--write` puts the table into docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHARTS = sorted((ROOT / "tests" / "data" / "fhir" / "synthea").glob("*.json"))
SIZE = 1_000_000  # bytes of one bundle, about
LEAST = 1 / 3  # of plain parsing, on the same number of cores


def bundles(folder: Path, count: int, *, dense: bool) -> int:
    """Bundles of about a megabyte; returns the bytes in all."""
    made = [grown(json.loads(path.read_text(encoding="utf-8")), dense=dense) for path in CHARTS]
    total = 0
    for number in range(count):
        content = made[number % len(made)]
        (folder / f"{number:05}.json").write_bytes(content)
        total += len(content)
    return total


def grown(bundle: dict, *, dense: bool) -> bytes:
    """The chart until it is about a megabyte, printed as exports print it.

    Dense: its own resources again and again under other ids. Otherwise what exports of whole records consist of beside
    the chart: for each visit an encounter, a claim, its benefit, a report, a note and a few values nobody reads here.
    """
    every = list(bundle["entry"])
    patient = next(one["resource"]["id"] for one in every if one["resource"]["resourceType"] == "Patient")
    others = [one for one in every if one["resource"]["resourceType"] != "Patient"]
    size, turn = len(json.dumps(bundle, indent=1)), 0
    while size < SIZE:
        turn += 1
        more = [renamed(one, turn) for one in others] if dense else visit(patient, turn)
        every += more
        size += len(json.dumps(more, indent=1))
    return json.dumps(bundle | {"entry": every}, indent=1).encode()


def renamed(entry: dict, turn: int) -> dict:
    """The same resource under another id."""
    copy = json.loads(json.dumps(entry))
    copy["resource"]["id"] = f"{copy['resource']['id']}-{turn}"[-64:]
    copy.pop("fullUrl", None)
    return copy


def visit(patient: str, turn: int) -> list[dict]:
    """What one visit leaves in an export, in the shapes and about the sizes of Synthea's."""
    subject, day = {"reference": f"Patient/{patient}"}, f"20{10 + turn % 15}-0{1 + turn % 9}-1{turn % 10}T10:00:00Z"
    period = {"start": day, "end": day}

    def coded(code: str, words: str) -> dict:
        return {"coding": [{"system": "http://snomed.info/sct", "code": code, "display": words}], "text": words}

    money = {"value": 129.16, "currency": "USD"}
    items = [{"sequence": n, "category": coded("1", "Medical care"), "productOrService": coded("185349003", "Encounter for check up"),
              "servicedPeriod": period, "net": money, "locationCodeableConcept": coded("22", "Outpatient"),
              "adjudication": [{"category": coded(f"a{k}", "Line Beneficiary Coinsurance Amount"), "amount": money} for k in range(6)]}
             for n in range(1, 4)]  # fmt: skip
    found = [
        {"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"}, "type": [coded("162673000", "General examination")],
         "subject": subject, "period": period, "participant": [{"type": [coded("PPRF", "primary performer")], "period": period}]},
        {"resourceType": "Claim", "status": "active", "use": "claim", "patient": subject, "billablePeriod": period, "created": day,
         "item": items[:2], "total": money},
        {"resourceType": "ExplanationOfBenefit", "status": "active", "use": "claim", "patient": subject, "created": day,
         "billablePeriod": period, "item": items, "payment": {"amount": money}},
        {"resourceType": "DiagnosticReport", "status": "final", "subject": subject, "code": coded("51990-0", "Basic metabolic panel"),
         "effectiveDateTime": day, "presentedForm": [{"contentType": "text/plain", "data": "QSBub3RlIG9mIHRoZSB2aXNpdC4g" * 60}]},
        {"resourceType": "DocumentReference", "status": "current", "subject": subject, "type": coded("34117-2", "History and physical note"),
         "content": [{"attachment": {"contentType": "text/plain", "data": "QSBub3RlIG9mIHRoZSB2aXNpdC4g" * 60}}]},
        *({"resourceType": "Observation", "status": "final", "subject": subject, "effectiveDateTime": day,
           "category": [coded("vital-signs", "Vital signs")], "valueQuantity": {"value": 81.2 + n, "unit": "mg/dL", "code": "mg/dL"},
           "code": {"coding": [{"system": "http://loinc.org", "code": f"23{n}9-0", "display": "Glucose"}], "text": "Glucose"}}
          for n in range(6)),
    ]  # fmt: skip
    return [
        {"fullUrl": f"urn:uuid:{turn}-{n}", "resource": one | {"id": f"v{turn}-{n}"}} for n, one in enumerate(found)
    ]


def parse(path: Path) -> int:
    """Plain parsing, nothing else."""
    json.loads(path.read_bytes())
    return 1


def plain(files: list[Path], processes: int) -> tuple[float, float]:
    """Seconds to parse every file, and seconds of processor time (of this process alone)."""
    began, used = time.perf_counter(), time.process_time()
    if processes == 1:
        for path in files:
            parse(path)
    else:
        with ProcessPoolExecutor(processes) as pool:
            for _ in pool.map(parse, files, chunksize=4):
                pass
    return time.perf_counter() - began, time.process_time() - used


def command(source: Path, out: Path) -> tuple[float, float, float, float]:
    """Seconds of the real command, of processor time too, and the largest resident sets of it and of a worker in MB."""
    words = [
        "screen",
        str(source),
        "--on",
        "2030-01-10",
        "--as-of",
        "2030-01-01",
        "--site",
        "knee:left",
        "--out",
        str(out),
    ]
    watched = [sys.executable, __file__, "--watch", *words]
    began, before = time.perf_counter(), processor()
    done = subprocess.run(watched, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    took, used = time.perf_counter() - began, processor() - before
    own, worker = map(float, done.stdout.split())
    return took, used, own, worker


def processor() -> float:
    """Seconds of processor time of all commands that have ended, with their workers."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def watch(words: list[str]) -> None:
    """Run the command in this process and print the two largest resident sets, in MB."""
    sys.argv = ["enthesis", *words]
    from enthesis.cli.main import main

    try:
        main()
    except SystemExit as leaving:
        if leaving.code not in (0, 1):
            raise
    own, worker = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(own, worker)


def table(count: int) -> Iterator[str]:
    """Everything measured in one run."""
    cores = len(os.sched_getaffinity(0))
    yield f"{platform.python_implementation()} {platform.python_version()}, {cores} cores, load {os.getloadavg()[0]:.1f} when it began, "
    yield f"{count} bundles of each kind.\n\n"
    yield "| bundles | MB | json.loads, one core | json.loads, all cores | enthesis screen | share | share of processor time | records/s | "
    yield "memory: command, worker |\n|---|---:|---:|---:|---:|---:|---:|---:|---|\n"
    yield row("whole exports", count, cores, dense=False)
    yield row("nothing but the chart", count, cores, dense=True)
    yield f"\nMB/s; the share is that of plain parsing on as many cores, and {LEAST:.2f} is wanted. The share of processor time is what one core "
    yield "spends on plain parsing, over what the command and its workers spend in all, starting up included; other work on the machine "
    yield "moves it less. Memory is the largest resident set in MB at a quarter of the files and at all of them."


def row(name: str, count: int, cores: int, *, dense: bool) -> str:
    """One kind of bundle: plain parsing, then the command."""
    with tempfile.TemporaryDirectory() as place:
        folder, quarter = Path(place) / "all", Path(place) / "quarter"
        folder.mkdir()
        quarter.mkdir()
        total = bundles(folder, count, dense=dense) / 1e6
        files = sorted(folder.iterdir())
        for path in files[: count // 4]:
            (quarter / path.name).hardlink_to(path)
        (one, parsing), (many, _) = plain(files, 1), plain(files, cores)
        *_, own_quarter, worker_quarter = command(quarter, Path(place) / "quarter.csv")
        took, used, own, worker = command(folder, Path(place) / "all.csv")
    memory = f"{own_quarter:.0f} to {own:.0f}, {worker_quarter:.0f} to {worker:.0f}"
    speeds = (
        f"{total:.0f}",
        f"{total / one:.0f}",
        f"{total / many:.0f}",
        f"{total / took:.0f}",
        f"{many / took:.2f}",
        f"{parsing / used:.2f}",
        f"{count / took:.0f}",
    )
    return f"| {name} | {' | '.join(speeds)} | {memory} |\n"


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--watch"]:
        watch(sys.argv[2:])
        return
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=200, help="how many bundles of a megabyte")
    options.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    chosen = options.parse_args()
    found = "".join(table(chosen.count))
    print(found)
    if chosen.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text(encoding="utf-8")
        marked = re.sub(
            r"(<!-- screening -->\n).*?(\n<!-- /screening -->)", lambda m: m[1] + found + m[2], text, flags=re.S
        )
        page.write_text(marked, encoding="utf-8")


if __name__ == "__main__":
    main()
