"""Prove the store: the revision chain hashed again, and SQL checks that each return the offending rows."""

import polars as pl

from catalogue.services.installation import Installation
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
    "transfers",
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
    broken = [
        (
            "chain",
            f"{'first broken link: ' if place == 0 else ''}hash of a revision does not match its facts",
            str(number),
        )
        for place, number in enumerate(broken_revisions(installation))
    ]
    found.append(
        pl.DataFrame(broken, schema=["check", "problem", "id"], orient="row", schema_overrides=_TEXT)
    )
    return pl.concat(found)


_TEXT = {"check": pl.String, "problem": pl.String, "id": pl.String}


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
