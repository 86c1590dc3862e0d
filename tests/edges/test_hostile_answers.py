"""Whatever is thrown at a patient's page is refused in one sentence, keeps nothing, and tells neither page nor log of anybody."""

import json
import logging
from contextlib import contextmanager
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.edges.pages import signed_in, today, treated, words

from enthesis.clinic.acting import at_moment
from enthesis.clinic.alongside import agree_plan
from enthesis.clinic.answering import MOST_AT_ONCE
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.links import make_link
from enthesis.clinic.messages.reaching import STOPPED
from enthesis.clinic.messages.transport import Channel
from enthesis.registry.models import Alert, CheckIn, DiaryEntry, GivenAnswer, PatientLink, Reach, SurveyResponse

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
SPOILED = ("expired", "used", "forged", "signature of another", "unsigned", "longer", "with a zero byte")
STRANGE = ("", "nobody", "x" * 5000, "\x00", "../../etc/passwd", 7, None, ["peg"], {"a": 1}, "koos-12")
KINDS = (
    "text/plain",
    "application/xml",
    "application/octet-stream",
    "text/json",
    "nonsense",
    "",
    "x/y; charset=nowhere",
    f"{FORM}; charset=latin-1",
)
KEPT = (GivenAnswer, SurveyResponse, DiaryEntry, CheckIn, Alert)
NAMES = ("Silva", "Maria", "1970", "Traceback", "most recent call", "registry_", "SELECT", ".py")
GOOD = {
    "wave": {"screen": "1", "go": "next", "pain-nrs.nrs_avg_7d": "4", "peg.peg_e": "3", "peg.peg_g": "2"},
    "diary": {"pain": "4", "anything_else": "no"},
    "check-in": {"low-impact": "3", "note": ""},
}
FIRST = {"wave": ("pain-nrs", "nrs_avg_7d"), "diary": ("diary", "pain"), "check-in": ("low-impact", "days")}
DOORS, SCRIPTED = tuple(GOOD), ("wave", "diary")


class Door:
    """One patient's page: its link, what may be sent to it, and what was kept of that."""

    def __init__(self, house, form, key="test|1"):
        self.house, self.form = house, form
        self.course, self.session = treated(house, key)
        agree_plan(
            by=house.coordinator,
            course=self.course,
            on=today() - timedelta(days=7),
            goals={"low-impact": "swim"},
            weeks=1,
        )
        self.token = self.made(form)

    def made(self, form, **more):
        """The token of a new link."""
        about = {
            "wave": {"wave": "12-months"},
            "diary": {"session": str(self.session)},
            "check-in": {"key": "check-in-1-1"},
        }
        return make_link(by=self.house.coordinator, course=self.course, form=form, about=about[form] | more).token

    def send(self, sent=None, kind=None, *, token="", browser=None):
        """Whatever is sent: fields, or a body of some kind. A page that breaks answers with 500, as it would outside."""
        here = reverse("private:form", kwargs={"token": token or self.token})
        browser = browser or Client(raise_request_exception=False)
        if kind is None:
            return browser.post(here, GOOD[self.form] if sent is None else sent)
        return browser.generic("POST", here, sent, kind)

    def tap(self, *more, **changed):
        """What the page's script sends, with something changed."""
        instrument, item = FIRST[self.form]
        one = {"instrument": instrument, "item": item, "value": 4, "ago": 0} | changed
        return self.send(json.dumps({"given": [one, *more], "passed": []}), JSON)

    @property
    def kept(self):
        """How many rows tell of an answer, and how many links were used."""
        with scope(clinic=[self.house.clinic.pk]):
            return [model.objects.count() for model in KEPT] + [
                PatientLink.objects.filter(used_at__isnull=False).count()
            ]


@pytest.fixture(params=DOORS)
def door(request, harbour):
    return Door(harbour, request.param)


@pytest.fixture(params=SCRIPTED)
def scripted(request, harbour):
    return Door(harbour, request.param)


@contextmanager
def untouched(door, caplog):
    """Nothing is kept by what happens here, and no line of the log names a link or a person."""
    before = door.kept
    with caplog.at_level(logging.DEBUG):
        yield
    assert door.kept == before
    assert [word for word in (door.token, *NAMES[:2]) if word in caplog.text] == []


