"""Examples of a solution entry, worked out from the entry itself: each asks one question and states the answer."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from enthesis.knowledge import Library, LibraryError
from enthesis.mixing.quantities import shown
from enthesis.mixing.shelf import substance_of
from enthesis.mixing.solutions import Solution, Substance
from enthesis.mixing.stock import MG_PER_ML_IN_ONE_PERCENT

Given = Mapping[str, object]


def run_example(body: Solution, example: Mapping[str, object], library: Library) -> None:
    """Raises AssertionError with a plain sentence when the entry's answer is not the example's."""
    question, given = _part(example, "question"), example.get("given", {})
    if question not in QUESTIONS or not isinstance(given, Mapping):
        raise LibraryError(f"examples: {question!r} is not asked of a solution; expected one of {', '.join(QUESTIONS)}")
    found, expected = QUESTIONS[str(question)](body, given, library), _part(example, "expect")
    if found != str(expected):
        raise AssertionError(f"{_part(example, 'story')}: {expected} was expected, and the entry gives {found}")


def _osmolarity(body: Solution, given: Given, library: Library) -> str:
    """In whole mOsm/L, as labels print it: of the stock as it stands, or of the component at a strength."""
    if body.stock:
        form, percent = _substance(body, library).form(body.stock.form), body.stock.percent
    else:
        form, percent = _substance(body, library).form(str(given.get("form", ""))), _number(given, "percent")
    osmolarity = form.osmolarity_mosm_per_l(percent)
    return "not known" if osmolarity is None else str(round(osmolarity))


def _most(body: Solution, given: Given, library: Library) -> str:
    """The most that may be given at a weight, in mg."""
    ceiling = _substance(body, library).form(str(given.get("form", ""))).ceiling
    return shown(ceiling.max_mg(_number(given, "weight_kg"))) if ceiling else "no ceiling"


def _strictest(body: Solution, given: Given, library: Library) -> str:
    """The most that a clinic gives that keeps to the stricter practice limit, in mg."""
    ceiling = _substance(body, library).form(str(given.get("form", ""))).ceiling
    return shown(ceiling.strict().max_mg(_number(given, "weight_kg"))) if ceiling else "no ceiling"


def _content(body: Solution, given: Given, library: Library) -> str:
    """What a volume of the stock holds, in mg."""
    if not body.stock:
        raise LibraryError(f"examples: {body.component} is no stock here, so no volume of it can be drawn")
    return shown(_number(given, "ml") * body.stock.percent * MG_PER_ML_IN_ONE_PERCENT)


def _sold(body: Solution, given: Given, library: Library) -> str:
    """Is a stock of this strength believed?"""
    return "accepted" if _number(given, "percent") <= _substance(body, library).strongest else "refused"


QUESTIONS: Mapping[str, Callable[[Solution, Given, Library], str]] = {
    "osmolarity-mosm-per-l": _osmolarity,
    "most-mg": _most,
    "strict-most-mg": _strictest,
    "content-mg": _content,
    "stock": _sold,
}


def _substance(body: Solution, library: Library) -> Substance:
    return body.substance or substance_of(library, body.component)


def _number(given: Given, key: str) -> Fraction:
    return Fraction(str(_part(given, key)))


def _part(example: Mapping[str, object], key: str) -> object:
    if key not in example:
        raise LibraryError(f"examples: an example needs {key!r}, and one has none")
    return example[key]
