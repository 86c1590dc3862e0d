"""A director judges how sure a number is otherwise than the rules, for one question, or takes that back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.evidence import read_review
from enthesis.clinic.judging import REVIEW, judge_expectation, take_judgment_back
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import own_clinics
from enthesis.knowledge import BadInput
from enthesis.web.errors import sentence
from enthesis.web.expect.asking import AskForm
from enthesis.web.staff import staff


@require_POST
@staff
def judge(request: HttpRequest, by: Actor) -> HttpResponse:
    """Keep a judgment, or take one back, and show the question again; or say in a sentence why nothing was kept."""
    places = [place for place in own_clinics(by=by) if May.CERTAINTY in place.may]
    place = next((one for one in places if str(one.id) == request.POST.get("clinic")), None)
    if place is None:
        raise NotAllowed(f"you may not {May.CERTAINTY}: your role in this clinic does not include it")
    try:
        messages.success(request, _kept(request, by, place.id))
    except BadInput as error:
        messages.error(request, f"Nothing was kept. {sentence(error)}")
    asked = {name: request.POST.get(name, "") for name in (*AskForm.base_fields, "clinic")}
    return redirect(f"{reverse('expect')}?{urlencode(asked)}#sure")


def _kept(request: HttpRequest, by: Actor, clinic: int) -> str:
    because = request.POST.get("because", "")
    if back := request.POST.get("back"):
        take_judgment_back(by=by, clinic=clinic, judgment=back, because=because)
        return "The judgment was taken back. The rule stands again."
    form = AskForm(request.POST, of=read_review(by=by, review_id=REVIEW, clinic=clinic))
    if not form.is_valid():
        raise BadInput("question: one that the page Expect can ask was expected")
    level = request.POST.get("concern", "")
    concern = int(level) if level in ("0", "1", "2") else -1
    domain = request.POST.get("domain", "")
    judge_expectation(by=by, clinic=clinic, ask=form.ask(), domain=domain, concern=concern, because=because)
    return "Your judgment stands in the place of the rule's, with your name and reason. The rule's own stays beside it."
