"""Leadership's two minutes: where are we, is it on pace, who is late, what one document unlocks most, what changed.

Both programmes stand side by side, so that nothing needs a click; one screen of 1440 x 900 and one sheet of A4.
"""

from html import escape

import polars as pl
import streamlit as st

from catalogue.charts import progress
from catalogue.model.pace import Pace
from catalogue.services import figures, items, pace
from pages.ui import (
    agency_bars,
    chart_view,
    curve_view,
    headline,
    menu,
    print_sheet,
    recent_changes,
    session,
    unlocking_list,
)
from pages.ui.provenance import source_line

_AGENCIES = 7
_CURVE_HEIGHT = 112

installation, t, moment = session.installation(), session.translator(), session.moment()
counts = {
    kind: figures.stages(installation, code, moment) for kind, code in figures.PROCEDURE_PROGRAMMES.items()
}
running = {kind: code for kind, code in figures.PROCEDURE_PROGRAMMES.items() if counts[kind]["assigned"] > 0}


def curve(kind: str, programme: str) -> None:
    """The programme over time."""
    frame = figures.curve(installation, programme, moment)
    walked = pace.usual(installation, kind, moment)
    goes_on = isinstance(walked, Pace) and bool(walked.months_left)
    title = t(
        "overview.curve_title_on" if goes_on else "overview.curve_title", programme=t(f"programme.{kind}")
    )
    definition = installation.reference.programme(programme)
    breaks = curve_view.breaks(installation, definition, moment, frame, t)
    with st.container(key=f"chart-curve-{kind}", gap=None):
        st.subheader(title, anchor=False)
        chart_view.show(
            progress.curve(
                frame, definition.done_stage, moment.as_of, walked, t, breaks=breaks, height=_CURVE_HEIGHT
            ),
            title=title,
            alt=curve_view.alt_text(frame, counts[kind], breaks, moment, t),
            t=t,
            key=f"curve-{kind}",
            moment=moment,
        )


def agencies(kind: str, programme: str) -> None:
    """Who is late: the answer in the heading, the bars below it."""
    frame = figures.by_agency(installation, programme, moment)
    late = frame.filter(pl.col("overdue") > 0).height
    title = t(
        "overview.late" if late else "overview.late_none",
        programme=t(f"programme.{kind}"),
        count=late,
        base=frame.height,
    )
    with st.container(key=f"chart-agencies-{kind}", gap=None):
        st.subheader(title, anchor=False)
        agency_bars.show(frame, kind, t, title=title, most=_AGENCIES, moment=moment)
        with st.container(key=f"beside-{kind}"):
            menu.link("agencies", t("overview.table_behind", count=frame.height), programme=kind)


if not running:
    st.title(t("overview.title", day=moment.as_of))
    st.subheader(t("overview.empty_title"))
    has_items = items.any_assigned(installation)
    st.write(t("overview.empty_on_day", day=moment.as_of) if has_items else t("overview.empty"))
    st.stop()

with print_sheet.sheet("overview-sheet"):
    print_sheet.head(t("overview.title", day=moment.as_of), installation, moment, t)
    columns = st.columns(2, gap="medium")
    for column, (kind, code) in zip(columns, running.items(), strict=False):
        with column:
            headline.show(installation, kind, code, moment, t)
    # a programme alone has its agencies beside it; two stand side by side in every row
    is_pair = len(running) > 1
    for draw, alone in ((curve, columns[0]), (agencies, columns[1])):
        row = st.columns(2, gap="medium") if is_pair else [alone]
        for column, (kind, code) in zip(row, running.items(), strict=True):
            with column:
                draw(kind, code)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        unlocking_list.show(installation, running, moment, t)
    with right:
        recent_changes.show(installation, running, moment, t)
    with st.container(horizontal=True, key="sheet-foot", gap="small"):
        source = f'<span class="on-screen">{escape(source_line(moment, t))}</span>'
        st.html(f'<p class="note">{escape(t("overview.definition"))} {source}</p>', width="stretch")
        menu.link("figures", t("overview.to_figures"))
