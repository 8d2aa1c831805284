"""The list of instruments: filters in the URL, the answer in a sentence, bars, a table whose ticked rows are tried."""

from datetime import date
from html import escape

import polars as pl
import streamlit as st

from catalogue.charts import bottlenecks as chart
from catalogue.i18n import Translator
from catalogue.model.instrument import Standing, Timing
from catalogue.model.period import Moment
from catalogue.services import instruments
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter
from pages.ui import catalogue_list, chart_view, filters, menu, plain, tables, what_if_view

NAMES = ("q", "programme", "agency", "standing", "planned")
_BARS = 8


def wanted(installation: Installation, moment: Moment, t: Translator) -> InstrumentFilter:
    """What the filters ask for."""
    first = st.columns([2, 1.4, 1.4, 1.1, 1.1])
    with first[0]:
        text = filters.text(t("instrument.filter_text"), "q", placeholder=t("instrument.filter_text_hint"))
    with first[3]:
        standings = {one: t(f"instrument.standing_{one}") for one in (*Standing, "all")}
        standing = filters.choose(
            t("instrument.filter_standing"),
            standings,
            "standing",
            placeholder=t("instrument.standing_unissued"),
        )
    with first[4]:
        timings = {one.value: t(f"instrument.timing_{one}") for one in Timing}
        timing = filters.choose(t("instrument.filter_timing"), timings, "planned", placeholder=t("app.all"))
    with first[1]:
        programmes = {
            p.code: t(f"programme.{p.kind}")
            for p in installation.reference.programmes
            if "enacted" in p.stages
        }
        programme = filters.choose(
            t("instrument.filter_programme"), programmes, "programme", placeholder=t("app.all")
        )
    asked = InstrumentFilter(None, standing, timing, programme, text)
    with first[2]:
        agency = _agency(installation, moment, asked, t)
    return InstrumentFilter(agency, standing, timing, programme, text)


def _agency(installation: Installation, moment: Moment, asked: InstrumentFilter, t: Translator) -> str | None:
    found = instruments.everything(installation, moment, asked)
    counts = dict(
        found.drop_nulls("drafting_agency")
        .group_by("drafting_agency")
        .len()
        .sort("len", descending=True)
        .iter_rows()
    )
    held = st.session_state.get("agency") or st.query_params.get("agency")
    names = {agency.code: agency.short_name for agency in installation.reference.agencies}
    if held in names:
        counts.setdefault(held, 0)
    options = {
        code: t("instrument.option", label=names.get(code, code), count=count)
        for code, count in counts.items()
    }
    catalogue_list.hold("agency")
    return filters.choose(
        t("instrument.filter_agency"), options, "agency", placeholder=t("app.all"), unlisted={}
    )


def answer(installation: Installation, moment: Moment, asked: InstrumentFilter, t: Translator) -> None:
    """The sentence on top, with its numbers."""
    told = instruments.waiting(installation, moment, asked)
    if asked.standing in (Standing.ISSUED, Standing.IN_FORCE, "all"):
        st.markdown(f"**{t('instrument.answer_issued', instruments=told.instruments)}**")
        return
    late = (
        t("instrument.answer_passed", passed=told.passed, waiting=told.waiting_for_passed)
        if told.passed
        else t("instrument.answer_no_passed")
    )
    said = t("instrument.answer", instruments=told.instruments, waiting=told.waiting, alone=told.alone)
    st.markdown(f"**{said}** {late}")


