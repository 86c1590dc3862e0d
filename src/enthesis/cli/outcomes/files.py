"""The files of a snapshot: the table twice, and its codebook for programs and for people. All of them or none."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.outcomes.snapshot import Codebook, Snapshot

OWNER_ONLY = 0o600
KINDS = (".parquet", ".csv")


def write_snapshot(made: "Snapshot", out: Path) -> tuple[Path, ...]:
    """Write OUT as Parquet and CSV with the codebook beside it, readable by their owner only: they are about patients."""
    from enthesis.outcomes.snapshot import codebook_as_json, codebook_as_markdown, csv_of, parquet_of

    if out.suffix not in KINDS:
        raise BadInput(f"{out}: a name ending in .parquet or .csv was expected; both files are written")
    book = json.dumps(codebook_as_json(made.book), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    contents = {
        out.with_suffix(".parquet"): parquet_of(made),
        out.with_suffix(".csv"): csv_of(made.table),
        out.with_suffix(".codebook.json"): book.encode(),
        out.with_suffix(".codebook.md"): codebook_as_markdown(made.book).encode(),
    }
    put(contents)
    return tuple(contents)


def put(contents: Mapping[Path, bytes], *, mode: int = OWNER_ONLY) -> None:
    """Write files that appear whole, and only when each could be written. Raises BadInput naming the file."""
    parts: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            parts[path] = _part(path, content, mode)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _part(path: Path, content: bytes, mode: int) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(mode)
    return Path(name)


def codebook_of(snapshot: Path) -> "Codebook | None":
    """The codebook inside a Parquet file, or beside a CSV file; None where there is none."""
    import pyarrow as pa
    import pyarrow.parquet

    from enthesis.outcomes.snapshot import codebook_from_json, codebook_in

    try:
        if snapshot.suffix == ".parquet":
            return codebook_in(pa.parquet.read_schema(snapshot).metadata)
        beside = snapshot.with_suffix(".codebook.json")
        return codebook_from_json(json.loads(beside.read_text(encoding="utf-8"))) if beside.is_file() else None
    except (OSError, pa.ArrowInvalid):
        return None  # whoever opens the table itself says what is wrong with the file
    except json.JSONDecodeError as error:
        raise BadInput(f"{snapshot}: its codebook is not readable as JSON") from error
