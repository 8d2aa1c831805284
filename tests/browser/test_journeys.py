"""The main job in a real browser: the figure on screen, a ministry's claim, a reviewer's confirmation, the figure moves."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, accessible, become, rest, settle, sign_in, start_server

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).resolve().parents[2] / ".pictures"
OpenPage = Callable[..., Page]


def headline(page: Page) -> str:
    return page.locator(".st-key-headline-simplification a").first.inner_text()


def test_the_overview_shows_the_published_figures(
    open_page: OpenPage, request: pytest.FixtureRequest
) -> None:
    page = open_page("/")
    expect(page.get_by_text("658/1.086")).to_be_visible()
    expect(page.get_by_text("195/699")).to_be_visible()
    expect(page.locator("svg.marks").first).to_be_visible()
    if request.config.getoption("--pictures"):
        PICTURES.mkdir(exist_ok=True)
        page.wait_for_timeout(1000)
        page.screenshot(path=PICTURES / "overview.png")


def test_the_number_opens_its_items(open_page: OpenPage) -> None:
    page = open_page("/?as_of=2024-02-29")
    page.locator(".st-key-headline-simplification a").first.click()
    page.wait_for_url(re.compile("/simplification"))
    settle(page)
    expect(page.get_by_text("658 phương án")).to_be_visible()
    assert "as_of=2024-02-29" in page.url


def test_an_earlier_known_at_shows_fewer(open_page: OpenPage) -> None:
    page = open_page("/?as_of=2024-02-29&known_at=2024-02-29")
    shown = int(re.match(r"(\d+)/1.086", headline(page))[1])  # type: ignore[index]
    assert shown < 658
    expect(page.get_by_text("báo cáo xác nhận sau ngày này không được tính").first).to_be_visible()


def test_a_date_that_is_none_is_said(open_page: OpenPage) -> None:
    page = open_page("/?as_of=2024-02-30")
    expect(page.get_by_text("“2024-02-30” không phải là ngày")).to_be_visible()
    expect(page.get_by_text("658/1.086")).to_be_visible()


def test_english_is_whole(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    expect(page.get_by_text("procedures simplified")).to_be_visible()
    expect(page.get_by_text("Who is late").first).to_be_visible()


def test_a_fresh_server_keeps_protected_pages_and_a_confirmed_claim_moves_the_figure(
    tmp_path: Path, demo_template: Path, new_context: Callable[..., BrowserContext]
) -> None:
    server = start_server(tmp_path, template=demo_template)
    page = new_context().new_page()
    try:
        _a_protected_page_opened_first_shows_nothing(page, server)
        item_url = _the_ministry_claims_with_evidence(page, server)
        _nothing_has_moved_and_claims_are_for_signed_in_people(page, server, item_url)
        _the_reviewer_confirms(page, server, item_url)
        _the_figure_has_moved(page, server)
    finally:
        server.process.terminate()
        server.process.wait(20)


def _a_protected_page_opened_first_shows_nothing(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/to_verify")
    settle(page)
    expect(page.get_by_text("Cần đăng nhập để xem trang này")).to_be_visible()
    body = page.locator("body").inner_text()
    assert "Trả lại" not in body
    assert "Xác nhận" not in body
    assert page.url.endswith("/to_verify")


def _the_ministry_claims_with_evidence(page: Page, server: Server) -> str:
    """The address of the claimed item."""
    become(page, server.url, "byt")
    page.goto(f"{server.url}/simplification?agency=bo-y-te&deadline=overdue")
    settle(page)
    grid = page.locator('[data-testid="stDataFrame"]').first
    grid.wait_for()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 58)
    page.wait_for_url(re.compile("/item"))
    settle(page)
    page.get_by_role("textbox", name="Số, ký hiệu văn bản").fill("99/2024/TT-BYT")
    for label, day in (("Ngày ban hành", "18/03/2024"), ("Ngày có hiệu lực", "20/03/2024")):
        page.locator('[data-testid="stDateInput"]').filter(has_text=label).locator(
            '[data-type="day"]'
        ).click()
        page.keyboard.type(day.replace("/", ""))
    submit = page.get_by_role("button", name="Gửi Văn phòng Chính phủ")
    submit.click()
    expect(page.get_by_text("cần ít nhất một tệp")).to_be_visible()
    page.locator('input[type="file"]').set_input_files(
        {"name": "thong-tu.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 ban ky"}
    )
    expect(page.get_by_text("thong-tu.pdf").first).to_be_visible()
    submit.click()
    sent = page.locator('[data-testid="stExpander"]').filter(has_text="99/2024/TT-BYT")
    expect(sent.get_by_text("Đã gửi, chờ xác nhận").first).to_be_visible()
    return page.url


def _nothing_has_moved_and_claims_are_for_signed_in_people(page: Page, server: Server, item_url: str) -> None:
    become(page, server.url)
    page.goto(f"{server.url}/")
    settle(page)
    assert headline(page).startswith("658/1.086")  # approved is not confirmed: nothing has moved yet
    page.goto(item_url)
    settle(page)
    assert "99/2024/TT-BYT" not in page.locator("body").inner_text()


def _the_reviewer_confirms(page: Page, server: Server, item_url: str) -> None:
    become(page, server.url, "vpcp")
    page.goto(item_url)
    settle(page)
    expect(page.get_by_text("99/2024/TT-BYT").first).to_be_visible()
    claim = page.locator('[data-testid="stExpander"]').filter(has_text="99/2024/TT-BYT")
    claim.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.get_by_text("Đã xác nhận").first).to_be_visible()


def _the_figure_has_moved(page: Page, server: Server) -> None:
    become(page, server.url)
    page.goto(f"{server.url}/")
    settle(page)
    assert int(headline(page).split("/")[0]) > 658


def test_a_reload_stays_signed_in_and_an_ended_session_ends_in_every_tab(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    first = context.new_page()
    sign_in(first, server.url, "lanhdao")
    first.reload()
    settle(first)
    name = first.get_by_role("button", name=re.compile("lanhdao"))
    expect(name).to_be_visible()
    second = context.new_page()
    second.goto(f"{server.url}/")
    settle(second)
    first.get_by_role("button", name=re.compile("lanhdao")).click()
    first.get_by_role("button", name="Đăng xuất").click()
    settle(first)
    second.get_by_text(
        "Phân cấp", exact=True
    ).last.click()  # any rerun of the other tab looks the session up again
    expect(second.get_by_role("button", name=re.compile("lanhdao"))).to_have_count(0)


def test_a_wrong_password_says_so(open_page: OpenPage) -> None:
    page = open_page("/sign_in")
    page.locator('input[name="account"]').fill("byt")
    page.locator('input[name="password"]').fill("sai mat khau")
    page.locator('input[name="password"]').press("Enter")
    expect(page.get_by_text("Tài khoản hoặc mật khẩu không đúng.")).to_be_visible()


@pytest.mark.parametrize("path", ["/simplification", "/catalogue", "/figures", "/sign_in", "/item?id=1"])
def test_pages_fit_a_phone_and_pass_axe(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=390)
    rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(page)
