"""The portal API's record: nested values read by key, and every key or word that nobody knows said."""

import json
from pathlib import Path
from typing import Any

import pytest

from catalogue.errors import ImportRejected
from catalogue.model.quality import Problem
from pipelines.contract import TransformResult
from pipelines.reading import read
from pipelines.snapshot import snapshot_of
from pipelines.sources import load_source, load_transform

SOURCE = load_source("portal_api")

RECORD: dict[str, Any] = {
    "id": "0001",
    "code": "1.000001",
    "codeNotation": "1.000001",
    "name": "Cấp phép xây dựng",
    "departmentPromulgateName": "Bộ Xây dựng",
    "categoriesDetails": [{"id": "c", "name": "Hoạt động xây dựng", "code": "G17-01"}],
    "formalityType": "NOT_ASSIGNED_REGULATION",
    "executionSteps": [{"name": "Bước 1", "description": "Nộp hồ sơ\\nNhận phiếu hẹn"}],
    "executionMethods": [
        {
            "submissionMethod": "ONLINE",
            "processingTime": 7,
            "processingTimeUnit": "WORKING_DAY",
            "description": "Nộp tại cổng",
            "fees": [{"type": "FEE", "value": 135, "description": "Lệ phí: 135.000 đồng/lần"}],
        },
        {
            "submissionMethod": "DIRECT",
            "processingTime": 0.5,
            "processingTimeUnit": "OTHER",
            "fees": [{"type": "FEE", "value": 0}, {"value": 25, "currencyName": "USD"}],
        },
    ],
    "executionCases": [
        {
            "name": "",
            "profileComponents": [
                {
                    "name": "Đơn đề nghị",
                    "originalQty": 1,
                    "copyQty": 0,
                    "attachments": [{"fileName": "Mau01.docx"}],
                }
            ],
        }
    ],
    "legalBasisesDetails": [{"id": "l", "name": "Luật Xây dựng", "code": "50/2014/QH13"}],
    "resultsDetails": [{"id": "r", "name": "Giấy phép", "code": "KQ.G17.1"}],
    "subjectTypesDetails": [{"name": "Doanh nghiệp"}, {"name": "Tổ chức (không bao gồm doanh nghiệp, HTX)"}],
    "requirementsAndConditions": "Không có thông tin",
    "departmentsExecuting": [{"name": "Sở Xây dựng"}],
    "departmentsAuthority": [],
    "departmentsAuthorized": [],
    "departmentsCoordinating": [],
    "isWard": True,
    "isProvince": True,
    "isMinistry": False,
    "isOtherAgency": False,
    "isVertical": False,
    "procedureProposal": {"proposalNumber": "12/QĐ-BXD", "decisionDate": 1564592400000},
}


def _read(*records: Any, name: str = "records.json") -> TransformResult:
    text = json.dumps(list(records)) if name.endswith(".json") else "\n".join(map(json.dumps, records))
    (sheet,) = read(snapshot_of(Path(name), text.encode()), SOURCE.files)
    return load_transform("portal_api")(sheet.rows, SOURCE, name, sheet.name)


def test_a_record_becomes_a_content() -> None:
    result = _read(RECORD)
    (listed,) = result.listed
    assert listed.content == {
        "name": "Cấp phép xây dựng",
        "issuing_agency_text": "Bộ Xây dựng",
        "field_name": "Hoạt động xây dựng",
        "procedure_type": "TTHC không được luật giao cho địa phương quy định (hoặc quy định chi tiết)",
        "levels": ["communal", "provincial"],
        "is_vertical": False,
        "implementing": ["Sở Xây dựng"],
        "addressees": ["Doanh nghiệp", "Tổ chức (không bao gồm doanh nghiệp, HTX)"],
        "steps": ["Bước 1\nNộp hồ sơ\nNhận phiếu hẹn"],
        "results": ["Giấy phép (Mã: KQ.G17.1)"],
        "legal_bases": [{"text": "Luật Xây dựng (50/2014/QH13)", "number": "50/2014/QH13"}],
        "dossier": [{"papers": [{"name": "Đơn đề nghị", "form": "Mau01.docx", "originals": 1, "copies": 0}]}],
        "channels": [
            {
                "way": "Trực tuyến",
                "time_value": 7,
                "time_unit": "ngày làm việc",
                "time_text": "7 ngày làm việc",
                "fees": [{"text": "135 VNĐ (Lệ phí: 135.000 đồng/lần)"}],
                "note": "Nộp tại cổng",
            },
            {
                "way": "Trực tiếp",
                "time_value": "0.5",
                "time_text": "0.5 OTHER",
                "fees": [
                    {"amount_vnd": 0, "text": "Miễn phí"},
                    {"amount": "25", "currency": "USD", "text": "25 USD"},
                ],
            },
        ],
        "decision_number": "12/QĐ-BXD",
        "decision_date": "2019-08-01",  # 31 July 17:00 in UTC
    }
    assert {(problem.rule, problem.part, problem.value) for problem in listed.problems} == {
        ("fee_thousand_times_too_small", "channels", "135 VNĐ (Lệ phí: 135.000 đồng/lần)"),
        ("value_unknown", "channels", "OTHER"),
    }
    assert {"description", "keywords", "address", "related"}.isdisjoint(result.parts)


def test_a_list_and_one_object_a_line_say_the_same() -> None:
    other = RECORD | {"code": "1.000002", "codeNotation": "1.000002"}
    lines = _read(RECORD, other, name="records.jsonl")
    assert [one.content for one in _read(RECORD, other).listed] == [one.content for one in lines.listed]
    assert [one.row for one in lines.listed] == [1, 2]


def test_keys_and_words_that_nobody_knows_are_said() -> None:
    bent = RECORD | {
        "formalityType": "SOMETHING",
        "executionSteps": [{"description": "A", "colour": "red"}, "lời"],
        "codeNotation": "1.000009",
    }
    (listed,) = _read(bent).listed
    assert "procedure_type" not in listed.content
    assert {
        Problem("value_unknown", "procedure_type", "SOMETHING"),
        Problem("key_unknown", "steps", "colour: red"),
        Problem("value_unknown", "steps", "lời"),
        Problem("code_written_twice", "procedure_code", "1.000009"),
    } <= set(listed.problems)
    result = _read(RECORD | {"newKey": 1})
    assert [(issue.rule, issue.value) for issue in result.issues] == [("unknown_column", "newKey")]


def test_a_record_without_a_key_the_source_always_has_is_refused() -> None:
    with pytest.raises(ImportRejected) as refused:
        _read({key: value for key, value in RECORD.items() if key != "executionCases"})
    assert refused.value.issues[0].column == "executionCases"


@pytest.mark.parametrize("text", ["[1]", "{", '[{"code": "1"}, 2]', "null"])
def test_what_is_no_list_of_objects_names_its_place(text: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        read(snapshot_of(Path("records.json"), text.encode()), SOURCE.files)
    assert refused.value.code == "json_malformed"
