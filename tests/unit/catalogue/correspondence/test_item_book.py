"""A list of items to take away: every row with its filters in words, and the annex that loads elsewhere as the same."""

import csv
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from time import perf_counter
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook

from catalogue.correspondence import item_book
from catalogue.correspondence.sheets import HEAD
from catalogue.errors import Invalid, NotFound
from catalogue.i18n import Translator
from catalogue.model import plan_table
from catalogue.model.actor import Actor
from catalogue.model.authority import Level, authority_named
from catalogue.model.period import Organisation
from catalogue.model.plan import Assignment
from catalogue.services import figures, items, plan_loading, plans
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from pipelines import reading
from pipelines.snapshot import snapshot_of

pytestmark = pytest.mark.reads_only

Person = Callable[[Installation, str], Actor]
t = Translator("vi")
MOVES, TASKS = figures.DECENTRALISATION, "nhiem-vu-giao"
MOVED = ("form", "from_level", "from_agency", "from_body", "to_level", "to_agency", "to_body")


@pytest.fixture
def vpcp(demo: Installation, person: Person) -> Actor:
    return person(demo, "vpcp")


def book(
    demo: Installation,
    programme: str,
    wanted: ItemFilter | None = None,
    as_of: date | None = None,
    known_at: date | None = None,
) -> Workbook:
    return load_workbook(BytesIO(item_book.write(demo, demo.moment(as_of, known_at), programme, wanted)))


