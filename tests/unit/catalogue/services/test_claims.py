"""The workflow belongs to the claim; only a confirmed claim becomes an event, for every item its instrument serves."""

from collections.abc import Callable
from datetime import date

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
from catalogue.model.claim import Action, ClaimKind, ClaimState
from catalogue.services import audit, claim_reading, claims, evidence, figures, items
from catalogue.services.claims import Draft
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

PDF = ("thong-tu.pdf", b"%PDF-1.4 ban ky")
CONTENT = {"number": "99/2024/TT-BYT", "issued_on": date(2024, 3, 18), "in_force_on": date(2024, 3, 20)}
Person = Callable[[Installation, str], Actor]


@pytest.fixture
def byt(demo: Installation, person: Person) -> Actor:
    return person(demo, "byt")


@pytest.fixture
def vpcp(demo: Installation, person: Person) -> Actor:
    return person(demo, "vpcp")


def open_item(demo: Installation, agency: str = "bo-y-te") -> tuple[int, int, int]:
    """(item, its lock, an instrument that alone holds it) of an open simplification item."""
    wanted = ItemFilter(agency=agency, progress="open")
    for row in items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=500).iter_rows(
        named=True
    ):
        page = items.get(demo, demo.moment(), row["item_id"])
        waiting = page.instruments.filter(pl.col("state") != "issued")
        if waiting.height == 1:
            return row["item_id"], page.state["lock_revision"], waiting["document_id"][0]
    raise AssertionError("no open item")


def submitted(demo: Installation, byt: Actor) -> tuple[int, int, int]:
    item_id, lock, document_id = open_item(demo)
    claim_id = claims.draft(
        demo, byt, item_id, ClaimKind.ENACTED, CONTENT, item_revision=lock, document_id=document_id,
        files=[PDF], submit=True,
    )  # fmt: skip
    return claim_id, claims.get(demo, byt, claim_id)[0].revision, document_id


def done(demo: Installation) -> int:
    return figures.compute(demo, "simplification.done", demo.moment()).numerator


def test_confirming_moves_every_item_the_instrument_serves(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    claim_id, revision, document_id = submitted(demo, byt)
    assert done(demo) == 658  # a submitted claim counts for nothing
    preview = claim_reading.preview(demo, vpcp, [claim_id])
    moves = {moved.programme: moved for moved in preview.moved}
    promised = moves[figures.SIMPLIFICATION]
    assert promised.before.numerator == 658
    assert preview.released.height >= 1
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=revision)
    assert done(demo) == promised.after > 658
    moved = items.find(
        demo,
        demo.moment(),
        figures.SIMPLIFICATION,
        ItemFilter(document_id=document_id, progress="done"),
        size=500,
    )
    assert promised.after - 658 == moved.height
    assert set(moved["enacted_on"]) == {date(2024, 3, 20)}
    assert audit.check(demo).is_empty()
    before = figures.compute(demo, "simplification.done", demo.moment(date(2024, 3, 19)))
    assert before.numerator == 658  # in force from the 20th, not from the signature
    known = figures.compute(demo, "simplification.done", demo.moment(date(2024, 3, 21), date(2024, 3, 21)))
    assert known.numerator == 658  # what was published then is reproduced


def test_in_force_later_is_not_done_yet(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    item_id, lock, document_id = open_item(demo)
    content = CONTENT | {"in_force_on": date(2024, 7, 1)}
    claim_id = claims.draft(
        demo, byt, item_id, ClaimKind.ENACTED, content, item_revision=lock, document_id=document_id,
        files=[PDF], submit=True,
    )  # fmt: skip
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=claims.get(demo, vpcp, claim_id)[0].revision)
    assert done(demo) == 658
    assert figures.compute(demo, "simplification.done", demo.moment(date(2024, 7, 1))).numerator > 658


def test_a_return_needs_a_comment_and_goes_back_to_the_ministry(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    claim_id, revision, _ = submitted(demo, byt)
    with pytest.raises(Invalid) as caught:
        claims.act(demo, vpcp, claim_id, Action.RETURN, revision=revision, comment="  ")
    assert caught.value.code == "comment_missing"
    claims.act(demo, vpcp, claim_id, Action.RETURN, revision=revision, comment="Thiếu trang ký")
    claim, row = claims.get(demo, byt, claim_id)
    assert (claim.state, row["comment"]) == (ClaimState.RETURNED, "Thiếu trang ký")
    claims.edit(demo, byt, claim_id, CONTENT | {"note": "đã bổ sung"}, revision=claim.revision, submit=True)
    claim, _ = claims.get(demo, vpcp, claim_id)
    assert claim.state is ClaimState.SUBMITTED
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=claim.revision)
    story, _ = claims.story(demo, vpcp, claim_id)
    assert story["action"].to_list() == ["draft", "submit", "return", "edit", "submit", "confirm"]
    assert audit.check(demo).is_empty()


