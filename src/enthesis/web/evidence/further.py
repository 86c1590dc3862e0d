"""Further questions of a review on one page: kinds alike, enough yet, never reported, over time; each says what it does not say."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from enthesis.clinic.errors import NotFound
from enthesis.clinic.evidence import Answer, ask_further
from enthesis.clinic.permissions import Actor
from enthesis.evidence.figures.looks import looks_figure
from enthesis.evidence.networks import Network
from enthesis.evidence.report.of_review import naming_of, question_words
from enthesis.evidence.review.further import Further, most_studied
from enthesis.web.evidence.asking import offer, query
from enthesis.web.evidence.further_rows import Table, class_rows, look_rows, missing_rows, time_rows
from enthesis.web.evidence.further_words import Said, kinds_said, looks_said, missing_said, time_said
from enthesis.web.evidence.views import KINDS, asked
from enthesis.web.staff import staff

NOBODY = "-"
LONG = 14  # rows of a table that stands open


class PairForm(forms.Form):
    """Which comparison is looked at, and whom results that were never reported are supposed to favour."""

    treatment = forms.ChoiceField(label="Treatment", required=False)
    against = forms.ChoiceField(label="Against", required=False)
    favours = forms.ChoiceField(
        label="Suppose that results never reported would have been worse for",
        required=False,
        help_text="A supposition: nobody has judged what is missing.",
    )

    def __init__(self, *given: object, found: Network, names: dict[str, str], **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        listed = [(name, names[name]) for name in found.treatments]
        for field in ("treatment", "against"):
            offer(self, field, listed)
        offer(self, "favours", [(NOBODY, "nobody"), *listed])

    def clean(self) -> dict[str, object]:
        """Raises a fault at `against` for one treatment with itself."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if given.get("treatment") and given.get("treatment") == given.get("against"):
            self.add_error("against", "Two different treatments were expected.")
        return given


@dataclass(frozen=True)
class Section:
    """One question in words with its table; `why` says why it has no answer."""

    said: Said
    rows: Table
    why: str

    @property
    def table(self) -> list[list[tuple[str, str]]]:
        """Every cell with its column."""
        return [list(zip(self.rows[0], row, strict=True)) for row in self.rows[1]]

    @property
    def long(self) -> bool:
        """Is the table so long that it is folded?"""
        return len(self.rows[1]) > LONG


@require_GET
@staff
def further(request: HttpRequest, by: Actor, review: str) -> HttpResponse:
    """Four questions of one answer. Every choice is part of the address; nothing needs a script."""
    form, answer, _ = asked(request, by, review)
    context = {"review": answer.fit.review, "said": question_words(answer.fit), "query": query(form)}
    if not answer.fit.networks:
        return render(request, "evidence/further.html", context)
    number, found = part_of(request, answer)
    pair_form = pair_asked(request, answer, found)
    asked_further = _asked(by, answer, number, pair_form)
    context |= {
        "form": pair_form,
        "kept": [(name, value) for name, values in _question(request) for value in values],
        "parts": len(answer.fit.networks),
        "number": number + 1,
        "sections": sections(answer, asked_further),
        "picture": _picture(answer, asked_further, request),
    }
    return render(request, "evidence/further.html", context, status=422 if pair_form.errors else 200)


@require_GET
@staff
def looks(request: HttpRequest, by: Actor, review: str, kind: str) -> HttpResponse:
    """The figure of the looks as SVG, as PNG, or its table as CSV."""
    _, answer, _ = asked(request, by, review)
    if kind not in KINDS or not answer.fit.networks:
        raise NotFound("there is no such figure")
    number, found = part_of(request, answer)
    made = _asked(by, answer, number, pair_asked(request, answer, found))
    if isinstance(made.looks, str):
        raise NotFound("there is no such figure")
    drawn = looks_figure(made.looks, naming_of(answer.fit))
    content = drawn.svg() if kind == "svg" else drawn.png() if kind == "png" else drawn.csv()
    sent = HttpResponse(content, content_type=KINDS[kind])
    if kind != "svg":
        sent["Content-Disposition"] = f'attachment; filename="{review}-looks.{kind}"'
    return sent


def part_of(request: HttpRequest, answer: Answer) -> tuple[int, Network]:
    """The part of the network that is asked about, the largest if none is named. Raises NotFound."""
    at, networks = request.GET.get("part", "0"), answer.fit.networks
    if not (at.isascii() and at.isdigit() and len(at) < 4 and int(at) < len(networks)):
        raise NotFound("there is no such part of the network")
    return int(at), networks[int(at)]


def pair_asked(request: HttpRequest, answer: Answer, found: Network) -> PairForm:
    """The form as the address fills it; what is left out is as usual, and shown so."""
    given = {name: request.GET.get(name, "") for name in PairForm.base_fields}
    treatment = given["treatment"] or most_studied(found)
    usual = {"treatment": treatment, "against": found.reference, "favours": treatment}
    naming = naming_of(answer.fit)
    names = {name: naming.treatment(name) for name in found.treatments}
    return PairForm({name: value or usual[name] for name, value in given.items()}, found=found, names=names)


def _asked(by: Actor, answer: Answer, number: int, pair: PairForm) -> Further:
    """The answers to what is asked, or to the usual comparison where the form was wrong."""
    found = answer.fit.networks[number]
    asked = pair.cleaned_data if pair.is_valid() else {}
    treatment, versus = asked.get("treatment") or most_studied(found), asked.get("against") or found.reference
    favours = asked.get("favours") or treatment
    suspected = "" if favours == NOBODY else favours
    return ask_further(by=by, answer=answer, part=number, treatment=treatment, versus=versus, favours=suspected)


def _question(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """What the address asks of the review itself, kept when the form of the pair is sent."""
    return [(name, values) for name, values in request.GET.lists() if name not in PairForm.base_fields]


def _picture(answer: Answer, made: Further, request: HttpRequest) -> dict[str, str]:
    if isinstance(made.looks, str):
        return {}
    drawn = looks_figure(made.looks, naming_of(answer.fit))
    address = {
        kind: f"{reverse('evidence-looks', args=[answer.fit.review.id, kind])}?{request.GET.urlencode()}"
        for kind in KINDS
    }
    return {"title": drawn.title, "words": drawn.words, **address}


def sections(answer: Answer, made: Further) -> tuple[Section, ...]:
    """The four questions, each with its words and its table."""
    fit, naming = answer.fit, naming_of(answer.fit)
    return (
        Section(kinds_said(fit, made, naming), class_rows(made, naming), _why(made.classes)),
        Section(looks_said(fit, made, naming), look_rows(made, naming), _why(made.looks)),
        Section(missing_said(made, naming), missing_rows(made, naming), _why(made.missing)),
        Section(time_said(made), time_rows(made, naming), _why(made.over_time)),
    )


def _why(found: object) -> str:
    return found if isinstance(found, str) else ""
