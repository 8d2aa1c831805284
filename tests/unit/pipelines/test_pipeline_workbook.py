"""Workbooks as typed rows: what a cell is beside its value, and what is refused before or while it is read."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter

from catalogue.errors import ImportRejected
from pipelines import workbook
from pipelines.reading import read
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.workbook import Row, Sheet
from tests.sheets import workbook as written

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _snapshot(content: bytes, name: str = "list.xlsx") -> Snapshot:
    return snapshot_of(Path(name), content)


def _zip(entries: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def _raw(data: str, *, strings: str = "", before: str = "", after: str = "", **changed: bytes) -> bytes:
    """A workbook whose only sheet holds this XML, as no library would write it."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="s" Type="{LINKS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="{LINKS}/sharedStrings" '
        'Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}'
        "</worksheet>",
    }
    return _zip({name: text.encode() for name, text in parts.items()} | changed)


def _only(content: bytes) -> Sheet:
    (sheet,) = read(_snapshot(content))
    return sheet


def _code(content: bytes, name: str = "list.xlsx") -> str:
    with pytest.raises(ImportRejected) as refused:
        read(_snapshot(content, name))
    assert refused.value.details["file"] == name
    return refused.value.code


def test_a_workbook_keeps_types_and_excel_row_numbers() -> None:
    moment = datetime.fromisoformat("2026-07-01T08:30:00")
    cells: list[object] = ["1.000460", 2.00046, 7, True, None, date(2026, 7, 1), moment]
    sheet = _only(written({"List": [["title"], [], cells, [None, "Sở Tư pháp_x000D_\nUBND", None]]}))
    assert sheet.name == "List"
    assert sheet.rows == (
        Row(1, ("title",)),
        Row(3, ("1.000460", 2.00046, 7, True, None, date(2026, 7, 1), moment)),
        Row(4, (None, "Sở Tư pháp\r\nUBND")),
    )
    assert type(sheet.rows[1].cells[5]) is date
    assert sheet.rows[0].cell(4) is None


def test_sheets_without_a_value_are_left_out() -> None:
    sheets = read(_snapshot(written({"Data": [["a"]], "Blank": [["  "]], "Empty": []})))
    assert [sheet.name for sheet in sheets] == ["Data"]
    assert _code(written({"Empty": []})) == "table_empty"


def test_a_formula_gives_its_saved_value_and_says_so_or_says_that_there_is_none() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, '="Cấp "&"thẻ"', None, "Cấp thẻ")
        sheet.write_formula(0, 1, "=1+1", None, 2)
    assert _only(target.getvalue()).rows == (
        Row(1, ("Cấp thẻ", 2), ((0, "cell_is_formula"), (1, "cell_is_formula"))),
    )
    empty = _raw('<row><c><v>1</v></c><c t="str"><f>""</f><v></v></c></row>')
    assert _only(empty).rows == (Row(1, (1, ""), ((1, "cell_is_formula"),)),)
    never_computed = _only(written({"List": [["1.000001", "=A1&B2"]]}))
    assert never_computed.rows == (Row(1, ("1.000001", "=A1&B2"), ((1, "formula_without_value"),)),)
    shared = _raw('<row r="1"><c r="A1"><f t="shared" si="0"/></c><c r="B1"><f>1</f><v>5</v></c></row>')
    assert _only(shared).rows == (Row(1, ("=", 5), ((0, "formula_without_value"), (1, "cell_is_formula"))),)


def test_an_error_of_excels_is_no_text() -> None:
    content = _raw('<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c t="e"><f>B9</f><v>#REF!</v></c></row>')
    marks = ((0, "cell_is_error"), (1, "cell_is_formula"), (1, "cell_is_error"))
    assert _only(content).rows == (Row(2, ("#N/A", "#REF!"), marks),)


def test_a_merged_value_stands_in_each_of_its_rows_and_in_none_of_its_other_columns() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["DANH SÁCH"], ["a", "b", "c"], ["1", "x", "p"], [None, "y", "q"], ["2", "z", "r"]):
        sheet.append(row)
    sheet["C7"] = "s"
    for area in ("A1:C1", "A3:A4", "A5:B8"):
        sheet.merge_cells(area)
    target = BytesIO()
    book.save(target)
    rows = _only(target.getvalue()).rows
    assert rows == (
        Row(1, ("DANH SÁCH",), ((1, "cell_merged"), (2, "cell_merged"))),
        Row(2, ("a", "b", "c")),
        Row(3, ("1", "x", "p")),
        Row(4, ("1", "y", "q"), ((0, "cell_merged"),)),
        Row(5, ("2", None, "r"), ((1, "cell_merged"),)),
        Row(7, ("2", None, "s"), ((0, "cell_merged"), (1, "cell_merged"))),
    )


