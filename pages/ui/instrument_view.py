"""The parts of an instrument's page that everybody may read: where it stands, its items, its story."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from catalogue.charts import bottlenecks as words
from catalogue.i18n import Translator
from catalogue.model.instrument import Step, moves
from catalogue.reference import Reference
from catalogue.services.instruments import InstrumentPage
from pages.ui import menu, plain, tables

_ROWS = 10  # on a phone: the story and the forms come below


def head(page: InstrumentPage, as_of: date, t: Translator) -> None:
    """Type, agency and standing in a line; what the document holds back in a sentence."""
    state = page.state
    agency = state["drafting_agency_name"]
    drafted = (
        t("instrument.drafted_by", agency=plain.markdown(agency))
        if agency
        else t("instrument.drafted_by_nobody")
    )
    st.markdown(f"{t('instrument.type_' + state['type'])} · {drafted} · **{standing(state, as_of, t)}**")
    done = page.items.filter(pl.col("done_on").is_not_null()).height
    waiting = page.items.filter(pl.col("done_on").is_null())
    if state["state"] == "issued":
        said = t("instrument.served_sentence", done=done, open=waiting.height)
    else:
        alone = waiting.filter(pl.col("waits_for") == 0).height
        said = t("instrument.holds_sentence", alone=alone, others=waiting.height - alone, done=done)
    times, days = moves(page.steps)
    if times:
        said += " " + t("instrument.moved", count=times, days=days)
    st.markdown(said)
    if state["state"] != "issued":
        usual = max(state["planned_issue_on"] or as_of, as_of)
        menu.link(
            "instruments", t("instrument.try_it"), **{"if": f"{state['document_id']}~{usual.isoformat()}"}
        )


def standing(state: dict[str, Any], as_of: date, t: Translator) -> str:
    """Where the document stands, with its number and days or its planned day."""
    if state["state"] == "issued":
        key = "in_force" if state["is_in_force"] else "issued"
        return t(
            f"instrument.state_{key}",
            number=plain.markdown(state["number"]),
            issued=state["issued_on"],
            force=state["in_force_on"],
        )
    return f"{t('instrument.standing_' + state['state'])}, {words.planned(state, as_of, t)}"


def items(page: InstrumentPage, reference: Reference, t: Translator) -> None:
    """The items that need the document, by programme; a row opens its item."""
    if page.items.is_empty():
        st.caption(t("instrument.items_none"))
    for (code,), frame in page.items.group_by("programme_code", maintain_order=True):
        kind = reference.programme(code).kind
        st.markdown(f"**{t('instrument.items_of', programme=t(f'programme.{kind}'), count=frame.height)}**")
        told = frame.with_columns(
            pl.Series("waits", [_waits(row, page.state, t) for row in frame.iter_rows(named=True)])
        )
        with st.container(key=f"rows-wide-{code}"):
            _table(told, str(code), f"{page.state['title']}. {t(f'programme.{kind}')}", t)
        with st.container(key=f"rows-narrow-{code}"):
            for row in told.head(_ROWS).iter_rows(named=True):
                with st.container(gap=None):
                    menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
                    st.caption(f"{plain.markdown(row['agency_name'])} · {row['waits']}")
            if told.height > _ROWS:
                st.caption(t("instrument.items_more", count=told.height - _ROWS))
        if kind in ("simplification", "decentralisation"):
            menu.link(kind, t("instrument.items_list"), document=page.state["document_id"])


def _waits(row: dict[str, Any], state: dict[str, Any], t: Translator) -> str:
    if row["done_on"]:
        return t("instrument.item_done", day=row["done_on"])
    if row["waits_for"]:
        return t("instrument.item_others", count=row["waits_for"])
    return t("instrument.item_force" if state["state"] == "issued" else "instrument.item_alone")


def _table(frame: pl.DataFrame, code: str, title: str, t: Translator) -> None:
    column = st.column_config
    place = tables.chosen_row(
        frame.select(pl.col("procedure_code").fill_null("–"), "title", "agency_name", "waits"),
        f"instrument-items-{code}",
        {
            "procedure_code": column.TextColumn(t("item.col_code"), width=80),
            "title": column.TextColumn(t("instrument.col_item"), width=265),
            "agency_name": column.TextColumn(t("item.col_agency"), width=110),
            "waits": column.TextColumn(t("instrument.col_item_state"), width=150),
        },
        title=title,
        t=t,
    )
    if place is not None:
        menu.go("item", id=frame["item_id"][place])


def history(steps: list[Step], reference: Reference, t: Translator) -> None:
    """What was recorded, newest first, in sentences."""
    names = {agency.code: agency.short_name for agency in reference.agencies}
    for step in reversed(steps):
        recorded = step.recorded
        who = recorded["actor_name"]
        head = (
            t("instrument.step_head", recorded=recorded["recorded_at"], who=plain.markdown(who))
            if who
            else t("instrument.step_head_nobody", recorded=recorded["recorded_at"])
        )
        reason = f" — {plain.markdown(recorded['reason'])}" if recorded["reason"] else ""
        st.markdown(f"- {head}{'; '.join(_sentences(step, names, t))}{reason}")


def _sentences(step: Step, names: dict[str, str], t: Translator) -> list[str]:
    recorded, changed = step.recorded, step.changed
    said: list[str] = []
    state = t(f"instrument.standing_{recorded['state']}")
    identity = any(name in changed for name in ("number", "issued_on", "in_force_on"))
    if recorded["state"] == "issued" and (identity or "state" in changed):
        key = "corrected" if "state" not in changed else "issued"
        said.append(
            t(
                f"instrument.step_{key}",
                number=plain.markdown(recorded["number"]),
                issued=recorded["issued_on"],
                force=recorded["in_force_on"],
            )
        )
    elif step.is_first:
        said.append(t("instrument.step_first", state=state))
        if recorded["planned_issue_on"]:
            said.append(t("instrument.step_first_day", day=recorded["planned_issue_on"]))
    elif "state" in changed:
        before = changed["state"][0]
        key = "taken_back" if before == "issued" else "state"
        said.append(t(f"instrument.step_{key}", before=t(f"instrument.standing_{before}"), after=state))
    return said if step.is_first else [*said, *_plan_sentences(step, names, t)]


def _plan_sentences(step: Step, names: dict[str, str], t: Translator) -> list[str]:
    said = []
    if "planned_issue_on" in step.changed:
        before, after = step.changed["planned_issue_on"]
        if before is None:
            said.append(t("instrument.step_dated", after=after))
        elif after is None:
            said.append(t("instrument.step_undated", before=before))
        elif after > before:
            said.append(t("instrument.step_later", before=before, after=after, days=(after - before).days))
        else:
            said.append(t("instrument.step_earlier", before=before, after=after))
    if "title" in step.changed:
        said.append(t("instrument.step_title", after=plain.markdown(step.changed["title"][1])))
    if "drafting_agency" in step.changed:
        before, after = (names.get(code or "", code or "–") for code in step.changed["drafting_agency"])
        said.append(t("instrument.step_agency", before=before, after=after))
    return said
