"""After the injection: what is normal today, what needs a call, and what needs an ambulance."""

import pytest

from enthesis.knowledge import Library, parse_site
from enthesis.recovery import (
    PLEASE_ANSWER,
    Urgency,
    diary_days,
    diary_questions,
    expected_on,
    judge,
    nothing_else,
    preparation,
    together,
)

LIBRARY = Library.shipped()
BACK, NECK, KNEE, SHOULDER, ELBOW = (
    parse_site(text, LIBRARY)
    for text in (
        "lumbar-facet:L4/5:right",
        "cervical-facet:C4/5:left",
        "knee:left",
        "shoulder:right",
        "lateral-epicondyle:right",
    )
)


def reported(site, day, *, pain=3, hours=None, before=(), **signs):
    """One day's diary: pain, what was ticked (true) or left open (None), and an explicit no to everything else."""
    asked = diary_questions(site=site, day=day, library=LIBRARY)
    answers = dict(nothing_else(asked, pain=pain)) | {name.replace("_", "-"): answer for name, answer in signs.items()}
    earlier = [(d, {"pain": p}) for d, p in before]
    return judge(answers, site=site, day=day, hours_since=hours, earlier=earlier, library=LIBRARY)


def told(lines):
    return " ".join(line.text for line in lines)


# the normal week


def test_two_taps_tell_that_all_is_as_expected():
    asked = diary_questions(site=BACK, day=2, library=LIBRARY)
    watch = judge(nothing_else(asked, pain=5), site=BACK, day=2, library=LIBRARY)
    assert (watch.urgency, watch.findings, watch.unanswered) == (Urgency.EXPECTED, (), ())


def test_some_swelling_and_a_bruise_on_the_second_day_are_expected():
    watch = reported(KNEE, 2, swelling=True, bruise=True)
    assert watch.urgency is Urgency.EXPECTED
    assert watch.to_patient == (
        "A bruise is common in the first 7 days. Call us if it keeps getting bigger.",
        (
            "Some swelling is common in the first 7 days. "
            "If the place gets hot or red, or you cannot move it, tell us right away."
        ),
    )


def test_an_anti_inflammatory_taken_too_early_is_advice_and_not_a_scolding():
    watch = reported(KNEE, 3, nsaid_taken=True)
    assert watch.urgency is Urgency.EXPECTED
    assert watch.to_patient[0].startswith("Thank you for telling us.")


def test_a_flare_that_eases_is_expected_although_it_came_after_a_calm_first_day():
    assert reported(KNEE, 4, pain=5, before=[(1, 2), (2, 7), (3, 6)]).urgency is Urgency.EXPECTED


def test_the_diary_ends_after_a_week_when_the_last_day_was_as_expected():
    assert diary_days(KNEE, library=LIBRARY, last=reported(KNEE, 7)) == range(1, 8)


def test_the_diary_goes_on_for_a_second_week_when_the_pain_is_still_worse_than_before():
    watch = reported(KNEE, 7, still_worse=True)
    assert watch.urgency is Urgency.WATCH
    assert diary_days(KNEE, library=LIBRARY, last=watch) == range(1, 15)


# infection


def test_a_hot_swollen_knee_is_an_emergency_without_any_fever():
    watch = reported(KNEE, 3, swelling=True, heat=True)
    assert watch.urgency is Urgency.EMERGENCY_NOW
    assert watch.to_patient == (
        "Go to an emergency room now. The joint may be infected, even with no fever. Do not wait for morning.",
    )


def test_a_hot_swollen_tendon_needs_a_call_the_same_day():
    assert reported(ELBOW, 3, swelling=True, heat=True).urgency is Urgency.CALL_TODAY


def test_fever_after_a_knee_injection_needs_a_call_and_after_a_back_injection_an_emergency_room():
    assert reported(KNEE, 4, fever=True).urgency is Urgency.CALL_TODAY
    assert reported(BACK, 4, fever=True).urgency is Urgency.EMERGENCY_NOW


def test_back_pain_that_climbs_on_day_3_needs_a_call_though_there_is_no_fever():
    watch = reported(BACK, 3, pain=6, before=[(1, 4), (2, 4)])
    assert [finding.warning for finding in watch.findings] == ["spinal-pain-rising"]
    assert watch.findings[0].because == "day 3: pain 6 of 10, up from 4"


def test_knee_pain_that_climbs_after_day_3_needs_a_call():
    assert reported(KNEE, 3, pain=6, before=[(2, 4)]).urgency is Urgency.EXPECTED
    assert reported(KNEE, 4, pain=6, before=[(2, 4)]).urgency is Urgency.CALL_TODAY


def test_days_without_a_diary_hide_no_trend_because_the_patient_is_asked_too():
    assert reported(KNEE, 5, pain=6).urgency is Urgency.EXPECTED
    assert reported(KNEE, 5, pain=6, pain_worse=True).urgency is Urgency.CALL_TODAY
    assert reported(KNEE, 5, pain=6, pain_worse=None).urgency is Urgency.WATCH


def test_a_flare_is_watched_on_day_7_and_called_about_on_day_8():
    assert reported(KNEE, 7, still_worse=True).urgency is Urgency.WATCH
    assert reported(KNEE, 8, still_worse=True).urgency is Urgency.CALL_TODAY


