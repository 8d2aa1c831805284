"""The parts of an item's page that everybody may read: stages, measures, instruments, deadline, story."""

import json
from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.claim import day as claim_day
from catalogue.services.installation import Installation
from catalogue.services.item_story import Entry
from catalogue.services.items import ItemPage
from catalogue.store.database import Row
from catalogue.working_days import civil_day
from pages.ui import menu, plain, story_words

_RECENT = 12
_TRANSFER = "decentralise"  # the measure that a transfer carries out


def withdrawn(page: ItemPage, t: Translator, *, is_reader: bool) -> None:
    """Of an item outside the base: since when, by which document and, for signed-in people, why."""
    state = page.state
    if state["in_base"] or state["left_on"] is None:
        return
    said = f"**{t('item.withdrawn', day=state['left_on'])}**"
    told = page.story.filter(
        (pl.col("subject") == "assigned") & ~pl.col("holds") & (pl.col("effective_date") == state["left_on"])
    )
    for fact in told.head(1).iter_rows(named=True):
        if fact["reason"] and is_reader:
            said += f": {plain.markdown(fact['reason'])}"
        if fact["document_number"]:
            said += f" ({document(fact['document_number'], fact['document_date'], t)})"
    st.warning(said, icon=":material/remove_circle:")


def stages(page: ItemPage, applicable: list[str], t: Translator) -> None:
    """Every stage that applies on one line from top to bottom, with its dates and document, or that it is not reached."""
    held = [row for row in reversed(page.story.to_dicts()) if row["holds"]]
    facts = {row["subject"]: row for row in held}
    assigned = _assigned(page, held)
    is_standing = page.state["is_standing"]
    lines = []
    for stage in applicable:
        if is_standing and stage == "confirmed":
            continue
        reached, fact = page.state[f"{stage}_on"], facts.get(stage)
        if stage == "assigned" and assigned:
            reached, fact = assigned["effective_date"], assigned
        said = [t.day(reached) if reached else t("item.stage_not_reached")]
        if not reached and fact and stage == "enacted":
            said = [t("item.stage_future", day=fact["effective_date"])]
        if (reached or stage == "enacted") and fact:
            if fact["document_number"]:
                number, day = fact["document_number"], fact["document_date"]
                said.append(t("item.stage_assigned_by", number=number, day=day))
            elif stage == "assigned" and fact["document_title"]:
                said.append(t("directive.assigned_inferred"))
            if civil_day(fact["recorded_at"]) != fact["effective_date"]:
                said.append(t("item.recorded_on", day=civil_day(fact["recorded_at"])))
        state = "reached" if reached else "coming"
        body = " · ".join(escape(part) for part in said)
        lines.append(f'<li class="{state}"><b>{escape(t(f"stage.{stage}"))}</b> {body}</li>')
    st.html(f'<ol class="stages">{"".join(lines)}</ol>')
    if is_standing:
        st.caption(t("directive.no_completion"))


def _assigned(page: ItemPage, held: list[Row]) -> Row | None:
    """The assignment by which the item is in the base or, of a withdrawn item, was in it last."""
    since, left = page.state["assigned_on"], page.state["left_on"]
    found = [
        row
        for row in held
        if row["subject"] == "assigned"
        and (row["effective_date"] == since if since else left is not None and row["effective_date"] <= left)
    ]
    return found[-1] if found else None


def agency(state: Row, t: Translator) -> str:
    """Who answers for an item, and who was given it where that is another agency."""
    name = plain.markdown(state["agency_name"])
    if state["assigned_agency"] == state["lead_agency"]:
        return name
    return t("item.agency_of_another", agency=name, assigned=plain.markdown(state["assigned_agency_name"]))


def document(number: str, day: date | None, t: Translator) -> str:
    """A document by its identity: number and date."""
    return t("item.stage_assigned_by", number=plain.markdown(number), day=day)


