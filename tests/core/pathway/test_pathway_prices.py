"""Prices and estimates: exact to the cent, itemised, and nothing coded as something else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.pathway import Per, codes_offered, estimate, priced, treatments

LIBRARY = Library.shipped()
DEXTROSE = "dextrose-prolotherapy"
SESSION = {"what": "Session", "per": "session", "amount": "350", "treatment": DEXTROSE, "code": "M0076"}
FIRST = {"what": "First visit", "per": "course", "amount": "120.50", "spanish": "Primera visita"}


def listed(*lines, currency="USD"):
    return priced(currency=currency, lines=lines, library=LIBRARY)


def refusal(**changes):
    with pytest.raises(BadInput) as refused:
        listed(FIRST, SESSION | changes)
    return str(refused.value)


def test_three_sessions_and_a_first_visit():
    made = estimate(listed(FIRST, SESSION), treatment=DEXTROSE, sessions=3)
    assert [(item.what, item.quantity, str(item.each), str(item.amount), item.code) for item in made.items] == [
        ("First visit", 1, "120.50", "120.50", ""),
        ("Session", 3, "350.00", "1050.00", "M0076"),
    ]
    assert (str(made.total), made.currency, made.sessions) == ("1170.50", "USD", 3)
    assert made.items[0].spanish == "Primera visita"


def test_the_only_procedure_code_offered_for_prolotherapy_is_m0076():
    assert [(code.code, code.title) for code in codes_offered(LIBRARY, DEXTROSE)] == [("M0076", "Prolotherapy")]


def test_no_other_treatment_and_no_price_for_any_treatment_offers_a_code():
    others = [entry.id for entry in treatments(LIBRARY) if entry.id != DEXTROSE]
    assert [codes_offered(LIBRARY, id) for id in [*others, ""]] == [()] * (len(others) + 1)


@pytest.mark.parametrize("code", ["20550", "20610", "64493", "0232T", "m0076", "M0076 "[:-1] + "x"])
def test_nothing_is_coded_as_something_else(code):
    assert refusal(code=code) == f"line 2: code: {code!r} is no code of this treatment; its codes are: M0076"


def test_prolotherapys_code_is_not_lent_to_other_treatments():
    assert refusal(treatment="prp") == "line 2: code: 'M0076' is no code of this treatment; its codes are: none"
    assert refusal(treatment="") == "line 2: code: 'M0076' is no code of this treatment; its codes are: none"


@pytest.mark.parametrize("amount", ["", "-1", "1,50", "1.505", "1e3", "٣", "NaN", "1000000", "free", "350.", ".5"])
def test_an_amount_is_a_plain_decimal_with_at_most_two_places(amount):
    assert refusal(amount=amount) == (
        f"line 2: amount: an amount such as 350 or 350.00 was expected, with a decimal point, not {amount!r}"
    )


@pytest.mark.parametrize("amount", ["0", "0.00", "999999.99", "0.5"])
def test_both_ends_of_an_amount_are_allowed(amount):
    assert listed(SESSION | {"amount": amount}).lines[0].amount == Decimal(amount)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"what": ""}, "line 2: what: say what the price is for"),
        ({"what": "x" * 121}, "line 2: what: at most 120 characters were expected"),
        ({"spanish": "x" * 121}, "line 2: spanish: at most 120 characters were expected"),
        ({"what": "a\x00"}, "line 2: what: at most 120 characters were expected"),
        ({"per": "month"}, "line 2: per: one of course, session was expected, not 'month'"),
        ({"per": ""}, "line 2: per: one of course, session was expected, not ''"),
    ],
)
def test_a_price_that_cannot_be_is_refused_by_line_and_field(changes, sentence):
    assert refusal(**changes) == sentence


def test_a_treatment_that_is_not_there_has_no_price():
    assert refusal(treatment="leeches", code="").startswith("treatment: there is no treatment 'leeches'")


def test_the_longest_words_are_allowed():
    assert listed(SESSION | {"what": "x" * 120, "spanish": "y" * 120}).lines[0].what == "x" * 120


def test_a_list_has_a_known_currency_and_a_price():
    with pytest.raises(BadInput, match="^currency: one of USD, CAD, EUR, GBP, AUD, NZD, MXN was expected, not 'usd'$"):
        listed(SESSION, currency="usd")
    with pytest.raises(BadInput, match="^lines: a price list has at least one price$"):
        listed()


@pytest.mark.parametrize("sessions", [0, -1, 61])
def test_the_number_of_sessions_is_a_likely_one(sessions):
    with pytest.raises(BadInput, match=f"^sessions: a whole number from 1 to 60 was expected, not {sessions}$"):
        estimate(listed(SESSION), treatment=DEXTROSE, sessions=sessions)


@pytest.mark.parametrize("treatment", ["prp", "corticosteroid"])
def test_an_estimate_without_a_price_of_the_session_is_no_estimate(treatment):
    with pytest.raises(BadInput, match=f"^prices: the price list has no price of a session of {treatment}$"):
        estimate(listed(FIRST, SESSION), treatment=treatment, sessions=1)


def test_a_price_once_for_the_course_is_not_the_price_of_a_session():
    with pytest.raises(BadInput, match="no price of a session"):
        estimate(listed(SESSION | {"per": "course"}), treatment=DEXTROSE, sessions=1)


def test_prices_of_other_treatments_stay_out():
    other = {"what": "PRP", "per": "session", "amount": "900", "treatment": "prp"}
    assert [item.what for item in estimate(listed(SESSION, other), treatment=DEXTROSE, sessions=1).items] == ["Session"]


cents = st.integers(0, 99_999_999).map(lambda number: f"{number // 100}.{number % 100:02}")


@given(st.lists(st.tuples(cents, st.sampled_from(list(Per))), max_size=8), cents, st.integers(1, 60))
def test_the_total_is_the_sum_of_its_lines_to_the_cent(more, each, sessions):
    lines = [{"what": f"Line {n}", "per": per.value, "amount": amount} for n, (amount, per) in enumerate(more)]
    made = estimate(listed(*lines, SESSION | {"amount": each}), treatment=DEXTROSE, sessions=sessions)
    in_cents = sum(int(amount.replace(".", "")) * (sessions if per is Per.SESSION else 1) for amount, per in more)
    assert int(made.total * 100) == in_cents + int(each.replace(".", "")) * sessions
    assert made.total == sum(item.amount for item in made.items)
    assert made.total.as_tuple().exponent == -2


@given(cents, st.integers(1, 59))
def test_one_session_more_never_costs_less(each, sessions):
    prices = listed(FIRST, SESSION | {"amount": each})
    one, more = (estimate(prices, treatment=DEXTROSE, sessions=number) for number in (sessions, sessions + 1))
    assert more.total - one.total == Decimal(each)
