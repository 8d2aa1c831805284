"""Many claims at once: all or nothing; and three people at one claim at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import polars as pl
import pytest

from catalogue.errors import Conflict, Forbidden, Invalid, NotFound, StaleVersion
from catalogue.model.actor import Actor
from catalogue.model.claim import Action, ClaimKind, ClaimState
from catalogue.services import audit, claims, evidence, figures, items
from catalogue.services.claims import Draft
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

Person = Callable[[Installation, str], Actor]
PDF = ("cong-van.pdf", b"%PDF-1.4 ban ky")
ANSWERS = {
    "expected_on": date(2024, 9, 30),
    "decision": "Vẫn cắt",
    "reason": "Chờ luật",
    "stuck_at": "Thẩm định",
}


def open_items(demo: Installation, agency: str, size: int) -> list[dict[str, Any]]:
    found = items.find(
        demo, demo.moment(), figures.SIMPLIFICATION, ItemFilter(agency=agency, progress="open"), size=size
    )
    return [items.get(demo, demo.moment(), item_id).state for item_id in found["item_id"]]


def drafts(rows: list[dict[str, Any]], kind: ClaimKind = ClaimKind.OBSTACLE, **values: Any) -> list[Draft]:
    return [Draft(row["item_id"], kind, ANSWERS | values, row["lock_revision"]) for row in rows]


def states(demo: Installation, actor: Actor, ids: list[int]) -> set[str]:
    return {claims.get(demo, actor, claim_id)[1]["state"] for claim_id in ids}


def test_one_revision_writes_them_all(demo: Installation, byt: Actor) -> None:
    before = demo.moment().revision
    ids = claims.draft_many(demo, byt, drafts(open_items(demo, "bo-y-te", 20)), submit=True)
    assert demo.moment().revision == before + 1
    assert states(demo, byt, ids) == {"submitted"}
    assert audit.check(demo).is_empty()


def test_an_item_of_another_ministry_keeps_all_of_them_out(demo: Installation, byt: Actor) -> None:
    rows = [*open_items(demo, "bo-y-te", 3), *open_items(demo, "bo-cong-an", 1)]
    before = demo.moment().revision
    with pytest.raises(Forbidden):
        claims.draft_many(demo, byt, drafts(rows))
    assert demo.moment().revision == before


def test_drafts_are_kept_incomplete_and_sent_together_or_not_at_all(demo: Installation, byt: Actor) -> None:
    good, bad = drafts(open_items(demo, "bo-y-te", 4))[:3], drafts(open_items(demo, "bo-y-te", 4))[3:]
    bad = [
        Draft(one.item_id, one.kind, {**one.values, "reason": None, "stuck_at": " "}, one.item_revision)
        for one in bad
    ]
    ids = claims.draft_many(demo, byt, [*good, *bad])
    chosen = [(claim_id, claims.get(demo, byt, claim_id)[0].revision) for claim_id in ids]
    with pytest.raises(Invalid) as caught:
        claims.submit_many(demo, byt, chosen)
    assert {key: [i.column for i in issues] for key, issues in caught.value.details["by_claim"].items()} == {
        ids[3]: ["reason", "stuck_at"]
    }
    assert states(demo, byt, ids) == {"draft"}
    claims.submit_many(demo, byt, chosen[:3])
    assert states(demo, byt, ids[:3]) == {"submitted"}


def test_new_claims_refused_together_are_named_by_item(demo: Installation, byt: Actor) -> None:
    rows = open_items(demo, "bo-y-te", 3)
    asked = [*drafts(rows[:2]), *drafts(rows[2:], reason=None)]
    with pytest.raises(Invalid) as caught:
        claims.draft_many(demo, byt, asked, submit=True)
    by_item = caught.value.details["by_item"]
    assert {key: [i.column for i in issues] for key, issues in by_item.items()} == {
        rows[2]["item_id"]: ["reason"]
    }


def test_one_file_serves_many_claims_and_is_kept_once(demo: Installation, byt: Actor) -> None:
    rows = open_items(demo, "bo-y-te", 5)
    before = demo.database.whole("evidence_content").height
    values = {
        "new_deadline": date(2026, 12, 31),
        "number": "9/BYT-VP",
        "issued_on": date(2024, 3, 20),
        "reason": "Chờ",
    }
    asked = [Draft(r["item_id"], ClaimKind.EXTENSION, values, r["lock_revision"], files=[PDF]) for r in rows]
    ids = claims.draft_many(demo, byt, asked, submit=True)
    assert demo.database.whole("evidence_content").height == before + 1
    assert all(claims.story(demo, byt, claim_id)[1].height == 1 for claim_id in ids)


def test_a_file_is_taken_out_of_a_draft_and_the_ledger_keeps_that_it_was_there(
    demo: Installation, byt: Actor
) -> None:
    row = open_items(demo, "bo-y-te", 1)[0]
    claim_id = claims.draft(
        demo, byt, row["item_id"], ClaimKind.EXTENSION, {}, item_revision=row["lock_revision"], files=[PDF]
    )
    evidence_id = claims.story(demo, byt, claim_id)[1]["evidence_id"][0]
    revision = claims.get(demo, byt, claim_id)[0].revision
    claims.remove_evidence(demo, byt, claim_id, evidence_id, revision=revision)
    assert claims.story(demo, byt, claim_id)[1].is_empty()
    assert claims.get(demo, byt, claim_id)[1]["files"] == 0
    assert evidence_id in demo.database.whole("evidence")["evidence_id"]
    assert audit.check(demo).is_empty()


def test_an_extension_is_refused_for_good_and_the_deadline_stands(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    asked = claims.find(demo, vpcp, state=ClaimState.SUBMITTED, agency="bo-y-te", kind=ClaimKind.EXTENSION)
    claim_id, item_id = asked["claim_id"][0], asked["item_id"][0]
    deadline = items.get(demo, demo.moment(), item_id).state["current_deadline"]
    revision = claims.get(demo, vpcp, claim_id)[0].revision
    with pytest.raises(Invalid, match="comment_missing_refusal"):
        claims.act(demo, vpcp, claim_id, Action.REFUSE, revision=revision)
    claims.act(demo, vpcp, claim_id, Action.REFUSE, revision=revision, comment="Đã lùi ba lần")
    assert claims.get(demo, vpcp, claim_id)[0].state is ClaimState.REFUSED
    assert items.get(demo, demo.moment(), item_id).state["current_deadline"] == deadline
    assert audit.check(demo).is_empty()


def test_claims_are_returned_together_with_one_comment(demo: Installation, vpcp: Actor) -> None:
    waiting = claims.find(demo, vpcp, state=ClaimState.SUBMITTED, agency="bo-y-te")
    chosen = list(waiting.select("claim_id", "revision").iter_rows())
    claims.decide_many(demo, vpcp, chosen, Action.RETURN, comment="Bổ sung bản có dấu")
    ids = [claim_id for claim_id, _ in chosen]
    assert states(demo, vpcp, ids) == {"returned"}
    assert {claims.get(demo, vpcp, claim_id)[1]["comment"] for claim_id in ids} == {"Bổ sung bản có dấu"}


def test_of_three_who_act_at_once_one_wins_and_the_others_learn_what_was_done(
    demo: Installation, person: Person, byt: Actor, vpcp: Actor
) -> None:
    second = person(demo, "vpcp2")
    waiting = claims.find(demo, vpcp, state=ClaimState.SUBMITTED, agency="bo-y-te", kind=ClaimKind.ENACTED)
    for claim_id, revision in waiting.select("claim_id", "revision").iter_rows():

        def attempt(
            who: tuple[Actor, Action, str | None], claim_id: int = claim_id, revision: int = revision
        ) -> Any:
            actor, action, comment = who
            try:
                claims.act(demo, actor, claim_id, action, revision=revision, comment=comment)
            except StaleVersion as error:
                return error
            else:
                return None

        people = [
            (vpcp, Action.CONFIRM, None),
            (second, Action.RETURN, "Thiếu dấu"),
            (byt, Action.RECALL, None),
        ]
        with ThreadPoolExecutor(3) as pool:
            told = list(pool.map(attempt, people))
        assert told.count(None) == 1
        winner, action, _ = people[told.index(None)]
        for refusal in filter(None, told):
            assert refusal.code == f"stale_claim_{action.value}"
            assert refusal.details["who"] == winner.full_name
    assert audit.check(demo).is_empty()


def test_a_file_taken_out_of_a_draft_is_its_own_agency_s_affair(
    demo: Installation, person: Person, byt: Actor
) -> None:
    row = open_items(demo, "bo-y-te", 1)[0]
    values = {
        "new_deadline": date(2026, 12, 31),
        "number": "9/BYT-VP",
        "issued_on": date(2024, 3, 20),
        "reason": "Chờ",
    }
    claim_id = claims.draft(
        demo,
        byt,
        row["item_id"],
        ClaimKind.EXTENSION,
        values,
        item_revision=row["lock_revision"],
        files=[PDF],
    )
    wrong = claims.story(demo, byt, claim_id)[1]["evidence_id"][0]
    revision = claims.get(demo, byt, claim_id)[0].revision
    claims.remove_evidence(demo, byt, claim_id, wrong, revision=revision)
    revision = claims.get(demo, byt, claim_id)[0].revision
    claims.edit(
        demo, byt, claim_id, values, revision=revision, files=[("dung.pdf", b"%PDF-1.4 dung")], submit=True
    )
    right = claims.story(demo, byt, claim_id)[1]["evidence_id"][0]
    assert evidence.content(demo, byt, wrong)["file_name"] == PDF[0]
    for account in ("bca", "lanhdao", "vpcp"):
        reader = person(demo, account)
        assert evidence.content(demo, reader, right)["file_name"] == "dung.pdf"
        with pytest.raises(NotFound):
            evidence.content(demo, reader, wrong)


def test_a_recorded_decision_publishes_only_what_it_names(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    lines = demo.database.whole("publication_line")
    known = demo.database.whole("document_event")
    wanted = ItemFilter(agency="bo-y-te", progress="not_published")
    found = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=100)
    row = items.get(demo, demo.moment(), found["item_id"][0]).state
    issued = known.join(lines.select("document_id", "procedure_code"), on="document_id")
    own = demo.database.whole("document").filter(pl.col("issuer_code") == "bo-y-te")["document_id"]
    other = issued.filter(
        pl.col("document_id").is_in(own.to_list())
        & (pl.col("issued_on") >= row["enacted_on"])
        & (pl.col("issued_on") <= date(2024, 3, 21))
    )
    naming = set(other.filter(pl.col("procedure_code") == row["procedure_code"])["document_id"])
    decision = other.filter(~pl.col("document_id").is_in(list(naming))).sort("document_id").row(0, named=True)
    claim_id = claims.draft(
        demo, byt, row["item_id"], ClaimKind.PUBLISHED,
        {"number": decision["number"], "issued_on": decision["issued_on"]},
        item_revision=row["lock_revision"], files=[PDF], submit=True,
    )  # fmt: skip
    revision = claims.get(demo, vpcp, claim_id)[0].revision
    with pytest.raises(Conflict, match="decision_does_not_name"):
        claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=revision)
    assert claims.get(demo, vpcp, claim_id)[0].state is ClaimState.SUBMITTED
