"""Decisions by how they kept the limits; registering one: mistakes at their place, preview, confirmation."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from itertools import islice

import polars as pl
import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from catalogue.errors import Conflict
from catalogue.i18n import Translator
from catalogue.services import decisions, procedures, publications, versions
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
SINCE = date(2024, 1, 1)
t = Translator("vi")
LONG = "Công bố thủ tục hành chính được sửa đổi, bổ sung " * 12


def shown(test: AppTest) -> str:
    """What can be read, without the signs that keep a text from being Markdown."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    texts = [element.value for kind in kinds for element in getattr(test, kind)]
    return "\n".join([*texts, *html(test)]).replace("\\", "")


def html(test: AppTest) -> list[str]:
    return [element.proto.body for element in test.get("html") if not element.proto.body.startswith("<style")]


def links(test: AppTest) -> list[str]:
    return [link.proto.label for link in test.get("page_link")]


def known_codes(demo: Installation, count: int) -> list[str]:
    """Procedures of Bộ Tư pháp in force on the working date."""
    standing = versions.standing(demo.database, demo.working_date, demo.moment().revision)
    own = (code for code, one in standing.items() if one.issuing_agency == "bo-tu-phap" and one.in_force)
    return list(islice(own, count))


def test_the_list_says_how_limits_were_kept_and_filters_by_it(demo: Installation, run: Run) -> None:
    test = run(demo, "decisions")
    assert not test.exception
    frame = decisions.issuers(demo, demo.moment(), SINCE)
    counts = {name: int(frame[name].sum()) for name in ("in_time", "late", "unknown")}
    assert sum(counts.values()) == 1544
    assert t("publication.split", **counts) in shown(test)
    late = run(demo, "decisions", kept="late")
    labels = [expander.label for expander in late.expander]
    assert sum("muộn" in label for label in labels) == 20
    assert not any("đúng hạn" in label for label in labels)
    english = run(demo, "decisions", kept="in_time", lang="en")
    assert sum("in time" in expander.label for expander in english.expander) == 20


def test_a_decision_shows_limits_with_their_source_and_its_mirrors(demo: Installation, run: Run) -> None:
    mirrored = demo.database.whole("publication_mirror")["mirrored_id"].mode().sort()[0]
    test = run(demo, "decisions", document=str(mirrored))
    assert not test.exception
    text = shown(test)
    assert "Điều 15 Nghị định số 63/2010/NĐ-CP, sửa đổi bởi Nghị định số 48/2013/NĐ-CP" in text
    assert "Điều 24 Nghị định" in text
    assert "Sớm nhất sau" in text
    assert " ngày làm việc)" in text
    province = demo.database.whole("publication_mirror")["document_id"][0]
    followed = run(demo, "decisions", document=str(province))
    assert "Công bố theo quyết định của bộ, ngành" in shown(followed)


def test_a_document_that_is_no_decision_yet_is_not_found(demo: Installation, run: Run) -> None:
    events = demo.database.whole("document_event")
    issued = events.filter(pl.col("state") == "issued")["document_id"]
    planned = events.filter(~pl.col("document_id").is_in(issued.implode()))["document_id"][0]
    test = run(demo, "decisions", document=str(planned))
    assert not test.exception
    assert "Không tìm thấy văn bản này" in shown(test)


def test_the_lag_of_provinces(demo: Installation, run: Run) -> None:
    test = run(demo, "decisions", view="lag")
    assert not test.exception
    assert "quyết định của địa phương nêu quyết định của bộ, ngành" in shown(test)
    assert len(test.dataframe[0].value) == 63
    assert "Không có quyết định nào của địa phương" in shown(
        run(demo, "decisions", view="lag", since="2024-03-21")
    )


@pytest.mark.writes
def test_days_are_recorded_on_the_decisions_page(demo: Installation, run: Run) -> None:
    moment = demo.moment()
    waiting = decisions.find(demo, moment, date(2024, 3, 1), agency="bo-y-te", action=None, size=100)
    row = next(
        row
        for row in waiting.iter_rows(named=True)
        if decisions.get(demo, moment, row["document_id"]).checks[-1].actual_on is None
    )
    document_id = row["document_id"]
    assert not any(
        "Ghi nhận" in button.label
        for button in run(demo, "decisions", "btc", document=str(document_id)).button
    )
    test = run(demo, "decisions", "byt", document=str(document_id))
    next(field for field in test.date_input if field.key == f"posted-{document_id}").set_value(
        demo.working_date
    )
    next(button for button in test.button if button.label == "Ghi nhận").click()
    test.run()
    assert not test.exception
    checks = decisions.get(demo, demo.moment(), document_id).checks
    assert checks[-1].actual_on == demo.working_date


