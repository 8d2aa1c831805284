"""The annex of an assigning document as rows: the heading may stand below a title, section rows carry field or agency."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalogue.errors import Issue
from catalogue.model import heading
from catalogue.model.heading import cell_text, heading_key
from catalogue.model.plan import PlanLine
from catalogue.text import clean, fold, words

MOST_ROWS = 5000
COLUMNS: tuple[str, ...] = (
    "code", "name", "field_name", "lead", "cooperating", "form", "from_place", "to_place", "measures", "content",
    "before_text", "after_text", "documents", "deadline", "explanation",
)  # fmt: skip
_HEADING_WITHIN = 30
_HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("mã tthc", "mã thủ tục", "mã thủ tục hành chính", "mã số tthc", "mã số", "mã", "code"),
    "name": (
        "tên tthc", "tên thủ tục hành chính", "tên thủ tục", "thủ tục hành chính", "tthc", "tên nhiệm vụ", "nhiệm vụ",
        "nội dung nhiệm vụ", "tên tthc, nhóm tthc", "tên thủ tục hành chính, giấy tờ công dân", "tên", "name",
    ),
    "field_name": ("lĩnh vực", "tên lĩnh vực", "field"),
    "lead": (
        "cơ quan chủ trì", "cơ quan chủ trì thực hiện", "đơn vị chủ trì", "bộ chủ trì", "bộ, ngành chủ trì", "chủ trì",
        "cơ quan thực hiện", "trách nhiệm thực hiện", "cơ quan chịu trách nhiệm", "lead agency",
    ),
    "cooperating": ("cơ quan phối hợp", "đơn vị phối hợp", "phối hợp", "cooperating agencies"),
    "form": (
        "hình thức", "hình thức phân cấp", "hình thức chuyển giao", "phân quyền, phân cấp, ủy quyền",
        "hình thức phân cấp, ủy quyền", "form",
    ),
    "from_place": (
        "cơ quan có thẩm quyền hiện nay", "cơ quan có thẩm quyền", "cơ quan đang giải quyết", "cơ quan giải quyết hiện nay",
        "cơ quan có thẩm quyền giải quyết hiện nay", "cơ quan có thẩm quyền hiện hành", "từ", "phân cấp từ",
        "thẩm quyền hiện hành", "thẩm quyền hiện nay", "thẩm quyền giải quyết hiện nay", "thẩm quyền giải quyết hiện hành",
        "cơ quan phân cấp", "từ cơ quan", "from",
    ),
    "to_place": (
        "cơ quan được phân cấp", "cơ quan nhận phân cấp", "phân cấp cho", "đến", "cơ quan tiếp nhận", "cơ quan nhận",
        "thẩm quyền sau phân cấp", "cơ quan có thẩm quyền sau phân cấp", "cơ quan giải quyết sau phân cấp",
        "thẩm quyền giải quyết sau phân cấp", "cơ quan dự kiến phân cấp", "đến cơ quan", "to",
    ),
    "measures": (
        "biện pháp", "biện pháp đơn giản hóa", "biện pháp cắt giảm", "biện pháp cắt giảm, đơn giản hóa", "loại phương án",
        "hình thức đơn giản hóa", "measure",
    ),
    "content": (
        "nội dung phương án", "nội dung đơn giản hóa", "phương án đơn giản hóa", "nội dung cắt giảm, đơn giản hóa",
        "phương án cắt giảm, đơn giản hóa", "biện pháp / nội dung phương án", "biện pháp/nội dung phương án",
        "nội dung phân cấp", "phương án phân cấp", "phương án", "nội dung", "content",
    ),
    "before_text": ("hiện hành", "quy định hiện hành", "trước", "trước khi đơn giản hóa", "hiện nay", "before"),
    "after_text": ("sau", "sau đơn giản hóa", "sau khi đơn giản hóa", "phương án mới", "sau phân cấp", "after"),
    "documents": (
        "văn bản phải sửa", "văn bản cần sửa", "văn bản phải sửa đổi", "văn bản phải sửa đổi, bổ sung",
        "văn bản qppl phải sửa", "vbqppl phải sửa", "vbqppl cần sửa đổi, bổ sung", "văn bản cần sửa đổi, bổ sung",
        "văn bản quy phạm pháp luật cần sửa đổi, bổ sung", "văn bản thực thi", "vbqppl thực thi", "documents",
    ),
    "deadline": (
        "thời hạn", "thời hạn hoàn thành", "hạn hoàn thành", "thời gian hoàn thành", "thời gian thực hiện",
        "lộ trình", "lộ trình thực hiện", "hạn", "deadline",
    ),
    "explanation": ("giải trình", "lý do", "explanation"),
}  # fmt: skip
NAMING = (*_HEADINGS["name"], *_HEADINGS["code"])  # a table has at least one of these headings
_NUMBERS = ("stt", "số tt", "tt", "no.", "số thứ tự")
_PASSED_OVER = (*_NUMBERS, "ghi chú", "cấp thực hiện", "mức độ", "căn cứ pháp lý", "note")
_COLUMN = heading.headings(_HEADINGS, _PASSED_OVER)
_NUMBER_KEYS = frozenset(heading_key(word) for word in _NUMBERS)
_LISTS = frozenset({"measures", "content", "documents", "cooperating"})  # whose lines stand for themselves
_NUMBERING = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*)\s*[.)/-]\s*|^[IVXLC]+$|^\d+(?:\.\d+)*$")
_COUNTED = re.compile(r"\(?\d{1,2}\)?")
_TOTAL = re.compile(r"tong (cong|so)\b|cong\s*(\d.*|[:.].*)?$")

Cells = Sequence[object]


@dataclass(frozen=True)
class PlanTable:
    """The rows of an annex, what was passed over, and what keeps the whole table out."""

    lines: tuple[PlanLine, ...] = ()
    issues: tuple[Issue, ...] = ()
    notices: tuple[Issue, ...] = ()
    passed_over: tuple[str, ...] = ()


@dataclass
class _Section:
    """What the rows below a heading of the annex have in common."""

    field_name: str = ""
    lead: str = ""


def read_rows(
    rows: Mapping[int, Cells],
    is_agency: Callable[[str], bool],
    also: Mapping[str, str | None] | None = None,
) -> PlanTable:
    """The rows of one sheet by their numbers; `is_agency`: whether a section's heading names one.

    `also`: what a person said that headings mean which are not known (None: not to be read).
    Rows that are no item (titles, totals, headings that say nothing we know) are notices, never silently lost.
    """
    filled = [(number, cells) for number, cells in sorted(rows.items()) if any(map(cell_text, cells))]
    if not filled:
        return PlanTable(issues=(Issue("table_without_rows"),))
    if len(filled) > MOST_ROWS:
        return PlanTable(issues=(Issue("table_too_long", value=str(MOST_ROWS)),))
    start = next(
        (place for place, (_, cells) in enumerate(filled[:_HEADING_WITHIN]) if _is_heading(cells)), None
    )
    if start is None:
        first = ", ".join(text for text in map(cell_text, filled[0][1]) if text)[:120]
        return PlanTable(issues=(Issue("plan_heading_missing", row=filled[0][0], value=first),))
    number, header = filled[start]
    body = filled[start + 1 :]
    if body and _is_second_heading(header, body[0][1]):
        header, body = _merged(header, body[0][1]), body[1:]
    meanings = {**{heading_key(text): column for text, column in (also or {}).items()}, **_COLUMN}
    issues = tuple(heading.problems(number, header, meanings))
    names = [heading_key(cell_text(cell)) for cell in header]
    columns = {place: meanings[name] for place, name in enumerate(names) if name in meanings}
    numbers = next((place for place, name in enumerate(names) if name in _NUMBER_KEYS), None)
    passed_over = tuple(
        cell_text(header[place])
        for place, column in columns.items()
        if column is None and names[place] not in _NUMBER_KEYS
    )
    notices = [
        Issue("plan_title_passed_over", "warning", row=row, value=_joined(cells)[:120])
        for row, cells in filled[:start]
    ]
    lines: list[PlanLine] = []
    notices += _read_body(body, columns, numbers, is_agency, lines)
    if not lines and not issues:
        issues = (Issue("table_without_rows"),)
    return PlanTable(tuple(lines), issues, tuple(notices), passed_over)


def has_heading(rows: Sequence[Cells]) -> bool:
    """Whether a row near the top names the columns of an annex."""
    return any(map(_is_heading, rows[:_HEADING_WITHIN]))


def _read_body(
    body: Sequence[tuple[int, Cells]],
    columns: Mapping[int, str | None],
    numbers: int | None,
    is_agency: Callable[[str], bool],
    lines: list[PlanLine],
) -> Iterator[Issue]:
    section = _Section()
    has_numbers = numbers is not None and any(_number(cells, numbers).isdigit() for _, cells in body)
    for row, cells in body:
        texts = {place: text for place, cell in enumerate(cells) if (text := cell_text(cell))}
        if len(texts) > 2 and all(_COUNTED.fullmatch(text) for text in texts.values()):
            continue  # (1) (2) (3): the columns counted
        beside = {place: text for place, text in texts.items() if place not in columns}
        for text in beside.values():
            yield Issue("plan_cell_beside_table", "warning", row=row, value=text[:120])
        said = {place: text for place, text in texts.items() if place not in beside}
        spoken = {place: text for place, text in said.items() if place != numbers}
        number = said.get(numbers, "") if numbers is not None else ""
        if _TOTAL.match(fold(number)):
            yield Issue("plan_row_passed_over", "warning", row=row, value=_joined(cells)[:120])
            continue
        if not spoken and number.isdigit():
            continue
        if len(spoken) <= 1:
            only = next(iter(spoken.values()), "") or number
            if _is_section(only, section, is_agency):
                continue
            if _TOTAL.match(fold(only)) or not spoken or columns.get(next(iter(spoken))) != "name":
                yield Issue("plan_row_passed_over", "warning", row=row, value=only[:120])
                continue
        line = _line(row, cells, columns, section)
        if _TOTAL.match(fold(line.name)) and not line.code:
            yield Issue("plan_row_passed_over", "warning", row=row, value=_joined(cells)[:120])
            continue
        if has_numbers and not number:
            yield Issue("plan_row_unnumbered", "warning", row=row, value=line.name[:120])
        lines.append(line)


def _is_section(text: str, section: _Section, is_agency: Callable[[str], bool]) -> bool:
    """Whether a row says what the rows below have in common; then it is remembered."""
    said = _NUMBERING.sub("", text).strip(" .:-")
    if words(said)[:2] == ["linh", "vuc"]:
        section.field_name = re.sub(r"^lĩnh\s+vực\s*[:-]?\s*", "", said, flags=re.IGNORECASE).strip()
        return True
    if is_agency(said):
        section.lead, section.field_name = said, ""
        return True
    return False


def _line(row: int, cells: Cells, columns: Mapping[int, str | None], section: _Section) -> PlanLine:
    said: dict[str, Any] = {}
    for place, cell in enumerate(cells):
        column = columns.get(place)
        if column:
            said[column] = _lined(cell) if column in _LISTS else cell_text(cell)
    line = PlanLine(row, **said)
    return replace(line, field_name=line.field_name or section.field_name, lead=line.lead or section.lead)


def _lined(cell: object) -> str:
    """A cell whose lines stand for themselves, with a semicolon between them."""
    if cell is None:
        return ""
    return "; ".join(text for part in str(cell).splitlines() if (text := clean(part).rstrip(";").strip()))


def _is_heading(cells: Cells) -> bool:
    names = {heading_key(cell_text(cell)) for cell in cells} - {""}
    known = [name for name in names if name in _COLUMN]
    return len(known) >= 2 and any(_COLUMN[name] in ("name", "code") for name in known)


def _is_second_heading(header: Cells, below: Cells) -> bool:
    """Whether the row below says the parts of a heading that stands over several columns."""
    names = [heading_key(cell_text(cell)) for cell in below]
    above = [heading_key(cell_text(cell)) for cell in header]
    own = [name for place, name in enumerate(names) if name and name not in above[place : place + 1]]
    return bool(own) and all(name in _COLUMN for name in own)


def _merged(header: Cells, below: Cells) -> Cells:
    width = max(len(header), len(below))
    tops = [*map(cell_text, header), *[""] * (width - len(header))]
    parts = [*map(cell_text, below), *[""] * (width - len(below))]
    return [part or top for top, part in zip(tops, parts, strict=True)]


def _number(cells: Cells, place: int) -> str:
    return cell_text(cells[place]).rstrip(".") if place < len(cells) else ""


def _joined(cells: Cells) -> str:
    return " · ".join(dict.fromkeys(text for text in map(cell_text, cells) if text))
