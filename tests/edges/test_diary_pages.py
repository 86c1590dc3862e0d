"""The diary by a private link, tap by tap: kept and judged at once, gone on with elsewhere, sent once, never calmer."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from tests.edges.pages import words
from tests.edges.test_private_links import NOTHING, address, diary_link, row

from enthesis.clinic.acting import at_moment
from enthesis.clinic.links import make_link
from enthesis.registry.models import Alert, DiaryEntry, Due

STATIC = Path(__file__).parents[2] / "src/enthesis/web/static"
HEAVIEST = 60_000  # bytes, as on the pages of surveys


def tapped(link, *taps, passed=(), ago=0):
    """What the page's script sends: pairs of question and value."""
    given = [{"instrument": "diary", "item": item, "value": value, "ago": ago} for item, value in taps]
    body = json.dumps({"given": given, "passed": list(passed)})
    return Client().post(link, body, content_type="application/json")


def alerts(house):
    with scope(clinic=[house.clinic.pk]):
        return [
            (one.urgency, [line["warning"] for line in one.because]) for one in Alert.objects.order_by("recorded_at")
        ]


def waits(house):
    """Is today's diary still asked for?"""
    with scope(clinic=[house.clinic.pk]):
        return Due.objects.filter(kind="diary", met_at__isnull=True, dropped=False).count()


def test_the_first_tap_is_kept_at_once_and_another_device_goes_on_from_it(harbour):
    course, link = diary_link(harbour)
    assert tapped(link, ("pain", 4)).json() == {
        "kept": 1, "grave": False, "emergency": False, "words": [], "changed": False
    }  # fmt: skip
    [entry] = row(harbour, course).diary
    assert (entry["answers"], entry["mode"], entry["urgency"]) == ({"pain": 4}, "link, not yet sent", "watch")
    [shown] = re.findall(r'<input[^>]*name="pain"[^>]*checked[^>]*>', Client().get(link).content.decode())
    assert 'value="4"' in shown


def test_a_fever_that_is_ticked_and_never_sent_is_heard_the_same_minute(harbour):
    _, link = diary_link(harbour)
    said = tapped(link, ("pain", 4), ("anything_else", "yes"), ("fever", True)).json()
    assert (said["grave"], any("Call us today" in one or "call" in one.lower() for one in said["words"])) == (
        True,
        True,
    )
    assert alerts(harbour) == [("call-today", ["infection-signs"])]
    page = words(Client().get(link))
    assert ("Please act now" in page, "555-0100" in page) == (True, True)


def test_what_was_told_and_taken_back_still_counts_and_alerts_once(harbour):
    course, link = diary_link(harbour)
    tapped(link, ("pain", 4), ("anything_else", "yes"), ("fever", True))
    assert tapped(link, ("fever", False)).json()["grave"] is True
    assert tapped(link, ("anything_else", "no")).json()["grave"] is True
    answer = Client().post(link, NOTHING)
    said = words(answer)
    assert ("Please act now" in said, "You changed an answer" in said) == (True, True)
    [entry] = row(harbour, course).diary
    assert (entry["answers"]["fever"], entry["urgency"]) == (False, "call-today")
    assert alerts(harbour) == [("call-today", ["infection-signs"])]
    assert "told first, then changed" in str(entry)


def test_a_second_sign_told_after_the_first_alerts_too_and_only_of_itself(harbour):
    _, link = diary_link(harbour)
    tapped(link, ("fever", True))
    tapped(link, ("breathless", True))
    tapped(link, ("pain", 5))
    assert alerts(harbour) == [("call-today", ["infection-signs"]), ("emergency-now", ["breathless-or-chest-pain"])]


def test_no_part_is_an_all_clear_and_only_the_end_ends_the_day(harbour):
    course, link = diary_link(harbour)
    before = waits(harbour)
    assert tapped(link, ("pain", 2), ("anything_else", "no")).json()["words"] == []
    assert waits(harbour) == before
    answer = Client().post(link, {"pain": "2", "anything_else": "no"})
    assert "Thank you" in words(answer)
    [entry] = row(harbour, course).diary
    assert (entry["mode"], entry["urgency"]) == ("private link", "expected")
    assert tapped(link, ("pain", 9)).status_code == 410


def test_no_to_everything_is_taken_back_by_a_yes_that_says_something_is_there(harbour):
    course, link = diary_link(harbour)
    tapped(link, ("pain", 2), ("anything_else", "no"))
    tapped(link, ("anything_else", "yes"))
    [entry] = row(harbour, course).diary
    assert (entry["answers"], entry["urgency"]) == ({"pain": 2}, "watch")


