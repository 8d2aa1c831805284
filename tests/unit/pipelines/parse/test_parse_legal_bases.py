"""Documents with number and day from a table without borders."""

from datetime import date

import pytest

from pipelines.parse.legal_bases import legal_bases, number_in, own_date

HEADING = "Tên văn bản pháp lýMã văn bản"


def _numbers(table: str) -> list[tuple[str, str | None]]:
    return [(entry["text"], entry.get("number")) for entry in legal_bases(HEADING + table).value]


def _is_clear(table: str) -> bool:
    return not legal_bases(HEADING + table).problems


def test_a_number_that_touches_the_title_before_it_ends_the_entry() -> None:
    table = (
        "Luật Căn cước26/2023/QH15Quy định mức thu lệ phí70/2020/TT-BTCLuật Khiếu nại 201102/2011/QH13"
        "cắt giảm thủ tục dựa trên dữ liệu66.7/2025/NQ-CP Ban hành danh mục490/QĐ-BHXH"
    )
    assert _numbers(table) == [
        ("Luật Căn cước (26/2023/QH15)", "26/2023/QH15"),
        ("Quy định mức thu lệ phí (70/2020/TT-BTC)", "70/2020/TT-BTC"),
        ("Luật Khiếu nại 2011 (02/2011/QH13)", "02/2011/QH13"),
        ("cắt giảm thủ tục dựa trên dữ liệu (66.7/2025/NQ-CP)", "66.7/2025/NQ-CP"),
        ("Ban hành danh mục (490/QĐ-BHXH)", "490/QĐ-BHXH"),
    ]
    assert _is_clear(table)


def test_a_number_inside_a_title_is_part_of_it() -> None:
    table = (
        "Luật 54/2014/QH1354/2014/QH13Nghị định 08/2015/NĐ-CP08/2015/NĐ-CPSửa đổi Thông tư số 38/2015/TT-BTC "
        "ngày 25/3/2015 về hải quan39/2018/TT-BTCThông tư số 53/2025/TT-BCAngày 01/7/2025 về cư trú.53/2025/TT-BCA"
    )
    assert [number for _, number in _numbers(table)] == [
        "54/2014/QH13",
        "08/2015/NĐ-CP",
        "39/2018/TT-BTC",
        "53/2025/TT-BCA",
    ]
    assert _is_clear(table)


def test_a_number_behind_its_kind_of_document_is_a_cell_too() -> None:
    table = "Quy định về thi đuaThông tư số 55/2025/TT-BXDVề hải quanLuật số: 54/2014/QH13"
    assert _numbers(table) == [
        ("Quy định về thi đua (55/2025/TT-BXD)", "55/2025/TT-BXD"),
        ("Về hải quan (54/2014/QH13)", "54/2014/QH13"),
    ]


def test_a_title_that_is_only_a_number_or_a_kind() -> None:
    assert _numbers("47/2019/TT-BTC47/2019/TT-BTCNghị định76/2012/NĐ-CP") == [
        ("47/2019/TT-BTC", "47/2019/TT-BTC"),
        ("Nghị định (76/2012/NĐ-CP)", "76/2012/NĐ-CP"),
    ]
    assert _numbers("Nghị định số 46/2020/NĐ-CP46/2020Luật Hải quan54/2014/QH13") == [
        ("Nghị định số 46/2020/NĐ-CP", "46/2020/NĐ-CP"),
        ("Luật Hải quan (54/2014/QH13)", "54/2014/QH13"),
    ]


def test_two_titles_that_ran_together_are_parted_and_the_first_has_no_number() -> None:
    table = "Bộ luật Hàng hảiBộ luật Hàng hảiNghị định 58/2017/NĐ-CP58/2017/NĐ-CP"
    assert _numbers(table) == [
        ("Bộ luật Hàng hải", None),
        ("Bộ luật Hàng hải", None),
        ("Nghị định 58/2017/NĐ-CP", "58/2017/NĐ-CP"),
    ]
    assert not _is_clear(table)