def test_what_is_hidden_is_read_and_known_as_hidden() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["a", "b", "c"], ["1", "2", "3"]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    secret = book.create_sheet("Secret")
    secret.sheet_state = "veryHidden"
    secret.append(["x"])
    target = BytesIO()
    book.save(target)
    first, second = read(_snapshot(target.getvalue()))
    assert [row.is_hidden for row in first.rows] == [False, True]
    assert (first.is_hidden, first.hidden_columns, second.is_hidden) == (False, (1,), True)


def test_texts_are_as_excel_shows_them() -> None:
    strings = (
        "<si><t>a_x000D_b _x0041_ _x005F_x0041_ _xD83D_</t></si>"
        "<si><r><t>rich </t></r><r><t>text</t></r><rPh><t>spoken</t></rPh></si>"
    )
    content = _raw(
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t> in line </t></is></c>'
        '<c t="b"><v>0</v></c><c t="d"><v>2026-07-01T00:00:00</v></c><c><v>1e999</v></c><c s="9"><v>5</v></c></row>',
        strings=strings,
    )
    shown = ("a\rb A _x0041_ _xD83D_", "rich text", " in line ", False, date(2026, 7, 1), "1e999", 5)
    assert _only(content).rows == (Row(1, shown),)


@pytest.mark.parametrize(
    ("shown", "number", "value"),
    [
        ("dd/mm/yyyy", 45352, date(2024, 3, 1)),
        ("d/m/yy h:mm", 45352.25, datetime.fromisoformat("2024-03-01T06:00:00")),
        ('"ngày" dd', 59, date(1900, 2, 28)),
        ("h:mm", 0.5, "12:00:00"),
        ("dd/mm/yyyy", 1e12, 1e12),
        ("[h]:mm", 45352, 45352),
        ('#,##0 "VND"', 45352, 45352),
        ("[Red]0.00", 45352, 45352),
        ("General", 45352, 45352),
    ],
)
def test_a_number_is_a_day_where_it_is_shown_as_one(shown: str, number: float, value: object) -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write_number(0, 0, number, book.add_format({"num_format": shown}))
    assert _only(target.getvalue()).rows == (Row(1, (value,)),)


def test_days_may_be_counted_from_1904() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"date_1904": True}) as book:
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet().write_datetime(0, 0, datetime.fromisoformat("2024-03-01"), style)
    assert _only(target.getvalue()).rows == (Row(1, (date(2024, 3, 1),)),)


def test_another_prefix_and_a_strict_namespace_make_the_same_sheet() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheet = (
        f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row r="3"><x:c r="B3"><x:v>7</x:v></x:c></x:row>'
    )
    content = _raw("", **{"xl/worksheets/sheet1.xml": f"{sheet}</x:sheetData></x:worksheet>".encode()})
    assert _only(content).rows == (Row(3, (None, 7)),)


