"""A month of real work in a real browser, on an installation without demonstration data.

Staff load a resolution's annex; a ministry uploads Excel, mends one error and submits; a reviewer returns one claim and
confirms the rest; figure, curve and bottlenecks move; the period closes; the report is made; a late correction is shown
as one, and the closed figure stands.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from catalogue.working_days import civil_day
from tests.browser.conftest import ROOT, Server, accessible, rest, settle, start_server
from tests.sheets import portal_list, workbook

pytestmark = pytest.mark.browser
PASSWORD = "mot-mat-khau-rat-dai"
FIELD = "Khám bệnh, chữa bệnh"
NAMES = (
    "Cấp giấy phép hành nghề",
    "Cấp lại giấy phép hành nghề",
    "Công bố cơ sở thực hành",
    "Điều chỉnh giấy phép hoạt động",
)
JOINT, OWN, DRAFT = (
    f"Thông tư sửa đổi quy định về {what}"
    for what in ("giấy phép hành nghề", "cơ sở thực hành", "giấy phép hoạt động")
)
PDF = b"%PDF-1.4 ban ky"


@dataclass(frozen=True)
class Days:
    """The month that is reported is today's; everything in it is over already."""

    today: date

    @property
    def assigned(self) -> date:
        return self.today - timedelta(days=75)

    @property
    def issued(self) -> date:
        return self.today - timedelta(days=20)

    @property
    def in_force(self) -> date:
        return self.today - timedelta(days=10)

    @property
    def deadline(self) -> date:
        return self.today + timedelta(days=20)


def catalogue(data: Path, module: str, *arguments: str) -> str:
    """Run a command on the installation while no server holds it."""
    environment = {**os.environ, "CATALOGUE_DATA_DIR": str(data), "CATALOGUE_DEMO": "0"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def enter(page: Page, url: str, account: str) -> None:
    page.goto(f"{url}/sign_in")
    page.locator('input[name="account"]').fill(account)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('form:has(input[name="password"]) button').first.click()
    page.wait_for_url(lambda address: "/sign_in" not in address)
    settle(page)


def visit(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.url}/{path}")
    settle(page)


def fill_day(place: Page | Locator, page: Page, label: str, day: date) -> None:
    place.locator('[data-testid="stDateInput"]').filter(has_text=label).locator('[data-type="day"]').click()
    page.keyboard.type(f"{day:%d%m%Y}")


def give(page: Page, place: int, *files: tuple[str, bytes]) -> None:
    page.locator('input[type="file"]').nth(place).set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )
    for name, _ in files:
        expect(page.get_by_text(name).first).to_be_visible()
    settle(page)


def test_a_month_of_work(tmp_path: Path, new_context: Callable[..., BrowserContext]) -> None:
    days = Days(civil_day(datetime.now(UTC)))
    data = tmp_path / "data"
    listed = tmp_path / f"danh-sach-{days.assigned.isoformat()}.xlsx"
    rows = [(f"1.99000{n}", name, "Bộ Y tế", "Bộ Y tế", FIELD) for n, name in enumerate(NAMES, start=1)]
    listed.write_bytes(portal_list(*rows))
    catalogue(
        data,
        "pipelines",
        "run",
        "portal_list",
        str(listed),
        "--observed",
        days.assigned.isoformat(),
        "--accept",
    )
    for account, role in (("vpcp", "reviewer"), ("byt", "ministry_editor")):
        agency = ("--agency", "bo-y-te") if account == "byt" else ()
        catalogue(
            data, "catalogue", "user", "add", account, "--name", account.upper(), "--role", role, *agency,
            "--password", PASSWORD,
        )  # fmt: skip
    server = start_server(tmp_path, demo=False)
    try:
        office, ministry = (new_context().new_page() for _ in range(2))
        enter(office, server.url, "vpcp")
        enter(ministry, server.url, "byt")
        load_the_annex(office, server, days)
        report_by_excel(ministry, server, days)
        return_one_confirm_the_rest(office, server)
        figures_and_bottlenecks_have_moved(office, server)
        close_the_period(office, server, days)
        take_the_report(office, server, days, tmp_path)
        mend_what_was_returned(ministry, server)
        confirm_it_late(office, server)
        the_closed_figure_stands(office, server, days)
    finally:
        server.process.terminate()
        server.process.wait(20)
    assert catalogue(data, "catalogue", "check").strip() == "0 problems"


