"""Items that are added, adjusted, withdrawn and put back: by whom, why, and what becomes of the figures."""

from datetime import date, timedelta

import pytest

from catalogue.errors import Conflict, Forbidden, Invalid, NotSignedIn, StaleVersion
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.period import Moment
from catalogue.services import audit, commitments, documents, enactment, figures, items
from catalogue.services.commitments import NewItem, NewMeasure
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter, ItemPage

TODAY = date(2024, 3, 21)
RESOLUTION = Basis("resolution", "30/NQ-CP", date(2024, 3, 15), "Nghị quyết bổ sung phương án", "chinh-phu")


def find_item(demo: Installation, progress: str, **wanted: str) -> ItemPage:
    found = items.find(
        demo, demo.moment(), figures.SIMPLIFICATION, ItemFilter(progress=progress, **wanted), size=1
    )
    return items.get(demo, demo.moment(), found["item_id"][0])


def again(demo: Installation, page: ItemPage) -> ItemPage:
    return items.get(demo, demo.moment(), page.state["item_id"])


def counted(demo: Installation, moment: Moment | None = None) -> tuple[int, int | None]:
    figure = figures.compute(demo, "simplification.done", moment or demo.moment())
    return figure.numerator, figure.denominator


def assign(demo: Installation, *new: NewItem, reason: str | None = "Rà soát bổ sung") -> list[int]:
    with demo.database.transaction("plan.load") as transaction:
        document_id = documents.cite(transaction, RESOLUTION)
        return commitments.assign(
            transaction, demo.reference, figures.SIMPLIFICATION, document_id, date(2024, 3, 15), new, reason=reason
        )  # fmt: skip


def new_item(subject: str = "việc mới", **changed: object) -> NewItem:
    return NewItem(**{"subject": subject, "title": "Việc mới", "lead_agency": "bo-y-te", **changed})  # type: ignore[arg-type]


def test_items_assigned_later_move_the_base_from_their_day_and_not_before(demo: Installation) -> None:
    known_before = demo.moment()
    assign(demo, new_item("a"), new_item("b"))
    assert counted(demo) == (658, 1088)
    assert counted(demo, demo.moment(date(2024, 3, 14))) == (658, 1086)
    assert counted(demo, known_before) == (658, 1086)  # what was known then stays what it was
    assert audit.check(demo).is_empty()


def test_a_base_change_without_a_reason_is_refused(demo: Installation) -> None:
    for reason in (None, "  "):
        with pytest.raises(Invalid) as caught:
            assign(demo, new_item(), reason=reason)
        assert caught.value.code == "base_change_without_reason"
    assert counted(demo) == (658, 1086)


def test_a_document_assigns_a_matter_once(demo: Installation) -> None:
    assign(demo, new_item("a"))
    with pytest.raises(Conflict):
        assign(demo, new_item("a"))


def test_measures_are_a_closed_list_and_another_one_needs_an_explanation(demo: Installation) -> None:
    with pytest.raises(Invalid, match="measure_unknown_type"):
        assign(demo, new_item(measures=(NewMeasure("magic"),)))
    with pytest.raises(Invalid, match="explanation_missing"):
        assign(demo, new_item(measures=(NewMeasure("other", explanation=" "),)))
    assign(demo, new_item(measures=(NewMeasure("other", explanation="Bỏ bước xác nhận tại xã"),)))


def test_a_withdrawn_item_leaves_numerator_and_base_with_its_reason(demo: Installation, vpcp: Actor) -> None:
    page = find_item(demo, "done")
    commitments.withdraw(
        demo, vpcp, page.state["item_id"], revision=page.state["lock_revision"], on=TODAY,
        reason="Luật bỏ thủ tục này", basis=RESOLUTION,
    )  # fmt: skip
    assert counted(demo) == (657, 1085)
    assert counted(demo, demo.moment(TODAY - timedelta(days=1))) == (658, 1086)
    after = again(demo, page)
    assert not after.state["in_base"]
    assert after.story["reason"][0] == "Luật bỏ thủ tục này"
    assert after.story["document_number"][0] == "30/NQ-CP"
    commitments.readmit(
        demo, vpcp, page.state["item_id"], revision=after.state["lock_revision"], on=TODAY, reason="Rút nhầm"
    )
    assert counted(demo) == (658, 1086)
    assert audit.check(demo).is_empty()


