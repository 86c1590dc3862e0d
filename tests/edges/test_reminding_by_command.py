"""`enthesis remind` as a machine runs it: what it says, what it leaves with, and what the outbox knows afterwards.

Against real servers: none, one that refuses, one that hangs up, one that is busy and then not.
"""

import json
import os
import signal
import socketserver
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError
from tests.clinic.servers import mail_server

from enthesis.cli.messages import remind
from enthesis.clinic.messages import Told
from enthesis.knowledge import BadInput

HOUSE = """
import sys
from enthesis.cli.database import set_up
set_up()
from datetime import datetime, timedelta, timezone
from tests.clinic.conftest import house
from tests.edges.pages import treated
from enthesis.clinic.messages.choosing import choose_messages
from enthesis.registry.models import Due
from django_scopes import scopes_disabled
place = house("harbour")
now = datetime.now(tz=timezone.utc)
away = (now + timedelta(hours=10)).time(), (now + timedelta(hours=11)).time()
choose_messages(by=place.director, clinic=place.clinic.pk, address="https://q.clinic.test", signed="Your clinic",
                zone="UTC", quiet=away)
place.person |= {"email": "maria@home.test"}
treated(place)
with scopes_disabled():
    Due.objects.filter(key="diary-1-1").update(on=now.date(), opens=now.date())
"""
OUTBOX = """
import json
from enthesis.cli.database import set_up
set_up()
from django_scopes import scopes_disabled
from enthesis.registry.models import Message
with scopes_disabled():
    Message.objects.filter(state="waiting").update(send_from="2000-01-01T00:00:00+00:00")
    print(json.dumps(list(Message.objects.values("state", "attempts", "failure"))))
"""


@pytest.fixture
def machine(tmp_path):
    """Runs something with a registry of its own in which one message is due today."""
    here = Machine(tmp_path)
    here.python(HOUSE)
    return here


class Machine:
    """One machine: its registry and what it was given to send by."""

    def __init__(self, folder):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ENTHESIS_")}
        path = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
        self.environment = kept | {"ENTHESIS_DATA": str(folder / "data"), "PYTHONPATH": path}

    def python(self, program):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def command(self, *words, smtp=""):
        given = {"ENTHESIS_SMTP": smtp, "ENTHESIS_MAIL_FROM": "q@clinic.test"} if smtp else {}
        return [sys.executable, "-m", "enthesis", "remind", *words], self.environment | given

    def once(self, *words, smtp=""):
        """The exit code, what was said, and what was complained of."""
        command, environment = self.command("--once", *words, smtp=smtp)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert "Traceback" not in done.stderr
        assert "maria@home.test" not in done.stdout + done.stderr
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    @property
    def outbox(self):
        """State, attempts and failure of every message, and the next try may come at once."""
        return [tuple(one.values()) for one in json.loads(self.python(OUTBOX))]


class Hangup(socketserver.BaseRequestHandler):
    """Greets, listens until it is told of a letter, and hangs up."""

    def handle(self):
        self.request.sendall(b"220 here\r\n")
        while said := self.request.recv(1024):
            if said.upper().startswith(b"MAIL"):
                return
            self.request.sendall(b"250 yes\r\n")


@contextmanager
def hanging_up():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Hangup) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_a_machine_without_a_mail_server_says_what_to_set_and_touches_nothing(machine):
    for words in (["--once"], ["--loop", "--every", "1"]):
        command, environment = machine.command(*words)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert (
            done.stderr == "enthesis: nothing to send with: set ENTHESIS_SMTP and ENTHESIS_MAIL_FROM, or ENTHESIS_SMS\n"
        )
    assert machine.outbox == []


def test_servers_that_are_away_hang_up_or_are_busy_leave_the_message_waiting_and_then_it_goes(machine):
    away = "the mail server is away (ConnectionRefusedError)"
    said = f"added 1, later 1; nothing goes by email: {away}"
    assert machine.once(smtp="smtp://127.0.0.1:9") == (0, said, "")
    assert machine.outbox == [("waiting", 0, away)]
    with hanging_up() as address:
        assert machine.once(smtp=address) == (0, "later 1", "")
    assert machine.outbox == [("waiting", 1, "the mail server hung up (SMTPServerDisconnected)")]
    with mail_server() as (address, box):
        box.busy = True
        assert machine.once(smtp=address) == (0, "later 1", "")
        assert machine.outbox == [("waiting", 2, "the mail server asked to wait (451)")]
        box.busy = False
        code, said, _ = machine.once("--json", smtp=address)
        assert (code, json.loads(said)["sent"], box.addressed) == (0, 1, ["maria@home.test"])
        assert [state for state, *_ in machine.outbox] == ["sent"]
        assert machine.once(smtp=address) == (0, "nothing to send", "")


def test_a_server_that_refuses_the_address_for_good_ends_it(machine):
    with mail_server() as (address, box):
        box.gone.add("maria@home.test")
        assert machine.once(smtp=address) == (0, "added 1, refused 1", "")
        assert machine.once(smtp=address) == (0, "nothing to send", "")
    assert machine.outbox == [("failed", 1, "the mail server refused the address for good (550)")]


def test_the_loop_outlives_a_server_that_is_away_and_leaves_quietly_when_stopped(machine):
    command, environment = machine.command("--loop", "--every", "1", smtp="smtp://127.0.0.1:9")
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        said = [running.stdout.readline().strip() for _ in range(2)]
        running.send_signal(signal.SIGINT)
        rest, complaint = running.communicate(timeout=60)
    finally:
        running.kill()
    away = "; nothing goes by email: the mail server is away (ConnectionRefusedError)"
    assert said == [f"added 1, later 1{away}", f"later 1{away}"]
    assert "Traceback" not in rest + complaint
    assert (running.returncode, complaint) == (130, "")
    assert [(state, attempts) for state, attempts, _ in machine.outbox] == [("waiting", 0)]


def test_the_loop_outlives_a_database_that_is_locked_for_a_while(db, monkeypatch, settings, tmp_path, capsys):
    settings.DATA, settings.SMTP, settings.MAIL_FROM = tmp_path, "smtp://127.0.0.1:9", "q@clinic.test"
    happens = iter([OperationalError("database is locked"), None, KeyboardInterrupt()])

    def a_round(**_):
        if (what := next(happens)) is not None:
            raise what
        return Told(1, 0, 1, 0, 0, 0)

    monkeypatch.setattr("enthesis.clinic.messages.remind_all", a_round)
    monkeypatch.setattr("enthesis.cli.messages.time.sleep", lambda _: None)
    monkeypatch.setattr("django.db.connection.close", lambda: None)  # the test's own transaction lives in it
    with pytest.raises(KeyboardInterrupt):
        remind(loop=True, every=1)
    said = capsys.readouterr()
    assert said.out == "added 1, sent 1\n"
    assert said.err == "enthesis: the database cannot be used (database is locked); tried again in 1 seconds\n"
    with pytest.raises(BadInput, match="database cannot be used"):
        happens = iter([OperationalError("database is locked")])
        remind(once=True)
