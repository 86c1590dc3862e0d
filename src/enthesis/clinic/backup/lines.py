"""The file of a backup: lines of JSON, compressed, a header before them and a seal at the end.

The seal is the SHA-256 of everything before it and the number of rows, so that a file that was cut short or changed is
known before a single row of it is used.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from enthesis.knowledge import BadInput

FORMAT = 1
MARK = "enthesis-backup"
LONGEST_LINE = 1 << 30  # characters; a snapshot of outcomes is one value, and this is far beyond any
DAMAGED = "is damaged or cut short, so nothing was restored; take an earlier backup"


@dataclass(frozen=True)
class Header:
    """What a backup says of itself: when and by which version it was made, and what it must hold when it is back.

    `schema` is the newest migration of each app; `head` and `events` are the end of the audit trail; `key` tells, without
    naming it, whether the secret key is the same.
    """

    made_at: str
    version: str
    schema: dict[str, str]
    head: str
    events: int
    key: str


class Writer:
    """Writes lines and counts the rows among them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.rows = file, hashlib.sha256(), 0

    def header(self, header: Header) -> None:
        """The first line."""
        self._line({MARK: FORMAT, **asdict(header)})

    def table(self, label: str, columns: list[str]) -> None:
        """The rows of this table follow."""
        self._line({"table": label, "columns": columns})

    def row(self, values: list[object]) -> None:
        """One row, in the order of its table's columns."""
        self.rows += 1
        self._line(values)

    def seal(self) -> str:
        """The last line; its digest."""
        sealed = self._digest.hexdigest()
        self._line({"rows": self.rows, "sha256": sealed})
        return sealed

    def _line(self, value: object) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._digest.update(line)
        self._file.write(line)


def checked(path: Path) -> Header:
    """The header of a whole and unchanged backup. Raises BadInput for any other file."""
    digest, rows, last, header = hashlib.sha256(), -2, b"", None
    for line in _raw(path):
        header = header or _header(path, line)
        digest.update(last)
        last, rows = line, rows + 1
    seal = _value(path, last) if last else None
    if header is None:
        raise BadInput(f"{path}: is empty; a backup of Enthesis was expected")
    if not isinstance(seal, dict) or seal.get("sha256") != digest.hexdigest():
        raise BadInput(f"{path}: {DAMAGED}")
    return header


def lines(path: Path) -> Iterator[Any]:
    """What stands between the header and the seal: a table as an object, each of its rows as a list."""
    found = _raw(path)
    next(found)
    held = next(found)
    for line in found:
        yield _value(path, held)
        held = line


def _raw(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            while line := file.readline(LONGEST_LINE):
                yield line
    except gzip.BadGzipFile as error:
        known = "CRC" in str(error) or "length" in str(error)
        raise BadInput(f"{path}: {DAMAGED if known else 'is no backup of Enthesis'}") from None
    except (EOFError, zlib.error):
        raise BadInput(f"{path}: {DAMAGED}") from None
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}") from None


def _header(path: Path, line: bytes) -> Header:
    said = _value(path, line)
    if not isinstance(said, dict) or MARK not in said:
        raise BadInput(f"{path}: is no backup of Enthesis")
    if said.pop(MARK) != FORMAT:
        raise BadInput(f"{path}: was made by a newer Enthesis, {said.get('version', 'unknown')}; update this one first")
    try:
        return Header(**said)
    except TypeError:
        raise BadInput(f"{path}: {DAMAGED}") from None


def _value(path: Path, line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise BadInput(f"{path}: {DAMAGED}") from None
