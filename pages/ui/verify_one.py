"""One waiting claim: what was promised beside what is claimed, what confirming moves, and the decision."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind
from catalogue.services import claim_reading, items, promises
from catalogue.services.installation import Installation
from pages.ui import claim_actions, claim_view, feedback, item_view, menu, plain, promise_view, transfer_view


def show(installation: Installation, actor: Actor, claim_id: int, same: int, t: Translator) -> None:
    """Draw the claim; `same`: how many waiting claims are about the same document, this one among them."""
    moment = installation.moment()
    try:
        claim, row = claim_reading.get(installation, actor, claim_id)
        page = items.get(installation, moment, claim.item_id)
    except NotFound as error:  # recalled since the queue was read
        feedback.show(t, error)
        return
    st.subheader(plain.markdown(row["item_title"]))
    menu.link("item", t("work.open_item", agency=row["agency_name"]), id=claim.item_id)
    if same > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/content_copy: {t('work.same_document', count=same)}")
            if st.button(t("work.same_together"), key="same-together"):
                st.query_params.update({"mode": "many", "document": str(claim.document_id)})
                st.session_state.pop("mode", None)
                st.rerun()
    promised, claimed = st.columns(2, gap="medium")
    with promised:
        st.markdown(f"**{t('work.promised')}**")
        transfer_view.show(installation, moment, page, t, is_reader=True)
        item_view.changes(page, t)
        programme = installation.reference.programme(page.state["programme_code"])
        item_view.instruments(page.instruments, programme.kind, t)
        if claim.kind is ClaimKind.EXTENSION:
            item_view.deadline(page, t)
    with claimed:
        st.markdown(f"**{t('work.claimed')}**: {t.word('claim.kind', row['kind'])}")
        claim_view.content(row, t)
        if claim.kind is ClaimKind.PUBLISHED:
            naming = promises.publication_check(
                installation, claim.content, page.state["procedure_code"], claim.agency_code
            )
            st.caption(t.word("promise.naming", naming.value))
        claim_view.files_and_story(installation, actor, row, t)
    promise_view.show(installation, moment, page, t)
    claim_actions.show(installation, actor, claim, row, t, has_shortcuts=True)
    with st.container(key="keyboard-hint"):
        st.caption(t("work.shortcuts"))
