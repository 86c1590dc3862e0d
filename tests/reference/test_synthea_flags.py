"""What a reader should find in the synthetic charts, as synthea_flags.csv lists it, and what ours finds."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from enthesis.fhir import read_bundle
from enthesis.screening import ItemKind, Route, State, Taking

FOLDER = Path(__file__).parents[1] / "data" / "fhir"
ROUTES = {"oral": Route.ORAL, "injected": Route.INJECTED, "transdermal": Route.OTHER}
TAKEN = {"active": {Taking.TAKING, Taking.AS_NEEDED}, "stopped": {Taking.STOPPED}}
STATES = {"active": State.ACTIVE, "resolved": State.PAST}
SEVERAL = {
    "7e4a4388-81ff-4ac9-b589-5335818cb5ff": "Lisinopril / Captopril / Enalapril / benazepril / quinapril / Ramipril"
}
with (FOLDER / "synthea_flags.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
DRUGS = [row for row in ROWS if row["route"]]


@cache
def chart_of(file):
    chart = read_bundle((FOLDER / "synthea" / file).read_bytes())
    return {item.evidence.split("/")[1]: item for item in chart.items}


def item_of(row):
    return chart_of(row["file"])[row["resource_id"]]


def named(row):
    return f"{row['file'][:10]}-{row['flag']}-{row['resource_id'][:8]}"


@pytest.mark.parametrize("row", DRUGS, ids=named)
def test_each_drug_is_found_with_its_name_route_standing_and_day(row):
    item = item_of(row)
    assert (item.kind, item.name, item.coded) == (ItemKind.MEDICINE, row["display"], True)
    assert (item.route, item.since) == (ROUTES[row["route"]], date.fromisoformat(row["date"]))
    assert item.state in TAKEN[row["status"]]
    assert item.last is None


@pytest.mark.parametrize("row", [row for row in ROWS if row["flag"] == "allergy"], ids=named)
def test_each_allergy_is_found_with_its_name_and_day(row):
    item = item_of(row)
    assert (item.kind, item.coded, item.since) == (ItemKind.ALLERGY, True, date.fromisoformat(row["date"]))
    # Where one resource names several substances, the list has the first of them; the item names them all.
    assert item.name == SEVERAL.get(row["resource_id"], row["display"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["flag"].startswith("condition:")], ids=named)
def test_each_condition_is_found_with_its_name_standing_and_day(row):
    item = item_of(row)
    assert (item.kind, item.name, item.coded) == (ItemKind.PROBLEM, row["display"], True)
    assert (item.state, item.since) == (STATES[row["status"]], date.fromisoformat(row["date"]))


def test_no_row_of_the_list_is_left_out():
    drugs, allergies = len(DRUGS), sum(row["flag"] == "allergy" for row in ROWS)
    conditions = sum(row["flag"].startswith("condition:") for row in ROWS)
    assert (drugs, allergies, conditions) == (99, 11, 78)
    assert drugs + allergies + conditions == len(ROWS)
    charts = [chart_of(f"patient-0{number}.json") for number in range(1, 7)]
    assert sum(len(chart) for chart in charts) == 981  # one of them says that somebody has died, which is a question
    assert (
        sum(
            item.kind == "measurement"
            for chart in charts
            for item in (chart.values() if isinstance(chart, dict) else chart)
        )
        == 4
    )
