"""Requests a second and the slow end (p95) of the busiest pages, beside an empty view of the same server in the same run.

Starts a real `enthesis demo` on a data folder of its own, signs in as a clinician over HTTP, and asks with a few
connections at a time. Prints a table; `--write` also puts it into docs/benchmarks.md.
"""

import argparse
import http.client
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from pathlib import Path

HOST, PORT = "127.0.0.1", 8765
CONNECTIONS = 8
Request = Callable[["Visitor", int], int]


class Visitor:
    """One connection with its cookies."""

    def __init__(self) -> None:
        self.connection = http.client.HTTPConnection(HOST, PORT, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and where it leads."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")} | fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text, answer.headers.get("Location", "")


def sign_in(email: str, password: str) -> Visitor:
    """A visitor who has signed in."""
    visitor = Visitor()
    visitor.ask("GET", "/account/login/")
    status, _, _ = visitor.ask("POST", "/account/login/", {"login": email, "password": password})
    if status != 302:
        raise SystemExit(f"signing in gave {status}")
    return visitor


@contextmanager
def served(data: str):
    """The demo, loaded and listening."""
    environment = os.environ | {"ENTHESIS_DATA": data}
    environment.pop("ENTHESIS_DATABASE_URL", None)
    command = [sys.executable, "-m", "enthesis", "demo", "--port", str(PORT)]
    began = time.perf_counter()
    subprocess.run([*command, "--load-only"], env=environment, check=True, stdout=subprocess.DEVNULL)
    loaded = time.perf_counter() - began
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    try:
        while True:
            try:
                Visitor().ask("GET", "/alive/")
                break
            except OSError:
                time.sleep(0.05)
        yield loaded, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


def measured(request: Request, visitors: list[Visitor], count: int) -> tuple[float, float, float]:
    """Requests a second, median and 95th percentile in milliseconds."""
    times: list[float] = []
    lock, ahead = threading.Lock(), iter(range(count))

    def work(visitor: Visitor) -> None:
        while True:
            with lock:
                number = next(ahead, None)
            if number is None:
                return
            began = time.perf_counter()
            status = request(visitor, number)
            took = time.perf_counter() - began
            if status not in (200, 302):
                raise SystemExit(f"request {number} gave {status}")
            with lock:
                times.append(took)

    threads = [threading.Thread(target=work, args=(visitor,)) for visitor in visitors]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = count / (time.perf_counter() - began)
    return rate, statistics.median(times) * 1000, statistics.quantiles(times, n=20)[-1] * 1000


def made_links(data: str, count: int) -> list[str]:
    """Private diary links, made by the acts, as a clinic would make them."""
    os.environ["ENTHESIS_DATA"] = data
    from enthesis.cli.database import set_up

    set_up("demo")
    from enthesis.clinic.demo_links import diary_tokens

    return diary_tokens(count=count, today=date.today())  # noqa: DTZ011 -- the demo ends on the calendar day it is loaded


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=600, help="requests for each page")
    options.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as data, served(data) as (loaded, first):
        table = run(data, chosen.count, loaded, first)
    print(table)
    if chosen.write:
        page = Path("docs/benchmarks.md")
        text = page.read_text(encoding="utf-8")
        page.write_text(
            re.sub(r"(<!-- web -->\n).*?(\n<!-- /web -->)", lambda m: m[1] + table + m[2], text, flags=re.S),
            encoding="utf-8",
        )


def run(data: str, count: int, loaded: float, first: float) -> str:
    """The table of one run."""
    from enthesis.cli.database import set_up

    tokens = made_links(data, count)
    set_up("demo")
    from enthesis.clinic.demo_accounts import DEMO_PASSWORD, demo_sign_ins

    email = next(line.email for line in demo_sign_ins() if line.role == "clinician")
    visitors = [sign_in(email, DEMO_PASSWORD) for _ in range(CONNECTIONS)]
    patients = re.findall(r'href="/patients/([0-9a-f-]{36})/"', visitors[0].ask("GET", "/patients/")[1])
    pages: list[tuple[str, Request, int]] = [
        ("empty view, same server", lambda v, n: v.ask("GET", "/alive/")[0], count),
        ("worklist", lambda v, n: v.ask("GET", "/")[0], count),
        ("patient page", lambda v, n: v.ask("GET", f"/patients/{patients[n % len(patients)]}/")[0], count),
        ("diary form by private link", lambda v, n: v.ask("GET", f"/p/{tokens[n]}/")[0], count),
        (
            "diary post by private link",
            lambda v, n: v.ask("POST", f"/p/{tokens[n]}/", {"pain": "4", "anything_else": "no"})[0],
            count,
        ),
    ]
    rows = [(name, *measured(request, visitors, number)) for name, request, number in pages]
    lines = [f"| {name} | {rate:.0f} | {median:.1f} | {slow:.1f} |" for name, rate, median, slow in rows]
    head = [
        (
            f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores shared by server and client, SQLite, "
            f"{CONNECTIONS} connections, {count} requests each. Loading the demo took {loaded:.0f} s; first answer {first:.1f} s after the start of a loaded demo."
        ),
        "",
        "| page | requests/s | median ms | p95 ms |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *lines])


if __name__ == "__main__":
    main()
