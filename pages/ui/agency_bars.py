"""Agencies of a programme as bars that open the agency, every part named where it stands."""

from html import escape

import polars as pl
import streamlit as st

from catalogue.charts import agencies as chart
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from pages.ui import chart_view, menu


def show(
    frame: pl.DataFrame,
    page: str,
    t: Translator,
    *,
    title: str | None = None,
    most: int | None = None,
    moment: Moment | None = None,
) -> None:
    """Draw services.figures.by_agency, the first `most` of it; a clicked bar opens the agency's page.

    `title`, `moment`: what the page says above it and counts at, for the picture that leaves the page.
    """
    frame = frame.head(most or frame.height)
    words = "".join(
        f'<li class="{state}">{escape(t(f"deadline.bar_{state}"))}</li>' for state in chart.STATES
    )
    # shown on a phone only, where the parts are too narrow for words
    st.html(f'<ul class="state-words narrow">{words}</ul>')
    top = ", ".join(
        f"{row['agency_short_name']} {t('overview.overdue_short', count=row['overdue'])}"
        for row in frame.head(5).iter_rows(named=True)
    )
    picked = chart_view.show(
        chart.bars(frame, t),
        title=title or t("agencies.title"),
        alt=t("overview.agencies_alt", parts=top),
        t=t,
        key=f"agencies-{page}",
        moment=moment,
        on_select="rerun",
    )
    if hits := picked["selection"].get("agency"):
        menu.go("agency", code=hits[0]["agency_code"], **menu.way_back())
