"""One worksheet as a stream of rows with a value, then what is merged and hidden in it."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zipfile import ZipFile

from pipelines.xlsx.limits import EXCEL_COLUMNS, EXCEL_ROWS, BadWorkbook, Budget
from pipelines.xlsx.parts import TRUE, Book, parse, unescaped

FORMULA, NO_VALUE, ERROR = "cell_is_formula", "formula_without_value", "cell_is_error"

_NAMES = ("c", "v", "f", "t", "row", "sheetData", "rPh", "mergeCell", "col")
_WHOLE = re.compile(r"[+-]?\d{1,300}")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Emit = Callable[[object], None]


class Worksheet:
    """A worksheet being read; a row goes out as [number, cells, marks, is hidden] as soon as it ends."""

    def __init__(self, book: Book, budget: Budget, emit: Emit) -> None:
        self._book, self._budget, self._emit = book, budget, emit
        self._merged: list[list[int]] = []
        self._hidden_columns: list[list[int]] = []
        self._names: dict[str, str] = {}
        self._is_data = self._is_hidden = False
        self._seen: set[int] = set()
        self._number = 0
        self._cells: dict[int, object] = {}
        self._marks: list[list[object]] = []
        self._column = -1
        self._cell: Mapping[str, str] | None = None
        self._is_spoken = False
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._into: list[str] | None = None

    def read(self, archive: ZipFile, part: str) -> None:
        """Emit every row, then {merged, hidden_columns}.

        Raises: BadWorkbook; OverflowError and MemoryError when there is too much.
        """
        parse(archive, part, self._start, self._end, self._words)
        self._emit({"merged": self._merged, "hidden_columns": self._hidden_columns})

    def _start(self, full: str, attributes: Mapping[str, str]) -> None:
        if not self._names:
            space = full.rpartition(" ")[0]
            self._names = {f"{space} {name}".lstrip(): name for name in _NAMES}
        name = self._names.get(full)
        if self._cell is not None:
            self._start_in_cell(name)
        elif name == "c" and self._is_data:
            self._cell = attributes
            self._value = self._formula = self._into = None
            self._is_spoken = False
        elif name == "row" and self._is_data:
            self._start_row(attributes)
        elif name == "sheetData":
            self._is_data = True
        elif name == "mergeCell":
            self._budget.spend(cells=4)
            self._merged.append(_area(attributes.get("ref", "")))
        elif name == "col" and attributes.get("hidden") in TRUE:
            self._budget.spend(cells=2)
            self._hidden_columns.append([int(attributes["min"]) - 1, int(attributes["max"]) - 1])

    def _start_in_cell(self, name: str | None) -> None:
        if name == "v" or (name == "t" and not self._is_spoken):
            self._value = self._into = self._value or []
        elif name == "f":
            self._formula = self._into = []
        elif name == "rPh":
            self._is_spoken = True

    def _end(self, full: str) -> None:
        name = self._names.get(full)
        if name == "c" and self._cell is not None:
            self._add(self._cell)
            self._cell = self._into = None
        elif name in ("v", "t", "f"):
            self._into = None
        elif name == "rPh":
            self._is_spoken = False
        elif name == "row" and self._is_data:
            self._end_row()
        elif name == "sheetData":
            self._is_data = False

    def _words(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._number = int(attributes.get("r", self._number + 1))
        if not 1 <= self._number <= EXCEL_ROWS:
            raise OverflowError
        if self._number in self._seen:
            raise BadWorkbook("a row twice")
        self._seen.add(self._number)
        self._is_hidden = attributes.get("hidden") in TRUE
        self._cells, self._marks, self._column = {}, [], -1

    def _end_row(self) -> None:
        if not self._cells:
            return
        width = max(self._cells) + 1
        length = sum(len(value) for value in self._cells.values() if type(value) is str)
        self._budget.spend(rows=1, cells=width, text=length)
        cells = [self._cells.get(column) for column in range(width)]
        self._emit([self._number, cells, self._marks, self._is_hidden])

    def _add(self, cell: Mapping[str, str]) -> None:
        """One cell as it ends; one that holds nothing is none."""
        self._column = _place(cell["r"])[1] if "r" in cell else self._column + 1
        if self._column >= EXCEL_COLUMNS or self._column in self._cells:
            raise BadWorkbook(f"cell {cell.get('r')}")
        kind = cell.get("t", "n")
        words = None if self._value is None else "".join(self._value)
        if self._formula is not None and (words is None or (not words and kind != "str")):
            self._cells[self._column] = f"={unescaped(''.join(self._formula))}"
            self._marks.append([self._column, NO_VALUE])
            return
        found = None if words is None else self._read(kind, words, cell.get("s", "0"))
        if found is None:
            return
        self._cells[self._column] = found
        if self._formula is not None:
            self._marks.append([self._column, FORMULA])
        if kind == "e":
            self._marks.append([self._column, ERROR])

    def _read(self, kind: str, words: str, style: str) -> object:
        """What a cell holds, by its type."""
        if kind == "s":
            return self._book.strings[_index(words)]
        if kind in ("str", "inlineStr"):
            return unescaped(words)
        text = words.strip()
        if not text:
            return None
        if kind == "b":
            return text in TRUE
        if kind == "d":
            return _written_day(text)
        if kind != "n":
            return text
        number = _number(text)
        if isinstance(number, str) or int(style) not in self._book.day_styles:
            return number
        return _day(number, counts_from_1904=self._book.counts_from_1904)


def _index(words: str) -> int:
    index = int(words)
    if index < 0:
        raise BadWorkbook(f"text {index}")
    return index


def _number(text: str) -> int | float | str:
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else text


def _written_day(text: str) -> object:
    try:
        return {"date": datetime.fromisoformat(text).replace(tzinfo=None).isoformat()}
    except ValueError:
        return text


def _day(number: int | float, *, counts_from_1904: bool) -> object:
    """A number that is shown as a day; below 1 it is a time of day, and beyond the calendar it stays a number.

    Excel counts a 29 February 1900 that never was.
    """
    begin = datetime.fromisoformat("1904-01-01" if counts_from_1904 else "1899-12-30")
    if 0 <= number < 1:
        return str((begin + timedelta(seconds=round(number * 86_400))).time())
    if not counts_from_1904 and number < 60:
        begin += timedelta(days=1)
    try:
        return {"date": (begin + timedelta(milliseconds=round(number * 86_400_000))).isoformat()}
    except OverflowError:
        return number


def _place(reference: str) -> tuple[int, int]:
    """Row as Excel numbers it, column counted from 0."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise BadWorkbook(f"cell {reference}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


def _area(reference: str) -> list[int]:
    first, _, last = reference.partition(":")
    rows, columns = zip(_place(first), _place(last or first), strict=True)
    return [min(rows), min(columns), max(rows), max(columns)]
