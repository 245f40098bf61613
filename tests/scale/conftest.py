"""A real PostgreSQL and an S3 stand-in, started for these tests and stopped after them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from etl.catalogue import authority_of
from etl.lake import PREFIX, Lake, forget, on
from etl.warehouse import catalogue_dir
from tests.browsing import free_port, said
from tests.scale.postgres import INITDB, make_database, server
from tests.waiting import until

NAMES = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The connection of a server of its own, without the name of a database."""
    if not Path(INITDB).exists():
        if os.environ.get("CI") or os.environ.get("NQ57_SCALE"):
            pytest.fail("PostgreSQL is not installed: apt install postgresql")
        pytest.skip("PostgreSQL is not installed here: apt install postgresql")
    with server("fsync=off") as connection:
        yield connection


@pytest.fixture(scope="session")
def make_lake(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Lake]]:
    """Makes lakes, each with a database of its own."""

    def make(data: str = "") -> Lake:
        name = f"lake{next(NAMES)}"
        where = data or str(tmp_path_factory.mktemp(f"{name}-store"))
        return Lake(make_database(postgres, name), where, authority_of(catalogue_dir()))

    yield make
    forget()


@pytest.fixture
def lake(make_lake: Callable[..., Lake], monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    """A new lake, which everything here works on."""
    made = make_lake()
    monkeypatch.setenv("NQ57_WAREHOUSE", PREFIX + made.catalogue)
    monkeypatch.setenv("NQ57_WAREHOUSE_DATA", made.data)
    with on(made):
        yield made


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """An S3 stand-in with an empty bucket; its address is in the environment that S3 tools read."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    patch = pytest.MonkeyPatch()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():  # fmt: skip
        patch.setenv(name, value)
    until(lambda: said(f"http://127.0.0.1:{port}/moto-api/", server))
    from s3fs import S3FileSystem

    S3FileSystem().mkdir("nq57")
    yield "s3://nq57/kho"
    patch.undo()
    server.kill()
    server.wait()
