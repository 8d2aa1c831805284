"""Cost sheets: read, begun from what a version asks for, written all or none, withdrawn.

A sheet is never edited: a later one of the same version takes its place, with the reason. It keeps the hourly income that it
was reckoned with, whatever value comes later.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import polars as pl

from catalogue.errors import Invalid, NotFound, StaleVersion
from catalogue.model import cost_sheet
from catalogue.model.actor import Actor, Right
from catalogue.model.cost import Activity, Sheet
from catalogue.model.cost_sheet import Collected, Draft, DraftLine, Kind, Method
from catalogue.model.period import Moment
from catalogue.model.version import Version
from catalogue.reference.incomes import HourlyIncome
from catalogue.services import heirs, versions
from catalogue.services.installation import Installation
from catalogue.services.procedures import version_from
from catalogue.store.database import Database, Row, Transaction
from catalogue.text import clean, spelling_key

SHORTEST_REASON, LONGEST_REASON = 10, 1_000


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


@dataclass(frozen=True)
class Book:
    """A workbook that sheets were read from."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Given:
    """A sheet to be written: `replaces` is the one that the person saw standing, None where there was none."""

    draft: Draft
    income_year: int
    replaces: int | None = None
    reason: str | None = None


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
    return installation.database.read("costs/history", code=code, revision=moment.revision)


def standing(installation: Installation, moment: Moment, version_id: int) -> Recorded | None:
    """The version's own sheet, as known at a moment."""
    row = installation.database.row("costs/standing", versions=[version_id], revision=moment.revision)
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
    lines += _fee_lines(version)
    lines.append(DraftLine(Activity.RECEIVE, "Nhận kết quả", {}))
    named: dict[tuple[Activity, str], DraftLine] = {}
    for line in lines:
        named.setdefault((line.activity, spelling_key(line.label)), line)
    placed = tuple(replace(line, row=place) for place, line in enumerate(named.values(), start=1))
    return Draft(version.procedure_code, version.version_id, placed, {})


def _fee_lines(version: Version) -> Iterator[DraftLine]:
    amounts = dict.fromkeys(fee.amount_vnd for fee in version.details.fees or () if fee.amount_vnd)
    number = version.details.decision_number
    source = f"Quyết định công bố {number}" if number else "Danh mục TTHC đã công bố"
    for place, amount in enumerate(amounts, start=1):
        label = "Phí, lệ phí" if len(amounts) == 1 else f"Phí, lệ phí (mức {place})"
        yield DraftLine(Activity.PAY, label, {Kind.FEES: (Collected(amount, source, Method.LAW),)})


def agency_of(installation: Installation, version: versions.Standing) -> str | None:
    """The agency that answers today for a procedure; None where its source names none of ours."""
    if version.issuing_agency is None:
        return None
    field_name = version.content.get("field_name")
    return heirs.at(installation, installation.moment()).of(
        version.issuing_agency, field_name, version.effective_date
    )


def may_write(installation: Installation, actor: Actor, version_id: int) -> bool:
    """Whether an actor may write the sheet of a version."""
    if not actor.has(Right.WRITE_COSTS):
        return False
    if not actor.is_bound(Right.WRITE_COSTS):
        return True
    found = versions.written(installation.database, [version_id]).get(version_id)
    return found is not None and actor.agency_code == agency_of(installation, found)


def save(
    installation: Installation, actor: Actor, given: Sequence[Given], book: Book | None = None
) -> list[int]:
    """Write sheets, all or none; returns their ids in the order given. One that says what stands already is left out.

    Raises: NotSignedIn, Forbidden for another agency's procedure; NotFound for an unknown version; Invalid when anything is
    wrong (its issues name rows and columns) or nothing is new; StaleVersion when another sheet stands than was seen.
    """
    actor_id = actor.require(Right.WRITE_COSTS)
    found = versions.written(installation.database, [one.draft.version_id for one in given])
    if len({one.draft.version_id for one in given}) < len(given):
        raise Invalid("cost_version_twice")
    for one in given:
        _require_own(installation, actor, found.get(one.draft.version_id), one.draft)
    issues = [issue for one in given for issue in cost_sheet.faults(one.draft)]
    if issues:
        raise Invalid("cost_refused", issues=tuple(issues), count=len(issues))
    with installation.database.transaction("cost.save", actor_id) as transaction:
        wanted = _news(installation, transaction, given)
        if not wanted:
            raise Invalid("nothing_changed")
        return _write(installation, transaction, wanted, actor_id, book)


def withdraw(installation: Installation, actor: Actor, sheet_id: int, reason: str) -> None:
    """Take a sheet back that should not have been written: the version has none afterwards, the sheet can still be read.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion; Invalid without a reason.
    """
    actor_id = actor.require(Right.WRITE_COSTS)
    sheet = get(installation, sheet_id)
    version_id = sheet.draft.version_id
    found = versions.written(installation.database, [version_id]).get(version_id)
    _require_own(installation, actor, found, sheet.draft)
    said = _reason(reason)
    with installation.database.transaction("cost.withdraw", actor_id) as transaction:
        if _own(transaction, [version_id]).get(version_id) != sheet_id:
            raise StaleVersion(id=sheet_id)
        row = {
            "sheet_id": transaction.new_id(),
            "procedure_code": sheet.draft.procedure_code,
            "version_id": version_id,
            "made_on": installation.working_date,
            "income_year": sheet.income_year,
            "income_vnd": sheet.income_vnd,
            "is_withdrawn": True,
            "reason": said,
            "actor_id": actor_id,
        }
        transaction.append("cost_sheet", [row])


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


