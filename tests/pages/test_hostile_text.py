"""What people type or a link carries is text, never Markdown of ours."""

import re
from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.model.claim import Action, ClaimKind
from catalogue.services import claims, figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

HOSTILE = "[bấm vào đây](https://evil.example) ![](https://evil.example/p.png) $x$"
Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]


def live(test: AppTest) -> list[str]:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    values = [element.value for kind in kinds for element in getattr(test, kind)]
    return [value for value in values if re.search(r"(?<!\\)\]\(", value)]


def test_a_link_cannot_speak_in_our_message_boxes(demo: Installation, run: Run) -> None:
    assert not live(run(demo, "procedure", code=HOSTILE))
    assert not live(run(demo, "catalogue", q=HOSTILE))
    assert not live(run(demo, "overview", as_of="[x](//evil.example)"))


def test_a_ministrys_words_are_text_and_for_signed_in_people(
    demo: Installation, run: Run, person: Person
) -> None:
    byt, vpcp = person(demo, "byt"), person(demo, "vpcp")
    wanted = ItemFilter(agency="bo-y-te", deadline_state="overdue")
    item_id = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted)["item_id"][0]
    lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    content = {
        "new_deadline": date(2024, 12, 31), "number": HOSTILE, "issued_on": date(2024, 3, 20), "reason": f"LÝ DO {HOSTILE}",
    }  # fmt: skip
    claim_id = claims.draft(
        demo,
        byt,
        item_id,
        ClaimKind.EXTENSION,
        content,
        item_revision=lock,
        files=[("a.pdf", b"%PDF-1.4")],
        submit=True,
    )
    for account in ("byt", "vpcp"):
        assert not live(run(demo, "item", account, id=str(item_id)))
    assert not live(run(demo, "to_verify", "vpcp"))
    claims.act(demo, vpcp, claim_id, Action.CONFIRM, revision=claims.get(demo, vpcp, claim_id)[0].revision)
    anonymous, signed_in = run(demo, "item", id=str(item_id)), run(demo, "item", "lanhdao", id=str(item_id))
    assert not live(anonymous)
    assert not live(signed_in)
    said = "\n".join(element.value for element in anonymous.markdown)
    assert "31/12/2024" in said
    assert "LÝ DO" not in said
    assert "LÝ DO" in "\n".join(element.value for element in signed_in.markdown)
