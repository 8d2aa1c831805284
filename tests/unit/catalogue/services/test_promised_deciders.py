"""The check of who is to decide: by the level and agency that hold on the day, before and after a change and an ending."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from catalogue.model.actor import Actor
from catalogue.model.annex import Action as LineAction
from catalogue.model.annex import Line
from catalogue.model.authority import Authority, Form, Level, Transfer
from catalogue.model.claim import Action, ClaimKind
from catalogue.model.promise import Finding, Outcome, Reason, Verdict
from catalogue.model.publication import Basis, Draft
from catalogue.services import claims, figures, items, procedures, promises, publications, transfers
from catalogue.services.installation import Installation

SIGNED = date(2024, 3, 20)
BEFORE_ENDING, ENDING = date(2025, 6, 30), date(2025, 7, 1)


def published_item(demo: Installation, levels: frozenset[str], form: Form = Form.PHAN_CAP) -> dict[str, Any]:
    """A decentralised item whose published record names these levels."""
    frame = promises.check(demo, demo.moment(), programme=figures.DECENTRALISATION)
    for row in frame.filter(pl.col("outcome") == Outcome.MATCHES).iter_rows(named=True):
        version = procedures.get(demo, demo.moment(), row["procedure_code"]).version
        standing = transfers.of_item(demo, demo.moment(), row["item_id"])
        if version.levels == levels and standing is not None and standing.now.form is form:
            return row | {"competent": version.agencies["competent"], "giver": standing.now.giver}
    raise AssertionError("no such item")


def assign_to(
    demo: Installation, vpcp: Actor, row: dict[str, Any], taker: Authority, form: Form = Form.PHAN_CAP
) -> None:
    revision = items.get(demo, demo.moment(), row["item_id"]).state["lock_revision"]
    transfers.change(
        demo, vpcp, row["item_id"], revision=revision, on=SIGNED, reason="Phân định lại",
        transfer=Transfer(form, row["giver"], taker),
    )  # fmt: skip


def publish_again(demo: Installation, vpcp: Actor, row: dict[str, Any]) -> None:
    """A decision that publishes the record as it stands."""
    issuer = row["lead_agency"]
    draft = Draft(
        issuer=issuer,
        number="991/QĐ-CB",
        issued_on=SIGNED,
        title="Công bố thủ tục hành chính",
        in_force_on=SIGNED,
        signer_name="Nguyễn Văn A",
        signer_position="head_of_ministry",
        bases=(Basis("77/2024/TT-CB", date(2024, 3, 1), issuer, "circular", SIGNED),),
        lines=(Line(1, LineAction.AMENDED, row["procedure_code"]),),
    )
    publications.register(demo, vpcp, draft)


def judged(demo: Installation, row: dict[str, Any], day: date) -> tuple[Outcome, Finding]:
    found = promises.of_item(demo, demo.moment(day), row["item_id"])
    assert found is not None
    finding = next(each.finding for each in found.measures if each.finding.measure.type == "decentralise")
    # the list says the same
    (listed,) = promises.check(demo, demo.moment(day), items=[row["item_id"]])["outcome"]
    assert listed == found.outcome
    return found.outcome, finding


def test_a_changed_assignment_is_compared_from_its_day_and_differs_once_published(
    demo: Installation, vpcp: Actor
) -> None:
    row = published_item(demo, frozenset({"provincial"}))
    assign_to(demo, vpcp, row, Authority(Level.COMMUNAL))
    assert judged(demo, row, date(2024, 3, 19))[0] is Outcome.MATCHES
    outcome, finding = judged(demo, row, SIGNED)
    assert (outcome, finding.shown.reason, finding.shown.levels) == (
        Outcome.NOT_VISIBLE, Reason.OTHER_LEVEL, ("provincial",),
    )  # fmt: skip
    publish_again(demo, vpcp, row)
    assert judged(demo, row, SIGNED)[0] is Outcome.UNANSWERED


def test_a_record_that_names_a_level_that_is_no_more_differs_from_the_day_of_its_ending(
    demo: Installation, vpcp: Actor
) -> None:
    row = published_item(demo, frozenset({"provincial", "district"}))
    assign_to(demo, vpcp, row, Authority(Level.DISTRICT))
    publish_again(demo, vpcp, row)
    assert judged(demo, row, BEFORE_ENDING)[0] is Outcome.MATCHES
    outcome, finding = judged(demo, row, ENDING)
    assert finding.measure.to is not None
    assert (outcome, finding.measure.to.level) == (Outcome.UNANSWERED, "communal")
    shown = finding.shown
    assert (shown.reason, shown.levels, shown.since) == (Reason.LEVEL_ENDED, ("district",), ENDING)


def test_an_answer_given_before_the_change_does_not_answer_for_it(
    demo: Installation, vpcp: Actor, person: Any
) -> None:
    row = published_item(demo, frozenset({"provincial"}))
    assign_to(demo, vpcp, row, Authority(Level.COMMUNAL))
    publish_again(demo, vpcp, row)
    editor = Actor(2, "ai.do", "Cán bộ", person(demo, "byt").role, row["lead_agency"])
    claim_id = claims.draft(
        demo, editor, row["item_id"], ClaimKind.DIFFERENCE, {"explanation": "Đang sửa cơ sở dữ liệu trong quý."},
        item_revision=items.get(demo, demo.moment(), row["item_id"]).state["lock_revision"], submit=True,
    )  # fmt: skip
    lock = claims.get(demo, editor, claim_id)[0].revision
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=lock)
    assert judged(demo, row, SIGNED)[0] is Outcome.ANSWERED
    assign_to(demo, vpcp, row, Authority(Level.DISTRICT))
    assert judged(demo, row, SIGNED)[0] is Outcome.UNANSWERED


@pytest.mark.parametrize("is_named", [True, False])
def test_a_named_body_stands_in_the_record(demo: Installation, vpcp: Actor, *, is_named: bool) -> None:
    row = published_item(demo, frozenset({"provincial"}))
    body = f"{row['competent'][0]} các tỉnh, thành phố" if is_named else "Ban Quản lý khu công nghiệp"
    assign_to(demo, vpcp, row, Authority(Level.PROVINCIAL, body=body))
    publish_again(demo, vpcp, row)
    outcome, finding = judged(demo, row, SIGNED)
    if is_named:
        assert outcome is Outcome.MATCHES
    else:
        assert (outcome, finding.shown.reason) == (Outcome.UNANSWERED, Reason.OTHER_AGENCY)
        assert set(row["competent"]) <= set(finding.shown.agencies)


def test_who_is_authorised_stands_in_its_own_role(demo: Installation, vpcp: Actor) -> None:
    authorised = published_item(demo, frozenset({"provincial"}), Form.UY_QUYEN)
    assert judged(demo, authorised, SIGNED)[1].shown.reason is Reason.AUTHORISED
    row = published_item(demo, frozenset({"provincial"}))
    assign_to(demo, vpcp, row, Authority(Level.PROVINCIAL), Form.UY_QUYEN)
    publish_again(demo, vpcp, row)
    outcome, finding = judged(demo, row, SIGNED)
    assert (outcome, finding.verdict, finding.shown.reason) == (
        Outcome.UNANSWERED, Verdict.DIFFERS, Reason.NOT_AUTHORISED,
    )  # fmt: skip
