"""Cost sheets written all or none, by those who may, and withdrawn; never edited.

A later sheet of the same version takes the place of an earlier one, with the reason. Each keeps the hourly income that it was
reckoned with, whatever value comes later.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import polars as pl

from catalogue.errors import Invalid, NotFound, StaleVersion
from catalogue.model import cost_sheet
from catalogue.model.actor import Actor, Right
from catalogue.model.cost_sheet import Draft
from catalogue.services import versions
from catalogue.services.cost_sheets import answering_agencies, get, income, load
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction
from catalogue.text import clean

SHORTEST_REASON, LONGEST_REASON = 10, 1_000


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
    _require_own(installation, actor, [one.draft.procedure_code for one in given])
    for one in given:
        version = found.get(one.draft.version_id)
        if version is None or version.procedure_code != one.draft.procedure_code or not version.in_force:
            raise NotFound("cost_version_not_found", id=one.draft.procedure_code)
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
    _require_own(installation, actor, [sheet.draft.procedure_code])
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


def _require_own(installation: Installation, actor: Actor, codes: Sequence[str]) -> None:
    """A ministry writes for procedures that it answers for today, of whatever version. Raises: Forbidden."""
    if actor.is_bound(Right.WRITE_COSTS):
        owners = answering_agencies(installation, codes)
        for code in codes:
            actor.require(Right.WRITE_COSTS, owners.get(code, ""))


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
        used = income(installation, one.income_year)
        said = (_cleaned(one.draft), used.year, used.value_vnd)
        if sheet is None or (sheet.draft, sheet.income_year, sheet.income_vnd) != said:
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
