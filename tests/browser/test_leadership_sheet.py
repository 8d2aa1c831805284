"""Leadership's page is one screen of a desk, one sheet of A4 from any window, and a column on a phone."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import accessible, rest

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
A4 = (842, 595)  # points, across
TALLEST = "document.querySelector('[data-testid=\"stMain\"]').scrollHeight"


def drawn(page: Page, charts: int = 4) -> Page:
    expect(page.locator("svg.marks")).to_have_count(charts)
    rest(page)
    return page


def printed(page: Page) -> tuple[list[tuple[int, int]], str]:
    """The sizes of the printed sheets, and what stands on them in one line."""
    # as window.print() does it: nothing is drawn anew for paper
    reader = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    sizes = [
        (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in reader.pages
    ]
    return sizes, " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def test_everything_stands_on_one_screen_and_the_button_prints_it_once(open_page: OpenPage) -> None:
    page = drawn(open_page("/"))
    assert page.evaluate(TALLEST) <= 900
    for words in ("658/1.086", "195/699", "Văn bản tháo gỡ nhiều nhất", "Định nghĩa và số liệu đã công bố"):
        expect(page.get_by_text(words).first).to_be_in_viewport(ratio=0.8)
    accessible(page)
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    button = page.get_by_role("button", name="In một trang A4")
    button.click()
    assert page.evaluate("window.asked") == 1
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.asked") == 2


@pytest.mark.parametrize(
    ("path", "width", "expected"),
    [
        ("/", 1440, ["658/1.086", "195/699", "tính đến 21/03/2024", "Dữ liệu trình diễn", "63,5 %"]),
        ("/?as_of=2023-10-31", 390, ["437/1.086", "135/699", "tính đến 31/10/2023"]),
        ("/?as_of=2025-03-01&agencies_today=true&lang=en", 1920, ["677/1,086", "agencies of today", "as of 01/03/2025"]),
        ("/?as_of=2024-02-29&known_at=2024-02-29", 1366, ["615/1.086", "ghi nhận đến 29/02/2024"]),
    ],
)  # fmt: skip
def test_it_prints_on_one_sheet(open_page: OpenPage, path: str, width: int, expected: list[str]) -> None:
    page = drawn(open_page(path, width=width))
    sizes, text = printed(page)
    assert sizes == [A4]
    for words in expected:
        assert words in text, (words, text)
    for control in ("In một trang A4", "Print on one A4", "Cơ quan hiện nay", "Đăng nhập", "Tải về"):
        assert control not in text, control


def test_a_phone_has_it_in_one_column(open_page: OpenPage) -> None:
    page = drawn(open_page("/", width=390))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tops = [
        page.get_by_text(words).first.bounding_box()["y"]  # type: ignore[index]
        for words in ("658/1.086", "195/699", "Ai đang chậm – Đơn giản hóa", "Văn bản tháo gỡ", "Thay đổi từ")
    ]
    assert tops == sorted(tops)
    accessible(page)