def refused(answer, door, *statuses):
    """A calm page of some status: words, and nothing of the inside or of the patient."""
    text = answer.content.decode()
    assert answer.status_code in statuses, (answer.status_code, words(answer)[:500])
    assert [word for word in NAMES if word in text] == []
    assert (door.token in text) <= (answer.status_code == 422 and "<form" in text)
    assert len(words(answer)) > 20
    return words(answer)


def spoiled(door, how):
    """The token of a link that is not, or no longer, one for this page."""
    if how == "expired":
        with at_moment(timezone.now() - timedelta(days=15)):
            return door.made(door.form)
    if how == "used":
        token = door.made(door.form)
        with scope(clinic=[door.house.clinic.pk]):
            newest = PatientLink.objects.latest("made_at", "pk")
            PatientLink.objects.filter(pk=newest.pk).update(used_at=timezone.now())
        return token
    token = door.token
    return {
        "forged": "A" * 43 + ":" + "B" * 43,
        "signature of another": token[:10] + ("B" if token[10] == "A" else "A") + token[11:],
        "unsigned": token.partition(":")[0],
        "longer": token + "A",
        "with a zero byte": token + "\x00",
    }[how]


def test_a_link_that_is_not_good_opens_and_keeps_nothing(door, caplog):
    for how, kind in product(SPOILED, ("form", "script")):
        token = spoiled(door, how)
        sent = {"sent": json.dumps({"given": [], "passed": []}), "kind": JSON} if kind == "script" else {}
        with untouched(door, caplog):
            refused(door.send(**sent, token=token), door, 410, 404)
            refused(
                Client(raise_request_exception=False).get(reverse("private:form", kwargs={"token": token})),
                door,
                410,
                404,
            )


@pytest.mark.parametrize("other", DOORS)
def test_answers_to_another_form_are_not_taken_by_this_ones_link(door, other, caplog):
    if other == door.form:
        other = "check-in" if door.form != "check-in" else "wave"
    with untouched(door, caplog):
        answer = door.send(GOOD[other])
        assert answer.status_code in (302, 422)  # 302: a screen none of whose questions was answered
    instrument, item = FIRST[other]
    with untouched(door, caplog):
        body = json.dumps({"given": [{"instrument": instrument, "item": item, "value": 4, "ago": 0}], "passed": []})
        refused(door.send(body, JSON), door, 422)


def test_a_link_reaches_no_other_patient_whatever_the_body_says(scripted, harbour):
    theirs = Door(harbour, scripted.form, key="test|2")
    more = {"course": str(theirs.course), "session": str(theirs.session), "token": theirs.token, "patient": "2"}
    scripted.send(GOOD[scripted.form] | more)
    with scope(clinic=[harbour.clinic.pk]):
        told = [
            *GivenAnswer.objects.values_list("course", flat=True),
            *DiaryEntry.objects.values_list("session__course", flat=True),
        ]
        told += SurveyResponse.objects.values_list("course", flat=True)
    assert set(told) == {scripted.course}


def test_a_link_to_the_session_of_somebody_else_reports_on_nobody(harbour, caplog):
    mine, theirs = Door(harbour, "diary"), Door(harbour, "diary", key="test|2")
    token = mine.made("diary", session=str(theirs.session))
    with untouched(mine, caplog):
        refused(mine.send(token=token), mine, 404)
        refused(
            mine.send(
                json.dumps(
                    {"given": [{"instrument": "diary", "item": "fever", "value": True, "ago": 0}], "passed": []}
                ),
                JSON,
                token=token,
            ),
            mine,
            404,
        )


@pytest.mark.parametrize("signed", [False, True])
def test_looking_keeps_nothing_whatever_the_address_asks_for(door, signed, caplog):
    browser = signed_in(door.house, "coordinator") if signed else Client()
    here = reverse("private:form", kwargs={"token": door.token})
    with untouched(door, caplog):
        assert browser.get(here, GOOD[door.form] | {"go": "finish", "open": "1", "keep": "1"}).status_code == 200
        assert browser.head(here, GOOD[door.form]).status_code == 200
        for method in (browser.put, browser.patch, browser.delete, browser.options):
            refused(method(here), door, 405)


def test_a_form_from_elsewhere_is_not_taken_and_its_link_stays_out_of_the_log(door, caplog):
    with untouched(door, caplog):
        refused(door.send(browser=Client(enforce_csrf_checks=True)), door, 403)
        refused(door.send("{}", JSON, browser=Client(enforce_csrf_checks=True)), door, 403)


