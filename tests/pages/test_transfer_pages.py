"""Who decides, on the item's page and on the procedure's: then and now, on what basis, and by whom it is changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.model.authority import Authority, Form, Level, Transfer
from catalogue.model.period import Moment
from catalogue.services import commitments, documents, items, procedures, transfers
from catalogue.services.commitments import NewItem, NewMeasure
from catalogue.services.documents import Basis
from catalogue.services.figures import DECENTRALISATION, SIMPLIFICATION
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from tests.pages.test_item_page import shown

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
DECREE = Basis("decree", "12/2024/NĐ-CP", date(2024, 2, 1), "Phân định thẩm quyền", "chinh-phu")
OVERTAKEN = "Không còn phù hợp do sắp xếp tổ chức, từ 01/07/2025."
LATER = Moment(date(2025, 7, 15), None, 2**62)


def an_item(
    demo: Installation, to: Level, progress: str, *, was: Level | None = None, named: bool = False
) -> dict[str, Any]:
    """A decentralised item to a level (`named`: to a body in it) on 2025-07-15, overtaken where it was another before."""
    if (to, progress, was, named) not in _FOUND:
        _FOUND[to, progress, was, named] = _an_item(demo, to, progress, was, named)
    return _FOUND[to, progress, was, named]  # every demonstration is a copy of one template


_FOUND: dict[tuple[object, ...], dict[str, Any]] = {}


def _an_item(demo: Installation, to: Level, progress: str, was: Level | None, named: bool) -> dict[str, Any]:
    for row in items.find(
        demo, demo.moment(), DECENTRALISATION, ItemFilter(progress=progress), size=999
    ).to_dicts():
        found = transfers.of_item(demo, LATER, row["item_id"])
        assert found is not None
        first = found.first.taker
        if found.now.taker.level is to and first.level is (was or to) and bool(first.body) is named:
            return row | {"body": first.body}
    raise AssertionError("no such item")


def change(demo: Installation, vpcp: Actor, item_id: int, to: Level, basis: Basis | None = None) -> None:
    revision = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    transfer = Transfer(Form.PHAN_QUYEN, Authority(Level.MINISTRY), Authority(to, body="Tổ *công nghệ*"))
    transfers.change(
        demo,
        vpcp,
        item_id,
        revision=revision,
        on=date(2024, 3, 1),
        reason="Luật mới",
        transfer=transfer,
        basis=basis,
    )


@pytest.mark.parametrize(
    ("progress", "now"), [("done", "Nay do **cấp xã** quyết định"), ("open", "Nay giao cho **cấp xã**")]
)
def test_an_overtaken_assignment_says_what_it_was_and_who_decides_by_which_rule(
    demo: Installation, run: Run, progress: str, now: str
) -> None:
    item_id = str(an_item(demo, Level.COMMUNAL, progress, was=Level.DISTRICT)["item_id"])
    before = run(demo, "item", id=item_id, as_of="2025-06-30")
    assert not before.exception
    assert "(cấp bộ) → cấp huyện" in shown(before)
    assert OVERTAKEN not in shown(before)
    (notice,) = run(demo, "item", id=item_id, as_of="2025-07-01").warning
    assert OVERTAKEN in notice.value
    assert "(cấp bộ) → cấp huyện." in notice.value
    assert f"{now}, theo quy tắc chung khi không còn cấp huyện từ 01/07/2025" in notice.value
    assert "(theo hiểu biết chung, chờ xác nhận)" in notice.value
    english = run(demo, "item", id=item_id, as_of="2025-07-01", lang="en")
    assert "Overtaken by the reorganisation, since 01/07/2025" in english.warning[0].value


@pytest.mark.writes
def test_a_recorded_change_is_told_with_its_document_and_its_reason_to_those_who_may_read_it(
    demo: Installation, run: Run, person: Person
) -> None:
    item_id = an_item(demo, Level.PROVINCIAL, "open")["item_id"]
    change(demo, person(demo, "vpcp"), item_id, Level.COMMUNAL, DECREE)
    read, public = (shown(run(demo, "item", account, id=str(item_id))) for account in ("lanhdao", ""))
    for text in (read, public):
        assert "**Phân quyền**: cấp bộ → Tổ \\*công nghệ\\* (cấp xã)" in text
        assert "→ cấp tỉnh." in text
        assert "theo 12/2024/NĐ-CP ngày 01/02/2024, từ 01/03/2024" in text
        assert "**01/03/2024** Thay đổi thẩm quyền được giao theo 12/2024/NĐ-CP ngày 01/02/2024: " in text
    assert "Luật mới" in read
    assert "Luật mới" not in public
    assert "Thay đổi thẩm quyền được giao" not in shown(
        run(demo, "item", id=str(item_id), known_at="2024-02-29")
    )


@pytest.mark.writes
def test_the_office_records_who_decides(demo: Installation, run: Run) -> None:
    item_id = an_item(demo, Level.PROVINCIAL, "open")["item_id"]
    test = run(demo, "item", "vpcp", id=str(item_id), change_item="transfer")
    assert not test.exception

    def field(kind: str, name: str) -> Any:
        return next(one for one in getattr(test, kind) if (one.key or "").endswith(f"-{name}"))

    def send() -> None:
        next(button for button in test.button if button.label == "Ghi thay đổi thẩm quyền").click()
        test.run()
        assert not test.exception

    field("selectbox", "to-level").set_value(Level.OTHER)
    send()
    assert "phải ghi lý do" in shown(test)
    field("selectbox", "to-level").set_value(Level.COMMUNAL)
    field("text_input", "to-body").set_value("Phòng Văn hóa - Xã hội")
    field("text_area", "reason").set_value("Theo nghị định mới")
    send()
    found = transfers.of_item(demo, demo.moment(), item_id)
    assert found is not None
    assert found.now.taker == Authority(Level.COMMUNAL, body="Phòng Văn hóa - Xã hội")
    assert "Phòng Văn hóa \\- Xã hội (cấp xã)" in shown(test) or "Phòng Văn hóa - Xã hội (cấp xã)" in shown(
        test
    )


@pytest.mark.parametrize("account", ["byt", "lanhdao", "quantri", ""])
def test_nobody_else_is_offered_the_change(demo: Installation, run: Run, account: str) -> None:
    item_id = an_item(demo, Level.PROVINCIAL, "open")["item_id"]
    test = run(demo, "item", account, id=str(item_id), change_item="transfer")
    assert not [button for button in test.button if button.label == "Ghi thay đổi thẩm quyền"]


def test_the_procedure_says_who_decides_and_who_did(demo: Installation, run: Run) -> None:
    row = an_item(demo, Level.PROVINCIAL, "published", named=True)
    text = shown(run(demo, "procedure", code=row["procedure_code"]))
    assert "Ai quyết định" in text
    assert f"**{row['body']} (cấp tỉnh)** quyết định từ {row['enacted_on']:%d/%m/%Y}" in text
    assert "Trước đó: Bộ" in text
    assert "giao tại 1015/QĐ-TTg ngày 30/08/2022" in text
    assert "chưa khớp" not in text


def test_the_procedure_says_what_is_assigned_and_not_in_force(demo: Installation, run: Run) -> None:
    row = an_item(demo, Level.PROVINCIAL, "open")
    text = shown(run(demo, "procedure", code=row["procedure_code"]))
    assert "**Đã giao, chưa có hiệu lực**: " in text
    assert "Cho đến khi có hiệu lực vẫn do Bộ" in text
    assert "quyết định từ" not in text


def test_a_level_that_is_no_more_and_a_record_behind_the_ledger_are_told(
    demo: Installation, run: Run
) -> None:
    row = an_item(demo, Level.COMMUNAL, "not_published", was=Level.DISTRICT)
    test = run(demo, "procedure", code=row["procedure_code"], as_of="2025-07-15")
    text = shown(test)
    assert "**Cấp xã** quyết định từ 01/07/2025" in text
    assert f"Trước đó: cấp huyện từ {row['enacted_on']:%d/%m/%Y}; trước nữa: " in text
    assert OVERTAKEN in text
    assert "Danh mục chưa cập nhật: hồ sơ vẫn ghi cấp bộ." in text
    assert "Xem phương án" in [link.proto.label for link in test.get("page_link")]


@pytest.mark.writes
def test_the_measure_of_a_transfer_does_not_repeat_what_the_line_above_says(
    demo: Installation, run: Run
) -> None:
    transfer = Transfer(
        Form.PHAN_CAP,
        Authority(Level.MINISTRY, agency="bo-y-te"),
        Authority(Level.PROVINCIAL, body="Sở Y tế"),
    )
    measures = (
        NewMeasure("decentralise", "Bộ Y tế", "Sở Y tế"),
        NewMeasure("shorter_time", "30 ngày", "15 ngày"),
    )
    new = NewItem("việc", "Việc", "bo-y-te", measures=measures, transfer=transfer)
    with demo.database.transaction("plan.load") as transaction:
        document = documents.cite(transaction, DECREE)
        (item_id,) = commitments.assign(
            transaction, demo.reference, DECENTRALISATION, document, date(2024, 2, 1), [new], reason="Thêm"
        )
    text = shown(run(demo, "item", id=str(item_id)))
    assert text.count("Sở Y tế") == 1
    assert "- **Phân cấp, phân quyền**" in text
    assert "30 ngày" in text and "15 ngày" in text


def test_a_procedure_whose_decision_nobody_moves_has_no_such_section(demo: Installation, run: Run) -> None:
    row = items.find(demo, demo.moment(), SIMPLIFICATION, size=1).row(0, named=True)
    assert not transfers.of_procedure(demo, demo.moment(), row["procedure_code"])
    assert procedures.get(demo, demo.moment(), row["procedure_code"])
    assert "Ai quyết định" not in shown(run(demo, "procedure", code=row["procedure_code"]))
