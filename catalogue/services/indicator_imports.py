"""Scores from a file into the ledger: stage a comparison, show it, accept it in one transaction or reject it.

Accepting compares again, so that nothing is written twice however the ledger moved since staging. A row whose total or
one of whose components differs is recorded whole, as a later fact on the same subject.
"""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from catalogue.errors import Conflict, Forbidden, ImportRejected, Invalid, Issue, StaleVersion
from catalogue.model.actor import Actor, Right, Role
from catalogue.model.indicator import Period, State
from catalogue.model.score import Amount, Score, agree, said
from catalogue.reference import Indicator
from catalogue.services.batches import BatchReport, get, issue_row, report_of, visible
from catalogue.services.indicator_rows import members
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction

# What is wrong with a file as a whole: nothing of it can be trusted, so nothing is staged.
STOPS_BATCH = frozenset(
    {"unknown_column", "sheet_not_of_source", "rows_unaccounted", "too_few_rows", "too_many_errors"}
)
PARTS = ["indicator"]  # of the batch: what tells it from one of procedures

_SUBJECT = ("group_code", "subject", "agency_code", "unit_code", "component", "period_kind", "period_end")
_COMPARED = (
    "state",
    "value",
    "out_of",
    "rank",
    "rank_of",
    "rank_scope",
    "method",
    "unit_name",
    "measured_to",
)


@dataclass(frozen=True)
class IncomingScores:
    """A file as a source read it; its scores describe the time up to `observed_on`."""

    source: str
    indicator: str
    file_name: str
    sha256: str
    content: bytes
    observed_on: date
    scores: Sequence[Score]
    issues: Sequence[Issue] = ()
    rows_read: int = 0


@dataclass(frozen=True)
class StagedScore:
    """A row of a batch: what it would record, the total first; none where another row of the file says it whole."""

    change: str
    sheet: str | None
    row: int
    facts: tuple[Row, ...]


def stage(installation: Installation, incoming: IncomingScores, *, by: Actor | None = None) -> BatchReport:
    """Compare scores with the ledger, and keep the comparison as a batch. `by`: None is the command line.

    The same bytes staged again by the same person replace the batch that still waits.
    Raises: ImportRejected when the file as a whole is not to be trusted; Invalid when the day has not come yet;
    NotSignedIn, Forbidden.
    """
    actor_id = by.require(Right.STAGE_IMPORTS) if by else None
    if by and by.role is Role.MINISTRY_EDITOR:
        raise Forbidden("source_not_for_agencies", value=incoming.source)
    if incoming.observed_on > installation.today:
        raise Invalid("observed_in_future", value=incoming.observed_on)
    if stopping := [issue for issue in incoming.issues if issue.rule in STOPS_BATCH]:
        rest = (issue for issue in incoming.issues if issue.rule not in STOPS_BATCH)
        raise ImportRejected(issues=(*stopping, *rest), file=incoming.file_name, rows_read=incoming.rows_read)
    definition = installation.reference.indicator(incoming.indicator)
    once, repeated = _parted(incoming.scores)
    records = [_facts_of(definition, score, incoming) for score in once]
    with installation.database.unrecorded() as transaction:
        twins = transaction.read(
            "imports/staged_twins", source=incoming.source, sha256=incoming.sha256, staged_by=actor_id
        )
        for twin in twins["batch_id"]:
            transaction.write("imports/replace", batch_id=twin, decided_at=transaction.recorded_at)
            transaction.write("indicator_imports/clear", batch_id=twin)
        recorded = _recorded(
            transaction, definition.code, records, incoming.observed_on, transaction.revision
        )
        changes = [_change(facts, recorded) for facts in records]
        number = transaction.row("imports/next_batch")
        assert number is not None
        batch_id: int = number["batch_id"]
        transaction.insert(
            "batch", [_batch_row(batch_id, incoming, changes, len(repeated), transaction, actor_id)]
        )
        rows = [
            *zip(once, changes, records, strict=True),
            *((score, "unchanged", []) for score in repeated),
        ]
        transaction.insert(
            "staged_indicator",
            [
                {
                    "batch_id": batch_id,
                    "position": position,
                    "sheet": score.sheet,
                    "row_no": score.row,
                    "change": change,
                    "facts": json.dumps(facts, default=date.isoformat, ensure_ascii=False),
                }
                for position, (score, change, facts) in enumerate(rows)
            ],
        )
        found = (
            *incoming.issues,
            *_absent(installation, definition, incoming),
            *_contradictions(incoming.file_name, once, records, recorded),
        )
        transaction.insert("batch_issue", [issue_row(batch_id, n, issue) for n, issue in enumerate(found)])
        known = transaction.row("imports/content_known", sha256=incoming.sha256)
        if known is not None and not known["files"]:
            transaction.insert("batch_content", [{"sha256": incoming.sha256, "content": incoming.content}])
    return report_of(installation.database, batch_id)


