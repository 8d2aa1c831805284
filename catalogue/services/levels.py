"""The levels of the catalogue as sets, and the procedures of one exact set."""

from collections.abc import Collection

import polars as pl

from catalogue.model.level_sets import LevelSet, Sets, groups_of
from catalogue.model.period import Moment
from catalogue.services import heirs
from catalogue.services.installation import Installation
from catalogue.services.procedures import PAGE_SIZE


def sets(installation: Installation, moment: Moment) -> tuple[Sets, Sets]:
    """Procedures in force by exact set of levels, and by exact set of level groups."""
    frame = installation.database.known("levels/sets", as_of=moment.as_of, revision=moment.revision)
    by_level: dict[LevelSet, int] = {}
    by_group: dict[LevelSet, int] = {}
    for levels, is_vertical, count in frame.iter_rows():
        levels = frozenset(levels)
        groups = groups_of(levels, is_vertical)
        by_level[levels] = by_level.get(levels, 0) + count
        by_group[groups] = by_group.get(groups, 0) + count
    return Sets(by_level), Sets(by_group)


def members(
    installation: Installation,
    moment: Moment,
    *,
    by: str = "level",
    chosen: Collection[str] | None = None,
    size: int | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> pl.DataFrame:
    """Procedures of exactly one set of levels (or, by group, of level groups), or in so many, by who answers for them;
    `total` counts them all."""
    frame = installation.database.known(
        "levels/members",
        by=by,
        members=None if chosen is None else sorted(chosen),
        size=size,
        as_of=moment.as_of,
        revision=moment.revision,
    )
    placed = heirs.at(installation, moment).placed(frame).sort("agency_name", "procedure_code")
    return placed.with_columns(pl.lit(frame.height, pl.Int64).alias("total")).slice(
        (page - 1) * page_size, page_size
    )
