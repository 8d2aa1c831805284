"""The portal's list: from bytes in its own shape to contract rows."""

import csv
import json
import unicodedata
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from catalogue.errors import BadReferenceData, ImportRejected, Issue, NotFound
from pipelines import sources
from pipelines.checks import check
from pipelines.contract import SCHEMA, TransformResult
from pipelines.snapshot import snapshot_of
from pipelines.sources import Source, load_source, load_transform, source_names
from pipelines.sources.portal_list.transform import split_code
from pipelines.strict import one_sheet
from pipelines.workbook import read

HEADER = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]
COURT = [
    "3.000164",
    "Đăng ký nhận thông báo",
    "Tòa án nhân dân",
    "Tòa cấp cao\nTòa tỉnh\n\nTòa cấp cao\n",
    "Tòa án",
]
SOURCE = load_source("portal_list")


def _import(name: str, content: bytes) -> TransformResult:
    snapshot = snapshot_of(Path(name), content)
    sheet = one_sheet(read(snapshot), SOURCE.ignored_sheets, snapshot.name)
    return load_transform("portal_list")(sheet.rows, SOURCE, snapshot.name, sheet.name)


def _xlsx(*rows: Sequence[object], header: list[str] = HEADER) -> TransformResult:
    """An export in the portal's shape: merged title, header, rows, an empty row at the end."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Danh sách TTHC"
    sheet.append(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nDANH SÁCH THỦ TỤC HÀNH CHÍNH\n"])
    sheet.merge_cells("A1:E1")
    for row in (header, *rows, ["", "", None, "", ""]):
        sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    return _import("list.xlsx", target.getvalue())


def _csv(*rows: list[str]) -> TransformResult:
    target = StringIO()
    csv.writer(target).writerows([HEADER, *rows])
    return _import("list.csv", target.getvalue().encode("utf-8-sig"))


def _rules(result: TransformResult) -> list[tuple[str, str, int | None]]:
    return [(issue.rule, issue.severity, issue.row) for issue in result.issues]


def test_an_excel_export_becomes_contract_rows() -> None:
    result = _xlsx(COURT, ["1.012753.H19", "Thủ tục  B ", "Bộ A", None, "Đất đai"])
    assert result.frame.schema == SCHEMA
    assert (result.rows_read, result.issues, check(result, SOURCE)) == (2, (), ())
    first, second = result.frame.drop("raw").rows()
    assert first == (
        3,
        "3.000164",
        "3.000164",
        None,
        COURT[1],
        COURT[2],
        ["Tòa cấp cao", "Tòa tỉnh"],
        "Tòa án",
    )
    assert second == (4, "1.012753.H19", "1.012753", "H19", "Thủ tục B", "Bộ A", [], "Đất đai")
    assert json.loads(result.frame["raw"][0]) == dict(zip(HEADER, COURT, strict=True))


def test_the_same_list_as_csv_gives_the_same_rows() -> None:
    row = ["1.012593", "Thủ tục A", "Bộ A", "Phòng A; Phòng B; Phòng A", "Tôn giáo"]
    result = _csv(row)
    assert result.frame.drop("raw").rows() == [
        (2, "1.012593", "1.012593", None, "Thủ tục A", "Bộ A", ["Phòng A", "Phòng B"], "Tôn giáo")
    ]
    assert (result.rows_read, result.issues) == (1, ())


def test_a_code_that_became_a_number_is_rejected_in_excel_and_csv() -> None:
    good = ["1.000001", "A", "Bộ A", "", "X"]
    workbook = _xlsx([2.00046, "B", "Bộ A", "", "X"], good, [2, "C", "Bộ A", "", "X"])
    assert workbook.issues[0] == Issue(
        "code_is_number", "error", "list.xlsx", "Danh sách TTHC", 3, "Mã số", "2.00046"
    )
    assert _rules(workbook)[1:] == [("code_is_number", "error", 5)]
    assert workbook.frame["procedure_code"].to_list() == ["1.000001"]
    text = _csv(["2.00046", "B", "Bộ A", "", "X"], ["2", "C", "Bộ A", "", "X"], good)
    assert _rules(text) == [("code_is_number", "error", 2), ("code_is_number", "error", 3)]
    assert (text.rows_read, text.frame.height) == (3, 1)


@pytest.mark.parametrize(
    ("code", "unusual"),
    [
        ("6.006597", True),
        ("1.12345", True),
        ("ABC", True),
        ("1.012753.x", True),
        ("1.012753.H19", False),
        ("1.012753.000.00.00.H19", False),
    ],
)
def test_an_unusual_code_is_kept_with_a_warning(code: str, unusual: bool) -> None:
    result = _xlsx([code, "A", "Bộ A", "", "X"])
    assert result.frame["procedure_code"].to_list() == [code]
    assert _rules(result) == ([("unusual_code", "warning", 3)] if unusual else [])


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("1.012753", ("1.012753", None)),
        ("1.012753.H19", ("1.012753", "H19")),
        ("1.012753.000.00.00.H19", ("1.012753", "H19")),
        ("1.012753.000.01.12.H19", ("1.012753", "000.01.12.H19")),
        ("ABC", ("ABC", None)),
    ],
)
def test_a_suffix_stands_apart_from_the_national_code(code: str, parts: tuple[str, str | None]) -> None:
    assert split_code(code) == parts


def test_rows_without_a_code_or_name_are_rejected() -> None:
    result = _csv(["", "A", "", "", ""], ["1.000001", "\u200b", "", "", ""], ["1.000002", "B", "", "", ""])
    assert _rules(result) == [("code_missing", "error", 2), ("name_missing", "error", 3)]
    assert result.frame["procedure_code"].to_list() == ["1.000002"]
    assert result.rows_read == 3


def test_a_repeated_row_is_kept_once_and_a_second_claim_to_a_code_is_rejected() -> None:
    row = ["1.000001", "A", "Bộ A", "B; C", "X"]
    result = _csv(row, ["1.000001", " A", "Bộ A", "B;C;B", "X"], ["1.000001", "Khác", "Bộ A", "", "X"])
    assert _rules(result) == [("duplicate_row", "warning", 3), ("duplicate_code", "error", 4)]
    assert result.frame["name"].to_list() == ["A"]


def test_text_in_another_normal_form_is_cleaned_and_said() -> None:
    name = "Thủ tục hòa giải"
    result = _csv(["1.000001", unicodedata.normalize("NFD", name), "Bộ\u200e A", "\uf0b7 Sở\u00a0A", "X"])
    assert result.frame.select("name", "issuing_agency_text", "implementing_agencies").rows() == [
        (name, "Bộ A", ["Sở A"])
    ]
    assert [(issue.rule, issue.column, issue.value) for issue in result.issues] == [
        ("text_normalised", "Tên", f"{name} [NFD]"),
        ("text_normalised", "Cơ quan ban hành", "Bộ A [U+200E]"),
        ("text_normalised", "Cơ quan thực hiện", "Sở A [U+F0B7]"),
    ]


def test_names_are_kept_in_full_and_numbers_in_text_columns_are_said() -> None:
    long = "THỦ TỤC " * 200
    result = _xlsx(["1.000001", long, 12, "", "X"])
    assert result.frame["name"][0] == long.strip()
    assert result.frame["issuing_agency_text"][0] == "12"
    assert _rules(result) == [("cell_not_text", "warning", 3)]


def test_missing_and_unknown_columns() -> None:
    with pytest.raises(ImportRejected) as refused:
        _xlsx(COURT[:4], header=HEADER[:4])
    assert (refused.value.code, refused.value.issues[0].column) == ("missing_column", "Lĩnh vực")
    result = _xlsx([*COURT, "x"], header=[*HEADER, "Ghi chú"])
    assert _rules(result) == [("unknown_column", "error", 2)]
    assert json.loads(result.frame["raw"][0])["Ghi chú"] == "x"


def test_the_assertions_of_a_source_are_held() -> None:
    empty = _csv()
    assert (empty.frame.schema, empty.rows_read) == (SCHEMA, 0)
    assert [issue.rule for issue in check(empty, SOURCE)] == ["too_few_rows"]
    mostly_wrong = _csv(["1.000001", "A", "", "", ""], ["", "B", "", "", ""])
    assert [(issue.rule, issue.value) for issue in check(mostly_wrong, SOURCE)] == [
        ("too_many_errors", "1/2")
    ]
    lost = TransformResult(mostly_wrong.frame, (), mostly_wrong.rows_read)
    assert [issue.rule for issue in check(lost, SOURCE)] == ["rows_unaccounted"]
    bent = TransformResult(mostly_wrong.frame.drop("raw"), mostly_wrong.issues, 2)
    assert "contract_broken" in [issue.rule for issue in check(bent, SOURCE)]


def test_every_source_loads_and_an_unknown_one_is_not_found() -> None:
    assert "portal_list" in source_names()
    for name in source_names():
        assert isinstance(load_source(name), Source)
        assert callable(load_transform(name))
    for name in ("none", "../sources/portal_list", ""):
        with pytest.raises(NotFound):
            load_source(name)
        with pytest.raises(NotFound):
            load_transform(name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name\n", "title\n"),
        ("min_rows: 1", "min_rows: many"),
        ("title:", "titel:"),
        (r"'[123]\.\d{6}'", "'['"),
        ("columns:", "columns: ["),
        ("  implementing_agencies: [", "  agencies: ["),
    ],
)
def test_a_wrong_source_file_is_named(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(sources.__file__).parent / "portal_list" / "source.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "bent").mkdir()
    (tmp_path / "bent" / "source.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(sources, "_HERE", tmp_path)
    with pytest.raises(BadReferenceData) as wrong:
        load_source("bent")
    assert "bent/source.yml" in wrong.value.details["file"]
