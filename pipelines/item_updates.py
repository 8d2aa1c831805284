"""A ministry's update file to drafts: the workbook read in its limited child, its cells typed, services do the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.errors import Issue
from catalogue.i18n import Translator
from catalogue.interchange.update_book import COLUMNS, ERRORS
from catalogue.model.actor import Actor
from catalogue.model.item_update import INPUTS, Cell, Row, read_row
from catalogue.services import item_updates
from catalogue.services.installation import Installation
from catalogue.services.item_updates import Files, Outcome, Progress
from pipelines.snapshot import Snapshot
from pipelines.strict import Table, children_apart, find_table, one_sheet
from pipelines.workbook import read_workbook
from pipelines.xlsx.cells import ERROR, NO_VALUE

SOURCE = "item_updates"

_T = Translator("vi")
_REQUIRED = ("item_id", "kind")


@dataclass(frozen=True)
class Sheet:
    """The rows of an update file; `issues`: what of it was not read."""

    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class _Form:
    """The headers of the form, as the strict reader wants them described."""

    columns: Mapping[str, str]
    optional_columns: Mapping[str, str]
    ignored_columns: Collection[str]


def read_sheet(snapshot: Snapshot) -> Sheet:
    """The rows of an update file with their numbers in it.

    Raises: ImportRejected when it is no workbook, or none with the columns of the form.
    """
    beside = [_T(f"update.{name}") for name in ("sheet_guide", "sheet_lists")]
    sheets, _ = children_apart(read_workbook(snapshot), beside)
    sheet = one_sheet(sheets, beside, snapshot.name)
    table = find_table(sheet.rows, _form(), snapshot.name, sheet.name)
    kinds = item_updates.kind_words()
    rows = []
    for row in table.rows:
        unread = {column for column, rule in row.marks if rule in (NO_VALUE, ERROR)}
        raw: dict[str, Cell] = {
            name: None if index in unread else row.cell(index) for name, index in table.position.items()
        }
        read = read_row(row.number, raw, kinds)
        issues = [
            Issue("cell_not_read", row=row.number, column=name)
            for name, index in table.position.items()
            if index in unread and name in (*INPUTS, "item_id")
        ]
        rows.append(replace(read, issues=(*read.issues, *issues)))
    return Sheet(tuple(rows), _said_of(table))


def update(
    installation: Installation,
    actor: Actor,
    snapshot: Snapshot,
    files: Files | None = None,
    progress: Progress | None = None,
) -> tuple[Sheet, Outcome]:
    """Read a file and save a draft of every row that says something new.

    Raises: NotSignedIn, Forbidden, ImportRejected.
    """
    if progress is not None:
        progress("read", 0.05)
    sheet = read_sheet(snapshot)
    return sheet, item_updates.save(installation, actor, sheet.rows, files, progress)


def mended(rows: Sequence[Row], changes: Mapping[int, Mapping[str, Cell]]) -> list[Row]:
    """The rows with some cells written anew, by row number and column."""
    kinds = item_updates.kind_words()
    return [
        replace(read_row(row.number, {**row.raw, **changes[row.number]}, kinds), seen=row.seen)
        if row.number in changes
        else row
        for row in rows
    ]


def _form() -> _Form:
    headers = {_T(f"update.field_{name}"): name for name in COLUMNS}
    required = {header: name for header, name in headers.items() if name in _REQUIRED}
    optional = {header: name for header, name in headers.items() if name not in _REQUIRED}
    return _Form(required, optional, (_T(f"update.field_{ERRORS}"),))


def _said_of(table: Table) -> tuple[Issue, ...]:
    return tuple(
        replace(issue, rule="column_not_read", severity="warning")
        if issue.rule == "unknown_column"
        else issue
        for issue in table.issues
    )
