"""A PostgreSQL of one's own: started in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browsing import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
INITDB = str(Path(shutil.which("initdb") or (BINARIES[-1] if BINARIES else "/none")).resolve())


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs."""
    return str(Path(INITDB).with_name(name))


def as_nobody(*command: str) -> list[str]:
    """PostgreSQL will not run as root."""
    return ["runuser", "-u", "nobody", "--", *command] if hasattr(os, "geteuid") and os.geteuid() == 0 else [*command]


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """The connection of a server, without the name of a database."""
    folder = Path(tempfile.mkdtemp(prefix="nq57-pg-"))
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    port, where = free_port(), ["-D", str(folder / "db")]
    options = " ".join([f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", *(f"-c {one}" for one in settings)])
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        as_nobody(INITDB, *where, "-U", "nq57", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"), **run
    )
    subprocess.run(as_nobody(program("pg_ctl"), *where, "-w", "-l", f"{folder}/log", "-o", options, "start"), **run)
    try:
        yield f"host=127.0.0.1 port={port} user=nq57"
    finally:
        subprocess.run(as_nobody(program("pg_ctl"), *where, "-m", "immediate", "stop"), **run)
        shutil.rmtree(folder, ignore_errors=True)


def given_to(connection: str) -> list[str]:
    """A connection as the options of PostgreSQL's programs."""
    host, port, user = (part.partition("=")[2] for part in connection.split()[:3])
    return ["-h", host, "-p", port, "-U", user]


def make_database(connection: str, name: str) -> str:
    """A new, empty database; returns the connection to it."""
    statement = f"create database {name}"
    subprocess.run([program("psql"), "-q", *given_to(connection), "postgres", "-c", statement], check=True)
    return f"{connection} dbname={name}"
