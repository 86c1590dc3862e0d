"""Meta-analysis: ours beside every peer that is there, in one run, on the same data.

Python peers come from an environment of their own: `python -m venv PEERS; PEERS/bin/pip install -r benchmarks/peers.txt`,
then `--peers PEERS/bin/python`. R's netmeta is measured where Rscript and the package are. What is absent is named.
Every fit runs in a process of its own; processor time is told beside the clock, since a machine may be shared.
`--write` puts the table into docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from evidence_networks import SIZES, published, simulated

ROOT = Path(__file__).parent.parent
WORKER = Path(__file__).parent / "evidence_peers.py"
BCG = ROOT / "tests" / "reference" / "data" / "bcg.json"
PATIENCE = 600  # seconds for one fit of a peer
SMALL = "10 treatments, 26 trials (Senn 2013)"
PEERS = ("pimeta", "pymetaanalysis", "pymare", "statsmodels")
R = """d <- jsonlite::fromJSON("{path}"); suppressMessages(library(netmeta)); b <- Inf; for (i in 1:3) {{ t <- proc.time();
n <- netmeta(d$estimate, d$se, d$treatment1, d$treatment2, d$study, sm = "MD", method.tau = "REML"); b <- min(b, (proc.time() - t)[1]) }}
cat(sprintf('{{"seconds": %f, "cpu": %f, "mb": %f}}', b, b, sum(gc()[, 6])))"""
Row = tuple[str, str, dict[str, float] | str]


def fit(interpreter: str, package: str, task: str, columns: Path) -> dict[str, float] | str:
    """What one process measured, or why there is nothing to tell."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [interpreter, str(WORKER), package, task, str(columns)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return f"no result after {PATIENCE} s"
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["failed"])[-1]
        return "not installed" if "ModuleNotFoundError" in why else why[:80]
    return json.loads(done.stdout.strip().splitlines()[-1])


def netmeta(columns: Path) -> dict[str, float] | str:
    """R, where it is."""
    if not shutil.which("Rscript"):
        return "R is not installed"
    done = subprocess.run(
        ["Rscript", "-e", R.format(path=columns)], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else "netmeta is not installed"


def rows(place: Path, peers: str, most: int) -> Iterator[Row]:
    """Every measurement."""
    for name, columns in {SMALL: published()}.items():
        yield from _network(place, name, columns, peers)
    for name, size in SIZES.items():
        if size[1] <= most:
            yield from _network(place, name, simulated(*size), peers if size[1] <= 500 else "")
    data = json.loads(BCG.read_text(encoding="utf-8"))["analyses"]["RR"]
    path = _kept(place, {"yi": data["yi"], "vi": data["vi"]})
    yield (
        "pairwise, 13 trials (BCG)",
        "enthesis, REML and everything",
        fit(sys.executable, "enthesis", "pairwise", path),
    )
    for peer in PEERS:
        label = f"{peer}, {'Paule-Mandel' if peer == 'statsmodels' else 'REML'}"
        yield "pairwise, 13 trials (BCG)", label, fit(peers, peer, "pairwise", path)


def _network(place: Path, name: str, columns: dict, peers: str) -> Iterator[Row]:
    path = _kept(place, columns)
    yield name, "enthesis, REML fit alone", fit(sys.executable, "enthesis", "fit", path)
    label = "enthesis, REML, league, Q, splits, P-scores, SUCRA"
    yield name, label, fit(sys.executable, "enthesis", "network", path)
    yield name, "enthesis, the whole JSON, contributions too", fit(sys.executable, "enthesis", "contract", path)
    if len(set(columns["study"])) <= 500:
        left = "enthesis, REML without each trial in turn"
        yield name, left, fit(sys.executable, "enthesis", "leave-one-out", path)
    if peers:
        yield name, "pimeta, REML fit alone", fit(peers, "pimeta", "network", path)
        yield name, "netmeta (R), REML fit alone", netmeta(path)


def _kept(place: Path, columns: dict) -> Path:
    path = place / f"{len(list(place.iterdir()))}.json"
    path.write_text(json.dumps(columns), encoding="utf-8")
    return path


def processes(place: Path) -> Iterator[str]:
    """Whole processes: importing the engine, and the command on a file of 26 trials."""
    file = ROOT / "tests" / "reference" / "data" / "senn2013_arm.csv"
    words = {
        "python -c 'import numpy'": ["-c", "import numpy"],
        "python -c 'import enthesis.evidence'": ["-c", "import enthesis.evidence"],
        "enthesis evidence network (26 trials)": ["-m", "enthesis", "evidence", "network", str(file), "--json"],
    }
    for name, arguments in words.items():
        took, used = [], []
        for _ in range(5):
            before, began = os.times(), time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=place)
            after = os.times()
            took.append(time.perf_counter() - began)
            used.append(after.children_user + after.children_system - before.children_user - before.children_system)
        yield f"| whole process | {name} | {min(took) * 1e3:,.0f} | {min(used) * 1e3:,.0f} | |\n"


def shown(seconds: float) -> str:
    """Milliseconds, with two places where there are few."""
    ms = seconds * 1e3
    return f"{ms:,.2f}" if ms < 10 else f"{ms:,.1f}"


def table(peers: str, most: int) -> Iterator[str]:
    """Everything measured in one run."""
    load = os.getloadavg()[0]
    yield f"{platform.python_implementation()} {platform.python_version()}, {len(os.sched_getaffinity(0))} cores, "
    yield f"load {load:.0f} when it began; best of up to 30 runs.\n\n"
    yield "| data | what | ms | processor ms | peak MB |\n|---|---|---:|---:|---:|\n"
    with tempfile.TemporaryDirectory() as folder:
        for data, what, found in rows(Path(folder), peers, most):
            cells = found if isinstance(found, str) else ""
            if isinstance(found, dict):
                cells = f"{shown(found['seconds'])} | {shown(found['cpu'])} | {found['mb']:,.0f}"
            yield (
                f"| {data} | {what} | {cells} |\n"
                if not isinstance(found, str)
                else f"| {data} | {what} | {cells} | | |\n"
            )
        yield from processes(Path(folder))
    yield "\npimeta and netmeta are not asked for 5,000 trials: they need minutes to hours and, pimeta, more than 10 GB."


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--peers", default=sys.executable, help="a Python that has the packages of benchmarks/peers.txt"
    )
    options.add_argument("--most", type=int, default=5000, help="the largest number of trials")
    options.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    chosen = options.parse_args()
    found = "".join(table(chosen.peers, chosen.most))
    print(found)
    if chosen.write:
        page = ROOT / "docs" / "benchmarks.md"
        text = page.read_text(encoding="utf-8")
        marked = re.sub(
            r"(<!-- evidence -->\n).*?(\n<!-- /evidence -->)", lambda m: m[1] + found + m[2], text, flags=re.S
        )
        page.write_text(marked, encoding="utf-8")


if __name__ == "__main__":
    main()
