"""How an installation is, in a few numbers that tell of nobody: what waits, who is there, how large it has grown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from catalogue.services import accounts
from catalogue.services.installation import Installation
from catalogue.store.database import FORMER


@dataclass(frozen=True)
class Vitals:
    """The numbers at one moment.

    `waiting`: submitted claims by programme, also of those where none waits; `oldest_waiting`: since when the oldest does.
    `file_bytes`, `log_bytes`: the database on disk, and its write-ahead log. `last_backup`: of the copies in the backups folder.
    """

    revision: int
    waiting: Mapping[str, int]
    oldest_waiting: datetime | None
    sessions: int
    file_bytes: int
    log_bytes: int
    last_backup: datetime | None


def read(installation: Installation) -> Vitals:
    """The numbers now, by two small queries and a look at the files.

    Raises: StoreError, OSError when the database or its file does not answer.
    """
    database = installation.database
    queue = database.read("claims/waiting")
    log = database.path.with_name(f"{database.path.name}.wal")
    return Vitals(
        revision=database.revision,
        waiting=dict(queue.select("programme_code", "claims").iter_rows()),
        oldest_waiting=queue["oldest_at"].min(),  # type: ignore[arg-type]
        sessions=accounts.living_sessions(installation),
        file_bytes=database.path.stat().st_size,
        log_bytes=log.stat().st_size if log.exists() else 0,
        last_backup=_last_backup(installation.settings.backups),
    )


def _last_backup(folder: Path) -> datetime | None:
    """When the newest copy was made; a database that was put aside for a restored one is none."""
    times = [one.stat().st_mtime for one in folder.glob("*.duckdb") if FORMER not in one.name]
    return datetime.fromtimestamp(max(times), UTC) if times else None
