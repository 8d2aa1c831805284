"""Loading a plan on screen: upload, mend, match, preview, load; the programme's page; changes on an item's page."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import polars as pl
import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.services import commitments, figures, item_matches, items, plans, programmes
from catalogue.services.installation import Installation

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
t = Translator("vi")
P = figures.SIMPLIFICATION
HEADER = ("STT", "Tên TTHC", "Lĩnh vực", "Cơ quan chủ trì", "Biện pháp", "Văn bản phải sửa", "Thời hạn")
CIRCULAR = "Thông tư số 12/2020/TT-BYT"


def shown(test: AppTest) -> str:
    """What can be read, without the signs that keep a text from being Markdown."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind)).replace("\\", "")


def annex(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for one in rows:
        book.active.append(one)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def free(demo: Installation, count: int) -> list[tuple[str, str, str]]:
    frame = demo.database.read("publications/names", as_of=demo.working_date, revision=demo.moment().revision)
    taken = demo.database.whole("item")["procedure_code"].unique().implode()
    alone = frame.filter(pl.struct("name", "field_name").is_unique())
    return alone.filter(~pl.col("procedure_code").is_in(taken)).head(count).rows()


class Screen:
    """The page under a person's hands."""

    def __init__(self, test: AppTest) -> None:
        assert not test.exception, test.exception
        self.test = test

    @property
    def text(self) -> str:
        return shown(self.test)

    def fill(self, **values: object) -> "Screen":
        """Inputs by the end of their keys."""
        for name, value in values.items():
            test = self.test
            fields = [*test.text_input, *test.date_input, *test.selectbox, *test.text_area, *test.checkbox]
            [field] = [one for one in fields if (one.key or "").endswith(name)]
            field.set_value(value)
        return self

    def press(self, label: str) -> "Screen":
        next(one for one in self.test.button if one.label.startswith(label)).click()
        return self.run()

    def run(self) -> "Screen":
        self.test.run()
        assert not self.test.exception, self.test.exception
        return self

    def step(self, name: str) -> "Screen":
        self.test.segmented_control(key="step").set_value(name)
        return self.run()


@pytest.fixture
def screen(demo: Installation, run: Run) -> Screen:
    screen = Screen(run(demo, "plan", "vpcp"))
    return screen.fill(
        **{"new-number": "200/NQ-CP", "new-issued_on": date(2024, 3, 1), "new-title": "Nghị quyết thử"}
    )


def give(screen: Screen, content: bytes) -> Screen:
    screen.test.file_uploader[0].set_value(("phu-luc.xlsx", content, "application/xlsx"))
    return screen.run().press("Đọc phụ lục")


def test_from_a_wrong_annex_to_a_larger_base(demo: Installation, screen: Screen) -> None:
    first, second = free(demo, 2)
    rows = [
        HEADER,
        (1, first[1], first[2], "Bộ Y dược", "Giảm thời hạn giải quyết", CIRCULAR, "31/13/2024"),
        (2, second[1] + " mới", second[2], "Bộ Y dược", "Làm nhanh hơn", CIRCULAR, "2024"),
        (3, first[1], first[2], "Bộ Y tế", "Giảm phí, lệ phí", CIRCULAR, "2024"),
    ]
    give(screen, annex(*rows))
    assert "3 dòng sẽ nạp" in screen.text
    for said in (
        "chưa nhận ra cơ quan “Bộ Y dược”",
        "Dòng 2, 3",
        "chưa hiểu “31/13/2024”",
        "“Làm nhanh hơn” không thuộc danh sách biện pháp",
        "Dòng 4: cùng thủ tục với dòng 2",
    ):
        assert said in screen.text, said
    screen.fill(
        **{
            "plan_agency_unknown-lead-2": "Bộ Y tế",
            "plan_day_not_read-deadline-2": "31/12/2024",
            "plan_measure_unknown-measures-3": "Giảm thời hạn giải quyết",
            "plan_procedure_twice-name-4": True,
        }
    ).press("Lưu các chỗ đã sửa")
    assert t("plan.mend_none") in screen.text
    screen.step("match")
    assert "**1** trùng tên" in screen.text
    assert f"Gần nhất: {second[0]}" in screen.text
    [box] = [one for one in screen.test.selectbox if (one.key or "").startswith("match-")]
    assert box.value is None
    box.select_index(0)
    screen.press("Lưu đối chiếu")
    assert t("plan.match_done") in screen.text
    screen.step("preview")
    assert "mẫu số 1.086 → 1.088" in screen.text
    assert "2 khớp danh mục, 0 chưa khớp" in screen.text
    screen.press("Nạp 2 phương án")
    assert "phải ghi lý do" in screen.text
    assert figures.stages(demo, P, demo.moment())["assigned"] == 1086
    [reason] = screen.test.text_area
    reason.set_value("Chính phủ giao thêm")
    screen.press("Nạp 2 phương án")
    assert figures.stages(demo, P, demo.moment())["assigned"] == 1088
    assert programmes.base_changes(demo, P, demo.moment())["reason"][-1] == "Chính phủ giao thêm"
    assert "+2 phương án" in [one.label for one in screen.test.button]  # the programme's page has opened


def test_a_heading_that_is_not_known_is_asked_about(demo: Installation, screen: Screen) -> None:
    [one] = free(demo, 1)
    give(
        screen,
        annex(("STT", "Tên TTHC", "Lĩnh vực", "Đơn vị đầu mối", "Màu"), (1, one[1], one[2], "Bộ Y tế", "đỏ")),
    )
    assert "Chưa hiểu 2 tiêu đề cột" in screen.text
    boxes = {box.label: box for box in screen.test.selectbox if "heading-" in (box.key or "")}
    boxes["Cột “Đơn vị đầu mối” là"].set_value("lead")
    screen.press("Đọc phụ lục")
    assert "Các cột không đọc: Màu." in screen.text
    assert "Không còn lỗi nào" in screen.text


def test_a_csv_file_as_a_vietnamese_excel_saves_it(demo: Installation, screen: Screen) -> None:
    [one] = free(demo, 1)
    text = f"STT;Tên TTHC;Lĩnh vực;Cơ quan chủ trì\n1;{one[1]};{one[2]};Bộ Văn hóa, Thể thao và Du lịch\n"
    screen.test.file_uploader[0].set_value(("phu-luc.csv", text.encode("utf-8-sig"), "text/csv"))
    screen.run().press("Đọc phụ lục")
    assert "1 dòng sẽ nạp" in screen.text
    assert "Không còn lỗi nào" in screen.text


def test_of_several_sheets_one_is_chosen(demo: Installation, screen: Screen) -> None:
    [one] = free(demo, 1)
    book = Workbook()
    book.active.append(["Ghi chú"])
    other = book.create_sheet("Phụ lục II")
    for row in (HEADER, (1, one[1], one[2], "Bộ Y tế")):
        other.append(row)
    content = BytesIO()
    book.save(content)
    give(screen, content.getvalue())
    [box] = [box for box in screen.test.selectbox if "new-sheet-" in (box.key or "")]
    assert "2 trang tính" in box.label
    box.set_value("Phụ lục II")
    screen.press("Đọc phụ lục")
    assert "1 dòng sẽ nạp" in screen.text


def test_what_is_missing_of_the_document_is_said(demo: Installation, run: Run) -> None:
    [one] = free(demo, 1)
    screen = give(Screen(run(demo, "plan", "vpcp")), annex(HEADER, (1, one[1], one[2], "Bộ Y tế")))
    for said in ("Số, ký hiệu: chưa điền.", "Ngày ban hành: chưa điền.", "Trích yếu: chưa điền."):
        assert said in screen.text
    assert t("plan.waiting_none") in screen.text


def test_a_load_is_held_to_the_preview_on_screen(demo: Installation, screen: Screen, person: Person) -> None:
    [one] = free(demo, 1)
    give(screen, annex(HEADER, (1, one[1], one[2], "Bộ Y tế", "Giảm phí, lệ phí", CIRCULAR, "2024")))
    screen.step("preview")
    plans.edit(demo, person(demo, "vpcp2"), 1, {2: {"deadline": "2025"}}, edits=0)
    [reason] = screen.test.text_area
    reason.set_value("lý do")
    screen.press("Nạp 1 phương án")
    assert "Người khác vừa lưu thay đổi trước bạn" in screen.text
    assert figures.stages(demo, P, demo.moment())["assigned"] == 1086
    screen.press("Nạp 1 phương án")
    assert figures.stages(demo, P, demo.moment())["assigned"] == 1087


@pytest.mark.parametrize("account", ["", "byt", "lanhdao"])
def test_the_page_is_the_office_s_own(demo: Installation, run: Run, account: str) -> None:
    test = run(demo, "plan", account)
    assert not test.exception
    assert not test.file_uploader


def test_hostile_text_is_text(demo: Installation, screen: Screen, run: Run) -> None:
    hostile = "[bấm](https://evil.example) <b>x</b> $y$ **z**"
    screen.fill(**{"new-title": hostile})
    give(screen, annex(HEADER, (1, hostile, hostile, hostile, hostile, hostile, hostile)))
    screen.step("match")
    screen.press("Để 1 dòng còn chờ")
    screen.step("preview")
    for one in (screen.test, run(demo, "plan", "vpcp", batch="1")):
        said = [element.value for kind in ("markdown", "caption", "error") for element in getattr(one, kind)]
        assert not [text for text in said if "[bấm](" in text or "**z**" in text]


def test_the_programme_says_how_its_base_came_to_be(demo: Installation, run: Run, person: Person) -> None:
    moment = demo.moment()
    item = items.find(demo, moment, P, size=1).row(0, named=True)
    revision = items.get(demo, moment, item["item_id"]).state["lock_revision"]
    commitments.withdraw(
        demo,
        person(demo, "vpcp"),
        item["item_id"],
        revision=revision,
        on=date(2024, 3, 20),
        reason="Lý do *rút*",
    )
    frame = programmes.base_changes(demo, P, demo.moment())
    change = str(frame["change_id"][-1])
    for account in ("", "byt"):
        screen = Screen(run(demo, "programme", account))
        assert "Lý do: Lý do *rút*" in screen.text
        assert "658/1.085" in screen.text or "657/1.085" in screen.text
        assert "Đây là suy ra" in screen.text
    opened = Screen(run(demo, "programme", change=change, way="withdrawn"))
    assert "1 phương án rút khỏi chương trình" in opened.text
    unknown = Screen(run(demo, "programme", change="999999999", way="added"))
    assert t("programme.change_unknown") in unknown.text
    english = Screen(run(demo, "programme", lang="en", programme=figures.DECENTRALISATION))
    assert "Approved: not applicable" in english.text
    directive = Screen(run(demo, "programme", programme="nhiem-vu-giao", as_of="2018-05-01"))
    assert t("programme.empty") in directive.text


def test_an_item_is_withdrawn_and_readmitted_on_its_page(demo: Installation, run: Run) -> None:
    item_id = items.find(demo, demo.moment(), P, size=1)["item_id"][0]
    assert not [
        one
        for one in Screen(run(demo, "item", "byt", id=str(item_id))).test.button
        if "chương trình" in one.label
    ]
    screen = Screen(run(demo, "item", "vpcp", id=str(item_id)))
    screen.test.segmented_control(key="change_item").set_value("withdraw")
    screen.run().press("Rút khỏi chương trình")
    assert "phải ghi lý do" in screen.text
    screen.fill(**{"-reason": "Không còn phù hợp", "-number": "9/NQ-CP"}).press("Rút khỏi chương trình")
    assert t("item_changes.basis_incomplete") in screen.text
    screen.fill(**{"-issued": date(2024, 3, 20), "-title": "Nghị quyết rút"}).press("Rút khỏi chương trình")
    assert not items.get(demo, demo.moment(), item_id).state["in_base"]
    assert programmes.base_changes(demo, P, demo.moment())["document_number"][-1] == "9/NQ-CP"
    screen.fill(**{"-reason": "Đưa lại"}).press("Đưa trở lại chương trình")
    assert items.get(demo, demo.moment(), item_id).state["in_base"]


def test_an_item_is_adjusted_on_its_page(demo: Installation, run: Run) -> None:
    item_id = items.find(demo, demo.moment(), P, size=1)["item_id"][0]
    before = items.get(demo, demo.moment(), item_id)
    screen = Screen(run(demo, "item", "vpcp", id=str(item_id)))
    screen.fill(**{"-reason": "Bổ sung biện pháp", "-measure": "other"}).press("Ghi điều chỉnh")
    assert "giải trình" in screen.text
    documents = next(one for one in screen.test.multiselect if (one.key or "").endswith("add_documents"))
    documents.set_value([programmes.open_documents(demo, demo.moment(), item_id)["document_id"][0]])
    screen.fill(**{"-explanation": "Bỏ xác nhận nơi cư trú"}).press("Ghi điều chỉnh")
    after = items.get(demo, demo.moment(), item_id)
    assert after.measures.height == before.measures.height + 1
    assert after.instruments.height == before.instruments.height + 1


def test_an_unmatched_item_is_matched_on_its_page(demo: Installation, run: Run, screen: Screen) -> None:
    [one] = free(demo, 1)
    give(
        screen,
        annex(HEADER, (1, f"{one[1]} theo mẫu mới", one[2], "Bộ Y tế", "Giảm phí, lệ phí", CIRCULAR, "2024")),
    )
    screen.step("match").press("Để 1 dòng còn chờ")
    screen.step("preview")
    screen.test.text_area[0].set_value("lý do")
    screen.press("Nạp 1 phương án")
    [item_id] = programmes.unmatched(demo, P, demo.moment())["item_id"]
    page = Screen(run(demo, "item", "vpcp", id=str(item_id)))
    assert "chưa khớp danh mục · Bộ Y tế" in page.text
    page.test.segmented_control(key="change_item").set_value("match")
    page.run()
    box = next(box for box in page.test.selectbox if "-match-" in (box.key or ""))
    box.select_index(0)
    page.press("Lưu đối chiếu")
    assert item_matches.get(demo, item_id).matched_code == one[0]
    assert programmes.unmatched(demo, P, demo.moment()).is_empty()


def test_a_programme_of_tasks_loads_tasks_and_says_whose_are_not_known(
    demo: Installation, screen: Screen
) -> None:
    heading = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")
    screen.fill(**{"new-programme": figures.DIRECTIVES})
    give(
        screen,
        annex(
            heading,
            (1, "Rà soát quy trình", "Bộ Y dược", "31/12/2024"),
            (2, "Báo cáo", "Bộ Y tế", "31/12/2024"),
        ),
    )
    screen.step("preview")
    assert "Nạp **2** nhiệm vụ theo 200/NQ-CP" in screen.text
    assert "chưa rõ cơ quan 1" in screen.text
    screen.step("mend").fill(**{"plan_agency_unknown-lead-2": "Bộ Y tế"}).press("Lưu các chỗ đã sửa")
    [reason] = screen.step("preview").test.text_area
    reason.set_value("Giao thêm")
    screen.press("Nạp 2 nhiệm vụ")
    assert figures.stages(demo, figures.DIRECTIVES, demo.moment())["assigned"] == 12
