"""Update files for tests: downloaded, filled in cell by cell, written as the person's workbook would be."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from catalogue.interchange.update_book import Heading, Line, write_update_book
from catalogue.model.actor import Actor
from catalogue.model.item_update import KINDS, Cell
from catalogue.services import figures, item_updates
from catalogue.services.installation import Installation
from catalogue.services.item_updates import Files, Outcome
from pipelines.item_updates import Sheet, read_sheet, update
from pipelines.snapshot import Snapshot, snapshot_of

PDF = b"%PDF-1.4 ban ky"
Cells = dict[str, Cell]


def snapshot(content: bytes, name: str = "cap-nhat.xlsx") -> Snapshot:
    return snapshot_of(Path(name), content)


def downloaded(
    installation: Installation, actor: Actor, programme: str = figures.SIMPLIFICATION
) -> list[Cells]:
    """The rows of a fresh download, as cells by column."""
    sheet = read_sheet(snapshot(item_updates.download(installation, actor, programme)))
    return [dict(row.raw) for row in sheet.rows]


def written(rows: Sequence[Mapping[str, Cell]]) -> Snapshot:
    """A workbook with these rows."""
    return snapshot(write_update_book(Heading("", "", ""), [Line(row) for row in rows], KINDS))


def uploaded(
    installation: Installation, actor: Actor, rows: Sequence[Mapping[str, Cell]], *files: tuple[str, bytes]
) -> tuple[Sheet, Outcome]:
    return update(installation, actor, written(rows), Files(files))


def waiting(rows: Sequence[Cells]) -> list[Cells]:
    """Rows of items with a document to be issued, about which nothing is reported yet."""
    return [row for row in rows if row["instrument"] and not row["claim"]]


def issued(row: Cells, number: str = "07/2024/TT-BYT") -> Cells:
    """The row with a whole report of an issued document."""
    return row | {
        "kind": "Văn bản đã ban hành",
        "number": number,
        "issued_on": "15/03/2024",
        "in_force_on": "20/03/2024",
    }
