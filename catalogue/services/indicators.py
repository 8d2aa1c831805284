"""Indicators at a moment: where agencies stand among their like, how they got there, and who has no value.

A value counts from the day of its announcement on; agencies are always those of the period that it describes.
Frames (columns: `indicator_rows`) give values as floats of the unit (points or percent), exact to four decimals.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.indicator import Coverage, Period, PeriodKind, Point
from catalogue.model.period import Moment
from catalogue.reference import Indicator, IndicatorGroup
from catalogue.services.indicator_rows import (
    HISTORY,
    MEANS,
    Member,
    agency_rows,
    component_rows,
    coverage_of,
    history_row,
    mean_point,
    mean_row,
    most_telling_last,
    moves,
    period_of,
    point,
    printed_rows,
)
from catalogue.services.installation import Installation
from catalogue.store.database import Row


@dataclass(frozen=True)
class Standing:
    """A group in one period: who has which value, what the mean is, and of how many agencies.

    `agencies`: columns of `STANDING`, best first, then those without a value by name. `change`: against the period
    just before, null across a break. `rank`: as printed by the source (`rank_basis` printed) or counted among those
    that have a whole total (computed); `file_rank`: what a source printed that ranks several groups together.
    `components`: agency_code, unit_code, component, state, value, one row each; empty without components.
    `regions`: code, value, basis, source, publication; `mean_rows`: the same of the mean, where one was printed.
    `mean_basis`: printed, inferred, memory, or computed here.
    """

    indicator: Indicator
    group: IndicatorGroup
    period: Period
    measured_to: date
    announced_on: date
    announced_basis: str
    method: str
    within: str | None
    agencies: pl.DataFrame
    components: pl.DataFrame
    regions: pl.DataFrame
    mean_rows: pl.DataFrame
    mean: Decimal | None
    mean_basis: str | None
    change: Decimal | None
    coverage: Coverage
    is_invented: bool


def latest(
    installation: Installation,
    indicator: str,
    moment: Moment,
    *,
    group: str | None = None,
    kind: str | None = None,
    within: str | None = None,
) -> Standing | None:
    """The last period of which a group (default: the indicator's first) has anything; None where it has nothing yet.

    `kind`: of periods of this kind only; `within`: units of this agency, where the group is of units.
    Raises: NotFound.
    """
    definition, ranked = _chosen(installation, indicator, group)
    frame = means(installation, definition.code, moment, group=ranked.code, kind=kind, within=within)
    if frame.is_empty():
        return None
    last = frame.row(-1, named=True)
    period = Period(last["period_end"], PeriodKind(last["period_kind"]))
    return standing(installation, definition.code, moment, period, group=ranked.code, within=within)


def standing(
    installation: Installation,
    indicator: str,
    moment: Moment,
    period: Period,
    *,
    group: str | None = None,
    within: str | None = None,
) -> Standing | None:
    """A group in one period; None where nothing is known of it. Raises: NotFound."""
    definition, ranked = _chosen(installation, indicator, group)
    rows = _of_period(installation, definition, ranked, period, moment, within)
    totals = [row for row in rows if row["component"] is None]
    if not totals:
        return None
    series = means(installation, definition.code, moment, group=ranked.code, kind=period.kind, within=within)
    own = next(row for row in series.iter_rows(named=True) if row["period_end"] == period.end)
    before = _before(installation, definition, ranked, period, moment, within)
    coverage = coverage_of(own, own["of"])
    latest_row = max(totals, key=lambda row: row["effective_on"])
    return Standing(
        definition,
        ranked,
        period,
        measured_to=max(row["measured_to"] for row in totals),
        announced_on=latest_row["effective_on"],
        announced_basis=latest_row["effective_basis"],
        method=latest_row["method"],
        within=within,
        agencies=agency_rows(installation, definition, ranked, period, totals, before, coverage),
        components=component_rows(rows),
        regions=printed_rows(totals, "region"),
        mean_rows=printed_rows(totals, "mean"),
        mean=None if own["mean"] is None else Decimal(str(own["mean"])),
        mean_basis=own["mean_basis"],
        change=None if own["change"] is None else Decimal(str(own["change"])),
        coverage=coverage,
        is_invented=bool(own["is_invented"]),
    )


def means(
    installation: Installation,
    indicator: str,
    moment: Moment,
    *,
    group: str | None = None,
    kind: str | None = None,
    within: str | None = None,
) -> pl.DataFrame:
    """The mean of a group by period: columns of `MEANS`; a line may join rows of one kind and `segment` only.

    In time order; of periods that were measured up to the same day the one with most values comes last.
    A mean that a source printed stands for itself; otherwise it is computed of the members that have a whole total,
    and never of one single member of a larger group. Raises: NotFound.
    """
    definition, ranked = _chosen(installation, indicator, group)
    frame = installation.database.known(
        "indicators/periods",
        as_of=moment.as_of,
        revision=moment.revision,
        indicator=definition.code,
        group=ranked.code,
        within=within,
    )
    found: list[Row] = []
    for one in [kind] if kind else [one.value for one in PeriodKind]:
        rows = [
            mean_row(installation, definition, ranked, row)
            for row in frame.iter_rows(named=True)
            if row["period_kind"] == one
        ]
        points = [mean_point(installation, ranked, row) for row in rows]
        found += [row | extra for row, extra in zip(rows, moves(points), strict=True)]
    found.sort(key=most_telling_last)
    return pl.DataFrame(found, schema=MEANS)


def of_agency(
    installation: Installation, agency_code: str, moment: Moment, indicator: str | None = None
) -> pl.DataFrame:
    """Everything that is known of one agency itself: columns of `HISTORY`, by indicator in time order.

    `segment`: a line may join rows of one indicator, group, kind of period and segment only; `break`: why a new one
    begins (method, agencies, gap). `rank` as in `Standing`. Raises: NotFound for an agency that does not exist.
    """
    agency = installation.reference.agency(agency_code)
    known, day, revision = installation.database.known, moment.as_of, moment.revision
    frame = known(
        "indicators/of_agency", as_of=day, revision=revision, agency=agency.code, indicator=indicator
    )
    counted = known("indicators/places", as_of=day, revision=revision, agency=agency.code)
    places = {
        (row["indicator_code"], row["group_code"], row["period_kind"], row["period_end"]): row
        for row in counted.iter_rows(named=True)
    }
    found: list[Row] = []
    keys = ("indicator_code", "group_code", "period_kind")
    for _, part in frame.group_by(keys, maintain_order=True):
        rows = list(part.iter_rows(named=True))
        points = [point(installation, row | {"agency_code": agency.code}, period_of(row)) for row in rows]
        for row, extra in zip(rows, moves(points), strict=True):
            place = places.get(tuple(row[key] for key in (*keys, "period_end")))
            found.append(history_row(installation, row, place) | extra)
    return pl.DataFrame(found, schema=HISTORY)


def units_known(installation: Installation, indicator: str, group: str, moment: Moment) -> pl.DataFrame:
    """The agencies whose units have values in a group of units: agency_code, periods, units."""
    return installation.database.known(
        "indicators/within",
        as_of=moment.as_of,
        revision=moment.revision,
        indicator=indicator,
        group=group,
    )


def announced_later(
    installation: Installation, indicator: str, group: str, moment: Moment
) -> tuple[Period, date] | None:
    """The first period that is known but was announced after the day shown, and when; None where there is none."""
    row = installation.database.known_row(
        "indicators/later",
        as_of=moment.as_of,
        revision=moment.revision,
        indicator=indicator,
        group=group,
    )
    return None if row is None else (period_of(row), row["effective_on"])


def _chosen(
    installation: Installation, indicator: str, group: str | None
) -> tuple[Indicator, IndicatorGroup]:
    definition = installation.reference.indicator(indicator)
    if group is not None and group not in definition.groups:
        raise NotFound("indicator_not_found", id=group)
    return definition, installation.reference.indicator_group(group or definition.groups[0])


def _of_period(
    installation: Installation,
    definition: Indicator,
    group: IndicatorGroup,
    period: Period,
    moment: Moment,
    within: str | None,
) -> list[Row]:
    frame = installation.database.known(
        "indicators/of_period",
        as_of=moment.as_of,
        revision=moment.revision,
        indicator=definition.code,
        group=group.code,
        kind=period.kind.value,
        period_end=period.end,
        within=within,
    )
    return list(frame.iter_rows(named=True))


def _before(
    installation: Installation,
    definition: Indicator,
    group: IndicatorGroup,
    period: Period,
    moment: Moment,
    within: str | None,
) -> dict[Member, Point]:
    """The values of the period just before, by member."""
    earlier = period.before()
    if earlier is None:
        return {}
    return {
        (row["agency_code"], row["unit_code"]): point(installation, row, earlier)
        for row in _of_period(installation, definition, group, earlier, moment, within)
        if row["component"] is None and row["subject"] in ("agency", "unit")
    }
