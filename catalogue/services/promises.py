"""The check beside the stages: whether the catalogue shows what enacted items promised, and which decisions name them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import polars as pl

from catalogue.model.authority import Form
from catalogue.model.change import Change
from catalogue.model.claim import day
from catalogue.model.diff import diff
from catalogue.model.period import Moment
from catalogue.model.promise import (
    Decider,
    Finding,
    Measure,
    Naming,
    Outcome,
    Record,
    Verdict,
    evidence,
    judge,
    outcome,
    worst,
)
from catalogue.model.version import Version
from catalogue.reference import Reference
from catalogue.services import documents, versions
from catalogue.services.installation import Installation
from catalogue.services.procedures import version_from
from catalogue.store.database import Database, Row

_DECENTRALISE = "decentralise"
_MEASURE = pl.Struct(
    {"position": pl.Int64, "measure_type": pl.String, "verdict": pl.String, "reason": pl.String}
)
_SCHEMA: dict[str, Any] = {
    "item_id": pl.Int64, "programme_code": pl.String, "lead_agency": pl.String, "procedure_code": pl.String,
    "verdict": pl.String, "outcome": pl.String, "measures": pl.List(_MEASURE),
}  # fmt: skip
# What versions show never changes: a finding is kept under the versions that it rests on.
_Key = tuple[int | None, int | None, int | None, bool, str | None, Measure]
_kept: WeakKeyDictionary[Database, dict[_Key, Finding]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Judged:
    """One measure of an item with the changes of the record that bear on it."""

    position: int
    finding: Finding
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ItemCheck:
    """The check of one enacted item; the two days between which the record is compared are None where it has none."""

    verdict: Verdict
    outcome: Outcome
    measures: tuple[Judged, ...]
    procedure_code: str | None
    before_on: date | None
    now_on: date | None
    is_changed: bool


def check(
    installation: Installation,
    moment: Moment,
    *,
    programme: str | None = None,
    items: Collection[int] | None = None,
) -> pl.DataFrame:
    """item_id, programme_code, lead_agency, procedure_code, verdict, outcome, measures: enacted items by the promise."""
    wanted = None if items is None else sorted(items)
    clocks = {"as_of": moment.as_of, "revision": moment.revision}
    read = _reader(installation.database, wanted)
    rows = read(
        "promises/items", programme=programme, items=wanted, organised_on=moment.organised_on, **clocks
    ).to_dicts()
    found = _judged(installation, rows, _measures(installation, moment, rows, wanted))
    return pl.DataFrame([_row(row, found[row["item_id"]]) for row in rows], schema=_SCHEMA)


def of_item(installation: Installation, moment: Moment, item_id: int) -> ItemCheck | None:
    """The check of one item with what changed in the record; None while it is not enacted, or not in the base."""
    row = installation.database.row(
        "promises/items",
        programme=None,
        items=[item_id],
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )
    if row is None:
        return None
    found = _judged(installation, [row], _measures(installation, moment, [row], [item_id]))[item_id]
    written = _versions(installation.database, [row["before_id"], row["now_id"]])
    before, now = written.get(row["before_id"]), written.get(row["now_id"])
    changes = diff(before, now) if before and now else ()
    verdict = worst(finding for _, finding in found)
    return ItemCheck(
        verdict,
        outcome(verdict, is_answered=row["is_answered"]),
        tuple(Judged(place, one, evidence(one.measure.type, changes)) for place, one in found),
        row["procedure_code"],
        max(row["assigned_on"], before.effective_date) if before else None,
        moment.as_of if now else None,
        is_changed=row["before_id"] != row["now_id"],
    )


def ids(installation: Installation, moment: Moment, programme: str, wanted: str) -> list[int]:
    """The items of a programme with one outcome of the check."""
    key = ("promises.check", programme, moment)
    frame = installation.database.kept(key, lambda: check(installation, moment, programme=programme))
    return frame.filter(pl.col("outcome") == wanted)["item_id"].to_list()


def publication_candidates(installation: Installation, agency: str) -> pl.DataFrame:
    """document_id, number, issued_on, item_ids: decisions that name an agency's enacted items and are not reported yet."""
    moment = installation.moment()
    return installation.database.read(
        "promises/candidates", agency=agency, as_of=moment.as_of, revision=moment.revision
    )


