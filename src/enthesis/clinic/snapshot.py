"""What a judgment was made from, kept as data: the chart, the person, the version of Enthesis and the library's text."""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import cattrs
from cattrs.cols import namedtuple_dict_structure_factory

from enthesis import __version__
from enthesis.clinic.acting import now
from enthesis.knowledge import Library
from enthesis.registry.models import LibraryText
from enthesis.registry.models.patient import Patient
from enthesis.screening import ChartItem

Snapshot = dict[str, Any]
GROUNDS = ("rule", "because", "action", "evidence")

converter = cattrs.Converter()
converter.register_unstructure_hook(date, date.isoformat)
converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
converter.register_structure_hook(ChartItem, namedtuple_dict_structure_factory(ChartItem, converter))


def snapshot_of(patient: Patient, items: Iterable[ChartItem]) -> Snapshot:
    """The chart (`items`) and the person as they are now; every field of a chart item, whatever fields it has."""
    return {
        "items": [converter.unstructure(item._asdict()) for item in items],
        "sex": patient.sex,
        "born": patient.born.isoformat() if patient.born else None,
        "version": __version__,
    }


def items_in(facts: Mapping[str, Any]) -> tuple[ChartItem, ...]:
    """The chart items of a snapshot."""
    return tuple(converter.structure(item, ChartItem) for item in facts["items"])


def born_in(facts: Mapping[str, Any]) -> date | None:
    """The birth date of a snapshot."""
    return date.fromisoformat(facts["born"]) if facts["born"] else None


def grounds(judgment: Mapping[str, Any]) -> object:
    """What a clinician decides on: the day, the site, each finding, and what nobody has answered."""
    findings = [[finding[key] for key in GROUNDS] for finding in judgment["findings"]]
    return judgment["on"], judgment["site"], judgment["decision"], findings, judgment["unknown"]


def keep_library(shelf: Library) -> None:
    """Keep the text of a library the first time a judgment is made from it."""
    if LibraryText.objects.filter(pk=shelf.fingerprint).exists():
        return
    content = _packed(shelf)
    if content is not None:
        LibraryText.objects.get_or_create(pk=shelf.fingerprint, defaults={"content": content, "kept_at": now()})


def kept_library(fingerprint: str) -> Library | None:
    """The library of a fingerprint as it was kept, or None when its text is not there."""
    found = LibraryText.objects.filter(pk=fingerprint).first()
    return _unpacked(bytes(found.content)) if found else None


@lru_cache(maxsize=8)
def _packed(shelf: Library) -> bytes | None:
    """The texts compressed; None when the files have changed since this process read them."""
    content = zlib.compress(json.dumps(shelf.texts(), sort_keys=True).encode())
    return content if _unpacked(content).fingerprint == shelf.fingerprint else None


@lru_cache(maxsize=4)
def _unpacked(content: bytes) -> Library:
    return Library.from_kept(json.loads(zlib.decompress(content)))
