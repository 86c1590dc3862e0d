"""The session's anaesthetic as one sum: mixtures, skin, elsewhere; label limits, the stricter ones, several drugs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import (
    Ceiling,
    Draw,
    Given,
    Limits,
    anaesthetics_in,
    composition,
    diluent,
    had,
    into_the_skin,
    session_cautions,
    session_dose,
    stock_of,
)

F = Fraction
LIBRARY = Library.shipped()
PLAIN, EPINEPHRINE, BUPIVACAINE = (
    stock_of(LIBRARY, name, percent=F(percent), form=form)
    for name, percent, form in (
        ("lidocaine", "1", "plain"),
        ("lidocaine", "2", "with-epinephrine"),
        ("bupivacaine", "0.5", "plain"),
    )
)
DEXTROSE = stock_of(LIBRARY, "dextrose", percent=F(50))


def of(stock, mg, where="in the mixture"):
    return Given(stock.component, F(mg), stock.ceiling, stock.form, where)


def summed(*given, kg="70", limits=Limits.LABEL):
    return session_dose(given, weight_kg=None if kg is None else F(kg), limits=limits)


def test_skin_and_two_mixtures_are_one_sum():
    session = summed(of(PLAIN, 120), of(PLAIN, 90), into_the_skin(Draw(PLAIN, F(3))), kg="50")
    assert [(dose.component, dose.form, dose.mg, dose.max_mg) for dose in session.doses] == [
        ("lidocaine", "plain", 240, 225)
    ]
    assert (session.share, session.within, session.drugs) == (F(240, 225), False, ("lidocaine",))
    assert session_cautions(session) == (
        (
            "This holds 240 mg of lidocaine (210 mg in the mixture and 30 mg skin), more than the ceiling of 225 mg for a "
            "healthy adult (4.5 mg/kg, never above 300 mg); do not give it in one session."
        ),
    )


def test_a_dose_is_told_by_its_own_parts_and_not_by_those_of_another_drug():
    session = summed(of(PLAIN, 200), of(BUPIVACAINE, 10, "skin"), of(PLAIN, 0, "elsewhere that day"), of(PLAIN, 101))
    assert session_cautions(session)[0] == (
        "This holds 301 mg of lidocaine, more than the ceiling of 300 mg for a healthy adult "
        "(4.5 mg/kg, never above 300 mg); do not give it in one session."
    )


def test_the_last_milligram_is_allowed_and_one_more_is_not():
    assert [summed(of(PLAIN, 295), of(PLAIN, mg)).within for mg in (5, "5.001")] == [True, False]


def test_one_drug_in_two_forms_is_held_to_each_ceiling_in_part():
    """150 of 300 and 245 of 490 mg: half and half, for 70 kg."""
    session = summed(of(PLAIN, 150), of(EPINEPHRINE, 245))
    assert session.shares == (F(1, 2), F(1, 2))
    assert (session.share, session.within, session.drugs, session_cautions(session)) == (1, True, ("lidocaine",), ())
    over = summed(of(PLAIN, 150), of(EPINEPHRINE, 246))
    assert over.within is False
    assert session_cautions(over) == (
        (
            "Together the local anaesthetics are more than a healthy adult may have in one session; "
            "do not give them in one session."
        ),
    )


def test_two_drugs_are_summed_by_their_parts_and_the_unread_ceiling_is_said():
    session = summed(of(PLAIN, 150), of(BUPIVACAINE, 70))
    assert (session.shares, session.within) == ((F(1, 2), F(1, 2)), True)
    assert session_cautions(session) == (
        (
            "The ceiling of 2 mg/kg, never above 175 mg for bupivacaine could not be read on a label and is unverified; "
            "read the label of the vial before it is used."
        ),
        (
            "This holds 2 local anaesthetics (lidocaine, bupivacaine); their toxic effects add up, "
            "and labels advise against mixing them."
        ),
    )
    assert summed(of(PLAIN, 150), of(BUPIVACAINE, "70.1")).within is False


def test_without_a_weight_nothing_is_calculated_but_the_fixed_ceiling_still_holds():
    session = summed(of(PLAIN, 301), kg=None)
    assert (session.share, session.within, session.doses[0].max_mg) == (None, None, None)
    assert session_cautions(session)[1] == (
        "This holds 301 mg of lidocaine, more than the ceiling of 300 mg for a healthy adult "
        "(4.5 mg/kg, never above 300 mg); do not give it in one session."
    )


def test_one_part_that_cannot_be_judged_leaves_the_whole_unjudged():
    unknown = Given("novocainum", F(1), None)
    session = summed(of(PLAIN, 10), unknown)
    assert (session.shares, session.share, session.within) == ((F(10, 300), None), None, None)
    assert session_cautions(session)[0] == ("No ceiling for novocainum is known here, so its dose was not judged.")
    strict = summed(of(PLAIN, 10), unknown, limits=Limits.STRICT)
    assert strict.shares == (F(10, 210), None)


@pytest.mark.parametrize(
    ("stock", "kg", "label", "strict"),
    [
        (PLAIN, 50, 225, 150),
        (PLAIN, 70, 300, 210),
        (PLAIN, 100, 300, 210),
        (EPINEPHRINE, 50, 350, 300),
        (EPINEPHRINE, 100, 500, 420),
        (BUPIVACAINE, 60, 120, 120),
        (BUPIVACAINE, 100, 175, 140),
    ],
)
def test_the_stricter_practice_counts_at_most_70_kg(stock, kg, label, strict):
    for limits, most in ((Limits.LABEL, label), (Limits.STRICT, strict)):
        assert summed(of(stock, 10), kg=kg, limits=limits).doses[0].max_mg == most


def test_a_ceiling_without_a_stricter_one_stays():
    ceiling = Ceiling(F(7), F(350), from_label=False)
    assert ceiling.strict() is ceiling
    stricter_than_label = Ceiling(F(1), F(50), strict_mg_per_kg=F(3)).strict()
    assert (stricter_than_label.mg_per_kg, stricter_than_label.mg, stricter_than_label.from_label) == (1, 50, True)


def test_the_stricter_practice_counts_two_drugs_as_the_more_toxic():
    """Bupivacaine has the lower ceiling, 140 mg: 100 mg of lidocaine count as 100 of 140."""
    session = summed(of(PLAIN, 100), of(BUPIVACAINE, 40), limits=Limits.STRICT)
    assert (session.as_one, session.shares, session.within) == (True, (F(100, 140), F(40, 140)), True)
    assert summed(of(PLAIN, 101), of(BUPIVACAINE, 40), limits=Limits.STRICT).within is False
    alone = summed(of(PLAIN, 210), of(BUPIVACAINE, 0), limits=Limits.STRICT)
    assert (alone.as_one, alone.shares, alone.within) == (False, (1, 0), True)
    weightless = summed(of(PLAIN, 100), of(BUPIVACAINE, 40), limits=Limits.STRICT, kg=None)
    assert (weightless.as_one, weightless.shares) == (True, (None, None))
    assert summed(of(PLAIN, 100), of(BUPIVACAINE, 40)).as_one is False


def test_over_the_stricter_limit_says_whose_limit_it_is():
    assert session_cautions(summed(of(PLAIN, 211), limits=Limits.STRICT)) == (
        (
            "This holds 211 mg of lidocaine, more than the stricter ceiling of 210 mg for a healthy adult "
            "(3 mg/kg, never above 210 mg); do not give it in one session."
        ),
    )


def test_what_is_in_a_mixture_counts_by_what_was_injected():
    made = composition([Draw(DEXTROSE, F(3)), Draw(PLAIN, F(2)), Draw(diluent(LIBRARY, "saline"), F(5))])
    [whole], [half] = (anaesthetics_in(made, where="knee", given_ml=ml) for ml in (None, F(5)))
    assert (whole.component, whole.form, whole.mg, whole.where, whole.ceiling) == (
        "lidocaine",
        "plain",
        20,
        "knee",
        PLAIN.ceiling,
    )
    assert half.mg == 10
    assert anaesthetics_in(made, where="knee", given_ml=F(0))[0].mg == 0
    assert anaesthetics_in(made, where="knee", given_ml=F(10))[0].mg == 20
    with pytest.raises(BadInput, match=r"^given-ml: 10\.1 mL is not accepted; expected 0 to 10 mL$"):
        anaesthetics_in(made, where="knee", given_ml=F("10.1"))
    with pytest.raises(BadInput, match=r"^given-ml: -1 mL"):
        anaesthetics_in(made, where="knee", given_ml=F(-1))


def test_only_an_anaesthetic_goes_into_the_skin():
    given = into_the_skin(Draw(EPINEPHRINE, F(2)))
    assert (given.component, given.form, given.mg, given.where) == ("lidocaine", "with-epinephrine", 40, "skin")
    with pytest.raises(BadInput) as refused:
        into_the_skin(Draw(DEXTROSE, F(2)))
    assert str(refused.value) == "skin: dextrose is no local anaesthetic; expected one, such as lidocaine"


def test_what_was_had_elsewhere_is_an_amount_of_a_known_drug():
    patch = had(LIBRARY, "lidocaine", mg="100")
    assert patch == Given("lidocaine", F(100), PLAIN.ceiling, "plain", "elsewhere that day")
    assert had(LIBRARY, "lidocaine", mg="2000", form="with-epinephrine", where="record").where == "record"
    for component, mg, sentence in (
        ("dextrose", "1", ("elsewhere that day: 'dextrose' is no local anaesthetic known here; "
         "expected bupivacaine, lidocaine or procaine")),
        ("x" * 30, "1", (f"elsewhere that day: '{'x' * 20}' is no local anaesthetic known here; "
         "expected bupivacaine, lidocaine or procaine")),
        ("lidocaine", "-1", "lidocaine elsewhere that day: -1 mg is not accepted; expected 0 to 2000 mg"),
        ("lidocaine", "2000.1", "lidocaine elsewhere that day: 2000.1 mg is not accepted; expected 0 to 2000 mg"),
        ("lidocaine", "1,5", "lidocaine elsewhere that day: '1,5' has a comma; write a decimal point, as in 12.5"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            had(LIBRARY, component, mg=mg)
        assert str(refused.value) == sentence


def test_less_than_nothing_cannot_have_been_given():
    with pytest.raises(BadInput) as refused:
        of(PLAIN, -1)
    assert str(refused.value) == "lidocaine: -1 mg cannot have been given; expected 0 mg or more"
    assert of(PLAIN, 0).mg == 0


@pytest.mark.parametrize("kg", ["7", "700", "0"])
def test_a_weight_nobody_has_stops_the_sum(kg):
    with pytest.raises(BadInput, match=r"^weight-kg: \d+ kg is not accepted; expected 30 to 300 kg$"):
        summed(kg=kg)


def test_nothing_given_is_within():
    assert (summed(kg=None).share, summed(kg=None).within, summed().doses) == (0, True, ())


amounts = st.fractions(min_value=0, max_value=400, max_denominator=10)
weights = st.integers(30, 299)


@given(amounts, amounts, weights, st.sampled_from(Limits))
def test_limits_are_monotone_in_weight_and_in_dose(lidocaine, bupivacaine, kg, limits):
    given_ = (of(PLAIN, lidocaine), of(BUPIVACAINE, bupivacaine))
    lighter, heavier = (summed(*given_, kg=weight, limits=limits) for weight in (kg, kg + 1))
    assert lighter.share >= heavier.share
    assert summed(*given_, of(PLAIN, 1), kg=kg, limits=limits).share > lighter.share


@given(amounts, amounts, weights)
def test_the_stricter_practice_never_allows_what_the_label_does_not(lidocaine, bupivacaine, kg):
    label, strict = (
        summed(of(PLAIN, lidocaine), of(BUPIVACAINE, bupivacaine), kg=kg, limits=limits) for limits in Limits
    )
    assert strict.share >= label.share


@given(st.lists(amounts, max_size=5), weights)
def test_how_a_dose_is_divided_changes_nothing(parts, kg):
    apart, together = summed(*(of(PLAIN, mg) for mg in parts), kg=kg), summed(of(PLAIN, sum(parts)), kg=kg)
    assert apart.share == together.share
