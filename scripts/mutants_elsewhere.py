"""Mutants where mutmut makes none: properties and cached functions, values of modules and classes.

mutmut swaps a function for a mutated one when it is called, so what runs at import, and what a decorator has wrapped,
stays as it is. Here the same changes (mutmut's own operators) are made to those places, one at a time: a child process
imports the changed module, runs the tests of the room and says how they ended.
"""

import importlib.abc
import importlib.machinery
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor, OuterFunctionProvider
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

LONGEST = 120  # seconds for the tests of one room; a mutant that takes longer hangs
PYTEST = ["-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=mutation"]
PLAIN = {"staticmethod", "classmethod"}  # mutmut changes these itself


@dataclass(frozen=True)
class Mutant:
    """One change of one line, and the whole module with it."""

    line: int
    was: str
    becomes: str
    module: str


class Elsewhere(MutationVisitor):
    """Visits what mutmut visits, and the insides of decorated functions."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        return not isinstance(node, cst.FunctionDef) and super()._skip_node_and_children(node)


def passed_over(function: cst.CSTNode | None) -> bool:
    """Does mutmut leave this place alone: outside functions, or in one with a decorator it does not know?"""
    if not isinstance(function, cst.FunctionDef):
        return True
    names = [d.decorator.value if isinstance(d.decorator, cst.Name) else "" for d in function.decorators]
    return bool(names) and not (len(names) == 1 and names[0] in PLAIN)


def mutants(file: Path) -> Iterator[Mutant]:
    """Every change to a module that mutmut does not make itself."""
    source = file.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = Elsewhere(mutation_operators, IgnoredCode(set(), set(), set()))
    module = wrapper.visit(visitor)
    at = wrapper.resolve(PositionProvider)
    within = wrapper.resolve(OuterFunctionProvider)
    for one in visitor.mutations:
        function = within.get(one.original_node)
        is_word = isinstance(one.original_node, cst.BaseString) and not isinstance(function, cst.FunctionDef)
        if is_word or not passed_over(function):
            continue
        changed = module.deep_replace(one.original_node, one.mutated_node).code
        line = at[one.original_node].start.line
        was, becomes = first_difference(source, changed, line)
        yield Mutant(line, was, becomes, changed)


def first_difference(source: str, changed: str, near: int) -> tuple[str, str]:
    """The first line that differs, before and after."""
    pairs = zip(source.splitlines(), changed.splitlines(), strict=False)
    differing = ((old.strip(), new.strip()) for old, new in pairs if old != new)
    return next(differing, (source.splitlines()[near - 1].strip(), "(the line is gone)"))


class Changed(importlib.abc.MetaPathFinder):
    """Imports one module from changed source, and every other as it lies."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> object:
        """The module's specification, with a loader of our own."""
        spec = importlib.machinery.PathFinder.find_spec(name, path) if name == self.name else None
        if spec is not None:
            spec.loader = ChangedLoader(name, str(spec.origin), self.source)
        return spec


class ChangedLoader(importlib.machinery.SourceFileLoader):
    """Compiles the source it was given."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        """The changed module's code; nothing is read from or written to a cache."""
        return compile(self.source, self.path, "exec", dont_inherit=True)


def outcome(copy: Path, name: str, mutant: Mutant, tests: Sequence[str]) -> str:
    """`killed`, `survived` or `timeout`: how the tests of a room end with this mutant in place."""
    child = os.fork()
    if not child:
        signal.alarm(LONGEST)
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        ended = 1
        try:
            os.chdir(copy)
            sys.path.insert(0, str(copy / "src"))
            sys.meta_path.insert(0, Changed(name, mutant.module))
            ended = pytest.main(["-x", "-q", *PYTEST, *tests])
        finally:
            os._exit(int(ended))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "timeout" if os.WTERMSIG(status) == signal.SIGALRM else "killed"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"
