"""Filter, select, update: a ministry's editor chooses several own items of a list and says the same of all of them."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import ClaimKind
from catalogue.model.item import DeadlineState, Stage
from catalogue.model.period import Moment
from catalogue.services import items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from pages.ui import choices, claim_bulk, filters, plain, tables

_KINDS = (ClaimKind.OBSTACLE, ClaimKind.EXTENSION, ClaimKind.ENACTED, ClaimKind.PUBLISHED)
_MOST = 500
_MODE = "choose"
_KEPT = "items_kept"  # ids of the items chosen on the last run


def is_offered(installation: Installation, actor: Actor, moment: Moment, wanted: ItemFilter) -> bool:
    """Whether to offer the mode: to the editor of the agency whose items are listed, on the working date,
    by the agencies of that date."""
    is_current = moment.known_at is None and moment.as_of == installation.working_date
    is_current = is_current and not installation.is_reorganised_since(moment)
    agency = wanted.agency or actor.agency_code
    return is_current and actor.agency_code is not None and actor.has(Right.WRITE_CLAIMS, agency)


def switch(t: Translator) -> bool:
    """The switch of the mode; it lives in the URL."""
    modes = {"0": t("item.choose_one"), "1": t("item.choose_many")}
    return filters.switch(t("item.choose"), modes, _MODE) == "1"


def show(
    installation: Installation,
    actor: Actor,
    moment: Moment,
    programme: str,
    wanted: ItemFilter,
    t: Translator,
) -> None:
    """The filtered own items with a box on every row, and the bar of what can be said of the chosen ones."""
    frame = items.find(installation, moment, programme, wanted, size=_MOST)
    is_own = pl.col("lead_agency") == actor.agency_code
    own = frame.filter(is_own & (pl.col("deadline_state") != DeadlineState.STANDING.value))
    if own.is_empty():
        st.info(t("item.choose_none_own"), icon=":material/filter_alt_off:")
        return
    if frame["total"][0] > _MOST:
        st.caption(t("item.choose_most", most=_MOST))
    chosen = _table(own, t)
    standings = items.standings(installation, chosen)
    if not chosen:
        st.caption(t("item.choose_hint"))
        return
    st.markdown(f"**{t('item.chosen', count=len(chosen))}**")
    idle = {stage.value for stage in Stage} - set(installation.reference.programme(programme).stages)
    picked = st.segmented_control(
        t("item.choose_action"),
        [kind.value for kind in _KINDS if kind.value not in idle],
        format_func=lambda kind: t(f"item.choose_{kind}"),
        key="choose-kind",
        label_visibility="collapsed",
    )
    if picked is None:
        return
    kind = ClaimKind(picked)
    document_id = None
    if kind is ClaimKind.ENACTED:
        document_id, standings = _common_document(installation, standings, t)
        if document_id is None:
            return
    if claim_bulk.show(
        installation, actor, standings, kind, f"{programme}-{kind.value}", t, document_id=document_id
    ):
        st.session_state[_KEPT] = []
        st.rerun()


def _table(own: pl.DataFrame, t: Translator) -> list[int]:
    ids = own["item_id"].to_list()
    kept: list[int] = st.session_state.get(_KEPT, [])
    column = st.column_config
    event = tables.bare(
        own.select(
            pl.col("procedure_code").fill_null("–"),
            "title",
            pl.col("deadline_state").map_elements(
                lambda state: t.word("deadline.short", state), return_dtype=pl.String
            ),
            "current_deadline",
            pl.format("{}/{}", "instruments_issued", "instruments_needed").alias("instruments"),
        ),
        {
            "procedure_code": column.TextColumn(t("item.col_code"), width=90),
            "title": column.TextColumn(t("item.col_title"), width=520),
            "deadline_state": column.TextColumn(t("item.col_state"), width=140),
            "current_deadline": column.DateColumn(t("item.col_deadline"), format="DD/MM/YYYY", width=110),
            "instruments": column.TextColumn(t("item.col_instruments"), width=90),
        },
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={
            "selection": {
                "rows": [place for place, one in enumerate(ids) if one in kept],
                "columns": [],
                "cells": [],
            }
        },
        key=f"choose-{hash(tuple(ids))}",
        height=min(460, 38 * (len(ids) + 1) + 3),
        row_height=38,
    )
    chosen = [ids[place] for place in event["selection"]["rows"]]
    st.session_state[_KEPT] = chosen
    return chosen


def _common_document(
    installation: Installation, standings: dict[int, dict[str, object]], t: Translator
) -> tuple[int | None, dict[int, dict[str, object]]]:
    """The unissued document that the claim is about, and which of the chosen items need it."""
    needing: dict[int, list[int]] = {}
    titles: dict[int, str] = {}
    for item_id, document_id, title in items.unissued(installation, standings).iter_rows():
        needing.setdefault(document_id, []).append(item_id)
        titles[document_id] = title
    if not needing:
        st.info(t("claim.all_documents_issued"), icon=":material/check:")
        return None, {}
    order = sorted(needing, key=lambda document_id: (-len(needing[document_id]), titles[document_id]))
    texts = choices.distinct(
        {one: t("item.choose_document", title=titles[one], count=len(needing[one])) for one in order}
    )
    chosen = st.selectbox(
        t("claim.field_document_id"),
        order,
        format_func=lambda one: texts[one],
        key="choose-document",
    )
    if chosen is None:
        return None, {}
    left_out = [row["title"] for item_id, row in standings.items() if item_id not in needing[chosen]]
    if left_out:
        listed = "\n".join(f"- {plain.markdown(str(title))}" for title in left_out)
        with st.expander(t("item.choose_left_out", count=len(left_out)), icon=":material/info:"):
            st.markdown(listed)
    return chosen, {item_id: standings[item_id] for item_id in needing[chosen]}
