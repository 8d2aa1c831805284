"""Decentralisation in a real browser: the equation closes and opens, agencies then and now, a level that is no more."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import accessible, settle

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words).first.click()
    expect(page.get_by_role("button", name="Tải danh sách (Excel)")).to_be_visible()
    settle(page)


def test_the_remaining_ones_add_up_and_open_to_their_items(open_page: OpenPage) -> None:
    page = open_page("/decentralisation?as_of=2023-06-30")
    expect(page.get_by_text("Đã phân cấp 81/699 TTHC (11,6 %)")).to_be_visible()
    for part in ("còn 618 chưa xong", "= 568 trong hạn", "+ 50 quá hạn"):
        expect(page.get_by_text(part)).to_be_visible()
    accessible(page)
    follow(page, "50 quá hạn")
    expect(page.get_by_text("50 thủ tục")).to_be_visible()
    assert "as_of=2023-06-30" in page.url
    page.go_back()
    settle(page)
    follow(page, "568 trong hạn")
    expect(page.get_by_text("568 thủ tục")).to_be_visible()


def test_what_was_printed_stands_beside_what_is_computed(open_page: OpenPage) -> None:
    page = open_page("/decentralisation")
    expect(page.get_by_text("in 27,8 %, tính 27,897 %: nguồn cắt bỏ chữ số, không làm tròn")).to_be_visible()
    expect(page.get_by_text("17/21 bộ, cơ quan có ít nhất một TTHC đã phân cấp")).to_be_visible()
    page.get_by_text("Cơ quan hiện nay").first.click()
    expect(page.get_by_text("Đang xem theo cơ quan hiện nay")).to_be_visible()
    settle(page)
    expect(page.get_by_text("Đã phân cấp 195/699 TTHC (27,9 %)")).to_be_visible()
    expect(page.get_by_text("13/16 bộ, cơ quan có ít nhất một TTHC đã phân cấp")).to_be_visible()
    expect(page.get_by_text("đếm lại theo cơ quan hiện nay").first).to_be_visible()
    page.get_by_role("link", name="Tiến độ").first.click()
    settle(page)
    expect(page.get_by_text("Đang xem theo cơ quan hiện nay").first).to_be_visible()


def test_an_assignment_to_a_level_that_is_no_more_says_who_decides_now(open_page: OpenPage) -> None:
    page = open_page("/decentralisation?as_of=2025-06-30")
    expect(page.get_by_text("Bộ → huyện").first).to_be_visible()
    assert "nay không còn" not in page.locator("body").inner_text()
    open_page("/decentralisation?as_of=2025-07-01")
    follow(page, "48 TTHC được giao cho cấp, cơ quan nay không còn")
    expect(page.get_by_text("48 thủ tục")).to_be_visible()
    accessible(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_standing_tasks_are_listed_without_a_rate(open_page: OpenPage, width: int) -> None:
    page = open_page("/directive", width=width)
    expect(page.get_by_text("10 nhiệm vụ thường xuyên, không tính tỷ lệ")).to_be_visible()
    assert not re.search(r"\d ?%", page.locator('[data-testid="stMain"]').inner_text())
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    expect(page.locator('[data-testid="stCaptionContainer"] p').first).to_have_css("color", "rgb(76, 90, 96)")
    accessible(page)
