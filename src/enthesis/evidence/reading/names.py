"""Names of treatments that are nearly the same: most likely one treatment spelt two ways."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from enthesis.evidence.reading.text import Table
from enthesis.knowledge import BadInput

SHORTEST_WORD = 5  # one letter of "ICS" or "Drug A" may be all that tells two treatments apart
KEEP = "if they are two treatments, say so with --keep-names (keep_names=True)"


def check_names(table: Table, places: tuple[int, ...]) -> None:
    """Raise BadInput for the rarer of two names that look like one, naming its first row and proposing the other."""
    counts = Counter(cell for place in places for cell in table.columns[place])
    pair = next(iter(look_alikes(sorted(counts))), None)
    if pair is None:
        return
    rare, known = sorted(pair, key=lambda name: (counts[name], name))
    place, row = next((place, row) for place in places for row, cell in enumerate(table.columns[place]) if cell == rare)
    times = f"{counts[rare]} row{'s' if counts[rare] > 1 else ''}"
    raise BadInput(
        f"{table.source}: row {table.lines[row]}, column {table.header[place]}: {rare!r} ({times}) is nearly "
        f"{known!r} ({counts[known]} rows); did you mean {known!r}? Correct it; {KEEP}"
    )


def look_alikes(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs that differ only in case, accents, spaces or marks, or by one slip in one longer word; never in digits."""
    bare: dict[str, str] = {}
    nearly: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for name in names:
        before = bare.setdefault(_bare(name), name)
        if before != name:
            yield before, name
        for key, word in _with_one_word_open(name):
            alike = [other for known, other in nearly.get(key, []) if _one_slip(known, word)]
            yield from ((other, name) for other in alike)
            nearly.setdefault(key, []).append((word, name))


def _with_one_word_open(name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The name with each of its longer words left out in turn, and that word."""
    words = re.findall(r"\w+|[+<>=%*/]", name.casefold())
    for place, word in enumerate(words):
        if len(word) >= SHORTEST_WORD and word.isalpha():
            yield (*words[:place], "", *words[place + 1 :]), word


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^\w+<>=%*/]|_", "", "".join(mark for mark in letters if not unicodedata.combining(mark)))


def _one_slip(one: str, other: str) -> bool:
    """One letter added, left out, replaced, or two neighbours swapped."""
    short, long = sorted((one, other), key=len)
    if one == other or len(long) - len(short) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, other_rest = short[start:], long[start:]
    if len(short) < len(long):
        return rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
