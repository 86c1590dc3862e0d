"""Outcomes at the size of a network of clinics: time and memory of the descriptive report beside pandas, and of the mixed model beside statsmodels.

Makes snapshots of 1, 10 and 30 million rows (20 rows for each course: two instruments, ten times, invented), lets the real
command describe them with DuckDB, and lets pandas do the same checks and give the same JSON from the same file in a process of
its own, once with words as they are read and once with words as categories; every number is held against ours. The mixed model of 100,000 courses and six waves is timed
from the file to the estimates; statsmodels fits the same model to as many courses as it can in reasonable time.

    python benchmarks/outcomes.py [--rows 1 10 30] [--peers PEERS/bin/python] [--write]
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PANDAS = Path(__file__).with_name("outcomes_pandas.py")
TIMES = (-1, 0, 2, 6, 13, 26, 39, 52, 78, 104)
EACH = 50_000  # courses made at once
CLOSE = 1e-9  # how far apart, relatively, the same number may be


def make(path: Path, courses: int) -> None:
    """A snapshot of `courses` courses, written in parts so that making it needs little memory."""
    import numpy as np
    import pyarrow.parquet as pq

    rng, writer = np.random.default_rng(20261126), None
    for start in range(0, courses, EACH):
        count = min(EACH, courses - start)
        table = part(rng, start, count)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=500_000)
    if writer is not None:
        writer.close()


def part(rng: Any, start: int, count: int) -> Any:
    """Rows of some courses: 20 each, in order."""
    import numpy as np
    import pyarrow as pa

    people = np.arange(start, start + count)
    severity = rng.normal(6.5, 1.5, count)
    columns = {name: [] for name in ("course", "instrument", "week", "score", "answered", "clinic", "treatment", "age")}
    clinic, treatment, age = people % 40, rng.random(count) < 0.4, rng.integers(25, 85, count).astype(float)
    for at, high in enumerate((10, 24)):
        for week in TIMES:
            fall = 0.0 if week <= 0 else 2.0
            score = np.clip(np.round((severity - fall + rng.normal(0, 1.8, count)) * high / 10), 0, high)
            answered = (week <= 0) | (rng.random(count) < 0.75)
            columns["course"].append(people)
            columns["instrument"].append(np.full(count, at))
            columns["week"].append(np.full(count, float(week)))
            columns["score"].append(np.where(answered, score, np.nan))
            columns["answered"].append(answered)
            columns["clinic"].append(clinic)
            columns["treatment"].append(treatment)
            columns["age"].append(age)
    found = {name: np.concatenate(values) for name, values in columns.items()}
    words = {
        "instrument": (["pain-nrs", "rmdq-24"], found["instrument"]),
        "clinic": ([f"clinic {n:02}" for n in range(40)], found["clinic"]),
        "treatment": (["corticosteroid", "dextrose-prolotherapy"], found["treatment"].astype(int)),
    }
    arrays = {"course": pa.array(found["course"]).cast(pa.string())}
    arrays |= {
        name: pa.DictionaryArray.from_arrays(pa.array(at), levels).cast(pa.string())
        for name, (levels, at) in words.items()
    }
    arrays |= {name: pa.array(found[name]) for name in ("week", "answered", "age")}
    arrays["score"] = pa.array(found["score"], from_pandas=True)
    arrays["due"] = pa.array(np.ones(len(found["week"]), dtype=bool))
    return pa.table(arrays)


LAUNCHER = """
import resource, subprocess, sys, time
with open(sys.argv[1], "w") as out:
    begun = time.perf_counter()
    code = subprocess.run(sys.argv[2:], stdout=out).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6, code)
