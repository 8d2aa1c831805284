"""Levels, addressees and types: closed lists in the source's own spellings."""

import pytest

from catalogue.model.quality import Problem
from pipelines.parse.addressees import addressees
from pipelines.parse.closed_list import match
from pipelines.parse.levels import KNOWN, levels
from pipelines.parse.procedure_types import procedure_type

ORGANISATIONS = "Tổ chức (không bao gồm doanh nghiệp, HTX)"
OFFICIALS = "Cán bộ, công chức, viên chức"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cấp bộ", ["ministry"]),
        ("Bộ; Tỉnh; Huyện; Xã", ["communal", "district", "ministry", "provincial"]),
        ("Cấp Tỉnh, cấp xã, Cơ quan khác", ["communal", "other", "provincial"]),
        ("Cấp xã\nCấp xã", ["communal"]),
        ("Cấp Quận/huyện", ["district"]),
        ("Xã, phường, thị trấn", ["communal"]),
        ("Ca\u0302\u0301p ti\u0309nh", ["provincial"]),
        ("Không có thông tin", []),
        ("", []),
    ],
)
def test_levels_are_a_set_whatever_their_spelling(text: str, expected: list[str]) -> None:
    assert levels(text).value == expected
    assert levels(text).problems == ()


def test_a_word_that_is_no_level_is_said_and_never_taken_for_one() -> None:
    found = levels("Cấp tỉnh, Cấp vùng, Bộ Công an")
    assert found.value == ["provincial"]
    assert found.problems == (
        Problem("level_unknown", "levels", "Cấp vùng"),
        Problem("level_unknown", "levels", "Bộ Công an"),
    )
    assert levels("Cấp vùng", {**KNOWN, "Cấp vùng": "other"}).value == ["other"]


def test_addressees_keep_the_commas_that_they_have_inside() -> None:
    found = addressees(
        f"Doanh nghiệp, {ORGANISATIONS}, {OFFICIALS}, Doanh nghiệp có vốn đầu tư nước ngoài, Doanh nghiệp"
    )
    assert found.value == ["Doanh nghiệp", ORGANISATIONS, OFFICIALS, "Doanh nghiệp có vốn đầu tư nước ngoài"]
    assert found.problems == ()


def test_an_addressee_that_the_list_does_not_know_is_kept_and_said() -> None:
    found = addressees(f"Hộ kinh doanh, {ORGANISATIONS}")
    assert found.value == [ORGANISATIONS, "Hộ kinh doanh"]
    assert found.problems == (Problem("addressee_unknown", "addressees", "Hộ kinh doanh"),)
    assert addressees("Không có thông tin").value == []


def test_a_value_with_more_behind_it_is_another_value() -> None:
    found = match("Doanh nghiệp (nhà nước), Doanh nghiệps", {"Doanh nghiệp": 1})
    assert (found.values, found.unknown) == ((), ("Doanh nghiệp (nhà nước)", "Doanh nghiệps"))


def test_types_go_by_their_declared_spellings_and_another_word_is_kept_and_said() -> None:
    known = {"TTHC được giao luật quy định": "TTHC được luật giao"}
    assert procedure_type(" tthc  được giao luật quy định", known).value == "TTHC được luật giao"
    other = procedure_type("Loại mới", known)
    assert (other.value, other.problems) == (
        "Loại mới",
        (Problem("procedure_type_unknown", "procedure_type", "Loại mới"),),
    )
    assert procedure_type("Không có thông tin", known).value == ""
