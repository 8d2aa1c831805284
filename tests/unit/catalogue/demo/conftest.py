"""The demonstration database, opened once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_ledger import Ledger

from catalogue.store.database import Database


@pytest.fixture(scope="session")
def ledger(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Only for reading: one copy serves every test here."""
    path = tmp_path_factory.mktemp("ledger") / "demo.duckdb"
    shutil.copy(demo_template, path)
    database = Database.open(path)
    yield Ledger(database)
    database.close()