def accept(installation: Installation, batch_id: int, *, by: Actor | None = None) -> BatchReport:
    """Record what a batch says that the ledger does not, in one transaction; without a difference, no revision.

    Raises: NotFound, Conflict when the batch was decided or replaced already; StaleVersion when the ledger has moved
    so that the comparison that was shown does not hold, which is then made anew; NotSignedIn, Forbidden.
    """
    actor_id = by.require(Right.DECIDE_IMPORTS) if by else None
    database = installation.database
    with database.unrecorded() as transaction:
        batch, rows = _waiting(transaction, batch_id)
        moved = _moved(transaction, rows, batch, transaction.revision)
        if moved is not None:
            _restage(transaction, batch_id, rows, moved)
        elif not any(row.change != "unchanged" for row in rows):
            _close(transaction, batch, transaction.revision, None, actor_id)
            return report_of(transaction, batch_id)
    if moved is not None:
        raise StaleVersion("scores_moved", id=batch_id)
    with database.transaction("import.accept", actor_id) as transaction:
        batch, rows = _waiting(transaction, batch_id)
        if _moved(transaction, rows, batch, transaction.revision - 1) is not None:
            raise StaleVersion("scores_moved", id=batch_id)
        written = [fact for row in rows if row.change != "unchanged" for fact in row.facts]
        transaction.append("indicator_value", written)
        _close(transaction, batch, transaction.revision - 1, transaction.revision, actor_id)
        return report_of(transaction, batch_id)


def preview(
    installation: Installation,
    batch_id: int,
    *,
    change: str | None = None,
    page: int = 1,
    size: int = 50,
    by: Actor | None = None,
) -> tuple[list[StagedScore], int]:
    """A page of the rows of a batch (of one change, or all), in the order of the file; and how many there are.

    Raises: NotFound, NotSignedIn, Forbidden.
    """
    visible(installation.database, batch_id, by)
    frame = installation.database.read(
        "indicator_imports/staged", batch_id=batch_id, change=change, limit=size, offset=(page - 1) * size
    )
    rows = [_staged(row) for row in frame.iter_rows(named=True)]
    return rows, int(frame["total"][0]) if frame.height else 0


def is_of_scores(batch: Row) -> bool:
    """Whether a batch holds scores of indicators, not procedures."""
    return list(batch["parts"] or ()) == PARTS


def _parted(scores: Sequence[Score]) -> tuple[list[Score], list[Score]]:
    """The scores to compare, and those of a trend that a whole row of the same period says already."""
    whole = {score.subject for score in scores if not score.is_trend}
    repeated = [score for score in scores if score.is_trend and score.subject in whole]
    return [score for score in scores if not (score.is_trend and score.subject in whole)], repeated


