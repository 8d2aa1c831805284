"""Assigned tasks: dated ones are claimed, confirmed and judged; standing ones are never due and count in no rate."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.errors import Invalid
from catalogue.model.actor import Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.model.period import Moment, Organisation
from catalogue.services import (
    agency_standing,
    audit,
    claims,
    commitments,
    documents,
    enactment,
    figures,
    instruments,
    item_updates,
    items,
    periods,
    progress,
    reminders,
    stalled,
)
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter
from catalogue.services.items import ItemFilter

DIRECTIVES = figures.DIRECTIVES
EVERYBODY = "cac-bo-nganh-dia-phuong"
TODAY = date(2024, 3, 21)
NOTICE = Basis("notice", "90/TB-VPCP", date(2024, 3, 11), "Thông báo kết luận về giao nhiệm vụ", "van-phong-chinh-phu")  # fmt: skip
PDF = ("bao-cao.pdf", b"%PDF-1.4 bao cao")


def assign(demo: Installation, *new: NewItem) -> list[int]:
    with demo.database.transaction("plan.load") as transaction:
        notice = documents.cite(transaction, NOTICE)
        return commitments.assign(
            transaction, demo.reference, DIRECTIVES, notice, date(2024, 3, 11), new, reason="Giao thêm"
        )


def task(subject: str, **changed: object) -> NewItem:
    told = {
        "subject": subject,
        "title": subject,
        "task": f"{subject}, trong toàn ngành",
        "lead_agency": "bo-y-te",
    }
    return NewItem(**{**told, "deadline": date(2024, 6, 30), **changed})  # type: ignore[arg-type]


def listed(demo: Installation, moment: Moment | None = None, **wanted: object) -> list[int]:
    found = items.find(demo, moment or demo.moment(), DIRECTIVES, ItemFilter(**wanted), size=100)  # type: ignore[arg-type]
    return found["item_id"].to_list()


def lock(demo: Installation, item_id: int) -> int:
    return int(items.get(demo, demo.moment(), item_id).state["lock_revision"])


def test_the_demonstration_has_standing_tasks_only_and_they_are_counted_apart(demo: Installation) -> None:
    stages = figures.stages(demo, DIRECTIVES, demo.moment())
    assert (stages["assigned"], stages["standing"], stages["done"]) == (10, 10, 0)
    assert [stages[name] for name in ("overdue", "due_soon", "in_time", "no_deadline", "done_late")] == [
        0
    ] * 5
    rows = {row["agency_code"]: row for row in figures.by_agency(demo, DIRECTIVES, demo.moment()).to_dicts()}
    assert {code: row["standing"] for code, row in rows.items()} == {EVERYBODY: 7, "bo-noi-vu": 3}
    assert all(row["in_time"] == row["overdue"] == row["done"] == 0 for row in rows.values())
    late = demo.moment(date(2040, 1, 1))
    assert figures.stages(demo, DIRECTIVES, late)["overdue"] == 0
    counts = items.summary(demo, demo.moment(), DIRECTIVES, ItemFilter())
    assert (counts["total"], counts["standing"]) == (10, 10)


def test_an_agency_finds_its_own_tasks_and_those_of_its_groups(demo: Installation) -> None:
    assert len(listed(demo, agency="bo-noi-vu")) == 3
    assert len(listed(demo, agency="bo-noi-vu", with_groups=True)) == 10
    assert listed(demo, agency="bo-y-te") == []
    assert len(listed(demo, agency="bo-y-te", with_groups=True)) == 7
    assert len(listed(demo, agency="ubnd-ha-noi", with_groups=True)) == 7
    assert len(listed(demo, agency=EVERYBODY)) == 7


def test_who_belongs_to_a_group_is_asked_on_the_day(demo: Installation) -> None:
    merged, heir = "bo-giao-thong-van-tai", "bo-xay-dung"
    before, after = demo.moment(date(2025, 2, 28)), demo.moment(date(2025, 3, 1))
    today = Moment(TODAY, None, demo.moment().revision, Organisation.TODAY)
    for moment, expected in ((before, 7), (after, 0), (today, 0)):
        assert len(listed(demo, moment, agency=merged, with_groups=True)) == expected
        assert len(listed(demo, moment, agency=heir, with_groups=True)) == 7


def test_the_words_of_a_task_are_searched_and_its_document_is_a_facet(demo: Installation) -> None:
    (only,) = listed(demo, text="tinh gian bien che")
    page = items.get(demo, demo.moment(), only)
    assert "tinh giản biên chế" in page.state["task"]
    assert "tinh giản biên chế" not in page.state["title"]
    facets = items.facets(demo, demo.moment(), DIRECTIVES)
    labels = {row["facet"]: row["label"] for row in facets.to_dicts()}
    assert labels["assigned_by"].startswith("Thông báo kết luận")
    assert listed(demo, assigned_by=page.state["assigned_by"], deadline_state="standing") == listed(demo)


def test_a_dated_task_is_drafted_sent_confirmed_and_done(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    (item_id,) = assign(demo, task("Sơ kết năm 2024"))
    assert items.get(demo, demo.moment(), item_id).state["deadline_state"] == "in_time"
    assert stages(demo) == (11, 10, 0)
    content = {"done_on": date(2024, 3, 20)}
    claim_id = claims.draft(
        demo, byt, item_id, ClaimKind.COMPLETED, content, item_revision=lock(demo, item_id), files=[PDF]
    )
    sent = claims.get(demo, byt, claim_id)[0]
    claims.act(demo, byt, claim_id, Action.SUBMIT, revision=sent.revision)
    assert stages(demo) == (11, 10, 0)  # what is only sent counts for nothing
    sent = claims.get(demo, vpcp, claim_id)[0]
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=sent.revision)
    after = items.get(demo, demo.moment(), item_id).state
    assert (after["confirmed_on"], after["done_on"], after["deadline_state"]) == (
        date(2024, 3, 20),
        date(2024, 3, 20),
        "done_in_time",
    )
    assert stages(demo) == (11, 10, 1)
    assert listed(demo, progress="done") == [item_id]
    changed = figures.changes(demo, DIRECTIVES, demo.moment(), date(2024, 3, 19)).to_dicts()
    assert [(row["change"], row["agency_code"], row["items"]) for row in changed] == [("done", "bo-y-te", 1)]
    assert audit.check(demo).is_empty()


def stages(demo: Installation) -> tuple[int, int, int]:
    found = figures.stages(demo, DIRECTIVES, demo.moment())
    return found["assigned"], found["standing"], found["done"]


def test_a_dated_task_is_judged_by_its_deadline(demo: Installation) -> None:
    late, soon = assign(
        demo, task("Việc muộn", deadline=date(2024, 3, 15)), task("Việc sắp", deadline=date(2024, 4, 1))
    )
    assert listed(demo, deadline_state="overdue") == [late]
    assert listed(demo, deadline_state="due_soon") == [soon]
    assert listed(demo)[:2] == [late, soon]  # the most urgent first, standing ones last
    (position,) = [
        one
        for one in agency_standing.positions(demo, demo.moment(), "bo-y-te")
        if one.programme.code == DIRECTIVES
    ]
    assert (position.stages["assigned"], position.overdue, position.due_soon, position.standing) == (
        2,
        1,
        1,
        0,
    )


def test_a_standing_task_cannot_be_claimed_as_done(demo: Installation, byt: Actor) -> None:
    (item_id,) = assign(demo, task("Việc thường xuyên", deadline=None, is_standing=True))
    for kind, content in (
        (ClaimKind.COMPLETED, {"done_on": TODAY}),
        (
            ClaimKind.EXTENSION,
            {"new_deadline": date(2025, 1, 1), "number": "1/BYT", "issued_on": TODAY, "reason": "x"},
        ),
    ):
        with pytest.raises(Invalid, match="item_standing"):
            claims.draft(
                demo, byt, item_id, kind, content, item_revision=lock(demo, item_id), files=[PDF], submit=True
            )
    assert stages(demo) == (11, 11, 0)


def test_a_workbook_of_updates_asks_for_no_standing_task(demo: Installation, byt: Actor) -> None:
    assign(demo, task("Thường xuyên", deadline=None, is_standing=True), task("Việc có hạn"))
    assert item_updates.open_items(demo, byt, DIRECTIVES) == 1


def test_a_standing_task_has_no_deadline_and_a_group_leads_standing_tasks_only(demo: Installation) -> None:
    with pytest.raises(Invalid, match="standing_task_with_deadline"):
        assign(demo, task("Thường xuyên mà có hạn", is_standing=True))
    for deadline in (date(2024, 6, 30), None):
        with pytest.raises(Invalid, match="group_leads_due_task"):
            assign(demo, task("Của nhóm", lead_agency=EVERYBODY, deadline=deadline))
    assert stages(demo) == (10, 10, 0)
    (item_id,) = assign(demo, task("Của nhóm", lead_agency=EVERYBODY, deadline=None, is_standing=True))
    assert item_id in listed(demo, agency="bo-y-te", with_groups=True)


def test_a_standing_task_that_is_over_is_withdrawn(demo: Installation, vpcp: Actor) -> None:
    item_id = listed(demo)[0]
    commitments.withdraw(
        demo, vpcp, item_id, revision=lock(demo, item_id), on=TODAY, reason="Không còn giao việc này", basis=NOTICE
    )  # fmt: skip
    assert stages(demo) == (9, 9, 0)
    assert item_id not in listed(demo)
    assert listed(demo, progress="withdrawn") == [item_id]
    assert audit.check(demo).is_empty()


def test_nobody_owes_a_return_for_standing_tasks_and_nothing_of_them_stalls(
    demo: Installation, vpcp: Actor
) -> None:
    for period in periods.all_periods(demo):
        owed = {one.agency_code: one.items for one in periods.returns(demo, period)}
        assert EVERYBODY not in owed
        led = [
            items.find(demo, demo.moment(period.ends_on), one, ItemFilter(agency="bo-noi-vu"), size=1)[
                "total"
            ][0]
            for one in figures.PROCEDURE_PROGRAMMES.values()
        ]
        assert owed["bo-noi-vu"] == sum(led)
    assert DIRECTIVES not in set(stalled.find(demo, vpcp, demo.moment(), None)["programme_code"])


def test_a_late_document_makes_no_standing_task_late(demo: Installation, vpcp: Actor) -> None:
    with demo.database.transaction("plan.load") as transaction:
        late = documents.plan(
            transaction, document_type="decree", title="Nghị định chậm", drafting_agency="bo-y-te",
            planned_issue_on=date(2024, 3, 15), effective_date=date(2024, 3, 11),
        )  # fmt: skip
    standing = [
        task(lead, lead_agency=lead, deadline=None, is_standing=True, documents=(late,))
        for lead in ("bo-y-te", EVERYBODY)
    ]
    assign(demo, *standing)
    (dated,) = assign(demo, task("Sơ kết", documents=(late,)))
    moment = demo.moment()
    told = [one for agency in reminders.every_agency(demo, moment) for one in agency.items]
    chased = [one.item_id for one in told if one.programme_code == DIRECTIVES]
    found = stalled.find(demo, vpcp, moment, None)
    stuck = found.filter(found["programme_code"] == DIRECTIVES)["item_id"].to_list()
    assert chased == stuck == listed(demo, progress="open") == [dated]
    (held,) = instruments.find(demo, moment, InstrumentFilter(programme=DIRECTIVES)).to_dicts()
    assert (held["items"], held["alone"], held["helps"]) == (3, 1, 1)
    (bottleneck,) = figures.bottlenecks(demo, DIRECTIVES, moment).to_dicts()
    assert (bottleneck["alone"], bottleneck["helps"]) == (1, 1)
    assert instruments.waiting(demo, moment, InstrumentFilter(programme=DIRECTIVES)).waiting == 1


def test_a_task_is_done_when_it_is_confirmed_not_when_its_document_is_in_force(demo: Installation) -> None:
    with demo.database.transaction("plan.load") as transaction:
        decree = documents.plan(
            transaction, document_type="decree", title="Nghị định của nhiệm vụ", drafting_agency="bo-y-te",
            planned_issue_on=date(2024, 3, 18), effective_date=date(2024, 3, 11),
        )  # fmt: skip
    assign(demo, task("Trình Nghị định", documents=(decree,)))
    with demo.database.transaction("claim.confirm") as transaction:
        documents.issue(
            transaction, decree, number="15/2024/NĐ-CP", issued_on=date(2024, 3, 19), in_force_on=TODAY,
            agency_code="bo-y-te", claim_id=None,
        )  # fmt: skip
        enactment.settle_documents(transaction, [decree])
    changed = figures.changes(demo, DIRECTIVES, demo.moment(), date(2024, 3, 12))
    assert (stages(demo)[2], changed.to_dicts()) == (0, [])


def test_a_report_of_standing_tasks_divides_by_nothing(demo: Installation) -> None:
    for period in periods.all_periods(demo):
        report = progress.report(demo, DIRECTIVES, period)
        total = report.total
        assert (total.assigned, total.standing, total.counted, total.done) == (10, 10, 0, 0)
        assert (total.percent_of_all, total.percent_of_due) == (None, None)
        assert {row.agency_code: row.standing for row in report.rows} == {EVERYBODY: 7, "bo-noi-vu": 3}
        assert {row.agency_name for row in report.rows} == {"Các bộ, ngành, địa phương", "Bộ Nội vụ"}


def test_a_share_is_of_what_can_be_done(demo: Installation) -> None:
    assign(demo, task("Việc một"), task("Việc hai"))
    march = periods.get(demo, "2024-03")
    total = progress.report(demo, DIRECTIVES, march).total
    assert (total.assigned, total.counted, total.in_time, total.percent_of_all) == (12, 2, 2, Decimal(0))
    assert (total.base_added, total.done_change) == (2, 0)
