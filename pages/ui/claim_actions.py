"""Buttons for what this person may do with a claim now: recall, drop, return, refuse, confirm."""

from dataclasses import replace

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import Action, Claim, ClaimKind, allowed
from catalogue.services import claim_reading, claims
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import claim_form, claim_preview, feedback, seen

_KEYS = {Action.CONFIRM: "Alt+Enter", Action.RETURN: "Alt+B", Action.REFUSE: "Alt+X"}


def show(
    installation: Installation,
    actor: Actor,
    claim: Claim,
    row: Row,
    t: Translator,
    *,
    has_shortcuts: bool = False,
) -> None:
    """The actions of a claim. Mending and submitting stand in one form."""
    open_to = allowed(claim, actor)
    if not open_to:
        return
    last = seen.revision("claim", claim.claim_id, claim.revision, t)
    if Action.EDIT in open_to:
        claim_form.mend(installation, actor, row, last, t)
    claim = replace(claim, revision=last)
    if Action.CONFIRM in open_to:
        _decide(installation, actor, claim, t, has_shortcuts=has_shortcuts)
    for action in (Action.RECALL, Action.DROP):
        if action in open_to and st.button(
            t(f"claim.{action.value}"), key=f"{action.value}-{claim.claim_id}"
        ):
            _act(installation, actor, claim, action, None, t)


def _decide(
    installation: Installation, actor: Actor, claim: Claim, t: Translator, *, has_shortcuts: bool
) -> None:
    preview = claim_reading.preview(installation, actor, [claim.claim_id])
    claim_preview.show(preview, str(claim.claim_id), t)
    if claim.kind is ClaimKind.ENACTED and not (
        preview.issued_otherwise or preview.issued_already or preview.released.height
    ):
        st.caption(t("claim.preview_nothing"))
    is_extension = claim.kind is ClaimKind.EXTENSION
    choices = {
        Action.CONFIRM: (t("claim.grant" if is_extension else "claim.confirm"), ":material/check:"),
        Action.RETURN: (t("claim.return"), ":material/undo:"),
    }
    if is_extension:
        choices[Action.REFUSE] = (t("claim.refuse"), ":material/block:")
    chosen = None
    # In a form, what is typed counts even where a key decides before the field is left.
    with st.form(f"decide-{claim.claim_id}", border=False):
        comment = st.text_area(
            t("claim.field_comment"),
            key=f"comment-{claim.claim_id}",
            height=80,
            help=t("claim.help_comment"),
        )
        with st.container(horizontal=True):
            for action, (label, icon) in choices.items():
                is_first = action is Action.CONFIRM
                if st.form_submit_button(
                    label,
                    type="primary" if is_first else "secondary",
                    icon=icon,
                    key=f"{action.value}-{claim.claim_id}",
                    shortcut=_KEYS[action] if has_shortcuts else None,
                    disabled=is_first and bool(preview.issued_otherwise),
                ):
                    chosen = action
    if chosen is not None:
        _act(installation, actor, claim, chosen, comment, t)


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