def facts(sheet_id: int, draft: Draft) -> tuple[list[Row], list[Row]]:
    """The rows of `cost_line` and `cost_figure` that say what a draft says."""
    lines: list[Row] = []
    figures = _figures(sheet_id, 0, draft.whole)
    for position, line in enumerate(draft.lines, start=1):
        lines.append(
            {
                "sheet_id": sheet_id,
                "position": position,
                "activity": line.activity.value,
                "label": clean(line.label),
            }
        )
        figures += _figures(sheet_id, position, line.figures)
    return lines, figures


def _figures(sheet_id: int, position: int, figures: cost_sheet.Figures) -> list[Row]:
    return [
        {
            "sheet_id": sheet_id,
            "position": position,
            "kind": kind.value,
            "place": place,
            "value": one.value,
            "source": clean(one.source),
            "method": one.method.value if one.method else None,
        }
        for kind, collected in figures.items()
        for place, one in enumerate(collected, start=1)
    ]


def _require_own(
    installation: Installation, actor: Actor, version: versions.Standing | None, draft: Draft
) -> None:
    if version is None or version.procedure_code != draft.procedure_code or not version.in_force:
        raise NotFound("cost_version_not_found", id=draft.procedure_code)
    if actor.is_bound(Right.WRITE_COSTS):
        actor.require(Right.WRITE_COSTS, agency_of(installation, version) or "")


def _own(transaction: Transaction, version_ids: Collection[int]) -> dict[int, int]:
    """The own sheets of some versions that stand, inside a transaction."""
    frame = transaction.read("costs/standing", versions=sorted(version_ids), revision=transaction.revision)
    own = frame.filter(pl.col("sheet_version_id") == pl.col("version_id"))
    return dict(own.select("version_id", "sheet_id").iter_rows())


def _news(installation: Installation, transaction: Transaction, given: Sequence[Given]) -> list[Given]:
    """The sheets that say something else than those that stand. Raises: StaleVersion."""
    own = _own(transaction, [one.draft.version_id for one in given])
    standing = load(installation.database, own.values())
    news = []
    for one in given:
        sheet_id = own.get(one.draft.version_id)
        if sheet_id != one.replaces:
            raise StaleVersion(id=one.draft.procedure_code)
        sheet = standing[sheet_id] if sheet_id is not None else None
        if sheet is None or (sheet.draft, sheet.income_year) != (_cleaned(one.draft), one.income_year):
            news.append(one)
    return news


def _write(
    installation: Installation,
    transaction: Transaction,
    given: Sequence[Given],
    actor_id: int,
    book: Book | None,
) -> list[int]:
    heads: list[Row] = []
    lines: list[Row] = []
    figures: list[Row] = []
    for one in given:
        used = income(installation, one.income_year)
        head: Row = {
            "sheet_id": transaction.new_id(),
            "procedure_code": one.draft.procedure_code,
            "version_id": one.draft.version_id,
            "made_on": installation.working_date,
            "income_year": used.year,
            "income_vnd": used.value_vnd,
            "is_withdrawn": False,
            "reason": _reason(one.reason) if one.replaces is not None else None,
            "file_name": book.name if book else None,
            "sha256": book.sha256 if book else None,
            "actor_id": actor_id,
        }
        heads.append(head)
        own_lines, own_figures = facts(head["sheet_id"], one.draft)
        lines += own_lines
        figures += own_figures
    transaction.append("cost_sheet", heads)
    transaction.append("cost_line", lines)
    transaction.append("cost_figure", figures)
    return [head["sheet_id"] for head in heads]


def _reason(text: str | None) -> str:
    said = clean(text or "")
    if len(said) < SHORTEST_REASON:
        raise Invalid("cost_reason_short", shortest=SHORTEST_REASON)
    if len(said) > LONGEST_REASON:
        raise Invalid("cost_reason_long", longest=LONGEST_REASON)
    return said


def _cleaned(draft: Draft) -> Draft:
    """A draft as it will read once it is written."""

    def figures(given: cost_sheet.Figures) -> cost_sheet.Figures:
        return {
            kind: tuple(replace(one, source=clean(one.source)) for one in some)
            for kind, some in given.items()
            if some
        }

    lines = (replace(line, label=clean(line.label), figures=figures(line.figures)) for line in draft.lines)
    return replace(draft, lines=tuple(lines), whole=figures(draft.whole))


def _recorded(frame: pl.DataFrame) -> Iterator[Recorded]:
    for _, rows in frame.group_by("sheet_id", maintain_order=True):
        head = rows.row(0, named=True)
        lines: dict[int, DraftLine] = {}
        figures: dict[int, dict[Kind, tuple[Collected, ...]]] = {0: {}}
        for row in rows.filter(pl.col("position").is_not_null()).iter_rows(named=True):
            position, kind = row["position"], Kind(row["kind"])
            own = figures.setdefault(position, {})
            own[kind] = (*own.get(kind, ()), Collected(row["value"], row["source"], Method(row["method"])))
            if position:
                lines[position] = DraftLine(Activity(row["activity"]), row["label"], own, position)
        draft = Draft(head["procedure_code"], head["version_id"], tuple(lines.values()), figures[0])
        yield Recorded(
            head["sheet_id"],
            head["made_on"],
            head["income_year"],
            head["income_vnd"],
            head["file_name"],
            draft,
        )


def version_of_sheet(installation: Installation, version_id: int) -> Version:
    """The version that a sheet is about. Raises: NotFound."""
    found = versions.written(installation.database, [version_id]).get(version_id)
    if found is None:
        raise NotFound("cost_version_not_found", id=version_id)
    return version_from(found)
