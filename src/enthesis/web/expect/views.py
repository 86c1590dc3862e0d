"""Pages of expectations: one question with its path, public claims with the checker, and the decision aids without a patient."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from enthesis.clinic.claiming import check_own_claim
from enthesis.clinic.errors import NotFound
from enthesis.clinic.evidence import read_review
from enthesis.clinic.expecting import ask_expectation, read_aid_of, read_claims
from enthesis.clinic.judging import REVIEW, read_judgments
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.evidence.certainty import Concern
from enthesis.expectations import Ask, Expectation, sentence
from enthesis.expectations.aid import aids, array
from enthesis.expectations.claims import NOT_ADVICE, Facts, Verdict, check_sentence
from enthesis.expectations.path import path
from enthesis.expectations.wording import clinic_sentence, difference
from enthesis.knowledge import BadInput
from enthesis.web.expect.aid_context import aid_context
from enthesis.web.expect.asking import AskForm, SentenceForm
from enthesis.web.expect.joined import joined_rows
from enthesis.web.forms import blame
from enthesis.web.language import spoken
from enthesis.web.staff import staff


def place_of(request: HttpRequest, by: Actor) -> Place | None:
    """The clinic whose trials, judgments and answers come in: the one asked for, or the first."""
    places = own_clinics(by=by)
    return next((one for one in places if str(one.id) == request.GET.get("clinic")), places[0] if places else None)


def clinic_of(request: HttpRequest, by: Actor) -> int | None:
    """The same by its number."""
    place = place_of(request, by)
    return place.id if place else None


@require_GET
@staff
def ask(request: HttpRequest, by: Actor) -> HttpResponse:
    """One question, its answer in both framings, how sure it is, and the path of every number."""
    place = place_of(request, by)
    clinic = place.id if place else None
    form = AskForm(
        request.GET if "condition" in request.GET else None, of=read_review(by=by, review_id=REVIEW, clinic=clinic)
    )
    context: dict[str, object] = {"form": form, "aids": aids(library())}
    if not form.is_bound or form.is_valid():
        try:
            context |= _answer(ask_expectation(by=by, ask=form.ask(), clinic=clinic))
            context |= _judging(by, form.ask(), place) if place else {}
        except BadInput as error:
            blame(form, error)
    return render(request, "expect/ask.html", context, status=422 if form.errors else 200)


def _judging(by: Actor, ask: Ask, place: Place) -> dict[str, object]:
    """What the page needs to judge how sure a number is, and what was judged before."""
    return {
        "judgments": read_judgments(by=by, clinic=place.id, ask=ask),
        "may_judge": May.CERTAINTY in place.may,
        "levels": [(level.value, level.words) for level in Concern],
        "question": asdict(ask) | {"clinic": place.id},
    }


def _answer(found: Expectation) -> dict[str, object]:
    pairs = [
        {
            "percent": round(100 * one.less),
            "treated": array(one.pair.treated),
            "untreated": array(one.pair.untreated),
            "difference": difference(one.pair.difference),
            "counted": one.how == "counted",
        }
        for one in found.shares.values()
        if one
    ]
    return {
        "found": found,
        "says": sentence(found),
        "pairs": pairs,
        "path": path(found),
        "clinic": clinic_sentence(found.clinic) if found.clinic else "",
        "own": joined_rows(found.clinic) if found.clinic else None,
    }


@require_GET
@staff
def claims(request: HttpRequest, by: Actor) -> HttpResponse:
    """Each public claim beside what is known; a clinic's own sentence held to the rules, and to its outcomes."""
    place = place_of(request, by)
    own = place is not None and May.ANALYSE in place.may
    form = SentenceForm(request.GET if "sentence" in request.GET else None, own=own)
    verdict = None
    if form.is_bound and form.is_valid():
        try:
            verdict = _verdict(by, form, place)
        except BadInput as error:
            blame(form, error)
    context = {
        "claims": read_claims(by=by, clinic=place.id if place else None),
        "sources": library().bibliography,
        "form": form,
        "verdict": verdict,
        "not_advice": NOT_ADVICE,
    }
    return render(request, "expect/claims.html", context, status=422 if form.errors else 200)


def _verdict(by: Actor, form: SentenceForm, place: Place | None) -> Verdict:
    """By the numbers of the clinic's outcomes where a group of them was chosen, else by those typed."""
    given = form.cleaned_data
    if given.get("condition") and place is not None:
        asked = {name: given[name] for name in ("sentence", "condition", "treatment", "weeks")}
        return check_own_claim(by=by, clinic=place.id, **asked)
    return check_sentence(given["sentence"], Facts(given["started"], given["asked"], given["answered"], given["weeks"]))


@require_GET
@staff
def aid(request: HttpRequest, by: Actor, condition: str) -> HttpResponse:
    """The decision aid of a condition as patients read it, in either language."""
    try:
        page = read_aid_of(by=by, condition=condition, clinic=clinic_of(request, by))
    except BadInput as error:
        raise NotFound("there is no decision aid for this condition") from error
    language = spoken(request, "en")
    with override(language):
        context = aid_context(page) | {"spoken": language}
    return render(request, "expect/aid.html", context)
