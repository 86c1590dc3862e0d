"""How a survey is laid out: screens of at most six questions, with short forms together where they fit whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from enthesis.outcomes.items import Item

MOST = 6  # questions on one screen; shorter forms are answered more often (Cochrane MR000008, odds ratio 1.58)


@dataclass(frozen=True)
class Form:
    """The questions of one instrument that are asked of somebody."""

    instrument: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Part:
    """Questions of one form that stand together on a screen. `begins` and `ends` say whether they are its first and last."""

    instrument: str
    items: tuple[Item, ...]
    begins: bool
    ends: bool

    @property
    def whole(self) -> bool:
        """Is this the whole form?"""
        return self.begins and self.ends


@dataclass(frozen=True)
class Screen:
    """What is asked at a time."""

    parts: tuple[Part, ...]

    @property
    def questions(self) -> int:
        """How many questions stand on it."""
        return sum(len(part.items) for part in self.parts)

    @property
    def ends(self) -> tuple[str, ...]:
        """The instruments whose last question stands on it."""
        return tuple(part.instrument for part in self.parts if part.ends)


def screens(forms: Iterable[Form], *, most: int = MOST) -> tuple[Screen, ...]:
    """Every question once, in order. A form is cut only when it is longer than a screen, and then shares none."""
    found: list[list[Part]] = []
    for part in (part for form in forms for part in _cut(form, most)):
        last = found[-1] if found else []
        room = most - sum(len(one.items) for one in last)
        if last and part.whole and last[-1].whole and len(part.items) <= room:
            last.append(part)
        else:
            found.append([part])
    return tuple(Screen(tuple(parts)) for parts in found)


def _cut(form: Form, most: int) -> Iterator[Part]:
    """The form in pieces as even as can be."""
    pieces = _evenly(form.items, -(-len(form.items) // most))
    for place, items in enumerate(pieces):
        yield Part(form.instrument, items, begins=place == 0, ends=place == len(pieces) - 1)


def _evenly(items: Sequence[Item], into: int) -> list[tuple[Item, ...]]:
    """So many pieces, the longer ones first."""
    length, longer = divmod(len(items), into) if into else (0, 0)
    starts = [place * length + min(place, longer) for place in range(into + 1)]
    return [tuple(items[a:b]) for a, b in pairwise(starts)]
