"""start / current / close: the only wiring and the only singleton."""

import threading
from datetime import UTC, datetime

from catalogue import demo
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Clock, Database

_lock = threading.Lock()
_current: Installation | None = None


def _now() -> datetime:
    return datetime.now(UTC)


def open_catalogue(settings: Settings, *, clock: Clock = _now, with_demo: bool | None = None) -> Installation:
    """Open or create the database of these settings; a new file is filled with demonstration data unless told not to.

    Raises: StoreUnavailable, MigrationFailed, BadReferenceData.
    """
    is_new = not settings.database.exists()
    wanted = settings.demo if with_demo is None else with_demo
    database = Database.open(settings.database, clock=clock, backups=settings.backups)
    try:
        installation = open_installation(settings, database, demo=is_new and wanted)
        if is_new and wanted:
            demo.load(database, installation.reference)
    except BaseException:
        database.close()
        if is_new:  # half a demonstration is worse than none: the next start begins again
            settings.database.unlink(missing_ok=True)
            settings.database.with_suffix(".duckdb.wal").unlink(missing_ok=True)
        raise
    return installation


def start(settings: Settings, *, clock: Clock = _now) -> Installation:
    """Open the installation this process serves; a second call returns the first one's."""
    global _current
    with _lock:
        if _current is None:
            _current = open_catalogue(settings, clock=clock)
        return _current


def current() -> Installation:
    """The installation this process serves, opened on first use from the environment."""
    return _current if _current is not None else start(Settings())


def use(installation: Installation | None) -> None:
    """Serve this installation from now on (tests, and commands that open their own)."""
    global _current
    with _lock:
        _current = installation


def close() -> None:
    """Let go of the database file."""
    global _current
    with _lock:
        if _current is not None:
            _current.database.close()
            _current = None
