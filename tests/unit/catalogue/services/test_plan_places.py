"""Loading decentralisation annexes and assigned tasks: transfers, standing tasks, one task for every member of a group."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import polars as pl
import pytest

from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.model.authority import Level
from catalogue.model.item import DeadlineState
from catalogue.model.plan import Assignment, PlanLine
from catalogue.model.plan_table import MOST_ROWS, PlanTable
from catalogue.services import figures, items, plan_loading, plans
from catalogue.services.installation import Installation

t = Translator("vi")
EVERYBODY = "Các bộ, ngành, địa phương"
MOVING = Assignment(
    figures.DECENTRALISATION,
    "decision",
    "200/QĐ-TTg",
    date(2024, 3, 1),
    "thu-tuong-chinh-phu",
    "Phương án phân cấp",
    None,
    "bo-y-te",
)
TASKS = Assignment(
    "nhiem-vu-giao",
    "notice",
    "15/TB-VPCP",
    date(2024, 3, 1),
    "van-phong-chinh-phu",
    "Thông báo kết luận",
    None,
    None,
)


@pytest.fixture
def office(vpcp: Actor) -> Actor:
    return vpcp


def stage(demo: Installation, actor: Actor, lines: Sequence[PlanLine], document: Assignment) -> int:
    table = PlanTable(tuple(lines))
    return plans.stage(demo, actor, document, table, file_name="phu-luc.xlsx", sha256="0" * 64)


def moving(row: int, name: str, **texts: str) -> PlanLine:
    usual: dict[str, Any] = {
        "to_place": "UBND cấp tỉnh",
        "documents": "Thông tư số 1/2020/TT-BYT",
        "deadline": "2025",
    }
    return PlanLine(row, name=name, field_name="Lĩnh vực thử", **(usual | texts))


def load(demo: Installation, actor: Actor, batch_id: int) -> list[int]:
    plan = plans.get(demo, actor, batch_id)
    if plan.waiting:
        nothing: dict[int, str | None] = {line.row: None for line in plan.waiting}
        plans.choose(demo, actor, batch_id, nothing, edits=plan.batch["edits"])
    seen = plan_loading.preview(demo, actor, batch_id)
    assert not seen.blockers, seen.blockers
    return plan_loading.load(demo, actor, seen, reason="Giao thêm")


def transfers(demo: Installation, ids: Sequence[int]) -> list[tuple[str | None, ...]]:
    facts = demo.database.whole("decentralisation").filter(pl.col("item_id").is_in(list(ids))).sort("item_id")
    names = ("form", "from_level", "from_agency", "from_body", "to_level", "to_agency", "to_body")
    return facts.select(names).rows()


def test_transfers_are_loaded_as_the_annex_says(demo: Installation, office: Actor) -> None:
    lines = [
        moving(2, "Cấp giấy A", form="Phân quyền", from_place="Bộ Y tế"),
        moving(3, "Cấp giấy B", form="Ủy quyền", from_place="Bộ trưởng Bộ Y tế", to_place="Sở Y tế"),
        moving(4, "Cấp giấy C", form="Phân cấp", from_place="UBND cấp tỉnh", to_place="UBND cấp xã"),
    ]
    batch_id = stage(demo, office, lines, MOVING)
    assert plan_loading.preview(demo, office, batch_id).moves == (
        (Level.MINISTRY, Level.PROVINCIAL, 2),
        (Level.PROVINCIAL, Level.COMMUNAL, 1),
    )
    assert transfers(demo, load(demo, office, batch_id)) == [
        ("phan_quyen", "ministry", "bo-y-te", None, "provincial", None, None),
        ("uy_quyen", "ministry", "bo-y-te", "Bộ trưởng", "provincial", None, "Sở Y tế"),
        ("phan_cap", "provincial", None, None, "communal", None, None),
    ]
    assert demo.database.read("check/orphans").is_empty()


def test_an_annex_that_names_no_form_says_so_once(demo: Installation, office: Actor) -> None:
    batch_id = stage(demo, office, [moving(2, "Cấp giấy A"), moving(3, "Cấp giấy B")], MOVING)
    issues = plans.get(demo, office, batch_id).issues
    assert [issue.row for issue in issues if issue.rule == "plan_form_assumed"] == [None]
    assert [issue.row for issue in issues if issue.rule == "plan_giver_assumed"] == [2, 3]
    assert not [issue for issue in issues if issue.severity == "error"]


def test_a_level_is_refused_from_the_day_it_ends(demo: Installation, office: Actor) -> None:
    line = moving(2, "Cấp giấy A", form="Phân cấp", from_place="Bộ Y tế", to_place="UBND cấp huyện")
    ending = next(one for one in demo.reference.level_endings if one.level == "district")
    document = replace(MOVING, issued_on=ending.on)
    demo = replace(demo, fixed_working_date=ending.on)
    batch_id = stage(demo, office, [line], document)
    [issue] = plans.get(demo, office, batch_id).errors
    said = issue_text(t, issue, form="plan")
    assert issue.rule == "plan_level_ended"
    assert said.startswith("Dòng 2, Cơ quan được phân cấp: “UBND cấp huyện” thuộc cấp không còn")
    plans.edit(demo, office, batch_id, {2: {"to_place": "UBND cấp xã"}}, edits=0)
    assert not plans.get(demo, office, batch_id).errors


def test_mending_a_place_leaves_nothing_wrong(demo: Installation, office: Actor) -> None:
    lines = [
        moving(2, "Cấp giấy A", form="Phân cấp", from_place="Bộ Y tế"),
        moving(3, "Cấp giấy B", from_place="Bộ Y tế", to_place="nơi nào đó"),
    ]
    batch_id = stage(demo, office, lines, MOVING)
    said = [issue_text(t, issue, form="plan") for issue in plans.get(demo, office, batch_id).errors]
    assert said[0].startswith("Dòng 3, Hình thức: để trống")
    assert said[1].startswith("Dòng 3, Cơ quan được phân cấp: chưa rõ “nơi nào đó” là một cấp nào")
    plans.edit(demo, office, batch_id, {3: {"form": "Ủy quyền", "to_place": "Cấp tỉnh"}}, edits=0)
    assert not plans.get(demo, office, batch_id).errors


def test_a_task_with_a_deadline_is_one_for_every_member(demo: Installation, office: Actor) -> None:
    lines = [
        PlanLine(2, name="Công khai thủ tục hành chính", lead=EVERYBODY, deadline="31/12/2024"),
        PlanLine(3, name="Nêu gương trong thực thi công vụ", lead=EVERYBODY, deadline="Thường xuyên"),
    ]
    members = demo.reference.members("cac-bo-nganh-dia-phuong", date(2024, 3, 1))
    assert len(members) == 85
    batch_id = stage(demo, office, lines, TASKS)
    seen = plan_loading.preview(demo, office, batch_id)
    assert seen.expanded == [85]
    assert len(seen.items) == 86
    ids = load(demo, office, batch_id)
    page = items.find(demo, demo.moment(), TASKS.programme, size=10_000).filter(pl.col("item_id").is_in(ids))
    states = dict(page["deadline_state"].value_counts().iter_rows())
    assert states == {DeadlineState.IN_TIME: 85, DeadlineState.STANDING: 1}
    assert page["lead_agency"].n_unique() == 86
    assert demo.database.read("check/orphans").is_empty()


def test_a_task_of_a_group_and_of_one_of_its_members_is_said_twice(demo: Installation, office: Actor) -> None:
    lines = [
        PlanLine(2, name="Công khai thủ tục", lead="Các bộ, ngành", deadline="31/12/2024"),
        PlanLine(3, name="Công khai thủ tục", lead="Bộ Y tế", deadline="30/6/2024"),
        PlanLine(4, name="Công khai thủ tục", lead="Các bộ, ngành", deadline="31/12/2024"),
        PlanLine(5, name="Công khai thủ tục", lead="Ủy ban nhân dân tỉnh Quảng Ninh", deadline="2024"),
    ]
    batch_id = stage(demo, office, lines, TASKS)
    twice = [
        (issue.row, issue.value)
        for issue in plans.get(demo, office, batch_id).errors
        if issue.rule == "plan_procedure_twice"
    ]
    assert twice == [(3, "2"), (4, "2")]


def test_a_long_task_keeps_its_words_and_shows_its_beginning(demo: Installation, office: Actor) -> None:
    beginning = "Tiếp tục đẩy mạnh cải cách thể chế, trọng tâm là rà soát các quy định " * 3
    lines = [
        PlanLine(2, name=f"{beginning}về đất đai.", lead="Bộ Y tế", deadline="Thường xuyên"),
        PlanLine(3, name=f"{beginning}về đầu tư.", lead="Bộ Y tế", deadline="Thường xuyên"),
    ]
    ids = load(demo, office, stage(demo, office, lines, TASKS))
    kept = demo.database.whole("directive").filter(pl.col("item_id").is_in(ids)).sort("item_id")
    assert kept["task"].to_list() == [line.name for line in lines]
    title = items.get(demo, demo.moment(), ids[0]).state["title"]
    assert len(title) <= 161
    assert title.endswith("…")


def test_five_thousand_rows_are_judged_while_one_waits(demo: Installation, office: Actor) -> None:
    lines = [
        moving(row, f"Cấp giấy số {row}", form="Phân cấp", from_place="Bộ Y tế", to_place="Sở Y tế")
        for row in range(2, MOST_ROWS + 2)
    ]
    batch_id = stage(demo, office, lines, MOVING)
    started = perf_counter()
    seen = plan_loading.preview(demo, office, batch_id)
    assert seen.moves == ((Level.MINISTRY, Level.PROVINCIAL, MOST_ROWS),)
    assert perf_counter() - started < 20
