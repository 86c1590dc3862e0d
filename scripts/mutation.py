"""Change the safety core in a copy, one small change at a time, and see which changes no test notices.

`python scripts/mutation.py` (part of `make deep`) writes docs/mutation.md; `--room recovery` runs one room and rewrites
its part. The working tree is never changed. Survivors are explained in scripts/mutation_survivors.toml;
a survivor nobody explained is shown as such, and the run fails below 95 percent in a room.
"""

import argparse
import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from mutants_elsewhere import LONGEST, PYTEST, mutants, outcome

ROOT = Path(__file__).parent.parent
PAGE, EXPLAINED = ROOT / "docs" / "mutation.md", ROOT / "scripts" / "mutation_survivors.toml"
NEEDED = ("src", "tests", "docs", "scripts", "pyproject.toml", "README.md", "Makefile")
SAMPLE = " A sample: one mutant of {}, in the order of modules and lines, not all of them."
ENDS, UNEXPLAINED = "<!-- end -->", "not explained yet"
ENOUGH = 95.0  # percent killed in each room
# The cohort analysis and the mixed model of the same room are held to reference numbers of their own.
SCORING = (
    "answers",
    "score",
    "scoring",
    "subscales",
    "promises",
    "change",
    "items",
    "thresholds",
    "numbers",
    "figures",
    "screens",
    "wording",
    "wording_file",
    "packs",
)
SCORED = tuple(
    f"tests/core/outcomes/test_outcomes_{what}.py"
    for what in (
        "change",
        "curve",
        "entries",
        "examples",
        "figures",
        "numbers",
        "packs",
        "parts",
        "scoring",
        "screens",
        "shape",
        "sketch",
        "strictly",
        "tables",
        "wording",
        "wording_file",
    )
)

ROOMS = {  # the modules (none: all of the room), and the tests that must notice
    "mixing": ((), ("tests/core/mixing", "tests/stories/test_mix.py")),
    "recovery": ((), ("tests/core/recovery", "tests/stories/test_recover.py")),
    "outcomes": (SCORING, (*SCORED, "tests/stories/test_measure.py")),
    "screening": ((), ("tests/core/screening",)),
}
ENDED = {
    0: "survived",
    1: "killed",
    3: "killed",
    5: "survived",
    33: "survived",
    24: "timeout",
    -24: "timeout",
    36: "timeout",
}


@dataclass(frozen=True)
class Result:
    """How one mutant ended: killed, survived or timeout. `key` is mutmut's name for it; ours have none."""

    file: str
    line: int
    was: str
    becomes: str
    ended: str
    key: str = ""


def copied(room: str, into: Path) -> None:
    """The repository in a folder of its own, with mutmut told what to change there."""
    modules, tests = ROOMS[room]
    for name in NEEDED:
        here = ROOT / name
        if here.is_dir():
            shutil.copytree(here, into / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(here, into / name)
    changed = [f"src/enthesis/{room}/{module}.py" for module in modules] or [f"src/enthesis/{room}/*"]
    told = {"only_mutate": changed, "pytest_add_cli_args_test_selection": list(tests)}
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items())
    with (into / "pyproject.toml").open("a", encoding="utf-8") as page:
        page.write(f"\n[tool.mutmut]\n{SETTINGS}{lines}")


SETTINGS = """source_paths = ["src/"]
also_copy = ["tests", "scripts", "README.md"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=mutation"]
process_isolation = "forkserver"
"""


def by_mutmut(room: str, copy: Path, every: int) -> Iterator[Result]:
    """Let mutmut run, and read what it found. Of a sample it first makes all mutants by trying very few."""
    mutmut = [Path(sys.executable).parent / "mutmut", "run", "--max-children", "2"]
    quietly = {"cwd": copy, "stdout": subprocess.DEVNULL}
    if every > 1:
        subprocess.run([*mutmut, f"enthesis.{room}.*__mutmut_40"], check=False, **quietly)
        names = [key for meta in metas(room, copy) for key in json.loads(meta.read_text("utf-8"))["exit_code_by_key"]]
        subprocess.run([*mutmut, *names[::every]], check=True, **quietly)
    else:
        subprocess.run(mutmut, check=True, **quietly)
    for one in read(room, copy):
        yield one if one.ended == "killed" else replace(one, ended=afresh(one, copy, ROOMS[room][1]))