def _facts_of(definition: Indicator, score: Score, incoming: IncomingScores) -> list[Row]:
    """The total and its components as facts."""
    without = [code for code, amount in score.components.items() if amount is State.NOT_APPLICABLE]
    out_of = sum(definition.maxima.values()) - sum(definition.maxima[code] for code in without)
    method = definition.method_on(score.period.end)
    if method is None:
        raise Invalid("period_without_method", value=score.period.text)
    shared = {
        "indicator_code": definition.code,
        "group_code": score.group,
        "subject": "unit" if score.unit_code else "agency",
        "agency_code": score.agency_code,
        "unit_code": score.unit_code,
        "unit_name": score.unit_name,
        "period_kind": score.period.kind.value,
        "period_end": score.period.end,
        "measured_to": score.measured_to,
        "effective_on": score.measured_to,
        "effective_basis": "inferred",
        "method": method.code,
        "basis": "printed",
        "source": incoming.source,
        "publication": incoming.file_name,
        "note": None,
    }
    is_valued = isinstance(score.total, int)
    total = {
        **_amount(score.total),
        "component": None,
        "out_of": out_of if without and is_valued else None,
        "rank": score.rank if is_valued else None,
        "rank_of": score.rank_of if is_valued and score.rank else None,
        "rank_scope": ("mixed" if score.is_mixed else "group") if is_valued and score.rank else None,
    }
    empty = dict.fromkeys(("out_of", "rank", "rank_of", "rank_scope"))
    return [
        shared | total,
        *(
            shared | empty | {"component": code} | _amount(amount)
            for code, amount in score.components.items()
        ),
    ]


def _amount(amount: Amount) -> Row:
    if isinstance(amount, State):
        return {"state": amount.value, "value": None}
    return {"state": State.VALUE.value, "value": amount}


@dataclass(frozen=True)
class _Recorded:
    """What the ledger holds of the periods of a file, by subject; `whole`: the totals recorded with their components,
    which the rounded value of a trend never replaces.
    """

    standing: Mapping[tuple[object, ...], Row]
    whole: Set[tuple[object, ...]]


def _recorded(
    transaction: Transaction, indicator: str, records: Sequence[Sequence[Row]], day: date, revision: int
) -> _Recorded:
    ends = sorted({fact["period_end"] for facts in records for fact in facts})
    frame = transaction.read(
        "indicators/recorded", as_of=day, revision=revision, indicator=indicator, period_ends=ends
    )
    standing = {_key(row): row for row in frame.iter_rows(named=True)}
    whole = {_key(row | {"component": None}) for row in standing.values() if row["component"] is not None}
    return _Recorded(standing, whole)


def _change(facts: Sequence[Row], recorded: _Recorded) -> str:
    """What a record is beside the ledger: new, changed or unchanged."""
    before = [recorded.standing.get(_key(fact)) for fact in facts]
    if before[0] is None:
        return "new"
    if len(facts) == 1 and _key(facts[0]) in recorded.whole:
        return "unchanged"
    is_same = all(
        row is not None and all(row[name] == fact[name] for name in _COMPARED)
        for row, fact in zip(before, facts, strict=True)
    )
    return "unchanged" if is_same else "changed"


def _contradictions(
    file: str, scores: Sequence[Score], records: Sequence[Sequence[Row]], recorded: _Recorded
) -> Iterator[Issue]:
    """Values of a trend that the whole row recorded for their period does not round to: it stands, the file is told."""
    for score, facts in zip(scores, records, strict=True):
        key = _key(facts[0])
        if not score.is_trend or key not in recorded.whole:
            continue
        row = recorded.standing[key]
        stands: Amount = row["value"] if row["state"] == State.VALUE else State(row["state"])
        if not agree(score.total, stands):
            both = f"{score.period.text}: {said(score.total)} ≠ {said(stands)}"
            yield Issue("trend_differs_recorded", "warning", file, score.sheet, score.row, value=both)


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in _SUBJECT)


def _waiting(transaction: Transaction, batch_id: int) -> tuple[Row, list[StagedScore]]:
    batch = get(transaction, batch_id)
    if batch["state"] != "staged":
        raise Conflict(f"batch_{batch['state']}_already", id=batch_id)
    frame = transaction.read(
        "indicator_imports/staged", batch_id=batch_id, change=None, limit=1_000_000, offset=0
    )
    return batch, [_staged(row) for row in frame.iter_rows(named=True)]


