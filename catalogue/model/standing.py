"""When each version of one procedure is the standing one: rectangles over the two clocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Recorded:
    """A version: from which day it holds, and at which revision it was recorded."""

    version_id: int
    effective_date: date
    revision: int

    @property
    def place(self) -> tuple[date, int]:
        """Of all versions that hold on a day and are known, the highest place stands."""
        return self.effective_date, self.version_id


@dataclass(frozen=True)
class Stand:
    """A version stands as of `since` <= day < `until`, as known at `known_from` <= revision < `known_until`.

    None: without end.
    """

    version_id: int
    since: date
    until: date | None
    known_from: int
    known_until: int | None


def stands(versions: Iterable[Recorded]) -> list[Stand]:
    """Every rectangle of every version of one procedure; no two overlap."""
    found = list(versions)
    return [stand for version in found for stand in _stands(version, found)]


def _stands(version: Recorded, others: Iterable[Recorded]) -> Iterator[Stand]:
    until: date | None = None
    known = version.revision
    later = (other for other in others if other.place > version.place)
    for other in sorted(later, key=lambda row: row.revision):
        if until is not None and other.effective_date >= until:
            continue
        if other.revision > known:
            yield Stand(version.version_id, version.effective_date, until, known, other.revision)
            known = other.revision
        until = other.effective_date
        if until <= version.effective_date:
            return
    yield Stand(version.version_id, version.effective_date, until, known, None)