class Screen:
    """The registration page under a person's hands."""

    def __init__(self, test: AppTest) -> None:
        self.test = test

    def fill(self, **values: object) -> "Screen":
        for name, value in values.items():
            key = f"publish-{name.replace('__', '-')}"
            fields = [
                *self.test.text_input,
                *self.test.date_input,
                *self.test.selectbox,
                *self.test.text_area,
                *self.test.multiselect,
            ]
            next(field for field in fields if field.key == key).set_value(value)
        return self

    def press(self, label: str) -> "Screen":
        next(button for button in self.test.button if button.label == label).click()
        self.test.run()
        assert not self.test.exception, self.test.exception
        return self

    def paste(self, rows: Sequence[Sequence[str]], usual: str | None = None) -> "Screen":
        self.fill(pasted="\n".join("\t".join(row) for row in rows), usual=usual)
        return self.press("Thêm vào phụ lục")


@pytest.fixture
def screen(demo: Installation, run: Run) -> Screen:
    test = run(demo, "publish", "vpcp")
    assert not test.exception
    screen = Screen(test)
    return screen.fill(
        issuer="bo-tu-phap", number="8812/QĐ-BTP", issued_on=date(2024, 3, 18), in_force_on=date(2024, 4, 20), title=LONG,
        signer_position="head_of_ministry", **{"bases-0-number": "99/2024/TT-BTP"},
    )  # fmt: skip


def test_an_empty_form_says_at_each_place_what_is_missing(demo: Installation, run: Run) -> None:
    screen = Screen(run(demo, "publish", "byt")).press("Xem trước")
    text = shown(screen.test)
    for missing in (
        "Số, ký hiệu: chưa điền.",
        "Ngày ký: chưa điền.",
        "Phụ lục chưa có thủ tục nào.",
        "Thẩm quyền ký: chưa điền.",
    ):
        assert missing in text
    assert "Cơ quan ban hành: **Bộ Y tế**" in text
    assert not any(button.label.startswith("Xác nhận") for button in screen.test.button)


@pytest.mark.writes
def test_from_form_to_preview_to_the_catalogue(demo: Installation, screen: Screen) -> None:
    first, second, third = known_codes(demo, 3)
    names = {code: procedures.get(demo, demo.moment(), code).version.name for code in (first, second, third)}
    screen.fill(**{"bases-0-issued_on": date(2024, 2, 28), "bases-0-in_force_on": date(2024, 4, 20)})
    screen.paste(
        [
            ("Mã thủ tục", "Tên thủ tục", "Nội dung công bố", "Cấp thực hiện", "Phạm vi", "Ghi chú"),
            (first, names[first], "Sửa đổi, bổ sung", "Cấp Xã", "", ""),
            (second, names[second], "Bị bãi bỏ", "", "", ""),
            (third, names[third], "Bãi bỏ", "", "một phần", "Mẫu số 02"),
            ("1.999990", "Thủ tục hoàn toàn mới", "Mới ban hành", "Cấp Tỉnh", "", ""),
        ]
    )
    assert "Thủ tục trong phụ lục (4)" in shown(screen.test)
    before = demo.database.row("revision/last")
    screen.press("Xem trước")
    text = shown(screen.test)
    assert (
        "1 thủ tục được thêm · 1 thủ tục có phiên bản mới · 1 thủ tục hết hiệu lực · 1 thủ tục giữ nguyên"
        in text
    )
    assert "Hết hiệu lực từ 20/04/2024." in text
    assert "chỉ ghi nhận bãi bỏ một phần: Mẫu số 02" in text
    assert demo.database.row("revision/last") == before
    screen.press("Xác nhận và áp dụng vào danh mục")
    later = demo.moment(date(2024, 4, 20))
    assert procedures.get(demo, later, "1.999990").version.name == "Thủ tục hoàn toàn mới"
    assert procedures.get(demo, later, first).version.levels == {"communal"}
    assert not procedures.get(demo, later, second).version.in_force
    assert procedures.get(demo, later, third).version.in_force
    assert procedures.get(demo, demo.moment(), second).version.in_force
    found = decisions.find(demo, demo.moment(), date(2024, 3, 18), agency="bo-tu-phap", action=None)
    assert "8812/QĐ-BTP" in found["number"].to_list()


def test_a_wrong_row_is_named_and_nothing_typed_is_lost(demo: Installation, screen: Screen) -> None:
    rows = [("1.999991", "Thủ tục A", "mới"), ("1.999992", "Thủ tục B", "chuẩn hóa")]
    screen.paste(rows)
    assert "Dòng 2, Nội dung công bố: chưa hiểu “chuẩn hóa”." in shown(screen.test)
    assert "Thủ tục trong phụ lục (0)" in shown(screen.test)
    pasted = next(area for area in screen.test.text_area if area.key == "publish-pasted")
    assert pasted.value == "\n".join("\t".join(row) for row in rows)
    screen.paste([("1.888888", "Không có trong danh mục", "sửa đổi")]).press("Xem trước")
    text = shown(screen.test)
    assert "Dòng 1: danh mục không có mã 1.888888" in text
    assert "Có hiệu lực từ: chưa điền." in text  # of the legal document, whose number was given
    assert next(field for field in screen.test.text_input if field.key == "publish-title").value == LONG