def bars(found: pl.DataFrame, as_of: date, t: Translator) -> None:
    """The documents that hold back most; a clicked bar opens its document."""
    frame = found.filter(pl.col("helps") > 0).head(_BARS)
    if frame.is_empty():
        return
    swatches = "".join(
        f'<li style="--swatch:{colour}">{escape(t(f"instrument.legend_{name}"))}</li>'
        for name, colour in chart.COLOURS.items()
    )
    shades = "".join(
        f'<li class="{name}">{escape(t(f"instrument.legend_{name}"))}</li>' for name in ("alone", "helps")
    )
    st.html(f'<ul class="state-words held">{shades}{swatches}</ul>')
    parts = "; ".join(
        t("instrument.chart_alt_part", title=row["title"], held=chart.held(row, t))
        for row in frame.head(5).iter_rows(named=True)
    )
    picked = chart_view.show(
        chart.bars(frame, as_of, t),
        title=t("instrument.title"),
        alt=t("instrument.chart_alt", parts=parts),
        t=t,
        caption=t("instrument.chart_caption", count=frame.height),
        hint=t("instrument.chart_hint"),
        legend=[
            *((t(f"instrument.legend_{name}"), colour) for name, colour in chart.SHADES.items()),
            *((t(f"instrument.legend_{name}"), colour) for name, colour in chart.COLOURS.items()),
        ],
        wide=940,  # most titles of decrees in one line
        key="bottlenecks",
        on_select="rerun",
    )
    if hits := picked["selection"].get("document"):
        menu.go("instrument", id=hits[0]["document_id"])


def table(
    frame: pl.DataFrame, everything: pl.DataFrame, picked: dict[int, date], as_of: date, t: Translator
) -> None:
    """One page of the list; ticked rows are tried, the last column opens the document. The file holds the whole list."""
    ids = frame["document_id"].to_list()
    key, ticked = what_if_view.table_key(ids, picked)
    usual = [(row["document_id"], what_if_view.usual_day(row, as_of)) for row in frame.iter_rows(named=True)]
    column, number = st.column_config, st.column_config.NumberColumn
    tables.show(
        _shown(frame, t),
        {
            "title": column.TextColumn(t("instrument.col_title"), width=420),
            "agency": column.TextColumn(t("instrument.col_agency"), width=105),
            "standing": column.TextColumn(t("instrument.col_standing"), width=105),
            "planned": column.DateColumn(t("instrument.col_planned"), format="DD/MM/YYYY", width=90),
            "late": column.TextColumn(
                t("instrument.col_late"), help=t("instrument.col_late_help"), width=65, alignment="right"
            ),
            "alone": number(t("instrument.col_alone"), help=t("instrument.col_alone_help"), width=75),
            "helps": number(t("instrument.col_helps"), help=t("instrument.col_helps_help"), width=75),
            "leads": column.TextColumn(t("instrument.col_leads"), width=105),
            "open": column.ButtonColumn(
                t("instrument.col_open"), width=50, type="tertiary", key=f"open-{key}"
            ),
        },
        key=key,
        title=t("instrument.table"),
        t=t,
        whole=_shown(everything, t).with_columns(late=everything["days_late"]),
        on_select=lambda: what_if_view.take(key, usual),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": ticked}},
        height="content",
        row_height=38,
    )
    if clicked := st.session_state.get(f"open-{key}"):
        menu.go("instrument", id=ids[clicked["row"]])


def _shown(frame: pl.DataFrame, t: Translator) -> pl.DataFrame:
    words = {one.value: t(f"instrument.standing_{one}") for one in Standing}
    return frame.select(
        "title",
        agency=pl.col("drafting_agency_short_name").fill_null("–"),
        standing=pl.col("standing").replace_strict(words, return_dtype=pl.String),
        planned="planned_issue_on",
        late=pl.Series([t.number(days) if days is not None else "–" for days in frame["days_late"]]),
        alone="alone",
        helps="helps",
        leads=pl.col("leads").list.join(", "),
        open=pl.lit(t("instrument.open")),
    )


def rows(frame: pl.DataFrame, as_of: date, t: Translator) -> None:
    """The same as rows of two lines."""
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            menu.link("instrument", plain.markdown(row["title"]), id=row["document_id"])
            held = chart.held(row, t) if row["helps"] else t("instrument.holds_none")
            if row["state"] == "issued":
                when = t(f"instrument.standing_{row['standing']}")
            else:
                when = chart.planned(row, as_of, t)
            st.caption(f"{held} · {plain.markdown(row['drafting_agency_short_name'] or '–')} · {when}")
