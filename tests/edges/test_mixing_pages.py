"""The mixing pages: for signed-in staff, with or without a script; nothing is kept and every mistake is one sentence."""

import pytest
from django.urls import reverse
from tests.edges.pages import RECIPE, ready, signed_in, words

from enthesis.registry.models import AuditEvent

AT = reverse("mixing:calculate")
USUAL = {
    "row-TOTAL_FORMS": "3",
    "row-INITIAL_FORMS": "0",
    "row-0-vial": "dextrose@50:hydrous",
    "row-0-net": "15",
    "row-1-vial": "lidocaine@1:plain",
    "row-1-net": "0.2",
    "volume_ml": "10",
    "diluent": "saline",
    "weight_kg": "70",
}
DRAWN = {
    "row-TOTAL_FORMS": "3",
    "row-INITIAL_FORMS": "0",
    "row-0-vial": "dextrose@10:hydrous",
    "row-0-ml": "8",
    "row-1-vial": "lidocaine:plain",
    "row-1-strength": "2",
    "row-1-ml": "2",
}


@pytest.fixture
def browser(harbour):
    return signed_in(harbour, "coordinator")


def asked(browser, at=AT, fields=USUAL, **changed):
    return browser.post(at, fields | {name.replace("__", "-"): value for name, value in changed.items()})


def test_the_page_opens_with_the_usual_vials_and_no_weight(browser):
    page = browser.get(AT)
    said = words(page)
    assert page.status_code == 200
    assert "3 mL 50% dextrose (hydrous) net 15% , 1500 mg" in said
    assert "No weight was given, so the most lidocaine this patient may have was not calculated" in said
    assert page.context["form"]["weight_kg"].value() is None
    assert 'href="/mixing/" aria-current="page"' in page.content.decode()


def test_three_syringes_without_a_script(browser):
    said = words(asked(browser, volume_ml="", syringes="2x10+5"))
    assert "Syringes 1 of 3 and 2 of 3, each: 10 mL in a 10 mL syringe, read to 0.2 mL" in said
    assert "Syringe 3 of 3: 5 mL in a 5 mL syringe" in said
    assert "From the vials in all: 25 mL" in said
    assert "50 mg of at most 300 mg for 70 kg (4.5 mg/kg, never above 300 mg), counts as 16.7%" in said


