"""Advice by day: what a clinic says of each day, and what it may choose where sources disagree."""

import pytest

from enthesis.knowledge import BadInput, LibraryError, parse_site, site_kinds
from enthesis.recovery import (
    PREPARING,
    Advice,
    Line,
    Topic,
    Urgency,
    Watch,
    advice_lines,
    days_after,
    diary_days,
    expected_on,
    preparation,
)
from enthesis.recovery.advice import NO_CHOICES


@pytest.fixture
def said(library):
    """said("knee:left", 3): the ids of what is expected, of what helps and of what to avoid."""

    def act(site, day, **choices):
        named = {name.replace("_", "-"): choice for name, choice in choices.items()}
        told = expected_on(site=parse_site(site, library), day=day, library=library, choices=named)
        return tuple([line.advice for line in part] for part in (told.expect, told.helps, told.avoid))

    return act


def the_line(id, site, library, choices=NO_CHOICES):
    lines = advice_lines(site=parse_site(site, library), library=library, choices=choices)
    return next(line for line in lines if line.advice == id)


def test_the_day_of_a_lumbar_facet_injection(said):
    assert said("lumbar-facet", 0) == (
        ["expect-flare", "expect-no-reaction", "expect-numbness", "expect-swelling-and-bruising"],
        ["helps-acetaminophen", "helps-shower"],
        [
            "avoid-anti-inflammatories",
            "avoid-bath-and-pool",
            "avoid-driving",
            "avoid-driving-after-sedation",
            "avoid-ice-and-heat-first-day",
            "avoid-strain",
            "avoid-twisting",
        ],
    )


def test_the_fifth_day_after_a_knee_injection(said):
    assert said("knee:left", 5) == (
        ["expect-swelling-and-bruising", "expect-easing"],
        ["helps-acetaminophen", "helps-moving", "helps-build-up"],
        ["avoid-anti-inflammatories", "avoid-ice"],
    )


def test_the_fourteenth_day_and_long_after(said):
    assert said("knee:left", 14) == (
        ["expect-second-week"],
        ["helps-acetaminophen", "helps-moving"],
        ["avoid-anti-inflammatories"],
    )
    assert said("knee:left", 29) == ([], [], [])


def test_expected_names_the_day(library):
    assert expected_on(site=parse_site("hip", library), day=4, library=library).day == 4


@pytest.mark.parametrize("day", [-1, 1.5, True])
def test_a_day_before_the_injection_has_no_aftercare(said, day):
    with pytest.raises(BadInput) as error:
        said("knee:left", day)
    assert str(error.value) == f"diary: the day counts whole days from the injection, 0 or more, not {day!r}"


def test_every_site_is_told_something_on_every_day_of_two_weeks(library):
    for entry in site_kinds(library):
        for day in range(15):
            told = expected_on(site=parse_site(entry.id, library), day=day, library=library)
            assert all((told.expect, told.helps, told.avoid)), (entry.id, day)
            assert bool(told.work) is (day > 0), (entry.id, day)  # nobody is sent to work on the day itself


def test_the_sheet_holds_what_any_of_its_days_holds(library):
    for entry in site_kinds(library):
        site = parse_site(entry.id, library)
        sheet = days_after(site=site, library=library)
        for part in ("expect", "helps", "avoid", "work"):
            daily = {
                line for day in range(100) for line in getattr(expected_on(site=site, day=day, library=library), part)
            }
            assert set(getattr(sheet, part)) == daily, (entry.id, part)
        assert sheet.day == 0


def test_work_comes_back_in_the_way_of_the_site(library):
    def at_work(site, day):
        return [line.advice for line in expected_on(site=parse_site(site, library), day=day, library=library).work]

    assert at_work("lumbar-facet", 2) == at_work("knee:left", 2) == ["helps-light-work"]
    assert at_work("lumbar-facet", 5) == ["work-back-or-neck"]
    assert at_work("knee:left", 5) == ["work-joint"]
    assert at_work("achilles:left", 5) == ["work-tendon"]
    assert at_work("achilles:left", 14) == ["work-usual"]


def test_preparation_stands_in_order_of_the_day_it_begins(library):
    lines = preparation(site=parse_site("knee:left", library), library=library)
    assert [(line.from_day, line.advice) for line in lines] == [
        (-14, "prepare-call-us"),
        (-14, "prepare-prescribed-medicines"),
        (-7, "prepare-anti-inflammatories"),
        (-7, "prepare-herbs"),
        (-1, "prepare-driver"),
        (-1, "prepare-driver-if-sedated"),
        (-1, "prepare-if-you-faint"),
        (-1, "prepare-what-to-bring"),
        (0, "prepare-the-day"),
    ]
    assert {line.topic for line in lines} == PREPARING


def test_a_jaw_needs_no_driver(library):
    lines = preparation(site=parse_site("tmj:left", library), library=library)
    assert "prepare-driver" not in [line.advice for line in lines]


