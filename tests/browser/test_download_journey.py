"""Taking a chart and a table away in a real browser: the files are made on the click, and Streamlit's own are not offered."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import accessible, settle

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def taken(page: Page, button: Locator) -> tuple[str, bytes]:
    """The name and the bytes of what a click gives."""
    with page.expect_download() as download:
        button.click()
    path = download.value.path()
    return download.value.suggested_filename, Path(path).read_bytes()


def test_a_chart_is_taken_away_as_pictures(open_page: OpenPage) -> None:
    page = open_page("/decentralisation?as_of=2024-02-29")
    page.get_by_role("button", name="Tải về").first.click()
    expect(page.get_by_role("button", name="Hình PNG")).to_be_visible()
    accessible(page)
    name, picture = taken(page, page.get_by_role("button", name="Hình PNG"))
    assert name == "phan-cap-qd-1015-qd-ttg-tham-quyen-di-tu-cap-nao-den-cap-nao-2024-02-29.png"
    assert Image.open(BytesIO(picture)).width > 1000
    name, picture = taken(page, page.get_by_role("button", name="Hình SVG"))
    assert name.endswith(".svg")
    assert "tính đến 29/02/2024" in picture.decode()


def test_a_table_is_taken_away_and_no_bare_numbers_are_offered(open_page: OpenPage) -> None:
    page = open_page("/agencies")
    chart, table = page.get_by_test_id("stVegaLiteChart").first, page.get_by_test_id("stDataFrame").first
    for element in (chart, table):
        element.hover()
        expect(
            page.locator('[aria-label^="Download as"]:visible, [aria-label^="Show data"]:visible')
        ).to_have_count(0)
    name, workbook = taken(page, page.get_by_role("button", name="Tải bảng (xlsx)").first)
    assert name == "don-gian-hoa-cac-co-quan-2024-03-21.xlsx"
    assert load_workbook(BytesIO(workbook)).sheetnames == ["Bảng", "Nguồn"]
    settle(page)
    expect(page.get_by_text("19 cơ quan, trong 19 cơ quan được giao")).to_be_visible()
