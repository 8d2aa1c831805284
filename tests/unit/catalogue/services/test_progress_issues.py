"""Issued progress reports: files and numbers stay as they were issued, and today's difference is explained item by item."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook

from catalogue.correspondence import progress_file
from catalogue.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.services import audit, claims, commitments, figures, items, progress_detail, progress_issues
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.services.progress_issues import Issued

DAY = "2024-02-29"
PDF = ("nghi-dinh.pdf", b"%PDF-1.4 nghi dinh")
Person = Callable[[Installation, str], Actor]


def issue(
    demo: Installation,
    actor: Actor,
    period: str = DAY,
    agency: str | None = None,
    programme: str = figures.SIMPLIFICATION,
) -> Issued:
    """Issue the workbook only: what the paper says is tested where it is written."""
    found = progress_file.report(demo, period, programme, agency)
    detail = progress_detail.detail(demo, found, agency)

    def write() -> Mapping[str, bytes]:
        return {"xlsx": progress_file.write(demo, found, agency, form="xlsx", detail=detail)}

    issue_id = progress_issues.issue(demo, actor, found, detail, write)
    return progress_issues.issued(demo, actor, issue_id)


def enact_late(demo: Installation, byt: Actor, vpcp: Actor) -> int:
    """A ministry reports now what has been in force since February 2024; the reviewer confirms it. Returns the item."""
    told: dict[str, Any] = {
        "number": "15/2024/NĐ-CP",
        "issued_on": date(2024, 2, 5),
        "in_force_on": date(2024, 2, 10),
    }
    wanted = ItemFilter(agency="bo-y-te", progress="open")
    for item_id in items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=500)["item_id"]:
        page = items.get(demo, demo.moment(), item_id)
        waiting = page.instruments.filter(pl.col("state") != "issued")
        if waiting.height == 1:
            claim_id = claims.draft(
                demo, byt, item_id, ClaimKind.ENACTED, told, item_revision=page.state["lock_revision"],
                document_id=waiting["document_id"][0], files=[PDF], submit=True,
            )  # fmt: skip
            lock = claims.get(demo, byt, claim_id)[0].revision
            claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=lock)
            return int(item_id)
    raise AssertionError("no open item")


def test_late_events_leave_the_issued_report_and_explain_todays(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    was = issue(demo, vpcp)
    content = progress_issues.content(demo, was, "xlsx")
    assert (was.total["done"], was.total["assigned"], was.agency) == (658, 1086, None)
    assert sum(row["done"] for code, row in was.rows.items() if code) == 658
    assert progress_issues.difference(demo, was) == ()
    enact_late(demo, byt, vpcp)
    item_id = items.find(
        demo, demo.moment(), figures.SIMPLIFICATION, ItemFilter(agency="bo-tu-phap", progress="open")
    )["item_id"][0]
    lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    commitments.withdraw(
        demo, vpcp, item_id, revision=lock, on=date(2024, 2, 20), reason="Đã bãi bỏ theo luật"
    )

    again = progress_issues.issued(demo, vpcp, was.issue_id)
    assert again == was
    assert progress_issues.content(demo, again, "xlsx") == content
    (*_, printed) = load_workbook(BytesIO(content))["Tổng hợp"].iter_rows(values_only=True)
    assert 658 in printed
    today = progress_file.report(demo, DAY, figures.SIMPLIFICATION).total
    assert (today.done, today.assigned) == (658 + _released(demo), 1085)
    found = {(one.agency, one.column): one for one in progress_issues.difference(demo, was)}
    assert (found["", "assigned"].printed, found["", "assigned"].now) == (1086, 1085)
    assert (found["", "done"].printed, found["", "done"].now) == (658, today.done)
    assert found["bo-y-te", "done"].change == found["", "done"].change
    assert found["bo-tu-phap", "assigned"].change == -1
    measure, changes = progress_issues.explained(demo, was)
    assert measure == "simplification.done"
    assert sum(one.numerator for one in changes) == today.done - 658
    assert sum(one.denominator for one in changes) == -1
    assert all(one.is_explained for one in changes)
    assert audit.check(demo).is_empty()


def _released(demo: Installation) -> int:
    """Items that the late instrument released."""
    done = figures.compute(demo, "simplification.done", demo.moment(date(2024, 2, 29))).numerator
    assert done > 658
    return done - 658


def test_the_numbers_are_those_of_the_reports_own_revision(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    found = progress_file.report(demo, DAY, figures.SIMPLIFICATION)
    detail = progress_detail.detail(demo, found)
    enact_late(demo, byt, vpcp)  # somebody writes while the files are being made
    issue_id = progress_issues.issue(
        demo,
        vpcp,
        found,
        detail,
        lambda: {"xlsx": progress_file.write(demo, found, form="xlsx", detail=detail)},
    )
    was = progress_issues.issued(demo, vpcp, issue_id)
    assert (was.total["done"], was.revision) == (658, found.revision)
    assert progress_issues.difference(demo, was)


def test_who_may_issue_what(demo: Installation, byt: Actor, vpcp: Actor, person: Person) -> None:
    with pytest.raises(Forbidden):
        issue(demo, byt)
    with pytest.raises(Forbidden):
        issue(demo, byt, agency="bo-tu-phap")
    with pytest.raises(Forbidden):
        issue(demo, person(demo, "lanhdao"))
    with pytest.raises(NotSignedIn):
        issue(demo, NOBODY)
    with pytest.raises(NotSignedIn):
        progress_issues.issues(demo, NOBODY, demo.moment())
    assert progress_issues.issues(demo, vpcp, demo.moment()) == []
    own = issue(demo, byt, agency="bo-y-te")
    assert (own.agency, set(own.rows)) == ("bo-y-te", {"bo-y-te", ""})
    assert own.rows["bo-y-te"] == own.total
    assert [one.issue_id for one in progress_issues.issues(demo, vpcp, demo.moment())] == [own.issue_id]
    assert progress_issues.issues(demo, vpcp, demo.moment(), programme=figures.DIRECTIVES) == []
    assert [progress_issues.may_issue(demo, byt, code) for code in ("bo-y-te", "bo-tu-phap", None)] == [
        True, False, False,
    ]  # fmt: skip


def test_a_group_of_agencies_has_a_report_that_only_the_office_issues(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    group = "cac-bo-nganh-dia-phuong"
    assert not progress_issues.may_issue(demo, byt, group)
    with pytest.raises(Forbidden):
        issue(demo, byt, agency=group, programme=figures.DIRECTIVES)
    was = issue(demo, vpcp, agency=group, programme=figures.DIRECTIVES)
    assert was.total["standing"] == was.rows[group]["standing"] == 7


def test_what_cannot_be_issued(demo: Installation, vpcp: Actor) -> None:
    with pytest.raises(Invalid, match="progress_issue_open"):
        issue(demo, vpcp, "2024-03")
    with pytest.raises(Invalid, match="progress_issue_empty"):
        issue(demo, vpcp, agency="ubnd-ha-noi")
    first = issue(demo, vpcp, "2024-02")
    assert first.total["done"] == 631
    with pytest.raises(Conflict, match="report_issue_unchanged"):
        issue(demo, vpcp, "2024-02")
    with pytest.raises(NotFound):
        progress_issues.issued(demo, vpcp, 1)
    with pytest.raises(NotFound):
        progress_issues.content(demo, first, "docx")
    assert (
        issue(demo, vpcp, "2024-02", programme=figures.DECENTRALISATION).programme == figures.DECENTRALISATION
    )


def test_a_periodic_forms_history_knows_nothing_of_it(demo: Installation, vpcp: Actor) -> None:
    before = demo.database.read(
        "report_forms/issues", revision=demo.moment().revision, form="II.06a", period=None
    )
    issue(demo, vpcp)
    after = demo.database.read(
        "report_forms/issues", revision=demo.moment().revision, form="II.06a", period=None
    )
    assert before.equals(after)
