"""The process that reads: workbook bytes on stdin, JSON lines on stdout."""

import json
import resource
import sys
from io import BytesIO
from zipfile import ZipFile

from pipelines.xlsx import limits
from pipelines.xlsx.cells import Emit, Worksheet
from pipelines.xlsx.limits import Budget
from pipelines.xlsx.parts import read_book


def read(content: bytes, emit: Emit) -> None:
    """Every worksheet in its order: {sheet, hidden}, its rows, {merged, hidden_columns}."""
    budget = Budget(limits.MAX_ROWS, limits.MAX_CELLS, limits.MAX_TEXT)
    with ZipFile(BytesIO(content)) as archive:
        book = read_book(archive)
        for sheet in book.sheets:
            emit({"sheet": sheet.name, "hidden": sheet.is_hidden})
            Worksheet(book, budget, emit).read(archive, sheet.part)


def main() -> None:
    """Read stdin to stdout; a limit that was reached is said, any other failure is the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer

    def emit(line: object) -> None:
        out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    try:
        read(sys.stdin.buffer.read(), emit)
        emit({"end": True})
    except OverflowError:
        emit({"refused": "too_many_rows"})
    except MemoryError:
        emit({"refused": "workbook_too_large"})
