"""The process that sends is killed again and again at any moment: everybody gets the message, nobody gets it twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.clinic.servers import mail_server
from tests.edges.outbox_house import DUE

PEOPLE = 24
ROOT = Path(__file__).parents[2]
HOUSE = [sys.executable, str(Path(__file__).with_name("outbox_house.py"))]


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    """A folder with a registry in which everybody's six weeks fall on one day."""
    folder = tmp_path_factory.mktemp("registry")
    subprocess.run([*HOUSE, "fill", str(PEOPLE)], check=True, env=environment(folder, ""), cwd=ROOT, timeout=300)
    return folder


def environment(folder, smtp):
    kept = {name: value for name, value in os.environ.items() if name != "ENTHESIS_DATABASE_URL"}
    here = {"ENTHESIS_DATA": str(folder), "ENTHESIS_SMTP": smtp, "ENTHESIS_MAIL_FROM": "q@clinic.test"}
    return kept | here | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


def a_round(folder, smtp):
    command = [*HOUSE, "round", f"{DUE.isoformat()}T10:00:00+00:00"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=environment(folder, smtp), cwd=ROOT, **pipes)


def test_killed_at_random_moments_it_still_writes_to_everybody_once(registry):
    """Two copies may exist of what was handed over in the very moment of a kill: they are one message by reference."""
    chance = random.Random(20301)
    with mail_server() as (smtp, box):
        kills = 0
        while len(box.letters) < PEOPLE - 4 and kills < 40:
            before = len(box.letters)
            running = a_round(registry, smtp)
            wanted = before + chance.randint(1, 4)
            until = time.monotonic() + 60
            while len(box.letters) < wanted and running.poll() is None and time.monotonic() < until:
                time.sleep(0.001)
            running.send_signal(signal.SIGKILL)
            running.communicate(timeout=60)
            kills += 1
        said, error = a_round(registry, smtp).communicate(timeout=120)
        assert error == ""
        assert kills >= 3
        references = Counter(letter["Message-ID"] for letter in box.letters)
        by_address = {letter["To"]: letter["Message-ID"] for letter in box.letters}
    assert sorted(by_address) == sorted(f"person{number}@home.test" for number in range(PEOPLE))
    assert len(references) == PEOPLE
    # Each kill can leave at most the one letter in doubt that was being handed over.
    assert sum(references.values()) - PEOPLE <= kills
    assert "'sent'" in said


def test_a_second_process_keeps_away_while_one_sends(registry):
    import fcntl

    with (registry / "messages.lock").open("w") as file, mail_server() as (smtp, box):
        fcntl.flock(file, fcntl.LOCK_EX)
        second = a_round(registry, smtp)
        _, error = second.communicate(timeout=120)
        assert second.returncode != 0
        assert "another process is sending messages" in error
        assert box.letters == []
