"""Completeness of the records against Article 8(2) of Decree 63/2010/NĐ-CP: each record, each agency."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from catalogue.model.completeness import CONDITIONAL, MANDATORY
from catalogue.model.period import Moment
from catalogue.services import heirs
from catalogue.services.heirs import UNKNOWN
from catalogue.services.installation import Installation

WHOLE = len(MANDATORY)


@dataclass(frozen=True)
class Totals:
    """Records in force: how many give all eight parts, and how many are known from a list only."""

    records: int
    listed_only: int
    complete: int

    @property
    def described(self) -> int:
        """Records of which some source gives more than a line of a list."""
        return self.records - self.listed_only


def records(installation: Installation, moment: Moment, *, since: date | None = None) -> pl.DataFrame:
    """procedure_code, name, agency_code, agency_name, gift, is_listed, given, conditional, score, issuer_name; the least
    complete first. The agency is who answers, `issuer_name` who issued where that is another.

    `since`: only records published again after that day, whose completeness is the question after every amendment.
    """
    frame = installation.database.known(
        "quality/completeness", since=since, as_of=moment.as_of, revision=moment.revision
    )
    placed = heirs.at(installation, moment).placed(frame)
    return placed.with_columns(pl.col("given").list.len().cast(pl.Int64).alias("score"))


def totals(frame: pl.DataFrame) -> Totals:
    """The sentence above the table."""
    return Totals(frame.height, int(frame["is_listed"].sum()), int((frame["score"] == WHOLE).sum()))


def by_agency(frame: pl.DataFrame) -> pl.DataFrame:
    """agency, agency_name, records, listed_only, complete, each missing part: by described records, least complete first."""
    described = ~pl.col("is_listed")
    lacking = [
        (described & ~pl.col("given").list.contains(part)).sum().cast(pl.Int64).alias(part)
        for part in MANDATORY
    ]
    return (
        frame.group_by(pl.col("agency_code").fill_null(UNKNOWN).alias("agency"))
        .agg(
            pl.when(pl.col("agency_code").is_not_null()).then("agency_name").first().alias("agency_name"),
            pl.len().cast(pl.Int64).alias("records"),
            pl.col("is_listed").sum().cast(pl.Int64).alias("listed_only"),
            (pl.col("score") == WHOLE).sum().cast(pl.Int64).alias("complete"),
            *lacking,
        )
        .with_columns((pl.col("records") - pl.col("listed_only")).alias("described"))
        .sort(
            pl.col("complete") / pl.col("described"),
            pl.col("described"),
            pl.col("agency"),
            descending=[False, True, False],
            nulls_last=True,
        )
    )


def distribution(frame: pl.DataFrame) -> dict[int, int]:
    """Described records by how many of the eight parts they give."""
    counts = dict(frame.filter(~pl.col("is_listed"))["score"].value_counts().iter_rows())
    return {score: int(counts.get(score, 0)) for score in range(WHOLE + 1)}


def conditional(frame: pl.DataFrame) -> dict[str, int]:
    """How many described records give each of the four parts that are due only where they apply."""
    described = frame.filter(~pl.col("is_listed"))
    return {part: int(described["conditional"].list.contains(part).sum()) for part in CONDITIONAL}


def narrowed(frame: pl.DataFrame, *, missing: str | None = None) -> pl.DataFrame:
    """The described records of which this part is missing; without a part, those that are not complete."""
    lacks = ~pl.col("given").list.contains(missing) if missing else pl.col("score") < WHOLE
    return frame.filter(~pl.col("is_listed") & lacks)