def metas(room: str, copy: Path) -> list[Path]:
    """The files in which mutmut keeps what it knows of each module's mutants."""
    return sorted((copy / "mutants" / "src" / "enthesis" / room).glob("*.py.meta"))


def read(room: str, copy: Path) -> Iterator[Result]:
    """The results that mutmut left in a copy, each with its line in the module as it is written."""
    for meta in metas(room, copy):
        ended = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        file = f"src/enthesis/{room}/{meta.name.removesuffix('.meta')}"
        written = (copy / file).read_text(encoding="utf-8").splitlines()
        functions = sources(meta.with_suffix(""))
        for key, code in ended.items():
            if code is None:
                continue
            name = key.rpartition(".")[2]
            was, becomes = difference(functions, name)
            line = next((at for at, text in enumerate(written, 1) if text.strip() == was), 0)
            yield Result(file, line, was, becomes, ENDED.get(code, "killed"), key)


def sources(mutated: Path) -> dict[str, list[str]]:
    """The lines of each function in a module that mutmut has filled with mutants."""
    lines = mutated.read_text(encoding="utf-8").splitlines()
    every = (node for node in ast.walk(ast.parse("\n".join(lines))) if isinstance(node, ast.FunctionDef))
    return {node.name: [line.strip() for line in lines[node.lineno - 1 : node.end_lineno]] for node in every}


def difference(functions: dict[str, list[str]], name: str) -> tuple[str, str]:
    """The first line of a mutant that differs from the original, and the original's."""
    base = name.rpartition("__mutmut_")[0]
    original, mutant = functions[f"{base}__mutmut_orig"], functions[name]
    pairs = list(zip(original, mutant, strict=False))
    body = [(old, new) for old, new in pairs if old != new and not old.startswith("def ")]
    return body[0] if body else (pairs[0][0].replace(f"{base}__mutmut_orig", ""), pairs[0][1].replace(name, ""))


def by_us(room: str, copy: Path, each: int) -> Iterator[Result]:
    """The places that mutmut passes over."""
    modules, tests = ROOMS[room]
    files = sorted((copy / "src" / "enthesis" / room).glob("*.py"))
    files = [file for file in files if file.name != "__init__.py" and (not modules or file.stem in modules)]
    every = [(file, mutant) for file in files for mutant in mutants(file)][::each]
    with ProcessPoolExecutor(2) as pool:  # each mutant runs in a process forked from one of these two
        under_way = [
            pool.submit(outcome, copy, f"enthesis.{room}.{file.stem}", mutant, tests) for file, mutant in every
        ]
        for (file, mutant), ended in zip(every, under_way, strict=True):
            name = f"src/enthesis/{room}/{file.name}"
            yield Result(name, mutant.line, mutant.was, mutant.becomes, ended.result())


