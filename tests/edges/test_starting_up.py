"""What production refuses to start with."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "ENTHESIS_MODE": "production",
    "ENTHESIS_SECRET_KEY": "k3y-of-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ENTHESIS_HOSTS": "clinic.example",
}


def started(tmp_path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ENTHESIS_")}
    return subprocess.run(
        [sys.executable, "-m", "enthesis", "audit", "verify"],
        env=kept | {"ENTHESIS_DATA": str(tmp_path)} | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_production_with_a_key_and_its_own_host_starts(tmp_path):
    assert started(tmp_path, **GOOD).returncode == 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ENTHESIS_SECRET_KEY": ""}, "ENTHESIS_SECRET_KEY"),
        ({"ENTHESIS_SECRET_KEY": "short"}, "ENTHESIS_SECRET_KEY"),
        ({"ENTHESIS_SECRET_KEY": "a" * 60}, "ENTHESIS_SECRET_KEY"),
        ({"ENTHESIS_HOSTS": ""}, "ENTHESIS_HOSTS"),
        ({"ENTHESIS_HOSTS": "*"}, "ENTHESIS_HOSTS"),
        ({"ENTHESIS_HOSTS": ".example"}, "ENTHESIS_HOSTS"),
        ({"ENTHESIS_MODE": "prod"}, "ENTHESIS_MODE"),
        ({"ENTHESIS_DATABASE_URL": "mysql://x"}, "ENTHESIS_DATABASE_URL"),
    ],
)
def test_a_production_on_defaults_or_wildcards_refuses_in_one_line(tmp_path, wrong, says):
    done = started(tmp_path, **(GOOD | wrong))
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_fresh_installation_has_no_account_at_all(db):
    from enthesis.registry.models import Clinic, User

    assert (User.objects.count(), Clinic.objects.count()) == (0, 0)


def test_no_migration_is_missing(db):
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
