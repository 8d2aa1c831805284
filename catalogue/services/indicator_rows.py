"""Rows of indicators as frames: who has which value, which place, why a line may not go on."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from catalogue.model.indicator import (
    SCALE,
    Coverage,
    Direction,
    Period,
    PeriodKind,
    Place,
    Point,
    State,
    change,
    mean,
    ranks,
    segments,
)
from catalogue.reference import Agency, Indicator, IndicatorGroup
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from catalogue.text import fold

Member = tuple[str, str | None]  # an agency and, for a unit of it, its code
STANDING: dict[str, Any] = {
    "agency_code": pl.String,
    "unit_code": pl.String,
    "name": pl.String,
    "short_name": pl.String,
    "state": pl.String,
    "value": pl.Float64,
    "out_of": pl.Float64,
    "rank": pl.Int64,
    "rank_of": pl.Int64,
    "rank_basis": pl.String,
    "file_rank": pl.Int64,
    "change": pl.Float64,
    "basis": pl.String,
    "source": pl.String,
    "publication": pl.String,
    "note": pl.String,
}
HISTORY: dict[str, Any] = {
    "indicator": pl.String,
    "group": pl.String,
    "period": pl.String,
    "period_kind": pl.String,
    "period_end": pl.Date,
    "measured_to": pl.Date,
    "announced_on": pl.Date,
    "announced_basis": pl.String,
    "method": pl.String,
    "state": pl.String,
    "value": pl.Float64,
    "out_of": pl.Float64,
    "rank": pl.Int64,
    "rank_of": pl.Int64,
    "rank_basis": pl.String,
    "change": pl.Float64,
    "segment": pl.Int64,
    "break": pl.String,
    "basis": pl.String,
    "source": pl.String,
    "publication": pl.String,
    "note": pl.String,
}
MEANS: dict[str, Any] = {
    "period": pl.String,
    "period_kind": pl.String,
    "period_end": pl.Date,
    "measured_to": pl.Date,
    "announced_on": pl.Date,
    "method": pl.String,
    "mean": pl.Float64,
    "mean_basis": pl.String,
    "valued": pl.Int64,
    "partial": pl.Int64,
    "not_applicable": pl.Int64,
    "rank_only": pl.Int64,
    "missing": pl.Int64,
    "of": pl.Int64,
    "change": pl.Float64,
    "segment": pl.Int64,
    "break": pl.String,
    "is_invented": pl.Boolean,
}
_AS_KEPT = (
    "period_kind",
    "period_end",
    "measured_to",
    "method",
    "state",
    "basis",
    "source",
    "publication",
    "note",
)


def members(installation: Installation, group: IndicatorGroup, day: date) -> tuple[Agency, ...]:
    """The agencies of a group on a day; none for the country as a whole, and for units."""
    return installation.reference.agencies_on(day, *group.kinds) if group.kinds else ()


def made_of(installation: Installation, agency_code: str, day: date) -> frozenset[tuple[str, date]]:
    """The agencies that had gone into an agency whole by a day, each with its day: it is another one after each."""
    return frozenset(
        (step.predecessor, step.on)
        for step in installation.reference.successions
        if step.successor == agency_code and step.on <= day and not step.fields
    )


def period_of(row: Row) -> Period:
    """The period that a row describes."""
    return Period(row["period_end"], PeriodKind(row["period_kind"]))


def _float(value: int | None) -> float | None:
    return None if value is None else value / SCALE


def _comparable(row: Row) -> int | None:
    """A total on the indicator's own scale; one that lacks a component is on another."""
    value: int | None = row["value"]
    return value if row["out_of"] is None else None


def point(installation: Installation, row: Row, period: Period) -> Point:
    """The total of an agency or unit; the agency is another one once others have gone into it.

    A total that lacks a component is on a scale of its own: it can be compared with another one on that scale only.
    """
    merged = made_of(installation, row["agency_code"], period.end)
    is_whole = bool(row["measured_to"] >= period.end)
    method = row["method"] if row["out_of"] is None else f"{row['method']} of {row['out_of']}"
    return Point(period, method, merged, row["value"], is_whole)


