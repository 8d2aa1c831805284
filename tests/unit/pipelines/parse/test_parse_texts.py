"""Words, steps, results and related procedures."""

import pytest

from pipelines.parse.related import related
from pipelines.parse.results import results
from pipelines.parse.steps import steps
from pipelines.parse.words import excerpt, paragraphs, said


def test_words_are_cleaned_and_no_information_is_nothing() -> None:
    assert said(" Bô\u0323  Công\u00a0an\u200e ") == "Bộ Công an"
    assert [said(text) for text in ("Không có thông tin", "không có thông tin.", "")] == ["", "", ""]
    assert said("Không quy định") == "Không quy định"
    assert paragraphs("a \r\n\r\n \u200b\n b\u2028c") == "a\nb\nc"
    assert paragraphs("\nKhông có thông tin \n") == ""
    assert len(excerpt("chữ " * 100)) <= 160


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bước 1: Nộp\n\nnơi nộp\nBước 2. Nhận", ["Bước 1: Nộp\nnơi nộp", "Bước 2. Nhận"]),
        ("Mở đầu\na) Bước 1: Nộp\n- Bước 2: Nhận", ["Mở đầu", "a) Bước 1: Nộp", "- Bước 2: Nhận"]),
        ("Trình tự chung Bước 1: Nộp\nBước 2: Nhận", ["Trình tự chung", "Bước 1: Nộp", "Bước 2: Nhận"]),
        ("Nộp hồ sơ.\nNhận kết quả như tại Bước 2", ["Nộp hồ sơ.\nNhận kết quả như tại Bước 2"]),
        ("Không có thông tin", []),
    ],
)
def test_steps_are_parted_where_they_are_numbered_in_order(text: str, expected: list[str]) -> None:
    assert (steps(text).value, steps(text).problems) == (expected, ())


@pytest.mark.parametrize("numbers", ["12412", "124", "122", "23"])
def test_steps_that_are_not_numbered_in_order_stay_one_text_and_are_said(numbers: str) -> None:
    text = "\n".join(f"Bước {number}: làm" for number in numbers)
    assert steps(text).value == [text]
    assert [(problem.rule, problem.value) for problem in steps(text).problems] == [
        ("steps_unclear", ", ".join(numbers))
    ]


def test_results_have_their_codes_behind_them() -> None:
    found = results("Giấy chứng nhậnMã: KQ.G01.000014Biển số xeMã: KQ-G12.0001660- Văn bản từ chối")
    assert found.value == [
        "Giấy chứng nhận (Mã: KQ.G01.000014)",
        "Biển số xe (Mã: KQ-G12.0001660)",
        "- Văn bản từ chối",
    ]
    assert results("Quyết địnhMã: 000.00.00.G04-KQ3010").value == ["Quyết định (Mã: 000.00.00.G04-KQ3010)"]
    assert results("Thông báoMã: VBTT").value == ["Thông báo (Mã: VBTT)"]
    assert results("Không có thông tin").value == []


def test_a_result_whose_code_is_not_understood_is_kept_and_said() -> None:
    found = results("Giấy phépMã: Cơ quan cấp phépThông báoMã: KQ.G01.000001")
    assert found.value == ["Giấy phépMã: Cơ quan cấp phépThông báo (Mã: KQ.G01.000001)"]
    assert [problem.rule for problem in found.problems] == ["results_unclear"]


def test_related_procedures_are_known_where_both_tables_say_the_same() -> None:
    text = "#Tên thủ tục1Cấp thẻ2Đổi thẻ#1Tên thủ tụcCấp thẻ#2Tên thủ tụcĐổi thẻ"
    assert (related(text).value, related(text).problems) == (["Cấp thẻ", "Đổi thẻ"], ())
    other = related("#Tên thủ tục1Cấp thẻ#1Tên thủ tụcĐổi thẻ")
    assert other.value == ["#Tên thủ tục1Cấp thẻ#1Tên thủ tụcĐổi thẻ"]
    assert [problem.rule for problem in other.problems] == ["related_unclear"]
    assert related("Không có thông tin").value == []
