"""`enthesis screen` for a folder or a file of many bundles: progress on standard error, the table, and who was left out."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from enthesis.cli.bulk.judging import Asking, Told
from enthesis.cli.bulk.records import LINES, records, size
from enthesis.cli.bulk.running import cores, run
from enthesis.cli.bulk.table import table
from enthesis.knowledge import BadInput
from enthesis.screening import Answer, Facts, parse_answers, questions, rules, screen

Step = Callable[[Told], None]


def holds_many(source: Path) -> bool:
    """Is this a folder, or a file with one bundle a line?"""
    return source.is_dir() or source.suffix.lower() in LINES


def screen_many(source: Path, asking: Asking, *, out: Path | None) -> int:
    """Judge every record and write the table; 0 when every record was read, 1 when some were skipped.

    Raises BadInput, before anything is written, when there is nothing to read, when the days or the site make no
    sense, or when the table cannot be written.
    """
    total = size(source)
    screen(Facts(), on=asking.on, site=asking.site, as_of=asking.as_of, library=asking.library)  # and rules are loaded
    counts, strangers = Counter[str](), set(asking.answers)
    with table(out, asking) as rows, _progress(total) as step:
        for one in run(records(source), asking, processes=cores()):
            rows.add(one)
            step(one)
            strangers.discard(one.record)
            counts["skipped" if one.skipped else one.decision] += 1
        if not counts:
            raise BadInput(f"{source}: holds no record")
    for name in sorted(strangers):
        print(f"enthesis: answers: there is no record {name!r}", file=sys.stderr)
    print(f"enthesis: {_summary(counts)}", file=sys.stderr)
    return 1 if counts["skipped"] or strangers else 0


def answers_by_record(written: Mapping[str, object], asking: Asking) -> dict[str, dict[str, Answer]]:
    """Answers under the name of each record. Raises BadInput naming the record and the question."""
    asked = questions(rules(asking.library))
    found = {}
    for record, said in written.items():
        if not isinstance(said, dict):
            raise BadInput(
                f"answers: {record}: for many records the answers of each were expected under its name, such as "
                '{"patient-01.json": {"pregnant": false}}'
            )
        try:
            found[record] = parse_answers(said, asked, as_of=asking.as_of)
        except BadInput as error:
            raise BadInput(f"{record}: {error}") from error
    return found


@contextmanager
def _progress(total: int) -> Iterator[Step]:
    """A bar on a terminal; elsewhere only the records that are skipped are told of."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    columns = (TextColumn("screening"), BarColumn(), DownloadColumn(), TextColumn("{task.fields[read]} records"))
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not sys.stderr.isatty()) as bar:
        task, read = bar.add_task("screening", total=total, read=0), 0

        def step(one: Told) -> None:
            nonlocal read
            read += 1
            bar.update(task, advance=one.length, read=read)
            if one.skipped:
                console.print(f"enthesis: skipped {one.record}: {one.skipped}", markup=False)

        yield step


def _summary(counts: Counter[str]) -> str:
    judged = {decision: count for decision, count in counts.items() if decision != "skipped"}
    told = ", ".join(f"{count} {decision}" for decision, count in sorted(judged.items()))
    return f"{sum(judged.values())} records judged{f' ({told})' if told else ''}, {counts['skipped']} skipped"