def test_without_evidence_it_stays_with_the_ministry(demo: Installation, byt: Actor) -> None:
    item_id, lock, document_id = open_item(demo)
    revision = demo.moment().revision
    with pytest.raises(Invalid) as caught:
        claims.draft(
            demo,
            byt,
            item_id,
            ClaimKind.ENACTED,
            CONTENT,
            item_revision=lock,
            document_id=document_id,
            submit=True,
        )
    assert [issue.rule for issue in caught.value.issues] == ["evidence_missing"]
    assert demo.moment().revision == revision  # nothing half-written


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("rong.pdf", b"", "file_empty"),
        ("gia.pdf", b"MZ program", "file_kind"),
        ("ma.exe", b"%PDF-1.4", "file_kind"),
        ("to.pdf", b"%PDF-" + b"x" * evidence.LARGEST_BYTES, "file_too_large"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    demo: Installation, byt: Actor, name: str, data: bytes, rule: str
) -> None:
    item_id, lock, document_id = open_item(demo)
    with pytest.raises(Invalid) as caught:
        claims.draft(
            demo, byt, item_id, ClaimKind.ENACTED, CONTENT, item_revision=lock, document_id=document_id,
            files=[(name, data)],
        )  # fmt: skip
    assert [issue.rule for issue in caught.value.issues] == [rule]


def test_another_agencys_item_is_refused(demo: Installation, byt: Actor) -> None:
    item_id, lock, document_id = open_item(demo, "bo-cong-an")
    with pytest.raises(Forbidden):
        claims.draft(
            demo, byt, item_id, ClaimKind.ENACTED, CONTENT, item_revision=lock, document_id=document_id
        )


def test_nobody_and_a_viewer_write_nothing(demo: Installation, person: Person, byt: Actor) -> None:
    item_id, lock, document_id = open_item(demo)
    for actor, error in (
        (NOBODY, NotSignedIn),
        (person(demo, "lanhdao"), Forbidden),
        (person(demo, "quantri"), Forbidden),
    ):
        with pytest.raises(error):
            claims.draft(
                demo, actor, item_id, ClaimKind.ENACTED, CONTENT, item_revision=lock, document_id=document_id
            )
    claim_id, revision, _ = submitted(demo, byt)
    with pytest.raises(Forbidden):
        claims.act(demo, byt, claim_id, Action.CONFIRM, revision=revision)
    with pytest.raises(NotSignedIn):
        claims.find(demo, NOBODY)


def test_of_two_people_who_save_one_item_the_second_is_told(demo: Installation, byt: Actor) -> None:
    item_id, lock, document_id = open_item(demo)
    claims.draft(demo, byt, item_id, ClaimKind.ENACTED, CONTENT, item_revision=lock, document_id=document_id)
    with pytest.raises(StaleVersion):
        claims.draft(
            demo, byt, item_id, ClaimKind.ENACTED, CONTENT, item_revision=lock, document_id=document_id
        )


def test_a_claim_changed_meanwhile_is_not_confirmed_unread(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    claim_id, revision, _ = submitted(demo, byt)
    claims.act(demo, byt, claim_id, Action.RECALL, revision=revision)
    recalled = claims.get(demo, byt, claim_id)[0]
    claims.edit(
        demo, byt, claim_id, CONTENT | {"number": "1/2024/TT-BYT"}, revision=recalled.revision, submit=True
    )
    with pytest.raises(StaleVersion):
        claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=revision)


def test_what_the_state_does_not_allow_is_refused(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    claim_id, revision, _ = submitted(demo, byt)
    with pytest.raises(InvalidTransition):
        claims.act(demo, byt, claim_id, Action.DROP, revision=revision)
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=revision)
    confirmed = claims.get(demo, vpcp, claim_id)[0]
    with pytest.raises(InvalidTransition):
        claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=confirmed.revision)