BODIES = {
    "nothing": b"", "a list": b"[]", "null": b"null", "a number": b"7", "a text": b'"given"', "half": b"{",
    "no text at all": b"\xff\xfe\x00", "a bare NaN": b"NaN", "5,000 digits": b"9" * 5000, "nested lists": b"[" * 100_000,
    "nested objects": b'{"given":' * 50_000, "nested and closed": b'{"given": [' + b"[" * 900 + b"]" * 900 + b'], "passed": []}',
    "no answers named": b"{}", "answers in an object": b'{"given": {}, "passed": []}', "answers in a text": b'{"given": "abc", "passed": []}',
    "passed is a text": b'{"given": [], "passed": "peg"}', "passed is nested": b'{"given": [], "passed": [[["peg"]]]}',
    "passed is a stranger": b'{"given": [], "passed": ["nobody"]}', "two megabytes": b'{"given": [], "passed": ["' + b"x" * 2_000_000 + b'"]}',
    "two megabytes of answers": json.dumps({"given": [{"instrument": "peg", "item": "x" * 1000, "value": 1, "ago": 0}] * 2000, "passed": []}).encode(),
}  # fmt: skip


def test_a_body_no_script_of_ours_sends_is_refused(door, caplog):
    for body in BODIES.values():
        with untouched(door, caplog):
            refused(door.send(body, JSON), door, 422)
    assert door.send().status_code in (200, 302)


VALUES = {
    "above": 11, "below": -1, "a half": 4.5, "a text": "4", "a list": [4], "an object": {"a": 4}, "yes": True,
    "null": None, "NaN": float("nan"), "endless": float("inf"), "5,000 digits": 10**4000, "far above": 1e308,
    "words": {"text": "x", "rating": 4}, "deep": [[[[[[4]]]]]],
}  # fmt: skip


def test_a_value_that_is_no_answer_is_refused_with_all_beside_it(scripted, caplog):
    for value in VALUES.values():
        instrument, item = FIRST[scripted.form]
        with untouched(scripted, caplog):
            refused(scripted.tap(value=value), scripted, 422)
            refused(scripted.tap({"instrument": instrument, "item": item, "value": value, "ago": 0}), scripted, 422)


def test_a_number_of_five_thousand_digits_is_refused_wherever_it_stands(scripted, caplog):
    digits = "9" * 5000
    for field in ("value", "ago", "item", "instrument"):
        one = {"instrument": '"pain-nrs"', "item": '"nrs_avg_7d"', "value": "4", "ago": "0"} | {field: digits}
        body = '{"given": [{' + ", ".join(f'"{name}": {said}' for name, said in one.items()) + '}], "passed": []}'
        with untouched(scripted, caplog):
            refused(scripted.send(body, JSON), scripted, 422)


def test_a_question_that_is_not_asked_at_this_time_is_refused(scripted, caplog):
    for place, named in product(("item", "instrument"), STRANGE):
        with untouched(scripted, caplog):
            refused(scripted.tap(**{place: named}), scripted, 422)


def test_an_instrument_of_another_wave_is_refused(harbour, caplog):
    door = Door(harbour, "wave")
    with untouched(door, caplog):
        refused(door.tap(instrument="phq-4", item="phq4_1"), door, 422)


def test_a_time_that_is_no_number_is_refused(scripted, caplog):
    for ago in ("soon", "", None, [], {}, [1], "x" * 5000):
        with untouched(scripted, caplog):
            refused(scripted.tap(ago=ago), scripted, 422)


@pytest.mark.parametrize("ago", [-1, -1e300, 1e300, float("inf"), float("-inf"), float("nan"), 10**300, True])
def test_a_clock_far_off_is_held_to_the_life_of_the_link(scripted, ago):
    assert scripted.tap(ago=ago).status_code == 200
    with scope(clinic=[scripted.house.clinic.pk]):
        made = PatientLink.objects.latest("made_at").made_at
        at = [
            *GivenAnswer.objects.values_list("at", flat=True),
            *DiaryEntry.objects.values_list("recorded_at", flat=True),
        ]
    assert all(made <= one <= timezone.now() for one in at)
    assert len(at) == 1


