"""A draft says what it lacks before anybody tries to send it."""

from collections.abc import Callable

import pytest

from catalogue.errors import Forbidden
from catalogue.model.actor import Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.services import claim_readiness, claims, figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

Person = Callable[[Installation, str], Actor]


def test_what_is_called_complete_can_be_sent_and_the_rest_cannot(demo: Installation, person: Person) -> None:
    byt = person(demo, "byt")
    wanted = ItemFilter(agency="bo-y-te", progress="open")
    item_id = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted)["item_id"][0]
    lock = items.standings(demo, [item_id])[item_id]["revision"]
    lacking = claims.draft(demo, byt, item_id, ClaimKind.OBSTACLE, {"reason": "Chờ luật"}, item_revision=lock)
    found = {one.row["claim_id"]: one for one in claim_readiness.of_drafts(demo, byt)}
    missing = [issue.column for issue in found[lacking].issues]
    assert missing == ["expected_on", "decision", "stuck_at"]
    ready = [(one.row["claim_id"], one.row["revision"]) for one in found.values() if one.is_complete]
    assert ready
    claims.submit_many(demo, byt, ready)
    left = claim_readiness.of_drafts(demo, byt)
    assert [one.row["claim_id"] for one in left if one.is_complete] == []
    assert lacking in [one.row["claim_id"] for one in left]


def test_a_draft_whose_item_is_done_already_says_why(demo: Installation, person: Person) -> None:
    byt = person(demo, "byt")
    draft = next(one for one in claim_readiness.of_drafts(demo, byt) if one.is_complete)
    item_id = draft.row["item_id"]
    lock = items.standings(demo, [item_id])[item_id]["revision"]
    values = {"new_deadline": None, "number": None, "issued_on": None, "reason": "Chờ luật"}
    extension = claims.draft(demo, byt, item_id, ClaimKind.EXTENSION, values, item_revision=lock)
    claims.submit_many(demo, byt, [(draft.row["claim_id"], draft.row["revision"])])
    vpcp = person(demo, "vpcp")
    revision = claims.get(demo, vpcp, draft.row["claim_id"])[0].revision
    claims.act(demo, vpcp, draft.row["claim_id"], Action.CONFIRM, revision=revision)
    if items.standings(demo, [item_id])[item_id]["enacted_on"] is None:
        pytest.fail("the draft chosen does not complete its item")
    found = {one.row["claim_id"]: one for one in claim_readiness.of_drafts(demo, byt)}
    refusal = found[extension].refusal
    assert refusal is not None
    assert refusal.code == "item_enacted_already"


def test_a_reviewer_has_no_drafts(demo: Installation, person: Person) -> None:
    with pytest.raises(Forbidden):
        claim_readiness.of_drafts(demo, person(demo, "vpcp"))
