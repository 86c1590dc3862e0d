"""Every figure is a picture that can be drawn, words that say it, and the table it was drawn from."""

import csv
import io
import xml.etree.ElementTree as ElementTree

import altair as alt
import pytest

from enthesis.evidence import network, pairwise, trials_from
from enthesis.evidence.certainty import Concern
from enthesis.evidence.figures import NAMES, Line, Naming, drawn_up, figure
from enthesis.evidence.figures.naming import signed
from enthesis.evidence.figures.studies import studies
from enthesis.knowledge import BadInput

ROWS = [
    ("a", "saline", 30, 0.0), ("a", "dextrose", 30, -1.2),
    ("b", "saline", 25, 0.1), ("b", "dextrose", 25, -0.8),
    ("c", "saline", 40, 0.0), ("c", "exercise", 40, -0.4),
    ("d", "dextrose", 35, -1.0), ("d", "exercise", 35, -0.5),
    ("e", "saline", 20, 0.2), ("e", "dextrose", 20, -0.9), ("e", "exercise", 20, -0.6),
]  # fmt: skip
NAMING = Naming("MD", {"saline": "saline injection"}, {"a": "Trial A 2001"}, important=0.5, what="points")
BIAS = {"a": Concern.NONE, "b": Concern.MAJOR, "d": Concern.MAJOR}


def made(rows=ROWS, measure="MD"):
    names = ("study", "treatment", "n", "mean") if measure == "MD" else ("study", "treatment", "n", "events")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    if measure == "MD":
        columns["sd"] = [2.0] * len(rows)
    return network(trials_from(columns, keep_names=True), measure=measure, reference="saline")


FOUND = made()
every_figure = pytest.mark.parametrize("name", NAMES)


@every_figure
def test_it_is_drawn_by_a_valid_specification(name):
    drawn = figure(name, FOUND, NAMING, BIAS).chart
    assert alt.Chart.from_dict(drawn.to_dict(validate=True)) is not None


@every_figure
def test_its_svg_is_an_image_with_a_title_and_words(name):
    shown = figure(name, FOUND, NAMING, BIAS)
    root = ElementTree.fromstring(shown.svg())
    title, desc = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}" == f"{name}-title {name}-desc"
    assert (title.text, desc.text) == (shown.title, shown.words)


@every_figure
def test_its_table_has_a_cell_for_each_column_and_comes_back_from_csv(name):
    shown = figure(name, FOUND, NAMING, BIAS)
    header, *rows = csv.reader(io.StringIO(shown.csv()))
    assert tuple(header) == shown.columns
    assert len(rows) == len(shown.rows) > 0
    for row, cells in zip(rows, shown.rows, strict=True):
        assert row == ["" if cell is None else str(cell) for cell in cells]


def test_it_can_be_saved_as_png():
    assert figure("funnel", FOUND, NAMING, BIAS).png(scale=0.5).startswith(b"\x89PNG")


def test_a_figure_nobody_draws_is_refused_with_those_there_are():
    with pytest.raises(BadInput, match="figure: there is no 'pie'; there are: graph, forest, league, split, funnel"):
        figure("pie", FOUND, NAMING, BIAS)


def test_the_graph_counts_people_of_treatments_and_trials_and_bias_of_comparisons():
    rows = figure("graph", FOUND, NAMING, BIAS).rows
    people = {row[1]: row[4] for row in rows if row[0] == "treatment"}
    edges = {(row[1], row[2]): (row[3], row[5]) for row in rows if row[0] == "comparison"}
    assert people == {"saline injection": 115, "dextrose": 110, "exercise": 95}
    assert edges == {
        ("dextrose", "exercise"): (2, "high"),
        ("dextrose", "saline injection"): (3, "high"),
        ("exercise", "saline injection"): (2, "some or unclear"),
    }


def test_the_forest_has_every_treatment_against_the_reference_the_best_first():
    shown = figure("forest", FOUND, NAMING, BIAS)
    assert [row[0] for row in shown.rows] == ["dextrose", "exercise"]
    row = FOUND.between("dextrose", "saline")
    assert shown.rows[0][2:5] == (row.random["estimate"], row.random["lower"], row.random["upper"])
    assert shown.title == "Each treatment against saline injection"


