"""The tables as one .xlsx: what it is, a sheet a table, the dictionary; a row leaves memory when the next one is written."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.errors import Invalid
from catalogue.interchange.open_data import dictionary
from catalogue.interchange.open_data.files import Pieces, file_pieces
from catalogue.interchange.open_data.record import Batches
from catalogue.interchange.open_data.tables import OpenTable, tables
from catalogue.interchange.workbook import SHEET_ROWS, TEXT_LIMIT, fits

ABOUT, DICTIONARY = "about", "dictionary"
CUT = " […]"  # ends a text that no cell holds whole

_MADE = datetime.fromisoformat("2000-01-01")
_WIDTHS = {"text": 28, "whole": 12, "number": 12, "day": 12, "flag": 10}


def workbook_pieces(about: Sequence[tuple[str, str]], batches: Batches, counts: Counter[str]) -> Pieces:
    """The workbook; it is whole on disk before the first piece is given, for its list of contents stands in front.

    Raises: Invalid when a sheet cannot hold so many rows.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.xlsx"
        with Workbook(path, {"constant_memory": True, "tmpdir": folder}) as book:
            _write(book, about, batches, counts)
        yield from file_pieces(path)


def _write(book: Workbook, about: Iterable[tuple[str, str]], batches: Batches, counts: Counter[str]) -> None:
    book.set_properties({"created": _MADE})
    head = book.add_format({"bold": True, "bg_color": "#E6EDEF", "border": 1})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _lines(book.add_worksheet(ABOUT), (30, 110), about, formats["wrap"])
    sheets = {
        name: _sheet(book.add_worksheet(name), table, head, formats) for name, table in tables().items()
    }
    described = [dictionary.COLUMNS, *dictionary.lines()]
    _lines(book.add_worksheet(DICTIONARY), (16, 24, 10, 44, 70, 70), described, formats["wrap"])
    for batch in batches:
        for name, table in tables().items():
            names = [column.name for column in table.columns]
            for record in batch:
                for row in table.rows(record):
                    counts[name] += 1
                    if counts[name] > SHEET_ROWS:
                        raise Invalid("export_sheet_full", value=name)
                    _row(sheets[name], counts[name], [row.get(column) for column in names], formats)
    for name, table in tables().items():
        sheets[name].autofilter(0, 0, max(counts[name], 1), len(table.columns) - 1)


def _sheet(sheet: Worksheet, table: OpenTable, head: Any, formats: dict[str, Any]) -> Worksheet:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTHS[column.type], formats.get(column.type))
        sheet.write_string(0, place, column.name, head)
        sheet.write_comment(0, place, column.vi, {"width": 320, "height": 120})
    sheet.freeze_panes(1, 1)
    return sheet


def _lines(sheet: Worksheet, widths: Sequence[int], rows: Iterable[Sequence[str]], wrap: Any) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, wrap)
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, wrap)


def _row(sheet: Worksheet, number: int, values: Sequence[Any], formats: dict[str, Any]) -> None:
    for place, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, str):
            sheet.write_string(number, place, _fitting(value), formats["text"])
        elif isinstance(value, bool):
            sheet.write_boolean(number, place, value)
        elif isinstance(value, date):
            sheet.write_datetime(number, place, datetime.combine(value, time()), formats["day"])
        else:
            sheet.write_number(number, place, value)


def _fitting(text: str) -> str:
    """The text as far as a cell holds it."""
    if fits(text):
        return text
    kept = text.encode("utf-16-le")[: 2 * (TEXT_LIMIT - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT
