"""A Spark master and two workers as processes of this machine, as a network of clinics would have on several."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
PATIENCE = 300  # two cores shared with a browser and a dozen other tests


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def cluster(folder):
    """The address of a master with two workers; all are gone afterwards."""
    port, page = free_port(), free_port()
    here = {"SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOG_DIR": str(folder)}
    here |= {"PYSPARK_PYTHON": sys.executable, "SPARK_WORKER_DIR": str(folder / "work")}
    environment = os.environ | here
    master = f"spark://127.0.0.1:{port}"
    roles = [("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page))]
    worker = ("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0", master)
    processes = []
    with (folder / "log").open("wb") as log:
        try:
            for role, *options in (*roles, worker, worker):
                command = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{role}", *options]
                processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
            wait_for_workers(f"http://127.0.0.1:{page}/json/", folder / "log")
            yield master
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=30)


def wait_for_workers(page, log):
    """Until the master counts two workers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(page, timeout=5) as answer:
                if answer.read().count(b'"ALIVE"') >= 3:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"no cluster after {PATIENCE} s: {log.read_text()[-2000:]}")
