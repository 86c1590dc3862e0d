"""What is kept of an entry fits into its column. SQLite keeps any length; PostgreSQL refuses what is too long.

A form whose version took 92 letters could be answered on SQLite and never on PostgreSQL.
"""

import pytest

from enthesis.catalogue import kind_called
from enthesis.knowledge import Library
from enthesis.registry.models import Course, SurveyResponse

LIBRARY = Library.shipped()
KEPT = (
    ("conditions", Course, "condition"),
    ("treatments", Course, "treatment"),
    ("protocols", Course, "protocol"),
    ("instruments", SurveyResponse, "instrument"),
)
BROUGHT = 60  # letters a clinic's own wording adds to the version of a licensed form, and some to spare


def entries(folder):
    return LIBRARY.entries(folder, kind_called(folder).shape)


def room(model, column):
    return model._meta.get_field(column).max_length


@pytest.mark.parametrize(("folder", "model", "column"), KEPT)
def test_the_name_of_every_entry_fits(folder, model, column):
    assert [entry.id for entry in entries(folder) if len(entry.id) > room(model, column)] == []


def test_the_version_of_every_instrument_fits_and_a_clinics_own_wording_beside_it():
    long = [
        one.id for one in entries("instruments") if len(one.body.version) + BROUGHT > room(SurveyResponse, "version")
    ]
    assert long == []
