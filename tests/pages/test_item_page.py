"""The item's page: what each person sees of it, and what happens when two save at once."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind
from catalogue.services import claims, commitments, figures, items
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]


def item_with(demo: Installation, person: Person, *, claimed: bool) -> int:
    """An open item of Bộ Y tế, with or without a waiting claim."""
    waiting = set(claims.find(demo, person(demo, "byt"), agency="bo-y-te", size=1000)["item_id"])
    wanted = ItemFilter(agency="bo-y-te", progress="open")
    for row in items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=500).iter_rows(
        named=True
    ):
        if (row["item_id"] in waiting) == claimed and row["instruments_needed"] > row["instruments_issued"]:
            return int(row["item_id"])
    raise AssertionError("no such item")


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def test_claims_are_for_signed_in_people(demo: Installation, run: Run, person: Person) -> None:
    item_id = item_with(demo, person, claimed=True)
    number = claims.find(demo, person(demo, "vpcp"), item_id=item_id)
    assert number.height
    anonymous = run(demo, "item", id=str(item_id))
    assert not anonymous.exception
    assert "Đăng nhập để xem báo cáo" in shown(anonymous)
    assert not anonymous.expander
    assert not anonymous.get("download_button")
    assert run(demo, "item", "lanhdao", id=str(item_id)).expander


@pytest.mark.parametrize("account", ["lanhdao", "vpcp", "quantri", "btc"])
def test_only_the_lead_agency_gets_a_form(demo: Installation, run: Run, person: Person, account: str) -> None:
    item_id = item_with(demo, person, claimed=False)
    assert not run(demo, "item", account, id=str(item_id)).get("file_uploader")
    assert run(demo, "item", "byt", id=str(item_id)).get("file_uploader")


def test_another_day_is_for_reading_only(demo: Installation, run: Run, person: Person) -> None:
    item_id = item_with(demo, person, claimed=False)
    test = run(demo, "item", "byt", id=str(item_id), as_of="2024-02-29")
    assert not test.get("file_uploader")
    assert "Để cập nhật, hãy chuyển về ngày làm việc" in shown(test)


@pytest.mark.writes
def test_of_two_who_save_the_second_is_told_and_nothing_is_lost(
    demo: Installation, run: Run, person: Person
) -> None:
    item_id = item_with(demo, person, claimed=False)
    mine = run(demo, "item", "byt", id=str(item_id), claim="obstacle")
    assert not mine.exception
    page = items.get(demo, demo.moment(), item_id)
    claims.draft(
        demo, person(demo, "byt"), item_id, ClaimKind.EXTENSION, {"new_deadline": date(2025, 1, 1)},
        item_revision=page.state["lock_revision"],
    )  # fmt: skip
    before = claims.find(demo, person(demo, "byt"), size=1000).height
    for area in mine.text_area:
        area.set_value("Chờ Luật Dược (sửa đổi)")
    [button for button in mine.button if button.label == "Lưu nháp"][-1].click()
    mine.run()
    assert "Người khác vừa lưu thay đổi trước bạn" in shown(mine)
    assert claims.find(demo, person(demo, "byt"), size=1000).height == before
    assert any(area.value == "Chờ Luật Dược (sửa đổi)" for area in mine.text_area)
    [button for button in mine.button if button.label == "Lưu nháp"][-1].click()
    mine.run()
    found = claims.find(demo, person(demo, "byt"), size=1000)
    assert found.height == before + 1
    assert found.filter(pl.col("kind") == "obstacle").height


def test_an_item_that_is_not_there_says_so(demo: Installation, run: Run) -> None:
    assert "Không có phương án" in shown(run(demo, "item", id="999999999"))
    assert "Đường dẫn không nêu" in shown(run(demo, "item"))


@pytest.mark.writes
def test_a_draft_that_a_colleague_changed_is_shown_and_not_overwritten(
    demo: Installation, run: Run, person: Person
) -> None:
    byt = person(demo, "byt")
    item_id = item_with(demo, person, claimed=False)
    lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    claim_id = claims.draft(demo, byt, item_id, ClaimKind.OBSTACLE, {"reason": "bản đầu"}, item_revision=lock)

    def reason(test: AppTest) -> str:
        areas = [area for area in test.text_area if f"reason-{claim_id}-" in (area.key or "")]
        return areas[0].value

    mine = run(demo, "item", "byt", id=str(item_id))
    first = claims.get(demo, byt, claim_id)[0].revision
    claims.edit(demo, byt, claim_id, {"reason": "của đồng nghiệp"}, revision=first)
    next(area for area in mine.text_area if f"reason-{claim_id}-" in (area.key or "")).set_value("của tôi")
    next(button for button in mine.button if button.label == "Lưu nháp").click()
    mine.run()
    assert not mine.exception
    assert "Người khác vừa thay đổi nội dung này" in shown(mine)
    assert reason(mine) == "của đồng nghiệp"
    assert "của tôi" in shown(mine)  # not lost, and not saved over the colleague's
    assert claims.get(demo, byt, claim_id)[0].content["reason"] == "của đồng nghiệp"


@pytest.mark.writes
def test_a_withdrawn_item_says_since_when_and_why_and_is_not_judged(
    demo: Installation, run: Run, person: Person
) -> None:
    vpcp, item_id = person(demo, "vpcp"), item_with(demo, person, claimed=False)
    state = items.get(demo, demo.moment(), item_id).state
    commitments.withdraw(
        demo, vpcp, item_id, revision=state["lock_revision"], on=date(2024, 3, 20), reason="Luật bỏ thủ tục",
        basis=Basis("resolution", "30/NQ-CP", date(2024, 3, 20), "Nghị quyết về rút phương án", "chinh-phu"),
    )  # fmt: skip
    read = shown(run(demo, "item", "lanhdao", id=str(item_id)))
    said = "**Đã rút khỏi chương trình từ 20/03/2024**"
    assert f"{said}: Luật bỏ thủ tục (30/NQ-CP ngày 20/03/2024)" in read
    assert "không còn tính hạn" in read
    assert "Chưa hoàn thành" not in read
    assert f"· {vpcp.full_name}" in read
    public = shown(run(demo, "item", id=str(item_id)))
    assert f"{said} (30/NQ-CP ngày 20/03/2024)" in public
    assert "Luật bỏ thủ tục" not in public
    assert vpcp.full_name not in public


@pytest.mark.writes
def test_an_item_put_back_is_told_as_a_return(demo: Installation, run: Run, person: Person) -> None:
    vpcp, item_id = person(demo, "vpcp"), item_with(demo, person, claimed=False)
    for turn, day in ((commitments.withdraw, date(2024, 3, 18)), (commitments.readmit, date(2024, 3, 20))):
        lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
        turn(demo, vpcp, item_id, revision=lock, on=day, reason="Rút nhầm")
    test = run(demo, "item", "vpcp", id=str(item_id))
    assert f"Đưa trở lại chương trình — Rút nhầm · {vpcp.full_name}" in shown(test)
    assert "Đã rút khỏi chương trình từ" not in shown(test)
    stages = "".join(html.proto.body for html in test.get("html")).split("<li")
    (assigned,) = [line for line in stages if "<b>Giao</b>" in line]
    assert "20/03/2024" in assigned
    assert (
        "/NQ-CP" not in assigned
    )  # the document of the first assignment does not bear the day of the return


@pytest.mark.writes
def test_what_is_being_drafted_stands_open_and_no_second_form_for_its_document(
    demo: Installation, run: Run, person: Person
) -> None:
    item_id = item_with(demo, person, claimed=False)
    page = items.get(demo, demo.moment(), item_id)
    waiting = page.instruments.filter(pl.col("state") != "issued")["document_id"][0]
    claims.draft(
        demo, person(demo, "byt"), item_id, ClaimKind.ENACTED, {}, document_id=waiting,
        item_revision=page.state["lock_revision"],
    )  # fmt: skip
    test = run(demo, "item", "byt", id=str(item_id), claim="enacted")
    assert not test.exception
    folded = {one.label: one.proto.expanded for one in test.expander}
    assert folded["Lập thêm báo cáo khác: Văn bản đã ban hành"] is False
    assert True in folded.values()
    assert "Đã có báo cáo đang soạn ở trên" in shown(test)
    assert len(test.get("file_uploader")) == 1
