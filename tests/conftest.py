"""What this machine can run: a browser, a PostgreSQL server; never the network outside it."""

import os
import shutil
import sys
from collections import defaultdict
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import settings

REQUIRE_ALL = os.environ.get("ENTHESIS_TEST_REQUIRE_ALL") == "1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LISTENING = ("0.0.0.0", "::", "", None)  # asked for by servers, not reached for
HERE = ("localhost", "127.0.0.1", "::1", *LISTENING)

# Two cores shared with a browser make any deadline flaky; chosen seeds make a failure come back.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, max_examples=2000)
settings.register_profile("mutation", deadline=None, max_examples=20, derandomize=True)  # run once for each mutant
settings.load_profile("house")


def chromium() -> str | None:
    """Where the browser lies, if there is one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def postgres() -> str | None:
    """The address of a server that answers: the one named, or the one that libpq finds by its own settings."""
    try:
        with psycopg.connect(os.environ.get("ENTHESIS_DATABASE_URL", ""), connect_timeout=2) as connection:
            at = connection.info
            who = f"{at.user}:{quote(at.password, safe='')}" if at.password else at.user
            return f"postgresql://{who}@{quote(at.host, safe='')}:{at.port}/{at.dbname}"
    except (psycopg.Error, OSError):
        return None


def java() -> str | None:
    """Where Java lies, which Spark runs on."""
    return shutil.which("java")


NEEDS = {
    "spark": (java, "no Java: Spark cannot start"),
    "browser": (chromium, f"no browser: none of {', '.join(BROWSERS)} is on the path"),
    "postgres": (
        postgres,
        "no PostgreSQL: ENTHESIS_DATABASE_URL or PGHOST, PGPORT, PGUSER name no server that answers",
    ),
}


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that Playwright drives, as `executable_path`."""
    return chromium() or pytest.skip(NEEDS["browser"][1])


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A server on which a test may make databases of its own."""
    return postgres() or pytest.skip(NEEDS["postgres"][1])


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a second run on another database asks for."""
    parser.addoption(
        "--database-only", action="store_true", help="only tests that use the registry's database themselves"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what was asked for; skip what this machine has no means for, with one reason for each kind."""
    if config.getoption("--database-only"):
        kept = [item for item in items if uses_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not uses_the_database(item)])
        items[:] = kept
    asked = {need for item in items for need in NEEDS if item.get_closest_marker(need)}
    missing = {need for need in asked if NEEDS[need][0]() is None}
    for item in items:
        for need in missing:
            if item.get_closest_marker(need):
                item.add_marker(pytest.mark.skip(reason=NEEDS[need][1]))


def uses_the_database(item: pytest.Item) -> bool:
    """Whether a test meets the database that Django is set up with; commands have a registry of their own."""
    return bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))) or bool(
        item.get_closest_marker("postgres")
    )


def not_run(config: pytest.Config) -> dict[str, int]:
    """How many tests were skipped, by reason; a skipped module counts as one."""
    counted: dict[str, int] = defaultdict(int)
    for report in config.pluginmanager.get_plugin("terminalreporter").stats.get("skipped", []):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        counted[why.removeprefix("Skipped: ")] += 1
    return counted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what did not run, so that a green line is not taken for more than it is."""
    skipped = not_run(config)
    if not skipped:
        return
    terminalreporter.section("NOT RUN ON THIS MACHINE", sep="!", red=REQUIRE_ALL, yellow=not REQUIRE_ALL, bold=True)
    for why, count in sorted(skipped.items()):
        terminalreporter.line(f"{count:5d} not run: {why}")
    if REQUIRE_ALL:
        terminalreporter.line("ENTHESIS_TEST_REQUIRE_ALL=1: a test that did not run is a failure.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With everything required, a skipped test fails the run."""
    is_worker = hasattr(session.config, "workerinput")
    if REQUIRE_ALL and not is_worker and session.exitstatus == pytest.ExitCode.OK and not_run(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def stay_here(event: str, args: tuple[Any, ...]) -> None:
    """Refuse a connection or a look-up that would leave this machine; loopback and unix sockets stay."""
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    if host not in HERE:
        raise RuntimeError(f"a test reached for {host!r}: tests stay on this machine")


sys.addaudithook(stay_here)
