"""A clinic's own part in the evidence: add a trial, see what changed, and judge certainty otherwise than a rule."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.clinic.errors import NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.evidence import read_review, read_since
from enthesis.clinic.extract import add_trial, judge_certainty, keep_version, take_trial_out
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.evidence.certainty import Concern, Domain
from enthesis.evidence.certainty.rating import certainties
from enthesis.evidence.networks import Network
from enthesis.evidence.report.of_review import naming_of
from enthesis.evidence.review.changes import Move
from enthesis.knowledge import BadInput
from enthesis.web.evidence.adding import ARMS, TrialForm
from enthesis.web.evidence.asking import query
from enthesis.web.evidence.views import asked
from enthesis.web.forms import blame
from enthesis.web.staff import staff

POSTED = ["GET", "POST"]


def place_of(request: HttpRequest, by: Actor) -> Place:
    """The clinic that adds or judges: the one asked for, or the first where this person may. Raises NotAllowed."""
    wanted = request.POST.get("clinic") or request.GET.get("clinic")
    may = [place for place in own_clinics(by=by) if May.EXTRACT in place.may]
    found = [place for place in may if wanted in (None, "", str(place.id))]
    if not found:
        raise NotAllowed(f"you may not {May.EXTRACT}")
    return found[0]


@require_http_methods(POSTED)
@staff
def add(request: HttpRequest, by: Actor, review: str) -> HttpResponse:
    """One trial with up to four arms; every number checked, the network fitted again at once."""
    place = place_of(request, by)
    of = read_review(by=by, review_id=review, clinic=place.id)
    form = TrialForm(request.POST or None, of=of)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_trial(by=by, clinic=place.id, review=review, rows=form.rows())
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['citation']} was added.")
            shown = {"review": of, "made": made, "moves": moved(made.moves)}
            return render(request, "evidence/added.html", shown)
    context = {"review": of, "form": form, "place": place, "arms": form.by_arm(), "most": ARMS}
    return render(request, "evidence/add.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(POSTED)
@staff
def changes(request: HttpRequest, by: Actor, review: str) -> HttpResponse:
    """What changed since the version this clinic kept last; its own trials, which can be taken out again."""
    places = own_clinics(by=by)
    if not places:
        raise NotFound("there is no clinic whose versions could be shown")
    place = next((one for one in places if str(one.id) == request.GET.get("clinic")), places[0])
    if request.method == "POST":
        return _act(request, by, review, place_of(request, by))
    of = read_review(by=by, review_id=review, clinic=place.id)
    since = read_since(by=by, review_id=review, clinic=place.id)
    context = {
        "review": of,
        "since": since,
        "moves": moved(since.moves),
        "own": [trial for trial in of.trials if trial.trial in of.added],
        "may": May.EXTRACT in place.may,
        "place": place,
    }
    return render(request, "evidence/changes.html", context)


def _act(request: HttpRequest, by: Actor, review: str, place: Place) -> HttpResponse:
    try:
        if trial := request.POST.get("trial", ""):
            because = request.POST.get("because", "")
            take_trial_out(by=by, clinic=place.id, review=review, trial=trial, because=because)
            messages.success(request, "The trial was taken out.")
        else:
            keep_version(by=by, clinic=place.id, review=review)
            messages.success(request, "This version was kept.")
    except OutOfOrder as error:
        messages.info(request, str(error))
    return redirect("evidence-changes", review=review)


@require_http_methods(POSTED)
@staff
def certainty(request: HttpRequest, by: Actor, review: str) -> HttpResponse:
    """One comparison in its six domains, each with its numbers; and somebody's own judgment in the place of a rule's."""
    form, found, place = asked(request, by, review)
    pair, network = _compared(request, found.fit.networks)
    if request.method == "POST":
        judge_certainty(
            by=by,
            clinic=place_of(request, by).id,
            review=review,
            question=found.fit.question,
            treatment=pair[0],
            versus=pair[1],
            domain=request.POST.get("domain", ""),
            concern=_level(request.POST.get("concern", "")),
            because=request.POST.get("because", ""),
        )
        messages.success(request, "Your judgment stands beside the rule's.")
        return redirect(request.get_full_path())
    one = next(c for c in certainties(network, found.known, versus=pair[1]) if c.treatment == pair[0])
    naming = naming_of(found.fit)
    context = {
        "review": found.fit.review,
        "one": one,
        "names": [naming.treatment(name) for name in pair],
        "domains": list(Domain),
        "levels": [(level.value, level.words) for level in Concern],
        "may": place is not None and May.EXTRACT in place.may,
        "query": query(form),
        "whole": request.GET.urlencode(),
    }
    return render(request, "evidence/certainty.html", context)


def _compared(request: HttpRequest, networks: tuple[Network, ...]) -> tuple[tuple[str, str], Network]:
    """The comparison asked for, or the first one of the answer, with the network it is in. Raises NotFound."""
    pair = (request.GET.get("treatment", ""), request.GET.get("against", ""))
    if not any(pair) and networks:
        first = networks[0]
        pair = (next(name for name in first.treatments if name != first.reference), first.reference)
    network = next((one for one in networks if pair[0] != pair[1] and set(pair) <= set(one.treatments)), None)
    if network is None:
        raise NotFound("there is no such comparison in this answer")
    return pair, network


def _level(text: str) -> int:
    return int(text) if text in ("0", "1", "2") else -1


@dataclass(frozen=True)
class Moved:
    """An estimate before and now, in words."""

    comparison: str
    before: str
    now: str


def moved(moves: tuple[Move, ...]) -> list[Moved]:
    """Each move with its numbers as people read them."""
    from enthesis.evidence.figures.naming import signed

    def said(one: object) -> str:
        if not isinstance(one, dict) or one.get("estimate") is None:
            return "not there"
        low, high = (signed(one[end]) for end in ("lower", "upper"))
        return f"{signed(one['estimate'])} ({low} to {high}), {one['certainty']} certainty"

    return [Moved(move.comparison, said(move.before), said(move.now)) for move in moves]
