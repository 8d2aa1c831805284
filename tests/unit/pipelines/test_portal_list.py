"""The portal's list: from bytes in its own shape to contract rows."""

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from catalogue.errors import BadReferenceData, ImportRejected, Issue, NotFound
from catalogue.model.procedure import split_code
from catalogue.model.quality import Problem
from pipelines import sources
from pipelines.checks import check
from pipelines.contract import TransformResult
from pipelines.reading import read
from pipelines.snapshot import snapshot_of
from pipelines.sources import Source, load_source, load_transform, source_names
from pipelines.strict import one_sheet

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


def _content(result: TransformResult) -> dict[str, dict[str, object]]:
    return {listed.procedure_code: listed.content for listed in result.listed}


def test_an_excel_export_becomes_records() -> None:
    result = _xlsx(COURT, ["1.012753.H19", "Thủ tục  B ", "Bộ A", None, "Đất đai"])
    assert (result.rows_read, result.issues, check(result, SOURCE)) == (2, (), ())
    assert [listed.row for listed in result.listed] == [3, 4]
    assert _content(result) == {
        "3.000164": {
            "name": COURT[1],
            "field_name": "Tòa án",
            "issuing_agency_text": COURT[2],
            "implementing": ["Tòa cấp cao", "Tòa tỉnh"],
        },
        "1.012753.H19": {
            "name": "Thủ tục B",
            "field_name": "Đất đai",
            "issuing_agency_text": "Bộ A",
        },
    }
    assert result.listed[0].raw == dict(zip(HEADER, COURT, strict=True))
    assert result.headers["implementing"] == "Cơ quan thực hiện"


def test_the_same_list_as_csv_gives_the_same_records() -> None:
    row = ["1.012593", "Thủ tục A", "Bộ A", "Phòng A; Phòng B; Phòng A", "Tôn giáo"]
    result = _csv(row)
    assert _content(result)["1.012593"]["implementing"] == ["Phòng A", "Phòng B"]
    assert (result.rows_read, result.issues) == (1, ())


def test_a_code_that_became_a_number_is_rejected_in_excel_and_csv() -> None:
    good = ["1.000001", "A", "Bộ A", "", "X"]
    workbook = _xlsx([2.00046, "B", "Bộ A", "", "X"], good, [2, "C", "Bộ A", "", "X"])
    assert workbook.issues[0] == Issue(
        "code_is_number", "error", "list.xlsx", "Danh sách TTHC", 3, "Mã số", "2.00046", "2.00046"
    )
    assert _rules(workbook)[1:] == [("code_is_number", "error", 5)]
    assert list(_content(workbook)) == ["1.000001"]
    text = _csv(["2.00046", "B", "Bộ A", "", "X"], ["2", "C", "Bộ A", "", "X"], good)
    assert _rules(text) == [("code_is_number", "error", 2), ("code_is_number", "error", 3)]
    assert (text.rows_read, len(text.listed)) == (3, 1)


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
    assert list(_content(result)) == ["1.000002"]
    assert result.rows_read == 3


def test_a_repeated_row_is_kept_once_and_a_second_claim_to_a_code_is_rejected() -> None:
    row = ["1.000001", "A", "Bộ A", "B; C", "X"]
    result = _csv(row, ["1.000001", " A", "Bộ A", "B;C;B", "X"], ["1.000001", "Khác", "Bộ A", "", "X"])
    assert _rules(result) == [("duplicate_row", "warning", 3), ("duplicate_code", "error", 4)]
    assert [listed.content["name"] for listed in result.listed] == ["A"]


def test_text_in_another_normal_form_is_cleaned_and_said() -> None:
    name = "Thủ tục hòa giải"
    result = _csv(["1.000001", unicodedata.normalize("NFD", name), "Bộ\u200e A", "\uf0b7 Sở\u00a0A", "X"])
    (listed,) = result.listed
    assert (listed.content["name"], listed.content["issuing_agency_text"]) == (name, "Bộ A")
    assert listed.content["implementing"] == ["Sở A"]
    assert listed.problems == (
        Problem("text_normalised", "name", f"{name} [NFD]"),
        Problem("text_normalised", "issuing_agency_text", "Bộ A [U+200E]"),
        Problem("text_normalised", "implementing", "Sở A [U+F0B7]"),
    )


def test_names_are_kept_in_full_and_numbers_in_text_columns_are_said() -> None:
    long = "THỦ TỤC " * 200
    result = _xlsx(["1.000001", long, 12, "", "X"])
    (listed,) = result.listed
    assert listed.content["name"] == long.strip()
    assert listed.content["issuing_agency_text"] == "12"
    assert listed.problems == (Problem("cell_not_text", "issuing_agency_text", "12"),)


def test_missing_and_unknown_columns() -> None:
    with pytest.raises(ImportRejected) as refused:
        _xlsx(COURT[:4], header=HEADER[:4])
    assert (refused.value.code, refused.value.issues[0].column) == ("missing_column", "Lĩnh vực")
    result = _xlsx([*COURT, "x"], header=[*HEADER, "Ghi chú"])
    assert _rules(result) == [("unknown_column", "error", 2)]
    assert result.listed[0].raw["Ghi chú"] == "x"


def test_the_assertions_of_a_source_are_held() -> None:
    empty = _csv()
    assert (empty.listed, empty.rows_read) == ((), 0)
    assert [issue.rule for issue in check(empty, SOURCE)] == ["too_few_rows"]
    mostly_wrong = _csv(["1.000001", "A", "", "", ""], ["", "B", "", "", ""])
    assert [(issue.rule, issue.value) for issue in check(mostly_wrong, SOURCE)] == [
        ("too_many_errors", "1/2")
    ]
    lost = replace(mostly_wrong, issues=())
    assert [issue.rule for issue in check(lost, SOURCE)] == ["rows_unaccounted"]
    bent = replace(mostly_wrong, parts=frozenset({"field_name"}))
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
        ("  Tên: name", "  Tên: procedure_code"),
        ("columns:", "columns: ["),
        ("  implementing: [", "  agencies: ["),
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