def agency_rows(
    installation: Installation,
    definition: Indicator,
    group: IndicatorGroup,
    period: Period,
    totals: list[Row],
    before: dict[Member, Point],
    coverage: Coverage,
) -> pl.DataFrame:
    """The members of a group in a period: columns of `STANDING`, the best first, those without a value at the end."""
    own = [row for row in totals if row["subject"] in ("agency", "unit")]
    given = {(row["agency_code"], row["unit_code"]): row for row in own}
    is_printed = any(row["rank_scope"] == "group" for row in own)
    counted = {} if is_printed or not coverage.is_telling else _places(given, Direction(definition.direction))
    found: list[Row] = []
    for key, row in given.items():
        moved = change(before.get(key), point(installation, row, period))
        found.append(
            {
                "agency_code": row["agency_code"],
                "unit_code": row["unit_code"],
                **_names(installation, row, period.end),
                "state": row["state"],
                "value": _float(row["value"]),
                "out_of": _float(row["out_of"]),
                **_rank(row, counted.get(key)),
                "file_rank": row["rank"] if row["rank_scope"] == "mixed" else None,
                "change": None if moved is None else float(moved),
                **{name: row[name] for name in ("basis", "source", "publication", "note")},
            }
        )
    if definition.size_on(group.code, period.end) is None:
        found += [
            {
                "agency_code": agency.code,
                "name": agency.name_on(period.end),
                "short_name": agency.short_name_on(period.end),
                "state": State.MISSING.value,
            }
            for agency in members(installation, group, period.end)
            if (agency.code, None) not in given
        ]
    found.sort(key=lambda row: _in_order(row, Direction(definition.direction)))
    return pl.DataFrame(found, schema=STANDING)


def _in_order(row: Row, direction: Direction) -> tuple[Any, ...]:
    """The best first; then totals that lack a component, what does not apply, what is missing."""
    value, sign = row.get("value"), -1 if direction is Direction.HIGHER else 1
    return (
        list(State).index(State(row["state"])),
        row.get("out_of") is not None,
        value is None,
        sign * (value or 0),
        row.get("rank") or 0,
        fold(row["name"]),
    )


def _rank(row: Row, place: Place | None) -> Row:
    """The rank that the source prints for the group, else the one that is counted here."""
    if row["rank"] is not None and row["rank_scope"] == "group":
        return {"rank": row["rank"], "rank_of": row["rank_of"], "rank_basis": "printed"}
    if place is None:
        return dict.fromkeys(("rank", "rank_of", "rank_basis"))
    return {"rank": place.rank, "rank_of": place.among, "rank_basis": "computed"}


def _places(given: dict[Member, Row], direction: Direction) -> dict[Member, Place]:
    """The places of those with a whole total: agencies among agencies, units among the units of their agency."""
    found: dict[Member, Place] = {}
    for parent in {code if unit else None for code, unit in given}:
        like = {
            key: value
            for key, row in given.items()
            if (key[0] if key[1] else None) == parent and (value := _comparable(row)) is not None
        }
        found |= ranks(like, direction)
    return found


def _names(installation: Installation, row: Row, day: date) -> Row:
    agency = installation.reference.agency(row["agency_code"])
    if row["subject"] == "unit":
        own, _, tail = row["unit_name"].rpartition(" - ")
        is_of_agency = own and fold(tail).endswith(fold(agency.short_name_on(day)))
        return {"name": row["unit_name"], "short_name": own if is_of_agency else row["unit_name"]}
    return {"name": agency.name_on(day), "short_name": agency.short_name_on(day)}


def component_rows(rows: list[Row]) -> pl.DataFrame:
    """The components among some rows: agency_code, unit_code, component, state, value."""
    schema = {
        "agency_code": pl.String,
        "unit_code": pl.String,
        "component": pl.String,
        "state": pl.String,
        "value": pl.Float64,
    }
    found = [
        {name: row[name] for name in schema} | {"value": _float(row["value"])}
        for row in rows
        if row["component"] is not None
    ]
    return pl.DataFrame(found, schema=schema)


