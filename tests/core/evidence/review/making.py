"""A small review made up for tests: nobody was ever treated in it."""

from dataclasses import replace
from datetime import date

from enthesis.evidence.review import (
    About,
    Arm,
    Better,
    Bias,
    Difference,
    Group,
    Node,
    Outcome,
    Review,
    Scores,
    Site,
    Terms,
    Trial,
)
from enthesis.knowledge import Entry
from enthesis.knowledge import entry as entries

NODES = ("dextrose", "saline-injection", "exercise", "no-treatment")
ABOUT = About(
    version="1",
    question="Does it help?",
    citation="made up",
    searched="never",
    read="nothing",
    reference="saline-injection",
    licence=Terms("none needed", "made up for tests"),
    nodes=tuple(
        Node(id, id.replace("-", " "), Group.DEXTROSE if id == "dextrose" else Group.WITHOUT_NEEDLE) for id in NODES
    ),
    conditions=(Site("knee", "Knee"), Site("elbow", "Elbow")),
    outcomes=(
        Outcome("pain", "Pain", 0.5, 0.2, 1.25, "made up", (0.0, 10.0)),
        Outcome("stairs", "Stairs", 1.0, 0.2, 1.25, "made up"),
    ),
    usual_weeks=26,
)


def trial(id, *, condition="knee", bias=Bias.UNCLEAR, **more):
    return Trial(id, f"Paper {id}", "https://example.org", condition, "Table 1", "parallel", bias, "made up", **more)


def arm(trial, node, mean, *, week=26, sd=2.0, n=20, kind=Scores.CHANGE, **more):
    given = {"outcome": "pain", "instrument": "VAS", "scale_min": 0.0, "scale_max": 10.0, "better": Better.LOWER} | more
    name = given.pop("arm", node)
    return Arm(
        trial,
        name,
        node,
        kind=kind,
        locator="Table 1",
        address="https://example.org",
        read_again=True,
        week=week,
        n=n,
        mean=mean,
        sd=sd,
        **given,
    )


def counted(trial, node, events, *, n=20, week=26, **more):
    return Arm(
        trial,
        node,
        node,
        "pain",
        "NRS",
        Scores.EVENTS,
        "Table 2",
        "https://example.org",
        True,
        week=week,
        n=n,
        events=events,
        events_of="half the pain gone",
        **more,
    )


def printed(trial, node, versus, estimate, *, week=26, half=1.0, **more):
    given = {
        "scale_min": 0.0,
        "scale_max": 100.0,
        "better": Better.LOWER,
        "low": estimate - half,
        "high": estimate + half,
    } | more
    return Difference(
        trial,
        node,
        versus,
        "pain",
        "VAS",
        Scores.CHANGE,
        estimate,
        "Table 3",
        "https://example.org",
        True,
        week=week,
        **given,
    )


def made(trials, arms=(), differences=(), **more):
    sheet = entries.Review("somebody", date(2026, 1, 1), date(2027, 1, 1))
    return Review(
        Entry("evidence", "made-up", "Made up", replace(ABOUT), (), sheet),
        tuple(trials),
        tuple(arms),
        tuple(differences),
        **more,
    )
