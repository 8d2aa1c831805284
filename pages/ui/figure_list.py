"""The lists of the page Figures: what the ledger computes, what was printed, totals with parts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.figure import Figure, Kind, Relation
from catalogue.model.period import Moment
from catalogue.model.published import Published, State
from catalogue.reference import PublishedFigure
from catalogue.services import figure_members, figures, published
from catalogue.services.installation import Installation
from catalogue.services.published import Comparison
from catalogue.text import fold, words
from pages.ui import figure_links, filters, menu, paging, plain, tables
from pages.ui import figure_words as said

PAGE_SIZE = 20
FILTERS = ("view", "text", "area", "relation", paging.KEY)
_UNRELATED = "none"
_OPEN = frozenset({Relation.DOES_NOT_CLOSE, Relation.OVERLAP, Relation.PARTIAL_LIST})


@dataclass(frozen=True)
class _Line:
    published: Published
    row: PublishedFigure | None
    compared: Comparison | None
    relations: tuple[Relation, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.value for one in self.relations) or (_UNRELATED,)


def computed(installation: Installation, moment: Moment, t: Translator) -> None:
    """Every measure with its value, which opens what it counts, and its definition, by area."""
    found = figures.compute_all(installation, moment)
    areas = {one: _area(one, t) for one in dict.fromkeys(figure.measure.split(".")[0] for figure in found)}
    first, _ = st.columns([1.2, 3])
    with first:
        chosen = filters.choose(t("figures.area"), areas, "area", placeholder=t("figures.area_any"))
    for area, title in areas.items():
        if chosen is None or area == chosen:
            st.subheader(title, anchor=False)
            own = [figure for figure in found if figure.measure.split(".")[0] == area]
            is_empty = not any(figure.numerator or figure.denominator for figure in own)
            with st.expander(t("figures.area_empty", count=len(own))) if is_empty else st.container():
                for figure in own:
                    _measure(figure, t)


def _area(area: str, t: Translator) -> str:
    return t(f"figures.area_{area}") if t.has(f"figures.area_{area}") else area


def _measure(figure: Figure, t: Translator) -> None:
    with st.container(key=f"figure-row-{figure.measure.replace('.', '-')}"):
        left, right = st.columns([1, 3], gap="medium")
    with left, st.container(gap=None):
        shown = t.number(figure.numerator)
        if figure.kind is Kind.SHARE:
            shown += f"/{t.number(figure.denominator or 0)}"
        page, params = figure_links.behind(figure.measure)
        with st.container(key=f"value-{figure.measure.replace('.', '-')}"):
            menu.link(page, f"**{shown}**", **params)
        if figure.percent is not None:
            over = figure_members.measure(figure.measure).over
            reading = f" {t(f'figures.over_{over}')}" if over else ""
            st.caption(t.percent(figure.percent, 2) + reading)
        elif figure.kind is Kind.SHARE:
            st.caption(t("figure.empty"))
        if figure.is_recount:
            st.caption(f":material/sync: {t('figures.recount')}")
    with right, st.container(gap=None):
        menu.link("figure", f"**{name(figure.measure, t)}**", id=figure.measure)
        st.caption(t(f"figures.definition_{figure.measure}"))
        if figure.measure == "catalogue.total":
            with st.container(key="plain-link-levels"):
                menu.link("levels", t("levels.link"))


def name(measure: str, t: Translator) -> str:
    """A measure in words."""
    return t(f"figures.name_{measure}") if t.has(f"figures.name_{measure}") else measure


def register(installation: Installation, actor: Actor, moment: Moment, t: Translator) -> None:
    """What was printed, newest first, narrowed by words, area and relation; each line opens its page."""
    st.write(t("figures.published_intro"))
    if installation.is_reorganised_since(moment):
        st.caption(t("figures.published_at_the_time"))
    lines = _lines(installation, actor, moment)
    first, second, third = st.columns([2, 1.2, 1.4], vertical_alignment="bottom")
    with first:
        text = filters.text(t("figures.search"), "text", placeholder=t("figures.search_hint"))
    with second:
        area = filters.choose(t("figures.area"), _areas(lines, t), "area", placeholder=t("figures.area_any"))
    with third:
        relation = filters.choose(
            t("figures.relation"), _relations(lines, t), "relation", placeholder=t("figures.relation_any")
        )
    kept = [one for one in lines if _fits(one, text, area, relation)]
    if not kept:
        st.info(t("figures.nothing"), icon=":material/filter_alt_off:")
        return
    covered = sum(one.compared is not None for one in kept)
    counted = t("figures.count_published", count=len(kept))
    st.markdown(f"**{counted}** · {t('figures.count_covered', count=covered)}")
    current, pages = paging.current(len(kept), PAGE_SIZE, (text, area, relation))
    shown: str | None = None
    for one in kept[(current - 1) * PAGE_SIZE : current * PAGE_SIZE]:
        if one.published.area != shown:
            shown = one.published.area
            st.subheader(_area(shown, t), anchor=False)
        _line(one, t)
    paging.show(pages)
    _table(kept, t)


def _table(kept: Iterable[_Line], t: Translator) -> None:
    """The same lines, all of them, as a table to check and to take away."""
    rows = [
        {
            "id": one.published.id,
            "label": one.published.label(t.language),
            "as_of": said.day_of(one.published, t),
            "printed": said.printed(one.published, one.row, t),
            "computed": said.value(one.compared.computed, t, 3) if one.compared else None,
            "relation": "; ".join(t(f"figures.relation_{key}") for key in one.keys),
            "source": said.source(one.published, t),
        }
        for one in kept
    ]
    with st.expander(t("figures.as_table"), icon=":material/table:", type="compact"):
        tables.show(
            pl.DataFrame(rows, infer_schema_length=None),
            {name: st.column_config.TextColumn(t(f"figures.col_{name}")) for name in rows[0]},
            key="register",
            title=t("figures.published_title"),
            t=t,
        )


def totals(installation: Installation, t: Translator) -> None:
    """Printed totals with their parts, each in a sentence that closes or says by how much it does not."""
    known = published.sums(installation)
    st.write(t("figures.sums_about"))
    st.markdown(
        f"**{t('figures.sums_count', count=len(known), open=sum(one.relation in _OPEN for one in known))}**"
    )
    for one in known:
        with st.container(gap=None, key=f"sum-{one.entry.id.replace('.', '-').replace('@', '-')}"):
            entry = one.entry
            label = entry.label_vi if t.language == "vi" else entry.label_en
            if entry.figure:
                with st.container(key=f"plain-link-{entry.id}"):
                    menu.link("figure", plain.markdown(label), published=entry.figure)
            else:
                st.markdown(f"**{plain.markdown(label)}**")
            st.markdown(f"{said.total(one, t)}  \n{said.relation(one.relation, t)}")
            source = installation.reference.source(entry.source)
            told = [
                said.as_of_line(
                    entry.as_of, said.day(entry.as_of, entry.as_of_basis, entry.as_of_precision, t), t
                ),
                source.title_vi if t.language == "vi" else source.title_en,
                entry.publication,
                t("figure.note", text=entry.note) if entry.note else None,
            ]
            st.caption(plain.markdown(" · ".join(part for part in told if part)))


def _lines(installation: Installation, actor: Actor, moment: Moment) -> list[_Line]:
    rows = {row.id: row for row in installation.reference.published_figures}
    found = []
    for one in published.register(installation, actor=actor, moment=moment):
        compared = published.compare(installation, one)
        found.append(_Line(one, rows.get(one.id), compared, published.findings(installation, one)))
    order = list(dict.fromkeys(row.area for row in rows.values()))
    return sorted(
        found, key=lambda one: order.index(one.published.area) if one.published.area in order else 0
    )


def _areas(lines: Iterable[_Line], t: Translator) -> dict[str, str]:
    present = dict.fromkeys(one.published.area for one in lines)
    return dict(
        sorted(((area, t(f"figures.area_{area}")) for area in present), key=lambda pair: fold(pair[1]))
    )


def _relations(lines: Iterable[_Line], t: Translator) -> dict[str, str]:
    counted: dict[str, int] = {}
    for one in lines:
        for key in one.keys:
            counted[key] = counted.get(key, 0) + 1
    order = [*(one.value for one in Relation), _UNRELATED]
    return {
        key: f"{t(f'figures.relation_{key}')} ({t.number(counted[key])})" for key in order if key in counted
    }


def _fits(one: _Line, text: str | None, area: str | None, relation: str | None) -> bool:
    if area is not None and one.published.area != area:
        return False
    if relation is not None and relation not in one.keys:
        return False
    if not text:
        return True
    told = one.published
    haystack = (
        told.id, told.label_vi, told.label_en, told.printed, told.publication, told.source_vi, told.note,
        told.reported_by, str(told.told or ""),
    )  # fmt: skip
    folded = f" {fold(' '.join(part for part in haystack if part))} "
    return all(word in folded for word in words(text))


def _line(one: _Line, t: Translator) -> None:
    told = one.published
    with st.container(key=f"figure-line-{re.sub(r'[^a-zA-Z0-9]', '-', told.id)}"):
        left, right = st.columns([3, 2], gap="medium")
    with left, st.container(gap=None):
        menu.link("figure", plain.markdown(told.label(t.language)), published=told.id)
        about = [
            said.as_of_line(told.as_of, said.day_of(told, t), t),
            told.publication or said.source(told, t),
        ]
        if told.state is not State.REFERENCE:
            about.insert(0, f"{told.id}: {t(f'snapshot.state_{told.state}')}")
        st.caption(plain.markdown(" · ".join(about)))
    with right, st.container(gap=None):
        st.markdown(f"**{plain.markdown(said.printed(told, one.row, t))}**")
        sentence = said.sentence(told, one.compared, t)
        first, *more = one.relations or (None,)
        icon = said.ICONS[first] if first else ""
        st.caption(f"{icon} {sentence}" if sentence else t("figures.not_in_ledger"))
        for relation in more:
            st.caption(said.relation(relation, t))
