"""Figures that the Office publishes: frozen, approved by a second person, and explained when the ledger knows more."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from catalogue.errors import (
    Conflict,
    Forbidden,
    Invalid,
    InvalidTransition,
    NotFound,
    NotSignedIn,
    StaleVersion,
)
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.model.figure import Relation
from catalogue.model.published import State, Step
from catalogue.services import audit, claims, commitments, figures, items, pace, published, snapshots
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.services.snapshots import Print

DAY = date(2024, 2, 29)
DONE = "simplification.done"
TOLD = Print(
    "Báo cáo số 12/BC-VPCP", "Họp báo Chính phủ", "đã đơn giản hóa 658/1.086, đạt 60,6%", Decimal("60.6")
)
PDF = ("nghi-dinh.pdf", b"%PDF-1.4 nghi dinh")
ISSUED: dict[str, Any] = {
    "number": "15/2024/NĐ-CP",
    "issued_on": date(2024, 2, 5),
    "in_force_on": date(2024, 2, 10),
}
Person = Callable[[Installation, str], Actor]


@pytest.fixture
def second(demo: Installation, person: Person) -> Actor:
    """Another reviewer of the Government Office."""
    return person(demo, "vpcp2")


def freeze(demo: Installation, actor: Actor, told: Print = TOLD, **wanted: Any) -> str:
    return snapshots.draft(demo, actor, DONE, DAY, told, **({"seen": demo.moment().revision} | wanted))


def publish(demo: Installation, drafter: Actor, approver: Actor, **wanted: Any) -> str:
    code = freeze(demo, drafter, **wanted)
    snapshots.act(demo, approver, code, Step.APPROVE)
    snapshots.act(demo, drafter, code, Step.PUBLISH)
    return code


def enact_late(demo: Installation, byt: Actor, vpcp: Actor) -> int:
    """A ministry reports now what has been in force since February 2024; the reviewer confirms it. Returns the item."""
    wanted = ItemFilter(agency="bo-y-te", progress="open")
    for row in items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=500).iter_rows(
        named=True
    ):
        page = items.get(demo, demo.moment(), row["item_id"])
        waiting = page.instruments.filter(pl.col("state") != "issued")
        if waiting.height == 1:
            claim_id = claims.draft(
                demo, byt, row["item_id"], ClaimKind.ENACTED, ISSUED, item_revision=page.state["lock_revision"],
                document_id=waiting["document_id"][0], files=[PDF], submit=True,
            )  # fmt: skip
            claims.act(
                demo, vpcp, claim_id, Action.CONFIRM, revision=claims.get(demo, byt, claim_id)[0].revision
            )
            return int(row["item_id"])
    raise AssertionError("no open item")


def withdraw_late(demo: Installation, vpcp: Actor, progress: str) -> int:
    """An item leaves the base from February 2024 on, as recorded now. Returns it."""
    wanted = ItemFilter(agency="bo-tu-phap", progress=progress)
    item_id = int(items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted)["item_id"][0])
    lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    commitments.withdraw(
        demo, vpcp, item_id, revision=lock, on=date(2024, 2, 20), reason="Thủ tục đã bãi bỏ theo luật"
    )
    return item_id


def test_a_figure_goes_from_draft_to_published_by_two_persons(
    demo: Installation, vpcp: Actor, second: Actor
) -> None:
    code = freeze(demo, vpcp)
    assert code == "SL-0001"
    with pytest.raises(Forbidden, match="figure_same_person"):
        snapshots.act(demo, vpcp, code, Step.APPROVE)
    with pytest.raises(InvalidTransition, match="figure_step"):
        snapshots.act(demo, second, code, Step.PUBLISH)
    assert snapshots.act(demo, second, code, Step.APPROVE).state is State.APPROVED
    one = snapshots.act(demo, vpcp, code, Step.PUBLISH)
    assert (one.state, one.numerator, one.denominator, one.printed_percent) == (
        State.PUBLISHED, 658, 1086, Decimal("60.6"),
    )  # fmt: skip
    assert one.snapshot is not None
    assert [event.step for event in one.snapshot.events] == [Step.DRAFT, Step.APPROVE, Step.PUBLISH]
    assert {event.actor_id for event in one.snapshot.events} == {vpcp.actor_id, second.actor_id}
    assert published.relation_of(demo, one) is Relation.ROUNDED
    assert audit.check(demo).is_empty()


def test_only_those_who_publish_figures_may_and_drafts_are_theirs(
    demo: Installation, person: Person, byt: Actor, vpcp: Actor
) -> None:
    for actor in (byt, person(demo, "lanhdao")):
        with pytest.raises(Forbidden):
            freeze(demo, actor)
    with pytest.raises(NotSignedIn):
        freeze(demo, NOBODY)
    code = freeze(demo, vpcp)
    with pytest.raises(Forbidden):
        snapshots.act(demo, byt, code, Step.APPROVE)
    with pytest.raises(NotFound):
        published.get(demo, code, actor=byt)
    assert published.get(demo, code, actor=vpcp).state is State.DRAFT
    assert snapshots.act(demo, person(demo, "quantri"), code, Step.APPROVE).state is State.APPROVED


def test_what_is_missing_or_wrong_is_said_and_nothing_is_written(demo: Installation, vpcp: Actor) -> None:
    with pytest.raises(Invalid, match="figure_incomplete") as refused:
        freeze(demo, vpcp, Print(" ", "", "x" * 4001))
    assert {(issue.rule, issue.column) for issue in refused.value.issues} == {
        ("field_missing", "document"), ("field_missing", "place"), ("text_too_long", "printed"),
    }  # fmt: skip
    with pytest.raises(Invalid, match="figure_future"):
        snapshots.draft(demo, vpcp, DONE, date(2024, 3, 22), TOLD, seen=demo.moment().revision)
    with pytest.raises(NotFound, match="measure_unknown"):
        snapshots.draft(demo, vpcp, "nothing", DAY, TOLD, seen=demo.moment().revision)
    assert snapshots.everything(demo, demo.moment()) == []
    code = freeze(demo, vpcp)
    with pytest.raises(Invalid, match="figure_reason_missing"):
        snapshots.act(demo, vpcp, code, Step.DROP, comment="  ")
    assert snapshots.act(demo, vpcp, code, Step.DROP, comment="nhập nhầm").state is State.DROPPED
    with pytest.raises(InvalidTransition):
        snapshots.act(demo, vpcp, code, Step.DROP, comment="lần nữa")


def test_a_figure_that_moved_since_it_was_seen_is_not_frozen(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    seen = demo.moment().revision
    enact_late(demo, byt, vpcp)
    with pytest.raises(StaleVersion, match="figure_moved"):
        freeze(demo, vpcp, seen=seen)
    code = freeze(demo, vpcp)
    assert snapshots.get(demo, code).numerator != 658


def test_late_events_leave_the_frozen_figure_and_explain_todays(
    demo: Installation, byt: Actor, vpcp: Actor, second: Actor
) -> None:
    code = publish(demo, vpcp, second)
    enacted = enact_late(demo, byt, vpcp)
    moved = figures.compute(demo, DONE, demo.moment(DAY)).numerator - 658  # the document may serve more items
    assert moved >= 1
    gone_done, gone_open = withdraw_late(demo, vpcp, "done"), withdraw_late(demo, vpcp, "open")

    for figure_id in (code, "simplification.done"):
        found = published.reproduce(demo, published.get(demo, figure_id))
        assert found is not None
        assert found.is_reproduced
        assert (found.then.numerator, found.then.denominator) == (658, 1086)
        assert (found.now.numerator, found.now.denominator) == (658 + moved - 1, 1084)
        difference = found.difference
        assert (difference.numerator, difference.denominator) == (moved - 1, -2)
        assert difference.adds_up
        changes = {int(one.member): one for one in difference}
        assert len(changes) == moved + 2
        late = changes[enacted]
        assert (late.numerator, late.denominator) == (1, 0)
        fact = next(fact for fact in late.facts if fact.subject == "enacted")
        assert (fact.effective_date, fact.document_number) == (date(2024, 2, 10), "15/2024/NĐ-CP")
        assert fact.recorded_at >= demo.database.clock()
        assert (changes[gone_done].numerator, changes[gone_done].denominator) == (-1, -1)
        assert (changes[gone_open].numerator, changes[gone_open].denominator) == (0, -1)
        reason = next(fact for fact in changes[gone_open].facts if fact.subject == "assigned")
        assert (reason.holds, reason.reason) == (False, "Thủ tục đã bãi bỏ theo luật")
    told = published.get(demo, code)
    assert (told.numerator, told.denominator) == (658, 1086)
    assert audit.check(demo).is_empty()


def test_a_measure_of_agencies_is_explained_by_its_items(demo: Installation, vpcp: Actor) -> None:
    one = published.get(demo, "simplification.agencies_complete")
    rows = figures.by_agency(demo, figures.SIMPLIFICATION, demo.moment(DAY)).with_columns(
        (pl.col("base") - pl.col("done")).alias("open")
    )
    agency = rows.filter((pl.col("open") > 0) & (pl.col("done") > 0)).sort("open", "agency_code")[
        "agency_code"
    ][0]
    wanted = ItemFilter(agency=agency, progress="open")
    left = items.find(demo, demo.moment(DAY), figures.SIMPLIFICATION, wanted, size=500)["item_id"].to_list()
    for item_id in left:
        lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
        commitments.withdraw(demo, vpcp, item_id, revision=lock, on=date(2024, 2, 20), reason="Đã bãi bỏ")
    found = published.reproduce(demo, one)
    assert found is not None
    assert (found.is_reproduced, found.difference.numerator, found.difference.adds_up) == (True, 1, True)
    (change,) = found.difference.changes
    assert change.member == agency
    assert {int(item.member) for item in change.items} == set(left)


def test_a_later_one_takes_the_place_of_an_earlier_one(
    demo: Installation, vpcp: Actor, second: Actor
) -> None:
    first = publish(demo, vpcp, second)
    corrected = Print("Báo cáo số 13/BC-VPCP", "Cổng thông tin", percent=Decimal("60.5"))
    later = freeze(demo, second, corrected, corrects=first)
    rival = freeze(demo, second, corrected, corrects=first)
    assert snapshots.get(demo, first).state is State.PUBLISHED  # not before the later one is published
    for code in (later, rival):
        snapshots.act(demo, vpcp, code, Step.APPROVE)
    snapshots.act(demo, second, later, Step.PUBLISH)
    earlier = snapshots.get(demo, first)
    assert earlier.state is State.CORRECTED
    assert earlier.snapshot is not None
    assert earlier.snapshot.corrected_by == later
    assert published.relation_of(demo, snapshots.get(demo, later)) is Relation.TRUNCATED
    told = published.last(demo, DONE, demo.moment(DAY))
    assert told is not None
    assert told.published.id != first
    with pytest.raises(Conflict, match="figure_not_standing"):
        snapshots.act(demo, second, rival, Step.PUBLISH)
    with pytest.raises(Conflict, match="figure_not_standing"):
        freeze(demo, vpcp, corrects=first)
    assert snapshots.act(demo, vpcp, later, Step.WITHDRAW, comment="sai số").state is State.WITHDRAWN
    assert later not in {one.id for one in published.of_measure(demo, DONE, actor=vpcp)}


def test_a_figure_published_here_begins_the_usual_window_of_the_pace(
    demo: Installation, vpcp: Actor, second: Actor
) -> None:
    day = date(2024, 3, 15)
    before, later = demo.moment(), demo.moment(date(2024, 6, 1))
    assert pace.published_on(demo, "simplification", later) == DAY
    code = snapshots.draft(demo, vpcp, DONE, day, TOLD, seen=before.revision)
    assert (
        pace.published_on(demo, "simplification", demo.moment(later.as_of)) == DAY
    )  # a draft is no publication
    snapshots.act(demo, second, code, Step.APPROVE)
    snapshots.act(demo, vpcp, code, Step.PUBLISH)
    assert pace.published_on(demo, "simplification", demo.moment(later.as_of)) == day
    assert pace.published_on(demo, "simplification", later) == DAY  # not known then


def test_a_figure_is_frozen_as_known_at_an_earlier_day_and_by_what_was_printed(
    demo: Installation, vpcp: Actor
) -> None:
    printed = Print("Bài báo", "Báo", percent=Decimal("61"), numerator=660, denominator=1086)
    code = freeze(demo, vpcp, printed, known_at=DAY)
    one = snapshots.get(demo, code)
    assert one.snapshot is not None
    early = figures.compute(demo, DONE, demo.moment(DAY, DAY))
    assert (one.snapshot.numerator, one.snapshot.revision) == (early.numerator, early.moment.revision)
    assert one.numerator == 660
    assert published.relation_of(demo, one) is Relation.MISMATCH
    found = published.reproduce(demo, one)
    assert found is not None
    assert found.is_reproduced  # what was frozen, which is not what was printed
    assert found.now.numerator == 658


def test_a_count_is_frozen_without_a_share(demo: Installation, vpcp: Actor) -> None:
    seen = demo.moment().revision
    printed = Print("Báo cáo", "Cổng", percent=Decimal("50"), denominator=12)
    code = snapshots.draft(demo, vpcp, "catalogue.total", date(2024, 3, 21), printed, seen=seen)
    one = snapshots.get(demo, code)
    assert (one.kind, one.value, one.denominator, one.printed_percent) == ("count", 6317, None, None)
    assert published.relation_of(demo, one) is Relation.EXACT


def test_nothing_of_it_can_be_edited(demo: Installation, vpcp: Actor) -> None:
    freeze(demo, vpcp)
    cursor = demo.database._connection.cursor()
    for statement in (
        "update figure_snapshot set numerator = 1",
        "delete from figure_snapshot",
        "update figure_snapshot_event set comment = 'x'",
        "delete from figure_snapshot_event",
    ):
        with pytest.raises(Exception, match="append only"):
            cursor.execute(statement).fetchall()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("60,6", "60.6"), ("60.6 %", "60.6"), ("61%", "61"), ("27,80", "27.80"), ("", None), (" ", None)],
)
def test_a_percentage_keeps_the_decimals_it_is_written_with(text: str, expected: str | None) -> None:
    found = snapshots.read_percent(text)
    assert (str(found) if found is not None else None) == expected


@pytest.mark.parametrize("text", ["60,6,1", "sáu mươi", "-3", "1e5", "NaN"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="figure_incomplete"):
        snapshots.read_percent(text)


def test_counts_are_read_as_people_write_them() -> None:
    assert snapshots.read_count("1.086", "denominator") == 1086
    assert snapshots.read_count("1086", "denominator") == 1086
    assert snapshots.read_count("", "denominator") is None
    for text in ("1.08", "10.86", "abc", "1,2"):
        with pytest.raises(Invalid, match="figure_incomplete"):
            snapshots.read_count(text, "denominator")
