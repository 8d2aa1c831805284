"""The rows of a batch of scores, a page of them, as a table: whose, of which period, total and components."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.indicator import unscaled
from catalogue.services import indicator_imports
from catalogue.services.batches import BatchReport
from catalogue.services.indicator_imports import StagedScore
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import import_sources, menu, paging, session, tables
from pages.ui import indicator_words as words

PAGE_SIZE = 50


def show(
    installation: Installation, actor: Actor, report: BatchReport, change: str, total: int, t: Translator
) -> None:
    """A page of the rows of one change, in the order of the file."""
    page, pages = paging.current(total, PAGE_SIZE, (report.batch_id, change))
    rows, _ = indicator_imports.preview(
        installation, report.batch_id, change=change, page=page, size=PAGE_SIZE, by=actor
    )
    definition = installation.reference.indicator(import_sources.get(report.source).indicator or "")
    shown = [_row(installation, row, t) for row in rows]
    parts = [one for one in definition.components if any(one.code in row for row in shown)]
    schema: dict[str, Any] = {
        "sheet": pl.String,
        "row": pl.Int64,
        "name": pl.String,
        "period": pl.String,
        "total": pl.String,
        **{one.code: pl.String for one in parts},
    }
    column: Any = st.column_config.Column
    tables.bare(
        pl.DataFrame(shown, schema=schema),
        {
            "sheet": column(t("indicator_import.col_sheet"), width="small"),
            "row": column(t("indicator_import.col_row"), width=60),
            "name": column(t("indicators.col_name"), width="medium"),
            "period": column(t("indicators.col_period"), width="medium"),
            "total": column(t("indicator_import.col_total"), width="small"),
            **{
                one.code: column(
                    one.code, width="small", help=one.name_vi if t.language == "vi" else one.name_en
                )
                for one in parts
            },
        },
        key=f"scores-{report.batch_id}-{change}",
    )
    paging.show(pages)


def to_indicators(report: BatchReport, t: Translator) -> None:
    """The way to what was written; where the screen stands before that day, the way to the day first."""
    if report.observed_on <= session.moment().as_of:
        code = import_sources.get(report.source).indicator
        menu.link("indicators", t("indicator_import.to_indicators"), indicator=code)
        return
    st.button(
        t("indicator_import.to_day", day=report.observed_on),
        type="tertiary",
        icon=":material/event:",
        on_click=st.session_state.__setitem__,
        args=("as_of", report.observed_on),
    )


def _row(installation: Installation, staged: StagedScore, t: Translator) -> Row:
    if not staged.facts:
        return {"sheet": staged.sheet, "row": staged.row, "total": t("indicator_import.repeats")}
    first = staged.facts[0]
    name = first["unit_name"] or installation.reference.agency(first["agency_code"]).short_name_on(
        first["period_end"]
    )
    return {
        "sheet": staged.sheet,
        "row": staged.row,
        "name": name,
        "period": words.period(first["period_end"], first["period_kind"], t, first["measured_to"]),
        "total": _amount(first, t),
        **{fact["component"]: _amount(fact, t) for fact in staged.facts[1:]},
    }


def _amount(fact: Row, t: Translator) -> str:
    if fact["state"] != "value":
        return t(f"indicators.state_{fact['state']}")
    return words.number(unscaled(fact["value"]), t, 2)
