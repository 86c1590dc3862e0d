"""An answer as a page shows it: sentences, rows and addresses of pictures, with nothing left to work out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from enthesis.clinic.evidence import Answer
from enthesis.evidence.certainty import Certainty, Domain
from enthesis.evidence.certainty.rating import certainties
from enthesis.evidence.figures import NAMES, Naming, figure
from enthesis.evidence.networks import Network
from enthesis.evidence.report.of_review import naming_of
from enthesis.evidence.report.sections import summary
from enthesis.web.evidence.asking import QuestionForm, query

FIRST = ("graph", "forest")  # at once; the others are drawn when somebody opens them


@dataclass(frozen=True)
class Picture:
    """One figure by its address, with its words and where its table is."""

    title: str
    words: str
    svg: str
    png: str
    csv: str


@dataclass(frozen=True)
class Row:
    """One estimate with its certainty."""

    name: str
    numbers: str
    new_study: str
    rating: str
    why: str
    levels: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Part:
    """One connected network of the answer."""

    title: str
    summary: str
    first: tuple[Picture, ...]
    more: tuple[Picture, ...]
    rows: tuple[Row, ...]


def parts(answer: Answer, form: QuestionForm) -> tuple[Part, ...]:
    """Every connected network, the largest first."""
    naming = naming_of(answer.fit)
    found = answer.fit.networks
    return tuple(_part(answer, network, at, len(found), naming, form) for at, network in enumerate(found))


def _part(answer: Answer, found: Network, at: int, of: int, naming: Naming, form: QuestionForm) -> Part:
    against = naming.treatment(found.reference)
    title = f"Against {against}" if of == 1 else f"Part {at + 1} of {of}, against {against}"
    pictures = {name: _picture(answer, found, name, at, naming, form) for name in NAMES if _worth(found, name)}
    return Part(
        title,
        summary(found, naming),
        tuple(pictures[name] for name in FIRST if name in pictures),
        tuple(picture for name, picture in pictures.items() if name not in FIRST),
        tuple(_rows(answer, found, naming, form)),
    )


def _worth(found: Network, name: str) -> bool:
    """Whether a figure has anything to show in this network."""
    if name == "split":
        return bool(len(found.split("random").pair))
    return name != "net-heat" or bool(found.q().between_designs.df)


def _picture(answer: Answer, found: Network, name: str, at: int, naming: Naming, form: QuestionForm) -> Picture:
    drawn = figure(name, found, naming, answer.fit.bias)
    review = answer.fit.review.id

    def address(kind: str) -> str:
        return f"{reverse('evidence-figure', args=[review, name, kind])}?{query(form, part=str(at))}"

    return Picture(drawn.title, drawn.words, address("svg"), address("png"), address("csv"))


def _rows(answer: Answer, found: Network, naming: Naming, form: QuestionForm) -> Iterator[Row]:
    for one in certainties(found, answer.known, versus=found.reference):
        row = found.between(one.treatment, one.versus)
        pair = query(form, treatment=one.treatment, against=one.versus)
        yield Row(
            naming.treatment(one.treatment),
            f"{naming.text(row.random['estimate'])} ({naming.interval(row.random['lower'], row.random['upper'])})",
            naming.interval(*row.prediction) if found.tau2 is not None else "not known",
            str(one.rating),
            one.explain(),
            tuple(levels(one)),
            f"{reverse('evidence-certainty', args=[answer.fit.review.id])}?{pair}",
        )


def levels(one: Certainty) -> Iterator[str]:
    """Each domain that raises a concern, in words."""
    for domain in Domain:
        judged = one.of(domain)
        if judged.concern or judged.overridden:
            yield f"{domain}: {judged.concern.words}{' (own judgment)' if judged.overridden else ''}"
