"""The form of a claim, new or being mended; the service decides what is complete."""

import json
from datetime import date

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind, ClaimState, fields
from catalogue.services import claim_reading, claims
from catalogue.services.installation import Installation
from catalogue.services.items import ItemPage
from catalogue.store.database import Row
from pages.ui import choices, claim_fields, feedback, item_view, menu, plain, seen


def kinds_open(page: ItemPage, stages: list[str]) -> list[ClaimKind]:
    """What can be claimed of an item, by everything recorded: in force from a later day is enacted already."""
    state = page.state
    if state["recorded_assigned_on"] is None:
        return []
    is_enacted = state["recorded_enacted_on"] is not None
    is_completed = state["recorded_confirmed_on"] is not None
    is_open = not is_enacted and not is_completed
    is_standing = bool(state["is_standing"])  # neither an end nor a deadline
    open_to = {
        ClaimKind.ENACTED: is_open and not _unissued(page).is_empty(),
        ClaimKind.COMPLETED: "confirmed" in stages and not is_completed and not is_standing,
        ClaimKind.PUBLISHED: "published" in stages and is_enacted and state["recorded_published_on"] is None,
        ClaimKind.APPROVED: "approved" in stages and state["recorded_approved_on"] is None,
        ClaimKind.OBSTACLE: is_open,
        ClaimKind.EXTENSION: is_open and not is_standing,
        ClaimKind.DIFFERENCE: is_enacted and state["procedure_code"] is not None,
    }
    return [kind for kind, is_possible in open_to.items() if is_possible]


def begun(known: pl.DataFrame, kind: ClaimKind, agency: str) -> pl.DataFrame:
    """The claims of a kind that were begun and not sent, or returned, about what an agency answers for."""
    if known.is_empty():
        return known
    return known.filter(
        (pl.col("kind") == kind.value)
        & (pl.col("answering_agency") == agency)
        & pl.col("state").is_in([ClaimState.DRAFT.value, ClaimState.RETURNED.value])
    )


def new(
    installation: Installation,
    actor: Actor,
    page: ItemPage,
    kind: ClaimKind,
    known: pl.DataFrame,
    t: Translator,
) -> None:
    """A new claim about an item, saved as a draft or submitted at once; `known`: the claims there are about it."""
    item_id = page.state["item_id"]
    key = f"{item_id}-{kind}"
    item_revision = seen.revision("item", item_id, page.state["lock_revision"], t)
    document_id = None
    if kind is ClaimKind.ENACTED:
        document_id = _instrument(page, known, t)
        drafted = begun(known, kind, page.state["answering_agency"])
        if document_id is not None and document_id in drafted["document_id"].to_list():
            st.info(t("claim.drafted_above"), icon=":material/arrow_upward:")
            return
    claim_fields.evidence_asked(page.measures, kind, t)
    with st.form(f"claim-{key}"):
        values = claim_fields.inputs(kind, {}, key, t)
        files = claim_fields.files(kind, key, t)
        submit, save = claim_fields.buttons(t)
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
            f"**{claim_fields.label(kind, field, t)}**: "
            + (t.day(value) if isinstance(value, date) else plain.markdown(value))
            for field, value in zip(fields(kind), typed, strict=True)
            if value
        ]
    if unsaved := st.session_state.get(f"unsaved-{claim_id}"):
        st.info("  \n".join([t("claim.unsaved"), *unsaved]), icon=":material/content_paste:")
    key = f"{claim_id}-{revision}"
    if row["document_state"] == "issued":
        number, day = row["document_number"], row["document_issued_on"]
        document = item_view.document(number, day, t)
        st.warning(
            t("claim.document_issued", document=document, force=row["document_in_force_on"]),
            icon=":material/content_copy:",
        )
    _removable(installation, actor, claim_id, revision, t)
    with st.form(f"mend-{key}"):
        values = claim_fields.inputs(kind, json.loads(row["content"]), key, t)
        files = claim_fields.files(kind, key, t)
        submit, save = claim_fields.buttons(t)
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


def _removable(installation: Installation, actor: Actor, claim_id: int, revision: int, t: Translator) -> None:
    _, files = claim_reading.story(installation, actor, claim_id)
    for file in files.iter_rows(named=True):
        name = plain.markdown(file["file_name"])
        if st.button(
            t("claim.remove_file", name=name),
            icon=":material/close:",
            type="tertiary",
            key=f"remove-{file['evidence_id']}",
        ):
            try:
                claims.remove_evidence(installation, actor, claim_id, file["evidence_id"], revision=revision)
            except CatalogueError as error:
                feedback.show(t, error)
            else:
                seen.forget()
                feedback.remember(t("claim.said_removed"))
                st.rerun()


def _unissued(page: ItemPage) -> pl.DataFrame:
    return page.instruments.filter(pl.col("state") != "issued")


def _instrument(page: ItemPage, known: pl.DataFrame, t: Translator) -> int | None:
    """The document that is claimed; outside the form, so that what is known of it is said at once."""
    documents = {row["document_id"]: row for row in _unissued(page).iter_rows(named=True)}
    titles = choices.distinct({key: row["title"] for key, row in documents.items()})
    chosen: int | None = st.selectbox(
        t("claim.field_document_id"),
        list(documents),
        format_func=lambda key: titles[key],
        key=f"document-{page.state['item_id']}",
    )
    if chosen is not None:
        st.caption(item_view.instrument_state(documents[chosen], t))
        waiting = known.filter(
            (pl.col("document_id") == chosen) & (pl.col("state") == ClaimState.SUBMITTED.value)
        )
        if waiting.height:
            st.warning(t("claim.document_waits", count=waiting.height), icon=":material/hourglass_top:")
    with st.container(key="plain-link-plan-document"):
        menu.link("instruments", t("claim.plan_document"))
    return chosen
