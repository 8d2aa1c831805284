"""A stalled item owes four answers; an answer counts for 92 days."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest

from catalogue.errors import NotSignedIn
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.services import claims, items, stalled
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

Person = Callable[[Installation, str], Actor]
ANSWER = {
    "expected_on": date(2024, 12, 31), "decision": "Vẫn cắt", "reason": "Chờ luật", "stuck_at": "Bộ Tư pháp",
}  # fmt: skip


def found(demo: Installation, actor: Actor, agency: str | None = "bo-y-te") -> pl.DataFrame:
    return stalled.find(demo, actor, demo.moment(), agency)


def answer(demo: Installation, byt: Actor, item_id: int, *, submit: bool = True) -> int:
    lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    return claims.draft(demo, byt, item_id, ClaimKind.OBSTACLE, ANSWER, item_revision=lock, submit=submit)


def test_every_stalled_item_is_open_and_late_in_itself_or_in_a_document(
    demo: Installation, person: Person
) -> None:
    frame = found(demo, person(demo, "byt"))
    assert frame.height
    late = (pl.col("deadline_state") == "overdue") | (pl.col("planned_issue_on") < demo.working_date)
    assert frame.filter(~late).is_empty()
    assert frame.filter(pl.col("documents").is_null() & (pl.col("deadline_state") != "overdue")).is_empty()
    assert frame["is_answered"].to_list() == sorted(frame["is_answered"].to_list())


@pytest.mark.writes
def test_an_answer_that_was_sent_counts_and_a_draft_does_not(demo: Installation, person: Person) -> None:
    byt = person(demo, "byt")
    first, second = found(demo, byt).filter(~pl.col("is_answered"))["item_id"][:2].to_list()
    answer(demo, byt, first)
    answer(demo, byt, second, submit=False)
    answered = dict(found(demo, byt).select("item_id", "is_answered").iter_rows())
    assert answered[first]
    assert not answered[second]


@pytest.mark.writes
def test_a_returned_answer_is_owed_again(demo: Installation, person: Person) -> None:
    byt, vpcp = person(demo, "byt"), person(demo, "vpcp")
    item_id = found(demo, byt).filter(~pl.col("is_answered"))["item_id"][0]
    claim_id = answer(demo, byt, item_id)
    revision = claims.get(demo, vpcp, claim_id)[0].revision
    claims.act(demo, vpcp, claim_id, Action.RETURN, revision=revision, comment="Chưa nói vướng ở đâu")
    answered = dict(found(demo, byt).select("item_id", "is_answered").iter_rows())
    assert not answered[item_id]


def test_an_old_answer_no_longer_counts(demo: Installation, person: Person) -> None:
    byt = person(demo, "byt")
    (row,) = found(demo, byt).filter(pl.col("is_answered")).head(1).to_dicts()
    last_day = row["answered_at"].date() + timedelta(days=92)
    for day, counts in ((last_day, True), (last_day + timedelta(days=2), False)):
        frame = stalled.find(demo, byt, demo.moment(day), "bo-y-te")
        (then,) = frame.filter(pl.col("item_id") == row["item_id"]).to_dicts()
        assert then["is_answered"] is counts


def test_whether_it_was_answered_is_for_signed_in_people(demo: Installation) -> None:
    with pytest.raises(NotSignedIn):
        found(demo, NOBODY)
