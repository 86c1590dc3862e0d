"""What a person cannot mean is refused in one sentence that names the option; the ends of each range are accepted."""

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import mix

LIBRARY = Library.shipped()
USUAL = {"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10"}


def mixed(**options):
    return mix(LIBRARY, **(USUAL | options))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"dextrose": "120"}, "dextrose: 120 percent is not accepted; expected 0 to 100 percent"),
        ({"dextrose": "-1"}, "dextrose: -1 percent is not accepted; expected 0 to 100 percent"),
        (
            {"dextrose": "100", "dextrose_stock": "50"},
            ("dextrose: 100% cannot be made from a weaker stock; expected at most 50%, or a stronger dextrose-stock"),
        ),
        (
            {"lidocaine": "1.1"},
            ("lidocaine: 1.1% cannot be made from a weaker stock; expected at most 1%, or a stronger lidocaine-stock"),
        ),
        ({"dextrose_stock": "70.1"}, "dextrose-stock: 70.1 percent is not accepted; expected 0.01 to 70 percent"),
        ({"lidocaine_stock": "10"}, "lidocaine-stock: 10 percent is not accepted; expected 0.01 to 4 percent"),
        ({"lidocaine_stock": "0.009"}, "lidocaine-stock: 0.009 percent is not accepted; expected 0.01 to 4 percent"),
        ({"volume_ml": "0"}, "volume-ml: 0 mL is not accepted; expected 0.1 to 1000 mL"),
        ({"volume_ml": "-10"}, "volume-ml: -10 mL is not accepted; expected 0.1 to 1000 mL"),
        ({"volume_ml": "0.5", "syringe_ml": "20"}, "volume-ml: 0.5 mL is not accepted; expected 1 to 1000 mL"),
        ({"volume_ml": "1000.1"}, "volume-ml: 1000.1 mL is not accepted; expected 0.1 to 1000 mL"),
        ({"weight_kg": "7"}, "weight-kg: 7 kg is not accepted; expected 30 to 300 kg"),
        ({"weight_kg": "700"}, "weight-kg: 700 kg is not accepted; expected 30 to 300 kg"),
        ({"weight_kg": "0"}, "weight-kg: 0 kg is not accepted; expected 30 to 300 kg"),
        ({"dextrose": "0", "lidocaine": "0"}, "dextrose: there is nothing to mix; expected a strength above 0 percent"),
        ({"diluent": "juice"}, "diluent: 'juice' is not on the shelf; expected saline, water or bacteriostatic-water"),
        (
            {"diluent": "x" * 30},
            f"diluent: {'x' * 20!r} is not on the shelf; expected saline, water or bacteriostatic-water",
        ),
        ({"dextrose_form": "wet"}, "form: there is no form 'wet'; expected hydrous or anhydrous"),
        ({"dextrose": "x"}, "dextrose: 'x' is not a number that can be read; expected one such as 10 or 12.5"),
        (
            {"dextrose_stock": "x"},
            "dextrose-stock: 'x' is not a number that can be read; expected one such as 10 or 12.5",
        ),
        ({"volume_ml": "7,5"}, "volume-ml: '7,5' has a comma; write a decimal point, as in 12.5"),
        ({"weight_kg": "7,5"}, "weight-kg: '7,5' has a comma; write a decimal point, as in 12.5"),
    ],
)
def test_what_cannot_be_meant_is_refused_naming_the_option(options, sentence):
    with pytest.raises(BadInput) as refused:
        mixed(**options)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "options",
    [
        {"dextrose": "50", "lidocaine": "0"},
        {"dextrose": "70", "dextrose_stock": "70", "lidocaine": "0"},
        {"lidocaine_stock": "4"},
        {"lidocaine_stock": "0.01", "lidocaine": "0.001"},
        {"volume_ml": "1000"},
        {"volume_ml": "0.1", "dextrose": "50", "lidocaine": "0"},
        {"weight_kg": "30"},
        {"weight_kg": "300"},
    ],
)
def test_the_ends_of_every_range_are_accepted(options):
    assert mixed(**options).feasible
