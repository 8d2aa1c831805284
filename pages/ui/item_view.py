"""The parts of an item's page that everybody may read: stages, measures, instruments, deadline, story."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.services.items import ItemPage
from pages.ui import menu, plain


def stages(page: ItemPage, applicable: list[str], t: Translator) -> None:
    """Every stage that applies, with its date and document, or that it is not reached."""
    documents = {
        row["subject"]: row for row in reversed(list(page.story.iter_rows(named=True))) if row["holds"]
    }
    for stage in applicable:
        reached = page.state[f"{stage}_on"]
        mark = ":material/check_circle:" if reached else ":material/radio_button_unchecked:"
        line = f"{mark} **{t(f'stage.{stage}')}** · " + (
            t.day(reached) if reached else t("item.stage_not_reached")
        )
        fact = documents.get(stage)
        if reached and fact and fact["document_number"]:
            line += " · " + document(fact["document_number"], fact["document_date"], t)
        elif not reached and fact and stage == "enacted":
            line += " · " + t("item.stage_future", day=fact["effective_date"])
        st.markdown(line)


def document(number: str, day: date | None, t: Translator) -> str:
    """A document by its identity: number and date."""
    return t("item.stage_assigned_by", number=plain.markdown(number), day=day)


def changes(page: ItemPage, t: Translator) -> None:
    """What must change: measures with before -> after; who decides before and after."""
    if page.transfer is not None:
        st.markdown(
            t(
                "item.transfer",
                from_level=t(f"item.level_{page.transfer['from_level']}"),
                to_level=t(f"item.level_{page.transfer['to_level']}"),
                form=t(f"item.form_{page.transfer['form']}"),
            )
        )
    for row in page.measures.iter_rows(named=True):
        text = f"- **{row[f'name_{t.language}']}**"
        if row["before_text"] or row["after_text"]:
            text += ": " + t(
                "item.before_after",
                before=plain.markdown(row["before_text"] or "–"),
                after=plain.markdown(row["after_text"] or "–"),
            )
        if row["explanation"]:
            text += f" ({plain.markdown(row['explanation'])})"
        st.markdown(text)
    if page.measures.is_empty() and page.transfer is None:
        st.caption(t("item.measures_none"))


def instruments(frame: pl.DataFrame, list_page: str, t: Translator) -> None:
    """Each document the item needs, where it stands, and how many items need it too."""
    if frame.is_empty():
        st.caption(t("item.instruments_none"))
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            st.markdown(
                f"{':material/check:' if row['state'] == 'issued' else ':material/pending:'} {plain.markdown(row['title'])}"
            )
            st.caption(f"{instrument_state(row, t)} · {row['drafting_agency_name'] or '–'}")
            if row["items"] > 1:
                menu.link(
                    list_page, t("item.instrument_serves", count=row["items"]), document=row["document_id"]
                )


def instrument_state(row: dict[str, Any], t: Translator) -> str:
    """Where a document stands, in words."""
    if row["state"] == "issued":
        return t(
            "item.instrument_in_force",
            number=plain.markdown(row["number"]),
            day=row["issued_on"],
            force=row["in_force_on"],
        )
    state = t(f"item.document_state_{row['state']}")
    if row["planned_issue_on"] is None:
        return t("item.instrument_unplanned", state=state)
    return t("item.instrument_planned", state=state, day=row["planned_issue_on"])


def deadline(page: ItemPage, t: Translator) -> None:
    """Original and current deadline, how often it moved, and the state in words."""
    state = page.state
    name, moved = state["deadline_state"], state["extensions"]
    st.markdown(f"**{t.word('deadline.icon', name)} {t(f'deadline.{name}')}**")
    st.markdown(
        f"{t('item.deadline_current')}: **{t.day(state['current_deadline'])}** · "
        f"{t('item.deadline_original')}: {t.day(state['original_deadline'])} · "
        + (t("item.deadline_extensions", count=moved) if moved else t("item.deadline_never_moved"))
    )


def story(frame: pl.DataFrame, t: Translator, *, with_reasons: bool) -> None:
    """The confirmed facts, newest first, in sentences; a ministry's own words are for signed-in people."""
    for row in frame.iter_rows(named=True):
        subject = row["subject"] if row["holds"] else f"not_{row['subject']}"
        number = row["document_number"]
        st.markdown(
            "- "
            + t(
                f"item.story_{subject}",
                day=row["effective_date"],
                recorded=row["recorded_at"],
                deadline=row["deadline"],
                document=document(number, row["document_date"], t) if number else t("item.story_no_document"),
            )
            + (f" — {plain.markdown(row['reason'])}" if row["reason"] and with_reasons else "")
        )
