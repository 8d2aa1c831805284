"""Workbooks as rows of typed cells; a workbook is parsed in a child process with little memory."""

import json
import subprocess
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from catalogue.errors import ImportRejected
from catalogue.text import clean
from pipelines.snapshot import Snapshot
from pipelines.xlsx.limits import EXCEL_ROWS as EXCEL_ROWS
from pipelines.xlsx.limits import MAX_CELLS
from pipelines.xlsx.limits import MAX_ROWS as MAX_ROWS

Cell = str | float | int | bool | date | list[Any] | dict[str, Any] | None

MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
MAX_SECONDS = 120
EXCEL_TEXT = 32_767  # as much as a cell can hold, in units of UTF-16

MERGED = "cell_merged"

_ROOT = str(Path(__file__).resolve().parents[1])
_CHILD = "import sys; sys.path.append(sys.argv[1]); from pipelines.xlsx.child import main; main()"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and any workbook with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the source numbers it; empty cells at its end are left out.

    `marks`: what a cell in a column is beside its value, as the rule that says so.
    """

    number: int
    cells: tuple[Cell, ...]
    marks: tuple[tuple[int, str], ...] = ()
    is_hidden: bool = False

    def cell(self, index: int) -> Cell:
        """The cell in a column counted from 0; None beyond the last one."""
        return self.cells[index] if index < len(self.cells) else None

    @property
    def empty(self) -> bool:
        """No cell says anything: all missing, blank or invisible characters."""
        return all(value is None or (isinstance(value, str) and not clean(value)) for value in self.cells)


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that hold at least one cell; a file that is no workbook is one sheet without a name."""

    name: str | None
    rows: tuple[Row, ...]
    is_hidden: bool = False
    hidden_columns: tuple[int, ...] = ()


def utf16_length(text: str) -> int:
    """How long Excel says that a text is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_workbook(snapshot: Snapshot) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx with the types Excel stored; raises ImportRejected before a bomb unpacks."""
    _guard_unpacking(snapshot)
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-S", "-B", "-c", _CHILD, _ROOT],
            input=snapshot.content,
            capture_output=True,
            timeout=MAX_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ImportRejected("workbook_too_large", file=snapshot.name) from error
    return _sheets(child.stdout, child.returncode, snapshot.name)


def _guard_unpacking(snapshot: Snapshot) -> None:
    """Judge the zip directory alone: nothing is unpacked; zipfile never reads past the sizes it declares."""
    if snapshot.content.startswith(_OLD_OFFICE):
        is_locked = _ENCRYPTED in snapshot.content
        raise ImportRejected("workbook_encrypted" if is_locked else "workbook_is_xls", file=snapshot.name)
    try:
        with ZipFile(BytesIO(snapshot.content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise ImportRejected("not_a_workbook", file=snapshot.name) from error
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or len(names) < len(entries):
        raise ImportRejected("not_a_workbook", file=snapshot.name)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * snapshot.size:
        raise ImportRejected("workbook_too_large", file=snapshot.name)


def _sheets(output: bytes, returncode: int, file: str) -> tuple[Sheet, ...]:
    """The child's lines as sheets; a child that died or stopped early has refused the file."""
    lines = output.split(b"\n")
    if returncode != 0 or len(lines) < 2:
        raise ImportRejected("not_a_workbook", file=file)
    last = json.loads(lines[-2])
    if "refused" in last:
        raise ImportRejected(last["refused"], file=file, limit=MAX_ROWS)
    if "end" not in last:
        raise ImportRejected("not_a_workbook", file=file)
    return tuple(_read(map(json.loads, lines[:-2]), file))


def _read(lines: Iterable[Any], file: str) -> Iterator[Sheet]:
    name, is_hidden = "", False
    rows: list[Row] = []
    for line in lines:
        if isinstance(line, list):
            number, cells, marks, hides = line
            rows.append(
                Row(number, tuple(map(_decoded, cells)), tuple((at, rule) for at, rule in marks), hides)
            )
        elif "sheet" in line:
            name, is_hidden, rows = line["sheet"], line["hidden"], []
        else:
            rows.sort(key=lambda row: row.number)
            yield Sheet(
                name, _filled(rows, line["merged"], file), is_hidden, _within(rows, line["hidden_columns"])
            )


def _decoded(cell: Any) -> Cell:
    if type(cell) is dict:
        moment = datetime.fromisoformat(cell["date"])
        return moment.date() if moment.time() == time() else moment
    value: Cell = cell
    return value


def _within(rows: Sequence[Row], ranges: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """The columns of these ranges as far as some row reaches."""
    width = _width(rows)
    return tuple(
        sorted({column for first, last in ranges for column in range(max(0, first), min(last + 1, width))})
    )


def _width(rows: Sequence[Row]) -> int:
    return max((len(row.cells) for row in rows), default=0)


def _filled(rows: Sequence[Row], merged: Iterable[Sequence[int]], file: str) -> tuple[Row, ...]:
    """The rows, in their order, with each merged value in every row it stands beside.

    What it covers sideways stays empty: a title over several columns is the value of none of them.
    """
    found = list(rows)
    numbers = [row.number for row in rows]
    width = _width(rows)
    left = MAX_CELLS
    for top, first, bottom, last in merged:
        start, stop = bisect_left(numbers, top), bisect_right(numbers, bottom)
        above = found[start] if start < stop and numbers[start] == top else None
        for index in range(start, stop):
            is_top = numbers[index] == top
            covered = range(first + is_top, min(last + 1, width))
            left -= 1 + len(covered)
            if left < 0:
                raise ImportRejected("workbook_too_large", file=file)
            if covered and not found[index].empty:
                found[index] = _covered(found[index], first, None if is_top else above, covered)
    return tuple(found)


def _covered(row: Row, first: int, above: Row | None, covered: range) -> Row:
    """The row with what a merged cell says of it; a value from above comes with what is known of it."""
    cells = [*row.cells, *([None] * (covered[-1] + 1 - len(row.cells)))]
    marks = [*row.marks, *((column, MERGED) for column in covered)]
    if above is not None and cells[first] is None:
        cells[first] = above.cell(first)
        marks += [(column, rule) for column, rule in above.marks if column == first and rule != MERGED]
    while cells and cells[-1] is None:
        cells.pop()
    return replace(row, cells=tuple(cells), marks=tuple(marks))
