"""Loading and forgetting the demo, with its progress shown."""

import os
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from enthesis.cli.core import today
from enthesis.knowledge import BadInput


def load() -> None:
    """Load the demo clinics unless they are there; refuse beside real ones."""
    from enthesis.clinic.demo import is_loaded, load_demo, take_demo_snapshots
    from enthesis.clinic.operator import has_real_patients
    from enthesis.registry.planner import refresh_planner

    if is_loaded():
        return
    if has_real_patients():
        raise BadInput("ENTHESIS_DATA: this folder holds a real clinic; give the demo a folder of its own")
    columns = (TextColumn("Simulating patients"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as bar:
        task = bar.add_task("people", total=None)
        load_demo(today=today(), progress=lambda done, total: bar.update(task, completed=done, total=total))
    print("Making the reports of outcomes")
    refresh_planner()
    take_demo_snapshots(today=today())


def forget() -> None:
    """Remove the demo's database. Raises BadInput where the data is not the demo's own."""
    if os.environ.get("ENTHESIS_DATABASE_URL"):
        raise BadInput("--reset: only the embedded database can be started over; drop the PostgreSQL database yourself")
    folder = Path(os.environ.get("ENTHESIS_DATA", "./data"))
    if (folder / "enthesis.sqlite3").exists():
        _refuse_real(folder)
    for name in ("enthesis.sqlite3", "enthesis.sqlite3-wal", "enthesis.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)


def _refuse_real(folder: Path) -> None:
    import sqlite3

    with sqlite3.connect(folder / "enthesis.sqlite3") as database:
        try:
            real = database.execute(
                "SELECT count(*) FROM registry_patient WHERE NOT simulated AND clinic_id IN "
                "(SELECT id FROM registry_clinic WHERE NOT simulated)"
            ).fetchone()[0]
        except sqlite3.OperationalError:
            real = 0
    if real:
        raise BadInput(f"--reset: {folder} holds {real} patients who are not simulated; nothing was removed")
