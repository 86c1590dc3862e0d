"""One question about one person's odds, checked, and what of a review can answer it."""

from dataclasses import dataclass
from difflib import get_close_matches

from enthesis.evidence.review import Node, Review
from enthesis.evidence.review.asking import LEAST
from enthesis.knowledge import BadInput, Library
from enthesis.pathway import conditions, treatments

LEAST_PAIN, MOST_PAIN = 1.0, 10.0
YEARS = 20  # of weeks: whoever asks beyond has mistyped


@dataclass(frozen=True)
class Ask:
    """Condition and two treatments by their ids, the pain one starts at (1 to 10), and the weeks until one looks.

    Raises BadInput naming the field and what was expected.
    """

    condition: str
    treatment: str
    versus: str
    baseline: float
    weeks: float

    def __post_init__(self) -> None:
        """No pain cannot get less, and nothing before week 6 says anything of benefit."""
        if not LEAST_PAIN <= self.baseline <= MOST_PAIN:
            raise BadInput(f"baseline: a pain from 1 to 10 was expected, not {self.baseline:g}")
        if not LEAST <= self.weeks <= 52 * YEARS:
            raise BadInput(
                f"weeks: from {LEAST:g} weeks to {YEARS} years was expected, not {self.weeks:g}; "
                "earlier results say nothing of benefit"
            )
        if self.treatment == self.versus:
            raise BadInput(f"versus: {self.versus!r} was compared with itself")


@dataclass(frozen=True)
class Sought:
    """A question with what of the review belongs to it. A node is None where no trial there gave the treatment.

    `borrowed` says that no trial was of this condition and the nearest ones are taken.
    """

    ask: Ask
    review: Review
    sites: frozenset[str]
    borrowed: bool
    condition: str
    treatment: str
    versus: str
    nodes: tuple[Node | None, Node | None]


def sought(ask: Ask, review: Review, library: Library) -> Sought:
    """What of a review belongs to a question. Raises BadInput for a condition or treatment that nobody here knows."""
    titles = {entry.id: entry.title for entry in conditions(library)}
    about = review.about
    own = {site.id for site in about.conditions if ask.condition in (site.entry, site.id)}
    if not own and ask.condition not in titles:
        known = sorted({*titles, *(site.id for site in about.conditions)})
        raise BadInput(_unknown("condition", ask.condition, known))
    near = {site.id for site in about.conditions if ask.condition in site.nearest_to}
    name = titles.get(ask.condition) or next(site.name for site in about.conditions if site.id in own)
    both = [
        _treatment(which, asked, review, library)
        for which, asked in (("treatment", ask.treatment), ("versus", ask.versus))
    ]
    if both[0][1] is not None and both[0][1] == both[1][1]:
        raise BadInput(
            f"versus: {ask.versus!r} is another name of {ask.treatment!r}; two different treatments were expected"
        )
    return Sought(
        ask,
        review,
        frozenset(own or near),
        bool(near) and not own,
        name,
        both[0][0],
        both[1][0],
        (both[0][1], both[1][1]),
    )


def _treatment(which: str, asked: str, review: Review, library: Library) -> tuple[str, Node | None]:
    """Name and node of a treatment named by its entry in the library or as the review calls it."""
    node = next((one for one in review.about.nodes if asked in (one.id, one.entry)), None)
    if node is not None:
        return node.name, node
    titles = {entry.id: entry.title for entry in treatments(library)}
    if asked in titles:
        return titles[asked], None
    known = sorted({*titles, *(one.id for one in review.about.nodes)})
    raise BadInput(_unknown(which, asked, known))


def _unknown(field: str, asked: str, known: list[str]) -> str:
    """That there is none of this name, with the nearest one, and every one there is."""
    near = get_close_matches(asked.lower(), known, n=1)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    return f"{field}: there is no {asked!r}{meant}; there are: {', '.join(known)}"
