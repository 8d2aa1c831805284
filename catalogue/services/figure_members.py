"""What a measure counts, member by member, and why it counts otherwise at another revision."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.figure import Kind
from catalogue.model.figure_change import Difference, LaterFact, MemberChange
from catalogue.model.period import Moment
from catalogue.services import figures
from catalogue.services.figures import Measure
from catalogue.services.installation import Installation

# What each query counts; its members are read by figure_members/<its verb>.
UNITS = {
    "figures/catalogue_total": "procedures",
    "figures/catalogue_level": "procedures",
    "figures/publication_decisions": "documents",
    "figures/programme_share": "items",
    "figures/agencies_complete": "agencies",
    "figures/agencies_started": "agencies",
}
_FACTS = frozenset(field.name for field in fields(LaterFact))


def measure(name: str) -> Measure:
    """The definition of a measure. Raises NotFound."""
    found = next((one for one in figures.MEASURES if one.measure == name), None)
    if found is None:
        raise NotFound("measure_unknown", id=name[:60])
    return found


def members(
    installation: Installation, name: str, moment: Moment, *, since: date | None = None
) -> pl.DataFrame:
    """member, in_numerator, in_denominator: one row for each thing that a measure counts at a moment.

    A count has nothing below the line. Raises NotFound.
    """
    definition = measure(name)
    frame = _read(installation, definition, moment, since)
    if definition.kind is Kind.COUNT:
        frame = frame.filter("in_numerator").with_columns(pl.lit(False).alias("in_denominator"))
    return frame


def named(
    installation: Installation, name: str, moment: Moment, *, since: date | None = None
) -> pl.DataFrame:
    """Members with what names them: member, in_numerator, in_denominator, name, code, agency_code, agency; those above the
    line first. Raises NotFound."""
    found = members(installation, name, moment, since=since)
    unit = UNITS[measure(name).query]
    names = pl.DataFrame(
        list(_names(installation, unit, found["member"].to_list(), moment).values()),
        schema=dict.fromkeys(("member", "name", "code", "agency_code", "agency"), pl.String),
    )
    return found.join(names, on="member", how="left").sort(
        "in_numerator", "agency", "name", "member", descending=[True, False, False, False]
    )


def difference(
    installation: Installation, name: str, before: Moment, after: Moment, *, since: date | None = None
) -> Difference:
    """Why a figure of one day differs between two revisions; changes that count above the line first.

    Raises: NotFound.
    """
    definition = measure(name)
    changes: tuple[MemberChange, ...] = ()
    if before.revision != after.revision:
        unit = UNITS[definition.query]
        moved = _moved(
            members(installation, name, before, since=since), members(installation, name, after, since=since)
        )
        changes = _changes(installation, unit, moved, before, after)
        if unit == "agencies" and changes:
            changes = _with_items(installation, definition, changes, before, after)
    return Difference(
        figures.compute(installation, name, before, since=since),
        figures.compute(installation, name, after, since=since),
        changes,
    )


def _read(
    installation: Installation, definition: Measure, moment: Moment, since: date | None
) -> pl.DataFrame:
    params: dict[str, Any] = dict(definition.params) | {"as_of": moment.as_of, "revision": moment.revision}
    if definition.counts_agencies:
        params["organised_on"] = moment.organised_on
    if definition.has_period:
        params["since"] = since or moment.as_of.replace(month=1, day=1)
    return installation.database.known(
        f"figure_members/{definition.query.removeprefix('figures/')}", **params
    )


def _moved(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """member, numerator, denominator: by how much each member counts more (or less)."""

    def counted(frame: pl.DataFrame, sign: int) -> pl.DataFrame:
        return frame.select(
            "member",
            (pl.col("in_numerator").cast(pl.Int64) * sign).alias("numerator"),
            (pl.col("in_denominator").cast(pl.Int64) * sign).alias("denominator"),
        )

    return (
        pl.concat([counted(before, -1), counted(after, 1)])
        .group_by("member")
        .agg(pl.col("numerator").sum(), pl.col("denominator").sum())
        .filter((pl.col("numerator") != 0) | (pl.col("denominator") != 0))
        .sort(pl.col("numerator").abs(), "numerator", "member", descending=[True, True, False])
    )


def _changes(
    installation: Installation, unit: str, moved: pl.DataFrame, before: Moment, after: Moment
) -> tuple[MemberChange, ...]:
    names = _names(installation, unit, moved["member"].to_list(), after)
    facts = _facts(installation, unit, moved["member"].to_list(), before, after)
    return tuple(
        MemberChange(
            unit=unit,
            member=row["member"],
            name=names.get(row["member"], {}).get("name") or row["member"],
            code=names.get(row["member"], {}).get("code"),
            agency=names.get(row["member"], {}).get("agency"),
            numerator=row["numerator"],
            denominator=row["denominator"],
            facts=tuple(facts.get(row["member"], ())),
        )
        for row in moved.iter_rows(named=True)
    )


def _with_items(
    installation: Installation,
    definition: Measure,
    changes: Sequence[MemberChange],
    before: Moment,
    after: Moment,
) -> tuple[MemberChange, ...]:
    """Agencies with the items of theirs that entered, left or were done between the two revisions."""
    done = next(one for one in figures.MEASURES if one.is_done and one.programme == definition.programme)
    moved = _moved(*(_read(installation, done, moment, None) for moment in (before, after)))
    answering = _names(installation, "items", moved["member"].to_list(), after)
    by_agency: dict[str, list[MemberChange]] = {}
    for item in _changes(installation, "items", moved, before, after):
        by_agency.setdefault(answering[item.member]["agency_code"], []).append(item)
    return tuple(
        MemberChange(
            one.unit, one.member, one.name, one.code, one.agency, one.numerator, one.denominator,
            items=tuple(by_agency.get(one.member, ())),
        )
        for one in changes
    )  # fmt: skip


def _names(
    installation: Installation, unit: str, wanted: list[str], moment: Moment
) -> dict[str, Mapping[str, Any]]:
    if not wanted:
        return {}
    params: dict[str, Any] = {"members": wanted}
    if unit == "items":
        params |= {"revision": moment.revision, "organised_on": moment.organised_on}
    elif unit != "agencies":
        params |= {"as_of": moment.as_of, "revision": moment.revision}
    rows = installation.database.read(f"figure_members/name_{unit}", **params)
    return {row["member"]: row for row in rows.iter_rows(named=True)}


def _facts(
    installation: Installation, unit: str, wanted: list[str], before: Moment, after: Moment
) -> dict[str, list[LaterFact]]:
    if not wanted or unit == "agencies":
        return {}
    found: dict[str, list[LaterFact]] = {}
    low, high = sorted((before.revision, after.revision))
    rows = installation.database.read(
        f"figure_members/facts_{unit}", members=wanted, as_of=after.as_of, frozen=low, revision=high
    )
    for row in rows.iter_rows(named=True):
        told = {name: value for name, value in row.items() if name in _FACTS}
        found.setdefault(row["member"], []).append(LaterFact(**told))
    return found
