"""Time limits as number, unit and words."""

import pytest

from pipelines.parse.times import number, time_limit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("7 Ngày làm việc", 7, "ngày làm việc"),
        ("07  ngày", 7, "ngày"),
        ("0.5 Giờ", "0.5", "giờ"),
        ("1,5 Ngày", "1.5", "ngày"),
        ("2.0 Tháng", 2, "tháng"),
        ("3 Tuần", 3, "tuần"),
        ("1Năm", 1, "năm"),
        ("0 Ngày", 0, "ngày"),
    ],
)
def test_a_limit_is_a_number_with_its_unit(text: str, value: int | str, unit: str) -> None:
    found = time_limit(text)
    assert found.value == {"time_value": value, "time_unit": unit, "time_text": " ".join(text.split())}
    assert found.problems == ()


def test_a_number_without_a_unit_is_kept_without_one() -> None:
    assert time_limit("15").value == {"time_value": 15, "time_text": "15"}


@pytest.mark.parametrize("text", ["Không quy định", "Không", "Ngay khi nhận đủ hồ sơ"])
def test_words_are_what_they_say(text: str) -> None:
    assert (time_limit(text).value, time_limit(text).problems) == ({"time_text": text}, ())


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("10-25", "time_is_range"),
        ("10 – 25 Ngày", "time_is_range"),
        ("5 đến 7 ngày làm việc", "time_is_range"),
        ("Không quá 30 ngày", "time_unclear"),
        ("4 giờ làm việc", "time_unclear"),
    ],
)
def test_what_is_no_one_number_keeps_its_words_and_is_said(text: str, rule: str) -> None:
    found = time_limit(text)
    assert found.value == {"time_text": text}
    assert [(problem.rule, problem.value) for problem in found.problems] == [(rule, text)]


def test_no_information_is_unknown() -> None:
    assert time_limit("Không có thông tin").value == {}


def test_numbers_are_whole_where_they_are_and_text_with_a_point_elsewhere() -> None:
    assert [number(figures) for figures in ("007", "1.50", "0,25", "3.0")] == [7, "1.5", "0.25", 3]
