"""What is wrong with a record by itself: each rule where it holds, and nothing where it does not."""

from datetime import date
from typing import Any

import pytest

from catalogue.model.quality import (
    RULES,
    Problem,
    amounts_named,
    fee_too_small,
    free_beside_amount,
    levels_named,
    problems,
)

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
SOUND: dict[str, Any] = {
    "name": "Đăng ký khai sinh",
    "field_name": "Hộ tịch",
    "issuing_agency_text": "Bộ Tư pháp",
    "levels": ["communal"],
    "implementing": ["Ủy ban nhân dân cấp xã"],
    "channels": [
        {
            "way": "Trực tiếp",
            "time_value": 5,
            "time_unit": "ngày",
            "fees": [{"amount_vnd": 8000, "text": "8.000 đồng"}],
        },
        {
            "way": "Trực tuyến",
            "time_value": "0.5",
            "time_unit": "ngày",
            "fees": [{"amount_vnd": 0, "text": "Miễn phí"}],
        },
    ],
    "legal_bases": [{"text": "Luật Hộ tịch quy định cấp huyện"}],
    "decision_number": "1872/QĐ-BTP",
}


def found(day: date = AFTER, code: str = "1.000001", ended: str = "", **said: Any) -> list[Problem]:
    return list(problems(SOUND | said, code=code, day=day, ended=lambda text: bool(ended) and ended in text))


def channel(**said: Any) -> list[dict[str, Any]]:
    return [{"way": "Trực tiếp", "time_value": 5, "time_unit": "ngày"} | said]


def fee(amount: int, text: str | None) -> list[dict[str, Any]]:
    return channel(fees=[{"amount_vnd": amount, "text": text}])


def test_a_sound_record_has_no_problem() -> None:
    assert found() == []
    assert problems({"name": "Cấp phép"}, code="2.000460.H19", day=AFTER, ended=lambda text: False) == ()


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("Khiếu nại (thực hiện tại cấp Trung ương)", {"ministry"}),
        ("Đăng ký (Cấp tỉnh)", {"provincial"}),
        ("Giải quyết tại công an cấp xã", {"communal"}),
        ("Tố cáo (cấp tỉnh, cấp xã)", {"provincial", "communal"}),
        ("Thủ tục thực hiện ở cấp huyện", {"district"}),
        ("Xếp hạng di tích cấp tỉnh", set()),
        ("Chấp thuận của Ủy ban nhân dân cấp tỉnh", set()),
        ("Thành phố trực thuộc trung ương", set()),
    ],
)
def test_levels_are_read_from_where_a_name_says_it_is_carried_out(name: str, levels: set[str]) -> None:
    assert levels_named(name)[0] == levels


def test_levels_that_contradict_the_name_are_flagged_in_its_words() -> None:
    named = {"name": "Khiếu nại (thực hiện tại cấp Trung ương)"}
    problem = Problem("level_contradicts_name", "levels", "thực hiện tại cấp Trung ương")
    assert found(**named, levels=["provincial"]) == [problem]
    assert found(**named, levels=["ministry", "communal"]) == [problem]
    assert found(**named, levels=["ministry"]) == []
    assert found(**named, levels=[]) == []


def test_the_district_is_flagged_from_the_day_it_was_abolished() -> None:
    said = {
        "levels": ["district"],
        "implementing": ["Ủy ban nhân dân huyện"],
        "steps": ["Nộp tại UBND cấp huyện."],
    }
    assert found(BEFORE, **said) == []
    assert {problem.part for problem in found(AFTER, **said)} == {"levels", "implementing", "steps"}
    assert {problem.rule for problem in found(AFTER, **said)} == {"district_after_abolition"}


def test_a_long_text_is_flagged_by_the_words_around() -> None:
    problem = found(steps=["a " * 200 + "nộp tại cấp huyện nơi cư trú" + " b" * 200])[0]
    assert problem.value is not None
    assert "nộp tại cấp huyện nơi cư trú" in problem.value
    assert len(problem.value) < 130


