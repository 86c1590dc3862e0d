"""Which records there are: the files of a folder, or the lines of one file, found without holding them in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from enthesis.fhir import LIMIT_BYTES
from enthesis.knowledge import BadInput

LINES = (".ndjson", ".jsonl")
AT_ONCE = 1 << 20  # bytes read at a time while the end of a line that is far too long is looked for


@dataclass(frozen=True)
class Record:
    """Where one bundle lies: a whole file, or a stretch of one. `name` is how people find it again."""

    name: str
    path: Path
    start: int
    length: int

    def content(self) -> bytes:
        """Its bytes. Raises BadInput when it is too large or cannot be read."""
        if self.length > LIMIT_BYTES:
            raise BadInput(f"bundle: {self.length / 1e6:.1f} MB, and at most {LIMIT_BYTES / 1e6:g} MB are read")
        try:
            with self.path.open("rb") as file:
                file.seek(self.start)
                return file.read(self.length)
        except OSError as error:
            raise BadInput(f"bundle: cannot be read: {error.strerror or error}") from error


def records(source: Path) -> Iterator[Record]:
    """The records of a folder in order of their names, or of a file in order of its lines; empty lines are none."""
    return _files(source) if source.is_dir() else _lines(source)


def size(source: Path) -> int:
    """How many bytes there are to read, to show how far a reading is. Raises BadInput when nothing can be read there."""
    try:
        if not source.is_dir():
            return source.stat().st_size
        found = sum(_size(path) for path in _paths(source))
    except OSError as error:
        raise BadInput(f"{source}: cannot be read: {error.strerror or error}") from error
    if not any(True for _ in _paths(source)):
        raise BadInput(f"{source}: holds no file that ends in .json")
    return found


def _paths(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.json") if not path.is_dir())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it will say why


def _files(folder: Path) -> Iterator[Record]:
    for path in _paths(folder):
        yield Record(path.relative_to(folder).as_posix(), path, 0, _size(path))


def _lines(path: Path) -> Iterator[Record]:
    start, number = 0, 0
    with path.open("rb") as file:
        while line := file.readline(AT_ONCE):
            number, length, blank = number + 1, len(line), not line.strip()
            while not line.endswith(b"\n") and (line := file.readline(AT_ONCE)):
                length, blank = length + len(line), blank and not line.strip()
            if not blank:
                yield Record(f"line {number}", path, start, length)
            start += length
