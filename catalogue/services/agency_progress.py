"""Progress by agency: who ranks where by which rate, what stands by resolution, field and measure, and month by month."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from catalogue.model import ranking
from catalogue.model.period import Moment
from catalogue.model.ranking import Like, Rated
from catalogue.reference import Agency, AgencyGroup
from catalogue.services import figures
from catalogue.services.figures import Dimension, Measure
from catalogue.services.installation import Installation


@dataclass(frozen=True)
class Likes:
    """Agencies that are alike, in order of a rate; `names`: by code (name, short name)."""

    like: Like
    rows: tuple[Rated, ...]
    names: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Grid:
    """A rate by agency and one more thing: `cells` (row, column, items, done), rows and columns the most behind first.

    `rows` and `columns` are (key, label, name in full).
    """

    cells: pl.DataFrame
    rows: tuple[tuple[str, str, str], ...]
    columns: tuple[tuple[str, str, str], ...]

    @property
    def is_one_to_one(self) -> bool:
        """Whether every row has one cell and every column too: then the cells say no more than a ranking."""
        counts = [self.cells[end].value_counts()["count"].max() for end in ("row", "column")]
        return all(count == 1 for count in counts)


@dataclass(frozen=True)
class Measured:
    """Items below the line of a rate, how many name a measure, and how often they count by measure type in all."""

    items: int
    measured: int
    counted: int


def rates(kind: str) -> tuple[Measure, ...]:
    """The rates of a kind of programme by which agencies are compared; where every plan is approved as it is assigned,
    that one tells nothing."""
    return tuple(
        one
        for one in figures.MEASURES
        if one.measure.startswith(f"{kind}.") and one.over is not None and one.above != "approved"
    )


def ranked(installation: Installation, measure: str, moment: Moment) -> list[Likes]:
    """Every agency with items of the base by a rate, ranked among its like only. Raises: NotFound."""
    frame = figures.breakdown(installation, measure, moment, Dimension.AGENCY)
    kinds = {one.code: one.kind for one in installation.reference.agencies}
    names = _names(installation, frame["key"].to_list(), moment)
    found = []
    for like in Like:
        rows = [
            (row["key"], row["numerator"], row["denominator"])
            for row in frame.iter_rows(named=True)
            if ranking.like(kinds.get(row["key"])) is like
        ]
        if rows:
            found.append(Likes(like, tuple(ranking.ranked(rows)), names))
    return found


def by_document(installation: Installation, measure: str, moment: Moment) -> Grid:
    """A rate by agency and assigning document. Raises: NotFound."""
    frame = figures.rated_cells(installation, measure, moment).with_columns(
        pl.col("assigned_by").cast(pl.String).alias("key")
    )
    columns = {
        row["key"]: (
            row["document_number"] or row["document_title"],
            " · ".join(filter(None, (row["document_number"], row["document_title"]))),
        )
        for row in frame.iter_rows(named=True)
    }
    return _grid(installation, frame, columns, moment)


def by_measure_type(
    installation: Installation, measure: str, moment: Moment, *, is_english: bool
) -> tuple[Grid, Measured]:
    """A rate by agency and measure type, in which an item counts with each of its measures. Raises: NotFound."""
    definition = figures.item_measure(measure)
    asked = dict(definition.params) | {"as_of": moment.as_of, "revision": moment.revision}
    frame = installation.database.known(
        "figures/measure_cells", organised_on=moment.organised_on, **asked
    ).rename({"measure_type": "key"})
    name = "name_en" if is_english else "name_vi"
    columns = {row["key"]: (row[name], row[name]) for row in frame.iter_rows(named=True)}
    del asked["above"]
    row = installation.database.known_row("figures/measured", **asked)
    assert row is not None
    counted = int(frame["denominator"].sum())
    return _grid(installation, frame, columns, moment), Measured(row["items"], row["measured"], counted)


def trend(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """agency_code, agency_name, agency_short_name, day, base, done: at every month end since the programme began and on
    as_of, always by the agencies of the moment; the most behind on as_of first."""
    frame = installation.database.known(
        "figures/agency_trend",
        programme=programme,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )
    last = frame.filter(pl.col("day") == moment.as_of)
    ends = {
        code: [(done, base)] for code, done, base in last.select("agency_code", "done", "base").iter_rows()
    }
    gone = {code: [(0, 0)] for code in frame["agency_code"].unique() if code not in ends}
    places = {code: place for place, code in enumerate(ranking.lagging_first(ends | gone))}
    names = _names(installation, list(places), moment)
    return (
        frame.with_columns(
            pl.col("agency_code").replace_strict(places, return_dtype=pl.Int64).alias("place"),
            *(
                pl.col("agency_code")
                .replace_strict({code: both[end] for code, both in names.items()}, return_dtype=pl.String)
                .alias(column)
                for end, column in enumerate(("agency_name", "agency_short_name"))
            ),
        )
        .sort("place", "day")
        .drop("place")
    )


def _grid(
    installation: Installation, frame: pl.DataFrame, columns: Mapping[str, tuple[str, str]], moment: Moment
) -> Grid:
    cells = (
        frame.group_by(pl.col("agency_code").alias("row"), pl.col("key").alias("column"))
        .agg(pl.col("denominator").sum().alias("items"), pl.col("numerator").sum().alias("done"))
        .sort("row", "column")
    )
    names = _names(installation, cells["row"].unique().to_list(), moment)
    rows = _in_order(cells, "row")
    places = {key: place for place, key in enumerate(rows)}
    ties: dict[str, int] = {}
    for row, column in cells.select("row", "column").iter_rows():
        ties[column] = min(ties.get(column, len(rows)), places[row])
    return Grid(
        cells,
        tuple((key, names[key][1], names[key][0]) for key in rows),
        tuple((key, *columns[key]) for key in _in_order(cells, "column", ties)),
    )


def _in_order(cells: pl.DataFrame, end: str, ties: Mapping[str, int] | None = None) -> list[str]:
    parts: dict[str, list[tuple[int, int]]] = {}
    for row in cells.iter_rows(named=True):
        parts.setdefault(row[end], []).append((row["done"], row["items"]))
    return ranking.lagging_first(parts, ties)


def _names(installation: Installation, codes: list[str], moment: Moment) -> dict[str, tuple[str, str]]:
    """Name and short name of agencies, and of groups of them, as they bore them."""
    known: dict[str, Agency | AgencyGroup] = {one.code: one for one in installation.reference.agencies}
    known |= {one.code: one for one in installation.reference.groups}
    day = moment.organised_on
    return {
        code: (known[code].name_on(day), known[code].short_name_on(day)) if code in known else (code, code)
        for code in codes
    }
