"""Devices in the body: an implant is an item of the chart, a machine of the house is not."""

from datetime import date

import pytest

from enthesis.screening import ChartItem, ItemKind

SNOMED = "http://snomed.info/sct"
KNEE = {"coding": [{"system": SNOMED, "code": "304120007", "display": "Total knee joint prosthesis"}]}
OURS = {"reference": "Patient/p1"}
COUNTED = "1 resource of this type: not read, and they may matter; look at them in the record they came from"


def device(**fields):
    return {"resourceType": "Device", "id": "d1", "type": KNEE} | fields


def used(about, **fields):
    return about("DeviceUseStatement", **({"status": "active", "device": {"reference": "Device/d1"}} | fields))


def implant(evidence, name, **more):
    return ChartItem(ItemKind.PROCEDURE, evidence, name, **more)


def test_a_device_that_says_whose_it_is_stands_beside_the_procedures(read, report):
    chart = read(device(patient=OURS))
    assert chart.items == (implant("Device/d1", "Total knee joint prosthesis (device)"),)
    assert report(chart) == []


def test_a_device_of_nobody_is_counted_and_not_kept(read, report):
    chart = read(device(type={"text": "Record software"}))
    assert chart.items == ()
    assert report(chart) == [("Device", COUNTED)]


def test_a_device_in_use_is_read_with_its_place_and_its_day(read, report, about):
    where = {"bodySite": {"text": "Left knee"}, "timingPeriod": {"start": "2020-02"}}
    chart = read(device(), used(about, **where))
    name = "Total knee joint prosthesis (device, Left knee)"
    assert chart.items == (implant("DeviceUseStatement/x1", name, since=date(2020, 2, 1)),)
    assert report(chart) == []
    assert read(device(), used(about, timingDateTime="2021-03-04")).items[0].since == date(2021, 3, 4)


def test_a_device_read_by_itself_is_not_read_again_with_its_use(read, report, about):
    chart = read(device(patient=OURS), used(about))
    assert [item.evidence for item in chart.items] == ["Device/d1"]
    assert report(chart) == [("DeviceUseStatement/x1", "is about Device/d1, which is read instead")]


def test_a_device_held_in_the_statement_is_read_there(read, about):
    inside = {"resourceType": "Device", "id": "inside", "type": KNEE, "patient": OURS}
    chart = read(used(about, contained=[inside], device={"reference": "#inside"}))
    assert [item.name for item in chart.items if item.kind is ItemKind.PROCEDURE] == [
        "Total knee joint prosthesis (device)"
    ]


@pytest.mark.parametrize(
    "device_of",
    [{"display": "Coronary stent"}, {"reference": "Device/gone", "display": "Coronary stent"}, {"reference": "Patient/p1", "display": "Coronary stent"}],
)  # fmt: skip
def test_a_device_that_is_not_here_is_read_by_its_words(read, about, device_of):
    [item] = read(used(about, device=device_of)).items
    assert (item.name, item.coded) == ("Coronary stent (device)", False)


def test_what_is_no_device_is_not_read_as_one(read, about):
    visit = {"resourceType": "Encounter", "id": "e1", "type": [{"text": "Knee prosthesis clinic"}]}
    [item] = read(visit, used(about, device={"reference": "Encounter/e1", "display": "Coronary stent"})).items
    assert item.name == "Coronary stent (device)"


def test_one_word_that_says_none_does_not_hide_another_that_says_which(read, about):
    none = device(type={"text": "No known devices"})
    [item] = read(none, used(about, device={"reference": "Device/d1", "display": "Coronary stent"})).items
    assert item.name == "No known devices / Coronary stent (device)"


def test_a_device_by_the_names_people_gave_it(read):
    both = device(deviceName=[{"name": "Hip stem"}], patient=OURS)
    assert read(both).items == (implant("Device/d1", "Total knee joint prosthesis / Hip stem (device)"),)
    named = device(type=None, deviceName=[{"name": "Hip stem", "type": "user-friendly-name"}], patient=OURS)
    assert read(named).items == (implant("Device/d1", "Hip stem (device)", coded=False),)


def test_a_device_without_a_name_is_a_question(read, about):
    for one in (read(device(type=None, patient=OURS)), read(used(about))):
        assert [item.kind for item in one.items] == [ItemKind.UNREAD]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "entered-in-error"}, "was entered in error; not counted"),
        ({"status": "intended"}, "is intended, not used; not counted"),
        ({"device": {"display": "No known devices in use"}}, "says 'No known devices in use', which is no device"),
    ],
)
def test_what_is_no_device_in_the_body_says_why(read, report, about, fields, why):
    chart = read(used(about, **({"device": {"display": "Stent"}} | fields)))
    assert chart.items == ()
    assert report(chart) == [("DeviceUseStatement/x1", why)]
