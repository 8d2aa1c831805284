"""Many claims decided at once: a table to choose from, one preview of what all of them move, one comment."""

from datetime import date

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import Action
from catalogue.services import claim_reading, claims
from catalogue.services.installation import Installation
from pages.ui import claim_preview, fault_list, feedback, plain, seen, tables, verify_queue

_KEPT = "claims_kept"  # claim id -> its name, as chosen on the last run


def show(
    installation: Installation,
    actor: Actor,
    frame: pl.DataFrame,
    today: date,
    t: Translator,
    *,
    is_all_chosen: bool = False,
) -> None:
    """The filtered queue with a box on every row; what is chosen stays chosen when somebody else decides beside."""
    rows = frame.to_dicts()
    names = {row["claim_id"]: f"{row['agency_name']}: {row['item_title']}" for row in rows}
    revisions = seen.revisions("claim", {row["claim_id"]: row["revision"] for row in rows}, t)
    kept: dict[int, str] = st.session_state.get(_KEPT, {})
    gone = [name for claim_id, name in kept.items() if claim_id not in names]
    chosen = _table(rows, kept, today, t, is_all_chosen=is_all_chosen)
    st.session_state[_KEPT] = {claim_id: names[claim_id] for claim_id in chosen}
    if gone:
        listed = "\n".join(f"- {plain.markdown(name)}" for name in gone)
        st.warning(f"{t('work.many_gone')}\n{listed}", icon=":material/sync_problem:")
    if not chosen:
        st.caption(t("work.many_none"))
        return
    st.markdown(f"**{t('work.many_chosen', count=len(chosen))}**")
    preview = claim_reading.preview(installation, actor, chosen)
    claim_preview.show(preview, "many", t)
    with st.form("decide-many", border=False):
        comment = st.text_area(
            t("work.many_comment"), key="comment-many", height=80, help=t("claim.help_comment")
        )
        with st.container(horizontal=True):
            confirm = st.form_submit_button(
                t("work.confirm_all", count=len(chosen)),
                type="primary",
                icon=":material/done_all:",
                shortcut="Alt+Enter",
                disabled=bool(preview.issued_otherwise),
                key="confirm-many",
            )
            back = st.form_submit_button(
                t("work.return_all", count=len(chosen)),
                icon=":material/undo:",
                shortcut="Alt+B",
                key="return-many",
            )
    if (confirm or back) and not gone:
        action = Action.CONFIRM if confirm else Action.RETURN
        picked = [(claim_id, revisions[claim_id]) for claim_id in chosen]
        _decide(installation, actor, picked, action, comment, names, t)


def _table(
    rows: list[dict[str, object]], kept: dict[int, str], today: date, t: Translator, *, is_all_chosen: bool
) -> list[int]:
    ids = [int(str(row["claim_id"])) for row in rows]
    column = st.column_config
    event = tables.bare(
        pl.DataFrame(
            {
                "agency": [row["agency_name"] for row in rows],
                "kind": [t.word("claim.short", str(row["kind"])) for row in rows],
                "title": [row["item_title"] for row in rows],
                "document": [row["document_title"] or "–" for row in rows],
                "files": [row["files"] for row in rows],
                "age": [verify_queue.age(row, today) for row in rows],
            }
        ),
        {
            "agency": column.TextColumn(t("item.col_agency"), width=130),
            "kind": column.TextColumn(t("work.col_kind"), width=110),
            "title": column.TextColumn(t("item.col_title"), width=350),
            "document": column.TextColumn(t("claim.field_document_id"), width=270),
            "files": column.NumberColumn(t("work.col_files"), width=60),
            "age": column.NumberColumn(t("work.col_age"), width=80),
        },
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={
            "selection": {
                "rows": [place for place, one in enumerate(ids) if is_all_chosen or one in kept],
                "columns": [],
                "cells": [],
            }
        },
        key=f"many-{hash(tuple(ids))}",
        height=min(420, 38 * (len(ids) + 1) + 3),
        row_height=38,
    )
    return [ids[place] for place in event["selection"]["rows"]]


def _decide(
    installation: Installation,
    actor: Actor,
    picked: list[tuple[int, int]],
    action: Action,
    comment: str | None,
    names: dict[int, str],
    t: Translator,
) -> None:
    try:
        claims.decide_many(installation, actor, picked, action, comment=comment)
    except CatalogueError as error:
        fault_list.show(t, error, names)
    else:
        seen.forget()
        st.session_state[_KEPT] = {}
        feedback.remember(t(f"work.said_many_{action.value}", count=len(picked)))
        st.rerun()