def _moved(
    transaction: Transaction, rows: Sequence[StagedScore], batch: Row, revision: int
) -> list[str] | None:
    """The changes as they are now, where they are others than those that were shown."""
    with_facts = [row for row in rows if row.facts]
    if not with_facts:
        return None
    indicator = with_facts[0].facts[0]["indicator_code"]
    records = [row.facts for row in with_facts]
    recorded = _recorded(transaction, indicator, records, batch["observed_on"], revision)
    now = [_change(facts, recorded) for facts in records]
    return None if now == [row.change for row in with_facts] else now


def _restage(
    transaction: Transaction, batch_id: int, rows: Sequence[StagedScore], changes: Sequence[str]
) -> None:
    """Keep a comparison that was made anew."""
    now = iter(changes)
    fresh = [(row, next(now) if row.facts else row.change) for row in rows]
    transaction.write("indicator_imports/clear", batch_id=batch_id)
    transaction.insert(
        "staged_indicator",
        [
            {
                "batch_id": batch_id,
                "position": position,
                "sheet": row.sheet,
                "row_no": row.row,
                "change": change,
                "facts": json.dumps(row.facts, default=date.isoformat, ensure_ascii=False),
            }
            for position, (row, change) in enumerate(fresh)
        ],
    )
    counts = _counts([change for _, change in fresh])
    transaction.write("imports/refresh", batch_id=batch_id, base_revision=transaction.revision, **counts)


def _counts(changes: Sequence[str]) -> dict[str, int]:
    names = ("new", "changed", "unchanged")
    return {f"rows_{name}": list(changes).count(name) for name in names} | {"rows_missing": 0}


def _close(
    transaction: Transaction, batch: Row, base: int, revision: int | None, actor_id: int | None
) -> None:
    transaction.write(
        "imports/close",
        batch_id=batch["batch_id"],
        **{name: batch[name] for name in ("rows_new", "rows_changed", "rows_unchanged", "rows_missing")},
        base_revision=base,
        decided_at=transaction.recorded_at,
        decided_by=actor_id,
        revision=revision,
    )


def _staged(row: Row) -> StagedScore:
    facts = json.loads(row["facts"])
    for fact in facts:
        for name in ("period_end", "measured_to", "effective_on"):
            fact[name] = date.fromisoformat(fact[name])
    return StagedScore(row["change"], row["sheet"], row["row_no"], tuple(facts))


def _absent(installation: Installation, definition: Indicator, incoming: IncomingScores) -> Iterator[Issue]:
    """Agencies of a group that the file leaves out of a period in which it names others: reported, not recorded."""
    named: dict[tuple[str, Period], set[str]] = {}
    for score in incoming.scores:
        if not score.is_trend and score.unit_code is None:
            named.setdefault((score.group, score.period), set()).add(score.agency_code)
    for (group, period), codes in named.items():
        everybody = members(installation, installation.reference.indicator_group(group), period.end)
        absent = [one.short_name_on(period.end) for one in everybody if one.code not in codes]
        if absent and definition.size_on(group, period.end) is None:
            names = f"{period.text}: {', '.join(absent)}"
            yield Issue("agencies_without_row", "warning", incoming.file_name, value=names)


def _batch_row(
    batch_id: int,
    incoming: IncomingScores,
    changes: Sequence[str],
    repeated: int,
    transaction: Transaction,
    actor_id: int | None,
) -> Row:
    return {
        "batch_id": batch_id,
        "source": incoming.source,
        "file_name": incoming.file_name,
        "sha256": incoming.sha256,
        "observed_on": incoming.observed_on,
        "state": "staged",
        "parts": PARTS,
        "lists_all": False,
        "keeps_silent": True,
        "rows_read": incoming.rows_read,
        **_counts([*changes, *["unchanged"] * repeated]),
        "rows_rejected": incoming.rows_read - len(changes) - repeated,
        "base_revision": transaction.revision,
        "staged_at": transaction.recorded_at,
        "staged_by": actor_id,
    }