def load_the_annex(page: Page, server: Server, days: Days) -> None:
    annex = workbook(
        {
            "Phụ lục": [
                ["PHỤ LỤC: PHƯƠNG ÁN ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH"],
                ["STT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan chủ trì", "Biện pháp", "Văn bản phải sửa", "Thời hạn"],
                *(
                    [n, name, FIELD, "Bộ Y tế", "Giảm thời hạn giải quyết", document, f"{days.deadline:%d/%m/%Y}"]
                    for n, (name, document) in enumerate(zip(NAMES, (JOINT, JOINT, OWN, DRAFT), strict=True), start=1)
                ),
            ]
        }
    )  # fmt: skip
    visit(page, server, "plan")
    accessible(page)
    page.get_by_role("textbox", name="Số, ký hiệu").fill("66/NQ-CP")
    fill_day(page, page, "Ngày ban hành", days.assigned)
    page.get_by_role("textbox", name="Trích yếu").fill(
        "Nghị quyết về cắt giảm, đơn giản hóa thủ tục hành chính"
    )
    give(page, 0, ("phu-luc.xlsx", annex))
    page.get_by_role("button", name="Đọc phụ lục").click()
    page.wait_for_url(re.compile("batch="))
    page.get_by_text("3. Xem trước và nạp").click()
    expect(page.get_by_text("mẫu số 0 → 4")).to_be_visible()
    expect(page.get_by_text("4 khớp danh mục, 0 chưa khớp danh mục")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Nạp 4 phương án, nhiệm vụ").click()
    expect(page.get_by_text("0/4 phương án, nhiệm vụ đã thực thi")).to_be_visible()
    expect(page.get_by_text("66/NQ-CP: 4 phương án")).to_be_visible()
    accessible(page)
    visit(page, server, "")
    expect(page.get_by_text("0/4 TTHC đã đơn giản hóa")).to_be_visible()


def report_by_excel(page: Page, server: Server, days: Days) -> None:
    visit(page, server, "my_work")
    page.get_by_role("link", name=re.compile("Cập nhật bằng Excel")).first.click()
    page.wait_for_url(re.compile("update_items"))
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp Excel").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book["Cập nhật"]
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "Báo cáo" for cell in row))
    column = {str(cell.value): cell.column for cell in heading if cell.value}
    for row in range(heading[0].row + 1, sheet.max_row + 1):
        document = sheet.cell(row, column["Văn bản phải ban hành"]).value
        number = {JOINT: "11/2026/TT-BYT", OWN: "12/2026/TT-BYT"}.get(str(document).split(" (")[0])
        if number is None:
            continue
        sheet.cell(row, column["Báo cáo"]).value = "Văn bản đã ban hành"
        sheet.cell(row, column["Số, ký hiệu"]).value = number
        sheet.cell(row, column["Ngày ban hành"]).value = days.issued
        if number.startswith("11"):
            sheet.cell(row, column["Ngày có hiệu lực"]).value = days.in_force
    filled = BytesIO()
    book.save(filled)
    give(page, 0, ("cap-nhat.xlsx", filled.getvalue()))
    give(page, 1, ("11-2026-TT-BYT.pdf", PDF), ("12-2026-TT-BYT.pdf", PDF + b" 12"))
    page.get_by_role("button", name="Đọc tệp và lưu nháp").click()
    expect(page.get_by_text("Sửa các dòng còn lỗi (1)")).to_be_visible()
    expect(page.get_by_text("Chưa gửi được: còn 1 dòng có lỗi")).to_be_visible()
    accessible(page)
    mend_on_screen(page, "Ngày có hiệu lực", f"{days.in_force:%d/%m/%Y}")
    page.get_by_role("button", name="Lưu lại").click()
    page.get_by_role("button", name="Gửi tất cả (3)").click()
    expect(page.get_by_text("Đã gửi 3 báo cáo").first).to_be_visible()


def mend_on_screen(page: Page, heading: str, value: str) -> None:
    """Type into a column of the first wrong row, by keyboard."""
    grid = page.locator('[data-testid="stDataFrame"]').last
    grid.scroll_into_view_if_needed()
    headings = grid.locator('[role="columnheader"]')
    headings.first.wait_for(state="attached")
    place = headings.all_inner_texts().index(heading)
    cell = grid.locator(f'[role="gridcell"][aria-colindex="{place + 1}"]').first
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 60)
    expect(grid.locator('[role="gridcell"][aria-selected="true"]').first).to_be_attached()
    for _ in range(place):
        page.keyboard.press("ArrowRight")
    expect(cell).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    editor = page.locator("#portal textarea")
    expect(editor).to_be_focused()
    page.keyboard.type(value, delay=60)
    expect(editor).to_have_value(value)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    expect(cell).to_have_text(value)
    page.wait_for_timeout(500)  # the table hands an edit on after a moment


