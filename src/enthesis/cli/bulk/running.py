"""Records through several processes: a few handfuls under way at a time, and results in the order of the records."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

from enthesis.cli.bulk.judging import Asking, Told, Worker, told
from enthesis.cli.bulk.records import Record
from enthesis.knowledge import BadInput

MOST_BYTES, MOST_RECORDS = 4_000_000, 64  # of one handful: enough to pay for handing it over, small enough to stay fair
AHEAD = 3  # handfuls for each process that may wait; more would only fill memory


def run(records: Iterable[Record], asking: Asking, *, processes: int) -> Iterator[Told]:
    """What came of each record, in their order. A single handful, or a single process, is worked on right here."""
    handfuls = in_handfuls(records)
    first = list(zip(range(2), handfuls, strict=False))
    every = chain((handful for _, handful in first), handfuls)
    if processes < 2 or len(first) < 2:
        yield from (told(record, asking) for handful in every for record in handful)
        return
    pool = ProcessPoolExecutor(processes, initializer=Worker.begin, initargs=(asking,))
    try:
        yield from _through(pool, every, processes * AHEAD)
    except BrokenProcessPool as error:
        raise BadInput("a process was ended from outside, perhaps for want of memory; no table was written") from error
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_handfuls(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in order, some at a time."""
    handful: list[Record] = []
    for record in records:
        handful.append(record)
        if len(handful) >= MOST_RECORDS or sum(one.length for one in handful) >= MOST_BYTES:
            yield handful
            handful = []
    if handful:
        yield handful


def _through(pool: ProcessPoolExecutor, handfuls: Iterator[list[Record]], ahead: int) -> Iterator[Told]:
    waiting: deque[Future[list[Told]]] = deque()
    for handful in handfuls:
        waiting.append(pool.submit(Worker.work, handful))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
