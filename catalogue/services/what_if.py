"""What if some documents came into force on some days: the curve and the items that follow. Nothing is written.

Arithmetic by the rule of catalogue.model.enactment on what is recorded, and no forecast.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import Conflict, Invalid, NotFound
from catalogue.model.enactment import Need, Standing, Turn, turns
from catalogue.model.period import Moment
from catalogue.services import figures
from catalogue.services.installation import Installation

_LAST_PLACE = 2**62  # what is assumed is told last
_RELEASED = {"item_id": pl.Int64, "procedure_code": pl.String, "title": pl.String, "agency_code": pl.String,
             "agency_name": pl.String, "day": pl.Date, "document_id": pl.Int64}  # fmt: skip
_STEPS = {"day": pl.Date, "assumed": pl.Int64, "recorded": pl.Int64, "base": pl.Int64}


@dataclass(frozen=True)
class Outcome:
    """What the assumption makes of one programme.

    `steps`: day, assumed, recorded, base: the counts of enacted items from each day on which one changes, from as_of to
    the horizon. `released`: the items that only the assumption completes, with the day and the document in force last.
    """

    programme: str
    base: int
    done: int
    base_then: int
    recorded_then: int  # what is done by the horizon without any assumption
    done_then: int
    horizon: date
    steps: pl.DataFrame
    released: pl.DataFrame
    still_waiting: int  # open items that need an assumed document and wait for others too


def compute(installation: Installation, moment: Moment, assumed: Mapping[int, date]) -> tuple[Outcome, ...]:
    """The programmes whose items need the assumed documents, as they would go on; `assumed`: document -> in force from.

    Raises: NotFound (no such document), Conflict (it is issued), Invalid (a day before as_of).
    """
    _refuse_impossible(installation, moment, assumed)
    asked: dict[str, Any] = {"revision": moment.revision}
    known = installation.database.known
    items = known("what_if/items", documents=sorted(assumed), organised_on=moment.organised_on, **asked)
    item_ids = items["item_id"].to_list()
    ledger = _Ledger(
        known("enactment/needs", items=item_ids, **asked),
        known("enactment/standings", items=item_ids, **asked),
        known("enactment/facts", items=item_ids, **asked),
    )
    courses = {item_id: ledger.course(item_id, assumed) for item_id in item_ids}
    days = [turn.on for course in courses.values() for turn in course.assumed]
    horizon = max([moment.as_of, *assumed.values(), *days])
    return tuple(
        _outcome(installation, moment, programme, frame.to_dicts(), courses, horizon)
        for (programme,), frame in items.group_by("programme_code", maintain_order=True)
    )


@dataclass(frozen=True)
class _Course:
    """When an item is in the base, enacted as recorded, and enacted under the assumption."""

    in_base: Sequence[Turn]
    recorded: Sequence[Turn]
    assumed: Sequence[Turn]
    is_concerned: bool  # it still needs one of the documents that are assumed

    def counts(self, day: date, *, assumed: bool) -> bool:
        return _holds(self.in_base, day) and _holds(self.assumed if assumed else self.recorded, day)

    def days(self) -> set[date]:
        return {turn.on for line in (self.in_base, self.recorded, self.assumed) for turn in line}


class _Ledger:
    """The facts about the items concerned, by item and by document."""

    def __init__(self, needs: pl.DataFrame, standings: pl.DataFrame, facts: pl.DataFrame) -> None:
        self._needs: dict[int, list[Need]] = defaultdict(list)
        for row in needs.iter_rows(named=True):
            self._needs[row["item_id"]].append(
                Need(row["document_id"], row["holds"], row["day"], row["place"])
            )
        self._standings: dict[int, list[Standing]] = defaultdict(list)
        for row in standings.iter_rows(named=True):
            self._standings[row["document_id"]].append(
                Standing(row["document_id"], row["in_force_on"], row["day"], row["place"])
            )
        self._facts: dict[tuple[int, str], dict[date, bool]] = defaultdict(dict)
        self._assigned: dict[int, date] = {}
        for row in facts.iter_rows(named=True):
            self._facts[row["item_id"], row["subject"]][row["day"]] = row["holds"]  # the last recorded wins
            if row["subject"] == "assigned" and row["holds"]:
                first = self._assigned.get(row["item_id"], row["day"])
                self._assigned[row["item_id"]] = min(first, row["day"])

    def course(self, item_id: int, assumed: Mapping[int, date]) -> _Course:
        needs = self._needs[item_id]
        standings = [
            one for document in {need.document_id for need in needs} for one in self._standings[document]
        ]
        imagined = [
            one
            for document in {need.document_id for need in needs} & assumed.keys()
            for one in self._assumed(document, assumed[document])
        ]
        first = self._assigned.get(item_id)
        found = turns(needs, [*standings, *imagined], first) if first is not None else []
        last: dict[int, Need] = {}
        for need in sorted(needs, key=lambda one: (one.on, one.place)):
            last[need.document_id] = need
        is_concerned = any(one.holds and one.document_id in assumed for one in last.values())
        in_base, recorded = self._line(item_id, "assigned"), self._line(item_id, "enacted")
        return _Course(in_base, recorded, found, is_concerned)

    def _assumed(self, document_id: int, in_force_on: date) -> Iterable[Standing]:
        """Issued and in force from a day on, told again wherever something else was recorded for a later day."""
        later = {one.on for one in self._standings[document_id] if one.on > in_force_on}
        return [Standing(document_id, in_force_on, day, _LAST_PLACE) for day in {in_force_on, *later}]

    def _line(self, item_id: int, subject: str) -> list[Turn]:
        return [Turn(day, holds) for day, holds in sorted(self._facts[item_id, subject].items())]


def _outcome(
    installation: Installation,
    moment: Moment,
    programme: str,
    items: list[dict[str, Any]],
    courses: Mapping[int, _Course],
    horizon: date,
) -> Outcome:
    mine = {item["item_id"]: courses[item["item_id"]] for item in items}
    curve = figures.curve(installation, programme, replace(moment, as_of=horizon))
    recorded, base = _Steps(curve, "enacted"), _Steps(curve, "assigned")
    days = {moment.as_of, horizon, *recorded.days, *base.days}
    days |= {day for course in mine.values() for day in course.days()}
    rows: list[tuple[date, int, int, int]] = []
    for day in sorted(day for day in days if moment.as_of <= day <= horizon):
        gained = sum(
            course.counts(day, assumed=True) - course.counts(day, assumed=False) for course in mine.values()
        )
        row = (day, recorded.at(day) + gained, recorded.at(day), base.at(day))
        if not rows or day == horizon or row[1:] != rows[-1][1:]:
            rows.append(row)
    steps = pl.DataFrame(rows, schema=_STEPS, orient="row")
    released = [
        _released(item, mine[item["item_id"]])
        for item in items
        if mine[item["item_id"]].counts(horizon, assumed=True)
        and not mine[item["item_id"]].counts(horizon, assumed=False)
    ]
    first, last = steps.row(0, named=True), steps.row(-1, named=True)
    return Outcome(
        programme=programme,
        base=first["base"],
        done=first["recorded"],
        base_then=last["base"],
        recorded_then=last["recorded"],
        done_then=last["assumed"],
        horizon=horizon,
        steps=steps,
        released=pl.DataFrame(released, schema=_RELEASED).sort("day", "agency_code", "item_id"),
        still_waiting=sum(
            course.is_concerned
            and _holds(course.in_base, horizon)
            and not course.counts(horizon, assumed=True)
            for course in mine.values()
        ),
    )


def _released(item: Mapping[str, Any], course: _Course) -> dict[str, Any]:
    last = course.assumed[-1]
    return {
        "item_id": item["item_id"],
        "procedure_code": item["procedure_code"],
        "title": item["title"],
        "agency_code": item["agency_code"],
        "agency_name": item["agency_name"],
        "day": last.on,
        "document_id": last.document_id,
    }


class _Steps:
    """One stage of services.figures.curve, to be read on any day."""

    def __init__(self, curve: pl.DataFrame, stage: str) -> None:
        of_stage = curve.filter(pl.col("stage") == stage).sort("day")
        self._points: list[tuple[date, int]] = list(of_stage.select("day", "reached").iter_rows())
        self.days = {day for day, _ in self._points}

    def at(self, day: date) -> int:
        return next((reached for on, reached in reversed(self._points) if on <= day), 0)


def _holds(line: Sequence[Turn], day: date) -> bool:
    return next((turn.holds for turn in reversed(line) if turn.on <= day), False)


def _refuse_impossible(installation: Installation, moment: Moment, assumed: Mapping[int, date]) -> None:
    for day in assumed.values():
        if day < moment.as_of:
            raise Invalid("what_if_in_past", day=day, as_of=moment.as_of)
    found = {
        row["document_id"]: row
        for row in installation.database.known(
            "what_if/documents", documents=sorted(assumed), revision=moment.revision
        ).iter_rows(named=True)
    }
    for document_id in assumed:
        if document_id not in found:
            raise NotFound("document_not_found", id=document_id)
        if found[document_id]["state"] == "issued":
            raise Conflict("document_issued_already", number=found[document_id]["number"])
