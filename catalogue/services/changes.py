"""The change log of the whole catalogue for a period: every version with what it changed, kinds, counts, the net.

A period begins after the day `since` and ends with as_of. By version the log tells each step; net, it holds each
procedure's last state against the one it had at the beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from catalogue.model.change import Change
from catalogue.model.diff import diff
from catalogue.model.kinds import KINDS as KINDS_OF_CHANGE
from catalogue.model.kinds import kinds
from catalogue.model.period import Moment
from catalogue.services import heirs, versions
from catalogue.services.heirs import UNKNOWN
from catalogue.services.installation import Installation
from catalogue.services.procedures import PAGE_SIZE, version_from
from catalogue.services.versions import Standing
from catalogue.store.database import Row
from catalogue.text import words

KINDS = ("new", "replaced", *KINDS_OF_CHANGE, "gone")

_SCHEMA: dict[str, Any] = {
    "procedure_code": pl.String,
    "effective_date": pl.Date,
    "version_id": pl.Int64,
    "before_id": pl.Int64,
    "name": pl.String,
    "old_name": pl.String,
    "agency_code": pl.String,
    "agency_name": pl.String,
    "gift": pl.String,
    "kinds": pl.List(pl.String),
    "parts": pl.List(pl.String),
    "file_name": pl.String,
}


_AS_IT_IS = (
    "procedure_code",
    "effective_date",
    "name",
    "agency_code",
    "agency_name",
    "issuer_name",
    "version_id",
    "before_id",
    "file_name",
)


@dataclass(frozen=True)
class LogFilter:
    """What the log is narrowed by; None means everything."""

    agency: str | None = None
    kind: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the log; `parts`: those that changed; gone: `file_name` is the list that leaves the procedure out.

    The agency is who answers for the procedure, `issuer_name` who issued it where that is another.
    """

    procedure_code: str
    effective_date: date
    name: str
    agency_code: str | None
    agency_name: str | None
    issuer_name: str | None
    kinds: tuple[str, ...]
    parts: tuple[str, ...]
    version_id: int
    before_id: int | None
    file_name: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Balance:
    """Procedures in force at both ends of a period: then + came_new + came_back - went = now."""

    then_in_force: int
    now_in_force: int
    came_new: int
    came_back: int
    went: int

    @property
    def net(self) -> int:
        """How many more there are at the end."""
        return self.now_in_force - self.then_in_force


@dataclass(frozen=True)
class ChangeLog:
    """A page of the log; `by_kind` and `by_agency` count under every filter but their own."""

    entries: tuple[Entry, ...]
    total: int
    in_agency: int  # under every filter but the kind
    by_kind: Mapping[str, int]
    by_agency: pl.DataFrame  # agency (a code or unknown), agency_name, total and a column a kind


