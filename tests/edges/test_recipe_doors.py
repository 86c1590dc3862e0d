"""The same recipe by page, by command line and by the act: one mixture, kept alike."""

import json

import pytest
from django_scopes import scopes_disabled
from tests.edges.pages import commanded, screened, signed_in, today, words
from tests.edges.test_walk_pages import at

from enthesis.clinic.plan import plan_course
from enthesis.clinic.recipe import make_recipe
from enthesis.knowledge import BadInput
from enthesis.registry.models import RecipeRecord

ASKED = {
    "parts": ["dextrose=15@50:hydrous", "lidocaine=0.2@2:with-epinephrine", "bupivacaine=0.05@0.5:plain"],
    "diluent": "dextrose@5:hydrous",
    "syringes": "2x10",
    "weight_kg": "70",
    "skin": ["lidocaine@1:plain=2"],
    "elsewhere": ["lidocaine:plain=20"],
    "limits": "strict",
    "into": "soft-tissue",
}
ROWS = (
    ("dextrose@50:hydrous", "", "15"),
    ("lidocaine:with-epinephrine", "2", "0.2"),
    ("bupivacaine@0.5:plain", "", "0.05"),
)
TYPED = {name: ASKED[name] for name in ("diluent", "syringes", "weight_kg", "limits", "into")} | {
    **{
        f"row-{row}-{name}": said
        for row, typed in enumerate(ROWS)
        for name, said in zip(("vial", "strength", "net"), typed, strict=True)
    },
    "row-TOTAL_FORMS": "4",
    "row-INITIAL_FORMS": "0",
    "skin_vial": "lidocaine@1:plain",
    "skin_ml": "2",
    "elsewhere": "lidocaine:plain",
    "elsewhere_mg": "20",
}


def planned(house, key):
    """A course that waits for its recipe."""
    course = house.course(key=key)
    screened(house, course)
    plan_course(by=house.coordinator, course=course, start=today(), today=today())
    return course


def test_page_command_and_act_keep_the_same_recipe(harbour):
    by_page, by_command, by_act = (planned(harbour, f"test|{number}") for number in (1, 2, 3))
    made = signed_in(harbour).post(at("recipe", by_page), TYPED | {"make": "1"})
    assert made.status_code == 302, words(made)
    options = [
        f"--{name.replace('_', '-')}={ASKED[name]}" for name in ("diluent", "syringes", "weight_kg", "limits", "into")
    ]
    options += [f"--{option}={line}" for option in ("skin", "elsewhere") for line in ASKED[option]]
    options += [f"--part={line}" for line in ASKED["parts"]]
    said = commanded("course", "mix", by_command, "--clinic", harbour.clinic.slug, *options)
    make_recipe(by=harbour.clinician, course=by_act, request=ASKED)
    with scopes_disabled():
        kept = [RecipeRecord.objects.get(course=course) for course in (by_page, by_command, by_act)]
    assert kept[0].request == kept[1].request == kept[2].request == ASKED | {"volume_ml": "20"}
    assert kept[0].mixture == kept[1].mixture == kept[2].mixture
    assert json.loads(said)["session"] == kept[2].mixture["session"]

    shown = signed_in(harbour).get(at("recipe", by_command))
    assert [row["vial"].value() for row in shown.context["rows"]] == [*(row[0] for row in ROWS), ""]
    values = {name: shown.context["form"][name].value() for name in TYPED if not name.startswith("row")}
    assert values == {name: said for name, said in TYPED.items() if not name.startswith("row")}
    assert "<details open>" in shown.content.decode()


def test_a_recipe_kept_in_fewer_words_opens_in_the_same_fields(harbour):
    """A form that was left out is the usual one, and 2 mg/mL is 0.2%."""
    course = planned(harbour, "test|1")
    parts = ["dextrose=15@50", "lidocaine=2 mg/mL@1", "bupivacaine=0.05@0.5", "procaine=0.1@2"]
    request = {"parts": parts, "volume_ml": "10", "elsewhere": "lidocaine=20", "skin": "lidocaine@1=2"}
    make_recipe(by=harbour.clinician, course=course, request=request)
    shown = signed_in(harbour).get(at("recipe", course))
    rows = [tuple(row[name].value() or "" for name in ("vial", "strength", "net")) for row in shown.context["rows"]]
    assert rows == [
        ("dextrose@50:hydrous", "", "15"),
        ("lidocaine@1:plain", "", "0.2"),
        ("bupivacaine@0.5:plain", "", "0.05"),
        ("procaine:plain", "2", "0.1"),
        ("", "", ""),
    ]
    form = shown.context["form"]
    assert [form[name].value() for name in ("skin_vial", "skin_ml", "elsewhere", "elsewhere_mg")] == [
        "lidocaine@1:plain",
        "2",
        "lidocaine:plain",
        "20",
    ]


def test_a_recipe_over_the_limit_by_command_is_refused_in_a_line(harbour):
    course = planned(harbour, "test|1")
    words_ = ["course", "mix", course, "--clinic", harbour.clinic.slug, "--volume-ml=50", "--weight-kg=30"]
    with pytest.raises(BadInput, match="recipe: the local anaesthetic is over the limit"):
        commanded(*words_, "--part=bupivacaine=0.25@0.5")
    with pytest.raises(BadInput, match="part: write every component as a --part"):
        commanded(*words_, "--part=dextrose=15@50", "--dextrose=15")


def test_a_recipe_is_made_anew_by_page_with_a_reason_until_the_time_out(harbour):
    course, browser = planned(harbour, "test|1"), signed_in(harbour)
    assert "Make it anew" not in words(browser.get(at("recipe", course)))
    assert browser.post(at("recipe", course), TYPED | {"make": "1"}).status_code == 302
    shown = browser.get(at("recipe", course))
    assert ("Make it anew" in words(shown), "Make this recipe" in words(shown)) == (True, False)
    again = TYPED | {"weight_kg": "60", "make": "1"}
    refused = browser.post(at("recipe", course), again)
    assert (refused.status_code, "A correction needs a reason" in words(refused)) == (422, True)
    assert browser.post(at("recipe", course), again | {"reason": "weighed again"}).status_code == 302
    assert "for 60 kg (" in words(browser.get(at("recipe", course)))
    assert "from the vials dextrose 50%, lidocaine 2% with epinephrine" in words(browser.get(at("course", course)))
    assert "weighed again" in words(browser.get(f"/patients/{shown.context['page'].patient}/"))
