"""Installations of tests: real ones on a copy of a made store, under a clock of ours."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from catalogue import bootstrap
from catalogue.services.installation import Installation
from catalogue.settings import Settings
from catalogue.store.database import Database

# The last revision that an installation was made with: its template's, which `filled_template` and the tests of the demonstration prove.
PROVED: WeakKeyDictionary[Database, int] = WeakKeyDictionary()
# Of a function that fills an installation: the file it made, and what it returned.
Fill = Callable[[Installation], Any]
Filled = Callable[[Fill], tuple[Path, Any]]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def copied(template: Path, folder: Path, clock: Clock, *, kept: bool = False) -> Iterator[Installation]:
    """An installation of its own on a copy of a template, in use while it is open; its file is whole afterwards if it is kept."""
    settings = Settings(data_dir=folder)
    folder.mkdir(parents=True)
    shutil.copy(template, settings.database)
    installation = bootstrap.open_catalogue(settings, clock=clock)
    bootstrap.use(installation)
    PROVED[installation.database] = installation.database.revision
    yield installation
    bootstrap.use(None)
    if not kept:
        installation.database._connection.execute("pragma disable_checkpoint_on_shutdown").fetchall()
    installation.database.close()
