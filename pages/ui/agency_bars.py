"""Agencies of a programme as bars that open the agency, with the legend in words."""

from html import escape

import polars as pl
import streamlit as st

from catalogue.charts import agencies as chart
from catalogue.i18n import Translator
from pages.ui import menu


def show(frame: pl.DataFrame, page: str, t: Translator, most: int = 100) -> None:
    """Draw the first of services.figures.by_agency; a clicked bar opens the agency's page."""
    frame = frame.head(most)
    words = "".join(
        f'<li class="{state}">{escape(t(f"deadline.bar_{state}"))}</li>' for state in chart.STATES
    )
    st.html(f'<ul class="state-words">{words}</ul>')
    top = ", ".join(
        f"{row['agency_short_name']} {t('overview.overdue_short', count=row['overdue'])}"
        for row in frame.head(5).iter_rows(named=True)
    )
    picked = st.altair_chart(
        chart.bars(frame, t),
        on_select="rerun",
        key=f"agencies-{page}",
        alt=t("overview.agencies_alt", parts=top),
    )
    if hits := picked["selection"].get("agency"):
        menu.go("agency", code=hits[0]["agency_code"], **menu.way_back())
