"""Packs and wording by command: the same acts as the pages, and a plain no where they do not fit."""

from tests.core.outcomes.test_outcomes_wording import as_csv
from tests.edges.test_command_line import enthesis, refused, written

__all__ = ["enthesis", "written"]


def test_a_pack_is_turned_on_by_command_and_off_again(enthesis):
    assert "promis: PROMIS short forms (HealthMeasures), not turned on" in enthesis("instrument", "packs").stdout
    assert "say that you have read" in refused(enthesis, "instrument", "accept", "promis")
    assert "there is no pack 'other'" in refused(enthesis, "instrument", "accept", "other", "--i-have-read-the-terms")
    enthesis("instrument", "accept", "promis", "--i-have-read-the-terms")
    assert "(HealthMeasures), turned on" in enthesis("instrument", "packs").stdout
    enthesis("instrument", "off", "promis", "--reason", "permission withdrawn")
    assert "is not turned on" in refused(enthesis, "instrument", "off", "promis", "--reason", "again")


def test_a_wording_is_brought_and_forgotten_by_command(enthesis, written):
    file, licence = written("ndi.csv", as_csv("ndi")), ("--licence", "no. 12 of the owner")
    assert "wording of ndi" in refused(enthesis, "instrument", "forget", "ndi", "--reason", "x")
    wrong = written("short.csv", as_csv("ndi").rpartition("\n")[0])
    assert "ndi_10: this question has no wording yet" in refused(
        enthesis, "instrument", "wording", "ndi", wrong, *licence
    )
    assert "cannot be read" in refused(enthesis, "instrument", "wording", "ndi", "nowhere.csv", *licence)
    enthesis("instrument", "wording", "ndi", file, *licence)
    enthesis("instrument", "forget", "ndi", "--reason", "the licence has ended")
    assert "no wording of ndi" in refused(enthesis, "instrument", "forget", "ndi", "--reason", "again")
    enthesis("audit", "verify")