def test_one_document_is_not_issued_twice(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    item_id, lock, document_id = open_item(demo)
    first = claims.draft(
        demo, byt, item_id, ClaimKind.ENACTED, CONTENT, item_revision=lock, document_id=document_id,
        files=[PDF], submit=True,
    )  # fmt: skip
    lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    second = claims.draft(
        demo, byt, item_id, ClaimKind.ENACTED, CONTENT | {"number": "100/2024/TT-BYT"}, item_revision=lock,
        document_id=document_id, files=[PDF], submit=True,
    )  # fmt: skip
    claims.act(demo, vpcp, first, Action.CONFIRM, revision=claims.get(demo, vpcp, first)[0].revision)
    preview = claim_reading.preview(demo, vpcp, [second])
    assert (preview.issued_otherwise, preview.issued_already) == (("99/2024/TT-BYT",), ())
    assert preview.released.is_empty()
    with pytest.raises(Conflict):
        claims.act(demo, vpcp, second, Action.CONFIRM, revision=claims.get(demo, vpcp, second)[0].revision)
    assert claims.get(demo, vpcp, second)[0].state is ClaimState.SUBMITTED


def test_a_second_report_of_the_same_issue_only_adds_its_evidence(
    demo: Installation, byt: Actor, vpcp: Actor
) -> None:
    item_id, lock, document_id = open_item(demo)
    first, second = claims.draft_many(
        demo,
        byt,
        [Draft(item_id, ClaimKind.ENACTED, CONTENT, lock, document_id, (PDF,)) for _ in range(2)],
        submit=True,
    )
    claims.act(demo, vpcp, first, Action.CONFIRM, revision=claims.get(demo, vpcp, first)[0].revision)
    counted = done(demo)
    preview = claim_reading.preview(demo, vpcp, [second])
    assert (preview.issued_already, preview.issued_otherwise) == (("99/2024/TT-BYT",), ())
    assert preview.released.is_empty()
    claims.act(demo, vpcp, second, Action.CONFIRM, revision=claims.get(demo, vpcp, second)[0].revision)
    assert claims.get(demo, vpcp, second)[0].state is ClaimState.CONFIRMED
    assert done(demo) == counted
    assert audit.check(demo).is_empty()


def test_an_extension_moves_the_current_deadline_only(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    overdue = items.find(
        demo, demo.moment(), figures.SIMPLIFICATION, ItemFilter(agency="bo-y-te", deadline_state="overdue")
    ).row(0, named=True)
    page = items.get(demo, demo.moment(), overdue["item_id"])
    content = {
        "new_deadline": date(2024, 12, 31), "number": "1234/VPCP-KSTT", "issued_on": date(2024, 3, 20), "reason": "Chờ luật",
    }  # fmt: skip
    claim_id = claims.draft(
        demo, byt, overdue["item_id"], ClaimKind.EXTENSION, content, item_revision=page.state["lock_revision"],
        files=[PDF], submit=True,
    )  # fmt: skip
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=claims.get(demo, vpcp, claim_id)[0].revision)
    after = items.get(demo, demo.moment(), overdue["item_id"]).state
    assert after["current_deadline"] == date(2024, 12, 31)
    assert after["original_deadline"] == page.state["original_deadline"]
    assert after["deadline_state"] == "in_time"
    assert after["extensions"] == page.state["extensions"] + 1
    earlier = items.get(demo, demo.moment(date(2024, 3, 19)), overdue["item_id"]).state
    assert earlier["deadline_state"] == "overdue"  # an extension never rewrites history
    assert audit.check(demo).is_empty()


def test_drafts_are_seen_by_their_own_agency_only(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    item_id, lock, document_id = open_item(demo)
    claim_id = claims.draft(
        demo, byt, item_id, ClaimKind.ENACTED, {}, item_revision=lock, document_id=document_id
    )
    assert claim_id in claims.find(demo, byt, size=1000)["claim_id"]
    assert claim_id not in claims.find(demo, vpcp, size=1000)["claim_id"]


def test_what_was_not_sent_is_its_own_agencys_affair(demo: Installation, byt: Actor, person: Person) -> None:
    item_id, lock, document_id = open_item(demo)
    claim_id = claims.draft(
        demo,
        byt,
        item_id,
        ClaimKind.ENACTED,
        CONTENT,
        item_revision=lock,
        document_id=document_id,
        files=[PDF],
    )
    _, files = claims.story(demo, byt, claim_id)
    evidence_id = files["evidence_id"][0]
    assert evidence.content(demo, byt, evidence_id)["content"] == PDF[1]
    for account in ("lanhdao", "vpcp", "btc"):
        reader = person(demo, account)
        for read in (claims.story, claims.get):
            with pytest.raises(NotFound):
                read(demo, reader, claim_id)
        with pytest.raises(NotFound):
            claim_reading.preview(demo, reader, [claim_id])
        with pytest.raises(NotFound):
            evidence.content(demo, reader, evidence_id)
    with pytest.raises(NotSignedIn):
        evidence.content(demo, NOBODY, evidence_id)


def test_only_an_enactment_names_an_instrument(demo: Installation, byt: Actor) -> None:
    item_id, lock, document_id = open_item(demo)
    with pytest.raises(Invalid) as caught:
        claims.draft(demo, byt, item_id, ClaimKind.OBSTACLE, {}, item_revision=lock, document_id=document_id)
    assert caught.value.code == "instrument_not_needed"
