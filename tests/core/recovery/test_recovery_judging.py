"""The judgment itself: three-valued signs, trends, what is heard, what is refused, and what the patient reads."""

from dataclasses import is_dataclass

import pytest

from enthesis.knowledge import BadInput, LibraryError, parse_site
from enthesis.recovery import (
    PLEASE_ANSWER,
    Finding,
    Urgency,
    WarningSign,
    Watch,
    advice,
    days,
    diary_questions,
    judge,
    most_urgent,
    nothing_else,
    questions,
    said,
    signs,
    together,
    warning,
    watch,
    watchlist,
    where,
)
from enthesis.recovery.said import NO, Reading, Said, Truth, unknown, yes
from enthesis.recovery.signs import AboveBefore, AllOf, AnyOf, Rises, Sign, Yes, sign
from enthesis.recovery.watch import joined


@pytest.fixture(scope="module")
def day(library):
    """day("knee:left", 3, fever=True): a report where everything that is asked and not named is no, and pain 2."""

    def act(site, day, *, hours_since=None, earlier=(), **answers):
        where = parse_site(site, library)
        report = dict(nothing_else(diary_questions(site=where, day=day, library=library), pain=2))
        report |= {name.replace("_", "-"): answer for name, answer in answers.items()}
        return judge(report, site=where, day=day, library=library, hours_since=hours_since, earlier=earlier)

    return act


def found(watch):
    return [finding.warning for finding in watch.findings]


def test_urgencies_stand_in_order():
    assert [one.rank for one in Urgency] == [0, 1, 2, 3]
    assert [one.value for one in Urgency] == ["expected", "watch", "call-today", "emergency-now"]
    assert most_urgent(Urgency.EXPECTED, Urgency.CALL_TODAY, Urgency.WATCH) is Urgency.CALL_TODAY
    assert most_urgent(Urgency.EXPECTED) is Urgency.EXPECTED


def test_a_finding_carries_its_whole_basis(day):
    assert day("knee:left", 2, fever=True).findings == (
        Finding(
            warning="infection-signs",
            title="Redness, heat or fever after an injection",
            urgency=Urgency.CALL_TODAY,
            because="day 2: fever or chills",
            to_patient="Call us today, even if you have no fever. If the joint itself is hot and swollen, or you cannot move "
            "it, go to an emergency room.",
            to_clinic="Possible infection: see the patient the same day. No fever does not reassure.",
            sources=("prolotherapy-nashville", "enthesis-judgement"),
            judgement="Some redness and warmth may follow the injection itself. No source says how much is harmless, so "
            "each asks for a call.",
            everywhere=True,
            basis=(("fever", 1.0),),
        ),
    )


def test_no_value_of_the_room_can_be_changed_once_made():
    rooms = (advice, days, questions, said, signs, warning, watch, watchlist, where)
    names = [value for room in rooms for value in vars(room).values() if isinstance(value, type)]
    values = {value for value in names if is_dataclass(value)}
    assert {value.__name__ for value in values if not value.__dataclass_params__.frozen} == set()


def test_why_names_the_hours_where_they_are_known(day):
    [finding] = day("knee:left", 0, hours_since=1.5, fever=True).findings
    assert finding.because == "day 0, 1.5 hours after the injection: fever or chills"


def test_why_names_every_sign_that_was_there_once(day):
    watch = day("lumbar-facet", 1, headache=True, fever=True, headache_stays=True)
    assert {one.warning: one.because for one in watch.findings} == {
        "headache-alarm": "day 1: headache not eased by lying flat, new bad headache, fever or chills",
        "spinal-infection": "day 1: fever or chills",
        "headache-after-spinal-injection": "day 1: new bad headache",
        "infection-signs": "day 1: fever or chills",
    }


def test_what_depends_on_the_site_stands_before_what_does_not(day):
    assert found(day("shoulder:left", 2, breathless=True)) == ["pneumothorax", "breathless-or-chest-pain"]


