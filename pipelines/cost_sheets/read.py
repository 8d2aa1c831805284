"""A workbook of cost sheets as sheets to be written: all of them, or none and every fault."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.correspondence.cost_book import sheet_name
from catalogue.correspondence.cost_form import LISTED, sheet_names
from catalogue.errors import Issue
from catalogue.i18n import Translator
from catalogue.model.cost_sheet import OF_SHEET, Draft, Kind, faults
from catalogue.model.period import Moment
from catalogue.services import cost_sheets, versions
from catalogue.services.cost_recording import Book, Given
from catalogue.services.installation import Installation
from catalogue.services.versions import Standing
from catalogue.text import clean
from pipelines.cost_sheets.cells import Cells
from pipelines.cost_sheets.draft import check_sums, income_year, read_draft
from pipelines.cost_sheets.paper import Paper, read_paper
from pipelines.cost_sheets.sources import Sources, read_sources
from pipelines.snapshot import Snapshot
from pipelines.strict import children_apart, excerpt, text_of
from pipelines.workbook import Cell, Sheet, read_workbook

_T = Translator("vi")
_CODE = re.compile(r"\d+\.\d+.*")


@dataclass(frozen=True)
class Brought:
    """What a workbook brings: its sheets, none as long as an issue is an error; `book` names it for the record."""

    givens: tuple[Given, ...]
    issues: tuple[Issue, ...]
    book: Book

    @property
    def is_refused(self) -> bool:
        """Whether anything must be mended first."""
        return any(issue.severity == "error" for issue in self.issues)


def read_cost_sheets(installation: Installation, snapshot: Snapshot) -> Brought:
    """The sheets of a workbook for the versions that they name, each to replace the one that stands now.

    Writes nothing: `services.cost_recording.save` does. Raises: ImportRejected when it is no
    workbook; whatever else is wrong is an issue.
    """
    file, book = snapshot.name, Book(snapshot.name, snapshot.sha256)
    sheets = [sheet for sheet in read_workbook(snapshot) if any(not row.empty for row in sheet.rows)]
    rest, _ = children_apart(sheets, sheet_names("guide"))
    works, beside = children_apart(rest, sheet_names("listed"))
    if not works:
        return Brought((), (Issue("cost_no_sheet", file=file),), book)
    read = [read_paper(file, sheet) for sheet in works]
    sources = _sources(file, beside)
    every = [*(cells for cells, _ in read), sources.cells]
    papers = [paper for _, paper in read if paper is not None]
    moment = installation.moment()
    found = _versions(installation, moment, papers)
    incomes = {one.year: one.value_vnd for one in cost_sheets.incomes(installation)}
    drafts = [_draft(paper, sources, found) for paper in papers]
    years = [income_year(paper, incomes) for paper in papers]
    known = {paper.cells.code: _figures(paper) for paper in papers if paper.cells.code}
    if len(known) == len(read):  # otherwise a row may be of a sheet that could not be read
        sources.refuse_strays(known)
    if not Brought((), _issues(every), book).is_refused:
        for paper, draft, year in zip(papers, drafts, years, strict=True):
            if year is not None:
                check_sums(paper, draft.reckoned(incomes[year]))
    issues = _issues(every)
    if Brought((), issues, book).is_refused:
        return Brought((), issues, book)
    given = (
        _given(installation, moment, draft, year)
        for draft, year in zip(drafts, years, strict=True)
        if year is not None
    )
    return Brought(tuple(given), issues, book)


def _sources(file: str, beside: Sequence[Sheet]) -> Sources:
    if not beside:
        return Sources(Cells(file, None, LISTED, ()), ())
    sources = read_sources(file, beside[0])
    for sheet in beside[1:]:
        sources.cells.fault("cost_sources_twice", 1, value=sheet.name)
    return sources


def _versions(installation: Installation, moment: Moment, papers: Sequence[Paper]) -> Mapping[str, Standing]:
    """The versions that the worksheets name by their day, by code; one that is not there, or not in force, is a fault."""
    codes = {paper.cells.code for paper in papers if paper.cells.code}
    held = versions.standing(installation.database, installation.working_date, moment.revision, codes)
    found: dict[str, Standing] = {}
    seen: dict[str, str] = {}
    for paper in papers:
        cells, code = paper.cells, paper.cells.code
        if code is None:
            continue
        row, name = paper.said["code"][0], cells.sheet or ""
        if _CODE.fullmatch(name) and not name.startswith(sheet_name(code)):
            cells.fault("cost_code_differs", row, "code", excerpt(code))
        if seen.setdefault(code, name) != name:
            cells.fault("cost_code_twice", row, "code", seen[code])
        version = held.get(code)
        at, cell = paper.said.get("version", (row, None))
        if clean(text_of(cell)) and version is not None:
            version = _begun_on(installation, moment, version, _day(cell))
            if version is None:
                cells.fault("cost_version_differs", at, "version", _T.day(held[code].effective_date))
                continue
        if version is None or not version.in_force:
            cells.fault("cost_code_unknown", row, "code", excerpt(code))
        else:
            found[code] = version
    return found


def _begun_on(
    installation: Installation, moment: Moment, current: Standing, day: date | None
) -> Standing | None:
    """The version of a procedure that began on a day: the one in force, or an earlier one that a cut has replaced."""
    if day is None or day == current.effective_date:
        return current if day else None
    code = current.procedure_code
    earlier = versions.standing(installation.database, day, moment.revision, [code]).get(code)
    return earlier if earlier is not None and earlier.effective_date == day else None


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    text = clean(text_of(cell))
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _draft(paper: Paper, sources: Sources, found: Mapping[str, Standing]) -> Draft:
    """What a worksheet says; what the model refuses is noted where it stands."""
    version = found.get(paper.cells.code or "")
    draft = read_draft(paper, sources, version.version_id if version else 0)
    for issue in faults(draft):
        cells = sources.cells if issue.sheet == sources.cells.sheet else paper.cells
        cells.issues.append(replace(issue, file=cells.file))
    return draft


def _figures(paper: Paper) -> Mapping[int, frozenset[Kind]]:
    """The figures of a worksheet by row of its table; 0 is the sheet itself."""
    return {line.ordinal: frozenset(line.figures) for line in paper.lines} | {0: frozenset(OF_SHEET)}


def _issues(every: Iterable[Cells]) -> tuple[Issue, ...]:
    """Every issue once: worksheet by worksheet, from top to bottom."""
    found = (issue for cells in every for issue in sorted(cells.issues, key=lambda issue: issue.row or 0))
    return tuple(dict.fromkeys(found))


def _given(installation: Installation, moment: Moment, draft: Draft, year: int) -> Given:
    standing = cost_sheets.standing(installation, moment, draft.version_id)
    return Given(draft, year, standing.sheet_id if standing else None)
