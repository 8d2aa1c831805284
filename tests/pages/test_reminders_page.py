"""Đôn đốc: who is late, the wording changed on screen, the letters made at once; the digest says what is missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.services import accounts, reminders
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]


def said(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "error", "success")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def labels(test: AppTest) -> list[str]:
    """The papers offered; the table has its own download."""
    offered = [button.proto.label for button in test.get("download_button")]
    return [one for one in offered if one != Translator("vi")("download.xlsx")]


def test_the_table_names_who_is_late(demo: Installation, run: Run, person: Person) -> None:
    test = run(demo, "reminders", "vpcp")
    late = reminders.late_agencies(demo, person(demo, "vpcp"), demo.moment())
    table = test.dataframe[0].value
    assert list(table["agency"]) == [one.agency_name for one in late]
    assert list(table["overdue"]) == [one.overdue for one in late]
    assert f"{len(late)} cơ quan có việc chậm" in said(test)
    assert "CATALOGUE_SMTP_HOST" in said(test)


def test_an_agency_is_ticked_in_the_rows_of_a_phone(demo: Installation, run: Run, person: Person) -> None:
    late = reminders.late_agencies(demo, person(demo, "vpcp"), demo.moment())
    test = run(demo, "reminders", "vpcp")
    assert [box.label for box in test.checkbox[: len(late)]] == [one.agency_name for one in late]
    test.checkbox(key=f"late-{late[-1].agency_code}").check().run()
    assert not test.exception
    assert test.button(key="make-letters").label == "Tạo 1 công văn"
    assert f"{late[0].overdue} quá hạn, chậm nhất {late[0].longest} ngày" in said(test)


def test_letters_are_made_on_click_and_go_stale_with_the_wording(demo: Installation, run: Run) -> None:
    test = run(demo, "reminders", "vpcp")
    assert labels(test) == ["Tải riêng công văn này (.docx)"]
    test.button(key="make-letters").click().run()
    assert not test.exception
    assert "Tải tất cả (.zip)" in labels(test)
    test.text_area(key="wording-opening").set_value("Kính gửi {agency}, tính đến {day}:").run()
    assert "Tải tất cả (.zip)" not in labels(test)
    assert "Kính gửi Bộ Y tế, tính đến 21/03/2024" in said(test)
    test.button(key="wording-reset").click().run()
    assert "Kính gửi Bộ Y tế, tính đến" not in said(test)


def test_a_wording_that_cannot_be_filled_makes_no_letters(demo: Installation, run: Run) -> None:
    test = run(demo, "reminders", "vpcp")
    test.text_area(key="wording-request").set_value("Trước ngày {ngay}").run()
    assert not test.exception
    assert "Đề nghị: có chỗ điền sai tên" in test.error[0].value
    assert "make-letters" not in [button.key for button in test.button]


@pytest.mark.parametrize("day", [date(2010, 1, 4)])
def test_where_nobody_is_late_it_says_so(demo: Installation, run: Run, day: date) -> None:
    test = run(demo, "reminders", "vpcp", as_of=day.isoformat())
    assert not test.exception
    assert "Không có cơ quan nào có việc quá hạn" in said(test)


@pytest.mark.writes
def test_a_server_that_is_gone_is_told_in_words(demo: Installation, run: Run) -> None:
    accounts.set_email(demo, "byt", "byt@example.vn", by=None)
    settings = demo.settings.model_copy(
        update={"smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_from": "he-thong@example.vn"}
    )
    test = run(replace(demo, settings=settings), "reminders", "vpcp")
    assert "1/23 tài khoản có địa chỉ thư; 0 đã nhận bản tin hôm nay" in said(test)
    test.button(key="send-digest").click().run()
    assert not test.exception
    assert "Không kết nối được máy chủ thư 127.0.0.1" in test.error[0].value


def test_the_period_page_offers_the_report(demo: Installation, run: Run) -> None:
    test = run(demo, "period", "lanhdao", period="2024-02")
    assert not test.exception
    links = [element.proto.label for element in test.get("page_link")]
    assert Translator("vi")("period.to_report") in links
