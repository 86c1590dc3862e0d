"""The library on disk: the only reader of `library/`."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import cattrs
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.v import format_exception, transform_error

from enthesis.knowledge.bibliography import Source
from enthesis.knowledge.choosing import Chosen, changed
from enthesis.knowledge.entry import Citation, Entry, Review
from enthesis.knowledge.errors import BadInput, LibraryError
from enthesis.knowledge.fingerprint import combined, fingerprint
from enthesis.knowledge.kept import Kept, KeptPath

SHIPPED = Path(__file__).parent.parent / "library"
FRAME = ("id", "title", "sources", "review", "examples")  # keys every entry has, whatever its kind

ABOUT = "about.toml"  # an entry that is a folder is described here; its tables lie beside it

TEXTS = 2000  # texts of entries whose data is held in memory; the library that ships has some four hundred

Place = Path | KeptPath  # a folder or file: on disk, or among kept texts

Body = TypeVar("Body")
Shape = TypeVar("Shape")

converter = cattrs.Converter(forbid_extra_keys=True)
converter.register_structure_hook(date, lambda value, _: _a_date(value))


@dataclass(frozen=True)
class Library:
    """One or more folders of entries; an entry of a later folder replaces one of the same id (a clinic's own).

    `chosen` holds values that a clinic has set otherwise; they are part of the text, and so of its fingerprint.
    """

    roots: tuple[Place, ...]
    chosen: frozenset[Chosen] = frozenset()
    _read: dict[tuple[str, type], Any] = field(default_factory=dict, compare=False, repr=False)
    _placed: dict[str, dict[str, Place]] = field(default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        """Worked out once: what is remembered of names and rules is looked up by it, many times for each chart."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.roots, self.chosen))

    @classmethod
    def shipped(cls, *local: Path) -> "Library":
        """The library that comes with Enthesis, with a clinic's own entries laid over it."""
        return cls((SHIPPED, *local))

    def choosing(self, chosen: Iterable[Chosen]) -> "Library":
        """The same library with values that a clinic has chosen."""
        return replace(self, chosen=frozenset(chosen), _read={})

    @classmethod
    def from_kept(cls, kept: Kept) -> "Library":
        """A library as it was when its texts were kept; it has the same fingerprint."""
        chosen = frozenset(Chosen(*one) for one in kept["chosen"])
        return cls(tuple(KeptPath.root(texts) for texts in kept["roots"]), chosen)

    def texts(self) -> Kept:
        """Every text of this library and the values chosen, as plain JSON: enough to read it again without its files."""
        chosen = [[one.kind, one.entry, one.of, one.value] for one in self.chosen]
        return {"roots": [_texts_of(root) for root in self.roots], "chosen": sorted(chosen, key=repr)}

    def entries(self, kind: str, shape: type[Body]) -> tuple[Entry[Body], ...]:
        """All entries of a kind in order of id, each body in the shape of the room that asks. Raises LibraryError."""
        if (kind, shape) not in self._read:
            self._read[kind, shape] = tuple(
                self._entry(kind, path, shape) for _, path in sorted(self.files(kind).items())
            )
        return self._read[kind, shape]  # type: ignore[no-any-return]  # the key says which shape was read

    def entry(self, kind: str, id: str, shape: type[Body]) -> Entry[Body]:
        """One entry by id. Raises LibraryError naming those there are."""
        for entry in self.entries(kind, shape):
            if entry.id == id:
                return entry
        there = ", ".join(sorted(self.files(kind))) or "none"
        raise LibraryError(f"there is no entry {id!r} among the {kind}; there are: {there}")

    def files(self, kind: str) -> dict[str, Place]:
        """The file of each entry of a kind, by id."""
        if kind not in self._placed:
            self._placed[kind] = {path.stem: path for root in self.roots for path in _listed(root / kind, "*.toml")}
        return self._placed[kind]

    def folder(self, kind: str, id: str, shape: type[Body]) -> tuple[Entry[Body], dict[str, str]]:
        """An entry that is a folder, with the texts of the tables beside its about.toml. Raises LibraryError."""
        folders = self.folders(kind)
        if id not in folders:
            raise LibraryError(f"there is no {kind} called {id!r}; there are: {', '.join(folders) or 'none'}")
        path = folders[id] / ABOUT
        entry = self._cited(build_entry(kind, read_toml(path), shape, path))
        return entry, {table.name: table.read_text(encoding="utf-8") for table in _listed(folders[id], "*.csv")}

    def raw(self, kind: str, id: str) -> dict[str, Any]:
        """An entry's data as written, for fingerprints and for nudging its numbers."""
        mine = [one for one in self.chosen if (one.kind, one.entry) == (kind, id)]
        data = read_toml(self.files(kind)[id])
        return changed(data, mine) if mine else data

    def folders(self, kind: str) -> dict[str, Place]:
        """The folder of each entry that is a folder (a review with its tables), by id; a later root replaces it whole."""
        return {path.parent.name: path.parent for root in self.roots for path in _listed(root / kind, f"*/{ABOUT}")}

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The folders that hold entries."""
        return tuple(sorted({p.parent.name for root in self.roots for p in _listed(root, "*/*.toml")}))

    @cached_property
    def bibliography(self) -> dict[str, Source]:
        """Every source by its key."""
        found: dict[str, Source] = {}
        for path in (root / "bibliography.toml" for root in self.roots):
            if path.exists():
                found |= {key: structured(value, Source, path) for key, value in read_toml(path).items()}
        return found

    @cached_property
    def fingerprint(self) -> str:
        """One fingerprint for the whole library: which text a judgment was made from."""
        return combined(self._texts())

    def _texts(self) -> Iterator[tuple[str, str]]:
        for kind in self.kinds:
            yield from ((f"{kind}/{id}", fingerprint(self.raw(kind, id))) for id in self.files(kind))
        for path in (root / "bibliography.toml" for root in self.roots):
            if path.exists():
                yield "bibliography", fingerprint(read_toml(path))

    def _entry(self, kind: str, path: Place, shape: type[Body]) -> Entry[Body]:
        return self._cited(build_entry(kind, self.raw(kind, path.stem), shape, path))

    def _cited(self, entry: Entry[Body]) -> Entry[Body]:
        for citation in entry.sources:
            if citation.cite not in self.bibliography:
                raise LibraryError(f"{entry.path}: cites {citation.cite!r}, which is not in bibliography.toml")
        return entry


def _listed(folder: Place, pattern: str) -> list[Place]:
    return sorted(folder.glob(pattern), key=lambda path: (path.parent.name, path.name))


def _texts_of(root: Place) -> dict[str, str]:
    """The texts below a root by relative path."""
    found = {f"{path.parent.name}/{path.name}": path for path in _listed(root, "*/*.toml")}
    found |= {path.name: path for path in _listed(root, "*.toml")}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items()}


def build_entry(kind: str, data: dict[str, Any], shape: type[Body], path: Place) -> Entry[Body]:
    """An entry from its data. Raises LibraryError naming the file, the field and what was expected."""
    for key in ("id", "title", "sources", "review"):
        if key not in data:
            raise LibraryError(f"{where(path)}: every entry needs {key!r}, and this one has none")
    name = path.parent.name if path.name == ABOUT else path.stem
    if data["id"] != name or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", data["id"]):
        what = "folder" if path.name == ABOUT else "file"
        raise LibraryError(
            f"{where(path)}: the id {data['id']!r} must equal the {what}'s name, in lower case with hyphens"
        )
    if not data["sources"]:
        raise LibraryError(f"{where(path)}: an entry without a source is an opinion; cite at least one")
    return Entry(
        kind=kind,
        id=data["id"],
        title=data["title"],
        body=structured({key: value for key, value in data.items() if key not in FRAME}, shape, path),
        sources=tuple(structured(source, Citation, path) for source in data["sources"]),
        review=structured(data["review"], Review, path),
        examples=tuple(data.get("examples", ())),
        fingerprint=fingerprint(data),
        path=where(path),
    )


def structured(data: Any, shape: type[Shape], path: Place) -> Shape:
    """Data in a shape, or a LibraryError that names the file and every field that does not fit."""
    try:
        return converter.structure(data, shape)
    except (BaseValidationError, ForbiddenExtraKeysError) as error:
        raise LibraryError(f"{where(path)}: {'; '.join(transform_error(error, format_exception=_reason))}") from error


@cache
def read_toml(path: Place) -> dict[str, Any]:
    """The data of a TOML file. Raises LibraryError with the line where it cannot be read."""
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryError(f"{where(path)}: not readable as TOML: {error}") from error


@lru_cache(maxsize=TEXTS)
def _parsed(text: str) -> dict[str, Any]:
    """The data of a text. A library read back from its kept texts is, nearly always, the one that was kept just now."""
    return tomllib.loads(text)


def where(path: Place) -> str:
    """A file's name as people know it, without the folders of this machine."""
    return f"{path.parent.name}/{path.name}"


def _reason(error: BaseException, type_: type | None) -> str:
    return format_exception(error, type_) if not isinstance(error, BadInput) else str(error)


def _a_date(value: object) -> date:
    if isinstance(value, date):
        return value
    raise ValueError(f"a date such as 2026-11-23 was expected, not {value!r}")