def test_the_newer_of_two_devices_counts_whichever_line_is_slower(harbour):
    course, link = diary_link(harbour)
    later = timezone.now() + timedelta(minutes=10)
    with at_moment(later):
        tapped(link, ("pain", 6))
        tapped(link, ("pain", 3), ago=300)
    [entry] = row(harbour, course).diary
    assert entry["answers"] == {"pain": 6}


def test_taps_of_yesterday_that_come_today_are_yesterdays_and_judged_now(harbour):
    course, link = diary_link(harbour)
    with at_moment(timezone.now() + timedelta(days=1)):
        from enthesis.clinic.private_diary import keep_diary_by_link
        from enthesis.clinic.private_survey import Told

        token = link.rstrip("/").rpartition("/")[2]
        told = [Told("diary", "fever", True, 24 * 3600), Told("diary", "pain", 3, 60)]
        watch = keep_diary_by_link(token=token, told=told, today=timezone.localdate() + timedelta(days=1))
    assert watch.urgency == "call-today"  # the gravest of both days is what the phone is told
    assert sorted((entry["day"], entry["answers"]) for entry in row(harbour, course).diary) == [
        (0, {"fever": True}),
        (1, {"pain": 3}),
    ]


def test_a_page_sent_without_a_line_belongs_to_the_moment_it_was_sent(harbour):
    course, link = diary_link(harbour)
    answer = Client().post(link, NOTHING | {"ago": "5"})
    assert (answer.status_code, row(harbour, course).diary[0]["day"]) == (200, 0)


@pytest.mark.parametrize("ago", ["", "-5", "nan", "inf", "soon", "1e400"])
def test_a_clock_that_makes_no_sense_means_now(harbour, ago):
    course, link = diary_link(harbour)
    assert Client().post(link, NOTHING | {"ago": ago}).status_code == 200
    assert row(harbour, course).diary[0]["day"] == 0


