"""The portal's detail pages: from lines of JSON in their shape to contract records."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from catalogue.errors import ImportRejected, Issue
from catalogue.model.quality import Problem
from pipelines.checks import check
from pipelines.contract import TransformResult
from pipelines.reading import read
from pipelines.snapshot import snapshot_of
from pipelines.sources import load_source, load_transform
from pipelines.sources.portal_detail.page import LABELS, parse_page
from pipelines.strict import one_sheet

SOURCE = load_source("portal_detail")
FURNITURE = "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Bộ ngành --Nộp hồ sơ"
COLUMNS = {part: column for column, part in (SOURCE.columns | SOURCE.optional_columns).items()}
WORDS = {
    "name": "Cấp thẻ thủy thủ",
    "procedure_code": "1.900001",
    "decision_number": "12/QĐ-BXD",
    "levels": "Cấp bộ, Cấp tỉnh",
    "procedure_type": "TTHC được giao luật quy định chi tiết",
    "field_name": "Hàng hải",
    "addressees": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "competent": "Bộ Xây dựng",
    "address": "",
    "authorised": "",
    "cooperating": "",
    "related": "Không có thông tin",
    "steps": " Bước 1: Nộp hồ sơ.\nBước 2: Nhận thẻ theo mục Thành phần hồ sơ.\n",
    "channels": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 NgàyMiễn phíTrực tiếp7 Ngày20,000 VNĐ",
    "dossier": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khaiMẫu 1.docx1 bản chính* Số lượng hồ sơ: 01 bộ.1 bản chính",
    "legal_bases": "Tên văn bản pháp lýMã văn bảnVề thuyền viên29/2017/NĐ-CP",
    "implementing": "Cục Hàng hải, Sở Xây dựng",
    "requirements": "Không có thông tin",
    "results": "Thẻ thủy thủMã: KQ.G17.000001",
    "keywords": "Không có thông tin",
    "description": "Thẻ dùng trên tàu.",
}


def _page(**changed: str) -> dict[str, str]:
    """A page as the crawler files it: its text whole, and cut into columns."""
    words = WORDS | changed
    text = words["name"] + "".join(LABELS[part] + words[part] for part in LABELS) + FURNITURE
    columns = {COLUMNS[part]: words[part] for part in LABELS if part in COLUMNS}
    columns["ket_qua_xu_ly"] = text[text.rindex("Kết quả xử lý") + len("Kết quả xử lý") :]
    return {**columns, "detail_url": "https://example.org/1", "formality_id": "", "raw_text": text}


def _import(*pages: dict[str, str], name: str = "details-2026-07.jsonl.gz") -> TransformResult:
    lines = "\n".join(json.dumps(page, ensure_ascii=False) for page in pages).encode()
    snapshot = snapshot_of(Path(name), gzip.compress(lines) if name.endswith(".gz") else lines)
    sheet = one_sheet(read(snapshot, SOURCE.files), SOURCE.ignored_sheets, snapshot.name)
    return load_transform("portal_detail")(sheet.rows, SOURCE, snapshot.name, sheet.name)


def _one(page: dict[str, str]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    result = _import(page)
    assert check(result, SOURCE) == ()
    return result.listed[0].content, result.listed[0].problems


@pytest.mark.parametrize("name", ["details.jsonl", "details.jsonl.gz"])
def test_a_page_is_read_whole(name: str) -> None:
    result = _import(_page(), name=name)
    listed = result.listed[0]
    assert (result.rows_read, result.issues, listed.row, listed.procedure_code) == (1, (), 1, "1.900001")
    assert listed.problems == ()
    assert listed.content == {
        "name": "Cấp thẻ thủy thủ",
        "field_name": "Hàng hải",
        "levels": ["ministry", "provincial"],
        "procedure_type": "TTHC được luật giao quy định chi tiết",
        "addressees": ["Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)"],
        "competent": ["Bộ Xây dựng"],
        "implementing": ["Cục Hàng hải", "Sở Xây dựng"],
        "legal_bases": [{"text": "Về thuyền viên (29/2017/NĐ-CP)", "number": "29/2017/NĐ-CP"}],
        "steps": ["Bước 1: Nộp hồ sơ.", "Bước 2: Nhận thẻ theo mục Thành phần hồ sơ."],
        "channels": [
            {
                "way": "Trực tuyến",
                "time_value": 5,
                "time_unit": "ngày",
                "time_text": "5 Ngày",
                "fees": [{"amount_vnd": 0, "text": "Miễn phí"}],
            },
            {
                "way": "Trực tiếp",
                "time_value": 7,
                "time_unit": "ngày",
                "time_text": "7 Ngày",
                "fees": [{"amount_vnd": 20_000, "text": "20,000 VNĐ"}],
            },
        ],
        "dossier": [
            {
                "papers": [
                    {"name": "Tờ khai", "form": "Mẫu 1.docx", "originals": 1},
                    {"name": "* Số lượng hồ sơ: 01 bộ.", "originals": 1},
                ]
            }
        ],
        "dossier_sets": 1,
        "results": ["Thẻ thủy thủ (Mã: KQ.G17.000001)"],
        "description": "Thẻ dùng trên tàu.",
        "decision_number": "12/QĐ-BXD",
    }


def test_the_words_of_the_page_are_kept_by_its_labels_without_its_furniture() -> None:
    raw = _import(_page()).listed[0].raw
    assert raw["Cơ quan thực hiện"] == "Cục Hàng hải, Sở Xây dựng"
    assert raw["Yêu cầu, điều kiện thực hiện"] == "Không có thông tin"
    assert raw["Mô tả"] == "Thẻ dùng trên tàu."
    assert raw["detail_url"] == "https://example.org/1"
    assert "raw_text" not in raw
    assert "Chọn cơ quan thực hiện" not in "".join(raw.values())


def test_a_page_filed_under_the_code_of_another_procedure_is_left_out() -> None:
    wrong = _page(procedure_code="1.900777") | {"ma_thu_tuc": "1.900002"}
    result = _import(_page(), wrong)
    assert [one.procedure_code for one in result.listed] == ["1.900001"]
    assert result.issues == (
        Issue(
            "page_of_another_procedure",
            "error",
            "details-2026-07.jsonl.gz",
            None,
            2,
            "ma_thu_tuc",
            "1.900002 ≠ 1.900777",
            "1.900002",
        ),
    )
    assert not [issue for issue in check(result, SOURCE) if issue.rule != "too_many_errors"]


def test_a_column_that_was_cut_at_another_place_than_the_page_is_said_and_the_page_is_read() -> None:
    page = _page() | {
        "trinh_tu_thuc_hien": " Bước 1: Nộp hồ sơ.\nBước 2: Nhận thẻ theo mục",
        "thanh_phan_ho_so": ".Cách thức thực hiện",
    }
    content, problems = _one(page)
    assert content["steps"][1] == "Bước 2: Nhận thẻ theo mục Thành phần hồ sơ."
    assert [(problem.rule, problem.part) for problem in problems] == [
        ("column_cut_elsewhere", "steps"),
        ("column_cut_elsewhere", "dossier"),
    ]


def test_a_label_that_the_page_lacks_is_said_and_its_column_is_read() -> None:
    page = _page()
    page["raw_text"] = page["raw_text"].replace("Lĩnh vựcHàng hải", "")
    content, problems = _one(page)
    assert content["field_name"] == "Hàng hải"
    assert problems == (Problem("section_missing", "field_name", "Lĩnh vực"),)
    assert _one(page | {"linh_vuc": ""})[0].get("field_name") is None


def test_a_label_that_could_stand_at_two_places_is_said() -> None:
    row = WORDS["channels"] + "Nộp theo Thành phần hồ sơ gồm tờ khai."
    problems = _one(_page(channels=row))[1]
    assert Problem("section_unclear", "dossier", "Thành phần hồ sơ") in problems


def test_words_that_are_not_declared_are_said() -> None:
    content, problems = _one(
        _page(
            levels="Cấp bộ, Cấp vùng",
            procedure_type="Loại mới",
            addressees="Công dân Việt Nam, Hộ kinh doanh",
        )
    )
    assert (content["levels"], content["procedure_type"]) == (["ministry"], "Loại mới")
    assert [(problem.rule, problem.value) for problem in problems] == [
        ("level_unknown", "Cấp vùng"),
        ("procedure_type_unknown", "Loại mới"),
        ("addressee_unknown", "Hộ kinh doanh"),
    ]


def test_no_information_gives_no_part() -> None:
    silent = dict.fromkeys(
        ("channels", "dossier", "legal_bases", "implementing", "results"), "Không có thông tin"
    )
    content, problems = _one(_page(**silent, competent="", description="Không có thông tin"))
    assert not {*silent, "competent", "description", "requirements", "keywords", "related"} & content.keys()
    assert problems == ()


def test_decomposed_letters_are_read_too_and_said() -> None:
    page = {key: value.replace("ệ", "ê\u0323") for key, value in _page().items()}
    content, problems = _one(page)
    assert content["implementing"] == ["Cục Hàng hải", "Sở Xây dựng"]
    assert {problem.rule for problem in problems} == {"text_normalised"}


def test_a_known_error_of_the_source_is_corrected_with_its_reason() -> None:
    page = _page(
        procedure_code="6.006577",
        legal_bases="Tên văn bản pháp lýMã văn bảnVề phân loại đô thịNghị quyết số 1210/2026/UBTVQH13",
    )
    result = _import(page)
    assert result.listed[0].content["legal_bases"][0]["number"] == "1210/2016/UBTVQH13"
    assert [issue.rule for issue in result.issues] == ["source_corrected"]
    assert "1210/2016/UBTVQH13" in (result.issues[0].value or "")


def test_every_correction_names_a_column_that_is_read() -> None:
    assert SOURCE.corrections
    for correction in SOURCE.corrections:
        assert correction.column in SOURCE.columns
        assert correction.was != correction.becomes


def test_a_file_without_the_text_of_the_page_is_refused() -> None:
    page = _page()
    del page["raw_text"]
    with pytest.raises(ImportRejected, match="missing_column"):
        _import(page)


def test_a_page_without_any_text_is_read_from_its_columns() -> None:
    columns = WORDS | {"page": ""}
    page = parse_page(columns, SOURCE.lookups)
    assert page.content["implementing"] == ["Cục Hàng hải", "Sở Xây dựng"]
    assert {problem.rule for problem in page.problems} == {"section_missing"}
