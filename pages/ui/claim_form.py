"""The form of a claim, new or being mended; the service decides what is complete."""

import json
from datetime import date
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind, day, fields, needs_evidence
from catalogue.services import claims, evidence
from catalogue.services.installation import Installation
from catalogue.services.items import ItemPage
from catalogue.store.database import Row
from pages.ui import feedback, plain, seen, upload

_DATES = {"issued_on", "in_force_on", "new_deadline", "expected_on"}
_LONG = {"note", "reason", "decision", "stuck_at"}


def kinds_open(page: ItemPage, stages: list[str]) -> list[ClaimKind]:
    """What can be claimed of an item, by everything recorded: in force from a later day is enacted already."""
    if page.state["recorded_enacted_on"] is None:
        waits = [kind for kind in [ClaimKind.ENACTED] if not page.instruments.is_empty()]
        return [*waits, ClaimKind.EXTENSION, ClaimKind.OBSTACLE]
    return (
        [ClaimKind.PUBLISHED] if page.state["recorded_published_on"] is None and "published" in stages else []
    )


def new(installation: Installation, actor: Actor, page: ItemPage, kind: ClaimKind, t: Translator) -> None:
    """A new claim about an item, saved as a draft or submitted at once."""
    item_id = page.state["item_id"]
    item_revision = seen.revision("item", item_id, page.state["lock_revision"], t)
    with st.form(f"claim-{item_id}-{kind}"):
        document_id = _instrument(page, t) if kind is ClaimKind.ENACTED else None
        values = _inputs(kind, {}, f"{item_id}-{kind}", t)
        files = _files(kind, f"{item_id}-{kind}", t)
        submit, save = _buttons(t)
    if submit or save:
        try:
            claims.draft(
                installation,
                actor,
                item_id,
                kind,
                values,
                item_revision=item_revision,
                document_id=document_id,
                files=files,
                submit=submit,
            )
        except CatalogueError as error:
            feedback.show(t, error)
        else:
            seen.forget()
            feedback.remember(t("claim.said_submitted" if submit else "claim.said_saved"))
            st.rerun()


def mend(installation: Installation, actor: Actor, row: Row, last_shown: int, t: Translator) -> None:
    """A draft or returned claim, to be changed and submitted again.

    The form belongs to one revision: when somebody else has saved since, theirs is shown, and what was typed here
    stays readable above it instead of overwriting it.
    """
    kind, claim_id, revision = ClaimKind(row["kind"]), row["claim_id"], row["revision"]
    if last_shown != revision:
        typed = [st.session_state.get(f"{field}-{claim_id}-{last_shown}") for field in fields(kind)]
        st.session_state[f"unsaved-{claim_id}"] = [
            f"**{t(f'claim.field_{field}')}**: {t.day(value) if isinstance(value, date) else plain.markdown(value)}"
            for field, value in zip(fields(kind), typed, strict=True)
            if value
        ]
    if unsaved := st.session_state.get(f"unsaved-{claim_id}"):
        st.info("  \n".join([t("claim.unsaved"), *unsaved]), icon=":material/content_paste:")
    key = f"{claim_id}-{revision}"
    with st.form(f"mend-{key}"):
        values = _inputs(kind, json.loads(row["content"]), key, t)
        files = _files(kind, key, t)
        submit, save = _buttons(t)
    if submit or save:
        try:
            claims.edit(installation, actor, claim_id, values, revision=revision, files=files, submit=submit)
        except CatalogueError as error:
            feedback.show(t, error)
        else:
            st.session_state.pop(f"unsaved-{claim_id}", None)
            seen.forget()
            feedback.remember(t("claim.said_submitted" if submit else "claim.said_saved"))
            st.rerun()


def _instrument(page: ItemPage, t: Translator) -> int | None:
    waiting = {
        row["document_id"]: row["title"]
        for row in page.instruments.iter_rows(named=True)
        if row["state"] != "issued"
    }
    chosen: int | None = st.selectbox(
        t("claim.field_document_id"), list(waiting), format_func=lambda key: waiting[key]
    )
    return chosen


def _inputs(kind: ClaimKind, known: dict[str, Any], key: str, t: Translator) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields(kind):
        label, help_text = (
            t(f"claim.field_{field}"),
            t(f"claim.help_{field}") if t.has(f"claim.help_{field}") else None,
        )
        if field in _DATES:
            values[field] = st.date_input(
                label,
                value=day(known, field),
                min_value=date(2010, 1, 1),
                max_value=date(2040, 12, 31),
                format="DD/MM/YYYY",
                help=help_text,
                key=f"{field}-{key}",
            )
        elif field in _LONG:
            values[field] = st.text_area(
                label, value=known.get(field) or "", height=80, help=help_text, key=f"{field}-{key}"
            )
        else:
            values[field] = st.text_input(
                label, value=known.get(field) or "", help=help_text, key=f"{field}-{key}"
            )
    return values


def _files(kind: ClaimKind, key: str, t: Translator) -> list[tuple[str, bytes]]:
    if not needs_evidence(kind):
        return []
    upload.words(t("claim.upload"), t("claim.upload_limits"))
    uploaded = st.file_uploader(
        t("claim.field_evidence"),
        type=[suffix.removeprefix(".") for suffix in evidence.SUFFIXES],
        accept_multiple_files=True,
        max_upload_size=evidence.LARGEST_BYTES // 1_048_576,
        help=t("claim.help_evidence"),
        key=f"files-{key}",
    )
    return [(file.name, file.getvalue()) for file in uploaded]


def _buttons(t: Translator) -> tuple[bool, bool]:
    with st.container(horizontal=True):
        submit = st.form_submit_button(t("claim.submit"), type="primary", icon=":material/send:")
        save = st.form_submit_button(t("claim.save_draft"))
    return submit, save