def return_one_confirm_the_rest(page: Page, server: Server) -> None:
    visit(page, server, "to_verify")
    expect(page.get_by_text("3 báo cáo, gửi sớm nhất ở trên")).to_be_visible()
    accessible(page)
    page.get_by_role("radiogroup", name="Chờ xác nhận").locator("label").nth(2).click()
    expect(page.get_by_text("12/2026/TT-BYT").first).to_be_visible()
    settle(page)
    page.get_by_role("textbox", name=re.compile("Ý kiến")).fill("Thiếu trang có chữ ký, con dấu")
    page.get_by_role("button", name=re.compile("^Trả lại")).click()
    expect(page.get_by_text("2 báo cáo, gửi sớm nhất ở trên")).to_be_visible()
    page.get_by_role("button", name="Xem và quyết định cùng lúc").click()
    expect(page.get_by_text("0 → 2").first).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Xác nhận cả 2").click()
    expect(page.get_by_text("Không còn báo cáo nào chờ xác nhận")).to_be_visible()


def figures_and_bottlenecks_have_moved(page: Page, server: Server) -> None:
    visit(page, server, "")
    expect(page.get_by_text("2/4 TTHC đã đơn giản hóa")).to_be_visible()
    expect(page.locator(f'[data-testid="stMain"] :text("{OWN}")').first).to_be_visible()
    assert page.get_by_text(JOINT).count() == 0  # it holds nothing back any more
    visit(page, server, "instruments")
    expect(page.get_by_text("2 phương án").first).to_be_visible()
    accessible(page)


def close_the_period(page: Page, server: Server, days: Days) -> None:
    visit(page, server, "period")
    page.get_by_role("button", name=f"Mở kỳ tháng {days.today:%m/%Y}").click()
    expect(page.get_by_text("Đang mở").first).to_be_visible()
    accessible(page)
    page.get_by_text(f"Chốt kỳ tháng {days.today:%m/%Y}").click()
    expect(page.get_by_text("đơn giản hóa 2/4")).to_be_visible()
    settle(page)  # what is filled in while the opened part is drawn anew is lost
    page.get_by_role("textbox", name="Lý do chốt sớm").fill("Báo cáo phiên họp")
    page.get_by_text("Tôi đã kiểm tra số liệu").click()
    expect(page.get_by_role("checkbox", name="Tôi đã kiểm tra số liệu")).to_be_checked()
    page.get_by_role("button", name="Chốt số liệu").click()
    expect(page.get_by_text("Chốt lúc").first).to_be_visible()
    expect(page.get_by_text("2/4 đã hoàn thành").first).to_be_visible()
    accessible(page)


def take_the_report(page: Page, server: Server, days: Days, folder: Path) -> None:
    visit(page, server, f"progress_report?period={days.today:%Y-%m}")
    page.get_by_role("button", name="Lập tệp Word, Excel").click()
    ready = page.get_by_role("button", name="Tải Word (.docx)")
    ready.wait_for(timeout=60_000)
    with page.expect_download() as download:
        ready.click()
    target = folder / "bao-cao.docx"
    download.value.save_as(target)
    paper = docx.Document(str(target))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "2/4" in text
    assert "Bộ Y tế" in text


def mend_what_was_returned(page: Page, server: Server) -> None:
    visit(page, server, "my_work")
    expect(page.get_by_text("Thiếu trang có chữ ký, con dấu").first).to_be_visible()
    accessible(page)
    page.get_by_role("link", name=re.compile(NAMES[2])).first.click()
    page.wait_for_url(re.compile("/item"))
    settle(page)
    page.get_by_role("button", name="Gửi Văn phòng Chính phủ").first.click()
    expect(page.get_by_text("Đã gửi, chờ xác nhận").first).to_be_visible()


def confirm_it_late(page: Page, server: Server) -> None:
    visit(page, server, "to_verify")
    expect(page.get_by_text("2 → 3").first).to_be_visible()
    settle(page)
    page.get_by_role("button", name=re.compile("^Xác nhận")).click()
    expect(page.get_by_text("Không còn báo cáo nào chờ xác nhận")).to_be_visible()


def the_closed_figure_stands(page: Page, server: Server, days: Days) -> None:
    visit(page, server, f"period?period={days.today:%Y-%m}")
    expect(page.get_by_text("2/4 đã hoàn thành").first).to_be_visible()
    expect(page.get_by_text("số đã chốt 2 giữ nguyên").first).to_be_visible()
    expect(page.get_by_text(NAMES[2]).first).to_be_attached()
    accessible(page)
    visit(page, server, "")
    expect(page.get_by_text("3/4 TTHC đã đơn giản hóa")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