def test_a_clinic_chooses_where_sources_disagree(library, said):
    default = the_line("prepare-anti-inflammatories", "knee:left", library)
    chosen = the_line("prepare-anti-inflammatories", "knee:left", library, {"prepare-anti-inflammatories": "ten-days"})
    assert (default.from_day, default.choice, default.choices) == (-7, "default", ("default", "three-days", "ten-days"))
    assert (chosen.from_day, chosen.choice, chosen.choices) == (-10, "ten-days", default.choices)
    assert chosen.text.startswith("For 10 days before")
    assert chosen.differ == default.differ != ""
    assert said("knee:left", 8, avoid_anti_inflammatories="one-week")[2] == []


def test_a_line_carries_its_whole_basis(library):
    line = the_line("avoid-twisting", "coccyx", library)
    entry = library.entry("advice", "avoid-twisting", Advice)
    assert line == Line(
        advice="avoid-twisting",
        title=entry.title,
        topic=Topic.AVOID,
        text=entry.body.text,
        from_day=0,
        until_day=3,
        choice="default",
        choices=("default",),
        differ="",
        judgement=entry.body.judgement,
        sources=("doctor-clark-activity", "enthesis-judgement"),
    )


def test_a_line_holds_on_its_first_and_its_last_day(library):
    line = the_line("expect-easing", "knee:left", library)
    assert [day for day in range(-3, 20) if line.holds_on(day)] == [4, 5, 6, 7]


def test_a_choice_that_does_not_exist_is_refused(said):
    there = "default, cold-allowed, ten-days-without-ice"
    with pytest.raises(BadInput) as error:
        said("knee:left", 1, avoid_ice="hot-tub")
    assert str(error.value) == f"advice: there is no choice 'hot-tub'; there are: {there}"
    with pytest.raises(BadInput, match=r"^advice: there is no advice 'avoid-hail'; there are: avoid-anti-inflam.*, "):
        said("knee:left", 1, avoid_hail="default")


def test_a_clinics_own_entry_replaces_ours(library_with):
    library = library_with(("advice/avoid-twisting", 'topic = "avoid"\nfrom_day = 0\nuntil_day = 0\ntext = "Ours."'))
    told = expected_on(site=parse_site("coccyx", library), day=0, library=library)
    assert [line.text for line in told.avoid if line.advice == "avoid-twisting"] == ["Ours."]


MINE = 'topic = "avoid"\nfrom_day = {first}\nuntil_day = 0\ntext = "x"\n{more}'
OTHER = '[[alternatives]]\nid = "a"\ntext = "x"\nfrom_day = {first}\nuntil_day = 0\nsays = "x"'
DIFFER, BECAUSE = 'differ = "x"\n', 'default_because = "x"\n'
ENDS, SAYS = "advice ends on the day it begins or later", "says how sources differ and why the default is the default"


@pytest.mark.parametrize(
    ("first", "more", "says"),
    [
        (1, "", ENDS),
        (0, DIFFER + BECAUSE + OTHER.format(first=1), ENDS),
        (0, DIFFER + OTHER.format(first=0), SAYS),
        (0, BECAUSE + OTHER.format(first=0), SAYS),
    ],
)
def test_advice_that_breaks_a_promise_does_not_load(library_with, first, more, says):
    library = library_with(("advice/mine", MINE.format(first=first, more=more)))
    with pytest.raises(LibraryError, match=says):
        advice_lines(site=parse_site("knee:left", library), library=library)


def test_advice_with_an_alternative_loads_when_it_says_why(library_with):
    library = library_with(("advice/mine", MINE.format(first=0, more=DIFFER + BECAUSE + OTHER.format(first=0))))
    assert the_line("mine", "knee:left", library).choices == ("default", "a")


def test_the_diary_lasts_a_week_and_two_where_it_has_not_settled(library):
    for entry in site_kinds(library):
        site = parse_site(entry.id, library)
        assert diary_days(site, library=library) == range(1, 8)
        assert diary_days(site, library=library, last=Watch(Urgency.EXPECTED)) == range(1, 8)
        assert diary_days(site, library=library, last=Watch(Urgency.WATCH)) == range(1, 15)
        assert diary_days(site, library=library, last=Watch(Urgency.CALL_TODAY)) == range(1, 15)


@pytest.mark.parametrize(
    ("name", "where", "count"), [("diary-more", "", 2), ("diary-week", "where = { spinal = true }", 0)]
)
def test_exactly_one_entry_sets_the_diary_days_of_a_site(library_with, name, where, count):
    library = library_with((f"advice/{name}", f'topic = "diary"\nfrom_day = 1\nuntil_day = 7\ntext = "x"\n{where}'))
    with pytest.raises(LibraryError) as error:
        diary_days(parse_site("knee:left", library), library=library)
    assert str(error.value) == f"advice: {count} entries set the diary days of 'knee'; there must be one"
