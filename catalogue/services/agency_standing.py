"""One ministry's position: its stages on its own base, and its rank among agencies that are like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from catalogue.model import ranking
from catalogue.model.period import Moment
from catalogue.model.ranking import LEAST_BASE
from catalogue.reference import Programme
from catalogue.services import figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

_ALL = 1_000_000
_STAGES = ("approved", "enacted", "published", "confirmed")


@dataclass(frozen=True)
class Rank:
    """The place by share done, among how many agencies of the same kind with a base that can be compared."""

    place: int
    among: int


@dataclass(frozen=True)
class Position:
    """An agency in one programme: counts on its base, and its rank; None where there is nothing like it to compare.

    Standing tasks are outside the base.
    """

    programme: Programme
    stages: Mapping[str, int]  # assigned, done and each stage
    in_time: int
    due_soon: int
    overdue: int
    standing: int
    withdrawn: int
    extended: int
    rank: Rank | None


def positions(installation: Installation, moment: Moment, agency: str) -> list[Position]:
    """The agency in every programme in which it leads an item that can be done, or led one that was withdrawn."""
    found = []
    for programme in installation.reference.programmes:
        everything = items.find(installation, moment, programme.code, ItemFilter(agency=agency), size=_ALL)
        left = ItemFilter(agency=agency, progress="withdrawn")
        withdrawn = items.find(installation, moment, programme.code, left, size=1)
        gone = int(withdrawn["total"][0]) if withdrawn.height else 0
        states = dict(everything["deadline_state"].value_counts().iter_rows())
        standing = states.get("standing", 0)
        if everything.height == standing and not gone:
            continue
        stages = {stage: everything.height - everything[f"{stage}_on"].null_count() for stage in _STAGES}
        done = everything.height - everything["done_on"].null_count()
        found.append(
            Position(
                programme,
                {"assigned": everything.height - standing, "done": done, **stages},
                in_time=states.get("in_time", 0) + states.get("no_deadline", 0),
                due_soon=states.get("due_soon", 0),
                overdue=states.get("overdue", 0),
                standing=standing,
                withdrawn=gone,
                extended=int((everything["extensions"] > 0).sum()),
                rank=_rank(installation, moment, programme.code, agency),
            )
        )
    return found


def rank(frame: pl.DataFrame, agency: str, like: Mapping[str, str]) -> Rank | None:
    """The place of an agency in figures.by_agency by share done, the best first; equal shares have equal places.

    `like`: the kind of each agency; only those of the same kind with a base of `LEAST_BASE` are compared.
    """
    shares = {
        row["agency_code"]: Fraction(row["done"], row["base"])
        for row in frame.with_columns(base=pl.col("base") - pl.col("standing")).iter_rows(named=True)
        if row["base"] >= LEAST_BASE and like.get(row["agency_code"]) == like.get(agency)
    }
    if agency not in shares or len(shares) < 2:
        return None
    return Rank(1 + sum(share > shares[agency] for share in shares.values()), len(shares))


def _rank(installation: Installation, moment: Moment, programme: str, agency: str) -> Rank | None:
    likes = {one.code: ranking.like(one.kind) for one in installation.reference.agencies}
    return rank(figures.by_agency(installation, programme, moment), agency, likes)
