"""Measures: named definitions that compute a figure for an as_of and a known_at, and the frames behind a programme's page."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.figure import Figure, Kind
from catalogue.model.period import Moment, month_end_before
from catalogue.services.installation import Installation
from catalogue.working_days import next_midnight

SIMPLIFICATION = "don-gian-hoa-giay-to-cong-dan"
DECENTRALISATION = "phan-cap-1015"
DIRECTIVES = "nhiem-vu-giao"
# By kind: the programmes about procedures, whose figures are published; and every programme with a list of its items.
PROCEDURE_PROGRAMMES = {"simplification": SIMPLIFICATION, "decentralisation": DECENTRALISATION}
PROGRAMMES = PROCEDURE_PROGRAMMES | {"directive": DIRECTIVES}


# What `cells` counts, column by column.
STATES = (
    "base", "approved", "enacted", "published", "confirmed", "done", "done_in_time", "done_late", "overdue", "due_soon",
    "in_time", "no_deadline", "standing",
)  # fmt: skip


class Dimension(StrEnum):
    """By what a measure of items can be broken down."""

    AGENCY = "agency"
    DOCUMENT = "document"  # the assigning document: in the simplification programme a resolution
    FIELD = "field"
    MEASURE_TYPE = "measure_type"


_COLUMNS = {
    Dimension.AGENCY: ("agency_code", "agency_short_name"),
    Dimension.DOCUMENT: ("assigned_by", "document"),
    Dimension.FIELD: ("field_name", "field_name"),
}


class Over(StrEnum):
    """What a rate of items is a share of: the two official readings are told apart wherever one is shown."""

    ALL = "base"  # every item of the base
    DUE = "due"  # done, or overdue: "completed of those due" (report 1270/BC-TCTTTg, Decision 42/2014/QĐ-TTg)
    DONE = "done"


@dataclass(frozen=True)
class Measure:
    """A named definition: the query that computes it and what the query is asked with."""

    measure: str
    kind: Kind
    query: str
    params: tuple[tuple[str, Any], ...] = ()
    has_period: bool = False
    is_done: bool = False  # the measure of a programme's done stage
    counts_agencies: bool = False  # official only by the agencies of the day

    @property
    def programme(self) -> str | None:
        """The code of the programme whose items, or whose agencies, it counts."""
        return dict(self.params).get("programme")

    @property
    def above(self) -> str | None:
        """The state of the items above the line (item_counts); None where it counts no items."""
        return dict(self.params).get("above")

    @property
    def over(self) -> Over | None:
        """What a rate of items is a share of; None for anything else."""
        return Over(dict(self.params)["below"]) if self.above and self.kind is Kind.SHARE else None


def _rate(kind: str, name: str, above: str, over: Over = Over.ALL) -> Measure:
    return _items(kind, name, Kind.SHARE, above, over)


def _count(kind: str, name: str, above: str) -> Measure:
    return _items(kind, name, Kind.COUNT, above, Over.ALL)


def _items(kind: str, name: str, counted: Kind, above: str, over: Over) -> Measure:
    params = (("programme", PROGRAMMES[kind]), ("above", above), ("below", over.value))
    return Measure(
        f"{kind}.{name}",
        counted,
        "figures/programme_share",
        params,
        is_done=above == "done" and over is Over.ALL,
    )


def _agencies(kind: str, name: str, counted: Kind, query: str) -> Measure:
    return Measure(f"{kind}.{name}", counted, query, (("programme", PROGRAMMES[kind]),), counts_agencies=True)


def _of_programme(kind: str) -> tuple[Measure, ...]:
    """What is asked of the items of every programme."""
    return (
        _rate(kind, "done", "done"),
        _rate(kind, "done_of_due", "done", Over.DUE),
        _rate(kind, "in_time_of_done", "done_in_time", Over.DONE),
        _count(kind, "open", "open"),
        _count(kind, "in_time", "open_in_time"),
        _count(kind, "due_soon", "due_soon"),
        _count(kind, "overdue", "overdue"),
    )


MEASURES: tuple[Measure, ...] = (
    Measure("catalogue.total", Kind.COUNT, "figures/catalogue_total"),
    *(
        Measure(f"catalogue.level.{group}", Kind.COUNT, "figures/catalogue_level", (("level_group", group),))
        for group in ("central", "local", "vertical")
    ),
    Measure("publication.decisions", Kind.COUNT, "figures/publication_decisions", has_period=True),
    *_of_programme("simplification"),
    _rate("simplification", "approved", "approved"),
    _rate("simplification", "published", "published"),
    # a count: no source prints how many agencies the programme has
    _agencies("simplification", "agencies_complete", Kind.COUNT, "figures/agencies_complete"),
    *_of_programme("decentralisation"),
    _rate("decentralisation", "published", "published"),
    _agencies("decentralisation", "agencies", Kind.SHARE, "figures/agencies_started"),
    _agencies("decentralisation", "agencies_complete", Kind.SHARE, "figures/agencies_complete"),
    *_of_programme("directive"),
)
_BY_NAME = {measure.measure: measure for measure in MEASURES}


def compute(installation: Installation, measure: str, moment: Moment, *, since: date | None = None) -> Figure:
    """One figure; `since` begins the period of a measure that counts over one (default: 1 January of as_of's year).

    Raises: NotFound for a measure that does not exist.
    """
    if measure not in _BY_NAME:
        raise NotFound("measure_unknown", id=measure)
    definition = _BY_NAME[measure]
    params = dict(definition.params) | (_all_clocks if definition.counts_agencies else _clocks)(moment)
    if definition.has_period:
        params["since"] = since or moment.as_of.replace(month=1, day=1)
    row = installation.database.known_row(definition.query, **params)
    assert row is not None
    return Figure(
        measure,
        definition.kind,
        row["numerator"],
        row["denominator"] if definition.kind is Kind.SHARE else None,
        moment,
        is_recount=definition.counts_agencies and installation.is_reorganised_since(moment),
    )


def compute_all(installation: Installation, moment: Moment, *, since: date | None = None) -> list[Figure]:
    """Every measure at one moment."""
    return [compute(installation, definition.measure, moment, since=since) for definition in MEASURES]


def stages(installation: Installation, programme: str, moment: Moment) -> dict[str, int]:
    """Counts of every stage and deadline state of a programme, on its base (`assigned`); `standing` ones are never due."""
    row = installation.database.known_row("figures/stages", programme=programme, **_clocks(moment))
    assert row is not None
    return {name: int(value) for name, value in row.items()}


def cells(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """agency_code, agency_name, agency_short_name, assigned_by, document_number, document_date, document_title, field_name and
    a column for each of STATES: the items of the base by agency, assigning document and field."""
    return installation.database.known("figures/cells", programme=programme, **_all_clocks(moment))


def breakdown(installation: Installation, measure: str, moment: Moment, by: Dimension) -> pl.DataFrame:
    """key, label, label_en, numerator, denominator: a measure of items by agency, assigning document (resolution), field or
    measure type, most below the line first.

    The parts add up to the measure, except by measure type, where an item counts with each of its own.
    Raises: NotFound for a measure that counts no items.
    """
    definition = item_measure(measure)
    if by is Dimension.MEASURE_TYPE:
        counted = installation.database.known(
            "figures/by_measure_type", programme=definition.programme, **_clocks(moment)
        ).select(pl.col("measure_type").alias("key"), pl.col("name_vi").alias("label"),
                 pl.col("name_en").alias("label_en"), *STATES)  # fmt: skip
    else:
        key, label = _COLUMNS[by]
        counted = (
            cells(installation, str(definition.programme), moment)
            .with_columns(pl.coalesce("document_number", "document_title").alias("document"))
            .group_by(pl.col(key).cast(pl.String).alias("key"), pl.col(label).alias("label"))
            .agg(pl.col(*STATES).sum())
            .with_columns(pl.col("label").alias("label_en"))
        )
    return counted.select("key", "label", "label_en", *_both_sides(definition)).sort(
        "denominator", "key", descending=[True, False], nulls_last=True
    )


def rated_cells(installation: Installation, measure: str, moment: Moment) -> pl.DataFrame:
    """`cells` with the numerator and denominator of a measure of items. Raises: NotFound."""
    definition = item_measure(measure)
    frame = cells(installation, str(definition.programme), moment)
    return frame.with_columns(*_both_sides(definition))


def item_measure(measure: str) -> Measure:
    """The definition of a measure that counts items. Raises: NotFound."""
    definition = _BY_NAME.get(measure)
    if definition is None or definition.above is None or definition.programme is None:
        raise NotFound("measure_unknown", id=measure[:60])
    return definition


def _both_sides(definition: Measure) -> tuple[pl.Expr, pl.Expr]:
    sides = dict(definition.params)
    return _counted(sides["above"]).alias("numerator"), _counted(sides["below"]).alias("denominator")


def _counted(state: str) -> pl.Expr:
    """The items of a row of counts that are in a state of item_counts; standing tasks are in none."""
    base = pl.col("base") - pl.col("standing")
    sums = {
        "base": base,
        "open": base - pl.col("done"),
        "open_in_time": base - pl.col("done") - pl.col("overdue"),
        "due": pl.col("done") + pl.col("overdue"),
    }
    return sums[state] if state in sums else pl.col(state)


def by_agency(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """agency_code, agency_name, agency_short_name, base, done, in_time, due_soon, overdue, standing; most overdue
    first. `in_time`: with those that have no deadline."""
    return (
        cells(installation, programme, moment)
        .group_by("agency_code", "agency_name", "agency_short_name")
        .agg(
            pl.col("base", "done").sum(),
            (pl.col("in_time") + pl.col("no_deadline")).sum().alias("in_time"),
            pl.col("due_soon", "overdue", "standing").sum(),
        )
        .sort(
            "overdue",
            "due_soon",
            pl.col("base") - pl.col("standing") - pl.col("done"),
            "agency_code",
            descending=[True, True, True, False],
        )
    )


def curve(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """stage, day, reached: the count from that day on, for each day on which it changes."""
    return installation.database.known("figures/curve", programme=programme, **_clocks(moment))


def bottlenecks(installation: Installation, programme: str, moment: Moment, limit: int = 5) -> pl.DataFrame:
    """Documents not issued that hold back open items: `alone` would be released by it, `helps` need it among others."""
    return installation.database.known(
        "figures/bottlenecks", programme=programme, limit=limit, **_all_clocks(moment)
    )


def changes(installation: Installation, programme: str, moment: Moment, since: date) -> pl.DataFrame:
    """change, agency_code, agency_name, items: what took effect, or was first reported, after a day."""
    return installation.database.known(
        "figures/changes",
        programme=programme,
        since=since,
        since_end=next_midnight(since),
        **_all_clocks(moment),
    )


def levels(installation: Installation, moment: Moment) -> dict[str, int]:
    """total, central, local, vertical, overlapping, unknown: the level groups as sets."""
    row = installation.database.known_row("figures/levels", **_clocks(moment))
    assert row is not None
    return {name: int(value) for name, value in row.items()}


def last_period_end(moment: Moment) -> date:
    """The end of the reporting period before as_of: the month end before it."""
    return month_end_before(moment.as_of)


def _clocks(moment: Moment) -> dict[str, Any]:
    return {"as_of": moment.as_of, "revision": moment.revision}


def _all_clocks(moment: Moment) -> dict[str, Any]:
    return _clocks(moment) | {"organised_on": moment.organised_on}