def test_more_answers_than_any_survey_has_are_refused_at_once(scripted, caplog):
    instrument, item = FIRST[scripted.form]
    one = {"instrument": instrument, "item": item, "value": 4, "ago": 0}
    with untouched(scripted, caplog):
        said = refused(scripted.tap(*[one] * MOST_AT_ONCE), scripted, 422)
    assert f"At most {MOST_AT_ONCE} answers" in said
    assert scripted.tap(*[one] * (MOST_AT_ONCE - 1)).status_code == 200


def test_a_body_of_a_kind_no_page_sends_keeps_nothing(door, caplog):
    for kind in KINDS:
        instrument, item = FIRST[door.form]
        body = json.dumps({"given": [{"instrument": instrument, "item": item, "value": 4, "ago": 0}], "passed": []})
        with untouched(door, caplog):
            refused(door.send(body, kind), door, 400, 422)


FORMS = {
    "above": "11", "below": "-1", "a half": "4.5", "NaN": "nan", "5,000 digits": "9" * 5000, "another script": "٤",
    "a zero byte": "4\x00", "a space": " 4", "words": "<script>alert(1)</script>", "long": "x" * 1_000_000,
}  # fmt: skip


def test_a_form_with_an_answer_nobody_was_offered_keeps_nothing(door, caplog):
    for value in FORMS.values():
        field = {"wave": "pain-nrs.nrs_avg_7d", "diary": "pain", "check-in": "low-impact"}[door.form]
        with untouched(door, caplog):
            answer = door.send(GOOD[door.form] | {field: value})
            refused(answer, door, 422)
            assert b"<script>alert" not in answer.content


def test_ten_thousand_fields_are_refused(door, caplog):
    with untouched(door, caplog):
        refused(door.send("&".join(f"a{number}=1" for number in range(10_000)), FORM), door, 400)


def test_a_broken_upload_is_refused(door, caplog):
    with untouched(door, caplog):
        refused(door.send(b"--x\r\nnothing", "multipart/form-data; boundary=x"), door, 400, 422)
        refused(door.send(b"nothing", "multipart/form-data"), door, 400)


def stopped(door):
    """On how many channels this patient wants no more messages."""
    with scope(clinic=[door.house.clinic.pk]):
        return Reach.objects.filter(state=STOPPED).count()


def test_whoever_wants_no_messages_may_still_answer_and_only_a_press_stops_them(door):
    stop = reverse("private:stop", kwargs={"token": door.token})
    assert (Client().get(stop).status_code, stopped(door)) == (200, 0)
    hand = Client(enforce_csrf_checks=True)  # the address is the key; no cookie is needed
    for nothing in ({}, {"press": "<script>"}, {"List-Unsubscribe": "no"}):
        assert (hand.head(stop).status_code, hand.post(stop, nothing).status_code, stopped(door)) == (200, 200, 0)
    assert (hand.post(stop, {"press": "stop"}).status_code, stopped(door)) == (200, len(Channel))
    assert door.send().status_code in (200, 302)


def test_a_mail_program_that_was_told_to_stops_them_in_one_step_and_the_patient_may_take_it_back(door):
    stop = reverse("private:stop", kwargs={"token": door.token})
    with scope(clinic=[door.house.clinic.pk]):
        PatientLink.objects.update(expires_at=timezone.now() - timedelta(days=40))  # an old letter, of a past diary day
    hand = Client(enforce_csrf_checks=True)
    for _ in range(2):  # RFC 8058: no cookie, no second question
        told = hand.post(stop, "List-Unsubscribe=One-Click", content_type=FORM)
        assert (told.status_code, stopped(door)) == (200, len(Channel))
    assert "I want the messages again" in told.content.decode()
    assert hand.post(stop, {"press": "again"}).status_code == 200
    with scope(clinic=[door.house.clinic.pk]):
        assert [row.state for row in Reach.objects.order_by("recorded_at")][-2:] == ["wanted"] * 2


def test_after_a_withdrawal_no_survey_is_taken_and_a_warning_sign_always_is(door, caplog):
    decide_course(by=door.house.clinician, course=door.course, decided="withdraw", on=today(), why="wants no more")
    if door.form == "diary":
        assert door.tap(item="fever", value=True).json()["grave"] is True
        return
    with untouched(door, caplog):
        for answer in (door.send(), Client().get(reverse("private:form", kwargs={"token": door.token}))):
            assert "There are no more questions for you." in refused(answer, door, 410)
        if door.form == "wave":
            refused(door.tap(), door, 410)
