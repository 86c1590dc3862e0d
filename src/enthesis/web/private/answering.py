"""Answering a survey: a screen at a time, each answer kept at once; without a script each screen is kept on "Next"."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from enthesis.clinic.library import library
from enthesis.clinic.private import PrivateForm, Thanks
from enthesis.clinic.private_survey import Survey, Told, finish_by_link, keep_by_link, survey_of
from enthesis.clinic.site_words import site_said
from enthesis.knowledge import BadInput, parse_site
from enthesis.outcomes import Curve, Point, curve, instrument, sketch_svg
from enthesis.web.forms import page_number
from enthesis.web.private.questions import NAMED, TICK, Laid, Shown, first_open, laid_out, open_on
from enthesis.web.private.sending import JSON, taps_of


def survey(request: HttpRequest, token: str, asked: PrivateForm) -> HttpResponse:
    """The questions; a form or a script sends answers. Raises LinkSpent."""
    if request.content_type == JSON:
        return _kept(request, token)
    found = survey_of(token)
    laid = laid_out(found)
    if request.method != "POST":
        wanted = request.GET.get("screen", "")
        at = page_number(wanted) if wanted else first_open(laid, found.given)
        return _shown(request, asked, laid, min(at, len(laid)))
    return _sent(request, token, asked, found, laid)


def _kept(request: HttpRequest, token: str) -> HttpResponse:
    """Answers sent by the page's own script. Raises BadInput for anything else."""
    told, passed = taps_of(request)
    keep_by_link(token=token, told=told, passed=passed, today=timezone.localdate())
    return JsonResponse({"kept": len(told)})


def _sent(request: HttpRequest, token: str, asked: PrivateForm, found: Survey, laid: Sequence[Laid]) -> HttpResponse:
    """One screen of the form, then the one before, the next, or the end."""
    here = laid[min(page_number(request.POST.get("screen", "")), len(laid)) - 1]
    told, today = _told(request.POST, here), timezone.localdate()
    given = dict(found.given) | {(one.instrument, one.item): one.value for one in told}
    go = request.POST.get("go", "next")
    left = open_on(here, given) if go != "back" and not request.POST.get("open") else []
    last = here.number == len(laid)
    if not (go == "finish" and last and not left and not _skipped(laid, given)):
        keep_by_link(token=token, told=told, passed=() if go == "back" or left else here.ends, today=today)
        if left:
            return _shown(request, asked, laid_out(survey_of(token)), here.number, left=left)
        return _go(request, _target(go, here, laid, given))
    thanks = finish_by_link(token=token, told=told, today=today)
    own = own_curve(thanks)
    drawn = mark_safe(sketch_svg(own, say=gettext))  # noqa: S308 -- our own shapes; words in it are escaped
    told_back = {"thanks": thanks, "curve": own, "sketch": drawn}
    return render(request, "private/thanks.html", _context(asked) | told_back)


def _skipped(laid: Sequence[Laid], given: Mapping[tuple[str, str], Any]) -> int:
    """The first screen of sentences to tick that was never gone through; 0 when there is none, or nothing was answered."""
    if not given:
        return 1
    ticked = ((screen, open_on(screen, given), open_on(screen, given, ticks=False)) for screen in laid)
    return next((screen.number for screen, every, others in ticked if len(every) > len(others)), 0)


def _target(go: str, here: Laid, laid: Sequence[Laid], given: Mapping[tuple[str, str], Any]) -> int:
    if go == "back":
        return max(1, here.number - 1)
    return _skipped(laid, given) or here.number if here.number == len(laid) else here.number + 1


def _go(request: HttpRequest, number: int) -> HttpResponse:
    language = request.POST.get("language", "")
    return redirect(f"{request.path}?{urlencode({'screen': number} | ({'language': language} if language else {}))}")


def _told(posted: Mapping[str, Any], screen: Laid) -> list[Told]:
    """What a form says of the questions of one screen; a sentence that was shown and not ticked does not fit."""
    return [
        Told(block.instrument, question.name, value)
        for block in screen.blocks
        for question in block.questions
        if (value := _value(posted, question)) is not None
    ]


def _value(posted: Mapping[str, Any], question: Shown) -> Any:
    written = posted.get(question.id, "")
    if question.kind == TICK:
        return int(bool(written))
    rating = _number(question, written) if written else None
    if question.kind != NAMED or question.fixed:
        return rating
    words = posted.get(f"{question.id}.words", "").strip()
    return {"text": words, "rating": rating} if words or rating is not None else None


def _number(question: Shown, written: str) -> int:
    if written not in {str(choice.value) for choice in question.choices}:
        raise BadInput(f"{question.name}: one of the answers shown was expected")
    return int(written)


def _shown(
    request: HttpRequest, asked: PrivateForm, laid: Sequence[Laid], number: int, left: Sequence[str] = ()
) -> HttpResponse:
    languages = {block.language for screen in laid for block in screen.blocks}
    shown = {"screens": laid, "here": number, "of": len(laid), "left": left, "languages": languages}
    context = _context(asked) | shown | {"place": site_said(parse_site(asked.site, library()))}
    return render(request, "private/survey.html", context, status=422 if left else 200)


def _context(asked: PrivateForm) -> dict[str, Any]:
    return {"asked": asked, "simulated": asked.simulated}


def own_curve(thanks: Thanks) -> Curve:
    """The patient's own answers over time."""
    points = [Point(point.on, point.score, point.wave.replace("-", " ")) for point in thanks.points]
    return curve(points=points, injections=thanks.injections, instrument=instrument(library(), thanks.instrument))