def test_calm_words_never_stand_beside_an_alarm(day):
    watch = day("knee:left", 2, swelling=True, heat=True)
    assert found(watch) == ["septic-joint", "infection-signs", "swelling"]
    assert watch.to_patient == (watch.findings[0].to_patient,)


def test_an_open_question_is_asked_again_unless_an_ambulance_is_on_the_way(day):
    assert day("knee:left", 2, fever=None).to_patient == (PLEASE_ANSWER,)
    emergency = day("knee:left", 2, breathless=True, leaking=None)
    assert (emergency.unanswered, emergency.to_patient) == (("leaking",), (emergency.findings[0].to_patient,))


def test_an_open_question_beside_a_call_is_asked_again(day):
    watch = day("knee:left", 2, redness=True, breathless=None)
    assert (watch.urgency, watch.unanswered) == (Urgency.CALL_TODAY, ("breathless",))
    assert watch.to_patient == (watch.findings[0].to_patient, PLEASE_ANSWER)


def test_nothing_answered_is_watched_and_everything_that_matters_is_asked_again(judged):
    watch = judged("knee:left", 1)
    assert (watch.urgency, watch.findings) == (Urgency.WATCH, ())
    assert watch.unanswered == (
        "pain",
        "breathless",
        "drowsy-or-confused",
        "fever",
        "heart",
        "heat",
        "joint-locked",
        "numb-mouth",
        "redness",
        "severe-new-pain",
        "stroke-signs",
        "swelling",
        "throat-swelling",
        "weakness",
        "weakness-worse",
        "leaking",
        "rash",
        "worry",
    )


def test_what_only_tells_of_expected_things_may_stay_open(day):
    watch = day("knee:left", 1, bruise=None, nsaid_taken=None, acetaminophen_taken=None)
    assert watch == Watch(Urgency.EXPECTED)


def test_a_question_that_follows_needs_no_answer_after_a_no(day):
    assert day("lumbar-facet", 1, weakness=False, weakness_worse=None) == Watch(Urgency.EXPECTED)
    assert day("lumbar-facet", 1, weakness=None, weakness_worse=None).unanswered == ("weakness", "weakness-worse")
    assert day("lumbar-facet", 1, weakness=False, weakness_worse=True).urgency is Urgency.EMERGENCY_NOW


def test_hours_must_fit_the_day(day):
    assert day("knee:left", 1, hours_since=0).urgency is Urgency.EXPECTED
    assert day("knee:left", 1, hours_since=49).urgency is Urgency.EXPECTED
    assert day("knee:left", 0, hours_since=25).urgency is Urgency.EXPECTED
    assert day("knee:left", 3, hours_since=47).urgency is Urgency.EXPECTED


@pytest.mark.parametrize(
    ("on", "hours", "said"),
    [
        (0, -1, "-1"),
        (0, 25.5, "25.5"),
        (1, 49.5, "49.5"),
        (3, 46.5, "46.5"),
        (1, float("nan"), "nan"),
        (1, float("inf"), "inf"),
    ],
)
def test_hours_that_do_not_fit_the_day_are_refused(day, on, hours, said):
    with pytest.raises(BadInput) as error:
        day("knee:left", on, hours_since=hours)
    assert str(error.value) == f"diary: {said} hours since the injection do not fit day {on} after it"


@pytest.mark.parametrize("on", [-1, 1.0, True, "1", None])
def test_a_day_that_is_not_a_day_is_refused(judged, on):
    with pytest.raises(BadInput) as error:
        judged("knee:left", on, pain=1)
    assert str(error.value) == f"diary: the day counts whole days from the injection, 0 or more, not {on!r}"


def test_an_earlier_report_of_a_later_day_is_refused(day):
    with pytest.raises(BadInput) as error:
        day("knee:left", 4, earlier=[(5, {"pain": 2})])
    assert str(error.value) == "diary: an earlier report is from day 5, after day 4"


def test_earlier_reports_are_checked_like_todays(day):
    with pytest.raises(BadInput, match="'pain' takes a number"):
        day("knee:left", 4, earlier=[(3, {"pain": 12})])
    with pytest.raises(BadInput, match="the day counts whole days"):
        day("knee:left", 4, earlier=[(-1, {"pain": 2})])


