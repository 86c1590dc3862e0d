"""How long a mixed syringe is kept, vials out of date, and the label that says both."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from enthesis.knowledge import BadInput, Library, LibraryError
from enthesis.mixing import Handling, Lot, handling, label, require_in_date, run_handling_example, what_is_it

LIBRARY = Library.shipped()
MORNING = datetime(2026, 11, 26, 9, 5, tzinfo=UTC)
USUAL = handling(LIBRARY)


def test_an_hour_unless_the_clinic_sets_another_time():
    assert handling(LIBRARY) == USUAL
    assert USUAL.discard_by(MORNING) == datetime(2026, 11, 26, 10, 5, tzinfo=UTC)
    assert USUAL.discard_by(MORNING, "2.5") == datetime(2026, 11, 26, 11, 35, tzinfo=UTC)
    assert USUAL.discard_by(MORNING, "0.255") == datetime(2026, 11, 26, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize("hours", ["0.25", "1", "4"])
def test_times_that_sources_allow(hours):
    assert USUAL.hours(hours) == Fraction(hours)


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("0.2", "discard-hours: 0.2 hours is not accepted; expected 0.25 to 4 hours"),
        ("4.1", "discard-hours: 4.1 hours is not accepted; expected 0.25 to 4 hours"),
        ("-1", "discard-hours: -1 hours is not accepted; expected 0.25 to 4 hours"),
        ("1,5", "discard-hours: '1,5' has a comma; write a decimal point, as in 12.5"),
    ],
)
def test_times_that_no_source_allows(hours, sentence):
    with pytest.raises(BadInput) as refused:
        USUAL.hours(hours)
    assert str(refused.value) == sentence


def test_a_handling_that_contradicts_itself_does_not_load():
    for options, sentence in (
        ((2.0, 1.0), "longest_hours: expected no less than discard_after_hours"),
        ((0.0, 1.0), "discard_after_hours: 0.0 was found; expected a number above 0"),
    ):
        with pytest.raises(LibraryError) as refused:
            Handling("s", *options)
        assert str(refused.value) == sentence
    assert Handling("s", 1.0, 1.0).hours() == 1


def test_its_examples():
    for example in LIBRARY.entry("handling", "mixed-syringe", Handling).examples:
        run_handling_example(USUAL, example, LIBRARY)
    for given, answer in (({"hours": "5"}, "refused"), ({}, "1"), (7, "1"), ({"hours": 2}, "2")):
        with pytest.raises(AssertionError) as wrong:
            run_handling_example(USUAL, {"story": "s", "given": given, "expect": "9"}, LIBRARY)
        assert str(wrong.value) == f"s: 9 was expected, and the entry gives {answer}"
    run_handling_example(USUAL, {"story": "s", "expect": "1"}, LIBRARY)


def test_a_vial_may_be_used_on_its_last_day_and_not_after():
    for lot in (Lot("A1", date(2026, 11, 26)), Lot("A1"), Lot()):
        require_in_date("50% dextrose", lot, on=MORNING.date())
    for lot, words in ((Lot("A1", date(2026, 11, 25)), "lot A1"), (Lot("", date(2026, 11, 25)), "this lot")):
        with pytest.raises(BadInput) as refused:
            require_in_date("50% dextrose", lot, on=MORNING.date())
        assert str(refused.value) == (
            f"lot: {words} of 50% dextrose expired on 2026-11-25; expected one in date on 2026-11-26"
        )


def made(*draws):
    return what_is_it(LIBRARY, draws=draws).made


def test_the_label_of_one_of_three_syringes_with_its_lots():
    syringe = made("dextrose@50=3", "bacteriostatic-water=7")
    dextrose, water = (draw.stock for draw in syringe.draws)
    printed = label(
        syringe,
        prepared_by="A. Nurse",
        prepared_at=MORNING,
        discard_by=USUAL.discard_by(MORNING),
        name="1 of 3",
        lots={dextrose: Lot("DX1", date(2027, 1, 31)), water: Lot("", date(2027, 2, 1))},
    )
    assert printed.lines == (
        "Syringe 1 of 3",
        "10 mL in all",
        "Dextrose: net 15%; from 3 mL of 50% dextrose (hydrous) stock, lot DX1, expires 2027-01-31",
        "Bacteriostatic water; from 7 mL of bacteriostatic-water stock, expires 2027-02-01",
        "Osmolarity not known, at least 756 mOsm/L without the bacteriostatic-water",
        "Prepared by A. Nurse at 2026-11-26 09:05",
        "Discard by 2026-11-26 10:05",
    )


def test_a_lot_without_a_date_and_no_lot_at_all():
    syringe = made("dextrose@50=3", "saline=7")
    printed = label(syringe, prepared_by="", prepared_at=MORNING, lots={syringe.draws[0].stock: Lot("DX1")})
    assert [one.lot for one in printed.contents] == [", lot DX1", ""]
    assert (printed.name, printed.prepared, printed.discard) == (
        "",
        "Prepared by ________ at 2026-11-26 09:05",
        "Discard by ________",
    )


def test_no_label_is_printed_from_a_vial_out_of_date():
    syringe = made("dextrose@50=3", "saline=7")
    with pytest.raises(BadInput, match=r"^lot: lot S of 0\.9% saline expired on 2026-11-25"):
        label(
            syringe, prepared_by="A", prepared_at=MORNING, lots={syringe.draws[1].stock: Lot("S", date(2026, 11, 25))}
        )


def test_two_vials_of_one_drug_are_one_amount_on_the_label():
    """The amount beside the net strength is that of the whole syringe, wherever it came from."""
    syringe = made("lidocaine@1=1", "lidocaine@2=1")
    assert [one.net for one in label(syringe, prepared_by="A", prepared_at=MORNING).contents] == [
        ": net 1.5%, 30 mg in all",
        ": net 1.5%, 30 mg in all",
    ]
