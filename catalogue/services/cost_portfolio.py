"""Which procedures cost people most: the cost of a case times the cases of a year, of the procedures in force."""

from enum import StrEnum
from typing import Any

import polars as pl

from catalogue.model.cost import Activity
from catalogue.model.period import Moment
from catalogue.services import costings, heirs
from catalogue.services.costings import Costing
from catalogue.services.installation import Installation
from catalogue.store.database import Row


class Standing(StrEnum):
    """What tells the cost of a procedure in force."""

    OWN = "own"  # a sheet of the version in force
    CARRIED = "carried"  # a sheet of an earlier version, and what changed since
    OPEN = "open"  # a sheet of an earlier version that does not tell what changed since
    NONE = "none"


_AMOUNTS = (
    "case_vnd",
    "cases",
    "year_vnd",
    "low_vnd",
    "high_vnd",
    "time_vnd",
    *(f"{activity}_vnd" for activity in Activity),
)
_SCHEMA: dict[str, Any] = {"version_id": pl.Int64, "standing": pl.String, **dict.fromkeys(_AMOUNTS, pl.Int64)}


def find(installation: Installation, moment: Moment) -> pl.DataFrame:
    """version_id, procedure_code, name, field_name, agency_code, agency_name, sheet_id, standing, and where the cost is known in
    đồng: case_vnd, year_vnd (with low_vnd and high_vnd, time_vnd of it for time, and a column an activity), and cases a year.

    Every procedure in force, with the agency that answers for it; the dearest first, those of unknown cost last.
    """

    def made() -> pl.DataFrame:
        frame = heirs.at(installation, moment).placed(
            installation.database.read("costs/procedures", as_of=moment.as_of, revision=moment.revision)
        )
        told = frame.drop_nulls("sheet_id")
        found = costings.by_sheet(installation, dict(told.select("version_id", "sheet_id").iter_rows()))
        costs = pl.DataFrame([_row(one) for one in found.values()], schema=_SCHEMA)
        return (
            frame.join(costs, on="version_id", how="left", maintain_order="left")
            .with_columns(pl.col("standing").fill_null(Standing.NONE.value))
            .sort("year_vnd", "procedure_code", descending=[True, False], nulls_last=True)
        )

    return installation.database.kept(("cost_portfolio.find", moment), made)


def _row(one: Costing) -> Row:
    if not one.is_known:
        return {"version_id": one.version_id, "standing": Standing.OPEN.value}
    standing = Standing.OWN if one.is_own else Standing.CARRIED
    return {"version_id": one.version_id, "standing": standing.value, **one.amounts}
