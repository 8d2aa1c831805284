"""One published figure on its page: what was printed, how it relates, made anew from the ledger, why today differs."""

from decimal import Decimal
from itertools import pairwise

import polars as pl
import streamlit as st

from catalogue.charts import base_series
from catalogue.charts.base_series import SeriesPoint, Target
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.figure import Relation, share
from catalogue.model.figure_change import Difference, LaterFact, MemberChange
from catalogue.model.period import Moment
from catalogue.model.published import Published, State
from catalogue.reference import BaseChange, PublishedFigure
from catalogue.services import figure_members, published
from catalogue.services.installation import Installation
from catalogue.services.published import Point, Reproduction, Series
from pages.ui import chart_view, figure_links, figure_view, menu, plain, tables
from pages.ui import figure_words as said

_SHOWN = 12
_PAGES = {"items": "item", "procedures": "procedure", "documents": "decisions", "agencies": "agency"}
_PARAMS = {"items": "id", "procedures": "code", "documents": "document", "agencies": "code"}


def head(installation: Installation, told: Published, t: Translator) -> None:
    """What was printed: figures, words, day, source; how it relates to its numbers."""
    row = next((one for one in installation.reference.published_figures if one.id == told.id), None)
    with st.container(gap="small"):
        st.subheader(plain.markdown(said.printed(told, row, t)), anchor=False)
        if told.printed:
            st.markdown(f"> {plain.markdown(t('figure.quote', text=told.printed))}")
        compared = published.compare(installation, told)
        relation = compared.relation if compared else told.own_relation
        sentence = said.sentence(told, compared, t)
        if sentence:
            icon = said.ICONS[relation] if relation else ""
            st.markdown(f"{icon} **{sentence[0].upper()}{sentence[1:]}.**")
        pair = published.complement(installation, told)
        if pair:
            st.markdown(f"{said.ICONS[pair[1]]} {said.pair(told, *pair, t)}")
        about = [said.as_of_line(told.as_of, said.day_of(told, t), t), said.source(told, t)]
        if told.reported_by:
            about.append(t("figure.reported_by", who=told.reported_by))
        st.caption(plain.markdown(" · ".join(about)))
        for line in _remarks(told, row, t):
            st.caption(plain.markdown(line))


def _remarks(told: Published, row: PublishedFigure | None, t: Translator) -> list[str]:
    lines = []
    if told.comparator != "eq":
        lines.append(t("figure.bound", text=said.printed(told, row, t)))
    if told.denominator_basis == "inferred":
        lines.append(t("figure.base_inferred", base=said.number(told.denominator, t)))
    if told.note:
        lines.append(t("figure.note", text=told.note))
    return lines


def reproduction(
    installation: Installation, actor: Actor, told: Published, moment: Moment, t: Translator
) -> None:
    """The figure computed again from the ledger as known then, as known at the page's known_at, and the difference row by
    row."""
    st.subheader(t("figure.reproduce"), anchor=False)
    found = published.reproduce(installation, told, moment=moment)
    if found is None:
        st.caption(t("figure.not_covered" if told.as_of else "figure.no_as_of"))
        return
    _steps(found, told, t)
    if found.is_reproduced:
        st.success(t("figure.reproduced"), icon=":material/verified:")
    else:
        st.warning(t("figure.not_reproduced"), icon=":material/error:")
    if told.snapshot is None and told.known_at is None:
        st.caption(t("figure.known_missing"))
    elif told.known_at_basis == "inferred":
        st.caption(t("figure.known_inferred", day=told.known_at))
    difference(found.difference, actor, t)
    _items(installation, told, found, t)


def _steps(found: Reproduction, told: Published, t: Translator) -> None:
    then, now = found.difference.before, found.difference.after
    rows = [(t("figure.step_printed"), said.counts(told.told, told.denominator, t), None)]
    if found.frozen is not None:
        rows.append((t("figure.step_frozen"), said.counts(*found.frozen, t), None))
    label = (
        t("figure.step_then_revision", revision=str(then.moment.revision))
        if told.snapshot is not None and told.known_at is None
        else t("figure.step_then", known_at=figure_view.shown_day(told.known_at, t))
    )
    rows.append((label, said.value(then, t), then.moment if told.snapshot is None or told.known_at else None))
    rows.append(
        (
            t("figure.step_now", known_at=figure_view.shown_day(now.moment.known_at, t)),
            said.value(now, t),
            now.moment,
        )
    )
    lines = [f"| {t('figure.col_value')} | {t('figure.col_from')} |", "|:--|:--|"]
    page, params = figure_links.behind(then.measure)
    for label, value, moment in rows:
        shown = f"**{value}**"
        if moment is not None:
            shown = f"[{shown}]({figure_links.address(page, moment, t.language, **params)})"
        lines.append(f"| {shown} | {label} |")
    with st.container(key="figure-steps"):
        st.markdown("\n".join(lines))


