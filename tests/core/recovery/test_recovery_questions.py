"""The diary's questions: who is asked what, in which order, and which answers they take."""

import pytest

from enthesis.knowledge import BadInput, LibraryError, parse_site, site_kinds
from enthesis.recovery import PAIN, Kind, Question, diary_questions, judge, nothing_else, of_the_body, warning_signs_at

WEAKNESS = """
urgency = "call-today"
when = { yes = "sore-toe" }
to_patient = "Call us."
to_clinic = "Look at the toe."
"""
TOE = """
[[questions]]
id = "sore-toe"
text = "Is your toe sore?"
short = "sore toe"
"""


def asked(library, site, day):
    return [question.id for question in diary_questions(site=parse_site(site, library), day=day, library=library)]


def test_pain_comes_first_then_the_most_urgent_each_before_what_follows_from_it(library):
    assert asked(library, "lumbar-facet", 1) == [
        "pain",
        "bladder-or-saddle",
        "breathless",
        "drowsy-or-confused",
        "fever",
        "headache",
        "headache-stays",
        "heart",
        "heat",
        "numb-mouth",
        "redness",
        "severe-new-pain",
        "stiff-neck",
        "stroke-signs",
        "swelling",
        "throat-swelling",
        "weakness",
        "weakness-worse",
        "leaking",
        "rash",
        "worry",
        "bruise",
        "acetaminophen-taken",
        "nsaid-taken",
    ]


def test_a_knee_is_asked_about_the_joint_and_not_about_the_spine(library):
    spine, knee = set(asked(library, "lumbar-facet", 1)), set(asked(library, "knee:left", 1))
    assert spine - knee == {"bladder-or-saddle", "headache", "headache-stays", "stiff-neck"}
    assert knee - spine == {"joint-locked"}


def test_a_neck_is_asked_about_electric_shocks_too(library):
    assert set(asked(library, "cervical-facet", 1)) - set(asked(library, "lumbar-facet", 1)) == {"electric-shocks"}


def test_later_days_ask_what_only_later_days_can_tell(library):
    days = [set(asked(library, "knee:left", day)) for day in range(10)]
    new = {day: days[day] - days[day - 1] for day in range(1, 10) if days[day] != days[day - 1]}
    assert new == {4: {"pain-worse"}, 7: {"still-worse"}}
    assert "pain-worse" in asked(library, "sacroiliac", 3)
    assert "pain-worse" not in asked(library, "sacroiliac", 2)


def test_a_question_that_follows_brings_the_one_it_follows_and_both_are_heard(library_with):
    stays = WEAKNESS.replace("sore-toe", "headache-stays") + "where = { spinal = false }"
    library = library_with(("warnings/knee-headache", stays))
    assert asked(library, "knee:left", 0)[4:6] == ["headache", "headache-stays"]
    report = {"headache": True, "headache-stays": False}
    watch = judge(report, site=parse_site("knee:left", library), day=0, library=library)
    assert [finding.warning for finding in watch.findings] == ["headache-after-spinal-injection"]


def test_every_question_is_asked_somewhere(library):
    shown = {id for entry in site_kinds(library) for id in asked(library, entry.id, 14)}
    assert shown == {
        question.id
        for entry in warning_signs_at(parse_site("cervical-facet", library), library=library)
        for question in entry.body.questions
    } | {"joint-locked"}


def test_a_new_warning_brings_its_question_with_it(library_with):
    library = library_with(("warnings/sore-toe", WEAKNESS + TOE))
    assert "sore-toe" in asked(library, "ankle:left", 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (WEAKNESS, "reads 'sore-toe', which no warning asks as a yes-no question"),
        (WEAKNESS.replace("sore-toe", "pain"), "reads 'pain', which no warning asks as a yes-no question"),
        (
            WEAKNESS.replace('yes = "sore-toe"', 'at_least = { question = "fever", value = 3 }'),
            "reads 'fever', which no warning asks as a scale question",
        ),
        (WEAKNESS.replace("sore-toe", "fever") + TOE, "no warning reads the answer to 'sore-toe'"),
        (
            WEAKNESS.replace("sore-toe", "fever") + TOE.replace("sore-toe", "fever"),
            "the question 'fever' is already asked",
        ),
        (WEAKNESS + TOE + 'follows = "nobody"', "'sore-toe' must follow a question that follows no other"),
        (WEAKNESS + TOE + 'follows = "weakness-worse"', "'sore-toe' must follow a question that follows no other"),
    ],
)
def test_questions_that_do_not_fit_together_are_refused_with_the_files_name(library_with, text, says):
    library = library_with(("warnings/sore-toe", text))
    with pytest.raises(LibraryError, match=says) as error:
        asked(library, "knee:left", 0)
    assert "warnings/" in str(error.value)


def test_nothing_else_is_an_explicit_no_to_everything_that_was_listed():
    listed = (Question(PAIN, "", "", Kind.SCALE), Question("fever", "", ""), Question("heat", "", ""))
    assert nothing_else(listed, pain=3) == {"pain": 3, "fever": False, "heat": False}


@pytest.mark.parametrize("pain", [0, 10, 4.5])
def test_pain_goes_from_0_to_10(pain):
    assert nothing_else((Question(PAIN, "", "", Kind.SCALE),), pain=pain) == {"pain": pain}


@pytest.mark.parametrize("pain", [-1, 11, 10.1, float("nan"), float("inf"), True, "5"])
def test_a_pain_off_the_scale_is_refused(pain):
    with pytest.raises(BadInput) as error:
        nothing_else((Question(PAIN, "", "", Kind.SCALE),), pain=pain)
    assert str(error.value) == f"diary: 'pain' takes a number from 0 to 10, not {pain!r}"


@pytest.mark.parametrize("answer", [1, 0, "yes", "no", 2.0])
def test_a_yes_or_no_takes_nothing_else(judged, answer):
    with pytest.raises(BadInput) as error:
        judged("knee:left", 1, pain=1, fever=answer)
    assert str(error.value) == f"diary: 'fever' takes true, false or nothing, not {answer!r}"


def test_a_question_nobody_asks_is_refused_and_those_there_are_are_named(judged):
    with pytest.raises(BadInput, match=r"^diary: there is no question 'feever'; there are: .*, fever, "):
        judged("knee:left", 1, feever=True)


def test_the_signs_of_a_site_stand_most_urgent_first(library):
    signs = warning_signs_at(parse_site("knee:left", library), library=library)
    ranks = [entry.body.urgency.rank for entry in signs]
    assert ranks == sorted(ranks, reverse=True)
    assert [entry.id for entry in signs][:7] == [
        "anaesthetic-toxicity",
        "breathless-or-chest-pain",
        "face-or-throat-swelling",
        "joint-locked-and-inflamed",
        "septic-joint",
        "stroke-signs-or-collapse",
        "weakness-getting-worse",
    ]


def test_what_is_said_of_the_whole_body_may_come_from_another_place_and_what_is_said_of_the_needle_may_not(library):
    body = {"fever": True, "breathless": False, "headache": None}
    place = {"pain": 6, "redness": True, "heat": True, "swelling": 7, "bruise": False}
    assert of_the_body(body | place | {"asked-by-an-older-diary": True}, library=library) == body