def test_an_earlier_report_of_the_same_day_counts(day):
    assert found(day("knee:left", 4, pain=5, earlier=[(4, {"pain": 3})])) == ["pain-rising-after-day-3"]


def test_earlier_reports_may_come_one_by_one(day):
    assert found(day("knee:left", 4, pain=5, earlier=iter([(2, {"pain": 3})]))) == ["pain-rising-after-day-3"]


def test_a_trend_says_from_where_to_where(day):
    watch = day("knee:left", 5, pain=6, earlier=[(2, {"pain": 5}), (3, {"pain": 3.5}), (4, {})])
    assert watch.findings[0].because == "day 5: pain 6 of 10, up from 3.5"


def test_a_very_high_pain_says_how_high(day):
    assert day("knee:left", 1, pain=8).findings[0].because == "day 1: pain 8 of 10"


def test_a_yes_is_heard_where_it_is_not_asked(day):
    assert found(day("knee:left", 2, bladder_or_saddle=True)) == ["bladder-bowel-or-saddle"]
    assert found(day("knee:left", 2, headache=True)) == ["headache-after-spinal-injection"]
    assert day("knee:left", 2, headache=True).unanswered == ("headache-stays",)
    assert found(day("knee:left", 2, headache=True, fever=True)) == [
        "headache-alarm",
        "headache-after-spinal-injection",
        "infection-signs",
    ]


def test_a_yes_before_its_day_is_heard_in_the_words_of_the_site(day):
    assert found(day("knee:left", 1, pain_worse=True)) == ["pain-rising-after-day-3"]
    assert found(day("lumbar-facet", 1, pain_worse=True)) == ["spinal-pain-rising", "pain-rising-after-day-3"]


def test_a_no_or_a_silence_where_it_is_not_asked_changes_nothing(day):
    assert day("knee:left", 2, bladder_or_saddle=False, headache=None) == Watch(Urgency.EXPECTED)


def test_several_sites_are_told_once_each(day):
    back, knee = day("lumbar-facet", 2, fever=True), day("knee:left", 2, fever=True, leaking=None)
    assert together(back, knee) == Watch(Urgency.EMERGENCY_NOW, (back.findings[0], back.findings[1]), ("leaking",))
    assert together(knee) == knee


def test_joined_nothing_is_expected():
    assert joined([], []) == Watch(Urgency.EXPECTED)


SAID = Said({"a": True, "b": False}, 5, (), {})


def test_any_is_the_worst_and_all_is_the_best():
    one, none, open_, other = yes("a", 1, "one"), NO, unknown("x"), yes("b", 7, "other")
    both = Reading(Truth.YES, ("one", "other"), (("a", 1.0), ("b", 7.0)))
    assert Reading.joined(max, [none, open_, one, other, one]) == both
    assert Reading.joined(max, [none, open_, unknown("y"), open_]) == Reading(Truth.UNKNOWN, asks=("x", "y"))
    assert Reading.joined(min, [one, other]) == both
    assert Reading.joined(min, [one, open_]) == Reading(Truth.UNKNOWN, asks=("x",))
    assert Reading.joined(min, [one, open_, none]) == NO


def test_pain_is_compared_with_what_was_marked_before_the_injection(library):
    seven = {"pain": 7}
    flare = AboveBefore("pain", 2.0)
    questions = watchlist.watchlist(library).questions
    assert sign({"above_before": {"question": "pain", "by": 2}}, "f") == flare
    assert flare.read(Said(seven, 9, (), questions, before=5)) == yes("pain", 7, "pain 7 of 10, 5 before the injection")
    assert flare.read(Said(seven, 9, (), questions, before=5.5)) == NO
    assert flare.read(Said(seven, 9, (), questions)) == NO
    assert flare.read(Said({}, 9, (), questions, before=0)) == unknown("pain")
    knee = parse_site("knee:left", library)
    with pytest.raises(BadInput, match="'pain' takes a number from 0 to 10, not 11"):
        judge(seven, site=knee, day=9, library=library, before=11)


