"""The two desks: what each person has to do now, how one thing after another is done, and what happens beside it."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.model.claim import Action, ClaimKind, ClaimState
from catalogue.services import claim_readiness, claims, figures, items, stalled
from catalogue.services.claims import Draft
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter, ItemPage
from pages.ui import claim_form
from pages.ui.verify_queue import successor

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
PDF = ("thong-tu.pdf", b"%PDF-1.4 ban ky")


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def links(test: AppTest) -> list[str]:
    return [link.proto.label for link in test.get("page_link")]


def waiting(demo: Installation, person: Person) -> pl.DataFrame:
    return claims.find(demo, person(demo, "vpcp"), state=ClaimState.SUBMITTED, size=1000)


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label.startswith(label)).click()
    return test.run()


def test_the_next_opens_where_the_open_one_was_decided() -> None:
    assert successor([1, 2, 3], 2, [1, 2, 3]) == 2
    assert successor([1, 2, 3], 2, [1, 3]) == 3
    assert successor([1, 2, 3, 4], 2, [1, 4]) == 4  # somebody else decided the next one too
    assert successor([1, 2, 3], 3, [1, 2]) == 1
    assert successor([], None, [7, 8]) == 7


@pytest.mark.writes
def test_the_oldest_is_open_first_and_after_a_decision_the_next(
    demo: Installation, run: Run, person: Person
) -> None:
    order = waiting(demo, person)["claim_id"].to_list()
    test = run(demo, "to_verify", "vpcp")
    assert test.radio(key="claim_chosen").value == order[0]
    test.text_area(key=f"comment-{order[0]}").set_value("Thiếu chữ ký số")
    press(test, "Trả lại")
    assert not test.exception
    assert test.radio(key="claim_chosen").value == order[1]
    assert claims.get(demo, person(demo, "vpcp"), order[0])[1]["comment"] == "Thiếu chữ ký số"


def test_next_and_previous_go_through_the_queue(demo: Installation, run: Run, person: Person) -> None:
    order = waiting(demo, person)["claim_id"].to_list()
    test = press(run(demo, "to_verify", "vpcp"), "Tiếp")
    assert test.radio(key="claim_chosen").value == order[1]
    assert press(test, "Trước").radio(key="claim_chosen").value == order[0]


@pytest.mark.writes
def test_a_request_for_more_time_is_granted_or_refused_with_a_word(
    demo: Installation, run: Run, person: Person
) -> None:
    claim_id = waiting(demo, person).filter(pl.col("kind") == "extension")["claim_id"][0]
    test = run(demo, "to_verify", "vpcp", kind="extension", claim=str(claim_id))
    assert {"Cho lùi", "Không cho lùi", "Trả lại"} <= {button.label for button in test.button}
    press(test, "Không cho lùi")
    assert "Hãy ghi lý do" in shown(test)
    test.text_area(key=f"comment-{claim_id}").set_value("Chưa đủ căn cứ")
    press(test, "Không cho lùi")
    assert claims.get(demo, person(demo, "vpcp"), claim_id)[0].state is ClaimState.REFUSED


def test_what_confirming_moves_is_said_before(demo: Installation, run: Run, person: Person) -> None:
    claim_id = waiting(demo, person).filter(pl.col("kind") == "enacted")["claim_id"][0]
    assert "**658 → " in shown(run(demo, "to_verify", "vpcp", claim=str(claim_id)))


def many(demo: Installation, run: Run, rows: pl.DataFrame) -> AppTest:
    """The table of many at once, with some rows chosen."""
    names = dict(rows.select("claim_id", "item_title").iter_rows())
    return run(demo, "to_verify", "vpcp", held={"claims_kept": names}, mode="many")


@pytest.mark.writes
def test_many_are_confirmed_together_after_one_preview(demo: Installation, run: Run, person: Person) -> None:
    rows = waiting(demo, person).head(3)
    test = many(demo, run, rows)
    assert "Đã chọn 3 báo cáo" in shown(test)
    assert "**658 → " in shown(test)
    press(test, "Xác nhận cả 3")
    assert not test.exception
    vpcp = person(demo, "vpcp")
    assert {claims.get(demo, vpcp, one)[0].state for one in rows["claim_id"]} == {ClaimState.CONFIRMED}


@pytest.mark.writes
def test_one_recalled_meanwhile_is_named_and_the_rest_stay_chosen(
    demo: Installation, run: Run, person: Person
) -> None:
    rows = waiting(demo, person).filter(pl.col("agency_code") == "bo-y-te").head(2)
    first, second = rows["claim_id"].to_list()
    test = many(demo, run, rows)
    claims.act(demo, person(demo, "byt"), first, Action.RECALL, revision=rows["revision"][0])
    press(test, "Xác nhận cả 2")
    assert "vừa được thu hồi hoặc người khác đã quyết định" in shown(test)
    assert rows["item_title"][0] in shown(test)
    vpcp = person(demo, "vpcp")
    assert claims.get(demo, vpcp, second)[0].state is ClaimState.SUBMITTED
    assert "Đã chọn 1 báo cáo" in shown(test)


@pytest.mark.writes
def test_one_changed_meanwhile_keeps_all_from_it(demo: Installation, run: Run, person: Person) -> None:
    rows = waiting(demo, person).filter(pl.col("agency_code") == "bo-y-te").head(2)
    first, second = rows["claim_id"].to_list()
    test = many(demo, run, rows)
    byt = person(demo, "byt")
    claims.act(demo, byt, first, Action.RECALL, revision=rows["revision"][0])
    claims.act(demo, byt, first, Action.SUBMIT, revision=claims.get(demo, byt, first)[0].revision)
    press(test, "Xác nhận cả 2")
    assert "Người khác vừa" in shown(test)
    vpcp = person(demo, "vpcp")
    assert {claims.get(demo, vpcp, one)[0].state for one in (first, second)} == {ClaimState.SUBMITTED}
    assert "Đã chọn 2 báo cáo" in shown(test)


@pytest.mark.writes
def test_claims_about_one_document_are_offered_together(demo: Installation, run: Run, person: Person) -> None:
    byt = person(demo, "byt")
    claim = waiting(demo, person).filter((pl.col("kind") == "enacted") & (pl.col("agency_code") == "bo-y-te"))
    row = claim.row(0, named=True)
    lock = items.standings(demo, [row["item_id"]])[row["item_id"]]["revision"]
    values = claims.get(demo, byt, row["claim_id"])[0].content
    claims.draft_many(
        demo, byt, [Draft(row["item_id"], ClaimKind.ENACTED, values, lock, row["document_id"], (PDF,))], submit=True
    )  # fmt: skip
    test = run(demo, "to_verify", "vpcp", claim=str(row["claim_id"]))
    assert "2 báo cáo cùng văn bản này đang chờ" in shown(test)
    together = run(demo, "to_verify", "vpcp", mode="many", document=str(row["document_id"]))
    assert "Đã chọn 2 báo cáo" in shown(together)
    press(together, "Xác nhận cả 2")
    assert not together.exception
    assert claims.get(demo, byt, row["claim_id"])[0].state is ClaimState.CONFIRMED


@pytest.mark.writes
def test_an_empty_queue_says_so(demo: Installation, run: Run, person: Person) -> None:
    rows = waiting(demo, person)
    chosen = list(rows.select("claim_id", "revision").iter_rows())
    claims.decide_many(demo, person(demo, "vpcp"), chosen, Action.RETURN, comment="Gửi lại")
    assert "Không còn báo cáo nào chờ xác nhận" in shown(run(demo, "to_verify", "vpcp"))


@pytest.mark.writes
def test_complete_drafts_are_sent_together_and_the_others_say_what_they_lack(
    demo: Installation, run: Run, person: Person
) -> None:
    byt = person(demo, "byt")
    wanted = ItemFilter(agency="bo-y-te", progress="open")
    item_id = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted)["item_id"][0]
    lock = items.standings(demo, [item_id])[item_id]["revision"]
    lacking = claims.draft(demo, byt, item_id, ClaimKind.OBSTACLE, {"reason": "Chờ luật"}, item_revision=lock)
    ready = [one for one in claim_readiness.of_drafts(demo, byt) if one.is_complete]
    test = run(demo, "my_work", "byt")
    assert "Vướng chỗ nào?" in shown(test)
    press(test, f"Gửi cả {len(ready)}")
    assert not test.exception
    assert {claims.get(demo, byt, one.row["claim_id"])[0].state for one in ready} == {ClaimState.SUBMITTED}
    assert claims.get(demo, byt, lacking)[0].state is ClaimState.DRAFT


@pytest.mark.writes
def test_what_came_back_is_shown_with_the_reviewers_words(
    demo: Installation, run: Run, person: Person
) -> None:
    row = waiting(demo, person).filter(pl.col("agency_code") == "bo-y-te").row(0, named=True)
    claims.act(
        demo, person(demo, "vpcp"), row["claim_id"], Action.RETURN, revision=row["revision"], comment="Sai *số* hiệu"
    )  # fmt: skip
    assert r"“Sai \*số\* hiệu”" in shown(run(demo, "my_work", "byt"))


def test_stalled_items_lead_to_the_four_questions(demo: Installation, run: Run, person: Person) -> None:
    found = stalled.find(demo, person(demo, "byt"), demo.moment(), "bo-y-te")
    test = run(demo, "my_work", "byt")
    assert f"({found.filter(~pl.col('is_answered')).height})" in shown(test)
    assert "Trả lời một lần cho các phương án này" in links(test)
    item_id = found["item_id"][0]
    form = run(demo, "item", "byt", id=str(item_id), claim="obstacle")
    labels = [area.label for area in form.text_area] + [box.label for box in form.date_input]
    assert {"Bao giờ làm được?", "Cắt hay không cắt?", "Tại sao không giảm?", "Vướng chỗ nào?"} <= set(labels)


def test_a_stalled_group_opens_exactly_its_items(demo: Installation, run: Run, person: Person) -> None:
    byt = person(demo, "byt")
    found = stalled.find(demo, byt, demo.moment(), "bo-y-te").filter(
        ~pl.col("is_answered") & (pl.col("programme_code") == figures.SIMPLIFICATION)
    )
    for (document_id,), group in found.group_by("document_id"):
        asked = {"stalled": str(document_id or "none"), "agency": "bo-y-te", "choose": "1"}
        test = run(demo, "simplification", "byt", **asked)
        assert f"**{group.height} phương án**" in shown(test)
        ids = stalled.together(demo, byt, demo.moment(), "bo-y-te", figures.SIMPLIFICATION, document_id)
        assert set(ids) == set(group["item_id"])
        listed = items.find(demo, demo.moment(), figures.SIMPLIFICATION, ItemFilter(items=ids))
        assert set(listed["item_id"]) == set(ids)
    assert found["document_id"].n_unique() > 1


def test_a_list_of_one_deadline_state_counts_no_other(demo: Installation, run: Run) -> None:
    read = shown(run(demo, "simplification", "", agency="bo-y-te", deadline="overdue"))
    assert "quá hạn" in read
    assert "sắp đến hạn" not in read


@pytest.mark.writes
def test_refused_drafts_name_their_items_or_say_once_what_all_lack(demo: Installation, run: Run) -> None:
    ids = open_items(demo, 2)
    test = run(demo, "simplification", "byt", held={"items_kept": ids}, **CHOOSE)
    test.session_state["choose-kind"] = "obstacle"
    test.run()
    press(test, "Gửi Văn phòng Chính phủ")
    said = test.error[0].value
    assert said.count("Vướng chỗ nào?") == 1
    assert "**" not in said  # no row is named where all of them lack the same


def open_items(demo: Installation, count: int) -> list[int]:
    wanted = ItemFilter(agency="bo-y-te", progress="open")
    return items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted)["item_id"][:count].to_list()


CHOOSE = {"choose": "1", "agency": "bo-y-te", "progress": "open"}


@pytest.mark.parametrize("account", ["", "lanhdao", "vpcp", "btc"])
def test_choosing_several_is_for_the_agencys_own_editor(demo: Installation, run: Run, account: str) -> None:
    assert "Chọn các phương án" not in shown(run(demo, "simplification", account, **CHOOSE))
    assert "Chọn các phương án" in shown(run(demo, "simplification", "byt", **CHOOSE))


@pytest.mark.writes
def test_the_same_obstacle_is_reported_for_all_chosen_items(
    demo: Installation, run: Run, person: Person
) -> None:
    ids = open_items(demo, 3)
    test = run(demo, "simplification", "byt", held={"items_kept": ids}, **CHOOSE)
    assert "Đã chọn 3 phương án" in shown(test)
    test.session_state["choose-kind"] = "obstacle"
    test.run()
    for area in test.text_area:
        area.set_value("Chờ Luật Dược (sửa đổi)")
    next(box for box in test.date_input if box.label == "Bao giờ làm được?").set_value(date(2024, 12, 31))
    press(test, "Gửi Văn phòng Chính phủ")
    assert not test.exception
    found = claims.find(
        demo, person(demo, "byt"), state=ClaimState.SUBMITTED, kind=ClaimKind.OBSTACLE, size=1000
    )
    assert set(ids) <= set(found["item_id"])


@pytest.mark.writes
def test_an_item_changed_meanwhile_is_named_and_nothing_is_written(
    demo: Installation, run: Run, person: Person
) -> None:
    byt, ids = person(demo, "byt"), open_items(demo, 2)
    test = run(demo, "simplification", "byt", held={"items_kept": ids}, **CHOOSE)
    test.session_state["choose-kind"] = "obstacle"
    test.run()
    standing = items.standings(demo, ids)[ids[0]]
    claims.draft(
        demo,
        byt,
        ids[0],
        ClaimKind.OBSTACLE,
        {"reason": "của đồng nghiệp"},
        item_revision=standing["revision"],
    )
    before = claims.find(demo, byt, size=1000).height
    press(test, "Lưu nháp")
    assert standing["title"] in test.error[0].value
    assert claims.find(demo, byt, size=1000).height == before
    assert "Đã chọn 2 phương án" in shown(test)


def standing(**reached: date) -> ItemPage:
    """An item that needs one unissued document, at some stage."""
    state = dict.fromkeys(
        f"recorded_{stage}_on" for stage in ("assigned", "approved", "enacted", "published", "confirmed")
    )
    state |= {"procedure_code": "1.000001", "is_standing": False} | {
        f"recorded_{stage}_on": day for stage, day in reached.items()
    }
    needed = pl.DataFrame({"document_id": [1], "state": ["planned"]})
    nothing = pl.DataFrame()
    return ItemPage(state, nothing, needed, None, nothing, nothing)


def test_only_what_the_programme_and_the_item_allow_is_offered() -> None:
    day = date(2024, 1, 15)
    by_a_plan, by_a_task = ["assigned", "approved", "enacted", "published"], ["assigned", "confirmed"]

    def offered(page: ItemPage, stages: list[str]) -> set[str]:
        return {kind.value for kind in claim_form.kinds_open(page, stages)}

    assert offered(standing(assigned=day), by_a_plan) == {"approved", "enacted", "extension", "obstacle"}
    assert offered(standing(assigned=day), by_a_task) == {"enacted", "completed", "extension", "obstacle"}
    assert offered(standing(assigned=day, confirmed=day), by_a_task) == set()
    enacted = standing(assigned=day, approved=day, enacted=day)
    assert offered(enacted, by_a_plan) == {"published", "difference"}
    assert offered(standing(), by_a_plan) == set()  # withdrawn


def test_an_agency_is_on_one_page_and_claims_stay_private(demo: Installation, run: Run) -> None:
    public = run(demo, "agency", code="bo-y-te")
    assert "Bộ Y tế đến ngày 21/03/2024" in public.title[0].value
    assert "Quá hạn (" in shown(public)
    assert "Đứng yên" not in shown(public)
    assert "Đứng yên" in shown(run(demo, "agency", "lanhdao", code="bo-y-te"))
    assert "on 21/03/2024" in run(demo, "agency", code="bo-y-te", lang="en").title[0].value


def test_an_agency_that_is_not_there_says_so(demo: Installation, empty: Installation, run: Run) -> None:
    assert "Không có cơ quan mang mã “khong-co”" in shown(run(demo, "agency", code="khong-co"))
    nothing = run(empty, "agency", code="bo-y-te")
    assert not nothing.exception
    assert "không có phương án, nhiệm vụ nào phải hoàn thành" in shown(nothing)


@pytest.mark.writes
def test_a_file_is_taken_out_of_a_draft(demo: Installation, run: Run, person: Person) -> None:
    byt = person(demo, "byt")
    draft = next(one.row for one in claim_readiness.of_drafts(demo, byt) if one.row["files"])
    test = run(demo, "item", "byt", id=str(draft["item_id"]))
    press(test, "Bỏ tệp")
    assert not test.exception
    left = next(
        one for one in claim_readiness.of_drafts(demo, byt) if one.row["claim_id"] == draft["claim_id"]
    )
    assert left.row["files"] == draft["files"] - 1


def test_the_story_is_told_in_sentences(demo: Installation, run: Run, person: Person) -> None:
    row = claims.find(demo, person(demo, "vpcp"), state=ClaimState.CONFIRMED, kind=ClaimKind.ENACTED).row(
        0, named=True
    )
    test = run(demo, "item", "lanhdao", id=str(row["item_id"]))
    assert "Văn phòng Chính phủ xác nhận báo cáo đã ban hành" in shown(test)
    assert f"{row['agency_name']} báo cáo đã ban hành" in shown(test)
    assert "Văn phòng Chính phủ xác nhận" not in shown(run(demo, "item", id=str(row["item_id"])))


def test_an_item_keeps_the_way_back_to_its_place_in_the_list(demo: Installation, run: Run) -> None:
    item_id = open_items(demo, 1)[0]
    test = run(demo, "item", id=str(item_id), agency="bo-y-te", progress="open", page="2")
    back = next(link.proto for link in test.get("page_link") if link.proto.label.startswith("←"))
    assert back.query_string == "agency=bo-y-te&progress=open&page=2"
