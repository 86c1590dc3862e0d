"""The engines an analysis may run in: DuckDB in this process, or Spark on this machine or on many."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import ibis

from enthesis.knowledge import BadInput

SPARK = re.compile(r"spark://[\w.-]+:\d{1,5}")


@contextmanager
def opened(path: Path, engine: str) -> Iterator[ibis.Table]:
    """A snapshot as a table of the engine. Raises BadInput for a file or an engine that cannot be used."""
    if path.suffix not in (".parquet", ".csv"):
        raise BadInput(f"{path}: a snapshot ending in .parquet or .csv was expected")
    if not path.is_file():
        raise BadInput(f"{path}: cannot be read: no such file")
    if not path.stat().st_size:
        raise BadInput(f"{path}: the file is empty; expected a row for each course, instrument and week")
    if engine == "duckdb":
        with _duckdb(path) as table:
            yield table
    elif engine == "local-spark" or SPARK.fullmatch(engine):
        with _spark(path, "local[*]" if engine == "local-spark" else engine) as table:
            yield table
    else:
        raise BadInput(f"--engine {engine}: expected duckdb, local-spark or spark://HOST:PORT")


@contextmanager
def _duckdb(path: Path) -> Iterator[ibis.Table]:
    """What does not fit into memory waits in a folder of its own that nobody else reads and that is gone afterwards."""
    with TemporaryDirectory(prefix="enthesis-") as folder, _connected(path, folder) as table:
        yield table


@contextmanager
def _connected(path: Path, folder: str) -> Iterator[ibis.Table]:
    import duckdb

    from enthesis.outcomes.cohort.columns import LABELS

    connection = ibis.duckdb.connect(temp_directory=folder)
    try:
        if path.suffix == ".parquet":
            yield connection.read_parquet(path)
        else:
            there = connection.read_csv(path).columns  # words stay words: a clinic "007" is not 7
            words = {column: "string" for column in there if column.strip().lower() in LABELS}
            yield connection.read_csv(path, types=words, sample_size=-1)
    except duckdb.Error as error:
        raise BadInput(f"{path}: not readable as a table: {str(error).splitlines()[0]}") from error
    finally:
        connection.disconnect()


@contextmanager
def _spark(path: Path, master: str) -> Iterator[ibis.Table]:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise BadInput("--engine: Spark is not installed here: pip install pyspark") from error
    building = SparkSession.builder.master(master).appName("enthesis outcomes")
    for name, value in SETTINGS.items():
        building = building.config(name, value)
    session = building.getOrCreate()
    try:
        connection = ibis.pyspark.connect(session)
        where = str(path.resolve())
        yield (
            connection.read_parquet(where)
            if path.suffix == ".parquet"
            else connection.read_csv(where, header=True, inferSchema=True)
        )
    except PySparkException as error:
        raise BadInput(f"{path}: Spark could not read or work on it: {str(error).splitlines()[0]}") from error
    finally:
        session.stop()


SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
}