def difference(found: Difference, actor: Actor, t: Translator) -> None:
    """Why today's view differs from what was frozen: one row a thing that counts otherwise, adding up exactly."""
    if not found.changes:
        st.caption(t("figure.difference_none", value=said.value(found.after, t)))
        return
    st.subheader(t("figure.difference"), anchor=False)
    is_count = found.after.denominator is None
    st.markdown(
        t(
            "figure.difference_sum_count" if is_count else "figure.difference_sum",
            numerator=t.signed(found.numerator),
            denominator=t.signed(found.denominator),
            count=len(found.changes),
        )
    )
    if not found.adds_up:
        st.warning(t("figure.difference_open"), icon=":material/error:")
    shown = found.changes if st.session_state.get("difference-all") else found.changes[:_SHOWN]
    with st.container(key="rows-difference", gap="small"):
        for one in shown:
            change(one, actor, is_count, t)
    if len(found.changes) > _SHOWN:
        st.toggle(
            t("figure.show_all"),
            key="difference-all",
            help=t("figure.more", count=len(found.changes) - _SHOWN),
        )


def change(one: MemberChange, actor: Actor, is_count: bool, t: Translator) -> None:
    """One thing that counts otherwise: by how much, and what was recorded about it later."""
    with st.container(gap=None):
        menu.link(_PAGES[one.unit], plain.markdown(one.name), **{_PARAMS[one.unit]: one.member})
        effect = t(
            "figure.effect_count" if is_count else "figure.effect",
            numerator=t.signed(one.numerator),
            denominator=t.signed(one.denominator),
        )
        st.markdown(f"**{effect}** · {plain.markdown(' · '.join(filter(None, (one.code, one.agency))))}")
        for fact in one.facts:
            st.caption(_fact(fact, actor, t))
        for item in one.items:
            for fact in item.facts:
                st.caption(f"{plain.markdown(item.name)}: {_fact(fact, actor, t)}")


def _fact(fact: LaterFact, actor: Actor, t: Translator) -> str:
    key = f"{fact.subject}_{'held' if fact.holds else 'lost'}"
    if fact.subject == "deadline" and fact.previous_deadline:
        key = "deadline_moved"
    elif fact.is_return:
        key = "returned"
    text = t(
        f"figure.fact_{key}", day=fact.effective_date, deadline=fact.deadline, before=fact.previous_deadline
    )
    if fact.document_number:
        number = plain.markdown(fact.document_number)
        text = t("figure.by_document", said=text, number=number, day=fact.document_date)
    elif fact.document_title:
        text = t("figure.by_titled", said=text, title=plain.markdown(fact.document_title))
    parts = [text, t("figure.recorded", when=fact.recorded_at)]
    if actor.has(Right.READ_CLAIMS):
        parts += [t("figure.recorded_by", who=plain.markdown(fact.recorded_by))] if fact.recorded_by else []
        parts += [plain.markdown(fact.reason)] if fact.reason else []
    return " · ".join(parts)


def _items(installation: Installation, told: Published, found: Reproduction, t: Translator) -> None:
    """What stands behind the figure as it was published; read only when asked for."""
    with st.expander(t("figure.frozen_items"), icon=":material/list:", type="compact"):
        if not st.toggle(t("figure.frozen_items_show"), key="frozen-items"):
            return
        then = found.difference.before
        frame = figure_members.named(installation, then.measure, then.moment, since=told.period_from)
        above = frame.filter("in_numerator")
        rest = frame.filter(~pl.col("in_numerator"))
        for part, key in ((above, "items_numerator"), (rest, "items_rest")):
            if part.is_empty():
                continue
            st.markdown(f"**{t(f'figure.{key}', count=part.height)}**")
            tables.show(
                part.select("name", "code", "agency"),
                {
                    "name": st.column_config.TextColumn(t("figure.col_member"), width=560),
                    "code": st.column_config.TextColumn(t("figure.col_code"), width=130),
                    "agency": st.column_config.TextColumn(t("figure.col_agency"), width=180),
                },
                key=key,
                title=t(f"figure.{key}", count=part.height),
                t=t,
                moment=then.moment,
                height=min(420, 36 * (part.height + 1)),
            )


