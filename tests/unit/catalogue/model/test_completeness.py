"""The eight parts of Article 8(2) and the four that are due only where they apply."""

from typing import Any

import pytest

from catalogue.model.completeness import CONDITIONAL, MANDATORY, completeness

WHOLE: dict[str, Any] = {
    "name": "Đăng ký khai sinh",
    "steps": ["Nộp hồ sơ"],
    "channels": [{"way": "Trực tiếp", "time_value": 5, "time_unit": "ngày", "fees": [{"amount_vnd": 0}]}],
    "dossier": [{"papers": [{"name": "Tờ khai", "form": "Mẫu số 1"}]}],
    "addressees": ["Công dân Việt Nam"],
    "implementing": ["UBND cấp xã"],
    "results": ["Giấy khai sinh (theo mẫu)"],
    "requirements": "Không",
}


def test_a_whole_record_has_all_of_both() -> None:
    found = completeness(WHOLE)
    assert (found.given, found.missing, found.conditional) == (MANDATORY, (), CONDITIONAL)
    assert found.is_complete
    assert found.score == 8


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("name", {"name": ""}),
        ("steps", {"steps": []}),
        ("dossier", {"dossier": [{"case": "Lần đầu", "papers": []}]}),
        ("addressees", {"addressees": None}),
        ("implementing", {"implementing": []}),
        ("results", {"results": []}),
        ("time", {"channels": [{"way": "Trực tiếp", "fees": [{"text": "8.000"}]}]}),
        ("channels", {"channels": [{"time_text": "Trong ngày", "fees": [{"amount_vnd": 0}]}]}),
    ],
)
def test_each_part_is_missed(part: str, said: dict[str, Any]) -> None:
    found = completeness(WHOLE | said)
    assert found.missing == (part,)
    assert found.score == 7


def test_a_time_limit_in_words_is_given() -> None:
    assert completeness(
        WHOLE | {"channels": [{"way": "Trực tiếp", "time_text": "Không quy định"}]}
    ).is_complete


def test_what_may_not_apply_is_never_missing() -> None:
    bare = {
        **WHOLE,
        "requirements": None,
        "results": ["Giấy khai sinh"],
        "dossier": [{"papers": [{"name": "Tờ khai"}]}],
    }
    bare["channels"] = [{"way": "Trực tiếp", "time_value": 5}]
    found = completeness(bare)
    assert found.is_complete
    assert found.conditional == ()


def test_nothing_is_known_of_nothing() -> None:
    assert completeness({}).missing == MANDATORY
