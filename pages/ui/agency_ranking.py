"""Agencies in order of a rate, ranked among like only; what has no place, or no rate, says why."""

import polars as pl
import streamlit as st

from catalogue.charts import rates as chart
from catalogue.charts.rates import Bar
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.model.ranking import LEAST_BASE, Rated, Standing
from catalogue.services import agency_progress, figures
from catalogue.services.agency_progress import Likes
from catalogue.services.figures import Measure
from catalogue.services.installation import Installation
from pages.ui import agency_rate, chart_view, menu, plain, succession_view, tables


def show(installation: Installation, kind: str, moment: Moment, t: Translator) -> None:
    """Draw the switch of rates, the answer, and bars and a table for the agencies of each kind."""
    measure = agency_rate.choose(kind, t)
    found = agency_progress.ranked(installation, measure.measure, moment)
    agency_rate.whole(installation, measure, moment, t)
    for likes in found:
        if len(found) > 1:
            st.subheader(t(f"agencies.like_{likes.like}"), anchor=False)
        _likes(likes, measure, t)
    codes = [one.key for likes in found for one in likes.rows]
    frame = pl.DataFrame({"agency_code": codes})
    succession_view.merged(installation, figures.PROGRAMMES[kind], frame, moment, t)


def _likes(likes: Likes, measure: Measure, t: Translator) -> None:
    st.markdown(plain.markdown(answer(likes, t)))
    bars = [_bar(one, likes, measure, t) for one in likes.rows]
    parts = "; ".join(
        f"{bar.place} {bar.short} {bar.numerator}/{bar.denominator}".strip() for bar in bars[:6]
    )
    title = t("agencies.file_ranking", rate=agency_rate.named(measure, t))
    picked = chart_view.show(
        chart.bars(bars, t, name=t("overview.tooltip_agency")),
        title=title,
        alt=t("agencies.ranking_alt", count=len(bars), parts=parts),
        t=t,
        caption=t("agencies.ranking_caption", least=LEAST_BASE),
        hint=t("agencies.ranking_hint"),
        key=f"ranking-{likes.like}",
        on_select="rerun",
    )
    if hits := picked["selection"].get("rate"):
        menu.go("agency", code=hits[0]["key"], **menu.way_back())
    _table(bars, likes, measure, title, t)


def answer(likes: Likes, t: Translator) -> str:
    """Who is first and who is last, each with both numbers; how many are not ranked."""
    ranked = [one for one in likes.rows if one.place is not None]
    if not ranked:
        return t("agencies.answer_unranked", count=len(likes.rows), least=LEAST_BASE)
    first = [one for one in ranked if one.place == 1]
    last = [one for one in ranked if one.place == ranked[-1].place]
    if len(first) == len(ranked):
        return t("agencies.answer_equal", count=len(ranked), rate=_said(first[0], t))
    said = t(
        "agencies.answer_ranking",
        count=len(ranked),
        first=_named(first, likes, t),
        first_rate=_rate(first, t),
        last=_named(last, likes, t),
        last_rate=_rate(last, t),
    )
    rest = len(likes.rows) - len(ranked)
    return f"{said} {t('agencies.answer_rest', count=rest)}" if rest else said


def _named(same: list[Rated], likes: Likes, t: Translator) -> str:
    if len(same) > 3:
        return t("agencies.so_many", count=len(same))
    return ", ".join(likes.names[one.key][1] for one in same)


def _rate(same: list[Rated], t: Translator) -> str:
    one = same[0]
    return _said(one, t) if len(same) == 1 else t.percent(share(one.numerator, one.denominator, 1))


def _said(one: Rated, t: Translator) -> str:
    percent = t.percent(share(one.numerator, one.denominator, 1))
    return f"{percent} ({t.number(one.numerator)}/{t.number(one.denominator)})"


def _bar(one: Rated, likes: Likes, measure: Measure, t: Translator) -> Bar:
    name, short = likes.names[one.key]
    place = "" if one.place is None else f"={one.place}" if one.is_shared else str(one.place)
    note = {
        Standing.RANKED: "",
        Standing.SMALL: t("agencies.note_small"),
        Standing.ALONE: t("agencies.note_alone"),
        Standing.NOTHING: agency_rate.said_without(measure, t),
    }[one.standing]
    return Bar(one.key, name, short, one.numerator, one.denominator, place or "–", note, one.place is None)


def _table(bars: list[Bar], likes: Likes, measure: Measure, title: str, t: Translator) -> None:
    shown = pl.DataFrame(
        {
            "place": [bar.place for bar in bars],
            "agency": [bar.name for bar in bars],
            "numerator": [bar.numerator for bar in bars],
            "denominator": [bar.denominator for bar in bars],
            "percent": [
                t.percent(share(bar.numerator, bar.denominator, 1)) if bar.denominator else "–"
                for bar in bars
            ],
            "note": [bar.note for bar in bars],
        }
    )
    exact = pl.Series(
        [share(bar.numerator, bar.denominator) if bar.denominator else None for bar in bars],
        dtype=pl.Decimal(9, 4),
    )
    column, number = st.column_config, st.column_config.NumberColumn
    name = measure.measure.partition(".")[2]
    place = tables.chosen_row(
        shown,
        f"ranking-table-{likes.like}",
        {
            "place": column.TextColumn(t("agencies.col_place"), width=70, alignment="right"),
            "agency": column.TextColumn(t("overview.col_agency"), width=330),
            "numerator": number(t(f"agencies.above_{name}"), width=120),
            "denominator": number(t(f"agencies.below_{measure.over}"), width=120),
            "percent": column.TextColumn(t("agencies.col_rate"), width=90, alignment="right"),
            "note": column.TextColumn(t("agencies.col_note"), width=220),
        },
        title=title,
        t=t,
        caption=t("agencies.items_hint"),
        whole=shown.with_columns(percent=exact),
        height="content",
    )
    if place is not None:
        page, params = agency_rate.items_of(measure, agency=bars[place].key)
        menu.go(page, **params, **menu.way_back())