def test_a_script_gets_the_answer_alone(browser):
    answer = browser.post(AT, USUAL | {"row-0-net": "0,2"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert words(answer) == "Dextrose: '0,2' has a comma; write a decimal point, as in 12.5"
    good = browser.post(AT, USUAL, headers={"HX-Request": "true"})
    assert b"<html" not in good.content
    assert b"net 15%" in good.content


def test_skin_and_elsewhere_are_in_the_sum_and_over_the_limit_stands_first(browser):
    said = words(
        asked(browser, skin_vial="lidocaine:plain", skin_strength="2", skin_ml="5", elsewhere="lidocaine:plain", elsewhere_mg="200")
    )  # fmt: skip
    assert "Over the limit. Do not give this in one session." in said
    assert "This holds 320 mg of lidocaine (20 mg in the mixture and 100 mg skin and 200 mg elsewhere that day)" in said


def test_a_weaker_vial_as_the_diluent_and_bupivacaine_with_its_warnings(browser):
    said = words(asked(browser, diluent="dextrose@5:hydrous", row__2__vial="bupivacaine@0.5:plain", row__2__net="0.05"))
    assert "5% dextrose (hydrous)" in said
    assert "not read on a label" in said
    assert "Bupivacaine inside a joint" in said


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"row__0__net": "120"}, "Dextrose: 120 percent is not accepted; expected 0 to 100 percent"),
        ({"row__0__net": "15%", "volume_ml": "0"}, "Volume ml: 0 mL is not accepted; expected 0.1 to 1000 mL"),
        ({"volume_ml": "-1"}, "Volume ml: -1 mL is not accepted; expected 0.1 to 1000 mL"),
        ({"volume_ml": "nan"}, "Volume ml: 'nan' is not a number that can be read"),
        ({"volume_ml": "1e400"}, "Volume ml: '1e400' is not a number that can be read"),
        ({"volume_ml": ""}, "Volume ml: neither a volume nor syringes were given"),
        ({"weight_kg": "7"}, "Weight kg: 7 kg is not accepted; expected 30 to 300 kg"),
        ({"weight_kg": "700"}, "Weight kg: 700 kg is not accepted"),
        ({"weight_kg": "70,5"}, "Weight kg: '70,5' has a comma"),
        ({"syringes": "5,5"}, "Syringes: '5,5' has a comma"),
        ({"syringes": "3x10"}, "Syringes: together they hold 30 mL; expected the 10 mL asked for"),
        ({"row__0__net": ""}, "Row 1: the net strength is missing; fill it in, or clear the row"),
        ({"row__0__vial": ""}, "Row 1: the vial is missing; fill it in, or clear the row"),
        ({"row__1__vial": "lidocaine:plain"}, "Row 2: the vial's own strength is missing; expected a number in %"),
        ({"row__1__strength": "2"}, "Row 2: a strength was typed beside a vial that has its own"),
        ({"row__0__vial": "ozone@5"}, "Component: 'ozone' is not known"),
        ({"skin_vial": "lidocaine@1:plain"}, "Skin: a vial and a volume go together"),
        ({"elsewhere_mg": "100"}, "Elsewhere: an anaesthetic and an amount go together"),
        ({"limits": "lax"}, "Limits: 'lax' is not one of them; expected label or strict"),
        ({"diluent": "juice"}, "Diluent: 'juice' is not on the shelf"),
        ({"row-TOTAL_FORMS": "no"}, "Vial: nothing is wanted yet"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_what_was_typed_stays(browser, changed, sentence):
    page = asked(browser, **changed)
    assert page.status_code == 422
    assert sentence in words(page)
    assert b'value="70' in page.content or "weight_kg" in changed


def test_another_row_keeps_what_was_typed_and_there_is_an_end_to_rows(browser):
    page = asked(browser, more="1", row__0__net="12.5")
    assert page.status_code == 200
    assert 'name="row-3-vial"' in page.content.decode()
    assert 'value="12.5"' in page.content.decode()
    last = asked(browser, **{"more": "1", "row-TOTAL_FORMS": "8"}).content.decode()
    assert 'name="row-8-vial"' not in last
    assert "Another row" not in last
    for nonsense in ("x", "-1", "9" * 30):
        assert asked(browser, **{"more": "1", "row-TOTAL_FORMS": nonsense}).status_code == 200


def test_what_was_drawn(browser):
    at = reverse("mixing:drawn")
    said = words(asked(browser, at, DRAWN, weight_kg="70"))
    assert "This is 8% dextrose, 0.4% lidocaine net, in 10 mL" in said
    assert "8 mL 10% dextrose (hydrous) net 8% , 800 mg" in said
    refused = asked(browser, at, DRAWN, row__0__ml="8,0")
    assert refused.status_code == 422
    assert "has a comma" in words(refused)
    assert "Row 1: the volume is missing" in words(asked(browser, at, DRAWN, row__0__ml=""))
    assert "Draw: nothing has been drawn" in words(
        asked(browser, at, {"row-TOTAL_FORMS": "0", "row-INITIAL_FORMS": "0"})
    )
    assert "cannot be drawn; expected more than 0 mL" in words(asked(browser, at, DRAWN, row__0__ml="0"))


def test_a_mixture_of_a_trial_is_filled_in_where_it_was_read_in_full(browser):
    at = reverse("mixing:drawn")
    assert "0.714% sodium-morrhuate, 10.714% dextrose, 0.286% lidocaine" in words(
        browser.get(at, {"recorded": "scarpone-2008-elbow"})
    )
    page = browser.get(at, {"recorded": "dechow-1999-back"})
    assert "This is 15% dextrose, 0.2% lidocaine" in words(page)  # the usual rows: its strengths were not read
    assert "?recorded=dechow-1999-back" not in page.content.decode()
    assert browser.get(at, {"recorded": "nothing"}).status_code == 200


def test_labels_hold_stock_and_net_lot_expiry_who_and_until_when(browser):
    before = AuditEvent.objects.count()
    page = asked(
        browser,
        reverse("mixing:labels"),
        volume_ml="",
        syringes="left:5+right:5",
        row__0__lot="DX1",
        row__0__expires="2099-01-31",
        diluent_lot="S9",
        prepared_by="A. Nurse",
        discard_hours="2",
    )
    said = words(page)
    assert page.status_code == 200
    assert "Labels for 2 syringes" in said
    assert "Dextrose: net 14% from 1.4 mL of 50% dextrose (hydrous) stock, lot DX1, expires 2099-01-31" in said
    assert (
        "Lidocaine: net 0.2%, 10 mg in all from 1 mL of 1% lidocaine (plain) stock, lot ________, expires ________"
        in said
    )
    assert "Saline from 2.6 mL of 0.9% saline stock, lot S9" in said
    assert "Prepared by A. Nurse at 20" in said
    assert "Discard by 20" in said
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"row__0__lot": "DX1", "row__0__expires": "2020-01-31"},
            "Lot: lot DX1 of 50% dextrose (hydrous) expired on 2020-01-31",
        ),
        ({"row__0__expires": "soon"}, "Expires: 'soon' is no date; expected one such as 2027-01-31"),
        ({"diluent_expires": "2020-01-31"}, "Lot: this lot of 0.9% saline expired on 2020-01-31"),
        ({"discard_hours": "5"}, "Discard hours: 5 hours is not accepted; expected 0.25 to 4 hours"),
        ({"row__1__net": "1"}, "Label: this cannot be made, so there is nothing to print"),
        (
            {"weight_kg": "30", "volume_ml": "100"},
            "Label: the local anaesthetic is over the limit, so no label is printed",
        ),
    ],
)
def test_no_label_of_what_must_not_be_used(browser, changed, sentence):
    page = asked(browser, reverse("mixing:labels"), row__0__net="30" if "row__1__net" in changed else "15", **changed)
    assert page.status_code == 422
    assert sentence in words(page)


def test_a_label_without_a_weight_says_that_nothing_was_judged(browser):
    said = words(asked(browser, reverse("mixing:labels"), weight_kg=""))
    assert "No weight was given, so no dose limit was calculated" in said
    assert "What do I draw?" in words(browser.get(reverse("mixing:labels")))


def test_the_recipe_of_a_course_opens_on_the_mixing_page_for_its_labels(harbour):
    """Its fields are those of that page, with what a label needs beside them."""
    course, browser = ready(harbour), signed_in(harbour)
    shown = browser.get(reverse("walk:recipe", args=[course]))
    assert f'formaction="{AT}"' in shown.content.decode()
    fields = shown.context["for_label"] | RECIPE | {"row-0-net": "12.5"}
    said = words(browser.post(AT, fields))
    assert "2.5 mL 50% dextrose (hydrous) net 12.5%" in said
    assert "Syringe 10 mL in all" in words(browser.post(reverse("mixing:labels"), fields))