def test_agencies_that_are_no_more_or_say_so_are_flagged() -> None:
    old = "Bộ xây dựng (Giao thông vận tải cũ)"
    assert found(issuing_agency_text=old) == [Problem("agency_ended", "issuing_agency_text", old)]
    assert found(implementing=["Bộ Y tế", "Bộ Giao thông vận tải"], ended="Giao thông") == [
        Problem("agency_ended", "implementing", "Bộ Giao thông vận tải")
    ]
    assert found(field_name="Đường bộ (Bộ GTVT cũ)")[0].part == "field_name"


def test_time_limits_without_a_unit_or_of_zero_are_flagged() -> None:
    bare = [
        {"way": "Trực tiếp", "time_value": 7, "time_text": "7"},
        {"way": "Trực tuyến", "time_value": 7, "time_text": "7"},
    ]
    assert found(channels=bare) == [Problem("time_without_unit", "channels", "7")]
    assert found(channels=channel(time_value=0)) == [Problem("time_zero", "channels", "0")]
    assert found(channels=channel(time_value="0.5")) == []


def test_fees_are_held_against_their_own_words() -> None:
    assert [p.rule for p in found(channels=fee(135, "Lệ phí: 135.000 đồng/lần"))] == [
        "fee_thousand_times_too_small"
    ]
    assert [p.rule for p in found(channels=fee(120, "20.000 đ/tờ khai"))] == ["fee_under_thousand"]
    assert [p.rule for p in found(channels=fee(0, "150.000 đồng/giấy"))] == ["free_beside_amount"]
    assert found(channels=fee(135_000, "135.000 đồng")) == []
    assert found(channels=fee(0, "Chưa quy định (Thông tư số 25/2021/TT-BTC)")) == []
    assert found(channels=fee(135, "Lệ phí: 135.000 đồng/lần"))[0].value == "135 đ: Lệ phí: 135.000 đồng/lần"


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("Lệ phí: 135.000 đồng/lần", (135_000,)),
        ("06 triệu đồng/Giấy chứng nhận", (6_000_000,)),
        ("160.000/hộ chiếu; cấp lại 320.000đ", (160_000, 320_000)),
        ("5000 đồng/lần", (5_000,)),
        ("0,5 triệu đồng", (500_000,)),
        ("Thông tư số 25/2021/TT-BTC ngày 07/4/2021; 10 USD; 50%", ()),
        (None, ()),
    ],
)
def test_amounts_are_read_and_numbers_of_laws_are_not(words: str | None, amounts: tuple[int, ...]) -> None:
    assert amounts_named(words) == amounts


def test_the_arithmetic_of_fees() -> None:
    assert fee_too_small(135, "135.000 đồng") == 135_000
    assert fee_too_small(135_000, "135.000 đồng hoặc 135.000.000 đồng") is None
    assert fee_too_small(None, "135.000 đồng") is None
    assert fee_too_small(0, "135.000 đồng") is None
    assert free_beside_amount(0, "Dưới 5 tấn: 50.000 đồng") == 50_000
    assert free_beside_amount(50_000, "50.000 đồng") is None
    assert free_beside_amount(0, "0 đồng") is None


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"name": "Đăng ký sáng chế -"}, "name_incomplete"),
        ({"name": "Thủ tục (cấp tỉnh("}, "name_incomplete"),
        ({"name": "THỦ TỤC ĐĂNG KÝ HOẠT ĐỘNG TÍN NGƯỠNG"}, "name_in_capitals"),
        ({"code": "5.003809"}, "unusual_code"),
        ({"code": "2.00046"}, "unusual_code"),
        ({"decision_number": "9303"}, "decision_number_unusual"),
        ({"decision_number": "QĐ2338-BTP"}, "decision_number_unusual"),
    ],
)
def test_names_codes_and_decisions_of_the_wrong_shape(said: dict[str, Any], rule: str) -> None:
    assert [problem.rule for problem in found(**said)] == [rule]
    assert rule in RULES


@pytest.mark.parametrize("number", ["4864/QĐ-BCA-C06", "2827 /QĐ-BGDĐT", "896/QĐ-TTg", "3218/QĐ-UBND"])
def test_numbers_of_decisions_as_they_are_written(number: str) -> None:
    assert found(decision_number=number) == []