# the lung


@pytest.mark.parametrize("site", [NECK, SHOULDER, parse_site("thoracic-facet", LIBRARY)], ids=str)
def test_breathlessness_two_days_after_a_neck_shoulder_or_upper_back_injection_may_be_a_collapsed_lung(site):
    watch = reported(site, 2, breathless=True)
    assert watch.urgency is Urgency.EMERGENCY_NOW
    assert watch.findings[0].warning == "pneumothorax"


def test_breathlessness_is_an_emergency_after_a_knee_injection_too():
    assert reported(KNEE, 5, breathless=True).urgency is Urgency.EMERGENCY_NOW


# nerves and spinal cord


def test_a_numb_leg_is_watched_while_the_anaesthetic_lasts_and_an_emergency_after_four_hours():
    assert reported(BACK, 0, hours=3.9, weakness=True).urgency is Urgency.WATCH
    assert reported(BACK, 0, hours=4, weakness=True).urgency is Urgency.EMERGENCY_NOW


def test_a_numb_leg_is_not_excused_when_nobody_knows_how_many_hours_ago():
    assert reported(BACK, 0, weakness=True).urgency is Urgency.EMERGENCY_NOW


def test_a_numb_hand_four_hours_after_an_elbow_injection_needs_a_call():
    assert reported(ELBOW, 0, hours=4, weakness=True).urgency is Urgency.CALL_TODAY


def test_the_anaesthetic_never_excuses_the_bladder_or_weakness_that_spreads():
    assert reported(BACK, 0, hours=1, bladder_or_saddle=True).urgency is Urgency.EMERGENCY_NOW
    assert reported(BACK, 0, hours=1, weakness=True, weakness_worse=True).urgency is Urgency.EMERGENCY_NOW


def test_severe_new_back_pain_with_a_weak_leg_is_an_emergency_within_the_first_hour():
    assert reported(BACK, 0, hours=1, weakness=True, severe_new_pain=True).urgency is Urgency.EMERGENCY_NOW


def test_a_headache_that_lying_down_eases_needs_a_call_and_one_that_it_does_not_ease_an_ambulance():
    assert reported(BACK, 2, headache=True).urgency is Urgency.CALL_TODAY
    assert reported(BACK, 2, headache=True, headache_stays=True).urgency is Urgency.EMERGENCY_NOW
    assert reported(BACK, 2, headache=True, drowsy_or_confused=True).urgency is Urgency.EMERGENCY_NOW


def test_electric_shocks_after_a_neck_injection_are_an_emergency():
    assert reported(NECK, 1, electric_shocks=True).urgency is Urgency.EMERGENCY_NOW


# what was not said


def test_a_red_flag_left_open_is_not_a_no():
    watch = reported(BACK, 2, bladder_or_saddle=None)
    assert (watch.urgency, watch.unanswered) == (Urgency.WATCH, ("bladder-or-saddle",))
    assert watch.to_patient == (PLEASE_ANSWER,)


def test_a_yes_is_heard_even_where_the_question_is_not_asked():
    assert reported(KNEE, 2, bladder_or_saddle=True).urgency is Urgency.EMERGENCY_NOW


def test_two_sites_of_one_session_are_as_urgent_as_the_worse_of_them():
    watch = together(reported(KNEE, 4, fever=True), reported(BACK, 4, fever=True))
    assert [finding.warning for finding in watch.findings] == ["spinal-infection", "infection-signs"]


# what patients are told by day


def test_a_week_before_patients_hear_about_anti_inflammatories_and_that_nothing_prescribed_is_stopped():
    lines = [line for line in preparation(site=KNEE, library=LIBRARY) if line.holds_on(-7)]
    assert [line.advice for line in lines] == [
        "prepare-call-us",
        "prepare-prescribed-medicines",
        "prepare-anti-inflammatories",
        "prepare-herbs",
    ]
    assert lines[1].text.startswith("Do not stop any medicine a doctor gave you, unless that doctor says so.")


def test_after_a_back_injection_nobody_drives_home_and_nobody_bathes_for_two_days():
    assert "Do not drive today." in told(expected_on(site=BACK, day=0, library=LIBRARY).avoid)
    bathing = ["No bath" in told(expected_on(site=BACK, day=day, library=LIBRARY).avoid) for day in range(4)]
    assert bathing == [True, True, True, False]


def test_ice_after_a_back_injection_is_as_the_clinic_has_chosen():
    chosen = {"avoid-ice-and-heat-first-day": "cold-pack"}
    default = told(expected_on(site=BACK, day=0, library=LIBRARY).avoid)
    own = told(expected_on(site=BACK, day=0, library=LIBRARY, choices=chosen).avoid)
    assert "use neither ice nor heat" in default
    assert "a cold pack in a cloth is fine" in own


def test_soreness_is_common_at_first_and_should_ease_from_day_4():
    def lines(day):
        return [line.advice for line in expected_on(site=KNEE, day=day, library=LIBRARY).expect]

    assert [day for day in range(10) if "expect-flare" in lines(day)] == [0, 1, 2, 3]
    assert [day for day in range(10) if "expect-easing" in lines(day)] == [4, 5, 6, 7]
