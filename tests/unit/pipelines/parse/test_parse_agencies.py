"""Lists of agencies whose names have commas inside."""

import pytest

from catalogue.model.quality import Problem
from pipelines.parse.agencies import agencies

CULTURE = "Bộ Văn hóa, Thể thao và Du lịch"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bộ Công an, Công an tỉnh, Bộ Công an", ["Bộ Công an", "Công an tỉnh"]),
        (
            "Cục cảnh sát quản lý hành chính về trật tự, xã hội, Công an tỉnh",
            ["Cục cảnh sát quản lý hành chính về trật tự, xã hội", "Công an tỉnh"],
        ),
        ("Thuế tỉnh, thành phố, Thuế cơ sở", ["Thuế tỉnh, thành phố", "Thuế cơ sở"]),
        ("Bộ, cơ quan ngang Bộ", ["Bộ, cơ quan ngang Bộ"]),
        ("Sở Xây dựng; Uỷ ban nhân dân cấp xã.", ["Sở Xây dựng", "Uỷ ban nhân dân cấp xã."]),
        (
            "Cơ sở đăng kiểm (xe cơ giới, Cục đăng kiểm), Sở A",
            ["Cơ sở đăng kiểm (xe cơ giới, Cục đăng kiểm)", "Sở A"],
        ),
        ("Không có thông tin", []),
        ("", []),
    ],
)
def test_a_comma_parts_names_only_before_a_kind_of_body(text: str, expected: list[str]) -> None:
    assert (agencies(text, "implementing").value, agencies(text, "implementing").problems) == (expected, ())


def test_a_comma_before_another_capital_stays_in_the_name_and_is_said_unless_the_name_is_known() -> None:
    text = f"{CULTURE}, Sở Văn hóa"
    unknown = agencies(text, "competent")
    assert unknown.value == [CULTURE, "Sở Văn hóa"]
    assert unknown.problems == (Problem("agencies_unclear", "competent", CULTURE),)
    assert agencies(text, "competent", [CULTURE]).problems == ()


def test_a_known_name_keeps_a_comma_before_a_kind_of_body() -> None:
    name = "Ban Kinh tế, Văn phòng"
    assert agencies(f"{name}, Sở A", "competent", [name]).value == [name, "Sở A"]
