"""The monthly cycle: opening, returns, closing for good, and what is recorded about a closed period afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from catalogue.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn, StaleVersion
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.model.period import Moment
from catalogue.model.progress_report import LateCorrection
from catalogue.model.reporting import Period, ReturnKind, ReturnState
from catalogue.services import (
    audit,
    claims,
    commitments,
    digest,
    figures,
    items,
    periods,
    progress,
    reminders,
    returns,
)
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

PDF = ("bao-cao.pdf", b"%PDF-1.4 bao cao thang")
LETTER: dict[str, Any] = {"number": "812/BC-BYT", "issued_on": date(2024, 3, 21), "files": [PDF]}
ISSUED = {"number": "99/2024/TT-BYT", "issued_on": date(2024, 3, 18), "in_force_on": date(2024, 3, 20)}
EARLY = "Họp Chính phủ thường kỳ cần số liệu trước hạn"
SIMPLIFICATION = figures.SIMPLIFICATION
Person = Callable[[Installation, str], Actor]


@pytest.fixture
def byt(demo: Installation, person: Person) -> Actor:
    return person(demo, "byt")


@pytest.fixture
def vpcp(demo: Installation, person: Person) -> Actor:
    return person(demo, "vpcp")


def march(demo: Installation) -> Period:
    return periods.get(demo, "2024-03")


def close_march(demo: Installation, vpcp: Actor) -> Period:
    return periods.close(demo, vpcp, "2024-03", seen=demo.moment().revision, reason=EARLY)


def confirm_one(demo: Installation, byt: Actor, vpcp: Actor) -> int:
    """A ministry reports an instrument in force in March; the reviewer confirms it. Returns the item."""
    wanted = ItemFilter(agency="bo-y-te", progress="open")
    for row in items.find(demo, demo.moment(), SIMPLIFICATION, wanted, size=500).iter_rows(named=True):
        page = items.get(demo, demo.moment(), row["item_id"])
        waiting = page.instruments.filter(pl.col("state") != "issued")
        if waiting.height == 1:
            claim_id = claims.draft(
                demo, byt, row["item_id"], ClaimKind.ENACTED, ISSUED, item_revision=page.state["lock_revision"],
                document_id=waiting["document_id"][0], files=[PDF], submit=True,
            )  # fmt: skip
            revision = claims.get(demo, byt, claim_id)[0].revision
            claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=revision)
            return int(row["item_id"])
    raise AssertionError("no open item")


def test_the_next_period_is_opened_and_no_other(demo: Installation, vpcp: Actor) -> None:
    with pytest.raises(Invalid, match="period_gap"):
        periods.open_period(demo, vpcp, "2024-05")
    opened = periods.open_period(demo, vpcp)
    assert (opened.name, opened.ends_on, opened.due_on) == ("2024-04", date(2024, 4, 30), date(2024, 5, 7))
    assert not opened.is_closed
    with pytest.raises(Conflict, match="period_exists"):
        periods.open_period(demo, vpcp, "2024-03")
    with pytest.raises(Invalid, match="period_too_early"):
        periods.open_period(demo, vpcp)
    assert [one.name for one in periods.all_periods(demo)][:2] == ["2024-04", "2024-03"]


def test_only_a_reviewer_opens_and_closes(demo: Installation, person: Person) -> None:
    for account in ("byt", "lanhdao", "quantri"):
        with pytest.raises(Forbidden):
            periods.open_period(demo, person(demo, account))
        with pytest.raises(Forbidden):
            periods.close(demo, person(demo, account), "2024-03", seen=demo.moment().revision, reason=EARLY)
    with pytest.raises(NotSignedIn):
        periods.open_period(demo, NOBODY)


def test_an_empty_installation_opens_any_first_month(
    empty: Installation, demo: Installation, person: Person
) -> None:
    reviewer = person(demo, "vpcp")
    assert periods.all_periods(empty) == []
    assert periods.current(empty) is None
    opened = periods.open_period(empty, reviewer, "2026-10")
    assert periods.returns(empty, opened) == []
    assert periods.before(empty, opened) is None
    report = progress.report(empty, SIMPLIFICATION, opened)
    assert (report.total.assigned, report.rows, report.total.percent_of_all) == (0, (), None)
    closed = periods.close(empty, reviewer, "2026-10", seen=empty.moment().revision)
    assert closed.is_closed
    assert progress.report(empty, SIMPLIFICATION, closed).total.assigned == 0
    assert audit.check(empty).is_empty()


def test_a_ministry_files_for_itself_only(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    for actor, agency in ((byt, "bo-tu-phap"), (vpcp, "bo-y-te"), (vpcp, "bo-tu-phap")):
        with pytest.raises(Forbidden):
            returns.file_return(demo, actor, march(demo), agency, ReturnKind.NIL)
    with pytest.raises(NotSignedIn):
        returns.file_return(demo, NOBODY, march(demo), "bo-y-te", ReturnKind.NIL)
    assert {one.state for one in periods.returns(demo, march(demo))} == {ReturnState.WAITING}


def test_a_later_return_takes_the_place_of_an_earlier_one(demo: Installation, byt: Actor) -> None:
    returns.file_return(demo, byt, march(demo), "bo-y-te", ReturnKind.NIL)
    sent = returns.of_agency(demo, march(demo), "bo-y-te")
    assert sent is not None
    assert (sent.state, sent.versions, sent.files) == (ReturnState.NIL, 1, ())
    returns.file_return(demo, byt, march(demo), "bo-y-te", ReturnKind.REPORT, note=" đã  ký ", **LETTER)
    sent = returns.of_agency(demo, march(demo), "bo-y-te")
    assert sent is not None
    assert (sent.state, sent.number, sent.versions, sent.note) == (
        ReturnState.SUBMITTED,
        "812/BC-BYT",
        2,
        "đã ký",
    )
    told = returns.history(demo, byt, march(demo), "bo-y-te")
    assert told["kind"].to_list() == ["report", "nil"]
    content = returns.file_content(demo, byt, sent.files[0].file_id)
    assert (content["content"], content["media_type"]) == (PDF[1], "application/pdf")
    with pytest.raises(NotSignedIn):
        returns.file_content(demo, NOBODY, sent.files[0].file_id)
    with pytest.raises(NotFound):
        returns.file_content(demo, byt, 0)
    assert audit.check(demo).is_empty()


def test_a_report_names_all_that_it_lacks_and_writes_nothing(demo: Installation, byt: Actor) -> None:
    before = demo.moment().revision
    with pytest.raises(Invalid) as caught:
        returns.file_return(demo, byt, march(demo), "bo-y-te", ReturnKind.REPORT, number=" ")
    assert [issue.column for issue in caught.value.issues] == ["number", "issued_on", "return_file"]
    with pytest.raises(Invalid, match="evidence_refused"):
        returns.file_return(
            demo, byt, march(demo), "bo-y-te", ReturnKind.REPORT, **LETTER | {"files": [("a.pdf", b"MZ")]}
        )
    assert demo.moment().revision == before


def test_an_agency_without_items_owes_no_return(demo: Installation, byt: Actor) -> None:
    stranger = replace(byt, agency_code="kiem-toan-nha-nuoc")
    with pytest.raises(Invalid, match="return_not_owed"):
        returns.file_return(demo, stranger, march(demo), "kiem-toan-nha-nuoc", ReturnKind.NIL)


def test_nil_is_doubted_where_claims_were_sent_in_the_cycle(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    since = periods.cycle_start(demo, march(demo))
    assert since == periods.get(demo, "2024-02").frozen_revision
    before = returns.activity(demo, march(demo), "bo-y-te", since)
    confirm_one(demo, byt, vpcp)
    assert returns.activity(demo, march(demo), "bo-y-te", since) == before + 1
    returns.file_return(demo, byt, march(demo), "bo-y-te", ReturnKind.NIL)  # doubted, not refused


def test_the_day_ends_at_midnight_in_viet_nam(demo: Installation, byt: Actor, clock: Any) -> None:
    real = replace(demo, fixed_working_date=None)
    clock.now = datetime(2024, 4, 5, 16, 59, 59, tzinfo=UTC)  # 23:59:59 of the day on which returns are due
    returns.file_return(real, byt, march(real), "bo-y-te", ReturnKind.NIL)
    clock.now = datetime(2024, 4, 5, 17, 0, tzinfo=UTC)
    btp = replace(byt, agency_code="bo-tu-phap")
    returns.file_return(real, btp, march(real), "bo-tu-phap", ReturnKind.NIL)
    states = {one.agency_code: one.state for one in periods.returns(real, march(real))}
    assert states["bo-y-te"] is ReturnState.NIL
    assert states["bo-tu-phap"] is ReturnState.LATE
    assert states["bo-cong-an"] is ReturnState.MISSING


def test_closing_early_needs_a_reason_and_is_final(demo: Installation, vpcp: Actor) -> None:
    seen = demo.moment().revision
    with pytest.raises(Invalid, match="period_close_early"):
        periods.close(demo, vpcp, "2024-03", seen=seen, reason="  ")
    closed = periods.close(demo, vpcp, "2024-03", seen=seen, reason=EARLY)
    assert (closed.frozen_revision, closed.close_note) == (demo.moment().revision, EARLY)
    assert closed.closed_by
    with pytest.raises(Conflict, match="period_closed_already"):
        close_march(demo, vpcp)
    with pytest.raises(NotFound):
        periods.close(demo, vpcp, "2030-01", seen=seen)
    for table in (
        "period_closing",
        "period_figure",
        "period_return",
        "period_return_file",
        "reporting_period",
    ):
        with pytest.raises(Exception, match="append only"), demo.database.transaction("test") as transaction:
            transaction._cursor.execute(f"delete from {table}").fetchall()


def test_periods_are_closed_in_their_order_and_not_before_they_begin(demo: Installation, vpcp: Actor) -> None:
    periods.open_period(demo, vpcp)
    seen = demo.moment().revision
    with pytest.raises(Invalid, match="period_not_begun"):
        periods.close(demo, vpcp, "2024-04", seen=seen, reason=EARLY)
    later = replace(demo, fixed_working_date=date(2024, 5, 20))
    with pytest.raises(Invalid, match="period_earlier_open"):
        periods.close(later, vpcp, "2024-04", seen=seen)
    assert periods.close(later, vpcp, "2024-03", seen=seen).close_note is None  # due: no reason needed


def test_figures_that_moved_since_the_preview_are_not_closed(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    seen = demo.moment().revision
    confirm_one(demo, byt, vpcp)
    with pytest.raises(StaleVersion):
        periods.close(demo, vpcp, "2024-03", seen=seen, reason=EARLY)
    assert not march(demo).is_closed
    assert close_march(demo, vpcp).is_closed


def test_a_late_correction_is_shown_as_such_and_the_closed_figure_stands(
    demo: Installation, byt: Actor, vpcp: Actor, person: Person
) -> None:
    closed = close_march(demo, vpcp)
    frozen = progress.report(demo, SIMPLIFICATION, closed)
    assert (frozen.is_closed, frozen.total.done, frozen.total.late_corrections) == (True, 658, 0)
    item_id = confirm_one(demo, byt, vpcp)
    now = figures.stages(demo, SIMPLIFICATION, Moment(closed.ends_on, None, demo.moment().revision))["done"]
    report = progress.report(demo, SIMPLIFICATION, march(demo))
    assert now > 658
    assert replace(report.total, late_corrections=0) == frozen.total
    corrections = periods.late_corrections(demo, march(demo), actor=vpcp, programme=SIMPLIFICATION)
    enacted = [one for one in corrections if one.change == "enacted_reached"]
    assert len({one.item_id for one in enacted}) == now - 658 == report.total.late_corrections
    mine = next(one for one in enacted if one.item_id == item_id)
    assert (mine.before, mine.after, mine.agency_code) == (None, date(2024, 3, 20), "bo-y-te")
    assert mine.claim_id is not None
    assert mine.recorded_by == vpcp.full_name
    anonymous = periods.late_corrections(demo, march(demo), programme=SIMPLIFICATION)
    assert {(one.claim_id, one.recorded_by) for one in anonymous} == {(None, None)}
    periods.open_period(demo, vpcp)
    april = progress.report(demo, SIMPLIFICATION, periods.get(demo, "2024-04"))
    assert april.total.done_change == now - 658 + (april.total.done - now)
    assert april.total.carried_corrections == report.total.late_corrections
    assert audit.check(demo).is_empty()


def test_a_carried_correction_is_one_at_the_done_stage(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    close_march(demo, vpcp)
    before = demo.moment().revision
    confirm_one(demo, byt, vpcp)
    opened = periods.open_period(demo, vpcp)
    found = progress.report(demo, SIMPLIFICATION, opened).total.carried_corrections
    at_march = [
        figures.stages(demo, SIMPLIFICATION, Moment(march(demo).ends_on, None, revision))["done"]
        for revision in (before, demo.moment().revision)
    ]
    assert found == at_march[1] - at_march[0] > 0
    lost = LateCorrection(
        1, "", None, "bo-y-te", "", "enacted_lost", None, None, datetime(2024, 4, 2, tzinfo=UTC), None
    )  # fmt: skip
    changes = ("enacted_reached", "enacted_lost", "enacted_moved", "published_reached", "deadline_moved")
    counted = [progress.done_change(replace(lost, change=change), "enacted") for change in changes]
    assert counted == [1, -1, 0, 0, 0]


def test_a_period_closed_early_makes_nobody_late_before_its_due_day(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    close_march(demo, vpcp)
    assert {one.state for one in periods.returns(demo, march(demo))} == {ReturnState.WAITING}
    period, owing = digest.owed_returns(demo, demo.moment())
    assert period == march(demo)
    assert "bo-y-te" in owing
    returns.file_return(demo, byt, march(demo), "bo-y-te", ReturnKind.REPORT, **LETTER)
    sent = returns.of_agency(demo, march(demo), "bo-y-te")
    assert sent is not None
    assert (sent.state, sent.kind) == (ReturnState.SUBMITTED, ReturnKind.REPORT)
    report = progress.report(demo, SIMPLIFICATION, march(demo))
    assert (report.returns_sent, report.returns_waiting) == (1, report.returns_owed - 1)
    due = replace(demo, fixed_working_date=date(2024, 4, 5))
    assert {one.state for one in periods.returns(due, march(due))} == {
        ReturnState.WAITING,
        ReturnState.SUBMITTED,
    }
    after = replace(demo, fixed_working_date=date(2024, 4, 6))
    states = {one.agency_code: one.state for one in periods.returns(after, march(after))}
    missing = {code for code, state in states.items() if state is ReturnState.MISSING}
    assert missing == states.keys() - {"bo-y-te"}
    named = {
        one.agency_code: one.missing_period
        for one in reminders.every_agency(after, after.moment())
        if one.missing_period
    }
    assert named == dict.fromkeys(missing, "2024-03")
    assert digest.owed_returns(after, after.moment()) == (None, {})


def test_a_period_looks_open_as_known_before_its_close(demo: Installation) -> None:
    then = demo.moment(known_at=date(2024, 3, 8))
    assert not periods.get(demo, "2024-02", then).is_closed
    assert periods.get(demo, "2024-02").is_closed
    sent = {
        one.agency_code: one.state for one in periods.returns(demo, periods.get(demo, "2024-02", then), then)
    }
    assert ReturnState.MISSING in sent.values()


def test_check_finds_a_frozen_figure_that_is_not_the_ledgers(demo: Installation, vpcp: Actor) -> None:
    with demo.database.transaction("period.close", vpcp.actor_id) as transaction:
        wrong = periods.figures_at(transaction, date(2024, 3, 31), transaction.revision).with_columns(
            enacted=pl.col("enacted") + 1
        )
        period_id = march(demo).period_id
        transaction.append("period_closing", [{"period_id": period_id, "reason": None, "actor_id": 1}])
        transaction.append("period_figure", periods.frozen_rows(period_id, wrong))
    found = audit.check(demo)
    assert set(found["problem"]) == {"frozen figure is not that of the ledger"}
    assert {one.split()[-1] for one in found["id"]} == {"enacted"}


def test_merged_ministries_answer_by_their_successors(demo: Installation, vpcp: Actor) -> None:
    later = replace(demo, fixed_working_date=date(2025, 3, 20))
    while (last := periods.all_periods(later)[0]).name < "2025-03":
        periods.open_period(later, vpcp)
    owing = {one.agency_code: one.items for one in periods.returns(later, last)}
    assert "bo-ke-hoach-va-dau-tu" not in owing
    assert sum(owing.values()) == 1086 + 699
    known = {code: demo.reference.agency(code) for code in owing}
    assert all(agency.valid_on(last.ends_on) for agency in known.values())


def test_a_base_change_accounts_for_the_denominator(demo: Installation, vpcp: Actor) -> None:
    item = items.find(demo, demo.moment(), SIMPLIFICATION, ItemFilter(agency="bo-y-te"), size=1).row(
        0, named=True
    )
    lock = items.get(demo, demo.moment(), item["item_id"]).state["lock_revision"]
    reason = "Thủ tục đã được bãi bỏ theo luật mới"
    commitments.withdraw(demo, vpcp, item["item_id"], revision=lock, on=date(2024, 3, 15), reason=reason)
    report = progress.report(demo, SIMPLIFICATION, march(demo))
    assert (report.total.assigned, report.total.base_added, report.total.base_withdrawn) == (1085, 0, 1)
    (change,) = report.base_changes
    assert (change.change, change.agency_code, change.items, change.reason) == (
        "withdrawn",
        "bo-y-te",
        1,
        reason,
    )
    february = progress.report(demo, SIMPLIFICATION, periods.get(demo, "2024-02"))
    assert (february.total.assigned, february.base_changes) == (1086, ())


def test_the_rows_of_a_report_add_up(demo: Installation) -> None:
    for period in periods.all_periods(demo):
        for programme in figures.PROGRAMMES.values():
            report = progress.report(demo, programme, period)
            for name in ("assigned", "done", "published", "overdue", "done_before", "late_corrections"):
                assert sum(getattr(row, name) for row in report.rows) == getattr(report.total, name)
            for row in (*report.rows, report.total):
                states = row.done + row.overdue + row.due_soon + row.in_time + row.no_deadline + row.standing
                assert (states, row.done_in_time + row.done_late) == (row.assigned, row.done)


def test_the_report_of_one_ministry_is_its_row(demo: Installation) -> None:
    period = periods.get(demo, "2024-02")
    whole = progress.report(demo, SIMPLIFICATION, period)
    own = progress.report(demo, SIMPLIFICATION, period, agency="bo-y-te")
    assert own.rows == tuple(row for row in whole.rows if row.agency_code == "bo-y-te")
    assert own.total.done == own.rows[0].done
    assert {one.agency_code for one in own.late_corrections} <= {"bo-y-te"}
    with pytest.raises(NotFound):
        progress.report(demo, "khong-co", period)
