"""CSV files as rows of text: UTF-8 or marked UTF-16, parted by comma, semicolon or tab."""

import codecs
import csv
import re
from collections.abc import Collection, Iterator
from io import StringIO
from itertools import islice
from typing import NoReturn

from catalogue.errors import ImportRejected, Issue
from catalogue.text import clean
from pipelines.snapshot import MAX_BYTES, Snapshot
from pipelines.workbook import MAX_ROWS, Row, Sheet
from pipelines.xlsx.limits import MAX_CELLS

DELIMITERS = (",", ";", "\t")
HEADER_WITHIN = 30

csv.field_size_limit(MAX_BYTES)

_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def read_csv(snapshot: Snapshot, columns: Collection[str] = ()) -> tuple[Sheet, ...]:
    """One sheet without a name, every cell text.

    The delimiter is the one under which a row holds all of `columns`; without such a row it is the comma.
    Raises: ImportRejected with the row that is not readable.
    """
    text = _decoded(snapshot)
    first = _SAID.match(text)
    said = first[1] if first else None
    delimiter = said or _delimiter(text, columns)
    rows: list[Row] = []
    number = count = 0
    try:
        for number, cells in enumerate(_records(text, delimiter), start=1):
            if len(rows) >= MAX_ROWS:
                raise ImportRejected("too_many_rows", file=snapshot.name, limit=MAX_ROWS)
            count += len(cells)
            if count > MAX_CELLS:
                raise ImportRejected("too_many_cells", file=snapshot.name, limit=MAX_CELLS)
            if cells and not (said and number == 1):
                rows.append(Row(number, tuple(cells)))
    except csv.Error as error:
        _refuse("csv_malformed", snapshot.name, number + 1, str(error), error)
    return (Sheet(None, tuple(rows)),)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter(text: str, columns: Collection[str]) -> str:
    wanted = {clean(name).casefold() for name in columns}
    for delimiter in DELIMITERS if wanted else ():
        try:
            for cells in islice(_records(text, delimiter), HEADER_WITHIN):
                if wanted <= {clean(cell).casefold() for cell in cells}:
                    return delimiter
        except csv.Error:
            continue
    return DELIMITERS[0]


def _decoded(snapshot: Snapshot) -> str:
    content = snapshot.content
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if is_utf16:
            _refuse("not_utf8", snapshot.name, 1, "UTF-16", error)
        before = content[: error.start].decode("utf-8-sig")
        excerpt = content[max(0, error.start - 30) : error.end + 10].decode("utf-8", errors="replace")
        _refuse("not_utf8", snapshot.name, _row_at(before), clean(excerpt), error)
    if "\0" in text:
        before, _, after = text.partition("\0")
        _refuse("not_utf8", snapshot.name, _row_at(before), clean(f"{before[-30:]}\ufffd{after[:10]}"))
    return text


def _row_at(before: str) -> int:
    """The row on which a text goes on; a character stands for the one that could not be read."""
    return sum(1 for _ in csv.reader(StringIO(f"{before}?", newline="")))


def _refuse(rule: str, file: str, row: int, value: str, error: Exception | None = None) -> NoReturn:
    issue = Issue(rule, file=file, row=row, value=value)
    raise ImportRejected(rule, issues=(issue,), file=file, row=row) from error