WRONG = [
    b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"given": 3, "passed": []}', b'{"given": [1], "passed": []}',
    b"[" * 100_000,
    b'{"given": [{"instrument": "diary", "item": "pain", "value": 4, "ago": "now"}], "passed": []}',
    *(
        json.dumps({"given": [{"instrument": "diary", "item": item, "value": value, "ago": 0}], "passed": []}).encode()
        for item, value in (
            ("pain", 11), ("pain", -1), ("pain", True), ("pain", "4"), ("pain", [4]), ("pain", float("nan")),
            ("pain", float("inf")), ("fever", 1), ("fever", "yes"), ("nothing", True), ("", True),
            ("anything_else", True), ("anything_else", "maybe"), ("anything_else", {}), ("the_rest", "yes"), ("x" * 5000, True),
        )
    ),
    b'{"given": [{"instrument": "peg", "item": "pain", "value": 4, "ago": 0}], "passed": []}',
    json.dumps({"given": [{"instrument": "diary", "item": "pain", "value": 4, "ago": 0}] * 401, "passed": []}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_what_no_page_sends_is_refused_whole_and_the_link_stays_good(harbour, body):
    course, link = diary_link(harbour)
    refused = Client().post(link, body, content_type="application/json")
    assert (refused.status_code, row(harbour, course).diary) == (422, ())
    assert Client().post(link, NOTHING).status_code == 200


def test_one_bad_tap_keeps_none_of_those_beside_it(harbour):
    course, link = diary_link(harbour)
    assert tapped(link, ("fever", True), ("pain", 99)).status_code == 422
    assert (row(harbour, course).diary, alerts(harbour)) == ((), [])


@pytest.mark.parametrize("spoiled", ["expired", "used", "a survey's", "a stranger's"])
def test_taps_by_a_link_that_is_not_for_them_are_not_taken(harbour, spoiled):
    course, link = diary_link(harbour)
    if spoiled == "expired":
        with at_moment(timezone.now() - timedelta(days=15)):
            about = {"session": str(row(harbour, course).sessions[0]["id"])}
            link = address(make_link(by=harbour.coordinator, course=course, form="diary", about=about).token)
    elif spoiled == "used":
        Client().post(link, NOTHING)
    elif spoiled == "a survey's":
        made = make_link(by=harbour.coordinator, course=course, form="wave", about={"wave": "2-weeks"})
        link = address(made.token)
    else:
        link = address("A" * 43 + ":" + "B" * 43)
    before = len(row(harbour, course).diary)
    assert tapped(link, ("fever", True)).status_code == (422 if spoiled == "a survey's" else 410)
    assert (len(row(harbour, course).diary), alerts(harbour)) == (before, [])


def test_a_link_made_for_another_courses_session_reports_on_nobody(harbour):
    _, link = diary_link(harbour)
    with scope(clinic=[harbour.clinic.pk]):
        session = DiaryEntry._meta.get_field("session").related_model.objects.get()
    other = harbour.course(key="test|9")
    made = make_link(by=harbour.coordinator, course=other, form="diary", about={"session": str(session.pk)})
    assert tapped(address(made.token), ("fever", True)).status_code == 404
    assert Client().post(address(made.token), NOTHING).status_code == 404
    assert alerts(harbour) == []
    assert Client().get(link).status_code == 200


def test_the_whole_diary_page_and_its_answer_are_lighter_than_sixty_kilobytes(harbour):
    _, link = diary_link(harbour)
    shipped = sum((STATIC / name).stat().st_size for name in ("private.css", "waiting.js", "diary.js", "enthesis.svg"))
    for page in (Client().get(f"{link}?language=es"), Client().post(f"{link}?language=es", NOTHING)):
        assert 10_000 < len(page.content) + shipped < HEAVIEST
        assert b"pico" not in page.content


FEVER = {"pain": "3", "anything_else": "yes", "fever": "yes"}
ASKED = "Please mark the other things too"


def test_what_is_left_open_is_asked_for_while_it_can_still_be_answered(harbour):
    """The answer once said "please answer the questions that are left", and the link to them was used up."""
    course, link = diary_link(harbour)
    bruised = {"pain": "3", "anything_else": "yes", "bruise": "yes"}
    asked = Client().post(link, bruised)
    assert (asked.status_code, ASKED in words(asked)) == (422, True)
    answer = Client().post(link, bruised | {"the_rest": "no"})
    assert (answer.status_code, "Please answer the questions" in words(answer)) == (200, False)
    [entry] = row(harbour, course).diary
    assert (entry["urgency"], entry["answers"]["bruise"], entry["answers"]["fever"]) == ("expected", True, False)


def test_a_fever_is_heard_and_answered_while_the_rest_is_still_asked_for(harbour):
    _, link = diary_link(harbour)
    asked = Client().post(link, FEVER)
    said = words(asked)
    assert (asked.status_code, ASKED in said, "Please act now" in said, "555-0100" in said) == (422, True, True, True)
    assert alerts(harbour) == [("call-today", ["infection-signs"])]
    answer = Client().post(link, FEVER | {"the_rest": "no"})
    assert (answer.status_code, "Please act now" in words(answer)) == (200, True)
    assert alerts(harbour) == [("call-today", ["infection-signs"])]


def test_an_emergency_waits_for_no_further_answer(harbour):
    _, link = diary_link(harbour)
    answer = Client().post(link, FEVER | {"breathless": "yes"})
    assert (answer.status_code, "Call 911 now" in words(answer)) == (200, True)


def test_every_other_thing_may_be_answered_one_by_one_in_place_of_a_last_no(harbour):
    _, link = diary_link(harbour)
    shown = Client().get(link).content.decode()
    listed = set(re.findall(r'data-item="([^"]+)"', shown)) - {"pain", "anything_else", "the_rest"}
    each = dict.fromkeys(listed - {"weakness-worse"}, "no")  # what follows a no needs no answer
    assert Client().post(link, {"pain": "3", "anything_else": "yes"} | each | {"bruise": "yes"}).status_code == 200


def test_no_to_the_rest_takes_no_mark_back_whatever_the_order(harbour):
    course, link = diary_link(harbour)
    tapped(link, ("anything_else", "yes"), ("the_rest", "no"))
    tapped(link, ("fever", True), ("pain", 3))
    tapped(link, ("the_rest", "no"))
    [entry] = row(harbour, course).diary
    assert (entry["answers"]["fever"], entry["answers"]["heat"], entry["urgency"]) == (True, False, "call-today")


def test_who_is_told_to_keep_an_eye_on_it_sees_whom_to_call(harbour):
    _, link = diary_link(harbour)
    answer = Client().post(link, {"pain": "9", "anything_else": "no"})
    page = answer.content.decode()
    assert (answer.status_code, "call us today" in words(answer), 'class="button" href="tel:' in page) == (
        200,
        True,
        True,
    )