@pytest.mark.parametrize(
    "table",
    [
        "Thông tư số 31/2025/TT-BCA ngày 21/4/2025 về thẻ31/2025/TT_BCAVề an ninh hàng không92/2015/NĐ-CP",
        "Luật Đầu tư 143/2025/QH15",
        "Cấp thẻ bảo hiểm cho người hưởng chế độ2754/BHXH-CSXH",
        "Thông tư hợp nhất cấp 240/2025/TT-BTCQuy định khác",
    ],
)
def test_no_number_where_it_could_be_a_wrong_one(table: str) -> None:
    numbers = [number for _, number in _numbers(table) if number]
    assert all(table.startswith(f"Thông tư số {number}") for number in numbers)
    assert not _is_clear(table)


def test_an_entry_that_lost_its_cell_has_the_number_that_its_title_begins_with() -> None:
    assert _numbers("Thông tư số 25/2022/TT-BTC ngày 28/4/202225Nghị định 01/2020/NĐ-CP01/2020/NĐ-CP") == [
        ("Thông tư số 25/2022/TT-BTC ngày 28/4/202225", "25/2022/TT-BTC"),
        ("Nghị định 01/2020/NĐ-CP", "01/2020/NĐ-CP"),
    ]


@pytest.mark.parametrize("text", ["Không có thông tin", HEADING, ""])
def test_no_information_is_unknown(text: str) -> None:
    assert (legal_bases(text).value, legal_bases(text).problems) == ([], ())


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        (
            "Thông tư số 01/2024/TT-BCA ngày 10 tháng 01 năm 2024 của Bộ trưởng",
            "01/2024/TT-BCA",
            date(2024, 1, 10),
        ),
        (
            "Nghị định 286/2025/NĐ-CP ngày 03/11/2025 sửa đổi Nghị định ngày 01/4/2025",
            "286/2025/NĐ-CP",
            date(2025, 11, 3),
        ),
        (
            "Nghị quyết số 66.16/2026/NQ-CP của Chính phủ ngày 07/04/2026 về việc",
            "66.16/2026/NQ-CP",
            date(2026, 4, 7),
        ),
        ("Sửa đổi Thông tư số 38/2015/TT-BTC ngày 25/3/2015", "39/2018/TT-BTC", None),
        ("Sửa đổi Thông tư số 38/2015/TT-BTC ngày 25/3/2015", "38/2015/TT-BTC", None),
        ("Nghị định 01/2020/NĐ-CP ngày 03/11/2021", "01/2020/NĐ-CP", None),
        ("Nghị định 01/2020/NĐ-CP ngày 31/02/2020", "01/2020/NĐ-CP", None),
        ("Luật Căn cước", "26/2023/QH15", None),
    ],
)
def test_the_day_is_the_documents_own(title: str, number: str, expected: date | None) -> None:
    assert own_date(title, number) == expected


def test_the_day_stands_in_the_entry() -> None:
    found = legal_bases(f"{HEADING}Nghị định số 05/2026/NĐ-CP ngày 03/02/2026 về phí05/2026/NĐ-CP")
    assert found.value[0]["issued_on"] == "2026-02-03"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12/2020/TT-BCA", "12/2020/TT-BCA"),
        (" Thông tư số: 12/2020/TT-BCA ", "12/2020/TT-BCA"),
        ("190/2025/NQ-QH15", "190/2025/NQ-QH15"),
        ("26/2005/PL-UBTVQH11", "26/2005/PL-UBTVQH11"),
        ("05/2015/TTLT-BCA-BYT-BTC", "05/2015/TTLT-BCA-BYT-BTC"),
        ("12/2020", None),
        ("Luật Căn cước", None),
    ],
)
def test_a_text_that_is_one_number(text: str, number: str | None) -> None:
    assert number_in(text) == number