def test_truth_stands_in_order_of_worry():
    assert sorted(Truth) == [Truth.NO, Truth.UNKNOWN, Truth.YES]


def test_signs_are_read_from_what_is_written():
    written = {"any": [{"yes": "a"}, {"all": [{"yes": "b"}, {"rises": {"question": "pain", "by": 2, "since_day": 1}}]}]}
    assert sign(written, "f") == AnyOf((Yes("a"), AllOf((Yes("b"), Rises("pain", 2.0, 1)))))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({}, "`when` takes one of above_before, all, any, appears, at_least, rises, stays, yes, not {}"),
        (
            {"yes": "a", "no": "b"},
            "`when` takes one of above_before, all, any, appears, at_least, rises, stays, yes, not",
        ),
        ({"no": "a"}, "`when` takes one of above_before, all, any, appears, at_least, rises, stays, yes, not"),
        ("fever", "`when` takes one of above_before, all, any, appears, at_least, rises, stays, yes, not 'fever'"),
        ({"yes": 3}, "`when.yes` takes the id of a question, not 3"),
        ({"any": []}, r"`any` and `all` take a list of signs, not \[\]"),
        ({"all": {"yes": "a"}}, "`any` and `all` take a list of signs, not {'yes': 'a'}"),
        ({"any": [{"yes": 3}]}, "`when.yes` takes the id of a question, not 3"),
        ({"at_least": {"question": "pain"}}, "`when`: required field missing @ [$].value"),
        ({"at_least": {"question": "pain", "value": 3, "valeu": 3}}, "`when`: extra fields found [(]valeu[)]"),
        (
            {"rises": {"question": "pain", "by": "much", "since_day": 1}},
            "`when`: invalid value for type, expected float",
        ),
    ],
)
def test_a_sign_that_is_written_wrong_is_refused_with_the_files_name(written, says):
    with pytest.raises(LibraryError, match=f"^warnings/x.toml: {says}"):
        sign(written, "warnings/x.toml")


def test_a_bare_sign_says_nothing():
    with pytest.raises(NotImplementedError):
        Sign().read(SAID)
    with pytest.raises(NotImplementedError):
        Sign().reads()


WARNING = """
urgency = "{urgency}"
when = {{ yes = "fever" }}
to_patient = "Call us."
to_clinic = "Look."
{more}
"""


@pytest.mark.parametrize(
    ("urgency", "more", "says"),
    [
        ("call-today", "until_hour = 4", "asks for a call or an ambulance has no end"),
        ("emergency-now", "until_hour = 4", "asks for a call or an ambulance has no end"),
        ("watch", "from_day = -1", "begins on day 0, hour 0 or later"),
        ("watch", "from_hour = -1", "begins on day 0, hour 0 or later"),
        ("soon", "", "expected Urgency @ [$].urgency"),
        ("watch", "from_dya = 1", "from_dya"),
    ],
)
def test_a_warning_that_breaks_a_promise_does_not_load(library_with, urgency, more, says):
    library = library_with(("warnings/mine", WARNING.format(urgency=urgency, more=more)))
    with pytest.raises(LibraryError, match=says):
        library.entries("warnings", WarningSign)


@pytest.mark.parametrize("urgency", ["expected", "watch"])
def test_a_mild_warning_may_end(library_with, urgency):
    times = "until_hour = 4\nfrom_hour = 0\nfrom_day = 0"
    library = library_with(("warnings/mine", WARNING.format(urgency=urgency, more=times)))
    assert library.entry("warnings", "mine", WarningSign).body.until_hour == 4


def test_pain_that_does_not_ease_is_held_against_the_lowest_of_the_days_before(library):
    questions = watchlist.watchlist(library).questions
    stays = sign({"stays": {"question": "pain", "at_least": 4, "since_day": 1}}, "f")
    days = ((0, {"pain": 0}), (1, {"pain": 5.5}), (3, {"pain": 7}), (4, {"pain": None}))
    words = "pain 5.5 of 10, not below the 5.5 of an earlier day"
    assert stays.read(Said({"pain": 5.5}, 9, days, questions)) == yes("pain", 5.5, words)
    assert stays.read(Said({"pain": 5.4}, 9, days, questions)) == NO
    assert stays.read(Said({}, 9, days, questions)) == unknown("pain")
    assert stays.read(Said({}, 9, days[:1], questions)) == NO
    assert stays.read(Said({"pain": 3.9}, 9, ((1, {"pain": 1}),), questions)) == NO


