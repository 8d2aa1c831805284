"""Buttons for what this person may do with a claim now: submit, recall, drop, return, confirm."""

from dataclasses import replace

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import Action, Claim, allowed
from catalogue.services import claims
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import claim_form, feedback, plain, seen


def show(installation: Installation, actor: Actor, claim: Claim, row: Row, t: Translator) -> None:
    """The actions of a claim. Mending and submitting stand in one form."""
    open_to = allowed(claim, actor)
    if not open_to:
        return
    last = seen.revision("claim", claim.claim_id, claim.revision, t)
    if Action.EDIT in open_to:
        claim_form.mend(installation, actor, row, last, t)
    claim = replace(claim, revision=last)
    if Action.CONFIRM in open_to:
        _decide(installation, actor, claim, t)
    for action in (Action.RECALL, Action.DROP):
        if action in open_to and st.button(
            t(f"claim.{action.value}"), key=f"{action.value}-{claim.claim_id}"
        ):
            _act(installation, actor, claim, action, None, t)


def _decide(installation: Installation, actor: Actor, claim: Claim, t: Translator) -> None:
    preview = claims.preview(installation, actor, claim.claim_id)
    if preview.issued_already:
        st.warning(
            t("claim.issued_already", number=plain.markdown(preview.issued_already)),
            icon=":material/content_copy:",
        )
    elif preview.before is not None and preview.after is not None:
        st.markdown(
            t(
                "claim.preview",
                items=preview.released.height,
                before=preview.before.numerator,
                after=preview.after,
                base=preview.before.denominator,
            )
        )
        if preview.released.height:
            with st.expander(t("claim.preview_items", items=preview.released.height)):
                st.dataframe(
                    preview.released.select("procedure_code", "title", "enacted_on"),
                    hide_index=True,
                    key=f"released-{claim.claim_id}",
                    column_config={
                        "procedure_code": t("item.col_code"),
                        "title": t("item.col_title"),
                        "enacted_on": st.column_config.DateColumn(
                            t("claim.enacted_from"), format="DD/MM/YYYY"
                        ),
                    },
                )
    comment = st.text_area(
        t("claim.field_comment"), key=f"comment-{claim.claim_id}", height=80, help=t("claim.help_comment")
    )
    with st.container(horizontal=True):
        confirm = st.button(
            t("claim.confirm"), type="primary", icon=":material/check:", key=f"confirm-{claim.claim_id}"
        )
        back = st.button(t("claim.return"), icon=":material/undo:", key=f"return-{claim.claim_id}")
    if confirm or back:
        _act(installation, actor, claim, Action.CONFIRM if confirm else Action.RETURN, comment, t)


def _act(
    installation: Installation, actor: Actor, claim: Claim, action: Action, comment: str | None, t: Translator
) -> None:
    try:
        claims.act(installation, actor, claim.claim_id, action, revision=claim.revision, comment=comment)
    except CatalogueError as error:
        feedback.show(t, error)
    else:
        seen.forget()
        feedback.remember(t(f"claim.said_{action.value}"))
        st.rerun()
