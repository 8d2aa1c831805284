"""Figures that the Office publishes: frozen when drafted, approved by a second person, published, withdrawn; never edited."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.errors import Conflict, Invalid, Issue, NotFound, StaleVersion
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import LONGEST_TEXT
from catalogue.model.figure import Figure, Kind
from catalogue.model.period import Moment
from catalogue.model.published import NEEDS_COMMENT, Published, Snapshot, SnapshotEvent, State, Step, after
from catalogue.services import figures
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction
from catalogue.text import clean
from catalogue.working_days import civil_day

_STATE_AFTER = {
    Step.DRAFT: State.DRAFT,
    Step.APPROVE: State.APPROVED,
    Step.PUBLISH: State.PUBLISHED,
    Step.WITHDRAW: State.WITHDRAWN,
    Step.DROP: State.DROPPED,
}
_TEXTS = ("printed", "document", "page", "report", "place")


@dataclass(frozen=True)
class Print:
    """What is or will be printed of a figure, and where; numbers that are left out are those that the ledger gives."""

    document: str
    place: str
    printed: str | None = None
    percent: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    page: str | None = None
    report: str | None = None


def read_percent(text: str) -> Decimal | None:
    """A percentage with the decimals that it is printed with: `60,6`, `61 %`; None where nothing is written.

    Raises: Invalid.
    """
    plain = text.replace("%", "").strip()
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,6}([.,]\d{1,6})?", plain):
        raise Invalid("figure_incomplete", issues=(_unreadable("percent", text),))
    return Decimal(plain.replace(",", "."))


def read_count(text: str, column: str) -> int | None:
    """A whole number with or without points between thousands; None where nothing is written.

    Raises: Invalid.
    """
    plain = text.strip()
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,12}|\d{1,3}([.,]\d{3}){1,3}", plain):
        raise Invalid("figure_incomplete", issues=(_unreadable(column, text),))
    return int(re.sub(r"[.,]", "", plain))


def everything(installation: Installation, moment: Moment) -> list[Published]:
    """Every figure drafted here as known at a moment, in the order of drafting."""
    known = installation.database.known
    events: dict[int, list[SnapshotEvent]] = {}
    for row in known("figure_snapshots/events", revision=moment.revision).iter_rows(named=True):
        events.setdefault(row["snapshot_id"], []).append(
            SnapshotEvent(
                Step(row["step"]),
                row["happened_on"],
                row["comment"],
                row["actor_id"],
                row["actor_name"] or "",
                row["recorded_at"],
            )
        )
    rows = known("figure_snapshots/list", revision=moment.revision).to_dicts()
    corrected = {
        row["corrects_code"]: row["code"]
        for row in rows
        if row["corrects"] and _STATE_AFTER[events[row["snapshot_id"]][-1].step] is State.PUBLISHED
    }
    return [_published(row, tuple(events[row["snapshot_id"]]), corrected.get(row["code"])) for row in rows]


def get(installation: Installation, code: str, moment: Moment | None = None) -> Published:
    """A figure drafted here, by its code.

    Raises: NotFound.
    """
    known = everything(installation, moment or installation.moment())
    found = next((one for one in known if one.id == code), None)
    if found is None:
        raise NotFound("published_unknown", id=code[:60])
    return found


def draft(
    installation: Installation,
    actor: Actor,
    measure: str,
    as_of: date,
    told: Print,
    *,
    seen: int,
    known_at: date | None = None,
    since: date | None = None,
    corrects: str | None = None,
) -> str:
    """Freeze a figure as the ledger gives it now (or gave it at the end of `known_at`) with what will be printed of it.

    `seen`: the revision at which the person saw the figure. `corrects`: a published one whose place it takes once it is
    published itself. Returns its code.
    Raises: NotSignedIn, Forbidden; NotFound for an unknown measure or correction; Invalid for what is missing;
    StaleVersion when the figure moved since it was seen; Conflict when the corrected one does not stand.
    """
    actor_id = actor.require(Right.PUBLISH_FIGURES)
    texts = _checked(told)
    if as_of > installation.working_date or (known_at or date.min) > installation.today:
        raise Invalid("figure_future", day=installation.working_date)
    with installation.database.transaction("figure.draft", actor_id) as transaction:
        moment = installation.moment(
            as_of, known_at
        )  # under the write lock: the last revision before this one
        figure = figures.compute(installation, measure, moment, since=since)
        if known_at is None and _moved(installation, figure, measure, moment, seen, since):
            raise StaleVersion("figure_moved")
        earlier = _corrected(installation, corrects, measure)
        snapshot_id = transaction.new_id()
        code = f"SL-{len(transaction.read('figure_snapshots/list', revision=transaction.revision)) + 1:04d}"
        printed_percent = told.percent if figure.kind is Kind.SHARE else None
        transaction.append(
            "figure_snapshot",
            [
                {
                    "snapshot_id": snapshot_id,
                    "code": code,
                    "measure": measure,
                    "as_of": as_of,
                    "since": since,
                    "known_at": known_at,
                    "known_revision": moment.revision,
                    "numerator": figure.numerator,
                    "denominator": figure.denominator,
                    "printed_numerator": figure.numerator if told.numerator is None else told.numerator,
                    "printed_denominator": figure.denominator
                    if told.denominator is None or figure.kind is Kind.COUNT
                    else told.denominator,
                    "printed_percent": str(printed_percent) if printed_percent is not None else None,
                    "corrects": earlier,
                    "actor_id": actor_id,
                    **texts,
                }
            ],
        )
        _step(installation, transaction, snapshot_id, Step.DRAFT, actor_id, None)
    return code


def act(
    installation: Installation, actor: Actor, code: str, step: Step, *, comment: str | None = None
) -> Published:
    """Approve, publish, withdraw or drop a figure drafted here.

    Raises: NotSignedIn, NotFound; Forbidden without the right, or where the drafter would approve; InvalidTransition
    where its state does not allow it; Invalid when withdrawing or dropping gives no reason.
    """
    actor_id = actor.require(Right.PUBLISH_FIGURES)
    comment = clean(comment or "") or None
    with installation.database.transaction(f"figure.{step.value}", actor_id) as transaction:
        found = get(installation, code)
        snapshot = found.snapshot
        assert snapshot is not None
        after(found.state, step, actor_id, snapshot.drafter_id)
        if step in NEEDS_COMMENT and comment is None:
            raise Invalid("figure_reason_missing", issues=(Issue("reason_missing", column="reason"),))
        if comment and len(comment) > LONGEST_TEXT:
            raise Invalid("figure_incomplete", issues=(_too_long("reason", comment),))
        if step is Step.PUBLISH:
            _corrected(installation, snapshot.corrects, found.measure)
        _step(installation, transaction, snapshot.snapshot_id, step, actor_id, comment)
    return get(installation, code)


def _checked(told: Print) -> dict[str, str | None]:
    texts = {name: clean(getattr(told, name) or "") or None for name in _TEXTS}
    issues = [Issue("field_missing", column=name) for name in ("document", "place") if texts[name] is None]
    issues += [_too_long(name, text) for name, text in texts.items() if text and len(text) > LONGEST_TEXT]
    if issues:
        raise Invalid("figure_incomplete", issues=tuple(issues))
    return texts


def _unreadable(column: str, text: str) -> Issue:
    rule = "percent_unreadable" if column == "percent" else "number_unreadable"
    return Issue(rule, column=column, value=text[:40])


def _too_long(column: str, text: str) -> Issue:
    return Issue("text_too_long", column=column, value=str(len(text)))


def _moved(
    installation: Installation, figure: Figure, measure: str, moment: Moment, seen: int, since: date | None
) -> bool:
    then = figures.compute(installation, measure, Moment(moment.as_of, None, seen), since=since)
    return (figure.numerator, figure.denominator) != (then.numerator, then.denominator)


def _corrected(installation: Installation, code: str | None, measure: str | None) -> int | None:
    """The figure that is corrected, if it still stands."""
    if code is None:
        return None
    earlier = get(installation, code)
    if earlier.state is not State.PUBLISHED or earlier.measure != measure or earlier.snapshot is None:
        raise Conflict("figure_not_standing", id=code)
    return earlier.snapshot.snapshot_id


def _step(
    installation: Installation,
    transaction: Transaction,
    snapshot_id: int,
    step: Step,
    actor_id: int,
    comment: str | None,
) -> None:
    today = installation.fixed_working_date or civil_day(transaction.recorded_at)
    transaction.append(
        "figure_snapshot_event",
        [
            {
                "event_id": transaction.new_id(),
                "snapshot_id": snapshot_id,
                "step": step.value,
                "happened_on": today,
                "comment": comment,
                "actor_id": actor_id,
            }
        ],
    )


def _published(row: Row, events: tuple[SnapshotEvent, ...], corrected_by: str | None) -> Published:
    state = _STATE_AFTER[events[-1].step]
    if state is State.PUBLISHED and corrected_by:
        state = State.CORRECTED
    definition = next((one for one in figures.MEASURES if one.measure == row["measure"]), None)
    is_share = row["printed_denominator"] is not None
    label = f"figures.name_{row['measure']}"
    percent = row["printed_percent"]
    return Published(
        id=row["code"],
        kind="share" if is_share else "count",
        area=_area(row["measure"]),
        label_vi=_label(label, "vi"),
        label_en=_label(label, "en"),
        source_vi=row["document"],
        source_en=row["document"],
        state=state,
        measure=definition.measure if definition else None,
        value=None if is_share else row["printed_numerator"],
        numerator=row["printed_numerator"] if is_share else None,
        denominator=row["printed_denominator"],
        printed_percent=Decimal(percent) if percent is not None else None,
        period_from=row["since"],
        as_of=row["as_of"],
        as_of_basis="printed",
        known_at=row["known_at"],
        known_at_basis="printed" if row["known_at"] else None,
        printed=row["printed"],
        snapshot=_snapshot(row, events, corrected_by),
    )


def _snapshot(
    row: Mapping[str, Any], events: tuple[SnapshotEvent, ...], corrected_by: str | None
) -> Snapshot:
    return Snapshot(
        snapshot_id=row["snapshot_id"],
        revision=row["known_revision"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        report=row["report"],
        place=row["place"],
        page=row["page"],
        corrects=row["corrects_code"],
        corrected_by=corrected_by,
        events=events,
    )


def _label(key: str, language: str) -> str:
    t = Translator(language)
    return t(key) if t.has(key) else key.removeprefix("figures.name_")


def _area(measure: str) -> str:
    return measure.split(".")[0]
