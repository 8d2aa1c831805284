"""Loading a plan: staged, mended, matched, previewed, loaded whole or not at all; the base is accounted for."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from catalogue.errors import Conflict, Forbidden, Invalid, NotSignedIn, StaleVersion
from catalogue.model.actor import Actor
from catalogue.model.plan import Assignment, PlanLine
from catalogue.model.plan_table import PlanTable
from catalogue.services import (
    commitments,
    figures,
    item_matches,
    items,
    plan_loading,
    plans,
    programmes,
    proposals,
)
from catalogue.services.installation import Installation
from catalogue.services.proposals import Names

Person = Callable[[Installation, str], Actor]
P = figures.SIMPLIFICATION
DOCUMENT = Assignment(P, "resolution", "200/NQ-CP", date(2024, 3, 1), None, "Nghị quyết thử", None, "bo-y-te")
CIRCULAR = "Thông tư số 12/2020/TT-BYT ngày 22/6/2020"


@pytest.fixture
def office(demo: Installation, person: Person) -> Actor:
    return person(demo, "vpcp")


def free(demo: Installation, count: int) -> list[tuple[str, str, str]]:
    """Procedures in force that no item names, whose name in their field is theirs alone."""
    frame = demo.database.read("publications/names", as_of=demo.working_date, revision=demo.moment().revision)
    taken = demo.database.whole("item")["procedure_code"].unique().implode()
    alone = frame.filter(pl.struct("name", "field_name").is_unique())
    return alone.filter(~pl.col("procedure_code").is_in(taken)).head(count).rows()


def row(number: int, name: str, field: str = "", **texts: str) -> PlanLine:
    usual: dict[str, Any] = {
        "measures": "Giảm thời hạn giải quyết",
        "documents": CIRCULAR,
        "deadline": "31/12/2024",
    }
    return PlanLine(number, name=name, field_name=field, **(usual | texts))


def stage(
    demo: Installation, actor: Actor, lines: Sequence[PlanLine], document: Assignment = DOCUMENT
) -> int:
    return plans.stage(
        demo, actor, document, PlanTable(tuple(lines)), file_name="phu-luc.xlsx", sha256="0" * 64
    )


def rules(
    demo: Installation, actor: Actor, batch_id: int, severity: str = "error"
) -> list[tuple[str, int | None]]:
    found = plans.get(demo, actor, batch_id).issues
    return [(issue.rule, issue.row) for issue in found if issue.severity == severity]


def test_a_plan_is_loaded_as_it_was_previewed(demo: Installation, office: Actor) -> None:
    first, second = free(demo, 2)
    lines = [
        row(2, first[1].upper(), first[2]),
        row(3, second[1], second[2], code=second[0], cooperating="Bộ Tài chính"),
        row(4, "Thủ tục không có trong danh mục", "Lĩnh vực lạ"),
    ]
    batch_id = stage(demo, office, lines)
    plan = plans.get(demo, office, batch_id)
    assert {number: (one.state, one.code) for number, one in plan.matches.items()} == {
        2: ("proposed", first[0]),
        3: ("code", second[0]),
        4: ("waiting", None),
    }
    assert [one.rule for one in plan_loading.preview(demo, office, batch_id).blockers] == [
        "plan_rows_not_matched"
    ]
    plans.choose(demo, office, batch_id, {4: None}, edits=0)
    before = demo.database.row("revision/last")
    preview = plan_loading.preview(demo, office, batch_id)
    assert demo.database.row("revision/last") == before
    assert (preview.base, preview.base_after, preview.matched, preview.has_items) == (1086, 1089, 2, True)
    assert [(one.type, one.rows) for one in preview.documents] == [("circular", (2, 3, 4))]
    with pytest.raises(Invalid, match="base_change_without_reason"):
        plan_loading.load(demo, office, preview, reason=" ")
    ids = plan_loading.load(demo, office, preview, reason="Chính phủ giao thêm")
    moment = demo.moment()
    assert figures.stages(demo, P, moment)["assigned"] == 1089
    needed = {
        one
        for item_id in ids
        for one in items.get(demo, moment, item_id).instruments["document_id"].to_list()
    }
    assert len(needed) == 1
    page = items.get(demo, moment, ids[1])
    assert page.state["lead_agency"] == "bo-y-te"
    assert page.state["current_deadline"] == date(2024, 12, 31)
    assert page.state["approved_on"] == date(2024, 3, 1)
    assert page.cooperating["agency_code"].to_list() == ["bo-tai-chinh"]
    assert page.measures["measure_type"].to_list() == ["shorter_time"]
    assert programmes.unmatched(demo, P, moment)["item_id"].to_list() == [ids[2]]
    with pytest.raises(Conflict, match="plan_loaded_already"):
        plan_loading.load(demo, office, preview, reason="lần nữa")
    for check in ("check/orphans", "check/projection", "check/enacted"):
        assert demo.database.read(check).is_empty(), check


def test_the_changes_add_up_to_the_base_on_every_day(demo: Installation, office: Actor) -> None:
    first, second = free(demo, 2)
    batch_id = stage(demo, office, [row(2, *first[1:]), row(3, *second[1:])])
    ids = plan_loading.load(
        demo, office, plan_loading.preview(demo, office, batch_id), reason="Chính phủ giao thêm"
    )
    revision = items.get(demo, demo.moment(), ids[0]).state["lock_revision"]
    commitments.withdraw(
        demo, office, ids[0], revision=revision, on=date(2024, 3, 15), reason="Không còn phù hợp"
    )
    for day in (date(2021, 10, 1), date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 15), demo.working_date):
        moment = demo.moment(day)
        frame = programmes.base_changes(demo, P, moment)
        base = figures.stages(demo, P, moment)["assigned"]
        assert frame["base_after"][-1] == base
        assert int((frame["added"] - frame["withdrawn"]).sum()) == base
    last = programmes.base_changes(demo, P, demo.moment()).tail(2)
    assert last.select(
        "effective_date", "document_number", "reason", "added", "withdrawn", "base_after"
    ).rows() == [
        (date(2024, 3, 1), "200/NQ-CP", "Chính phủ giao thêm", 2, 0, 1088),
        (date(2024, 3, 15), None, "Không còn phù hợp", 0, 1, 1087),
    ]
    added, withdrawn = last["change_id"]
    opened = programmes.changed_items(demo, P, demo.moment(), added, is_added=True)
    assert opened["item_id"].to_list() == ids
    left = programmes.changed_items(demo, P, demo.moment(), withdrawn, is_added=False)
    assert left["item_id"].to_list() == ids[:1]
    documents = programmes.documents(demo, P, demo.moment())
    assert documents.row(-1, named=True)["items"] == 1
    assert documents["items"].sum() == 1087
    began = programmes.base_changes(demo, P, demo.moment()).filter("is_initial")
    assert began["document_number"].n_unique() == 19
    assert began["reason"].null_count() == began.height


def test_the_same_procedure_is_told_by_document(demo: Installation, office: Actor) -> None:
    known = demo.database.whole("item").filter(pl.col("programme_code") == P).row(0, named=True)
    [fresh] = free(demo, 1)
    lines = [row(2, "", code=known["procedure_code"]), row(3, *fresh[1:]), row(4, *fresh[1:])]
    batch_id = stage(demo, office, lines)
    assert ("plan_item_of_other_document", 2) in rules(demo, office, batch_id, "warning")
    assert rules(demo, office, batch_id) == [("plan_procedure_twice", 4)]
    plans.edit(demo, office, batch_id, {4: {"is_dropped": True}}, edits=0)
    plan_loading.load(demo, office, plan_loading.preview(demo, office, batch_id), reason="lý do")
    again = stage(demo, office, [row(2, *fresh[1:])])
    assert rules(demo, office, again) == [("plan_item_there_already", 2)]
    with pytest.raises(Invalid, match="plan_not_ready"):
        plan_loading.load(demo, office, plan_loading.preview(demo, office, again), reason="lý do")


def test_faults_are_mended_without_the_file(demo: Installation, office: Actor) -> None:
    first, second = free(demo, 2)
    batch_id = stage(
        demo,
        office,
        [row(2, *first[1:], lead="Bộ Y dược", deadline="31/13/2024"), row(3, "Tên viết sai", second[2])],
    )
    assert rules(demo, office, batch_id) == [("plan_agency_unknown", 2), ("plan_day_not_read", 2)]
    plans.edit(
        demo,
        office,
        batch_id,
        {2: {"lead": "Bộ Y tế", "deadline": "Quý IV/2024"}, 3: {"name": second[1]}},
        edits=0,
    )
    plan = plans.get(demo, office, batch_id)
    assert not plan.errors
    assert plan.matches[3].code == second[0]
    assert plan.commitments[2].deadline == date(2024, 12, 31)
    with pytest.raises(StaleVersion):
        plans.edit(demo, office, batch_id, {2: {"lead": ""}}, edits=0)
    plans.set_assignment(
        demo, office, batch_id, Assignment(**{**vars(DOCUMENT), "number": "201/NQ-CP"}), edits=1
    )
    assert plans.get(demo, office, batch_id).assignment.number == "201/NQ-CP"


def test_what_changed_since_the_preview_is_refused(demo: Installation, office: Actor, person: Person) -> None:
    first, second = free(demo, 2)
    batch_id = stage(demo, office, [row(2, *first[1:])])
    seen = plan_loading.preview(demo, office, batch_id)
    other = stage(
        demo, office, [row(2, *second[1:])], Assignment(**{**vars(DOCUMENT), "number": "201/NQ-CP"})
    )
    plan_loading.load(demo, person(demo, "vpcp2"), plan_loading.preview(demo, office, other), reason="lý do")
    before = demo.database.row("revision/last")
    with pytest.raises(StaleVersion):
        plan_loading.load(demo, office, seen, reason="lý do")
    assert demo.database.row("revision/last") == before
    fresh = plan_loading.preview(demo, office, batch_id)
    assert (seen.base, fresh.base) == (1086, 1087)
    assert fresh.documents[0].document_id is not None  # planned by the other load: one document for both
    plans.edit(demo, office, batch_id, {2: {"deadline": "2025"}}, edits=0)
    with pytest.raises(StaleVersion):
        plan_loading.load(demo, office, fresh, reason="lý do")


@pytest.mark.parametrize("account", ["byt", "lanhdao", "quantri", ""])
def test_only_the_office_loads_plans(demo: Installation, office: Actor, person: Person, account: str) -> None:
    [one] = free(demo, 1)
    batch_id = stage(demo, office, [row(2, *one[1:])])
    preview = plan_loading.preview(demo, office, batch_id)
    other = person(demo, account)
    refused = (Forbidden, NotSignedIn)
    for act in (
        lambda: stage(demo, other, [row(2, *one[1:])]),
        lambda: plans.find(demo, other),
        lambda: plans.get(demo, other, batch_id),
        lambda: plans.edit(demo, other, batch_id, {2: {"lead": ""}}, edits=0),
        lambda: plans.choose(demo, other, batch_id, {2: None}, edits=0),
        lambda: plans.set_assignment(demo, other, batch_id, DOCUMENT, edits=0),
        lambda: plans.drop(demo, other, batch_id, edits=0),
        lambda: plan_loading.load(demo, other, preview, reason="lý do"),
    ):
        with pytest.raises(refused):
            act()
    assert plans.get(demo, office, batch_id).batch["edits"] == 0
    assert figures.stages(demo, P, demo.moment())["assigned"] == 1086


def test_a_document_that_is_not_whole_is_refused_at_once(demo: Installation, office: Actor) -> None:
    empty = Assignment(P, "decision", "", None, None, "", date(2023, 1, 1))
    with pytest.raises(Invalid) as refused:
        stage(demo, office, [row(2, "x")], empty)
    assert [issue.column for issue in refused.value.issues] == ["number", "issued_on", "issuer", "title"]
    future = Assignment(P, "resolution", "9/NQ-CP", date(2030, 1, 1), None, "x")
    with pytest.raises(Invalid) as refused:
        stage(demo, office, [row(2, "x")], future)
    assert [issue.rule for issue in refused.value.issues] == ["plan_date_in_future"]
    assert plans.find(demo, office).is_empty()


@pytest.mark.parametrize(
    ("kind", "number", "issuer"),
    [
        ("resolution", "66/NQ-CP", "chinh-phu"),
        ("decision", "1015/QĐ-TTg", "thu-tuong-chinh-phu"),
        ("decision", "12/QĐ-BYT", None),
        ("directive", "5/CT-TTg", "thu-tuong-chinh-phu"),
    ],
)
def test_the_issuer_follows_from_kind_and_number(kind: str, number: str, issuer: str | None) -> None:
    assert plans.completed(Assignment(P, kind, number)).issuer == issuer


def test_a_plan_put_aside_takes_nothing_more(demo: Installation, office: Actor) -> None:
    [one] = free(demo, 1)
    batch_id = stage(demo, office, [row(2, *one[1:])])
    preview = plan_loading.preview(demo, office, batch_id)
    plans.drop(demo, office, batch_id, edits=0)
    with pytest.raises(Conflict, match="plan_dropped_already"):
        plans.edit(demo, office, batch_id, {2: {"lead": ""}}, edits=1)
    with pytest.raises(Conflict, match="plan_dropped_already"):
        plan_loading.load(demo, office, preview, reason="lý do")


def test_tasks_are_loaded_without_procedures(demo: Installation, office: Actor) -> None:
    task = Assignment(
        "nhiem-vu-giao", "notice", "15/TB-VPCP", date(2024, 3, 1), "van-phong-chinh-phu", "x", None, None
    )
    line = PlanLine(
        2, name="Báo cáo kết quả rà soát", lead="Bộ Y tế", content="ba phần", deadline="30/06/2024"
    )
    batch_id = stage(demo, office, [line], task)
    assert rules(demo, office, batch_id, "warning") == [("plan_text_not_kept", 2)]
    preview = plan_loading.preview(demo, office, batch_id)
    assert not preview.blockers
    [item_id] = plan_loading.load(demo, office, preview, reason="Giao thêm")
    page = items.get(demo, demo.moment(), item_id)
    assert page.state["procedure_code"] is None
    grown = programmes.base_changes(demo, "nhiem-vu-giao", demo.moment())
    assert (1, 1 + preview.base, False) in grown.select("added", "base_after", "is_initial").rows()


def test_an_unmatched_item_is_matched_later_as_a_fact(
    demo: Installation, office: Actor, person: Person
) -> None:
    first, second = free(demo, 2)
    lines = [row(2, f"{first[1]} (sửa tên)", first[2]), row(3, *second[1:])]
    batch_id = stage(demo, office, lines)
    plans.choose(demo, office, batch_id, {2: None}, edits=0)
    ids = plan_loading.load(demo, office, plan_loading.preview(demo, office, batch_id), reason="lý do")
    matching = item_matches.get(demo, ids[0])
    assert first[0] in [one.code for one in item_matches.propose(demo, matching)]
    with pytest.raises(Forbidden):
        item_matches.match(demo, person(demo, "byt"), ids[0], first[0], revision=matching.revision)
    with pytest.raises(Invalid, match="match_refused"):
        item_matches.match(demo, office, ids[0], "9.999999", revision=matching.revision)
    with pytest.raises(Conflict, match="item_assigned_already"):
        item_matches.match(demo, office, ids[0], second[0], revision=matching.revision)
    with pytest.raises(Invalid, match="item_has_procedure"):
        item_matches.match(demo, office, ids[1], first[0], revision=0)
    before = demo.moment()
    item_matches.match(demo, office, ids[0], first[0], revision=matching.revision)
    with pytest.raises(StaleVersion):
        item_matches.match(demo, office, ids[0], None, revision=matching.revision)
    assert items.get(demo, demo.moment(), ids[0]).state["procedure_code"] == first[0]
    assert items.get(demo, before, ids[0]).state["procedure_code"] is None
    assert programmes.unmatched(demo, P, demo.moment()).is_empty()
    again = stage(demo, office, [row(2, *first[1:])])
    assert rules(demo, office, again) == [("plan_item_there_already", 2)]
    item_matches.match(demo, office, ids[0], None, revision=item_matches.get(demo, ids[0]).revision)
    assert programmes.unmatched(demo, P, demo.moment())["item_id"].to_list() == ids[:1]
    assert demo.database.read("check/orphans").is_empty()


def test_only_the_same_name_in_the_same_field_is_sure() -> None:
    names = Names(
        [
            ("1.1", "Thủ tục đăng ký khai sinh", "Hộ tịch"),
            ("1.2", "Đăng ký lại khai sinh", "Hộ tịch"),
            ("1.3", "Cấp bản sao", "Chứng thực"),
            ("1.4", "Cấp bản sao", "Hộ tịch"),
            ("1.5", "Cấp thẻ", "Hộ tịch"),
            ("1.6", "Cấp thẻ", "Hộ tịch"),
        ]
    )

    def sure(name: str, field: str) -> str | None:
        found = names.sure(name, field)
        return found.code if found else None

    assert sure("ĐĂNG KÝ KHAI SINH", "hộ tịch") == "1.1"
    assert sure("Cấp bản sao", "Hộ tịch") == "1.4"
    assert sure("Cấp bản sao", "") is None
    assert sure("Cấp thẻ", "Hộ tịch") is None  # two of them: a person's choice
    assert sure("Đăng kí khai sinh lại", "Hộ tịch") is None
    ranked = names.find("Đăng ký khai sinh", "Hộ tịch")
    assert [(one.code, one.is_same) for one in ranked] == [("1.1", True), ("1.2", False)]
    assert ranked[0].confidence == 100
    assert all(one.confidence < proposals.PRESELECTED_FROM for one in ranked[1:])
