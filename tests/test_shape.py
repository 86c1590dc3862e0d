"""The shape of the house: small modules, small functions, names that say something, nothing left for later."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULE_LINES = {"tests": 460}  # tables of cases and whole stories take more room
OTHERWISE = 300
FUNCTION_LINES = 40
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "services", "misc", "common"}
EXEMPT = {"migrations", "vendor", "data"}  # written by a machine, by others, or not code
LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


def house(*suffixes: str) -> list[Path]:
    """The files people write and read, relative to the repository."""
    folders = ("src", "tests", "scripts", "benchmarks", "validation")
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)
    return sorted(path.relative_to(ROOT) for path in found if not EXEMPT & set(path.parts[len(ROOT.parts) :]))


MODULES = house(".py")
every_module = pytest.mark.parametrize("module", MODULES, ids=str)


def functions(module: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Each function of a module, wherever it stands."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_the_house_was_found():
    assert Path("src/enthesis/__init__.py") in MODULES


@every_module
def test_a_module_is_small_enough_to_read_in_one_go(module):
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES.get(module.parts[0], OTHERWISE), f"{module} has {lines} lines; split it by idea"


@pytest.mark.parametrize("module", [module for module in MODULES if module.parts[0] != "tests"], ids=str)
def test_a_function_fits_on_one_screen(module):
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(module) if f.end_lineno - f.lineno >= FUNCTION_LINES}
    assert long == {}, f"{module}: functions over {FUNCTION_LINES} lines"


@every_module
def test_a_name_says_what_is_inside(module):
    assert VAGUE & {module.stem, *module.parent.parts} == set()


@every_module
def test_a_module_opens_with_a_sentence(module):
    text = (ROOT / module).read_text(encoding="utf-8")
    sentence = ast.get_docstring(ast.parse(text)) or ""
    if not text.strip() and module.parts[0] == "tests":
        return  # an empty __init__.py that only makes a folder of tests importable
    assert re.match(r"\S.*\S", sentence), f"{module} has no docstring"


@pytest.mark.parametrize("file", house(".py", ".html", ".toml", ".txt", ".css", ".js"), ids=str)
def test_nothing_is_left_for_later(file):
    found = LATER.findall((ROOT / file).read_text(encoding="utf-8"))
    assert found == [], f"{file}: do it, or open an issue"
