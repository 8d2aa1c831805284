"""The story of an item: what happened, newest first, and who may read which part of it."""

from collections.abc import Callable
from datetime import date

import pytest

from catalogue.model.actor import NOBODY, Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.services import claims, commitments, figures, item_story, items
from catalogue.services.commitments import NewMeasure
from catalogue.services.installation import Installation
from catalogue.services.item_story import Entry, Sort
from catalogue.services.items import ItemFilter

PDF = ("cong-van.pdf", b"%PDF-1.4 ban ky")
Person = Callable[[Installation, str], Actor]


@pytest.fixture
def item_id(demo: Installation) -> int:
    wanted = ItemFilter(agency="bo-y-te", progress="open", deadline_state="overdue")
    return int(items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted)["item_id"][0])


def lock(demo: Installation, item_id: int) -> int:
    return int(items.get(demo, demo.moment(), item_id).state["lock_revision"])


def told(demo: Installation, actor: Actor, item_id: int) -> list[Entry]:
    return item_story.of_item(demo, actor, demo.moment(), item_id)


def asked_for_more_time(demo: Installation, byt: Actor, item_id: int) -> int:
    content = {
        "new_deadline": date(2024, 12, 31), "number": "9/BYT-VP", "issued_on": date(2024, 3, 20), "reason": "Chờ luật",
    }  # fmt: skip
    return claims.draft(
        demo, byt, item_id, ClaimKind.EXTENSION, content, item_revision=lock(demo, item_id), files=[PDF], submit=True
    )  # fmt: skip


def test_it_begins_with_the_assignment_and_is_told_newest_first(demo: Installation, item_id: int) -> None:
    story = told(demo, NOBODY, item_id)
    assert [entry.on for entry in story] == sorted((entry.on for entry in story), reverse=True)
    first = [entry for entry in story if entry.sort is Sort.FACT and entry.told["subject"] == "assigned"]
    assert first[0].told["document_number"]
    assert first[0].is_recorded_later  # the demonstration records what was assigned before


def test_a_refused_extension_is_told_with_both_sides(
    demo: Installation, person: Person, item_id: int
) -> None:
    byt, vpcp = person(demo, "byt"), person(demo, "vpcp")
    claim_id = asked_for_more_time(demo, byt, item_id)
    revision = claims.get(demo, vpcp, claim_id)[0].revision
    claims.act(demo, vpcp, claim_id, Action.REFUSE, revision=revision, comment="Chưa đủ căn cứ")
    steps = [entry for entry in told(demo, vpcp, item_id) if entry.sort is Sort.CLAIM]
    mine = [entry for entry in steps if entry.told["kind"] == "extension"]
    assert [entry.told["action"] for entry in mine[:2]] == ["refuse", "submit"]
    assert mine[0].told["comment"] == "Chưa đủ căn cứ"
    assert mine[0].person == vpcp.full_name
    assert mine[1].told["content"]["reason"] == "Chờ luật"
    subjects = [entry.told["subject"] for entry in told(demo, vpcp, item_id) if entry.sort is Sort.FACT]
    assert subjects.count("deadline") == 1  # nothing was granted


def test_a_granted_extension_names_the_deadline_it_follows(
    demo: Installation, person: Person, item_id: int
) -> None:
    byt, vpcp = person(demo, "byt"), person(demo, "vpcp")
    before = items.get(demo, demo.moment(), item_id).state["current_deadline"]
    claim_id = asked_for_more_time(demo, byt, item_id)
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=claims.get(demo, vpcp, claim_id)[0].revision)
    newest = next(
        entry for entry in told(demo, NOBODY, item_id)
        if entry.sort is Sort.FACT and entry.told["subject"] == "deadline"
    )  # fmt: skip
    assert (newest.told["previous_deadline"], newest.told["deadline"]) == (before, date(2024, 12, 31))
    assert newest.told["document_number"] == "9/BYT-VP"


def test_claims_reasons_and_names_are_for_signed_in_people(
    demo: Installation, person: Person, item_id: int
) -> None:
    asked_for_more_time(demo, person(demo, "byt"), item_id)
    public = told(demo, NOBODY, item_id)
    assert not [entry for entry in public if entry.sort is Sort.CLAIM or entry.person]
    assert not [entry for entry in public if entry.told.get("reason")]
    assert [entry for entry in told(demo, person(demo, "lanhdao"), item_id) if entry.sort is Sort.CLAIM]


def test_what_was_recalled_is_its_own_agencys_affair(
    demo: Installation, person: Person, item_id: int
) -> None:
    byt, vpcp = person(demo, "byt"), person(demo, "vpcp")
    claim_id = asked_for_more_time(demo, byt, item_id)
    claims.act(demo, byt, claim_id, Action.RECALL, revision=claims.get(demo, byt, claim_id)[0].revision)

    def actions(actor: Actor) -> list[str]:
        return [
            entry.told["action"]
            for entry in told(demo, actor, item_id)
            if entry.sort is Sort.CLAIM and entry.told["kind"] == "extension"
        ]

    assert actions(byt)[:2] == ["recall", "submit"]
    assert "recall" not in actions(vpcp)


def test_an_adjustment_says_what_was_given_up_and_added(
    demo: Installation, person: Person, item_id: int
) -> None:
    vpcp = person(demo, "vpcp")
    page = items.get(demo, demo.moment(), item_id)
    dropped = page.measures.row(0, named=True)
    commitments.adjust(
        demo, vpcp, item_id, revision=page.state["lock_revision"], on=date(2024, 3, 20), reason="Luật mới",
        basis=None, drop_measures=[dropped["position"]], add_measures=[NewMeasure("full_online", None, None, None)],
        drop_documents=[], add_documents=[],
    )  # fmt: skip
    (entry,) = [entry for entry in told(demo, vpcp, item_id) if entry.sort is Sort.ADJUSTMENT]
    assert entry.on == date(2024, 3, 20)
    assert entry.told["measures_dropped"] == [dropped["measure_type"]]
    assert entry.told["measures_added"] == ["full_online"]
    assert entry.told["reason"] == "Luật mới"
    (public,) = [entry for entry in told(demo, NOBODY, item_id) if entry.sort is Sort.ADJUSTMENT]
    assert public.told["reason"] is None


def test_an_earlier_known_at_does_not_know_it(demo: Installation, person: Person, item_id: int) -> None:
    byt = person(demo, "byt")
    before = demo.moment()
    asked_for_more_time(demo, byt, item_id)
    then = item_story.of_item(demo, byt, before, item_id)
    now = told(demo, byt, item_id)
    assert len(now) == len(then) + 1