def test_what_was_not_there_and_is_there_now_says_since_when(library):
    questions = watchlist.watchlist(library).questions
    appears = sign({"appears": {"question": "swelling", "since_day": 1}}, "f")
    days = ((0, {"swelling": False}), (1, {"swelling": False}), (2, {"swelling": False}), (3, {"swelling": True}))
    assert appears.read(Said({"swelling": True}, 5, days, questions)) == yes(
        "swelling", 1, "swelling at the place, not there on day 2"
    )
    assert appears.read(Said({"swelling": False}, 5, days, questions)) == NO
    assert appears.read(Said({}, 5, days, questions)) == unknown("swelling")
    assert appears.read(Said({"swelling": True}, 5, (days[0], days[3], (4, {})), questions)) == NO


SOFT = ("lateral-epicondyle:left", "subacromial:left", "knee-ligament:left", "talofibular-ligament:left", "iliopsoas")


@pytest.mark.parametrize("site", SOFT)
def test_a_joint_that_will_not_move_is_asked_about_where_the_needle_went_beside_it(day, library, site):
    assert "joint-locked" in {q.id for q in diary_questions(site=parse_site(site, library), day=4, library=library)}
    hot = day(site, 4, joint_locked=True, heat=True)
    assert (hot.urgency, hot.findings[0].warning) == (Urgency.EMERGENCY_NOW, "joint-locked-and-inflamed")
    assert day(site, 4, joint_locked=True).urgency is Urgency.CALL_TODAY
    assert day(site, 4, swelling=True, heat=True).urgency is Urgency.CALL_TODAY  # the joint moves
    open_ = day(site, 4, swelling=True, heat=True, joint_locked=None)
    assert (open_.urgency, open_.unanswered) == (Urgency.CALL_TODAY, ("joint-locked",))
    assert day(site, 1, redness=True, swelling=True).urgency is Urgency.CALL_TODAY  # as the source has it
    assert day(site, 1, swelling=True, bruise=True).urgency is Urgency.EXPECTED


@pytest.mark.parametrize("site", ["knee:left", "hip", "shoulder", "ankle", "thumb-base", "tmj", "finger"])
def test_a_swollen_joint_with_a_fever_is_an_emergency_where_no_heat_is_felt(day, site):
    watch = day(site, 3, swelling=True, fever=True)
    assert (watch.urgency, watch.findings[0].warning) == (Urgency.EMERGENCY_NOW, "septic-joint")
    assert day(site, 3, fever=True).urgency is Urgency.CALL_TODAY


@pytest.mark.parametrize("site", ["knee:left", "lumbar-facet", "shoulder"])
def test_what_only_the_heart_the_skin_or_a_worry_shows_has_a_place_in_the_diary(day, site):
    assert day(site, 0, heart=True, hours_since=1).urgency is Urgency.EMERGENCY_NOW
    assert day(site, 1, rash=True).urgency is Urgency.CALL_TODAY
    assert day(site, 5, worry=True).urgency is Urgency.CALL_TODAY


def test_a_week_without_easing_is_watched_and_more_pain_than_before_on_day_7_too(day, library):
    knee = parse_site("knee:left", library)
    flat = [(number, {"pain": 6}) for number in range(1, 8)]
    assert day("knee:left", 10, earlier=flat, pain=6).urgency is Urgency.WATCH
    assert day("knee:left", 10, earlier=flat, pain=5).urgency is Urgency.EXPECTED
    report = nothing_else(diary_questions(site=knee, day=7, library=library), pain=7)
    assert judge(report, site=knee, day=7, library=library, before=5).urgency is Urgency.WATCH