def series(installation: Installation, told: Published, t: Translator) -> None:
    """The series that the figure belongs to: broken where the base moved, each change told with reason and document."""
    if told.series is None:
        return
    found = published.series(installation, told.series)
    if len(found.points) < 2:
        if found.entry.beside:
            _beside(installation, found.entry.beside, t)
        return
    label = found.entry.label_vi if t.language == "vi" else found.entry.label_en
    st.subheader(t("figure.series", label=plain.markdown(label)), anchor=False)
    points = [point for one in found.points if (point := _point(one, t)) is not None]
    _draw(installation, found, points, label, t)
    for one in found.points:
        if one.change is not None:
            st.markdown(f"{said.ICONS[Relation.BASE_CHANGED]} {_base_change(installation, one.change, t)}")
    with st.container(gap=None):
        _old_base(installation, found, t)
    if found.entry.beside:
        _beside(installation, found.entry.beside, t)


def _draw(
    installation: Installation, found: Series, points: list[SeriesPoint], label: str, t: Translator
) -> None:
    target = next((one for one in installation.reference.targets if one.id == found.entry.target), None)
    line = (
        Target(target.value, t("figure.chart_target", percent=said.percent(target.value, t)))
        if target is not None and target.unit == "percent"
        else None
    )
    moved = sum(one.base != two.base for one, two in pairwise(points))
    told = "; ".join(
        f"{t.day(one.day)} {base_series.counts(one.numerator, one.base, t)} = {t.percent(one.value)}"
        for one in points
    )
    chart_view.show(
        base_series.chart(points, t, target=line),
        title=label,
        alt=t("figure.series_alt", label=label, points=told, breaks=figure_view.breaks(moved, t)),
        t=t,
        caption=t("figure.series_hollow") if any(one.old for one in points) else None,
        key="series",
    )
    with st.expander(t("figure.table"), type="compact"):
        figure_view.table(points, True, label, t)


def _point(one: Point, t: Translator) -> SeriesPoint | None:
    told = one.published
    value = told.percent if told.percent is not None else told.printed_percent
    if told.as_of is None or value is None:
        return None
    about = [t(f"figure.phase_{told.phase}")] if told.phase else []
    if told.printed_percent is not None:
        about.append(f"{t('figure.printed').lower()} {said.percent(told.printed_percent, t)}")
    about.append(t(f"figures.relation_{one.relation}") if one.relation else "")
    return SeriesPoint(
        told.as_of, value, told.numerator, told.denominator, one.old_bases, " · ".join(filter(None, about))
    )


def _base_change(installation: Installation, one: BaseChange, t: Translator) -> str:
    reason = one.reason_vi if t.language == "vi" else one.reason_en
    source = installation.reference.source(one.source)
    where = [source.title_vi if t.language == "vi" else source.title_en, one.publication]
    return t(
        "figure.base_change" if one.old is not None else "figure.base_change_none",
        old=one.old or 0,
        new=one.new,
        day=one.on,
        reason=plain.markdown(reason) if reason else t("figure.no_reason"),
        document=plain.markdown(one.document) if one.document else t("figure.no_reason"),
        source=plain.markdown(", ".join(part for part in where if part)),
    )


def _old_base(installation: Installation, found: Series, t: Translator) -> None:
    """What the figures since the change are on the old base, and whether that is below the target."""
    target = next((one for one in installation.reference.targets if one.id == found.entry.target), None)
    for one in found.points:
        for base, value in one.old_bases:
            own = one.published.percent or Decimal(0)
            under = ""
            if target is not None and target.unit == "percent" and value < target.value <= own:
                under = t("figure.under_target", target=said.percent(target.value, t))
            st.caption(
                t(
                    "figure.old_base",
                    day=said.day_of(one.published, t),
                    counts=said.counts(one.published.numerator, base, t),
                    percent=t.percent(value),
                    under=under,
                )
            )


def _beside(installation: Installation, series_id: str, t: Translator) -> None:
    """The other series that has to be read with this one: approved is not carried out."""
    last = published.series(installation, series_id).points[-1].published
    if last.numerator is None or not last.denominator:
        return
    with st.container(key="plain-link-beside"):
        menu.link(
            "figure",
            t(
                f"figure.series_beside{'_inferred' if last.denominator_basis == 'inferred' else ''}",
                label=plain.markdown(last.label(t.language)),
                counts=said.counts(last.numerator, last.denominator, t),
                percent=t.percent(share(last.numerator, last.denominator, 1)),
            ),
            published=last.id,
        )


def cite(installation: Installation, told: Published, t: Translator) -> None:
    """The figure as it was published, with a link that stays."""
    if told.state in (State.DRAFT, State.APPROVED, State.DROPPED):
        return
    row = next((one for one in installation.reference.published_figures if one.id == told.id), None)
    text = f"{told.label(t.language)}: {said.printed(told, row, t)}, {said.day_of(told, t)}. {said.source(told, t)}. "
    figure_view.cited(text + figure_view.link({"published": told.id}, t), t("figure.cite_about_published"), t)
