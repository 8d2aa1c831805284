"""What items really save: the cost of their procedure before and after, each change owed to its cause, with the coverage.

Only an item that is done, whose record shows another version than before, and whose two versions have a known cost counts:
approved is not implemented. In one total a procedure counts once, by the item that spans most: assigned at its earliest version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from catalogue.model.cost import Change, Reading, change
from catalogue.model.period import Moment
from catalogue.services import costings
from catalogue.services.costings import Costing
from catalogue.services.installation import Installation
from catalogue.store.database import Row


class State(StrEnum):
    """How far the saving of an item is known."""

    NO_PROCEDURE = "no_procedure"  # a rule or a task, or a procedure that the catalogue lacks
    NO_VERSION = "no_version"  # the catalogue does not say what the procedure asked for before
    NO_SHEET = "no_sheet"  # nothing tells what it cost before
    OLD_SHEET = "old_sheet"  # a sheet does, but of a version whose later changes it cannot tell
    NOT_DONE = "not_done"
    NOT_SHOWN = "not_shown"  # done, but the record is the one from before
    REPLACED = "replaced"  # abolished, but another procedure took its place
    OPEN = "open"  # what changed cannot be reckoned without a sheet of the later version
    COSTED = "costed"
    SHARED = "shared"  # another item of the same procedure counts in this total


@dataclass(frozen=True)
class ItemCost:
    """One item with what its procedure cost before, and costs now as far as that is known."""

    row: Row
    state: State
    before: Costing | None = None
    after: Costing | None = None
    change: Change | None = None


@dataclass(frozen=True)
class Total:
    """Sums in đồng a year of what counts; `items`: all of them, `done` of them, `costed` of those that are done.

    `procedures`: how many procedures the sums are of.
    """

    items: int
    done: int
    costed: int
    procedures: int
    change: Change

    @property
    def coverage(self) -> tuple[int, int]:
        """Items with a known saving among those that are done."""
        return self.costed, self.done


_AMOUNTS = ("before_vnd", "after_vnd", "reform_vnd", "income_vnd", "volume_vnd")
_SCHEMA: dict[str, Any] = {
    "item_id": pl.Int64, "programme_code": pl.String, "procedure_code": pl.String, "title": pl.String,
    "field_name": pl.String, "agency_code": pl.String, "agency_name": pl.String, "done_on": pl.Date, "before_on": pl.Date,
    "state": pl.String, **dict.fromkeys(_AMOUNTS, pl.Int64),
}  # fmt: skip


def find(
    installation: Installation,
    moment: Moment,
    programme: str | None = None,
    *,
    reading: Reading = Reading.CHOSEN,
) -> pl.DataFrame:
    """item_id, programme_code, procedure_code, title, field_name, agency_code, agency_name, done_on, before_on, state, and in đồng a year
    before_vnd (known without being done), after_vnd, reform_vnd, income_vnd, volume_vnd: every item of the base.

    In the frame a procedure counts once: the others of its items that are done are `shared`.
    """

    def made() -> pl.DataFrame:
        found = [_row(one, reading) for one in of_items(installation, moment, programme)]
        return _counted(pl.DataFrame(found, schema=_SCHEMA))

    return installation.database.kept(("cost_savings.find", moment, programme, reading), made)


def of_item(installation: Installation, moment: Moment, item_id: int) -> ItemCost | None:
    """The cost of one item; None of one that is not in the base."""
    return next(of_items(installation, moment, item=item_id), None)


def of_items(
    installation: Installation, moment: Moment, programme: str | None = None, *, item: int | None = None
) -> Iterator[ItemCost]:
    """Every item of the base with the cost of its procedure."""
    frame = installation.database.known(
        "costs/items",
        programme=programme,
        item=item,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )
    ids = {one for name in ("before_id", "now_id") for one in frame[name].drop_nulls().to_list()}
    known = costings.of_versions(installation, moment, ids)
    return (_judged(row, known.get(row["before_id"]), known.get(row["now_id"])) for row in frame.to_dicts())


def total(frame: pl.DataFrame) -> Total:
    """The sums of a frame of `find`, or of some rows of it."""
    costed = frame.filter(pl.col("state") == State.COSTED)
    sums = {name: int(costed[name].sum()) for name in _AMOUNTS}
    return Total(
        items=frame.height,
        done=frame["done_on"].count(),
        costed=int(frame["state"].is_in([State.COSTED, State.SHARED]).sum()),
        procedures=costed["procedure_code"].n_unique(),
        change=Change(*(sums[name] for name in _AMOUNTS)),
    )


def _judged(row: Row, before: Costing | None, now: Costing | None) -> ItemCost:
    if row["before_id"] is None:
        return ItemCost(row, State.NO_PROCEDURE if row["now_id"] is None else State.NO_VERSION)
    if before is None:
        return ItemCost(row, State.NO_SHEET)
    if not before.is_known:
        return ItemCost(row, State.OLD_SHEET, before)
    if row["done_on"] is None:
        return ItemCost(row, State.NOT_DONE, before)
    if row["now_id"] == row["before_id"]:
        return ItemCost(row, State.NOT_SHOWN, before)
    if now is None or not now.is_known:
        return ItemCost(row, State.OPEN, before, now)
    if row["replaced_by"] is not None and not now.carried.sheet.lines:
        return ItemCost(row, State.REPLACED, before)
    return ItemCost(row, State.COSTED, before, now, change(before.carried.sheet, now.carried.sheet))


def _row(one: ItemCost, reading: Reading) -> Row:
    own = {
        name: one.row[name]
        for name in (
            "item_id",
            "programme_code",
            "procedure_code",
            "title",
            "field_name",
            "agency_name",
            "done_on",
            "before_on",
        )
    }
    found: Row = own | {"agency_code": one.row["lead_agency"], "state": one.state.value}
    if one.before is not None and one.before.is_known:
        found["before_vnd"] = one.before.carried.sheet.year(reading)
    if one.before is not None and one.after is not None and one.change is not None:
        by = change(one.before.carried.sheet, one.after.carried.sheet, reading)
        found |= {
            "after_vnd": by.after, "reform_vnd": by.reform, "income_vnd": by.wage, "volume_vnd": by.volume,
        }  # fmt: skip
    return found


def _counted(frame: pl.DataFrame) -> pl.DataFrame:
    """Of several items that are done of one procedure the first counts: it spans what all of them changed."""
    is_costed = pl.col("state") == State.COSTED
    is_first = is_costed.cast(pl.Int64).cum_sum().over("procedure_code") == 1
    state = pl.when(is_costed & ~is_first).then(pl.lit(State.SHARED.value)).otherwise("state")
    return frame.sort("before_on", "item_id").with_columns(state.alias("state")).sort("item_id")
