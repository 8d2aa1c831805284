"""What leadership asks of all programmes at once: which document releases most, what changed since the last period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from catalogue.model.period import Moment
from catalogue.services import figures
from catalogue.services.installation import Installation

_EVERY_DOCUMENT = 1_000_000
# What moves a figure or its base comes before what only adds to it, and both before paper that follows.
_ORDER = ("added", "withdrawn", "reopened", "done", "late_report", "extended", "published")


@dataclass(frozen=True)
class Unlocking:
    """A document not issued, and by kind of programme the open items that wait for it alone."""

    document_id: int
    title: str
    drafting_agency_name: str | None
    planned_issue_on: date | None
    alone: Mapping[str, int]

    @property
    def total(self) -> int:
        """Items of all programmes that wait for it alone."""
        return sum(self.alone.values())


@dataclass(frozen=True)
class Changed:
    """One kind of change in one programme since a day; `agencies` are (name, items), those with most items first."""

    kind: str
    change: str
    items: int
    agencies: tuple[tuple[str, int], ...]


def unlocking(
    installation: Installation, programmes: Mapping[str, str], moment: Moment, limit: int = 5
) -> list[Unlocking]:
    """The documents that would release most items over `programmes` (kind -> code); none that releases nothing alone."""
    alone: dict[int, dict[str, int]] = {}
    rows = {}
    for kind, programme in programmes.items():
        frame = figures.bottlenecks(installation, programme, moment, limit=_EVERY_DOCUMENT)
        for row in frame.filter(pl.col("alone") > 0).iter_rows(named=True):
            alone.setdefault(row["document_id"], {})[kind] = row["alone"]
            rows[row["document_id"]] = row
    found = [
        Unlocking(number, row["title"], row["drafting_agency_name"], row["planned_issue_on"], alone[number])
        for number, row in rows.items()
    ]
    return sorted(found, key=lambda one: (-one.total, one.document_id))[:limit]


def changed(
    installation: Installation, programmes: Mapping[str, str], moment: Moment, since: date
) -> list[Changed]:
    """Every kind of change after a day in `programmes` (kind -> code), those that move the figures first."""
    found = []
    for kind, programme in programmes.items():
        frame = figures.changes(installation, programme, moment, since)
        for (change,), rows in frame.group_by("change", maintain_order=True):
            agencies = tuple(rows.select("agency_name", "items").iter_rows())
            found.append(Changed(kind, str(change), int(rows["items"].sum()), agencies))
    return sorted(found, key=lambda one: _ORDER.index(one.change))
