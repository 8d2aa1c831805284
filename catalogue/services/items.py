"""Items of a programme: lists with filters, one item with what it needs and its story."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.period import Moment
from catalogue.model.promise import Outcome
from catalogue.services import promises, transfers
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from catalogue.text import words
from catalogue.working_days import next_midnight

PAGE_SIZE = 25


@dataclass(frozen=True)
class ItemFilter:
    """What a list of items is narrowed by; None means everything."""

    agency: str | None = None
    with_groups: bool = (
        False  # with agency: also what a group of agencies leads that it is a member of on the day
    )
    progress: str | None = None
    deadline_state: str | None = None
    assigned_by: int | None = None
    field: str | None = None
    measure_type: str | None = None
    document_id: int | None = None
    only_missing: bool = False  # with document_id: nothing else than that document is missing
    change: str | None = None  # with since: what changed after that day (see figures.changes)
    since: date | None = None
    promise: str | None = None  # an outcome of the check beside the stages (see promises)
    from_level: str | None = None  # who decides away, who decides on the day, to whom it was assigned first
    to_level: str | None = None
    given_to: str | None = None
    assigned_to: str | None = None  # the agency that was given it, whoever answers for it on the day
    form: str | None = None
    overtaken: str | None = (
        None  # what became of an assignment whose taker is no more (see decentralisation), or "all"
    )
    without_document: bool = False  # no document is known that it waits for
    items: tuple[int, ...] | None = None  # nothing else than these
    text: str | None = None


@dataclass(frozen=True)
class ItemPage:
    """One item as it stands at a moment."""

    state: Row
    measures: pl.DataFrame
    instruments: pl.DataFrame
    transfer: transfers.Standing | None
    cooperating: pl.DataFrame
    story: pl.DataFrame


def any_assigned(installation: Installation) -> bool:
    """Whether the installation has any item, on whatever day."""
    row = installation.database.row("items/any")
    return row is not None and bool(row["has_items"])


def find(
    installation: Installation,
    moment: Moment,
    programme: str,
    wanted: ItemFilter | None = None,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> pl.DataFrame:
    """Items as they stand, most urgent first, one page; column `total` says how many there are in all."""
    wanted = wanted or ItemFilter()
    found = _in_state(_found(installation, moment, programme, wanted), wanted.deadline_state)
    return found.slice((page - 1) * size, size).with_columns(total=pl.lit(found.height, pl.Int64))


def summary(installation: Installation, moment: Moment, programme: str, wanted: ItemFilter) -> dict[str, int]:
    """How many items the filter leaves, how many of them are in each deadline state, and how many of those asked for
    differ from the catalogue without an explanation."""
    everything = _found(installation, moment, programme, wanted)
    counts = {row[0]: row[1] for row in everything["deadline_state"].value_counts().iter_rows()}
    differing = promises.ids(installation, moment, programme, Outcome.UNANSWERED)
    unanswered = _in_state(everything, wanted.deadline_state)["item_id"].is_in(differing).sum()
    return {"total": everything.height, "unanswered": int(unanswered), **counts}


def _found(installation: Installation, moment: Moment, programme: str, wanted: ItemFilter) -> pl.DataFrame:
    """All items that a filter leaves, in whatever deadline state: what a page of them and its counts are taken from."""
    params = asdict(wanted)
    del params["deadline_state"]
    params["words"] = words(params.pop("text") or "")
    params["since_end"] = next_midnight(params["since"]) if params["since"] else None
    outcome = params.pop("promise")
    chosen = params.pop("items")
    if outcome:
        judged = promises.ids(installation, moment, programme, outcome)
        chosen = judged if chosen is None else [one for one in judged if one in set(chosen)]
    params["items"] = None if chosen is None else list(chosen)
    return installation.database.known(
        "items/list",
        programme=programme,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
        **params,
    )


def _in_state(found: pl.DataFrame, deadline_state: str | None) -> pl.DataFrame:
    return found if deadline_state is None else found.filter(pl.col("deadline_state") == deadline_state)


def facets(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    """facet, value, label, items: what the items of a programme can be filtered by."""
    return installation.database.known(
        "items/facets",
        programme=programme,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )


def standings(installation: Installation, item_ids: Collection[int]) -> dict[int, Row]:
    """By item, its projection with the lock at which a claim about it is written (`revision`) and who may write one
    (`answering_agency`)."""
    rows = installation.database.read(
        "items/states", items=sorted(set(item_ids)), working_day=installation.working_date
    )
    return {row["item_id"]: row for row in rows.iter_rows(named=True)}


def unissued(installation: Installation, item_ids: Collection[int]) -> pl.DataFrame:
    """item_id, document_id, title: the documents that some items still wait for, as far as recorded."""
    return installation.database.read("items/unissued", items=sorted(set(item_ids)))


def get(installation: Installation, moment: Moment, item_id: int) -> ItemPage:
    """One item with its measures, instruments and confirmed facts, and who may write about it now (`answering_agency`).

    Raises: NotFound when there is none, or none yet on that day.
    """
    clocks: dict[str, Any] = {"as_of": moment.as_of, "revision": moment.revision}
    read = installation.database.read
    state = installation.database.row(
        "items/get",
        item_id=item_id,
        organised_on=moment.organised_on,
        working_day=installation.working_date,
        **clocks,
    )
    if state is None:
        raise NotFound("item_not_found", id=item_id)
    return ItemPage(
        state=state,
        measures=read("items/measures", item_id=item_id, **clocks),
        instruments=read("items/instruments", item_id=item_id, **clocks),
        cooperating=read("items/agencies", item_id=item_id),
        transfer=transfers.of_item(installation, moment, item_id),
        story=installation.database.known("items/story", item_id=item_id, **clocks),
    )