@pytest.mark.parametrize(
    ("on", "reason", "rule"),
    [
        (TODAY, " ", "reason_missing"),
        (TODAY, "x" * 4001, "text_too_long"),
        (TODAY + timedelta(days=1), "Lý do", "date_in_future"),
        (date(2020, 1, 1), "Lý do", "date_too_early"),
    ],
)
def test_a_change_that_cannot_be_says_why(
    demo: Installation, vpcp: Actor, on: date, reason: str, rule: str
) -> None:
    state = find_item(demo, "open").state
    with pytest.raises(Invalid) as caught:
        commitments.withdraw(
            demo, vpcp, state["item_id"], revision=state["lock_revision"], on=on, reason=reason
        )
    assert [issue.rule for issue in caught.value.issues] == [rule]
    assert counted(demo) == (658, 1086)


def test_only_the_office_changes_the_base_and_only_what_it_has_read(
    demo: Installation, vpcp: Actor, byt: Actor
) -> None:
    state = find_item(demo, "open", agency="bo-y-te").state
    chosen = {"on": TODAY, "reason": "Lý do"}
    for actor, refusal in ((byt, Forbidden), (NOBODY, NotSignedIn)):
        with pytest.raises(refusal):
            commitments.withdraw(demo, actor, state["item_id"], revision=state["lock_revision"], **chosen)  # type: ignore[arg-type]
    with pytest.raises(StaleVersion):
        commitments.withdraw(demo, vpcp, state["item_id"], revision=state["lock_revision"] - 1, **chosen)  # type: ignore[arg-type]


def test_a_document_that_did_not_do_it_reopens_the_item_and_its_publication(
    demo: Installation, vpcp: Actor
) -> None:
    page = find_item(demo, "published")
    with demo.database.transaction("plan") as transaction:
        planned = documents.plan(
            transaction, document_type="circular", title="Thông tư sửa lại", drafting_agency="bo-y-te",
            planned_issue_on=None, effective_date=TODAY,
        )  # fmt: skip
    commitments.adjust(
        demo, vpcp, page.state["item_id"], revision=page.state["lock_revision"], on=TODAY,
        reason="Thông tư không cắt giảm giấy tờ", add_documents=[planned],
    )  # fmt: skip
    assert counted(demo) == (657, 1086)
    after = again(demo, page).state
    assert (after["enacted_on"], after["published_on"]) == (None, None)
    yesterday = items.get(demo, demo.moment(TODAY - timedelta(days=1)), page.state["item_id"]).state
    assert yesterday["published_on"] == page.state["published_on"]
    assert audit.check(demo).is_empty()


def test_a_measure_is_carried_out_by_the_documents_it_names(demo: Installation) -> None:
    with demo.database.transaction("plan") as transaction:
        first, second = (
            documents.plan(
                transaction, document_type="circular", title=title, drafting_agency="bo-y-te",
                planned_issue_on=None, effective_date=TODAY,
            )
            for title in ("Thông tư A", "Thông tư B")
        )  # fmt: skip
    (item_id,) = assign(
        demo,
        new_item(
            documents=(first, second),
            measures=(
                NewMeasure("lower_fee", documents=(first,)),
                NewMeasure("shorter_time", documents=(second,)),
            ),
        ),
    )
    with demo.database.transaction("issue") as transaction:
        documents.issue(
            transaction, first, number="1/2024/TT-BYT", issued_on=TODAY, in_force_on=TODAY,
            agency_code="bo-y-te", claim_id=None,
        )  # fmt: skip
        enactment.settle_documents(transaction, [first])
    page = items.get(demo, demo.moment(), item_id)
    assert page.measures["carried_out_on"].to_list() == [TODAY, None]
    assert page.state["enacted_on"] is None  # an item with several measures is done when all are