"""


def measured(command: list[str], out: Path) -> tuple[float, float, float]:
    """Seconds, seconds of all cores together, and gigabytes of a command whose output goes to a file."""
    run = [sys.executable, "-c", LAUNCHER, str(out), *command]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    seconds, cpu, gigabytes, code = done.stdout.split()
    if code != "0":
        raise SystemExit(done.stderr)
    return float(seconds), float(cpu), float(gigabytes)


def ours(path: Path, out: Path) -> tuple[float, float, float]:
    """The real command."""
    command = [sys.executable, "-m", "enthesis", "outcomes", str(path), "--by", "treatment", "--no-models", "--json"]
    return measured(command, out)


def theirs(path: Path, out: Path, *more: str) -> tuple[float, float, float]:
    """The same report by pandas, in a process of its own."""
    return measured([sys.executable, str(PANDAS), str(path), *more], out)


def numbers(answer: Any, at: str = "") -> dict[str, float]:
    """Every number of an answer by its path."""
    if isinstance(answer, dict | list):
        parts = answer.items() if isinstance(answer, dict) else enumerate(answer)
        return {path: number for name, part in parts for path, number in numbers(part, f"{at}/{name}").items()}
    return {at: float(answer)} if isinstance(answer, int | float) and not isinstance(answer, bool) else {}


def agree(one: Path, other: Path) -> float:
    """The largest relative difference between both answers; each must give every number that the other gives."""
    mine, yours = numbers(json.loads(one.read_text())), numbers(json.loads(other.read_text()))
    if mine.keys() != yours.keys():
        raise SystemExit(f"not the same figures: {sorted(mine.keys() ^ yours.keys())[:5]}")
    worst = max(abs(mine[path] - number) / max(abs(number), 1e-9) for path, number in yours.items())
    if worst > CLOSE:
        raise SystemExit(f"not the same numbers: a relative difference of {worst:.0e}")
    return worst


PEER = "cores' s | GB | times faster"
HEAD = [
    f"| rows | courses | enthesis s | cores' s | GB | pandas s | {PEER} | with categories s | {PEER} | largest difference |",
    "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
]


def describe(millions: list[int], folder: Path, pandas_up_to: int) -> list[str]:
    """A row for each size; pandas is left out where its memory could hurt others on the machine."""
    lines = list(HEAD)
    for million in millions:
        path, courses = folder / f"{million}.parquet", million * 50_000
        make(path, courses)
        seconds, cpu, memory = ours(path, folder / "ours.json")
        row = f"| {million},000,000 | {courses:,} | {seconds:.1f} | {cpu:.1f} | {memory:.1f} |"
        apart = []
        for more in [(), ("--categories",)] if million <= pandas_up_to else []:
            peer, peer_cpu, peer_memory = theirs(path, folder / "theirs.json", *more)
            apart.append(agree(folder / "ours.json", folder / "theirs.json"))
            row += f" {peer:.1f} | {peer_cpu:.1f} | {peer_memory:.1f} | {peer / seconds:.1f} |"
        row += f" {max(apart):.0e} |" if apart else " | | | | | | | | |"
        lines.append(row)
        print(row, file=sys.stderr)
        path.unlink()
    return lines


def six_waves(courses: int) -> tuple[Any, Any]:
    """Scores of six visits that hang together, a quarter of them missing; baseline; as arrays."""
    import numpy as np

    rng = np.random.default_rng(6)
    before, person = rng.normal(6.5, 1.5, courses), rng.normal(0, 1.2, courses)
    scores = 0.5 * before[:, None] + person[:, None] + rng.normal(0, 1.3, (courses, 6)) - np.arange(6) * 0.2
    scores[rng.random((courses, 6)) < 0.25] = np.nan
    return before, scores


def mixed(courses: int) -> tuple[float, list[float]]:
    """Seconds of our fit from rows in DuckDB to estimates with Kenward-Roger intervals, and the six fixed levels."""
    import ibis
    import numpy as np
    import pyarrow as pa

    from enthesis.outcomes import mixed
    from enthesis.outcomes.cohort import columns, visits
    from enthesis.outcomes.cohort import courses as grouping

    before, scores = six_waves(courses)
    names = np.arange(courses).astype(str)
    week = np.tile(np.arange(7.0), courses)
    table = pa.table(
        {
            "course": np.repeat(names, 7),
            "instrument": pa.array(["pain-nrs"] * (7 * courses)),
            "week": week,
            "score": pa.array(np.column_stack([before, scores]).ravel(), from_pandas=True),
        }
    )
    begun = time.perf_counter()
    made = grouping.courses(columns.named(ibis.memtable(table)), by=(), weeks=())
    (sums,) = visits.patterns(made, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).values()
    found = mixed.fit(sums)
    said = [found.estimate(visit=visit, weights=np.array([1.0, 6.5])).estimate for visit in range(6)]
    return time.perf_counter() - begun, said


def by_statsmodels(courses: int) -> None:
    """The same likelihood: visits as correlated random effects beside a residual, visit and visit by baseline as fixed effects.

    Timed as statsmodels stops by itself, 1e-5 of a point short of the maximum; the levels are of a second fit that goes on.
    """
    import numpy as np
    from statsmodels.regression.mixed_linear_model import MixedLM

    before, scores = six_waves(courses)
    person, visit = np.nonzero(np.isfinite(scores))
    dummies = np.eye(6)[visit]
    fixed = np.column_stack([dummies, dummies * before[person][:, None]])
    model = MixedLM(scores[person, visit], fixed, groups=person, exog_re=dummies)
    begun = time.perf_counter()
    model.fit(reml=True, method="bfgs", maxiter=200)
    seconds = time.perf_counter() - begun
    closer = model.fit(reml=True, method="bfgs", maxiter=400, gtol=1e-7)
    effects = np.asarray(closer.fe_params)
    print(json.dumps({"seconds": seconds, "levels": (effects[:6] + 6.5 * effects[6:]).tolist()}))


def model(peers: str, whole: int, subset: int) -> list[str]:
    """Ours on everything, both on a subset."""
    seconds, _ = mixed(whole)
    small, levels = mixed(subset)
    lines = [
        "| mixed model, six waves | courses | enthesis s | statsmodels s | times faster | largest difference of the levels |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines.append(f"| all, with Kenward-Roger | {whole:,} | {seconds:.1f} | | | |")
    if peers:
        environment = os.environ | {"PYTHONPATH": "", "PYTHONWARNINGS": "ignore"}
        done = subprocess.run(
            [peers, __file__, "--statsmodels", str(subset)], capture_output=True, text=True, check=True, env=environment
        )
        said = json.loads(done.stdout.splitlines()[-1])
        apart = max(abs(one - other) for one, other in zip(levels, said["levels"], strict=True))
        lines.append(
            f"| a subset | {subset:,} | {small:.3f} | {said['seconds']:.1f} | {said['seconds'] / small:.0f} | {apart:.0e} |"
        )
        lines.append("")
        lines.append(
            f"Per course ours takes {1e6 * seconds / whole:.0f} µs on the whole, statsmodels {1e6 * said['seconds'] / subset:.0f} µs on the subset: {said['seconds'] / subset / (seconds / whole):.0f} times."
        )
    return lines


def main() -> None:
    """Measure, print, and with --write keep the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, nargs="+", default=[1, 10, 30], help="millions")
    asked.add_argument("--pandas-up-to", type=int, default=10, help="millions of rows")
    asked.add_argument("--courses", type=int, default=100_000)
    asked.add_argument("--subset", type=int, default=500)
    asked.add_argument("--peers", default="", help="the interpreter that has statsmodels")
    asked.add_argument("--statsmodels", type=int, default=0, help=argparse.SUPPRESS)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    if given.statsmodels:
        by_statsmodels(given.statsmodels)
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = describe(given.rows, Path(folder), given.pandas_up_to)
    lines += ["", *model(given.peers, given.courses, given.subset)]
    head = f"CPython {platform.python_version()}, {os.cpu_count()} cores; from the file to the figures, start of the program included. Invented people."
    text = "\n".join([head, "", *lines])
    print(text)
    if given.write:
        page = ROOT / "docs" / "benchmarks.md"
        kept = page.read_text(encoding="utf-8")
        page.write_text(
            re.sub(
                r"(<!-- outcomes -->\n).*?(<!-- /outcomes -->)",
                lambda m: f"{m[1]}{text}\n{m[2]}",
                kept,
                flags=re.DOTALL,
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
