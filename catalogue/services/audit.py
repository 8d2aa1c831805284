"""Prove the store: the revision chain hashed again, and checks that each return the offending rows."""

import polars as pl

from catalogue.model.authority import Direction, Level
from catalogue.services.installation import Installation
from catalogue.services.transfers import transfer_from
from catalogue.store import chain

_CHECKS = (
    "catalogue",
    "enacted",
    "evidence",
    "orphans",
    "periods",
    "projection",
    "publications",
    "stages",
)


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


def broken_revisions(installation: Installation) -> list[int]:
    """Revisions whose hash does not follow from the previous hash and their facts."""
    facts: dict[int, dict[str, list[str]]] = {}
    for table in chain.LEDGER:
        for row in installation.database.whole(table).iter_rows(named=True):
            facts.setdefault(row["revision"], {}).setdefault(table, []).append(chain.fact(table, row))
    broken: list[int] = []
    previous = chain.GENESIS
    for row in installation.database.whole("revision").sort("revision").iter_rows(named=True):
        own = chain.link(previous, row, facts.pop(row["revision"], {}))
        if row["previous_hash"] != previous or row["hash"] != own:
            broken.append(row["revision"])
        previous = row["hash"]
    return broken + sorted(facts)