def test_measures_are_changed_from_a_day_on(demo: Installation, vpcp: Actor) -> None:
    page = find_item(demo, "open")
    commitments.adjust(
        demo, vpcp, page.state["item_id"], revision=page.state["lock_revision"], on=TODAY, reason="Điều chỉnh",
        drop_measures=[page.measures["position"][0]], add_measures=[NewMeasure("full_online")],
    )  # fmt: skip
    now = again(demo, page).measures["measure_type"].to_list()
    assert now == [*page.measures["measure_type"].to_list()[1:], "full_online"]
    before = items.get(demo, demo.moment(TODAY - timedelta(days=1)), page.state["item_id"])
    assert before.measures["measure_type"].to_list() == page.measures["measure_type"].to_list()
    assert audit.check(demo).is_empty()


def test_an_adjustment_of_nothing_is_refused(demo: Installation, vpcp: Actor) -> None:
    state = find_item(demo, "open").state
    with pytest.raises(Invalid, match="nothing_changed"):
        commitments.adjust(
            demo, vpcp, state["item_id"], revision=state["lock_revision"], on=TODAY, reason="Lý do"
        )


def test_a_change_dated_before_what_it_turns_is_refused_and_changes_no_past_answer(
    demo: Installation, vpcp: Actor
) -> None:
    page = find_item(demo, "open")
    item_id = page.state["item_id"]
    commitments.adjust(
        demo, vpcp, item_id, revision=page.state["lock_revision"], on=TODAY - timedelta(days=1), reason="Bổ sung",
        add_measures=[NewMeasure("full_online")],
    )  # fmt: skip
    earlier = demo.moment(TODAY - timedelta(days=40))
    before = items.get(demo, earlier, item_id).measures["position"].to_list()
    after = again(demo, page)
    with pytest.raises(Invalid) as caught:
        commitments.adjust(
            demo, vpcp, item_id, revision=after.state["lock_revision"], on=TODAY - timedelta(days=20),
            reason="Bỏ", drop_measures=[after.measures["position"].to_list()[-1]],
        )  # fmt: skip
    assert [issue.rule for issue in caught.value.issues] == ["date_too_early"]
    assert items.get(demo, earlier, item_id).measures["position"].to_list() == before


def test_withdrawn_and_put_back_on_one_day_is_no_change_of_the_base(demo: Installation, vpcp: Actor) -> None:
    page = find_item(demo, "open")
    item_id, since = page.state["item_id"], TODAY - timedelta(days=5)
    for turn in (commitments.withdraw, commitments.readmit):
        state = again(demo, page).state
        turn(demo, vpcp, item_id, revision=state["lock_revision"], on=TODAY, reason="Nhầm")
    changed = figures.changes(demo, figures.SIMPLIFICATION, demo.moment(), since)
    assert not {"added", "withdrawn"} & set(changed["change"])


def test_what_is_done_to_an_item_outside_the_base_is_no_change_of_the_programme(
    demo: Installation, vpcp: Actor
) -> None:
    page = find_item(demo, "open")
    state = page.state
    commitments.withdraw(
        demo, vpcp, state["item_id"], revision=state["lock_revision"], on=TODAY, reason="Rút"
    )
    before = counted(demo)
    waiting = page.instruments.filter(page.instruments["state"] != "issued")["document_id"].to_list()
    with demo.database.transaction("issue") as transaction:
        for place, document_id in enumerate(waiting):
            documents.issue(
                transaction, document_id, number=f"{700 + place}/2024/TT-BYT", issued_on=TODAY, in_force_on=TODAY,
                agency_code="bo-y-te", claim_id=None,
            )  # fmt: skip
        enactment.settle_documents(transaction, waiting)
    gained = counted(demo)[0] - before[0]
    changed = figures.changes(demo, figures.SIMPLIFICATION, demo.moment(), TODAY - timedelta(days=1))
    assert changed.filter(changed["change"] == "done")["items"].sum() == gained