def test_a_line_without_a_code_waits_for_a_person(demo: Installation, screen: Screen) -> None:
    [code] = known_codes(demo, 1)
    record = procedures.get(demo, demo.moment(), code).version
    screen.fill(**{"bases-0-number": ""})
    screen.paste([("Tên thủ tục", "Lĩnh vực"), (record.name.upper(), record.field_name or "")], "abolished")
    screen.press("Xem trước")
    assert "chưa có mã thủ tục" in shown(screen.test)
    box = next(field for field in screen.test.selectbox if (field.key or "").startswith("publish-match-1-"))
    assert box.value is None
    assert "(cùng tên)" in box.options[0]
    box.select_index(0)
    screen.test.run()
    screen.press("Xem trước")
    assert "1 thủ tục hết hiệu lực" in shown(screen.test)


def test_lines_are_entered_changed_and_removed_by_hand(demo: Installation, screen: Screen) -> None:
    screen.test.segmented_control(key="way").set_value("one")
    screen.test.run()
    screen.fill(**{"line-action": "new", "line-code": "1.999993", "line-name": "Thủ tục nhập tay"}).press(
        "Thêm thủ tục"
    )
    assert "1. **Mới ban hành** · 1.999993" in shown(screen.test)
    next(button for button in screen.test.button if button.key == "edit-1").click()
    screen.test.run()
    screen.fill(**{"line-name": "Thủ tục đã sửa tên"}).press("Lưu dòng 1")
    assert "Thủ tục đã sửa tên" in shown(screen.test)
    assert "Thủ tục nhập tay" not in shown(screen.test)
    next(button for button in screen.test.button if button.key == "remove-1").click()
    screen.test.run()
    assert "Thủ tục trong phụ lục (0)" in shown(screen.test)


def test_a_workbook_is_taken_whole_or_refused_by_its_cells(demo: Installation, screen: Screen) -> None:
    def upload(rows: list[tuple[object, ...]]) -> str:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        content = BytesIO()
        book.save(content)
        screen.test.file_uploader[0].set_value(("phu-luc.xlsx", content.getvalue(), "application/xlsx"))
        screen.test.run()
        screen.press("Thêm vào phụ lục")
        return shown(screen.test)

    screen.test.segmented_control(key="way").set_value("upload")
    screen.test.run()
    header = ("Mã TTHC", "Tên TTHC", "Hình thức")
    text = upload([header, (1.99999, "Thủ tục A", "mới")])
    assert "Dòng 2: mã 1.99999 được lưu dưới dạng số" in text
    assert "Thủ tục trong phụ lục (0)" in text
    assert "Thủ tục trong phụ lục (1)" in upload([header, ("1.999990", "Thủ tục A", "mới")])


def test_what_changed_after_the_preview_is_previewed_again(demo: Installation, screen: Screen) -> None:
    screen.fill(**{"bases-0-number": ""})
    screen.paste([("1.999994", "Thủ tục A", "mới")]).press("Xem trước")
    assert any(button.label.startswith("Xác nhận") for button in screen.test.button)
    screen.fill(number="8813/QĐ-BTP").test.run()
    assert "Nội dung đã đổi sau lần xem trước" in shown(screen.test)
    assert not any(button.label.startswith("Xác nhận") for button in screen.test.button)


def test_somebody_elses_registration_is_told_and_nothing_is_lost(
    demo: Installation, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.fill(**{"bases-0-number": ""})
    screen.paste([("1.999995", "Thủ tục A", "mới")]).press("Xem trước")

    def taken(*_: object, **__: object) -> int:
        raise Conflict("decision_registered_already", number="8812/QĐ-BTP", issued_on=date(2024, 3, 18))

    monkeypatch.setattr(publications, "register", taken)
    screen.press("Xác nhận và áp dụng vào danh mục")
    assert "đã được đăng ký; không có gì được ghi thêm" in shown(screen.test)
    assert "Thủ tục trong phụ lục (1)" in shown(screen.test)


def test_hostile_text_is_text(demo: Installation, screen: Screen) -> None:
    hostile = "[bấm](https://evil.example) <b>x</b> $y$"
    screen.fill(**{"title": hostile, "bases-0-number": ""})
    screen.paste([("1.999996", hostile, "mới"), (hostile, "B", "bãi bỏ")]).press("Xem trước")
    markdown = [element.value for kind in ("markdown", "caption") for element in getattr(screen.test, kind)]
    assert not any(re.search(r"(?<!\\)\]\(", value) for value in markdown)
    assert any("evil.example" in value for value in markdown)
    assert not any("<b>x</b>" in body for body in html(screen.test))


def test_a_province_sees_no_form_without_the_right(demo: Installation, run: Run) -> None:
    assert "Đăng ký quyết định" in links(run(demo, "decisions", "vpcp"))
    assert "Đăng ký quyết định" not in links(run(demo, "decisions", "lanhdao"))
    frame = demo.database.whole("publication_line")
    assert frame.filter(pl.col("procedure_code").str.starts_with("1.99999")).is_empty()