def afresh(one: Result, copy: Path, tests: tuple[str, ...]) -> str:
    """Try a survivor again in a new process: mutmut imports a module before it changes it, so what runs at import stays."""
    here = copy / "mutants"
    told = {**os.environ, "MUTANT_UNDER_TEST": one.key, "PYTHONPATH": str(here / "src")}
    asked = [sys.executable, "-m", "pytest", "-x", "-q", *PYTEST, *tests]
    try:
        ended = subprocess.run(asked, cwd=here, env=told, stdout=subprocess.DEVNULL, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return "timeout"
    return "killed" if ended.returncode else "survived"


def section(room: str, results: list[Result], every: int) -> str:
    """The part of the page for one room: a line for each module, then each survivor with its reason."""
    lines = [f"{begins(room)}\n## {room}\n\n{when()}{SAMPLE.format(every) if every > 1 else ''}\n\n"]
    lines.append("| module | mutants | killed | survived | timeouts | score |\n|---|---:|---:|---:|---:|---:|\n")
    lines.append(row("**all**", results))
    files = sorted({one.file for one in results})
    lines += [row(Path(file).stem, [one for one in results if one.file == file]) for file in files]
    lines.append("\nSurvivors:\n\n")
    survived = [one for one in results if one.ended == "survived"]
    lines += [f"- {shown(one)}: {UNEXPLAINED}\n" for one in survived]
    return "".join([*lines, "" if survived else "none\n", f"{ENDS}\n"])


def explain() -> None:
    """Put the reasons there are beside the survivors on the page."""
    page = PAGE.read_text(encoding="utf-8")
    for one in tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get("survivor", []):
        name, change = re.escape(Path(one["file"]).name), re.escape(f"`{one['was']}` became `{one['becomes']}`: ")
        page = re.sub(rf"(- `{name}:\d+` {change}).*", lambda found, why=one["why"]: f"{found[1]}{why}", page)
    PAGE.write_text(page, encoding="utf-8")


def shown(one: Result) -> str:
    """A mutant in one line."""
    return f"`{Path(one.file).name}:{one.line}` `{one.was}` became `{one.becomes}`"


def begins(room: str) -> str:
    """The line a room's part of the page begins with."""
    return f"<!-- room: {room} -->"


def put(room: str, part: str) -> None:
    """Set a room's part into the page; the other rooms stay as they were run."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = dict(re.findall(r"<!-- room: (\w+) -->\n(.*?)" + re.escape(ENDS) + "\n", page, re.DOTALL))
    parts[room] = part.removeprefix(f"{begins(room)}\n").removesuffix(f"{ENDS}\n")
    every = "\n".join(f"{begins(one)}\n{parts[one]}{ENDS}\n" for one in ROOMS if one in parts)
    PAGE.write_text(f"{HEAD}{every}", encoding="utf-8")


def row(name: str, results: list[Result]) -> str:
    """One line of the table."""
    ended = [one.ended for one in results]
    survived, late = ended.count("survived"), ended.count("timeout")
    return f"| {name} | {len(ended)} | {len(ended) - survived - late} | {survived} | {late} | {score(results):.1f}% |\n"


def score(results: list[Result]) -> float:
    """Percent noticed; a change that makes the tests hang was noticed."""
    return 100 * sum(one.ended != "survived" for one in results) / len(results)


def when() -> str:
    """When and with what it was run."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("mutmut", "pytest", "hypothesis"))
    python = ".".join(map(str, sys.version_info[:3]))
    return f"Run on {datetime.now(UTC):%d %B %Y} with Python {python}, {versions}."


HEAD = """# Does a changed operator or number fail a test?

Written by `make deep` (`python scripts/mutation.py`). mutmut changes the functions; `scripts/mutants_elsewhere.py` makes
the same changes in properties, cached functions, and the values of modules and classes, which mutmut passes over (strings
outside functions are left out there). A mutant is killed when a test of its room fails. The numbers in `library/*.toml`
are not in this table: `tests/library` moves each of them in either direction and asks that an example notices.

"""


def main() -> int:
    """Run the rooms that were asked for and write their parts of the page; 1 when one is below what is enough."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--room", choices=ROOMS, action="append")
    asked.add_argument("--every", type=int, default=1, help="try only every nth mutant, for a sample")
    low = 0
    given = asked.parse_args()
    every = given.every
    for room in given.room or ROOMS:
        with tempfile.TemporaryDirectory(prefix="enthesis-mutation-") as folder:
            copied(room, Path(folder))
            results = [*by_us(room, Path(folder), every), *by_mutmut(room, Path(folder), every)]
        put(room, section(room, results, every))
        explain()
        print(f"{room}: {score(results):.1f}% of {len(results)} noticed", flush=True)
        low += score(results) < ENOUGH
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main())
