"""Two years of reminders for 10,000 people with the sender killed at random, and messages per second beside plain smtplib.

Prints a table; `--write` also puts it into docs/benchmarks.md. `--people` and `--kills` make it smaller.
"""

import argparse
import os
import platform
import smtplib
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import messages_house as house  # noqa: E402
from benchmarks.messages_post import post_office  # noqa: E402
from benchmarks.messages_two_years import Found, two_years  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
AT_ONCE = 2000


def plainly(address: str, count: int) -> float:
    """Letters a second by smtplib alone, over one connection, the same words to as many people."""
    host, _, port = address.removeprefix("smtp://").partition(":")
    began = time.perf_counter()
    with smtplib.SMTP(host, int(port)) as server:
        for number in range(count):
            letter = EmailMessage()
            letter["From"], letter["To"], letter["Subject"] = (
                "q@clinic.test",
                f"person{number}@home.test",
                "A few questions",
            )
            letter["Message-ID"] = f"<{number}@clinic.test>"
            letter.set_content(
                "We have a few questions for you. They take about two minutes.\n\nhttps://q.clinic.test/p/x/\n"
            )
            server.send_message(letter)
    return count / (time.perf_counter() - began)


def by_outbox(address: str, count: int, folder: Path) -> tuple[float, float]:
    """Messages a second put into the outbox, and handed over from it, on the day a survey is due for as many people."""
    os.environ |= {"ENTHESIS_DATA": str(folder), "ENTHESIS_SMTP": address, "ENTHESIS_MAIL_FROM": "q@clinic.test"}
    house.GONE = 0.0
    house.build(count, coming=1)
    from django_scopes import scopes_disabled

    from enthesis.clinic.messages import remind_once
    from enthesis.clinic.messages.choosing import transports
    from enthesis.registry.models import MessageSettings

    with scopes_disabled():
        MessageSettings.objects.update(zone="UTC")
    day = datetime.combine(house.START + timedelta(days=42), datetime.min.time(), tzinfo=UTC)
    began = time.perf_counter()
    added = remind_once(moment=day.replace(hour=5), transports={}).added  # in quiet hours: only put into the outbox
    filled = time.perf_counter()
    sent = remind_once(moment=day.replace(hour=10), transports=transports()).sent
    return added / (filled - began), sent / (time.perf_counter() - filled)


def table(asked: argparse.Namespace, found: Found, filled: float, sent: float, plain: float) -> str:
    """The rows for docs/benchmarks.md."""
    return f"""CPython {platform.python_version()}, SQLite, one process, load {os.getloadavg()[0]:.0f} when it ended.

| two years of clock, a round every {asked.every} hours in four time zones | |
|---|---:|
| people | {asked.people:,} |
| messages that were due | {found.expected:,} |
| due and not sent | {found.missing} |
| sent and not due | {found.unexpected} |
| sent in quiet hours | {found.quiet} |
| killed at random | {found.kills} |
| second copies of what a kill left in doubt (same Message-ID) | {found.in_doubt} |
| minutes, processor minutes | {found.seconds / 60:.1f}, {found.processor_seconds / 60:.1f} |
| largest memory of the loop, MB | {found.memory_mb} |

| {AT_ONCE:,} messages due at once, one local mail server | a second |
|---|---:|
| put into the outbox, each with its link | {filled:,.0f} |
| handed over, claimed before and marked and audited after each | {sent:,.0f} |
| plain smtplib loop, one connection, nothing kept | {plain:,.0f} |
"""


def main() -> None:
    """Run both parts and print what was found; exit 1 when a message was missing, twice or at night."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=10_000)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--coming", type=int, default=house.COMING, help="days within which everybody comes")
    asked.add_argument("--every", type=int, default=6, help="hours between two rounds")
    asked.add_argument("--write", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        given = {"people": options.people, "kills": options.kills, "coming": options.coming, "every": options.every}
        found = two_years(Path(folder), **given)
    with tempfile.TemporaryDirectory() as folder, post_office() as (address, _):
        plain = plainly(address, AT_ONCE)
        filled, sent = by_outbox(address, AT_ONCE, Path(folder))
    written = table(options, found, filled, sent, plain)
    sys.stdout.write(written)
    if options.write:
        before, _, rest = PAGE.read_text().partition("<!-- messages -->\n")
        PAGE.write_text(
            f"{before}<!-- messages -->\n{written}<!-- /messages -->{rest.partition('<!-- /messages -->')[2]}"
        )
    raise SystemExit(0 if found.holds else 1)


if __name__ == "__main__":
    main()
