"""The map and the list of targets as pages: every target a labelled control, nothing lost when the view changes."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from tests.edges.pages import ready, signed_in, words

from enthesis.clinic.course_page import read_course
from enthesis.web.bodymap.places import PLACES

RIGHT, LEFT = "lumbar-facet:L4/5:right", "lumbar-facet:L4/5:left"


class Boxes(HTMLParser):
    """The checkboxes of targets: what each sends, whether it is ticked, and the words of the label around it."""

    def __init__(self):
        super().__init__()
        self.found, self.ticked, self.inside, self.value, self.said = {}, [], False, "", []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "label":
            self.inside, self.value, self.said = True, "", []
        if tag == "input" and given.get("type") == "checkbox" and ":" in given.get("value", ""):
            self.value = given["value"]
            self.ticked += [self.value] if "checked" in given else []

    def handle_data(self, data):
        if self.inside:
            self.said.append(data)

    def handle_endtag(self, tag):
        if tag == "label":
            self.inside = False
            if self.value:
                self.found[self.value] = " ".join("".join(self.said).split())


def boxes(answer):
    reader = Boxes()
    reader.feed(answer.content.decode())
    return reader


@pytest.fixture
def course(harbour):
    return harbour.course(condition="lumbar-facet-pain", site=RIGHT)


def at(course, name="targets"):
    return reverse(f"walk:{name}", kwargs={"course": course})


def planned(house, course):
    return read_course(by=house.clinician, course=course).course.planned_sites


def test_map_and_list_offer_the_same_targets_under_the_same_names(harbour, course):
    browser = signed_in(harbour)
    drawn = boxes(browser.get(at(course)))
    listed = boxes(browser.post(at(course), {"view": "list", "sites": [RIGHT]}))
    assert drawn.found == listed.found
    assert drawn.found[RIGHT] == "right L4/5 facet joint"
    assert drawn.ticked == listed.ticked == [RIGHT]


def test_changing_the_view_keeps_every_tick_and_note_and_writes_nothing(harbour, course):
    browser = signed_in(harbour)
    answer = browser.post(at(course), {"view": "list", "sites": [LEFT], "note": "from the back"})
    assert (answer.status_code, boxes(answer).ticked) == (200, [LEFT])
    assert "from the back" in answer.content.decode()
    narrowed = browser.post(at(course), {"view": "list", "viewed": "list", "sites": [LEFT], "find": "coccyx"})
    assert boxes(narrowed).found.keys() == {LEFT}  # ticked, so still in sight; the coccyx has no side and no colon
    assert "1 target found" in words(narrowed)
    assert "coccyx" in words(narrowed)
    assert planned(harbour, course) is None


def test_marked_targets_are_kept_and_drawn_on_the_course(harbour, course):
    browser = signed_in(harbour)
    assert browser.post(at(course), {"sites": [RIGHT, LEFT], "note": ""}).status_code == 302
    assert sorted(planned(harbour, course)["sites"]) == [LEFT, RIGHT]
    shown = browser.get(at(course, "course"))
    assert "left L4/5 facet joint" in words(shown)
    assert shown.content.decode().count("on-left marked") == shown.content.decode().count("on-right marked") == 1


def test_a_change_without_a_reason_comes_back_with_what_was_ticked(harbour, course):
    browser = signed_in(harbour)
    browser.post(at(course), {"sites": [RIGHT]})
    refused = browser.post(at(course), {"sites": [LEFT], "reason": ""})
    assert (refused.status_code, boxes(refused).ticked) == (422, [LEFT])
    assert browser.post(at(course), {"sites": [LEFT], "reason": "block on the left"}).status_code == 302


@pytest.mark.parametrize("sites", [[], ["cervical-facet:C5/6:left"], ["lumbar-facet"], ["<script>"]])
def test_what_is_not_offered_is_refused_in_a_sentence(harbour, course, sites):
    answer = signed_in(harbour).post(at(course), {"sites": sites})
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().replace("<script src", "")
    assert planned(harbour, course) is None


def test_the_low_back_names_no_level_and_the_neck_suggests_some_with_its_source(harbour, course):
    browser = signed_in(harbour)
    back = words(browser.get(at(course)))
    assert "A lumbar level is never inferred from where it hurts" in back
    assert "may suggest" not in back
    neck = harbour.course(key="test|2", condition="cervical-facet-pain", site="cervical-facet:C5/6:left")
    said = words(browser.get(at(neck)))
    assert "Occiput: may suggest C2/3 (Fukui 1996, 61 patients)" in said
    assert "it proves none of them" in said


def test_a_session_begins_with_the_planned_targets_ticked_on_the_map(harbour):
    course = ready(harbour)
    browser = signed_in(harbour)
    browser.post(at(course), {"sites": ["knee:right", "knee-ligament:right"]})
    page = browser.get(at(course, "assess"))
    assert boxes(page).ticked == ["knee:right", "knee-ligament:right"]
    changed = browser.post(at(course, "assess"), {"view": "list", "marked": ["knee-ligament:left"], "pain": "6"})
    assert boxes(changed).ticked == ["knee-ligament:left"]
    assert read_course(by=harbour.clinician, course=course).course.stage == "mixed"


def test_the_whole_catalogue_is_there_for_reading_and_can_be_searched(harbour):
    browser = signed_in(harbour)
    every = words(browser.get(reverse("targets")))
    assert "110 single places" in every
    assert "Iliopsoas insertion" in every
    assert "no source read names one" in every
    some = words(browser.get(reverse("targets"), {"find": "iliopsoas"}))
    assert "2 single places" in some
    assert "Achilles" not in some
    assert "No target is called so" in words(browser.get(reverse("targets"), {"find": "spleen"}))


def test_on_the_drawing_the_right_is_at_the_viewers_left_from_the_front_and_at_the_right_from_behind():
    across = {(place.area, place.side): (place.face, place.x) for place in PLACES}
    for (_, side), (face, x) in across.items():
        if side:
            assert (x > 100) is ((side == "right") is (face == "back"))