def publication_check(
    installation: Installation, content: Mapping[str, Any], procedure_code: str | None, agency: str
) -> Naming:
    """Whether the decision that a claim cites is registered, and names the procedure of the item."""
    database = installation.database
    document_id = documents.known(database, content.get("number") or "", day(content, "issued_on"), agency)
    if document_id is None:
        return Naming.NOT_REGISTERED
    row = database.row(
        "promises/publication",
        document_id=document_id,
        procedure_code=procedure_code,
        revision=installation.moment().revision,
    )
    if not row or not row["is_registered"]:
        return Naming.NOT_REGISTERED
    return Naming.NAMED if row["is_named"] else Naming.NOT_NAMED


def _reader(database: Database, items: Sequence[int] | None) -> Callable[..., pl.DataFrame]:
    """The answer about everything is kept, the one about some items is not."""
    return database.known if items is None else database.read


def _measures(
    installation: Installation, moment: Moment, rows: Iterable[Row], items: Sequence[int] | None
) -> dict[int, list[tuple[int, Measure]]]:
    """By item, what it promises; who is to decide is promised by a decentralised item."""
    read, reference = _reader(installation.database, items), installation.reference
    frame = read("promises/measures", items=items, as_of=moment.as_of, revision=moment.revision)
    found: dict[int, list[tuple[int, Measure]]] = defaultdict(list)
    ended = tuple((one.level, one.on) for one in reference.level_endings if one.on <= moment.as_of)
    deciders = {row["item_id"]: _decider(reference, row, ended) for row in rows if row["to_level"]}
    for item_id, position, kind, before, after in frame.iter_rows():
        to = deciders.pop(item_id, None) if kind == _DECENTRALISE else None
        found[item_id].append((position, Measure(kind, before, after, to)))
    for item_id, to in deciders.items():
        found[item_id].insert(0, (0, Measure(_DECENTRALISE, to=to)))
    return found


def _decider(reference: Reference, row: Row, ended: tuple[tuple[str, date], ...]) -> Decider:
    """Who is to decide on the day, and by which names a record may call them: a named body, else an agency or its heir."""
    names = {row["to_body"]} if row["to_body"] else set()
    for code in () if names else filter(None, {row["to_agency"], row["said_to_agency"]}):
        names.update(reference.spellings(code))
    return Decider(row["to_level"], tuple(sorted(names)), row["form"] == Form.UY_QUYEN, ended)


def _judged(
    installation: Installation, rows: Sequence[Row], measures: Mapping[int, Sequence[tuple[int, Measure]]]
) -> dict[int, list[tuple[int, Finding]]]:
    kept = _kept.setdefault(installation.database, {})
    keys = {row["item_id"]: _key(row) for row in rows}
    missing = [
        one for one, key in keys.items() if any((*key, measure) not in kept for _, measure in measures[one])
    ]
    if missing:
        wanted = {version_id for one in missing for version_id in keys[one][:3]}
        written = _versions(installation.database, wanted)
        for one in missing:
            before, now, eve, is_republished, replaced_by = keys[one]
            record = Record(
                written.get(before), written.get(now), is_republished, written.get(eve), replaced_by
            )
            kept.update({(*keys[one], measure): judge(measure, record) for _, measure in measures[one]})
    return {
        one: [(place, kept[*key, measure]) for place, measure in measures[one]] for one, key in keys.items()
    }


def _key(row: Row) -> tuple[int | None, int | None, int | None, bool, str | None]:
    """The versions that a finding rests on; the one on the eve matters where nothing was published since."""
    eve = None if row["is_republished"] or row["eve_id"] == row["now_id"] else row["eve_id"]
    return row["before_id"], row["now_id"], eve, row["is_republished"], row["replaced_by"]


def _versions(database: Database, wanted: Iterable[int | None]) -> dict[int | None, Version]:
    known = sorted({version_id for version_id in wanted if version_id is not None})
    return {one: version_from(standing) for one, standing in versions.written(database, known).items()}


def _row(row: Row, found: Sequence[tuple[int, Finding]]) -> Row:
    verdict = worst(finding for _, finding in found)
    measures = [
        {
            "position": position,
            "measure_type": finding.measure.type,
            "verdict": finding.verdict.value,
            "reason": finding.shown.reason.value,
        }
        for position, finding in found
    ]
    own = {name: row[name] for name in ("item_id", "programme_code", "lead_agency", "procedure_code")}
    judged = {"verdict": verdict.value, "outcome": outcome(verdict, is_answered=row["is_answered"]).value}
    return own | judged | {"measures": measures}