def test_ratios_are_shown_as_ratios():
    rows = [("a", "saline", 30, 10), ("a", "dextrose", 30, 20), ("b", "saline", 30, 12), ("b", "dextrose", 30, 18)]
    found = made(rows, "OR")
    shown = figure("forest", found, Naming("OR", better="higher is better"), {})
    log = found.between("dextrose", "saline").random["estimate"]
    assert shown.rows[0][2] == pytest.approx(2.718281828459045**log)
    assert "odds ratio (higher is better)" in shown.words
    assert alt.Chart.from_dict(shown.chart.to_dict(validate=True)) is not None


def test_every_row_of_contributions_adds_to_one():
    rows = figure("contributions", FOUND, NAMING, BIAS).rows
    for estimate in {row[0] for row in rows}:
        assert sum(row[2] for row in rows if row[0] == estimate) == pytest.approx(1)


def test_the_chances_of_all_ranks_of_a_treatment_add_to_one():
    rows = figure("rankogram", FOUND, NAMING, BIAS).rows
    for name in {row[0] for row in rows}:
        assert sum(row[2] for row in rows if row[0] == name) == pytest.approx(1)


def test_a_study_alone_in_its_comparison_lies_on_the_middle_line_of_the_funnel():
    alone = made([*ROWS[:4], ("x", "exercise", 20, -0.5), ("x", "saline", 20, 0.0)])
    rows = {row[:2]: row[2] for row in figure("funnel", alone, NAMING, BIAS).rows}
    assert rows["x", "exercise vs saline injection"] == pytest.approx(0)
    assert rows["Trial A 2001", "dextrose vs saline injection"] != pytest.approx(0)


def test_baujats_plot_is_of_the_comparison_with_most_studies_and_its_parts_add_to_q():
    shown = figure("baujat", made(ROWS[:4]), NAMING, BIAS)
    assert [row[0] for row in shown.rows] == ["Trial A 2001", "b"]
    assert sum(row[1] for row in shown.rows) == pytest.approx(made(ROWS[:4]).q().total.value)


def test_the_split_forest_puts_the_most_at_odds_first_and_draws_no_more_than_ten():
    rows = figure("split", FOUND, NAMING, BIAS).rows
    ps = [float(row[-1].removeprefix("P = ")) for row in rows if row[-1]]
    assert ps == sorted(ps)
    assert [row[1] for row in rows[:3]] == ["direct", "indirect", "network"]


def test_an_interval_wilder_than_the_network_does_not_stretch_the_axis():
    lines = [Line("calm", 0.0, -1.0, 1.0), Line("wild", 5.0, -90.0, 100.0, group="indirect")]
    spec = drawn_up(lines, NAMING, id="x", title="x").spec
    domains = [
        layer["encoding"]["x"]["scale"]["domain"]
        for layer in spec["layer"]
        if "domain" in layer["encoding"].get("x", {}).get("scale", {})
    ]
    assert domains[0] == pytest.approx([-1.1, 1.1])


def test_a_figure_without_lines_says_so_and_can_still_be_drawn():
    empty = drawn_up([], NAMING, id="x", title="Nothing")
    assert "No comparison to show" in empty.words
    assert empty.svg().startswith("<svg")


@pytest.mark.parametrize(
    ("value", "said"), [(-0.001, "0.00"), (0.0, "0.00"), (-1.005, "−1.00"), (2.345, "2.35"), (-0.006, "−0.01")]
)
def test_numbers_have_a_true_minus_and_nothing_has_no_sign(value, said):
    assert signed(value) == said


def test_words_that_come_from_a_file_cannot_become_markup():
    nasty = Naming("MD", {"dextrose": "<script>alert(1)</script>"})
    svg = figure("forest", FOUND, nasty, {}).svg()
    assert "<script>" not in svg
    assert ElementTree.fromstring(svg) is not None


def test_the_forest_of_two_treatments_has_each_study_its_weight_and_both_means():
    rows = [row for row in ROWS if row[1] != "exercise" and row[0] in "abe"]
    columns = dict(zip(("study", "treatment", "n", "mean"), zip(*rows, strict=True), strict=True)) | {
        "sd": [2.0] * len(rows)
    }
    found = pairwise(trials_from(columns), measure="MD", reference="saline")
    shown = studies(found, NAMING)

    assert [row[0] for row in shown.rows] == ["Trial A 2001", "b", "e", "common effect", "random effects"]
    assert sum(float(row[-1].rstrip("%")) for row in shown.rows[:3]) == pytest.approx(100, abs=0.2)
    assert shown.rows[-1][2] == pytest.approx(found.random.estimate)
    assert shown.rows[-1][5:7] == pytest.approx((found.prediction.lower, found.prediction.upper))
    alt.Chart.from_dict(shown.spec)
