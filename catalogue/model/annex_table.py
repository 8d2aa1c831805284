"""An annex pasted or uploaded as a small table, read strictly: every column is used or named, every cell understood."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import TypeVar

from catalogue.errors import Issue
from catalogue.model import heading
from catalogue.model.annex import Action, Extent, Line
from catalogue.model.heading import cell_text, heading_key
from catalogue.text import clean

T = TypeVar("T")
MOST_ROWS = 2000
_UNHEADED = ("code", "name", "action", "extent", "note")  # the order of a table without a header
_HEADERS: dict[str, tuple[str, ...]] = {
    "code": ("mã thủ tục", "mã tthc", "mã thủ tục hành chính", "mã số tthc", "mã số", "số hồ sơ tthc", "mã", "code"),
    "name": ("tên thủ tục hành chính", "tên tthc", "tên thủ tục", "tên", "name"),
    "field_name": ("lĩnh vực", "field"),
    "levels": ("cấp thực hiện", "cấp", "levels"),
    "action": ("nội dung công bố", "hình thức công bố", "hình thức", "action"),
    "extent": ("phạm vi", "mức độ", "extent"),
    "replaces": ("mã tthc bị thay thế", "mã thủ tục bị thay thế", "thay thế cho", "replaces"),
    "note": ("ghi chú", "note"),
}  # fmt: skip
# What the annexes of provinces print beside the name; the record itself comes from the national database.
_PASSED_OVER = (
    "stt", "số tt", "tt", "thời hạn giải quyết", "địa điểm thực hiện", "phí, lệ phí", "phí", "lệ phí", "căn cứ pháp lý",
    "cơ quan thực hiện", "cách thức thực hiện", "no.",
)  # fmt: skip
_ACTIONS: dict[str, Action] = {
    "mới ban hành": Action.NEW, "ban hành mới": Action.NEW, "mới": Action.NEW, "new": Action.NEW,
    "sửa đổi, bổ sung": Action.AMENDED, "được sửa đổi, bổ sung": Action.AMENDED, "sửa đổi": Action.AMENDED,
    "bổ sung": Action.AMENDED, "amended": Action.AMENDED,
    "thay thế": Action.REPLACED, "được thay thế": Action.REPLACED, "replaced": Action.REPLACED,
    "bãi bỏ": Action.ABOLISHED, "bị bãi bỏ": Action.ABOLISHED, "hủy bỏ": Action.ABOLISHED,
    "bị hủy bỏ": Action.ABOLISHED, "abolished": Action.ABOLISHED,
}  # fmt: skip
_EXTENTS: dict[str, Extent] = {
    "toàn bộ": Extent.WHOLE, "whole": Extent.WHOLE, "một phần": Extent.PART, "part": Extent.PART,
}  # fmt: skip
_LEVELS: dict[str, str] = {
    "cấp bộ": "ministry", "bộ": "ministry", "trung ương": "ministry", "cấp trung ương": "ministry", "ministry": "ministry",
    "cấp tỉnh": "provincial", "tỉnh": "provincial", "provincial": "provincial",
    "cấp huyện": "district", "huyện": "district", "district": "district",
    "cấp xã": "communal", "xã": "communal", "communal": "communal",
    "cơ quan khác": "other", "other": "other",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """The lines of a table, what is wrong with it, and the columns that were passed over."""

    lines: tuple[Line, ...]
    issues: tuple[Issue, ...]
    passed_over: tuple[str, ...] = ()


def read_text(text: str, usual: Action | None = None) -> Table:
    """A table pasted from a spreadsheet: cells between tabs, quoted where a cell holds line breaks."""
    try:
        rows = list(csv.reader(StringIO(text.strip("\r\n"), newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return Table((), (Issue("table_malformed", sheet="lines"),))
    return read_rows(rows, usual)


def read_rows(rows: Sequence[Sequence[object]], usual: Action | None = None) -> Table:
    """The rows of a table, counted from 1; `usual` is what lines do where no cell says it."""
    filled = [
        (number, cells)
        for number, cells in enumerate(rows, start=1)
        if any(cell_text(cell) for cell in cells)
    ]
    if not filled:
        return Table((), (Issue("table_without_rows", sheet="lines"),))
    if len(filled) > MOST_ROWS:
        return Table((), (Issue("table_too_long", sheet="lines", value=str(MOST_ROWS)),))
    number, header = filled[0]
    names = [heading_key(cell_text(cell)) for cell in header]
    columns: Mapping[int, str | None] = dict(enumerate(_UNHEADED))
    issues: list[Issue] = []
    if any(_COLUMN.get(name) in ("code", "name") for name in names):
        columns = {place: _COLUMN[name] for place, name in enumerate(names) if name in _COLUMN}
        issues = list(heading.problems(number, header, _COLUMN))
        filled = filled[1:]
    passed_over = tuple(cell_text(header[place]) for place, column in columns.items() if column is None)
    lines = []
    for number, cells in filled:
        line, found = _line(number, cells, columns, usual)
        lines.append(line)
        issues += found
    at = [replace(issue, sheet="lines") for issue in issues]
    return Table(tuple(lines) if not at else (), tuple(at), passed_over)


def _line(
    number: int, cells: Sequence[object], columns: Mapping[int, str | None], usual: Action | None
) -> tuple[Line, list[Issue]]:
    said: dict[str, str] = {}
    issues: list[Issue] = []
    for place, cell in enumerate(cells):
        text, column = cell_text(cell), columns.get(place)
        if text and place not in columns:
            issues.append(Issue("cell_beside_table", row=number, value=text[:60]))
        elif text and column:
            said[column] = text
            if column in ("code", "replaces") and not isinstance(cell, str):
                issues.append(Issue("code_stored_as_number", row=number, column=column, value=text))
    if len(said) == 1 and "code" not in said:
        issues.append(Issue("row_is_no_line", row=number, value=next(iter(said.values()))[:60]))
    action = _word(said, "action", _ACTIONS, number, issues) or usual
    extent = _word(said, "extent", _EXTENTS, number, issues) or Extent.WHOLE
    levels = []
    for part in said.get("levels", "").replace(",", ";").split(";"):
        if part.strip():
            level = _LEVELS_BY_KEY.get(heading_key(part))
            if level is None:
                issues.append(Issue("word_unknown", row=number, column="levels", value=part.strip()))
            else:
                levels.append(level)
    replaces = tuple(
        clean(code) for code in said.get("replaces", "").replace(",", ";").split(";") if clean(code)
    )
    line = Line(
        row=number,
        action=action,
        code=said.get("code", ""),
        name=said.get("name", ""),
        field_name=said.get("field_name", ""),
        levels=tuple(sorted(set(levels))),
        replaces=replaces,
        extent=extent,
        note=said.get("note", ""),
    )
    return line, issues


def _word(
    said: Mapping[str, str], column: str, known: Mapping[str, T], number: int, issues: list[Issue]
) -> T | None:
    text = said.get(column)
    if text is None:
        return None
    found = {heading_key(word): value for word, value in known.items()}.get(heading_key(text))
    if found is None:
        issues.append(Issue("word_unknown", row=number, column=column, value=text[:60]))
    return found


_COLUMN = heading.headings(_HEADERS, _PASSED_OVER)
_LEVELS_BY_KEY = {heading_key(word): level for word, level in _LEVELS.items()}