def log(
    installation: Installation,
    moment: Moment,
    since: date,
    wanted: LogFilter | None = None,
    *,
    net: bool = False,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> ChangeLog:
    """The changes of a period, the latest first, with exact counts; typed changes for the page that is shown."""
    wanted = wanted or LogFilter()
    frame = table(installation, moment, since, net=net)
    texted = frame.filter(_has_words(wanted.text))
    is_of = heirs.is_of(installation, moment, wanted.agency)
    in_agency, of_kind = texted.filter(is_of), texted.filter(_is_kind(wanted.kind))
    chosen = in_agency.filter(_is_kind(wanted.kind))
    shown = chosen.slice((page - 1) * size, size)
    return ChangeLog(
        entries=_entries(installation, shown),
        total=chosen.height,
        in_agency=in_agency.height,
        by_kind={kind: in_agency.filter(_is_kind(kind)).height for kind in KINDS},
        by_agency=_by_agency(of_kind),
    )


def table(installation: Installation, moment: Moment, since: date, *, net: bool = False) -> pl.DataFrame:
    """The whole log of a period, the latest first: one row a version (or, net, a procedure), and one for each gone."""
    asked: dict[str, Any] = {"since": since, "as_of": moment.as_of, "revision": moment.revision}
    frame = installation.database.known("changes/log", net=net, **asked)
    exact = _exact_kinds(installation, frame)
    rows = [
        {
            **{name: row.get(name) for name in _SCHEMA},
            "kinds": sorted(exact.get(row["version_id"]) or _kinds(row), key=KINDS.index),
            "parts": row["changed"],
        }
        for row in frame.iter_rows(named=True)
        if not net
        or row["in_force"]
        or row["was_in_force"]  # what came and went within the period is no net change
    ]
    gone = installation.database.read("changes/gone", **asked)
    rows += [
        {name: row.get(name) for name in _SCHEMA} | {"kinds": ["gone"], "parts": []}
        for row in gone.iter_rows(named=True)
    ]
    placed = heirs.at(installation, moment).placed(pl.DataFrame(rows, schema=_SCHEMA))
    return placed.sort("effective_date", "procedure_code", "version_id", descending=[True, False, False])


def balance(installation: Installation, moment: Moment, since: date) -> Balance:
    """How many procedures were in force at both ends of a period, and how the one number became the other."""
    row = installation.database.known_row(
        "changes/balance", since=since, as_of=moment.as_of, revision=moment.revision
    )
    assert row is not None
    return Balance(**row)


def _kinds(row: Row) -> set[str]:
    """What a version is to the one before it, by the parts that differ."""
    if row["before_id"] is None:
        found = {"new"} if row["in_force"] else {"new", "abolished"}
    else:
        found = {_kind_of_part(part) for part in row["changed"]}
        if row["disclosed"] or row["withheld"]:
            found.add("disclosed")
        if row["in_force"] != row["was_in_force"]:
            found.add("restored" if row["in_force"] else "abolished")
    return (found or {"republished"}) | _by_decision(row)


def _kind_of_part(part: str) -> str:
    return {"name": "renamed", "levels": "levels", "decision": "republished"}.get(part, "amended")


def _by_decision(row: Row) -> set[str]:
    return {"replaced"} if row["action"] == "replaced" else set()


def _exact_kinds(installation: Installation, frame: pl.DataFrame) -> dict[int, set[str]]:
    """Kinds by the typed difference where a part has the same letters: spelling or order may be all that changed."""
    doubtful = frame.filter(pl.col("respelt").list.len() > 0)
    ids = [*doubtful["version_id"].to_list(), *doubtful["before_id"].drop_nulls().to_list()]
    written = versions.written(installation.database, ids) if ids else {}
    return {
        row["version_id"]: {
            *kinds(_changes(written, row["before_id"], row["version_id"])),
            *_by_decision(row),
        }
        for row in doubtful.iter_rows(named=True)
    }


def _entries(installation: Installation, shown: pl.DataFrame) -> tuple[Entry, ...]:
    ids = {*shown["version_id"].to_list(), *shown["before_id"].drop_nulls().to_list()}
    written = versions.written(installation.database, ids)
    return tuple(
        Entry(
            **{name: row[name] for name in _AS_IT_IS},
            kinds=tuple(row["kinds"]),
            parts=tuple(row["parts"]),
            changes=_changes(written, row["before_id"], row["version_id"]),
        )
        for row in shown.iter_rows(named=True)
    )


def _changes(written: Mapping[int, Standing], before: int | None, after: int) -> tuple[Change, ...]:
    return () if before is None else diff(version_from(written[before]), version_from(written[after]))


def _by_agency(frame: pl.DataFrame) -> pl.DataFrame:
    counts = [pl.col("kinds").list.contains(kind).sum().cast(pl.Int64).alias(kind) for kind in KINDS]
    return (
        frame.group_by(pl.col("agency_code").fill_null(UNKNOWN).alias("agency"))
        .agg(
            pl.when(pl.col("agency_code").is_not_null()).then("agency_name").first().alias("agency_name"),
            pl.len().cast(pl.Int64).alias("total"),
            *counts,
        )
        .sort("total", "agency", descending=[True, False])
    )


def _has_words(text: str | None) -> pl.Expr:
    """Every word of the text begins a word of the code or of either name."""
    asked = words(text or "")
    if not asked:
        return pl.lit(True)
    said = pl.concat_str("procedure_code", "name", "old_name", separator=" ", ignore_nulls=True)
    folded = said.map_elements(lambda value: f" {' '.join(words(value))}", return_dtype=pl.String)
    return pl.all_horizontal(folded.str.contains(f" {word}", literal=True) for word in asked)


def _is_kind(kind: str | None) -> pl.Expr:
    return pl.col("kinds").list.contains(kind) if kind else pl.lit(True)