@pytest.mark.parametrize(
    "content",
    [
        b"Ma so,Ten\n",
        _zip({"readme": b"a zip, no workbook"}),
        _zip({"[Content_Types].xml": b"<Types/>"}),
        _zip({"[Content_Types].xml": b"not xml"}),
        b"PK\x03\x04 cut short",
        _raw("<row><c><v>1</v></c></row>", **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
        _raw('<row r="1"><c t="s"><v>0</v></c></row>'),
        _raw('<row r="1"><c t="s"><v>-1</v></c></row>', strings="<si><t>a</t></si>"),
        _raw('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        _raw('<row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'),
        _raw('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        _raw('<row r="1"><c r="one"><v>1</v></c></row>'),
        _raw('<row r="1"><c><v>one</v></c></row>'),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert _code(content) == "not_a_workbook"


def test_old_and_locked_workbooks_are_told_apart_from_broken_ones() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert _code(old) == "workbook_is_xls"
    assert _code(old + "EncryptedPackage".encode("utf-16-le")) == "workbook_encrypted"


def test_a_bomb_is_refused_by_its_directory_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a bomb reached the parser")

    monkeypatch.setattr("subprocess.run", never)
    ratio = _zip({"[Content_Types].xml": b"<Types/>", "xl/sheet.xml": b"0" * 5_000_000})
    assert _code(ratio) == "workbook_too_large"
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 10)
    assert _code(written({"List": [["a"]]})) == "workbook_too_large"


def test_a_directory_that_lies_about_sizes_or_names_gives_no_more_than_it_says() -> None:
    content = bytearray(_raw('<row r="1"><c t="inlineStr"><is><t>' + "a" * 3000 + "</t></is></c></row>"))
    place = (
        content.rindex(b"xl/worksheets/sheet1.xml") - 46 + 24
    )  # uncompressed size in the central directory
    content[place : place + 4] = (10).to_bytes(4, "little")
    assert _code(bytes(content)) == "not_a_workbook"
    twice = BytesIO()
    with ZipFile(twice, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        for _ in range(2):
            archive.writestr("[Content_Types].xml", "<Types/>")
    assert _code(twice.getvalue()) == "not_a_workbook"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_entities_that_grow_are_refused_unread(part: str) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    bomb = (
        f"<!DOCTYPE x [{entities}]><worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
    )
    assert _code(_raw("<row/>", **{part: bomb.encode()})) == "not_a_workbook"


def test_links_to_the_outside_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>'
    )
    for target in (f'file://{secret}" TargetMode="External', f"../../../../../..{secret}"):
        links = f'<Relationships><Relationship Id="s" Type="{LINKS}/worksheet" Target="{target}"/></Relationships>'
        content = _raw("<row><c><v>2</v></c></row>", **{"xl/_rels/workbook.xml.rels": links.encode()})
        assert _code(content) in ("not_a_workbook", "table_empty")


def test_one_part_is_not_read_as_many_sheets() -> None:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="s"/>' for n in range(1, 4))
    described = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>'
    content = _raw("<row><c><v>1</v></c></row>", **{"xl/workbook.xml": described.encode()})
    assert _code(content) == "not_a_workbook"


def _refused_by(setting: str, content: bytes) -> str:
    code = f"import sys; sys.path.append({workbook._ROOT!r}); from pipelines.xlsx import child, limits; {setting}; child.main()"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], input=content, capture_output=True, check=True
    )
    with pytest.raises(ImportRejected) as refused:
        workbook._sheets(done.stdout, 0, "list.xlsx")
    return refused.value.code


def test_the_child_has_little_memory_and_a_cap_on_rows_cells_and_text() -> None:
    content = written({"List": [["abcdef"], ["abcdef"], ["abcdef"]]})
    assert _refused_by("limits.MAX_ROWS = 2", content) == "too_many_rows"
    assert _refused_by("limits.MAX_TEXT = 10", content) == "workbook_too_large"
    assert _refused_by("limits.MAX_CELLS = 2", content) == "workbook_too_large"
    assert _refused_by("limits.MEMORY = 10 ** 8; child.read = lambda *_: 'x' * 10 ** 9", content) == (
        "workbook_too_large"
    )


def test_the_child_can_write_no_file(tmp_path: Path) -> None:
    place = tmp_path / "written"
    code = (
        f"import sys; sys.path.append({workbook._ROOT!r}); from pipelines.xlsx import child\n"
        f"def write(*_):\n    with open({str(place)!r}, 'w') as file: file.write('x')\n"
        "child.read = write\nchild.main()"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], input=b"", capture_output=True, check=False
    )
    assert done.returncode != 0
    assert not place.exists() or place.read_bytes() == b""


def test_a_row_far_out_costs_no_more_than_the_cells_before_it() -> None:
    wide = _raw('<row r="9"><c r="XFD9"><v>1</v></c></row>')
    assert len(_only(wide).rows[0].cells) == 16_384
    many = _raw("".join(f'<row r="{n}"><c r="XFD{n}"><v>{n}</v></c></row>' for n in range(1, 400)))
    assert _code(many) == "workbook_too_large"
    far = _raw("<row r='1048577'><c><v>1</v></c></row>")
    assert _code(far) == "too_many_rows"


def test_merged_and_hidden_areas_without_end_cost_nothing() -> None:
    areas = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 300))
    content = _raw(
        '<row r="5"><c r="A5"><v>1</v></c></row>',
        before='<cols><col min="1" max="999999999" hidden="1"/></cols>',
        after=f"<mergeCells>{areas}</mergeCells>",
    )
    sheet = _only(content)
    assert (sheet.rows[0].cells, sheet.hidden_columns) == ((1,), (0,))
    rows = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 400))
    twice = "".join('<mergeCell ref="A1:B400"/>' for _ in range(20_000))
    assert _code(_raw(rows, after=f"<mergeCells>{twice}</mergeCells>")) == "workbook_too_large"


def test_a_child_that_stops_early_or_takes_too_long_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    content = written({"List": [["a"]]})
    for output, returncode in (
        (b'{"sheet": "List", "hidden": false}\n[1, ["a"], [], false]\n', 0),
        (b'{"end": true}\n', 1),
        (b"", 0),
    ):
        with pytest.raises(ImportRejected) as stopped:
            workbook._sheets(output, returncode, "list.xlsx")
        assert stopped.value.code == "not_a_workbook"
    monkeypatch.setattr(workbook, "MAX_SECONDS", 0.001)
    assert _code(content) == "workbook_too_large"


def test_an_unknown_kind_of_file_is_refused() -> None:
    assert _code(b"x", "list.pdf") == "file_type_unknown"
