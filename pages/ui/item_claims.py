"""The claims about an item for signed-in people, what each may do with them, and the form of a new one."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import ClaimKind, ClaimState
from catalogue.model.promise import Verdict
from catalogue.services import claim_reading, promises
from catalogue.services.installation import Installation
from catalogue.services.items import ItemPage
from pages.ui import claim_actions, claim_form, claim_view, filters, menu, promise_view

_OPEN = (ClaimState.DRAFT.value, ClaimState.SUBMITTED.value, ClaimState.RETURNED.value)


def show(
    installation: Installation,
    actor: Actor,
    page: ItemPage,
    found: pl.DataFrame,
    stages: list[str],
    t: Translator,
    *,
    is_current: bool,
) -> None:
    """Draw what this person may do; on another day than the working date for reading only."""
    state = page.state
    if not actor.is_signed_in:
        st.write(t("item.sign_in_to_act"))
        menu.link("sign_in", t("menu.sign_in"), next=f"/item?id={state['item_id']}")
        return
    for row in found.iter_rows(named=True):
        with st.expander(claim_view.title(row, t), expanded=row["state"] in _OPEN):
            claim_view.content(row, t)
            claim_view.files_and_story(installation, actor, row, t)
            if is_current:
                claim_actions.show(installation, actor, claim_reading.claim_of(row), row, t)
    is_writer = actor.has(Right.WRITE_CLAIMS, state["answering_agency"])
    if not is_writer and not actor.has(Right.DECIDE_CLAIMS):
        st.caption(t("item.read_only"))
    elif not is_current:
        st.caption(t("item.not_current", day=installation.working_date))
    elif not is_writer:
        return
    elif kinds := _kinds(installation, page, stages):
        if ClaimKind.PUBLISHED in kinds:
            promise_view.offer(installation, page, t)
        names = {kind.value: t(f"claim.new_{kind.value}") for kind in kinds}
        kind = filters.switch(t("claim.new"), names, "claim")
        chosen = kinds[list(names).index(kind)]
        if claim_form.begun(found, chosen, state["answering_agency"]).is_empty():
            claim_form.new(installation, actor, page, chosen, found, t)
        else:
            with st.expander(t("claim.new_besides", claim=names[kind])):
                claim_form.new(installation, actor, page, chosen, found, t)


def _kinds(installation: Installation, page: ItemPage, stages: list[str]) -> list[ClaimKind]:
    """What can be claimed; a difference only where the record does not show what was promised."""
    kinds = claim_form.kinds_open(page, stages)
    if ClaimKind.DIFFERENCE in kinds:
        check = promises.of_item(installation, installation.moment(), page.state["item_id"])
        if check is None or check.verdict not in (Verdict.DIFFERS, Verdict.NOT_VISIBLE):
            kinds.remove(ClaimKind.DIFFERENCE)
    return kinds