def table(workbook: Workbook, name: str) -> list[dict[str, Any]]:
    rows: list[list[Any]] = [
        [cell.value for cell in row] for row in workbook[name].iter_rows(min_row=HEAD + 1)
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def about(workbook: Workbook) -> dict[str, str]:
    return {row["Nội dung"]: row["Giá trị"] for row in table(workbook, "Về tệp này")}


def test_every_row_of_the_list_stands_in_the_file(demo: Installation) -> None:
    rows = table(book(demo, MOVES), "Danh sách")
    listed = items.find(demo, demo.moment(), MOVES, size=10_000)
    assert [row["Mã TTHC"] for row in rows] == listed["procedure_code"].to_list()
    done = [row for row in rows if row["Thực thi"]]
    assert (len(rows), len(done)) == (699, figures.stages(demo, MOVES, demo.moment())["done"])
    assert {row["Hình thức"] for row in rows} <= {
        "Phân cấp",
        "Phân quyền",
        "Ủy quyền",
        "Phân định thẩm quyền",
    }
    assert all(row["Từ"] and row["Đến"] for row in rows)
    assert "Phê duyệt" not in rows[0]


def test_the_file_says_what_it_holds(demo: Installation) -> None:
    agency = ItemFilter(agency="bo-y-te", progress="open", deadline_state="overdue", to_level="provincial")
    workbook = book(demo, MOVES, agency, date(2024, 3, 1), date(2024, 3, 10))
    said = about(workbook)
    assert said["Bộ lọc: Cơ quan"] == "Bộ Y tế"
    assert said["Bộ lọc: Tiến độ"] == "Chưa xong"
    assert said["Bộ lọc: Thời hạn"] == t("deadline.overdue")
    assert said["Bộ lọc: Cấp được giao, tại ngày đang xem"] == t("decentralisation.level_provincial")
    assert (said["Tính đến ngày"], said["Theo dữ liệu ghi nhận đến"]) == ("01/03/2024", "10/03/2024")
    assert said["Tính theo"].startswith("cơ quan tại thời điểm")
    assert said["Số dòng"] == str(len(table(workbook, "Danh sách")))
    assert said["Dữ liệu trình diễn"] == workbook["Danh sách"]["A3"].value
    assert about(book(demo, MOVES))["Bộ lọc"].startswith("Không lọc")


@pytest.mark.parametrize("name", [one.name for one in fields(ItemFilter)])
def test_every_filter_has_its_words(name: str) -> None:
    assert t.has(f"item_book.filter_{name}")


def test_what_changed_since_the_assignment_stands_beside_it(demo: Installation) -> None:
    moment = replace(demo.moment(date(2025, 7, 15)), organisation=Organisation.TODAY)
    workbook = load_workbook(BytesIO(item_book.write(demo, moment, MOVES)))
    rows = table(workbook, "Danh sách")
    overtaken = [row for row in rows if row["Bản giao còn phù hợp"]]
    assert overtaken
    first = {row["Bản giao ban đầu (nếu khác)"].rpartition(" → ")[2] for row in overtaken}
    assert {"Cấp huyện", "Phòng Tư pháp"} < first
    assert {one.level for taker in first if (one := authority_named(taker, lambda _: None))} == {
        Level.DISTRICT
    }
    assert not [row for row in rows if row["Đến"] in first]
    given = [row for row in rows if row["Cơ quan được giao (nếu khác)"] == "Bộ Kế hoạch và Đầu tư"]
    assert {row["Cơ quan chịu trách nhiệm"] for row in given} == {"Bộ Tài chính"}
    annex = table(workbook, "Phụ lục để nạp")
    assert "Cấp huyện" in {row["Cơ quan được phân cấp"] for row in annex}
    assert "Bộ Kế hoạch và Đầu tư" in {row["Cơ quan chủ trì"] for row in annex}


def test_standing_tasks_have_no_deadline(demo: Installation) -> None:
    rows = table(book(demo, TASKS), "Danh sách")
    assert {row["Thời hạn hiện tại"] for row in rows} == {"Thường xuyên"}
    assert max(len(row["Nhiệm vụ"]) for row in rows) > 500
    assert "Mã TTHC" not in rows[0]


def test_a_csv_file_holds_the_same_rows(demo: Installation) -> None:
    content = item_book.write(demo, demo.moment(), MOVES, ItemFilter(agency="bo-y-te"), form="csv")
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    wanted = table(book(demo, MOVES, ItemFilter(agency="bo-y-te")), "Danh sách")
    assert [row["Tên TTHC"] for row in rows] == [row["Tên TTHC"] for row in wanted]


def test_what_cannot_be_written_is_refused(demo: Installation) -> None:
    with pytest.raises(Invalid, match="items_format_unknown"):
        item_book.write(demo, demo.moment(), MOVES, form="pdf")
    with pytest.raises(NotFound):
        item_book.write(demo, demo.moment(), "khong-co")
    with pytest.raises(NotFound):
        item_book.write(demo, demo.moment(), MOVES, ItemFilter(agency="khong-co"))


def load(demo: Installation, actor: Actor, document: Assignment, content: bytes) -> list[int]:
    """The annex of a file, as a person loads it."""
    snapshot = snapshot_of(Path("danh-sach.xlsx"), content)
    sheets = {sheet.name: sheet for sheet in reading.read(snapshot, ("xlsx",))}
    rows = {row.number: row.cells for row in sheets["Phụ lục để nạp"].rows}
    read = plan_table.read_rows(rows, lambda text: demo.reference.lead_named(text) is not None)
    assert not read.issues
    batch_id = plans.stage(demo, actor, document, read, file_name=snapshot.name, sha256=snapshot.sha256)
    plan = plans.get(demo, actor, batch_id)
    waiting: dict[int, str | None] = {line.row: None for line in plan.waiting}
    if waiting:
        plans.choose(demo, actor, batch_id, waiting, edits=plan.batch["edits"])
    seen = plan_loading.preview(demo, actor, batch_id)
    assert not seen.blockers, seen.blockers[:5]
    return plan_loading.load(demo, actor, seen, reason="Nạp từ hệ thống khác")


def facts(demo: Installation, programme: str, table: str, ids: list[int] | None = None) -> pl.DataFrame:
    own = demo.database.whole("item").filter(pl.col("programme_code") == programme)
    own = own.filter(pl.col("item_id").is_in(ids)) if ids else own
    return own.join(demo.database.whole(table), on="item_id", how="left")


@pytest.mark.writes
def test_what_one_installation_exports_another_one_loads(demo: Installation, vpcp: Actor) -> None:
    """The demonstration's catalogue with another decision: the same procedures, moved in the same way."""
    before = facts(demo, MOVES, "decentralisation")
    document = Assignment(
        MOVES, "decision", "2000/QĐ-TTg", date(2022, 8, 30), "thu-tuong-chinh-phu", "Phương án", None, None
    )
    ids = load(demo, vpcp, document, item_book.write(demo, demo.moment(), MOVES))
    after = facts(demo, MOVES, "decentralisation", ids)
    assert len(ids) == before.height == 699
    what = ("procedure_code", "title", "field_name", "lead_agency", *MOVED)
    assert after.select(what).sort(what).rows() == before.select(what).sort(what).rows()


@pytest.mark.writes
def test_tasks_are_loaded_elsewhere_in_their_own_words(demo: Installation, vpcp: Actor) -> None:
    before = facts(demo, TASKS, "directive")
    document = Assignment(
        TASKS, "notice", "9/TB-VPCP", date(2024, 3, 1), "van-phong-chinh-phu", "Thông báo", None, None
    )
    ids = load(demo, vpcp, document, item_book.write(demo, demo.moment(), TASKS))
    after = facts(demo, TASKS, "directive", ids)
    what = ("lead_agency", "is_standing", "subject")
    assert after.select(what).sort(what).rows() == before.select(what).sort(what).rows()


@pytest.mark.writes
def test_simplification_promises_survive_the_way(demo: Installation, vpcp: Actor) -> None:
    programme = figures.SIMPLIFICATION
    wanted = ItemFilter(agency="bo-y-te")
    listed = items.find(demo, demo.moment(), programme, wanted, size=10_000)["item_id"].to_list()
    before = facts(demo, programme, "item_measure", listed)
    document = Assignment(
        programme, "resolution", "300/NQ-CP", date(2018, 1, 2), "chinh-phu", "Nghị quyết", None, None
    )
    ids = load(demo, vpcp, document, item_book.write(demo, demo.moment(), programme, wanted))
    after = facts(demo, programme, "item_measure", ids)
    what = ("procedure_code", "position", "measure_type")
    assert after.select(what).sort(what).rows() == before.select(what).sort(what).rows()


def test_a_thousand_rows_are_written_while_one_waits(demo: Installation) -> None:
    started = perf_counter()
    book(demo, figures.SIMPLIFICATION)
    assert perf_counter() - started < 20
