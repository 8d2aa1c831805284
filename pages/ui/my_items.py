"""A ministry's items on its desk: overdue, due soon, and stalled without an answer to the four questions."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind
from catalogue.model.item import DeadlineState
from catalogue.model.period import Moment
from catalogue.services import figures, items, stalled
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.store.database import Row
from pages.ui import menu, plain

_SHOWN = 4
_GROUPS = 6
_KINDS = {code: kind for kind, code in figures.PROGRAMMES.items()}


def deadlines(
    installation: Installation, actor: Actor, moment: Moment, state: DeadlineState, t: Translator
) -> None:
    """The agency's items in one deadline state, the most urgent of each programme."""
    wanted = ItemFilter(agency=actor.agency_code, deadline_state=state.value)
    found = {
        one.kind: items.find(installation, moment, one.code, wanted, size=_SHOWN)
        for one in installation.reference.programmes
    }
    total = sum(frame["total"][0] if frame.height else 0 for frame in found.values())
    if not total:
        st.caption(t(f"work.none_{state.value}"))
        return
    st.subheader(t(f"work.items_{state.value}", count=total))
    for kind, frame in found.items():
        with st.container(gap="xsmall"):
            for row in frame.iter_rows(named=True):
                _row(kind, row, t)
        if frame.height and frame["total"][0] > frame.height:
            with st.container(key=f"plain-link-{state.value}-{kind}"):
                menu.link(
                    kind,
                    t("work.see_all_of", programme=t(f"programme.{kind}"), count=frame["total"][0]),
                    agency=actor.agency_code,
                    deadline=state.value,
                )


def _row(kind: str, row: Row, t: Translator) -> None:
    with st.container(gap=None):
        menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
        said = [t(f"programme.{kind}"), f"{t('item.deadline')}: {t.day(row['current_deadline'])}"]
        if row["instruments_needed"]:
            issued, needed = row["instruments_issued"], row["instruments_needed"]
            said.append(t("work.documents", issued=issued, needed=needed))
        st.caption(" · ".join(said))


def unanswered(installation: Installation, actor: Actor, moment: Moment, t: Translator) -> None:
    """Stalled items whose four questions are open, each one click from its answer; many are answered in the list."""
    found = stalled.find(installation, actor, moment, actor.agency_code or "")
    waiting = found.filter(~found["is_answered"])
    if waiting.is_empty():
        st.caption(t("work.none_stalled"))
        return
    st.subheader(t("work.stalled", count=waiting.height), help=t("work.stalled_help"))
    found = groups(waiting)
    with st.container(gap="xsmall"):
        for row, count in found[:_GROUPS]:
            _group(row, count, actor.agency_code or "", t)
    if rest := sum(count for _, count in found[_GROUPS:]):
        st.caption(t("work.stalled_rest", count=rest))


def groups(waiting: pl.DataFrame) -> list[tuple[Row, int]]:
    """Stalled items by the document that holds them back, the largest group first: its most urgent item, how many."""
    frame = waiting.with_columns(pl.len().over("programme_code", "document_id").alias("together")).unique(
        ["programme_code", "document_id"], keep="first", maintain_order=True
    )
    ordered = frame.sort("together", descending=True, maintain_order=True)
    return [(row, row["together"]) for row in ordered.iter_rows(named=True)]


def _group(row: Row, count: int, agency: str, t: Translator) -> None:
    """Items held back by the same document are answered together; a single one on its own page."""
    with st.container(gap=None, key=f"plain-link-stalled-{row['item_id']}"):
        if count == 1:
            st.markdown(plain.markdown(row["title"]))
            st.caption(why(row, t))
            menu.link("item", t("work.answer"), id=row["item_id"], claim=ClaimKind.OBSTACLE.value)
            return
        kind = _KINDS[row["programme_code"]]
        st.markdown(t("work.stalled_group", programme=t(f"programme.{kind}"), count=count))
        st.caption(why_together(row, t))
        menu.link(
            kind,
            t("work.answer_group", count=count),
            agency=agency,
            choose=1,
            stalled=row["document_id"] or "none",
        )


def why_together(row: Row, t: Translator) -> str:
    """Why a group of items counts as stalled: the document that holds all of them back, or their deadlines alone."""
    if not row["document_title"]:
        return t("work.stalled_overdue")
    title = plain.markdown(row["document_title"])
    return t("work.stalled_document", title=title, day=row["planned_issue_on"])


def kind_of(row: Row) -> str:
    """The kind of programme of a row."""
    return _KINDS[row["programme_code"]]


def why(row: Row, t: Translator) -> str:
    """Why an item counts as stalled: its deadline has passed, or the planned day of a document."""
    said = []
    if row["deadline_state"] == DeadlineState.OVERDUE:
        said.append(t("work.stalled_deadline", day=row["current_deadline"]))
    if row["document_title"]:
        title = plain.markdown(row["document_title"])
        said.append(t("work.stalled_document", title=title, day=row["planned_issue_on"]))
    return " · ".join(said)
