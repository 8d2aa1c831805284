"""Cost sheets as they were recorded, and begun from what a version asks for; who may write them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from weakref import WeakKeyDictionary

import polars as pl

from catalogue.errors import Invalid, NotFound
from catalogue.model.actor import Actor, Right
from catalogue.model.cost import Activity, Sheet
from catalogue.model.cost_sheet import Collected, Draft, DraftLine, Kind, Method
from catalogue.model.period import Moment
from catalogue.model.version import Version
from catalogue.reference.incomes import HourlyIncome
from catalogue.services import heirs, versions
from catalogue.services.installation import Installation
from catalogue.services.procedures import version_from
from catalogue.store.database import Database
from catalogue.text import clean, spelling_key


@dataclass(frozen=True)
class Recorded:
    """A sheet as it was written."""

    sheet_id: int
    made_on: date
    income_year: int
    income_vnd: int
    file_name: str | None
    draft: Draft

    @cached_property
    def sheet(self) -> Sheet:
        """What is reckoned with."""
        return self.draft.reckoned(self.income_vnd)


# A sheet never changes, so it is read once.
_kept: WeakKeyDictionary[Database, dict[int, Recorded]] = WeakKeyDictionary()


def load(database: Database, sheet_ids: Collection[int]) -> Mapping[int, Recorded]:
    """Some sheets by id."""
    kept = _kept.setdefault(database, {})
    missing = sorted(set(sheet_ids) - kept.keys())
    if missing:
        frame = database.read("costs/figures", sheets=missing)
        kept.update((one.sheet_id, one) for one in _recorded(frame))
    return {sheet_id: kept[sheet_id] for sheet_id in sheet_ids if sheet_id in kept}


def get(installation: Installation, sheet_id: int) -> Recorded:
    """One sheet. Raises: NotFound."""
    found = load(installation.database, [sheet_id]).get(sheet_id)
    if found is None:
        raise NotFound("cost_sheet_not_found", id=sheet_id)
    return found


def history(installation: Installation, moment: Moment, code: str) -> pl.DataFrame:
    """sheet_id, version_id, effective_date, made_on, income_year, income_vnd, is_withdrawn, reason, file_name, recorded_at,
    actor_name, stands: every sheet of a procedure, the last recorded first."""
    return installation.database.known("costs/history", code=code, revision=moment.revision)


def standing(installation: Installation, moment: Moment, version_id: int) -> Recorded | None:
    """The version's own sheet, as known at a moment."""
    row = installation.database.known_row("costs/standing", versions=[version_id], revision=moment.revision)
    is_own = row is not None and row["sheet_id"] is not None and row["sheet_version_id"] == version_id
    return get(installation, row["sheet_id"]) if row and is_own else None


def begun(version: Version) -> Draft:
    """A sheet to fill in: a line for each paper of a version, for filing, for each fee it names, and for the result."""
    lines = [
        DraftLine(Activity.PREPARE, name, {})
        for name in dict.fromkeys(
            clean(paper.name) for case in version.details.dossier or () for paper in case.papers
        )
    ]
    lines.append(DraftLine(Activity.SUBMIT, "Nộp hồ sơ", {}))
    lines += _fee_line(version)
    lines.append(DraftLine(Activity.RECEIVE, "Nhận kết quả", {}))
    named: dict[tuple[Activity, str], DraftLine] = {}
    for line in lines:
        named.setdefault((line.activity, spelling_key(line.label)), line)
    placed = tuple(replace(line, row=place) for place, line in enumerate(named.values(), start=1))
    return Draft(version.procedure_code, version.version_id, placed, {})


def _fee_line(version: Version) -> Iterator[DraftLine]:
    """What is paid by law; of several amounts, of which one case pays one, the lower middle as of any sources."""
    amounts = dict.fromkeys(fee.amount_vnd for fee in version.details.fees or () if fee.amount_vnd)
    number = version.details.decision_number
    source = f"Quyết định công bố {number}" if number else "Danh mục TTHC đã công bố"
    if amounts:
        figures = tuple(Collected(amount, source, Method.LAW) for amount in amounts)
        yield DraftLine(Activity.PAY, "Phí, lệ phí", {Kind.FEES: figures})


def answering_agencies(installation: Installation, codes: Collection[str]) -> dict[str, str]:
    """The agency that answers today for each of some procedures, whatever version of it is meant.

    One that is still to begin answers by what is recorded last; one whose source names none of our agencies is left out.
    """
    moment = installation.moment()
    holders = heirs.at(installation, moment)
    found = versions.standing(installation.database, moment.as_of, moment.revision, codes)
    if to_begin := set(codes) - found.keys():
        found |= versions.standing(installation.database, date.max, moment.revision, to_begin)
    return {
        code: holders.of(one.issuing_agency, one.content.get("field_name"), one.effective_date)
        for code, one in found.items()
        if one.issuing_agency is not None
    }


def may_write(installation: Installation, actor: Actor, code: str) -> bool:
    """Whether an actor may write the sheets of a procedure."""
    if not actor.is_bound(Right.WRITE_COSTS):
        return actor.has(Right.WRITE_COSTS)
    return actor.has(Right.WRITE_COSTS, answering_agencies(installation, [code]).get(code, ""))


def income(installation: Installation, year: int) -> HourlyIncome:
    """The hourly income of a year that is in use on the working date. Raises: Invalid."""
    for one in incomes(installation):
        if one.year == year:
            return one
    raise Invalid("cost_income_unknown", year=str(year))


def incomes(installation: Installation) -> tuple[HourlyIncome, ...]:
    """The hourly incomes that a sheet may use on the working date, the newest first."""
    day = installation.working_date
    return tuple(one for one in reversed(installation.reference.hourly_incomes) if one.valid_from <= day)


def _recorded(frame: pl.DataFrame) -> Iterator[Recorded]:
    for sheet_id, rows in groupby(frame.iter_rows(named=True), key=itemgetter("sheet_id")):
        lines: dict[int, DraftLine] = {}
        figures: dict[int, dict[Kind, tuple[Collected, ...]]] = {0: {}}
        for row in rows:
            position = row["position"]
            if position is None:
                continue
            own, kind = figures.setdefault(position, {}), Kind(row["kind"])
            own[kind] = (*own.get(kind, ()), Collected(row["value"], row["source"], Method(row["method"])))
            if position and position not in lines:
                lines[position] = DraftLine(Activity(row["activity"]), row["label"], own, position)
        draft = Draft(row["procedure_code"], row["version_id"], tuple(lines.values()), figures[0])
        yield Recorded(
            sheet_id, row["made_on"], row["income_year"], row["income_vnd"], row["file_name"], draft
        )


def version_of(installation: Installation, version_id: int) -> Version:
    """The version that a sheet is about. Raises: NotFound."""
    found = versions.written(installation.database, [version_id]).get(version_id)
    if found is None:
        raise NotFound("cost_version_not_found", id=version_id)
    return version_from(found)
