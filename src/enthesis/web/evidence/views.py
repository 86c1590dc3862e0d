"""Pages of evidence: the shelf of reviews, an answer, its pictures, and the report that needs nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enthesis.clinic.errors import NotFound
from enthesis.clinic.evidence import Answer, ask_review, read_review, shelf
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.evidence.figures import NAMES, figure
from enthesis.evidence.report import review_report
from enthesis.evidence.report.of_review import naming_of, question_words
from enthesis.evidence.review import Review
from enthesis.web.evidence.asking import QuestionForm, query
from enthesis.web.evidence.shown import parts
from enthesis.web.staff import staff

KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


@require_GET
@staff
def reviews(request: HttpRequest, by: Actor) -> HttpResponse:
    """Every review that ships."""
    return render(request, "evidence/shelf.html", {"reviews": shelf()})


def asked(request: HttpRequest, by: Actor, review: str) -> tuple[QuestionForm, Answer, Place | None]:
    """The question of an address, its answer, and the clinic whose own trials are in it."""
    places = own_clinics(by=by)
    place = next((one for one in places if str(one.id) == request.GET.get("clinic")), places[0] if places else None)
    of: Review = read_review(by=by, review_id=review, clinic=place.id if place else None)
    form = QuestionForm(request.GET or None, of=of, places=places)
    clinic = place.id if place else None
    answer = ask_review(by=by, review_id=review, question=form.question, clinic=clinic, versus=form.comparator)
    return form, answer, place


@require_GET
@staff
def answer(request: HttpRequest, by: Actor, review: str) -> HttpResponse:
    """A review asked a question; the same address gives the same answer."""
    form, found, place = asked(request, by, review)
    context = {
        "review": found.fit.review,
        "about": found.fit.review.about,
        "form": form,
        "fit": found.fit,
        "flow": found.fit.flow,
        "parts": parts(found, form),
        "said": question_words(found.fit),
        "judged": found.judged,
        "query": query(form),
        "place": place,
        "may_add": place is not None and May.EXTRACT in place.may,
        "conditions": {one.id: one.name for one in found.fit.review.about.conditions},
    }
    return render(request, "evidence/answer.html", context, status=422 if form.errors else 200)


@require_GET
@staff
def picture(request: HttpRequest, by: Actor, review: str, figure_name: str, kind: str) -> HttpResponse:
    """One figure as SVG, as PNG, or its table as CSV."""
    if figure_name not in NAMES or kind not in KINDS:
        raise NotFound("there is no such figure")
    _, found, _ = asked(request, by, review)
    at = request.GET.get("part", "0")
    networks = found.fit.networks
    if not (at.isascii() and at.isdigit() and len(at) < 4 and int(at) < len(networks)):
        raise NotFound("there is no such part of the network")
    drawn = figure(figure_name, networks[int(at)], naming_of(found.fit), found.fit.bias)
    content = drawn.svg() if kind == "svg" else drawn.png() if kind == "png" else drawn.csv()
    sent = HttpResponse(content, content_type=KINDS[kind])
    if kind != "svg":
        sent["Content-Disposition"] = f'attachment; filename="{review}-{figure_name}.{kind}"'
    return sent


@require_GET
@staff
def report(request: HttpRequest, by: Actor, review: str) -> HttpResponse:
    """The whole answer as one HTML file to keep."""
    _, found, _ = asked(request, by, review)
    sent = HttpResponse(review_report(found.fit, known=found.known), content_type="text/html; charset=utf-8")
    sent["Content-Disposition"] = f'attachment; filename="{review}.html"'
    return sent
