"""How long an expectation takes once the network is fitted, and the pages about it beside an empty view of the same server.

A real `enthesis serve` on a data folder of its own; one connection. `--write` puts the table into docs/benchmarks.md.
"""

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import web
from web import HOST, Visitor, sign_in

ROOT = Path(__file__).parent.parent
PORT = web.PORT = 8767  # its own, so that two benches may run at once
EMAIL, PASSWORD = "clara@bench.test", "a password for a bench of one day"
LIMITS = "expect warm below 50 ms, a page below 200 ms"
ASK = (
    "/expect/?condition=knee-osteoarthritis&treatment=dextrose-prolotherapy&versus=saline-injection&baseline=7&weeks=26"
)


def milliseconds(work: Callable[[], object], count: int) -> list[float]:
    """The time of each of `count` runs, after one that is not counted."""
    work()
    found = []
    for _ in range(count):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return found


def in_the_core(count: int) -> list[float]:
    """One question and its JSON, with the fit kept, as pages have it."""
    from enthesis.evidence.review import review
    from enthesis.expectations import Ask, expect, expectation_as_json
    from enthesis.expectations.finding.asking import sought
    from enthesis.expectations.finding.converted import fitted
    from enthesis.knowledge import Library

    library = Library.shipped()
    read, ask = (
        review(library, "dextrose-prolotherapy"),
        Ask("knee-osteoarthritis", "dextrose", "saline-injection", 7, 26),
    )
    made = fitted(sought(ask, read, library))
    return milliseconds(lambda: expectation_as_json(expect(ask, review=read, library=library, made=made)), count)


def prepare() -> None:
    """In a process with the server's data folder: a course, and a link to its decision aid on standard output."""
    import django

    django.setup()
    from django_scopes import scopes_disabled

    from enthesis.clinic.aid import link_to_aid
    from enthesis.clinic.chart import import_chart
    from enthesis.clinic.courses import open_course
    from enthesis.clinic.permissions import Actor
    from enthesis.registry.models import Clinic

    with scopes_disabled():
        clinic = Clinic.objects.get()
    by = Actor.operator((clinic.pk,))
    person = {"family": "Bench", "given": "Person", "born": date(1970, 5, 1), "sex": "female"}
    patient = import_chart(by=by, clinic=clinic.pk, key="bench|1", person=person, items=()).patient
    course = open_course(
        by=by, patient=patient, condition="knee-osteoarthritis", treatment="dextrose-prolotherapy", site="knee:right"
    )
    print(link_to_aid(by=by, course=course.pk).token)


@contextmanager
def served(data: str) -> Iterator[str]:
    """The real server with one clinician, and the token of a link to a decision aid."""
    environment = os.environ | {
        "ENTHESIS_DATA": data, "ENTHESIS_PASSWORD": PASSWORD, "DJANGO_SETTINGS_MODULE": "enthesis.settings",
    }  # fmt: skip
    run = [sys.executable, "-m", "enthesis"]
    for role in ("clinician", "coordinator", "director"):
        who = ["staff", "add", EMAIL, "--role", role, "--name", "Clara"]
        subprocess.run([*run, *who], env=environment, check=True, stdout=subprocess.DEVNULL)
    made = subprocess.run(
        [sys.executable, __file__, "--prepare"], env=environment, check=True, capture_output=True, text=True
    )
    process = subprocess.Popen([*run, "serve", "--host", HOST, "--port", str(PORT)], env=environment)
    try:
        _wait()
        yield made.stdout.strip().splitlines()[-1]
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait() -> None:
    for _ in range(300):
        try:
            Visitor().ask("GET", "/alive/")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def row(name: str, found: list[float]) -> str:
    """Median and slow end of one kind of request."""
    return f"| {name} | {statistics.median(found):.1f} | {statistics.quantiles(found, n=20)[-1]:.1f} |"


def table(count: int) -> str:
    """The whole table."""
    rows = [row("`expect` and its JSON, in the core, network fitted", in_the_core(count))]
    with tempfile.TemporaryDirectory() as data, served(data) as token:
        staff, patient = sign_in(EMAIL, PASSWORD), Visitor()
        pages = (
            ("empty view, same server", patient, "/alive/"),
            ("Expect, answered, with its path", staff, ASK),
            ("Claims", staff, "/expect/claims/"),
            ("decision aid by private link", patient, f"/p/{token}/"),
        )
        for name, visitor, path in pages:
            status, _, _ = visitor.ask("GET", path)
            if status != 200:
                raise SystemExit(f"{name} gave {status}")
            rows.append(row(name, milliseconds(lambda v=visitor, p=path: v.ask("GET", p), count)))
    head = f"{platform.python_implementation()} {platform.python_version()}, SQLite, one connection, {count} requests each; wanted: {LIMITS}."
    return "\n".join([f"{head}\n", "| what | median ms | p95 ms |\n|---|---:|---:|", *rows])


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=60, help="requests of each kind")
    options.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.prepare:
        prepare()
        return
    made = table(chosen.count)
    print(made)
    if chosen.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text(encoding="utf-8")
        kept = re.sub(r"(<!-- expect -->\n).*?(<!-- /expect -->)", lambda m: f"{m[1]}{made}\n{m[2]}", text, flags=re.S)
        page.write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    main()
