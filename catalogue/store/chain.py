"""The revision chain: hash = sha256(previous hash + canonical JSON of the facts of one transaction)."""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

GENESIS = "0" * 64

# Every append-only table whose rows are facts of a revision. `revision` itself carries the hashes.
LEDGER = (
    "decentralisation",
    "claim_event",
    "cost_figure",
    "cost_line",
    "cost_sheet",
    "directive",
    "document",
    "document_event",
    "document_identity",
    "evidence",
    "evidence_removal",
    "figure_snapshot",
    "figure_snapshot_event",
    "indicator_value",
    "item",
    "item_adjustment",
    "item_agency",
    "item_event",
    "item_instrument",
    "item_match",
    "item_measure",
    "item_measure_fact",
    "item_measure_instrument",
    "period_closing",
    "period_figure",
    "period_return",
    "period_return_file",
    "procedure",
    "procedure_version",
    "procedure_version_agency",
    "procedure_version_legal_basis",
    "procedure_version_level",
    "procedure_version_problem",
    "procedure_version_source",
    "publication",
    "publication_basis",
    "publication_day",
    "publication_line",
    "publication_mirror",
    "publication_replacement",
    "publication_supersession",
    "report_issue",
    "report_issue_cell",
    "report_issue_row",
    "reporting_period",
    "statistics_filing",
    "statistics_row",
    "statistics_value",
    "transfer_change",
)

# Columns that came after rows had been hashed without them: where they are empty, the fact reads as it did then.
LATER_COLUMNS: Mapping[str, frozenset[str]] = {
    "decentralisation": frozenset({"from_body", "to_body"}),
    "document_event": frozenset({"title", "drafting_agency", "reason"}),
    "procedure_version_legal_basis": frozenset({"number", "issued_on"}),
    "publication_line": frozenset({"extent", "note"}),
}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a fact holds text, integers, booleans and dates only, not {type(value).__name__}")


_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def canonical(row: Mapping[str, Any]) -> str:
    """One fact as canonical JSON: sorted keys, no spaces, NFC, ISO dates, UTC microseconds."""
    text = orjson.dumps(row, default=_plain, option=_OPTIONS).decode()
    return (
        text
        if text.isascii() or unicodedata.is_normalized("NFC", text)
        else unicodedata.normalize("NFC", text)
    )


def fact(table: str, row: Mapping[str, Any]) -> str:
    """A row of a ledger table as canonical JSON; a column added later counts only where it says something."""
    later = LATER_COLUMNS.get(table)
    if later:
        row = {name: value for name, value in row.items() if value is not None or name not in later}
    return canonical(row)


def link(previous_hash: str, revision: Mapping[str, Any], facts: Mapping[str, Iterable[str]]) -> str:
    """The hash of a revision from the previous hash and its canonical facts by table (any order within).

    Who recorded it, when and by which command is one of the facts.
    """
    own = {name: revision[name] for name in ("revision", "recorded_at", "actor_id", "command")}
    tables = {table: sorted(rows) for table, rows in {**facts, "revision": [canonical(own)]}.items()}
    text = ",".join(f'"{table}":[{",".join(tables[table])}]' for table in sorted(tables) if tables[table])
    return hashlib.sha256(f"{previous_hash}{{{text}}}".encode()).hexdigest()
