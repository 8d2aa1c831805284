"""Which documents the open items of a decentralisation wait for, and how many of them are overdue by that."""

from datetime import date
from html import escape

import polars as pl
import streamlit as st

from catalogue.charts import waiting as chart
from catalogue.charts.theme import STATUS
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services import decentralisation
from catalogue.services.installation import Installation
from pages.ui import chart_view, decentralisation_views, menu, plain, tables

_BARS = 10


def show(installation: Installation, moment: Moment, programme: str, open_items: int, t: Translator) -> None:
    """Draw the sentence, the bars and the table; `open_items` is what the rows add up to."""
    st.subheader(t("decentralisation.document_title"))
    frame = decentralisation.by_instrument(installation, moment, programme)
    if frame.is_empty():
        st.info(t("decentralisation.document_nothing"), icon=":material/task_alt:")
        return
    _answer(frame, open_items, t)
    _bars(frame.head(_BARS), frame.height, moment.as_of, t)
    with st.container(key="rows-wide-documents"):
        st.caption(t("decentralisation.table_hint"))
        _table(frame, t)
    with st.container(key="rows-narrow-documents"):
        _rows(frame, moment.as_of, t)


def _answer(frame: pl.DataFrame, open_items: int, t: Translator) -> None:
    named = frame.filter(pl.col("document_id").is_not_null())
    unnamed, alone = int(frame["items"].sum()) - int(named["items"].sum()), int(named["alone"].sum())
    said = t(
        "decentralisation.document_answer",
        items=open_items - unnamed,
        documents=named.height,
        alone=alone,
        several=open_items - unnamed - alone,
        unnamed=unnamed,
    )
    late = named.filter(pl.col("days_late") > 0).height
    st.markdown(f"{said} {t('decentralisation.document_late', count=late)}" if late else said)


def _bars(frame: pl.DataFrame, base: int, as_of: date, t: Translator) -> None:
    words = "".join(
        f'<li class="{state}">{escape(t(f"deadline.bar_{state}"))}</li>' for state in chart.STATES
    )
    st.html(f'<ul class="state-words">{words}</ul>')
    parts = "; ".join(
        t(
            "decentralisation.document_part",
            title=row["title"] or t("decentralisation.no_document"),
            items=row["items"],
            overdue=row["overdue"],
        )
        for row in frame.head(5).iter_rows(named=True)
    )
    picked = chart_view.show(
        chart.bars(frame, as_of, t),
        title=t("decentralisation.file_title", part=t("decentralisation.document_title")),
        alt=t("decentralisation.document_alt", parts=parts),
        t=t,
        caption=t("decentralisation.document_caption", count=frame.height, base=base),
        hint=t("decentralisation.document_hint"),
        legend=[(t(f"deadline.bar_{state}"), STATUS[state]) for state in chart.STATES],
        wide=940,  # most titles of decrees in one line
        key="waiting-documents",
        on_select="rerun",
    )
    if (hits := picked["selection"].get("document")) and hits[0].get("document_id") is not None:
        menu.go("instrument", id=hits[0]["document_id"], view="document")


def _table(frame: pl.DataFrame, t: Translator) -> None:
    shown = frame.select(
        pl.col("title").fill_null(t("decentralisation.no_document")),
        drafting=pl.col("drafting_agency_short_name").fill_null("–"),
        planned="planned_issue_on",
        late=pl.Series([t.number(days) if days else "–" for days in frame["days_late"]], dtype=pl.String),
        items="items",
        alone="alone",
        overdue="overdue",
        due_soon="due_soon",
        in_time="in_time",
    )
    column, number = st.column_config, st.column_config.NumberColumn
    place = tables.chosen_row(
        shown,
        decentralisation_views.once("documents-table"),
        {
            "title": column.TextColumn(t("decentralisation.col_document"), width=345),
            "drafting": column.TextColumn(t("decentralisation.col_drafting"), width=110),
            "planned": column.DateColumn(t("decentralisation.col_planned"), format="DD/MM/YYYY", width=95),
            "late": column.TextColumn(t("decentralisation.col_late"), width=90, alignment="right"),
            "items": number(
                t("decentralisation.col_waiting"), help=t("decentralisation.col_waiting_help"), width=90
            ),
            "alone": number(
                t("decentralisation.col_alone"), help=t("decentralisation.col_alone_help"), width=85
            ),
            "overdue": number(t("decentralisation.col_overdue"), width=80),
            "due_soon": number(t("decentralisation.col_due_soon"), width=95),
            "in_time": number(t("decentralisation.col_in_time"), width=85),
        },
        title=t("decentralisation.file_title", part=t("decentralisation.document_title")),
        t=t,
        whole=shown.with_columns(late=frame["days_late"]),
        row_height=38,
    )
    if place is not None:
        document_id = frame["document_id"][place]
        if document_id is None:
            decentralisation_views.leave(progress="open", only="unnamed")
        menu.go("instrument", id=document_id, view="document")


def _rows(frame: pl.DataFrame, as_of: date, t: Translator) -> None:
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            if row["document_id"] is None:
                st.markdown(t("decentralisation.no_document"))
            else:
                menu.link("instrument", plain.markdown(row["title"]), id=row["document_id"])
            st.caption(chart.said(row, as_of, t))
