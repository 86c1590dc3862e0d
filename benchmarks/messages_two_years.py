"""Two years of reminders through the real loop and outbox, killed at random moments, and every message accounted for."""

import os
import random
import resource
import signal
import subprocess
import sys
import time as clock
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from benchmarks import messages_house as house
from benchmarks.messages_post import Post, post_office

ROOT = Path(__file__).parent.parent
END = datetime.combine(house.START + timedelta(days=house.DAYS), time(), tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """What came of it: each count that should be nothing is nothing, or the run failed."""

    expected: int
    sent: int
    missing: int
    unexpected: int
    quiet: int
    in_doubt: int
    kills: int
    seconds: float
    processor_seconds: float
    memory_mb: int

    @property
    def holds(self) -> bool:
        """Every due message once, none in quiet hours; twice only what was in doubt in the very moment of a kill."""
        return not (self.missing or self.unexpected or self.quiet) and self.in_doubt <= self.kills


def two_years(
    folder: Path,
    *,
    people: int,
    kills: int,
    seed: int = 20310101,
    days: int = house.DAYS,
    coming: int = house.COMING,
    every: int = 6,
) -> Found:
    """Build the clinics, let the loop run to the end with so many kills, and look at every message."""
    until = min(END, datetime.combine(house.START + timedelta(days=days), time(), tzinfo=UTC))
    (folder / "at").write_text(datetime.combine(house.START, time(), tzinfo=UTC).isoformat())
    (folder / "until").write_text(until.isoformat())
    (folder / "every").write_text(str(every))
    with post_office() as (smtp, post):
        environment = _environment(folder, smtp)
        _run(f"from benchmarks.messages_house import build; build({people}, {coming})", environment)
        began, used = clock.monotonic(), _used()
        done = _with_kills(folder, environment, kills, random.Random(seed), until)
        seconds, processor = clock.monotonic() - began, _used() - used
        return _judged(folder, post, house.expected(people, _last(until), coming), done, seconds, processor, until)


def _environment(folder: Path, smtp: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENTHESIS_")}
    here = {"ENTHESIS_DATA": str(folder), "ENTHESIS_SMTP": smtp, "ENTHESIS_MAIL_FROM": "q@clinic.test"}
    return (
        kept | here | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    )


def _run(code: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=ROOT)


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _with_kills(folder: Path, environment: dict[str, str], kills: int, chance: random.Random, until: datetime) -> int:
    """Start the loop again whenever it dies; kill it at points of the two years chosen by chance."""
    command = [sys.executable, str(ROOT / "benchmarks" / "messages_loop.py"), str(folder)]
    begin = datetime.fromisoformat((folder / "at").read_text())
    points = sorted(begin + (until - begin) * chance.random() for _ in range(kills))
    done = 0
    while True:
        process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        while process.poll() is None and (done == len(points) or _at(folder) < points[done]):
            clock.sleep(0.02)
        if process.poll() is None and done < len(points):
            clock.sleep(chance.random() * 0.2)
            process.send_signal(signal.SIGKILL)
            done += 1
        error = process.communicate()[1].decode()
        if process.returncode == 0:
            return done
        if process.returncode != -signal.SIGKILL:
            raise SystemExit(error)


def _at(folder: Path) -> datetime:
    return datetime.fromisoformat((folder / "at").read_text())


def _judged(
    folder: Path,
    post: Post,
    wanted: set[tuple[int, str, int]],
    kills: int,
    seconds: float,
    processor: float,
    until: datetime,
) -> Found:
    """Held against the expectation worked out apart; the last two days are left out, for the clinics' days differ."""
    last = _last(until)
    rows = _rows(folder)
    letters = Counter(house.reference(name) for name, _ in post.letters.elements())
    got = {}
    quiet = 0
    for id, number, key, step, clinic, sent_at in rows:
        day, at = house.local_day(clinic, sent_at)
        quiet += house.is_quiet(at)
        if day <= last:
            got[number, key, step] = letters[id]
    memory = int((folder / "memory").read_text())
    missing = len(wanted - got.keys()) + sum(not count for count in got.values())
    in_doubt = sum(count - 1 for count in letters.values())
    return Found(
        len(wanted), sum(letters.values()), missing, len(got.keys() - wanted), quiet, in_doubt, kills, seconds,
        processor, memory,
    )  # fmt: skip


def _last(until: datetime) -> date:
    return (until - timedelta(days=2)).date()


def _rows(folder: Path) -> list[tuple[object, ...]]:
    """Every message that was sent: id, person, due thing, step, clinic, moment. Read without the program under test."""
    import sqlite3
    from uuid import UUID

    query = """SELECT m.id, p.email, d.key, m.step, k.slug, m.sent_at FROM registry_message m
        JOIN registry_due d ON d.id = m.due_id JOIN registry_course c ON c.id = m.course_id
        JOIN registry_patient p ON p.id = c.patient_id JOIN registry_clinic k ON k.id = m.clinic_id
        WHERE m.state = 'sent'"""
    with sqlite3.connect(folder / "enthesis.sqlite3") as database:
        found = database.execute(query).fetchall()
    return [
        (UUID(id), house.number_of(email), key, step, int(slug[-1]), datetime.fromisoformat(at).replace(tzinfo=UTC))
        for id, email, key, step, slug, at in found
    ]
