"""The research export as the operator types it: documented, anonymous, logged, whole or not at all."""

import json
from datetime import timedelta

import fhirkit
import pytest
from django.utils import timezone
from django_scopes import scopes_disabled
from tests.edges.test_outcomes_pages import people
from typer.testing import CliRunner

from enthesis.cli.main import app
from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.outcomes.researching import export_research
from enthesis.fhir.export.research_study import research_study
from enthesis.knowledge import BadInput
from enthesis.registry.models import AuditEvent


@pytest.fixture
def full(harbour):
    with scopes_disabled():
        people(harbour, 12)
    return harbour


def exported(house, by=None, **more):
    today = timezone.localdate()
    asked = {"by": by or house.director, "clinic": house.clinic.pk, "on": today, "today": today, "purpose": "a thesis"}
    return export_research(**asked | more)


def test_what_leaves_is_logged_and_holds_nothing_that_leads_back(full):
    made = exported(full)
    assert made.anonymity.k_after >= 5
    text = str(made.snapshot.table.to_pylist()) + str(made.snapshot.book)
    assert not any(word in text for word in ("Silva", "Maria", "harbour@", "test|"))
    assert "further column" not in text
    event = AuditEvent.objects.get(verb="exported for research")
    assert (event.after["purpose"], event.after["k"]) == ("a thesis", made.anonymity.k_after)
    assert event.after["content"] == made.snapshot.book.digest


def test_only_the_director_exports_and_says_why(full, hillside):
    for actor in (full.clinician, full.coordinator, hillside.director):
        with pytest.raises(NotAllowed, match="export data for research"):
            exported(full, by=actor)
    with pytest.raises(BadInput, match="what the data are for"):
        exported(full, purpose=" ")
    with pytest.raises(BadInput, match="has not come yet"):
        exported(full, on=timezone.localdate() + timedelta(days=1))


def test_a_clinic_with_too_few_people_exports_nobody(harbour):
    with scopes_disabled():
        people(harbour, 3)
    with pytest.raises(BadInput, match="nobody is left to export"):
        exported(harbour)


def test_the_study_is_valid_fhir(full):
    made = exported(full)
    conditions = made.snapshot.table["condition"].unique().to_pylist()
    study = research_study(made.snapshot.book, purpose="a thesis", conditions=conditions, treatments=made.treatments)
    assert [str(issue) for issue in fhirkit.validate(study)] == []
    assert study["arm"][0]["name"] == "dextrose-prolotherapy"


def test_the_folder_appears_whole_or_not_at_all(full, tmp_path):
    done = CliRunner().invoke(
        app, ["research-export", str(tmp_path / "out"), "--purpose", "a thesis", "--clinic", "harbour", "--json"]
    )
    assert done.exit_code == 0, done.output
    said = json.loads(done.output)
    assert said["k_after"] >= 5
    names = [
        "README.md",
        "ResearchStudy.json",
        "scores.codebook.json",
        "scores.codebook.md",
        "scores.csv",
        "scores.parquet",
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert "the smallest group has" in (tmp_path / "out" / "README.md").read_text()
    again = CliRunner().invoke(app, ["research-export", str(tmp_path / "out"), "--purpose", "x", "--clinic", "harbour"])
    assert isinstance(again.exception, BadInput)
    refused = CliRunner().invoke(
        app, ["research-export", str(tmp_path / "other"), "--purpose", "", "--clinic", "harbour"]
    )
    assert isinstance(refused.exception, BadInput)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "data") == ["out"]
