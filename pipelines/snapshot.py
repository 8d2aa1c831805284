"""A file as it was published: its bytes, their hash, and the day it describes."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from catalogue.errors import ImportRejected

MAX_BYTES = 50_000_000

_YEAR, _MONTH, _DAY = r"(?P<year>20\d\d)", r"(?P<month>\d\d)", r"(?P<day>\d\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}-{_MONTH}-{_DAY}(?!\d)",
        rf"(?<!\d){_DAY}-{_MONTH}-{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?!\d)",
        rf"(?<!\d)(?<!\d-){_YEAR}-{_MONTH}(?!-?\d)",
    )
)


@dataclass(frozen=True)
class Snapshot:
    """Bytes as published; whatever is parsed later is exactly what was hashed here."""

    path: Path
    name: str
    sha256: str
    size: int
    content: bytes = field(repr=False)


def take_snapshot(path: Path) -> Snapshot:
    """Read a file once; raises ImportRejected when it is missing, unreadable, empty or too large."""
    if not path.is_file():
        raise ImportRejected("file_missing", file=path.name)
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ImportRejected("file_unreadable", file=path.name) from error
    return snapshot_of(path, content)


def snapshot_of(path: Path, content: bytes) -> Snapshot:
    """Bytes that are already here, such as an upload; raises ImportRejected when empty or too large."""
    if len(content) > MAX_BYTES:
        raise ImportRejected("file_too_large", file=path.name, limit_mb=MAX_BYTES // 1_000_000)
    if not content:
        raise ImportRejected("file_empty", file=path.name)
    return Snapshot(path, path.name, sha256(content).hexdigest(), len(content), content)


def observed_date(path: Path, today: date) -> date | None:
    """The day a source describes, by its file name or else its nearest dated folder; None when unknown."""
    for name in (path.name, *(parent.name for parent in path.parents)):
        for found in _dates_in(name, today):
            return found
    return None


def _dates_in(name: str, today: date) -> Iterator[date]:
    """Dates that have begun, whole dates before months; a month counts up to its last day or today."""
    for pattern in _DATES:
        for match in pattern.finditer(name):
            year, month = int(match["year"]), int(match["month"])
            if not 1 <= month <= 12:
                continue
            last = monthrange(year, month)[1]
            day = match.groupdict().get("day")
            if day is None and date(year, month, 1) <= today:
                yield min(date(year, month, last), today)
            elif day is not None and 1 <= int(day) <= last and date(year, month, int(day)) <= today:
                yield date(year, month, int(day))
