"""One measure on its page: value, definition, history, what was printed of it, totals with parts, how to cite it."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from urllib.parse import urlencode, urlsplit

import polars as pl
import streamlit as st

from catalogue.charts import base_series
from catalogue.charts.base_series import SeriesPoint
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.figure import Figure, Kind
from catalogue.model.period import Moment
from catalogue.model.published import State
from catalogue.services import figure_history, figure_members, figures, published
from catalogue.services.installation import Installation
from pages.ui import chart_view, curve_view, figure_links, menu, plain, tables
from pages.ui import figure_words as said


def head(figure: Figure, t: Translator) -> None:
    """The value, and links to what stands above and below the line."""
    page, params = figure_links.behind(figure.measure)
    with st.container(gap=None):
        with st.container(key="headline-figure"):
            menu.link(page, f"**{said.value(figure, t)}**", **params)
        if not figure.numerator and not figure.denominator:
            st.caption(t("figure.empty"))
        with st.container(
            horizontal=True, gap="medium", key="plain-link-behind", vertical_alignment="center"
        ):
            st.caption(t("figure.opens"), width="content")
            if figure.kind is Kind.SHARE:
                below, others = figure_links.below(figure.measure)
                menu.link(page, t("figure.link_numerator", count=figure.numerator), **params)
                menu.link(below, t("figure.link_denominator", count=figure.denominator or 0), **others)
            else:
                menu.link(page, t("figure.link_count", count=figure.numerator), **params)
        if figure.is_recount:
            st.caption(f":material/sync: {t('figures.recount')}")


def history(installation: Installation, measure: str, name: str, moment: Moment, t: Translator) -> None:
    """The measure at each month end, broken where its base moved, with the table behind it."""
    st.subheader(t("figure.history"), anchor=False)
    known = figure_history.month_ends(installation, measure, moment)
    found = [
        one for one in known if one.kind is Kind.COUNT or one.denominator
    ]  # a share of nothing is not 0 %
    if len(found) < 2:
        st.caption(t("figure.history_short"))
        return
    is_share = found[-1].kind is Kind.SHARE
    base_moves = figure_members.measure(measure).over in (figures.Over.DUE, figures.Over.DONE)
    points = _with_old_bases(found, base_moves)
    moved = sum(one.base != two.base for one, two in pairwise(points)) if is_share and not base_moves else 0
    alt = t(
        "figure.history_alt",
        first=said.value(found[0], t),
        first_day=found[0].moment.as_of,
        last=said.value(found[-1], t),
        last_day=found[-1].moment.as_of,
        breaks="" if not is_share else t("figure.base_moves") if base_moves else breaks(moved, t),
    )
    chart_view.show(
        base_series.chart(points, t, is_share=is_share, base_moves=base_moves),
        title=f"{name}: {t('figure.history').lower()}",
        alt=alt,
        t=t,
        caption=" ".join([t("figure.history_about"), *([t("figure.base_moves")] if base_moves else [])]),
        key="history",
    )
    with st.expander(t("figure.table"), type="compact"):
        table(points, is_share, name, t)
    if moved:
        _own_breaks(installation, measure, moment, found[0].moment.as_of, t)


def _own_breaks(installation: Installation, measure: str, moment: Moment, start: date, t: Translator) -> None:
    """Why the base of a programme moved: the days, documents and reasons of its ledger."""
    definition = figure_members.measure(measure)
    if definition.over is not figures.Over.ALL or definition.programme is None:
        return
    programme = installation.reference.programme(definition.programme)
    frame = figures.curve(installation, programme.code, moment)
    with st.container(gap=None):
        for one in curve_view.breaks(installation, programme, moment, frame, t):
            if one.day > start:
                st.caption(
                    t(
                        "figure.own_break",
                        day=one.day,
                        old=one.old,
                        new=one.new,
                        document=plain.markdown(one.document or "–"),
                        reason=plain.markdown(one.reason or "–"),
                    )
                )


def _with_old_bases(found: list[Figure], base_moves: bool) -> list[SeriesPoint]:
    points: list[SeriesPoint] = []
    bases: list[int] = []
    for one in found:
        base = one.denominator
        if base and (not bases or bases[-1] != base):
            bases.append(base)
        old = tuple(
            (known, Decimal(one.numerator) * 100 / known) for known in bases[:-1][-1:] if not base_moves
        )
        value = Decimal(one.numerator) if one.percent is None else one.percent
        points.append(SeriesPoint(one.moment.as_of, value, one.numerator, base, old))
    return points


def breaks(count: int, t: Translator) -> str:
    """How often the base moved, in words."""
    return t("figure.breaks", count=count) if count else t("figure.no_breaks")


def table(points: list[SeriesPoint], is_share: bool, title: str, t: Translator) -> None:
    """The points of a chart as a table, newest first; what they are on the old base beside them."""
    rows = [
        {
            "day": t.day(one.day),
            "value": base_series.counts(one.numerator, one.base, t)
            if is_share
            else said.number(one.value, t),
            "percent": t.percent(one.value, 2),
            "old": base_series.old_bases(one, t) or "–",
            "about": one.about or "–",
        }
        for one in reversed(points)
    ]
    frame = pl.DataFrame(rows)
    unsaid = [] if is_share else ["percent"]
    unsaid += [] if any(one.old for one in points) else ["old"]
    unsaid += [] if any(one.about for one in points) else ["about"]
    columns = {
        "day": t("figure.col_day"),
        "value": t("figure.col_value"),
        "percent": t("figure.col_percent"),
        "old": t("figure.col_old"),
        "about": t("figure.tooltip_about"),
    }
    shown = frame.drop(unsaid)
    tables.show(
        shown,
        {name: st.column_config.TextColumn(columns[name]) for name in shown.columns},
        key=f"points-{points[0].day}-{len(points)}",
        title=title,
        t=t,
    )


def printed(installation: Installation, actor: Actor, measure: str, moment: Moment, t: Translator) -> None:
    """Every publication of the measure with its relation in words; each opens its own page."""
    st.subheader(t("figure.published"), anchor=False)
    rows = {row.id: row for row in installation.reference.published_figures}
    known = published.of_measure(installation, measure, actor=actor, moment=moment)
    if not known:
        st.caption(t("figure.published_none"))
    with st.container(key="rows-printed", gap="small"):
        for one in known:
            compared = published.compare(installation, one)
            relation = compared.relation if compared else one.own_relation
            with st.container(gap=None):
                shown = f"{said.printed(one, rows.get(one.id), t)} · {said.day_of(one, t)}"
                menu.link("figure", plain.markdown(shown), published=one.id)
                icon = said.ICONS[relation] if relation else ""
                st.markdown(f"{icon} {said.sentence(one, compared, t) or ''}".strip())
                about = said.source(one, t)
                if one.state is not State.REFERENCE:
                    about = f"{one.id}: {t(f'snapshot.state_{one.state}')} · {about}"
                st.caption(plain.markdown(about))


def totals(installation: Installation, figure_ids: set[str], t: Translator) -> None:
    """Printed totals in which one of these figures is the total or a part."""
    found = {one.entry.id: one for name in sorted(figure_ids) for one in published.sums(installation, name)}
    if not found:
        return
    st.subheader(t("figure.sums"), anchor=False)
    for one in found.values():
        label = one.entry.label_vi if t.language == "vi" else one.entry.label_en
        st.markdown(f"**{plain.markdown(label)}**: {said.total(one, t)}  \n{said.relation(one.relation, t)}")
        names = [
            f"{part.label_vi if t.language == 'vi' else part.label_en} {t.number(part.value)}"
            for part in one.entry.parts
        ]
        st.caption(plain.markdown(" · ".join(names)))


def cite(name: str, figure: Figure, installation: Installation, moment: Moment, t: Translator) -> None:
    """A sentence with a link that keeps both clocks, to be copied."""
    known_at, is_final = published.citable_at(installation, moment)
    params = {"id": figure.measure, "as_of": moment.as_of.isoformat(), "known_at": known_at.isoformat()}
    cited(
        t(
            "figure.cite_text",
            name=name,
            value=said.value(figure, t),
            as_of=moment.as_of,
            known_at=known_at,
            app=t("app.title"),
            link=link(params, t),
        ),
        t("figure.cite_about") if is_final else t("figure.cite_today"),
        t,
    )


def cited(text: str, about: str, t: Translator) -> None:
    """A citation with its copy button."""
    st.subheader(t("figure.cite"), anchor=False)
    st.code(text, language=None, wrap_lines=True)
    st.caption(about)


def link(params: dict[str, str], t: Translator) -> str:
    """The whole address of a figure's page."""
    if t.language != "vi":
        params = params | {"lang": t.language}
    here = urlsplit(st.context.url or "")
    return (
        f"{here.scheme}://{here.netloc}/figure?{urlencode(params)}"
        if here.netloc
        else f"/figure?{urlencode(params)}"
    )


def shown_day(day: date | None, t: Translator) -> str:
    """A day, or now."""
    return t.day(day) if day else t("figure.now")
