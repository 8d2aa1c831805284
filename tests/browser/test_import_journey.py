"""Importing in a real browser: a small list is brought in, previewed, accepted, and its record can be read."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, accessible, become, rest, settle, start_server
from tests.sheets import portal_list

pytestmark = pytest.mark.browser
NAME = "Cấp thẻ hành nghề thử nghiệm"
FILE = "danh-sach-2024-03-20.xlsx"
ROW = ("1.990001", NAME, "Bộ Y tế", "Sở Y tế", "Khám bệnh, chữa bệnh")


def give(page: Page, content: bytes, name: str = FILE) -> None:
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name=re.compile("Đọc tệp và so với danh mục")).click()


def test_a_list_is_brought_in_previewed_and_accepted_by_who_may(
    tmp_path: Path, demo_template: Path, new_context: Callable[..., BrowserContext]
) -> None:
    server = start_server(tmp_path, template=demo_template)
    try:
        page = new_context().new_page()
        _who_may_not_import_is_offered_no_upload(page, server)
        _refused_then_accepted(page, server)
    finally:
        server.process.terminate()
        server.process.wait(20)


def _who_may_not_import_is_offered_no_upload(page: Page, server: Server) -> None:
    become(page, server.url, "lanhdao")
    page.goto(f"{server.url}/imports")
    settle(page)
    expect(page.get_by_text("Tài khoản của bạn không có quyền xem trang này")).to_be_visible()
    assert page.locator('input[type="file"]').count() == 0


def _refused_then_accepted(page: Page, server: Server) -> None:
    become(page, server.url, "vpcp")
    page.goto(f"{server.url}/imports")
    settle(page)
    expect(page.get_by_text("Chưa có lô nào")).to_be_visible()
    accessible(page)

    give(page, portal_list((1.990001, *ROW[1:])))
    expect(page.get_by_text("Tệp không được nhập.")).to_be_visible()
    expect(page.get_by_text("Mã bị lưu dạng số: 1")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải danh sách điểm cần xem").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert book.sheetnames == ["Cần sửa", "Danh mục"]
    assert book["Danh mục"]["A3"].comment is not None
    accessible(page)

    page.get_by_role("button", name=re.compile(f"Remove {FILE}|Xóa|Delete")).first.click()
    give(page, portal_list(ROW))
    page.wait_for_url(re.compile(r"batch=1"))
    settle(page)
    expect(page.get_by_text("Đọc 1 dòng: 1 mới, 0 thay đổi, 0 không đổi")).to_be_visible()
    expect(page.get_by_text(NAME)).to_be_visible()
    accessible(page)
    page.goto(f"{server.url}/procedure?code={ROW[0]}")
    settle(page)
    expect(page.get_by_text(f"Không có thủ tục mã {ROW[0]}")).to_be_visible()

    page.goto(f"{server.url}/to_verify")
    settle(page)
    page.get_by_text("1 lô dữ liệu chờ quyết định").click()
    page.wait_for_url(re.compile("/imports"))
    page.get_by_text(f"Lô 1: {FILE}").click()
    expect(page.get_by_text("Đọc 1 dòng: 1 mới")).to_be_visible()
    page.get_by_role("button", name="Chấp nhận").click()
    expect(page.get_by_text("1 phiên bản mới của 1 thủ tục, hiệu lực từ 20/03/2024")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Ghi vào danh mục").click()
    expect(page.get_by_text("đã ghi 1 phiên bản, hiệu lực từ 20/03/2024")).to_be_visible()

    page.goto(f"{server.url}/procedure?code={ROW[0]}")
    settle(page)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()

    page.goto(f"{server.url}/imports?batch=1")
    settle(page)
    page.set_viewport_size({"width": 390, "height": 844})
    rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
