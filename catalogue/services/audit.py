"""Prove the store: the revision chain hashed again, and checks that each return the offending rows."""

from dataclasses import replace
from datetime import date

import polars as pl

from catalogue.model.authority import Direction, Level
from catalogue.model.period import Moment
from catalogue.services.installation import Installation
from catalogue.services.transfers import transfer_from
from catalogue.store import chain

_CHECKS = (
    "catalogue",
    "costs",
    "enacted",
    "evidence",
    "figure_snapshots",
    "indicators",
    "orphans",
    "periods",
    "projection",
    "publications",
    "report_forms",
    "stages",
)

_END_OF_TIME = date(9999, 12, 30)


def check(installation: Installation) -> pl.DataFrame:
    """check, problem, id: one row a violation; empty when everything holds."""
    database = installation.database
    found = [
        database.read(f"check/{name}")
        .with_columns(pl.lit(name).alias("check"))
        .select("check", "problem", "id")
        for name in _CHECKS
    ]
    guards = database.read(
        "check/guards", tables=[*chain.LEDGER, "revision", "evidence_content", "batch_content"]
    )
    found.append(guards.with_columns(pl.lit("guards").alias("check")).select("check", "problem", "id"))
    found += [_kept_states(installation, moment) for moment in _sample(installation)]
    found.append(_rows("transfers", _wrong_transfers(installation)))
    broken = [
        (
            f"{'first broken link: ' if place == 0 else ''}hash of a revision does not match its facts",
            str(number),
        )
        for place, number in enumerate(broken_revisions(installation))
    ]
    found.append(_rows("chain", broken))
    return pl.concat(found)


def _sample(installation: Installation) -> list[Moment]:
    """Moments at which the kept states are proved: now, once everything recorded has taken effect, and at each year's end
    both as known then and as known now."""
    now = installation.moment()
    moments = [now, replace(now, as_of=_END_OF_TIME)]
    row = installation.database.row("items/first_day")
    day = row["first_day"] if row else None
    if day is not None:
        ends = [date(year, 12, 31) for year in range(day.year, now.as_of.year)]
        moments += [at for end in ends for at in (replace(now, as_of=end), installation.moment(end, end))]
    return moments


def _kept_states(installation: Installation, moment: Moment) -> pl.DataFrame:
    frame = installation.database.read("check/item_periods", as_of=moment.as_of, revision=moment.revision)
    return frame.with_columns(
        pl.lit("item_periods").alias("check"), problem=pl.col("problem") + f" ({moment.as_of})"
    ).select("check", "problem", "id")


def _rows(check: str, found: list[tuple[str, str]]) -> pl.DataFrame:
    schema = dict.fromkeys(("check", "problem", "id"), pl.String)
    return pl.DataFrame([(check, *one) for one in found], schema=schema, orient="row")


def _wrong_transfers(installation: Installation) -> list[tuple[str, str]]:
    """Assignments, as first said and as changed, that name no level there is or move a decision upward."""
    found = []
    for row in installation.database.read("check/transfers").iter_rows(named=True):
        if not {row["from_level"], row["to_level"]} <= set(Level):
            found.append(("transfer with an unknown level", str(row["item_id"])))
        elif transfer_from(row).direction is Direction.UP:
            found.append(("transfer from a lower level to a higher one", str(row["item_id"])))
    return found


def broken_revisions(installation: Installation, *, after: int = 0) -> list[int]:
    """Revisions whose hash does not follow from the previous hash and their facts; `after`: the last one proved already."""
    facts: dict[int, dict[str, list[str]]] = {}
    new = pl.col("revision") > after
    for table in chain.LEDGER:
        for row in installation.database.whole(table).filter(new).iter_rows(named=True):
            facts.setdefault(row["revision"], {}).setdefault(table, []).append(chain.fact(table, row))
    broken: list[int] = []
    revisions = installation.database.whole("revision").sort("revision")
    proved = revisions.filter(~new)
    previous = proved["hash"][-1] if proved.height else chain.GENESIS
    for row in revisions.filter(new).iter_rows(named=True):
        own = chain.link(previous, row, facts.pop(row["revision"], {}))
        if row["previous_hash"] != previous or row["hash"] != own:
            broken.append(row["revision"])
        previous = row["hash"]
    return broken + sorted(facts)
