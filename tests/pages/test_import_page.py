"""The imports page: bringing a file in, what is refused, the preview, deciding, two people at once, who sees what."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.services import batches, imports, interchange
from catalogue.services.installation import Installation
from pipelines.run import run_snapshot
from pipelines.snapshot import snapshot_of
from tests.sheets import portal_list

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
DAY = date(2024, 3, 20)
NAME = "danh-sach-2024-03-20.xlsx"
HOSTILE = "[bấm](https://evil.example) <b>$x$</b> *"
LONG = "Cấp giấy phép " * 80


def row(code: object, name: str = "Cấp giấy phép khám bệnh", agency: str = "Bộ Y tế") -> tuple[object, ...]:
    return (code, name, agency, "Sở Y tế", "Khám bệnh, chữa bệnh")


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success", "html")
    return "\n".join(
        str(getattr(element, "value", "") or getattr(element.proto, "body", ""))
        for kind in kinds
        for element in test.get(kind)
    )


def button(test: AppTest, label: str) -> object:
    return next(one for one in test.button if one.label.startswith(label))


def staged(
    demo: Installation, by: Actor, *rows: tuple[object, ...], name: str = NAME, day: date = DAY
) -> int:
    """A batch that waits."""
    file = snapshot_of(Path(name), portal_list(*rows))
    return run_snapshot(demo, "portal_list", file, day, by=by).batch_id


def upload(test: AppTest, content: bytes, name: str = NAME) -> AppTest:
    test.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return test.run()


def test_a_file_is_read_compared_and_accepted(demo: Installation, run: Run, person: Person) -> None:
    test = upload(run(demo, "imports", "vpcp"), portal_list(row("1.990001"), row("1.990002")))
    assert not test.exception
    assert (
        test.date_input(key=next(d.key for d in test.date_input if str(d.key).startswith("import_day"))).value
        == DAY
    )
    assert "lấy từ tên tệp" in shown(test)
    button(test, "Đọc tệp và so với danh mục ngày 20/03/2024").click().run()
    assert not test.exception
    assert test.query_params["batch"] == "1"
    said = shown(test)
    assert "Đọc 2 dòng: 2 mới, 0 thay đổi, 0 không đổi" in said
    assert "0 dòng không nhập được" in said
    assert "Cấp giấy phép khám bệnh" in said
    button(test, "Chấp nhận").click().run()
    assert "2 phiên bản mới của 2 thủ tục, hiệu lực từ 20/03/2024" in shown(test)
    test.button(key="import-confirm").click().run()
    assert not test.exception
    assert "đã ghi 2 phiên bản, hiệu lực từ 20/03/2024" in shown(test)
    assert batches.report(demo, 1).state == "accepted"
    assert not [one for one in test.button if one.label == "Chấp nhận"]


def test_the_day_is_asked_for_where_the_name_gives_none(demo: Installation, run: Run) -> None:
    test = upload(run(demo, "imports", "vpcp"), portal_list(row("1.990001")), "danh-sach.xlsx")
    assert "Tên tệp không ghi ngày" in shown(test)
    button(test, "Đọc tệp").click().run()
    assert "Hãy chọn ngày mà dữ liệu phản ánh." in shown(test)
    assert batches.find(demo).is_empty()
    day = next(one for one in test.date_input if str(one.key).startswith("import_day"))
    assert day.max == demo.today
    day.set_value(date(2024, 3, 1)).run()
    assert "Tên tệp không ghi ngày" not in shown(test)
    button(test, "Đọc tệp và so với danh mục ngày 01/03/2024").click().run()
    assert batches.report(demo, 1).observed_on == date(2024, 3, 1)


def test_a_refused_file_says_what_to_mend_and_is_not_lost(demo: Installation, run: Run) -> None:
    rows = [row(2.00046), *(row(f"1.99{n:04d}", "") for n in range(30))]
    test = upload(run(demo, "imports", "vpcp"), portal_list(*rows))
    button(test, "Đọc tệp").click().run()
    assert not test.exception
    said = shown(test)
    assert "Tệp không được nhập." in said
    assert "Thiếu tên thủ tục: 30" in said
    assert "Mã bị lưu dạng số: 1" in said
    assert "20 chỗ đầu tiên trong" in said
    assert "mã 2.00046 được lưu dưới dạng số" in said
    assert [one.proto.label for one in test.get("download_button")] == [
        "Tải danh sách điểm cần xem, có tô màu ô sai (.xlsx)"
    ]
    assert batches.find(demo).is_empty()
    test.session_state["lang"] = "en"
    test.run()
    assert "The file was not taken in." in shown(test)
    assert button(test, "Read the file and compare it with the catalogue of 20/03/2024")
    upload(test, portal_list(row("1.990001")))
    assert "The file was not taken in." not in shown(test)


def test_a_file_of_another_kind_is_refused_in_our_words(demo: Installation, run: Run) -> None:
    test = upload(run(demo, "imports", "vpcp"), b"%PDF", "danh-sach-2024-03-20.pdf")
    button(test, "Đọc tệp").click().run()
    assert "không đúng loại. Nguồn này nhận: .xlsx, .csv" in shown(test)
    assert not test.get("download_button")


def test_a_batch_shows_its_rows_by_what_they_change(demo: Installation, run: Run, person: Person) -> None:
    vpcp = person(demo, "vpcp")
    same = [row(f"1.9910{n}") for n in range(10, 20)]
    first = staged(demo, vpcp, row("1.990001", LONG), row("1.990003"), *same, day=date(2024, 3, 1))
    imports.accept(demo, first, by=vpcp)
    changed, new = row("1.990001", f"{LONG} {HOSTILE}"), row("1.990004", HOSTILE)
    number = staged(demo, vpcp, changed, new, *same, row("", "Lạc mã"))
    test = run(demo, "imports", "vpcp", batch=str(number))
    assert not test.exception
    said = shown(test)
    assert "Đọc 13 dòng: 1 mới, 1 thay đổi, 10 không đổi" in said
    assert "1 thủ tục của Bộ Y tế không có trong danh mục này (chỉ báo, không bãi bỏ)" in said
    assert "1 dòng không nhập được." in said
    assert "Đổi tên: “" in said
    for change, expected in {
        "new": "[bấm](https://evil.example) &lt;b&gt;$x$&lt;/b&gt; *",
        "missing": "1.990003",
        "rejected": "không có mã thủ tục",
        "unchanged": "1.991010",
    }.items():
        test = run(demo, "imports", "vpcp", batch=str(number), change=change)
        assert not test.exception, change
        assert expected in shown(test), change
        assert "<b>$x$" not in shown(test)


def test_a_batch_is_put_aside_with_a_reason(demo: Installation, run: Run, person: Person) -> None:
    number = staged(demo, person(demo, "quantri"), row("1.990001"))
    test = run(demo, "imports", "vpcp", batch=str(number))
    button(test, "Từ chối").click().run()
    test.button(key="import-confirm").click().run()
    assert "Hãy ghi lý do." in shown(test)
    test.text_area(key="reject-reason").set_value(f"Nhầm ngày {HOSTILE}").run()
    test.button(key="import-confirm").click().run()
    assert batches.report(demo, number).state == "rejected"
    assert "từ chối lúc" in shown(test)
    assert "Nhầm ngày \\[bấm\\](https" in shown(test)
    assert "Trần Quốc Bảo" in shown(test)


def test_of_two_who_decide_the_second_is_told(demo: Installation, run: Run, person: Person) -> None:
    number = staged(demo, person(demo, "quantri"), row("1.990001"))
    mine = run(demo, "imports", "vpcp", batch=str(number))
    button(mine, "Chấp nhận").click().run()
    imports.reject(demo, number, "sai danh mục", by=person(demo, "vpcp2"))
    mine.button(key="import-confirm").click().run()
    assert not mine.exception
    assert "người khác đã quyết định" in shown(mine)
    assert "từ chối lúc" in shown(mine)
    assert "sai danh mục" in shown(mine)
    assert batches.report(demo, number).state == "rejected"


def test_nothing_is_written_that_was_not_shown(demo: Installation, run: Run, person: Person) -> None:
    vpcp = person(demo, "vpcp")
    number = staged(demo, vpcp, row("1.990001"), row("1.990002"))
    mine = run(demo, "imports", "vpcp", batch=str(number))
    other = staged(demo, vpcp, row("1.990001"), name="khac-2024-03-20.xlsx")
    imports.accept(demo, other, by=vpcp)
    button(mine, "Chấp nhận").click().run()
    mine.button(key="import-confirm").click().run()
    assert "Danh mục đã thay đổi từ lúc so sánh" in shown(mine)
    report = batches.report(demo, number)
    assert (report.state, report.rows_new, report.rows_unchanged) == ("staged", 1, 1)
    button(mine, "Chấp nhận").click().run()
    mine.button(key="import-confirm").click().run()
    assert batches.report(demo, number).state == "accepted"


def test_a_replaced_batch_leads_to_the_one_that_replaced_it(
    demo: Installation, run: Run, person: Person
) -> None:
    vpcp = person(demo, "vpcp")
    old, new = staged(demo, vpcp, row("1.990001")), staged(demo, vpcp, row("1.990001"))
    test = run(demo, "imports", "vpcp", batch=str(old))
    assert "được đưa lên lại" in shown(test)
    assert f"Mở lô {new}" in [link.proto.label for link in test.get("page_link")][-1]
    assert not [one for one in test.button if one.label in ("Chấp nhận", "Rút lô này")]


def test_every_batch_is_listed_with_what_became_of_it(demo: Installation, run: Run, person: Person) -> None:
    assert "Chưa có lô nào" in shown(run(demo, "imports", "vpcp"))
    vpcp = person(demo, "vpcp")
    imports.reject(demo, staged(demo, vpcp, row("1.990001")), "nhầm *tệp*", by=vpcp)
    imports.accept(demo, staged(demo, person(demo, "quantri"), row("1.990002")), by=vpcp)
    waits = staged(demo, person(demo, "quantri"), row("1.990003"))
    test = run(demo, "imports", "vpcp")
    said = shown(test)
    assert "○ Chờ quyết định" in said
    assert "✓ Đã chấp nhận" in said
    assert "↩ Đã rút" in said
    assert "nhầm \\*tệp\\*" in said
    narrowed = run(demo, "imports", "vpcp", state="staged")
    assert "Đã chấp nhận**" not in shown(narrowed)
    assert [link.proto.label for link in narrowed.get("page_link")] == [f"Lô {waits}\\: {NAME}"]


def test_the_reviewers_queue_names_the_batches_that_wait(
    demo: Installation, run: Run, person: Person
) -> None:
    labels = lambda test: [link.proto.label for link in test.get("page_link")]  # noqa: E731
    assert not [label for label in labels(run(demo, "to_verify", "vpcp")) if "lô dữ liệu" in label]
    staged(demo, person(demo, "quantri"), row("1.990001"))
    assert "1 lô dữ liệu chờ quyết định" in labels(run(demo, "to_verify", "vpcp"))


@pytest.mark.parametrize("account", ["", "lanhdao"])
def test_who_may_not_import_sees_nothing_of_a_batch(
    demo: Installation, run: Run, person: Person, account: str
) -> None:
    number = staged(demo, person(demo, "vpcp"), row("1.990001", "TÊN BÍ MẬT"))
    test = run(demo, "imports", account, batch=str(number))
    assert not test.exception
    assert "TÊN BÍ MẬT" not in shown(test)
    assert not test.title
    assert not test.get("download_button")


def test_an_editor_sees_the_batches_of_its_own_agency_only(
    demo: Installation, run: Run, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = staged(demo, person(demo, "vpcp"), row("1.990001", "CỦA VĂN PHÒNG"))
    test = run(demo, "imports", "byt")
    assert not test.exception
    assert "CỦA VĂN PHÒNG" not in shown(test)
    assert NAME not in str([link.proto.label for link in test.get("page_link")])
    refused = run(demo, "imports", "byt", batch=str(number))
    assert not refused.exception
    assert "CỦA VĂN PHÒNG" not in shown(refused)
    assert "Tài khoản của bạn không được làm việc này" in shown(refused)


def test_a_batch_that_is_not_there_says_so(demo: Installation, run: Run) -> None:
    for batch in ("99", "-1", "x", "9" * 18):
        test = run(demo, "imports", "vpcp", batch=batch)
        assert not test.exception, batch
    assert "Không có lô nhập số 99" in shown(run(demo, "imports", "vpcp", batch="99"))


def test_what_takes_effect_after_the_day_shown_leads_to_that_day(
    demo: Installation, run: Run, person: Person
) -> None:
    vpcp = person(demo, "vpcp")
    number = staged(demo, vpcp, row("1.990001"), day=date(2026, 7, 31))
    imports.accept(demo, number, by=vpcp)
    test = run(demo, "imports", "vpcp", batch=str(number))
    button(test, "Nội dung đã ghi chỉ hiện ra từ 31/07/2026").click().run()
    assert not test.exception
    assert test.date_input(key="as_of").value == date(2026, 7, 31)
    link = next(one for one in test.get("page_link") if "nhật ký thay đổi" in one.proto.label)
    assert "since=2026-07-30" in link.proto.query_string


def test_a_changed_row_opens_to_old_and_new_side_by_side(
    demo: Installation, run: Run, person: Person
) -> None:
    vpcp = person(demo, "vpcp")
    imports.accept(demo, staged(demo, vpcp, row("1.990001", "Tên cũ"), day=date(2024, 3, 1)), by=vpcp)
    number = staged(demo, vpcp, row("1.990001", f"Tên mới {HOSTILE}"))
    test = run(demo, "imports", "vpcp", batch=str(number))
    assert "<del>" not in shown(test)
    test.session_state["row-1.990001"] = True
    test.run()
    assert "<del>Tên cũ</del>" in shown(test)
    assert "Từ 01/03/2024" in shown(test)
    assert "<b>$x$" not in shown(test)


def test_an_editor_fills_in_its_own_workbook_and_may_take_it_back(
    demo: Installation, run: Run, person: Person
) -> None:
    test = run(demo, "imports", "byt")
    assert "Mẫu trao đổi dữ liệu thủ tục hành chính" in shown(test)
    assert not [one for one in test.selectbox if one.key == "import_source"]
    assert [one.proto.label for one in test.get("download_button")] == [
        "Tải thủ tục hiện có của cơ quan để sửa (.xlsx)",
        "Tải mẫu trống (.xlsx)",
    ]
    filled = interchange.export(demo, demo.moment(), "bo-y-te")
    upload(test, filled, "thu-tuc-bo-y-te-2024-03-21.xlsx")
    button(test, "Đọc tệp và so với danh mục ngày 21/03/2024").click().run()
    assert not test.exception
    assert "0 mới, 0 thay đổi" in shown(test)
    assert "Đang chờ Văn phòng Chính phủ" in shown(test)
    assert not [one for one in test.button if one.label == "Chấp nhận"]
    button(test, "Rút lô này").click().run()
    test.text_area(key="reject-reason").set_value("gửi nhầm").run()
    test.button(key="import-confirm").click().run()
    assert "rút lô lúc" in shown(test)
    assert batches.report(demo, 1).state == "rejected"
    assert "gửi nhầm" in shown(run(demo, "imports", "byt"))
    assert "gửi nhầm" not in shown(run(demo, "imports", "btc"))


def test_a_mended_file_keeps_the_day_that_was_chosen(demo: Installation, run: Run) -> None:
    test = upload(run(demo, "imports", "vpcp"), portal_list(row(2.00046)), "danh-sach.xlsx")
    day = next(one for one in test.date_input if str(one.key).startswith("import_day"))
    day.set_value(date(2024, 3, 5)).run()
    button(test, "Đọc tệp và so với danh mục ngày 05/03/2024").click().run()
    assert "Tệp không được nhập." in shown(test)
    test.file_uploader[0].set_value(None)
    test.run()
    upload(test, portal_list(row("1.990001")), "danh-sach.xlsx")
    assert "giữ từ lần đọc trước" in shown(test)
    button(test, "Đọc tệp và so với danh mục ngày 05/03/2024").click().run()
    assert batches.report(demo, 1).observed_on == date(2024, 3, 5)


def test_one_row_with_two_errors_is_one_row_not_taken(demo: Installation, run: Run, person: Person) -> None:
    same = [row(f"1.9910{n}") for n in range(10, 20)]
    number = staged(demo, person(demo, "vpcp"), *same, (None, None, "Bộ Y tế"))
    test = run(demo, "imports", "vpcp", batch=str(number), change="rejected")
    assert "1 dòng không nhập được." in shown(test)
    assert "không có mã thủ tục" in shown(test)
    assert "không có tên thủ tục" in shown(test)


def test_a_long_name_and_nothing_to_write_break_nothing(demo: Installation, run: Run, person: Person) -> None:
    vpcp = person(demo, "vpcp")
    number = staged(demo, vpcp, row("1.990001", "x" * 1107), name=f"{'a' * 180}-2024-03-20.xlsx")
    imports.accept(demo, number, by=vpcp)
    again = staged(demo, vpcp, row("1.990001", "x" * 1107), name="lai-2024-03-20.xlsx")
    test = run(demo, "imports", "vpcp", batch=str(again))
    assert "Không có gì để ghi" in shown(test)
    button(test, "Chấp nhận").click().run()
    test.button(key="import-confirm").click().run()
    assert "nên không ghi phiên bản nào" in shown(test)