def changes(page: ItemPage, t: Translator) -> None:
    """What must change: measures with before -> after; of a transfer the line above says it, and as it holds."""
    lines = []
    for row in page.measures.iter_rows(named=True):
        text = f"- **{row[f'name_{t.language}']}**"
        is_said = row["measure_type"] == _TRANSFER and page.transfer is not None
        if (row["before_text"] or row["after_text"]) and not is_said:
            text += ": " + t(
                "item.before_after",
                before=plain.markdown(row["before_text"] or "–"),
                after=plain.markdown(row["after_text"] or "–"),
            )
        if row["explanation"]:
            text += f" ({plain.markdown(row['explanation'])})"
        if row["carried_out_on"]:
            text += f" · :material/check: {t('item.measure_done', day=row['carried_out_on'])}"
        elif not page.instruments.is_empty():
            text += f" · {t('item.measure_open')}"
        lines.append(text)
    if lines:
        st.markdown("\n".join(lines))
    if page.measures.is_empty() and page.transfer is None:
        st.caption(t("item.measures_none"))


def instruments(frame: pl.DataFrame, kind: str, t: Translator) -> None:
    """Each document an item of this kind of programme needs, where it stands, and how many items need it too."""
    if frame.is_empty():
        st.caption(t("item.instruments_none"))
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            icon = ":material/check:" if row["state"] == "issued" else ":material/pending:"
            menu.link("instrument", f"{icon} {plain.markdown(row['title'])}", id=row["document_id"])
            st.caption(f"{instrument_state(row, t)} · {row['drafting_agency_name'] or '–'}")
            serves = t("item.instrument_serves", count=row["items"])
            if row["items"] > 1:
                menu.link(kind, serves, document=row["document_id"])


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


def deadline(page: ItemPage, t: Translator, refused: pl.DataFrame | None = None) -> None:
    """The current and the original deadline, each judged; how often it moved, by which documents, and what was refused."""
    state = page.state
    if state["current_deadline"] is None and state["task"] is not None:
        st.markdown(t("directive.deadline_standing" if state["is_standing"] else "directive.deadline_none"))
        return
    lines = [
        f"{t(f'item.deadline_{name}')}: **{t.day(state[f'{name}_deadline'])}**"
        + (f" · {t.word('deadline.icon', judged)} {t(f'deadline.{judged}')}" if state["in_base"] else "")
        for name, judged in (
            ("current", state["deadline_state"]),
            ("original", state["original_deadline_state"]),
        )
    ]
    if not state["in_base"]:
        lines.insert(0, t("item.deadline_none_withdrawn"))
    moved = state["extensions"]
    lines.append(t("item.deadline_extensions", count=moved) if moved else t("item.deadline_never_moved"))
    st.markdown("  \n".join(lines))
    granted = page.story.filter((pl.col("subject") == "deadline") & pl.col("previous_deadline").is_not_null())
    said = [
        t(
            "item.extension_granted",
            before=row["previous_deadline"],
            after=row["deadline"],
            document=document(row["document_number"] or "–", row["document_date"], t),
        )
        for row in granted.iter_rows(named=True)
    ]
    for row in refused.iter_rows(named=True) if refused is not None else ():
        asked = json.loads(row["content"])
        said.append(
            t(
                "item.extension_refused",
                after=claim_day(asked, "new_deadline"),
                document=document(asked.get("number") or "–", claim_day(asked, "issued_on"), t),
            )
        )
    if refused is not None and refused.height:
        st.markdown(t("item.deadline_refused", count=refused.height))
    if said:
        st.markdown("\n".join(f"- {line}" for line in said))


def story(entries: list[Entry], installation: Installation, t: Translator) -> None:
    """What happened, newest first, in sentences; what is long ago opens on demand."""
    lines = [f"- **{t.day(entry.on)}** {story_words.sentence(entry, installation, t)}" for entry in entries]
    st.markdown("\n".join(lines[:_RECENT]) if lines else t("story.empty"))
    if earlier := lines[_RECENT:]:
        with st.expander(t("story.more", count=len(earlier))):
            st.markdown("\n".join(earlier))