def printed_rows(totals: list[Row], subject: str) -> pl.DataFrame:
    """What sources printed of a region or the mean: code, value, basis, source, publication."""
    names = ("value", "basis", "source", "publication")
    schema: dict[str, Any] = {"code": pl.String, "value": pl.Float64} | dict.fromkeys(names[1:], pl.String)
    found = [
        {"code": row["unit_code"], **{name: row[name] for name in names}, "value": _float(row["value"])}
        for row in totals
        if row["subject"] == subject
    ]
    return pl.DataFrame(found, schema=schema).sort("value", "code", descending=[True, False])


def mean_row(installation: Installation, definition: Indicator, group: IndicatorGroup, row: Row) -> Row:
    """A period of a group (sql indicators/periods) with its mean, printed or computed, and who is missing."""
    of = _size(installation, definition, group, row)
    coverage = coverage_of(row, of)
    value, basis = row["printed_mean"], row["mean_basis"]
    if value is None and coverage.is_telling:
        value, basis = mean(row["total"], row["valued"]), "computed"
    return {
        "period": period_of(row).text,
        "period_kind": row["period_kind"],
        "period_end": row["period_end"],
        "measured_to": row["measured_to"],
        "announced_on": row["effective_on"],
        "method": row["method"],
        "mean": _float(value),
        "mean_basis": basis,
        "valued": row["valued"],
        "partial": row["partial"],
        "not_applicable": row["not_applicable"],
        "rank_only": row["rank_only"],
        "missing": coverage.missing,
        "of": of,
        "is_invented": row["is_invented"],
    }


def most_telling_last(row: Row) -> tuple[Any, ...]:
    """Orders periods in time, and those up to one day by how much they tell."""
    given = row["valued"] + row["partial"] + row["not_applicable"] + row["rank_only"]
    return row["measured_to"], row["mean"] is not None, given, list(PeriodKind).index(row["period_kind"])


def coverage_of(row: Row, of: int | None) -> Coverage:
    """The coverage of a period of a group."""
    return Coverage(row["valued"], row["partial"], row["not_applicable"], of, row["rank_only"])


def _size(installation: Installation, definition: Indicator, group: IndicatorGroup, row: Row) -> int | None:
    fixed = definition.size_on(group.code, row["period_end"])
    if fixed is not None:
        return fixed
    if group.kinds:
        return len(members(installation, group, row["period_end"]))
    return int(row["units"]) if group.within else None


def mean_point(installation: Installation, group: IndicatorGroup, row: Row) -> Point:
    """A group is another one where its agencies are others, not where fewer of them have a value."""
    agencies: object = frozenset(one.code for one in members(installation, group, row["period_end"]))
    value = None if row["mean"] is None else round(Decimal(str(row["mean"])) * SCALE)
    return Point(period_of(row), row["method"], agencies, value, _is_whole(row))


def _is_whole(row: Row) -> bool:
    return bool(row["measured_to"] >= row["period_end"])


def moves(points: list[Point]) -> list[Row]:
    """`change`, `segment` and `break` of each point."""
    found = []
    last: Point | None = None
    for point, (number, why) in zip(points, segments(points), strict=True):
        moved = change(last, point)
        found.append(
            {
                "change": None if moved is None else float(moved),
                "segment": number,
                "break": None if why is None else why.value,
            }
        )
        last = point
    return found


def history_row(installation: Installation, row: Row, place: Row | None) -> Row:
    """A total of an agency (sql indicators/of_agency) with its place (sql indicators/places) where that tells."""
    definition = installation.reference.indicator(row["indicator_code"])
    group = installation.reference.indicator_group(row["group_code"])
    counted = None
    if place is not None:
        of = _size(installation, definition, group, row)
        column = "highest_first" if definition.direction == "higher" else "lowest_first"
        if Coverage(place["among"], 0, 0, of).is_telling:
            counted = Place(place[column], place["among"])
    return {
        "indicator": row["indicator_code"],
        "group": row["group_code"],
        "period": period_of(row).text,
        "announced_on": row["effective_on"],
        "announced_basis": row["effective_basis"],
        "value": _float(row["value"]),
        "out_of": _float(row["out_of"]),
        **_rank(row, counted),
        **{name: row[name] for name in _AS_KEPT},
    }
