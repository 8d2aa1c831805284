"""Workbooks and CSV files as rows of typed cells; a workbook is parsed in a child process with little memory."""

import csv
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from catalogue.errors import ImportRejected, Issue
from catalogue.text import clean
from pipelines.snapshot import Snapshot

Cell = str | float | int | bool | date | list[Any] | dict[str, Any] | None

MAX_ROWS = 200_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
MAX_TEXT = 100_000_000
MAX_SECONDS = 120
CHILD_MEMORY = 1_000_000_000
EXCEL_ROWS = 1_048_576

_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Row:
    """One row as the source numbers it; empty cells at its end are left out."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell in a column counted from 0; None beyond the last one."""
        return self.cells[index] if index < len(self.cells) else None

    @property
    def empty(self) -> bool:
        """No cell says anything: all missing, blank or invisible characters."""
        return all(value is None or (isinstance(value, str) and not clean(value)) for value in self.cells)


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that hold at least one cell; a CSV file is one sheet without a name."""

    name: str | None
    rows: tuple[Row, ...]


def read_csv(snapshot: Snapshot, delimiter: str = ",") -> tuple[Sheet, ...]:
    """A UTF-8 CSV file, every cell text; raises ImportRejected with the row that is not readable."""
    text = _decode(snapshot)
    rows: list[Row] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if len(rows) >= MAX_ROWS:
                raise ImportRejected("too_many_rows", file=snapshot.name, limit=MAX_ROWS)
            if cells:
                rows.append(Row(number, tuple(cells)))
    except csv.Error as error:
        issue = Issue("csv_malformed", file=snapshot.name, row=number + 1, value=str(error))
        raise ImportRejected("csv_malformed", issues=(issue,), file=snapshot.name, row=number + 1) from error
    return (Sheet(None, tuple(rows)),)


def _decode(snapshot: Snapshot) -> str:
    try:
        return snapshot.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        whole = error.object
        before = whole[: error.start].decode("utf-8-sig")
        # A character stands for the broken one, so that its row is counted even when it begins there.
        row = sum(1 for _ in csv.reader(StringIO(before + "?", newline="")))
        excerpt = whole[max(0, error.start - 30) : error.end + 10].decode("utf-8", errors="replace")
        issue = Issue("not_utf8", file=snapshot.name, row=row, value=clean(excerpt))
        raise ImportRejected("not_utf8", issues=(issue,), file=snapshot.name, row=row) from error


def read_workbook(snapshot: Snapshot) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx with the types Excel stored; raises ImportRejected before a bomb unpacks."""
    _guard_unpacking(snapshot)
    command = [sys.executable, "-m", "pipelines.workbook"]
    path = os.pathsep.join([str(_ROOT), *(entry for entry in sys.path if entry)])
    try:
        child = subprocess.run(
            command,
            input=snapshot.content,
            capture_output=True,
            timeout=MAX_SECONDS,
            cwd=_ROOT,
            env={"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ImportRejected("workbook_too_large", file=snapshot.name) from error
    return _sheets(child.stdout, child.returncode, snapshot.name)


def _guard_unpacking(snapshot: Snapshot) -> None:
    """Judge the zip directory alone: nothing is unpacked; zipfile never reads past the sizes it declares."""
    try:
        with ZipFile(BytesIO(snapshot.content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise ImportRejected("not_a_workbook", file=snapshot.name) from error
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise ImportRejected("not_a_workbook", file=snapshot.name)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * snapshot.size:
        raise ImportRejected("workbook_too_large", file=snapshot.name)


def _sheets(output: bytes, returncode: int, file: str) -> tuple[Sheet, ...]:
    """The child's lines as sheets; a child that died or stopped early has refused the file."""
    rows_by_sheet: list[tuple[str, list[Row]]] = []
    complete = False
    for line in output.splitlines() if returncode == 0 else ():
        match json.loads(line):
            case {"refused": str(code)}:
                raise ImportRejected(code, file=file, limit=MAX_ROWS)
            case {"sheet": str(name)}:
                rows_by_sheet.append((name, []))
            case {"end": True}:
                complete = True
            case [int(number), list(cells)]:
                rows_by_sheet[-1][1].append(Row(number, tuple(_decode_cell(cell) for cell in cells)))
    if not complete:
        raise ImportRejected("not_a_workbook", file=file)
    return tuple(Sheet(name, tuple(rows)) for name, rows in rows_by_sheet)


def _decode_cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        moment = datetime.fromisoformat(cell["date"])
        return moment.date() if moment.time() == time() else moment
    value: Cell = cell
    return value


# --- in the child process


def _encode_cell(value: object) -> object:
    """A cell as JSON can carry it; `_x000D_` is how the format writes a carriage return."""
    if isinstance(value, str):
        return value.replace("_x000D_", "\r")
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()}
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _rows(sheet: Any) -> Iterator[tuple[int, list[object]]]:
    """Rows with a value, never more than Excel itself could hold; the declared dimension is not trusted."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > EXCEL_ROWS:
            raise OverflowError
        values = [_encode_cell(value) for value in cells]
        while values and values[-1] is None:
            values.pop()
        if values:
            yield number, values


def _parse(content: bytes) -> Iterator[object]:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    count = length = 0
    for sheet in book.worksheets:
        yield {"sheet": sheet.title}
        for number, values in _rows(sheet):
            count += 1
            length += sum(len(value) for value in values if isinstance(value, str))
            if count > MAX_ROWS:
                raise OverflowError
            if length > MAX_TEXT:
                raise MemoryError
            yield [number, values]


def _child() -> None:
    """Workbook bytes on stdin, one JSON line a row on stdout; any other failure is the exit code."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    warnings.simplefilter("ignore")
    try:
        for line in _parse(sys.stdin.buffer.read()):
            sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.write('{"end": true}\n')
    except OverflowError:
        sys.stdout.write('{"refused": "too_many_rows"}\n')
    except MemoryError:
        sys.stdout.write('{"refused": "workbook_too_large"}\n')


if __name__ == "__main__":
    _child()
