"""A death that a record told of before there was a place for it is known after the update."""

from importlib import import_module

from django.apps import apps
from django_scopes import scopes_disabled
from tests.clinic.conftest import harbour

from enthesis.registry.models import Patient
from enthesis.screening import ChartItem, ItemKind

__all__ = ["harbour"]  # the clinic of the other stories
MOVE = import_module("enthesis.registry.migrations.0022_patient_died").note_those_read


def test_who_has_died_is_known_and_nobody_else_is_taken_for_dead(harbour):
    said = "the record says that this patient has died; the record says that another one has replaced it"
    dead = harbour.patient(ChartItem(ItemKind.UNREAD, "Patient/1", said, coded=False), key="test|1")
    harbour.patient(ChartItem(ItemKind.UNREAD, "Patient/2", said.partition("; ")[2], coded=False), key="test|2")
    with scopes_disabled():
        MOVE(apps, None)
        assert list(Patient.objects.filter(died=True).values_list("pk", flat=True)) == [dead]
