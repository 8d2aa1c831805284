"""One form for the same claim about several items: drafted, or submitted, all of them or none."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind
from catalogue.services import claims
from catalogue.services.claims import Draft
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import claim_fields, fault_list, feedback, seen


def show(
    installation: Installation,
    actor: Actor,
    chosen: Mapping[int, Row],
    kind: ClaimKind,
    key: str,
    t: Translator,
    *,
    known: dict[str, Any] | None = None,
    document_id: int | None = None,
) -> bool:
    """Draw the form for the chosen items (id -> its standing); whether it was saved in this run."""
    locks = {item_id: row["revision"] for item_id, row in chosen.items()}
    shown = seen.revisions("item", locks, t)
    with st.form(f"bulk-{key}"):
        values = claim_fields.inputs(kind, known or {}, f"bulk-{key}", t)
        files = claim_fields.files(kind, f"bulk-{key}", t)
        submit, save = claim_fields.buttons(t)
    if not (submit or save):
        return False
    drafts = [Draft(item_id, kind, values, shown[item_id], document_id, files) for item_id in chosen]
    try:
        claims.draft_many(installation, actor, drafts, submit=submit)
    except CatalogueError as error:
        names = {item_id: row["title"] for item_id, row in chosen.items()}
        fault_list.show(t, error, names)
        return False
    seen.forget()
    feedback.remember(t("work.said_bulk_submitted" if submit else "work.said_bulk_saved", count=len(drafts)))
    return True
