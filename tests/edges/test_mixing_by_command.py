"""`enthesis mix` beyond two components, and `enthesis drawn`, as people type them."""

import json

import pytest
from tests.edges.test_command_line import enthesis, refused

__all__ = ["enthesis"]
PARTS = ("--part", "dextrose=15@50:hydrous", "--part", "lidocaine=0.2@1")


def test_any_parts_into_named_syringes(enthesis):
    said = json.loads(enthesis("mix", *PARTS, "--syringes", "3x10", "--weight-kg", 70, "--json").stdout)
    assert [syringe["name"] for syringe in said["syringes"]] == ["1 of 3", "2 of 3", "3 of 3"]
    assert (said["lidocaine_mg"], said["lidocaine_max_mg"], said["within_dose_limit"]) == (60.0, 300.0, True)
    words = enthesis("mix", *PARTS, "--syringes", "3x10", "--weight-kg", 70).stdout.splitlines()
    assert words[0] == (
        "Syringes 1 of 3 and 2 of 3 and 3 of 3, each (10 mL in a 10 mL syringe, read to 0.2 mL): "
        "net 15% dextrose, 0.2% lidocaine"
    )
    assert words[-1] == (
        "Session: 60 mg of lidocaine (plain), ceiling 300 mg (4.5 mg/kg, never above 300 mg): counts as 20%"
    )


def test_the_two_component_options_take_syringes_too(enthesis):
    two = ("--dextrose", 15, "--lidocaine", 0.2, "--syringes", "2x5", "--anhydrous")
    said = json.loads(enthesis("mix", *two, "--json").stdout)
    assert [one["form"] for one in said["components"]] == ["anhydrous", "plain"]
    only = json.loads(enthesis("mix", "--dextrose", 15, "--syringes", "2x5", "--json").stdout)
    assert [one["component"] for one in only["components"]] == ["dextrose"]


def test_a_weaker_vial_as_the_diluent(enthesis):
    said = enthesis("mix", "--part", "dextrose=15@50", "--diluent", "dextrose@5", "--volume-ml", 9).stdout.splitlines()
    assert said[:2] == [
        "Draw 2 mL of 50% dextrose (hydrous) stock: net 15%",
        "Draw 7 mL of 5% dextrose (hydrous) stock: net 15%",
    ]


def test_skin_elsewhere_and_the_stricter_limit(enthesis):
    given = ("--skin", "lidocaine@1=5", "--elsewhere", "lidocaine=60", "--limits", "strict", "--into", "soft-tissue")
    said = json.loads(enthesis("mix", *PARTS, "--volume-ml", 30, "--weight-kg", 50, *given, "--json").stdout)
    assert (said["session"]["share"], said["within_dose_limit"]) == (170 / 150, False)
    assert said["warnings"][-1].startswith("This holds 170 mg of lidocaine (60 mg in the mixture and 50 mg skin and")


def test_what_was_drawn(enthesis):
    draws = ("--draw", "dextrose@10=8", "--draw", "lidocaine@2=2mL")
    said = json.loads(enthesis("drawn", *draws, "--weight-kg", 70, "--json").stdout)
    assert [(one["component"], one["net_percent"]) for one in said["components"]] == [
        ("dextrose", 8.0),
        ("lidocaine", 0.4),
    ]
    assert (
        enthesis("drawn", *draws, "--weight-kg", 70).stdout.splitlines()[2]
        == "Net: 8% dextrose, 0.4% lidocaine, in 10 mL"
    )


def test_without_json_a_warning_follows_each_answer(enthesis):
    said = enthesis("mix", "--dextrose", 25, "--lidocaine", 0.75, "--volume-ml", 10).stdout.splitlines()
    assert (said[0], said[1][:26]) == ("This cannot be made.", "! This cannot be mixed: it")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("mix", "--part", "dextrose=0,2@50", "--volume-ml", "10"), "dextrose: '0,2' has a comma; write a decimal point, as in 12.5"),
        (("mix", "--dextrose", "0,2", "--lidocaine", "0", "--volume-ml", "10"), "dextrose: '0,2' has a comma; write a decimal point, as in 12.5"),
        (("mix", "--part", "dextrose=120@50", "--volume-ml", "10"), "dextrose: 120 percent is not accepted; expected 0 to 100 percent"),
        (("mix", "--part", "dextrose=15@50", "--volume-ml", "0"), "volume-ml: 0 mL is not accepted; expected 0.1 to 1000 mL"),
        (("mix", *PARTS, "--volume-ml", "10", "--weight-kg", "7"), "weight-kg: 7 kg is not accepted; expected 30 to 300 kg"),
        (("mix", *PARTS, "--volume-ml", "10", "--weight-kg", "1e400"), "weight-kg: '1e400' is not a number that can be read; expected one such as 10 or 12.5"),
        (("mix", *PARTS, "--dextrose", "5", "--volume-ml", "10"), "part: write every component as a --part, or none; --dextrose was given beside it"),
        (("mix", "--syringes", "3x10"), "part: nothing to mix was named; expected such as --part dextrose=15@50:hydrous"),
        (("mix", "--dextrose", "15", "--volume-ml", "10"), "lidocaine: --lidocaine is missing; expected it, or any number of --part such as dextrose=15@50"),
        (("mix", "--dextrose", "15", "--lidocaine", "0"), "volume-ml: --volume-ml is missing; expected it, or any number of --part such as dextrose=15@50"),
        (("drawn", "--draw", "saline=-1"), "volume-ml: -1 mL of saline cannot be drawn; expected more than 0 mL"),
        (("drawn",), "Missing option '--draw'."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_one_line(enthesis, words, line):
    assert refused(enthesis, *words) == f"enthesis: {line}\n"
