"""The diary of a day: two taps, each kept and judged as it comes, then what to do and what is usual."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from enthesis.clinic.diary_parts import ELSE, REST
from enthesis.clinic.library import library
from enthesis.clinic.private import PrivateForm
from enthesis.clinic.private_diary import DIARY, day_told, diary_so_far, finish_diary_by_link, keep_diary_by_link
from enthesis.clinic.private_survey import Told
from enthesis.knowledge import BadInput, parse_site
from enthesis.recovery import CHANGED, PAIN, Urgency, Watch, days_after, diary_questions, expected_on, warning_signs_at
from enthesis.web.forms import blame
from enthesis.web.private.sending import JSON, taps_of
from enthesis.web.walk.report_forms import DiaryForm

YES_NO = {"yes": True, "no": False}
GRAVE = (Urgency.CALL_TODAY, Urgency.EMERGENCY_NOW)


def day(request: HttpRequest, token: str, asked: PrivateForm, today: date) -> HttpResponse:
    """The diary of a day, or what came of it. Raises LinkSpent, and BadInput for what no page of ours sends."""
    if request.content_type == JSON:
        told, passed = taps_of(request)
        if set(passed) - {DIARY}:  # its page names itself when "Send" is pressed, to hear whether there is a line
            raise BadInput("passed: a diary has no other forms to pass")
        return JsonResponse({"kept": len(told)} | _verdict(keep_diary_by_link(token=token, told=told, today=today)))
    if request.method != "POST":
        return _page(request, asked, today, _form(asked, today, None, _filled(token, today)), token)
    ago = _ago(request.POST)
    on = day_told(ago, at=timezone.now(), today=today)
    shown = _form(asked, on, request.POST, {})
    if shown.is_valid():
        try:
            watch = _sent(shown, token, ago, today)
        except BadInput as error:
            blame(shown, error)
        else:
            if watch is None:
                return _page(request, asked, on, shown, token, status=422)
            return render(request, "private/judged.html", _context(asked, on) | {"watch": watch} | _verdict(watch))
    return _page(request, asked, on, shown, token, status=422)


def _sent(shown: DiaryForm, token: str, ago: float, today: date) -> Watch | None:
    """The judgment of the day; None where something of the list was left open, for nobody can answer it once it is sent.

    What was marked is kept and judged either way, and an emergency waits for no further answer.
    """
    if shown.left_open():
        watch = keep_diary_by_link(token=token, told=_told(shown, ago), today=today)
        if watch.urgency is not Urgency.EMERGENCY_NOW:
            shown.add_error(REST, gettext("Please mark the other things too, or say no to all of them here."))
            return None
    return finish_diary_by_link(token=token, told=_told(shown, ago), seconds_ago=ago, today=today)


def _page(
    request: HttpRequest, asked: PrivateForm, on: date, shown: DiaryForm, token: str, status: int = 200
) -> HttpResponse:
    verdict = _verdict(diary_so_far(token=token, today=on).watch)
    return render(request, "private/diary.html", _context(asked, on) | verdict | {"form": shown}, status=status)


def _form(asked: PrivateForm, on: date, posted: Any, filled: Mapping[str, str]) -> DiaryForm:
    site = parse_site(asked.site, library())
    questions = diary_questions(site=site, day=_day(asked, on), library=library())
    return DiaryForm(posted, questions=questions, initial=filled)


def _filled(token: str, today: date) -> dict[str, str]:
    """What was tapped before, perhaps on another device, as the fields show it."""
    words = {True: "yes", False: "no"}
    given = diary_so_far(token=token, today=today).given
    return {item: words[value] if isinstance(value, bool) else str(value) for item, value in given.items()}


def _told(shown: DiaryForm, ago: float) -> list[Told]:
    """The page as it was sent: the number, the second tap, every mark, and whether that is all."""
    said, words = shown.cleaned_data, (ELSE, REST)
    marks = {id: YES_NO[said[id]] for id in shown.fields if said.get(id) in YES_NO and id not in words}
    given = {PAIN: int(said[PAIN])} | {id: said[id] for id in words if said.get(id)} | marks
    return [Told(DIARY, item, value, ago) for item, value in given.items()]


def _verdict(watch: Watch) -> dict[str, Any]:
    """What a patient is told at once. Calm words wait for the end: half a page is no all-clear."""
    grave = watch.urgency in GRAVE
    return {
        "grave": grave,
        "emergency": watch.urgency is Urgency.EMERGENCY_NOW,
        "words": [gettext(words) for words in watch.to_patient] if grave else [],
        "changed": any(one.because.endswith(CHANGED) for one in watch.findings),
    }


def _ago(posted: Mapping[str, str]) -> float:
    """Seconds since "Send" was pressed, which a phone without a line counts; 0 where nobody counted."""
    try:
        ago = float(posted.get("ago", ""))
    except ValueError:
        return 0.0
    return max(0.0, ago) if isfinite(ago) else 0.0


def _context(asked: PrivateForm, on: date) -> dict[str, object]:
    """Red-flag advice is on every page of the diary, whatever was answered."""
    site, number = parse_site(asked.site, library()), _day(asked, on)
    every = warning_signs_at(site, library=library())
    return {
        "asked": asked,
        "simulated": asked.simulated,
        "signs": [entry for entry in every if entry.body.urgency is Urgency.EMERGENCY_NOW],
        "day": number,
        "days": days_after(site=site, library=library(), choices=asked.advice),
        "expected": expected_on(site=site, day=number, library=library(), choices=asked.advice),
    }


def _day(asked: PrivateForm, on: date) -> int:
    """Days since the session of the link; 0 on the day itself."""
    return max(0, (on - asked.session_on).days) if asked.session_on else 0
