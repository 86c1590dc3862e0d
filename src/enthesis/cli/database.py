"""The database, for commands that need it: brought up to date on first use, never a half-made one."""

import os
from typing import TYPE_CHECKING

from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enthesis.clinic.permissions import Actor


def set_up(mode: str | None = None, *, migrate: bool = True) -> None:
    """Load Django and bring the tables up to date, unless whoever asks does that.

    Raises BadInput for settings that cannot work.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enthesis.settings")
    if mode:
        os.environ["ENTHESIS_MODE"] = mode
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        django.setup()
        _migrate() if migrate else _reach()
    except (ImproperlyConfigured, OSError) as error:
        raise BadInput(str(error)) from error
    except OperationalError as error:
        raise BadInput(f"the database cannot be reached: {str(error).strip().splitlines()[0]}") from error


def clinic_and_operator(slug: str = "") -> "tuple[int, Actor]":
    """The clinic a command is for (the only one, if there is one) and whoever stands at this machine."""
    set_up()
    from enthesis.clinic.operator import clinic_for, operator

    clinic = clinic_for(slug)
    return clinic.pk, operator(clinic)


def clinics_and_operator(slugs: "Sequence[str]" = ()) -> "tuple[tuple[int, ...], Actor]":
    """The clinics named, or every one, and whoever stands at this machine. Raises NotFound for a clinic not there."""
    set_up()
    from enthesis.clinic.operator import clinic_for, every_clinic, operator_of

    places = tuple(clinic_for(slug) for slug in slugs) or every_clinic()
    return tuple(place.pk for place in places), operator_of(places)


def _reach() -> None:
    from django.db import connection

    connection.ensure_connection()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
