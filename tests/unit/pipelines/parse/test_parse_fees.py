"""Fees as amount, currency and words, and what contradicts itself."""

import pytest

from pipelines.parse.fees import fees, scan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10,000 Việt Nam Đồng", {"amount_vnd": 10_000}),
        ("10.000 đồng", {"amount_vnd": 10_000}),
        ("1.200.000VNĐ(1.200.000 đồng/thẻ)", {"amount_vnd": 1_200_000}),
        ("500 VNĐ", {"amount_vnd": 500}),
        ("Miễn phí", {"amount_vnd": 0}),
        ("Miễn phí(Không thu lệ phí.)", {"amount_vnd": 0}),
        ("Miễn phí(Không quy định)", {"amount_vnd": 0}),
        ("Miễn phí(Đối với hộ nghèo)", {"amount_vnd": 0}),
        ("145 USD(145 USD/thẻ)", {"amount": "145", "currency": "USD"}),
        ("25.5 USD", {"amount": "25.5", "currency": "USD"}),
        ("1,000 USD", {"amount": "1000", "currency": "USD"}),
    ],
)
def test_an_amount_that_nothing_contradicts(text: str, expected: dict[str, object]) -> None:
    found = fees(text)
    shown = text.replace("(", " (")
    assert found.value == [{**expected, "text": shown}]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("135 VNĐ(Lệ phí cấp thẻ: 135.000 đồng/lần)", "fee_thousand_times_too_small"),
        ("Miễn phí(Cấp lại: 50.000 đồng/giấy)", "free_beside_amount"),
        ("Miễn phí(Mức thu theo Thông tư của Bộ Tài chính)", "free_beside_rate"),
        ("Miễn phí(Giá dịch vụ do đơn vị đăng kiểm niêm yết)", "free_beside_rate"),
        ("155 VNĐ(Thẻ có thời hạn 2 năm: 155 USD/thẻ)", "fee_currency_contradicted"),
        ("10.5 VNĐ", "fees_unclear"),
    ],
)
def test_an_amount_that_its_own_words_contradict_is_left_out_and_said(text: str, rule: str) -> None:
    found = fees(text)
    shown = text.replace("(", " (")
    assert found.value == [{"text": shown}]
    assert [(problem.rule, problem.part, problem.value) for problem in found.problems] == [
        (rule, "channels", shown)
    ]


def test_several_fees_of_one_cell() -> None:
    found = fees("100,000 VNĐ(Cấp mới)50,000 VNĐ(Cấp lại (do mất))Miễn phí(Không thu)")
    assert [fee.get("amount_vnd") for fee in found.value] == [100_000, 50_000, 0]
    assert [fee["text"] for fee in found.value][1] == "50,000 VNĐ (Cấp lại (do mất))"


def test_words_that_are_no_amount_are_a_fee_in_words() -> None:
    assert fees("Theo biểu giá niêm yết").value == [{"text": "Theo biểu giá niêm yết"}]
    assert fees("Không có thông tin").value == []


def test_where_a_fee_ends_is_said_to_be_unclear_when_its_parentheses_do_not_tell() -> None:
    open_end = "500,000 VNĐ(đồng (từ ngày 01/7)30 ngày kể từ ngày nhận"
    found = scan(open_end)
    assert (open_end[found.end :], found.is_clear) == ("30 ngày kể từ ngày nhận", False)
    assert not scan("500,000 VNĐ(đồng 30 ngày").is_clear


def test_a_list_mark_does_not_end_the_words_of_a_fee() -> None:
    text = "Miễn phí(a) Cấp mới: không thu; b) Cấp lại: không thu)Nộp tại bộ phận một cửa"
    found = scan(text)
    assert text[found.end :] == "Nộp tại bộ phận một cửa"
    assert found.is_clear


def test_a_note_that_begins_with_free_of_charge_or_with_no_information_is_no_second_fee() -> None:
    text = "100,000 VNĐMiễn phí đối với người cao tuổi"
    assert text[scan(text).end :] == "Miễn phí đối với người cao tuổi"
    text = "Không có thông tin(a) Trong 05 ngày"
    assert text[scan(text).end :] == "(a) Trong 05 ngày"
