"""The format of exchange as a ministry fills it in: what is said, what is left as it was, and what is wrong."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from catalogue.errors import ImportRejected, Issue
from catalogue.interchange.workbook import write_workbook
from catalogue.model.quality import Problem
from catalogue.services import versions
from catalogue.services.installation import Installation
from pipelines.checks import check
from pipelines.contract import TransformResult
from pipelines.run import read_source, run_snapshot
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.sources import load_source
from tests.sheets import workbook

SOURCE = load_source("interchange")
MAIN = ("Mã số", "Tên")
CHANNELS = ("Mã số", "STT", "Hình thức nộp", "Thời hạn", "Đơn vị", "Mức phí", "Loại tiền", "Phí bằng lời")
DOSSIER = ("Mã số", "STT trường hợp", "Trường hợp", "Tên giấy tờ", "Mẫu đơn, tờ khai", "Bản chính", "Bản sao")
BASES = ("Mã số", "Văn bản", "Số ký hiệu", "Ngày ban hành")
A, B = "1.000001", "1.000002"


def _snapshot(sheets: Mapping[str, Sequence[Sequence[object]]]) -> Snapshot:
    return snapshot_of(Path("tthc.xlsx"), workbook(sheets))


def _read(snapshot: Snapshot) -> TransformResult:
    result, _ = read_source(SOURCE, snapshot)
    assert check(result, SOURCE) == () or not result.listed
    return result


def _xlsx(
    *rows: Sequence[object], header: Sequence[str] = MAIN, **beside: Sequence[Sequence[object]]
) -> TransformResult:
    return _read(_snapshot({"Thủ tục": [header, *rows], **beside}))


def _lines(*records: object) -> TransformResult:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return _read(snapshot_of(Path("tthc.jsonl"), text.encode()))


def _content(result: TransformResult) -> dict[str, object]:
    return {listed.procedure_code: listed.content for listed in result.listed}


def _rules(result: TransformResult) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(issue.rule, issue.sheet, issue.row, issue.column) for issue in result.issues]


def test_columns_that_are_not_there_or_empty_in_every_row_say_nothing() -> None:
    result = _xlsx(
        (A, "Cấp thẻ", None, "Căn cước"),
        (B, "Đổi thẻ", "", None),
        header=(*MAIN, "Từ khóa", "Lĩnh vực"),
        **{"Cách thức": [CHANNELS]},
    )
    assert result.parts == {"name", "field_name"}
    assert _content(result) == {A: {"name": "Cấp thẻ", "field_name": "Căn cước"}, B: {"name": "Đổi thẻ"}}
    assert result.issues == (Issue("columns_not_said", "warning", "tthc.xlsx", "Thủ tục", value="Từ khóa"),)


def test_no_information_clears_a_whole_column() -> None:
    result = _xlsx((A, "Cấp thẻ", "Không có thông tin"), header=(*MAIN, "Từ khóa"))
    assert result.parts == {"name", "keywords"}
    assert _content(result) == {A: {"name": "Cấp thẻ"}}
    cleared = _xlsx((A, "Cấp thẻ"), **{"Cách thức": [CHANNELS, (A, None, "Không có thông tin")]})
    assert cleared.parts == {"name", "channels"}
    assert _content(cleared) == {A: {"name": "Cấp thẻ"}}


def test_every_kind_of_cell_is_read() -> None:
    header = (*MAIN, "Cấp thực hiện", "Ngành dọc", "Cơ quan thực hiện", "Trình tự thực hiện", "Số bộ hồ sơ")
    header += ("Ngày quyết định công bố", "Mô tả", "Loại thủ tục")
    row = (
        "cấp tỉnh, Cấp Bộ",
        "có",
        "Sở A, B\n\n Sở C ",
        "a\nb\n---\nc",
        2,
        date(2026, 7, 1),
        "x\n\n y",
        "Loại khác",
    )
    result = _xlsx((A, " Cấp  thẻ", *row), header=header)
    assert result.issues == ()
    assert _content(result) == {
        A: {
            "name": "Cấp thẻ",
            "levels": ["ministry", "provincial"],
            "is_vertical": True,
            "implementing": ["Sở A, B", "Sở C"],
            "steps": ["a\nb", "c"],
            "dossier_sets": 2,
            "decision_date": "2026-07-01",
            "description": "x\ny",
            "procedure_type": "Loại khác",
        }
    }


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("Cấp thực hiện", "Cấp Bộ, Trung ương Đảng", "value_not_in_list"),
        ("Ngành dọc", "không rõ", "value_not_in_list"),
        ("Số bộ hồ sơ", "hai", "value_not_a_number"),
        ("Số bộ hồ sơ", -1, "value_not_a_number"),
        ("Số bộ hồ sơ", 1.5, "value_not_a_number"),
        ("Số bộ hồ sơ", date(2026, 1, 1), "value_not_a_number"),
        ("Ngày quyết định công bố", "30/02/2024", "value_not_a_date"),
        ("Ngày quyết định công bố", 45352, "value_not_a_date"),
        ("Mô tả", "=A1", "formula_without_value"),
        ("Mô tả", "#N/A", "cell_is_error"),
        ("Mô tả", "→ Văn bản dài 3", "long_text_missing"),
    ],
)
def test_a_cell_that_its_column_does_not_take_leaves_the_row_out(
    column: str, cell: object, rule: str
) -> None:
    result = _xlsx((A, "Cấp thẻ", cell), (B, "Đổi thẻ", None), header=(*MAIN, column))
    assert list(_content(result)) == [B]
    assert _rules(result)[0] == (rule, "Thủ tục", 2, column)
    assert result.issues[0].procedure_code == A
    assert check(result, SOURCE) == ()


def test_words_beyond_their_list_are_kept_and_said() -> None:
    result = _xlsx(
        (A, "Cấp thẻ", "Hộ gia đình\nDoanh nghiệp", "Loại mới"),
        header=(*MAIN, "Đối tượng thực hiện", "Loại thủ tục"),
    )
    assert result.listed[0].content["addressees"] == ["Hộ gia đình", "Doanh nghiệp"]
    assert result.listed[0].problems == (
        Problem("procedure_type_unknown", "procedure_type", "Loại mới"),
        Problem("addressee_unknown", "addressees", "Hộ gia đình"),
    )


def test_channels_have_a_time_limit_and_several_fees() -> None:
    rows = [
        (A, 1, "Trực tiếp", "0,5", "Ngày", 0, None, None),
        (A, 1, None, None, None, "135.000", "VNĐ", "mỗi lần"),
        (A, 2, "Trực tuyến", 15, "ngày làm việc", 25.5, "USD", None),
        (A, None, "Trực tuyến", None, None, None, None, "theo hạng"),
        (B, None, None, None, None, None, "VND", None),
    ]
    result = _xlsx((A, "Cấp thẻ"), (B, "Đổi thẻ"), **{"Cách thức": [CHANNELS, *rows]})
    assert result.parts == {"name", "channels"}
    assert _content(result)[A] == {
        "name": "Cấp thẻ",
        "channels": [
            {
                "way": "Trực tiếp",
                "time_value": "0.5",
                "time_unit": "ngày",
                "fees": [{"amount_vnd": 0}, {"amount_vnd": 135_000, "text": "mỗi lần"}],
            },
            {
                "way": "Trực tuyến",
                "time_value": 15,
                "time_unit": "ngày làm việc",
                "fees": [{"amount": "25.5", "currency": "USD"}],
            },
            {"way": "Trực tuyến", "fees": [{"text": "theo hạng"}]},
        ],
    }
    assert _content(result)[B] == {"name": "Đổi thẻ"}
    assert _rules(result) == [("value_not_used", "Cách thức", 6, "Loại tiền")]
    assert result.listed[0].raw["Cách thức"][1]["Mức phí"] == "135.000"


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ((A, 1, "Trực tiếp", "10-25", "ngày", None, None, None), "value_not_a_number", "Thời hạn"),
        ((A, 1, "Trực tiếp", 5, "ngày rưỡi", None, None, None), "value_not_in_list", "Đơn vị"),
        ((A, 1, "Trực tiếp", 5, "ngày", "0,5", "đồng", None), "value_not_a_number", "Mức phí"),
        ((A, 1, "Trực tiếp", 5, "ngày", 5, "xu", None), "value_not_in_list", "Loại tiền"),
        ((A, 9, "Trực tuyến", None, None, None, None, None), "rows_contradict", "Hình thức nộp"),
        ((None, 1, "Trực tiếp", 5, None, None, None, None), "code_missing", "Mã số"),
        ((2.00046, 1, "Trực tiếp", 5, None, None, None, None), "code_is_number", "Mã số"),
        (("1.000009", 1, "Trực tiếp", 5, None, None, None, None), "code_not_in_list", "Mã số"),
    ],
)
def test_a_wrong_row_beside_the_list_leaves_its_procedure_out(
    row: Sequence[object], rule: str, column: str
) -> None:
    first = (A, 9, "Trực tiếp", 5, "ngày", None, None, None)
    result = _xlsx((A, "Cấp thẻ"), (B, "Đổi thẻ"), **{"Cách thức": [CHANNELS, first, row]})
    assert (rule, "Cách thức", 3, column) in _rules(result)
    is_of_a = row[0] == A
    assert list(_content(result)) == ([B] if is_of_a else [A, B])
    assert (("child_row_wrong", "Thủ tục", 2, "Mã số") in _rules(result)) is is_of_a
    assert check(result, SOURCE) == ()


def test_papers_stand_in_cases() -> None:
    rows = [
        (A, 1, "Cấp lần đầu", "Đơn", "Mẫu 01", 1, 0),
        (A, 2, None, "Ảnh", None, None, 2),
        (A, 1, None, "Giấy khai sinh", None, "1", None),
        (A, 3, "Cấp lại", None, None, None, None),
        (B, None, None, "Đơn", None, None, None),
        (B, None, None, "Ảnh", None, None, None),
        (B, None, "Cấp lại", "Đơn", None, None, None),
    ]
    result = _xlsx((A, "Cấp thẻ"), (B, "Đổi thẻ"), **{"Thành phần hồ sơ": [DOSSIER, *rows]})
    assert result.issues == ()
    assert [listed.content["dossier"] for listed in result.listed] == [
        [
            {
                "case": "Cấp lần đầu",
                "papers": [
                    {"name": "Đơn", "form": "Mẫu 01", "originals": 1, "copies": 0},
                    {"name": "Giấy khai sinh", "originals": 1},
                ],
            },
            {"papers": [{"name": "Ảnh", "copies": 2}]},
            {"case": "Cấp lại"},
        ],
        [{"papers": [{"name": "Đơn"}, {"name": "Ảnh"}]}, {"case": "Cấp lại", "papers": [{"name": "Đơn"}]}],
    ]


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ((A, 1, None, None, "Mẫu 01", None, None), "value_missing", "Tên giấy tờ"),
        ((A, 1, "Cấp lại", "Ảnh", None, None, None), "rows_contradict", "Trường hợp"),
    ],
)
def test_a_paper_has_a_name_and_a_case_has_one(row: Sequence[object], rule: str, column: str) -> None:
    first = (A, 1, "Cấp lần đầu", "Đơn", None, None, None)
    result = _xlsx((A, "Cấp thẻ"), (B, "Đổi thẻ"), **{"Thành phần hồ sơ": [DOSSIER, first, row]})
    assert (rule, "Thành phần hồ sơ", 3, column) in _rules(result)
    assert list(_content(result)) == [B]


def test_a_merged_code_stands_for_each_row_beside_it() -> None:
    book = openpyxl.load_workbook(
        BytesIO(
            workbook(
                {
                    "Thủ tục": [MAIN, (A, "Cấp thẻ")],
                    "Căn cứ pháp lý": [
                        BASES,
                        (A, "Luật Căn cước", "26/2023/QH15", "27/11/2023"),
                        (None, "Nghị định số 70/2024/NĐ-CP", None, None),
                    ],
                }
            )
        )
    )
    book["Căn cứ pháp lý"].merge_cells("A2:A3")
    target = BytesIO()
    book.save(target)
    result = _read(snapshot_of(Path("tthc.xlsx"), target.getvalue()))
    assert result.listed[0].content["legal_bases"] == [
        {"text": "Luật Căn cước", "number": "26/2023/QH15", "issued_on": "2023-11-27"},
        {"text": "Nghị định số 70/2024/NĐ-CP"},
    ]
    assert _rules(result) == [("cell_merged", "Căn cứ pháp lý", 3, "Mã số")]


def test_a_sheet_nobody_knows_and_a_column_nobody_knows_are_refused_or_named() -> None:
    with pytest.raises(ImportRejected) as refused:
        _read(_snapshot({"Thủ tục": [MAIN, (A, "Cấp thẻ")], "Nháp": [("x",)], "Hướng dẫn": [("y",)]}))
    assert refused.value.code == "several_sheets"
    result = _xlsx((A, "Cấp thẻ"), **{"Cách thức": [("Mã số", "Kênh"), (A, "Trực tuyến")]})
    assert ("unknown_column", "Cách thức", 1, "B") in _rules(result)


def test_the_template_alone_brings_nothing() -> None:
    result, _ = read_source(SOURCE, snapshot_of(Path("mau.xlsx"), write_workbook(())))
    assert (result.listed, result.rows_read) == ((), 0)
    assert [issue.rule for issue in check(result, SOURCE)] == ["too_few_rows"]


def test_csv_has_the_columns_of_the_list_only() -> None:
    target = StringIO()
    rows = [(*MAIN, "Cơ quan thực hiện"), (A, "'=1+1", "Sở A\nSở B"), ("2.00046", "Đổi thẻ", "")]
    csv.writer(target, delimiter=";").writerows(rows)
    result = _read(snapshot_of(Path("tthc.csv"), target.getvalue().encode("utf-8-sig")))
    assert _content(result) == {A: {"name": "=1+1", "implementing": ["Sở A", "Sở B"]}}
    assert _rules(result) == [("code_is_number", None, 3, "Mã số")]


def test_json_lines_say_exactly_the_parts_that_they_name() -> None:
    record = {"procedure_code": A, "name": "Cấp thẻ", "levels": ["provincial", "ministry", "ministry"]}
    result = _lines(
        record | {"channels": None}, record | {"procedure_code": B, "channels": [{"way": "Trực  tiếp"}]}
    )
    assert result.issues == ()
    assert result.parts == {"name", "levels", "channels"}
    assert _content(result) == {
        A: {"name": "Cấp thẻ", "levels": ["ministry", "provincial"]},
        B: {"name": "Cấp thẻ", "levels": ["ministry", "provincial"], "channels": [{"way": "Trực tiếp"}]},
    }


@pytest.mark.parametrize(
    ("part", "value", "rule"),
    [
        ("levels", ["tỉnh"], "value_not_of_shape"),
        ("is_vertical", "true", "value_not_of_shape"),
        ("dossier_sets", -1, "value_not_of_shape"),
        ("dossier_sets", True, "value_not_of_shape"),
        ("steps", "Bước 1", "value_not_of_shape"),
        ("decision_date", "2026-02-30", "value_not_of_shape"),
        ("decision_date", "20260201", "value_not_of_shape"),
        ("channels", [{"way": "x", "speed": 1}], "key_not_of_shape"),
        ("channels", [{"time_unit": "buổi"}], "value_not_of_shape"),
        ("channels", [{"time_value": "10-25"}], "value_not_of_shape"),
        ("channels", [{"fees": [{"amount": "5"}]}], "value_not_of_shape"),
        ("channels", [{"fees": [{"amount": "5", "currency": "VND"}]}], "value_not_of_shape"),
        ("channels", [{"fees": [{"amount": "5", "currency": "USD", "amount_vnd": 5}]}], "value_not_of_shape"),
        ("dossier", [{"papers": [{"form": "Mẫu 01"}]}], "value_not_of_shape"),
        ("legal_bases", [{"number": "63/2010/NĐ-CP"}], "value_not_of_shape"),
        ("name", 5, "value_not_of_shape"),
    ],
)
def test_a_value_of_another_shape_leaves_the_line_out(part: str, value: object, rule: str) -> None:
    good = {"procedure_code": B, "name": "Đổi thẻ", part: None} | (
        {"name": "Đổi thẻ"} if part == "name" else {}
    )
    result = _lines({"procedure_code": A, "name": "Cấp thẻ", part: value}, good)
    assert list(_content(result)) == [B]
    assert [(issue.rule, issue.row, issue.column) for issue in result.issues] == [(rule, 1, part)]
    assert check(result, SOURCE) == ()


def test_a_key_that_one_line_leaves_out_is_not_taken_for_unknown() -> None:
    result = _lines({"procedure_code": A, "name": "x", "address": "y"}, {"procedure_code": B, "name": "x"})
    assert list(_content(result)) == [A]
    assert [(issue.rule, issue.row, issue.column) for issue in result.issues] == [
        ("key_missing", 2, "address")
    ]
    unknown = _lines({"procedure_code": A, "name": "x", "adress": "y"})
    assert [(issue.rule, issue.value) for issue in unknown.issues] == [("unknown_column", "adress")]


def test_characters_that_are_normalised_are_said_wherever_they_stand() -> None:
    record = {"procedure_code": A, "name": "Ho\u0300a", "dossier": [{"papers": [{"name": "Đơn\u200b"}]}]}
    assert _lines(record).listed[0].problems == (
        Problem("text_normalised", "dossier", "Đơn [U+200B]"),
        Problem("text_normalised", "name", "Hòa [NFD]"),
    )


def test_what_a_form_leaves_out_stays_as_it_was(empty: Installation) -> None:
    day = date(2026, 7, 31)
    whole = _snapshot(
        {
            "Thủ tục": [
                (*MAIN, "Lĩnh vực", "Từ khóa"),
                (A, "Cấp thẻ", "Căn cước", "thẻ"),
                (B, "Đổi thẻ", "Căn cước", "thẻ"),
            ],
            "Cách thức": [CHANNELS, (A, 1, "Trực tiếp", 5, "ngày")],
        }
    )
    run_snapshot(empty, "interchange", whole, day, accept=True)
    partial = _snapshot(
        {"Thủ tục": [(*MAIN, "Từ khóa"), (A, "Cấp thẻ căn cước", "căn cước"), (B, "Đổi thẻ", None)]}
    )
    report = run_snapshot(empty, "interchange", partial, day, accept=True)
    assert (report.rows_changed, report.rows_missing, report.has_problems) == (2, 0, False)
    standing = versions.standing(empty.database, day, empty.moment().revision)
    assert standing[A].content == {
        "name": "Cấp thẻ căn cước",
        "field_name": "Căn cước",
        "keywords": ["căn cước"],
        "channels": [{"way": "Trực tiếp", "time_value": 5, "time_unit": "ngày"}],
    }
    assert standing[B].content == {"name": "Đổi thẻ", "field_name": "Căn cước"}
    twice = run_snapshot(empty, "interchange", partial, day, accept=True)
    assert (twice.rows_changed, twice.rows_unchanged) == (0, 2)
