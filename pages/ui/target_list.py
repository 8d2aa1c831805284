"""Every target in one list by its source: what is wanted, what there is, what follows, and what each status means."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.model.target import Doubt, Status
from catalogue.services.targets import Standing
from pages.ui import arrival, filters, menu, plain, target_words

NAMES = ("status",)


def show(lines: Sequence[Standing], moment: Moment, t: Translator) -> None:
    """The answer, the filter by status, the targets by source; those not set yet on the day come last."""
    st.markdown(answer(lines, moment, t))
    if not any(line.numerator is not None and line.programme for line in lines):
        st.info(t("target.nothing_tracked"), icon=":material/info:")
    counts = Counter(line.status for line in lines)
    arrival.follow_url(NAMES)
    options = {
        str(one): t("target.option", status=t(f"target.status_{one}"), count=counts[one])
        for one in Status
        if counts[one]
    }
    with st.columns([1, 2])[0]:
        status = filters.choose(t("target.filter"), options, "status", placeholder=t("target.filter_all"))
    arrival.remember_url(NAMES)
    shown = [line for line in lines if status in (None, line.status)]
    if not shown:
        st.info(t("target.filter_none"))
    heads = "".join(
        f"<span>{escape(t(f'target.col_{name}'))}</span>" for name in ("where", "value", "goal", "status")
    )
    listed = st.container(gap=None, key="targets-listed")
    with listed.container(key="target-head"):
        _, right = st.columns([4, 9])
        right.html(f'<div class="target-row head" aria-hidden="true">{heads}</div>')
    ordered = sorted(shown, key=lambda line: line.doubt is Doubt.NOT_SET)
    for (_, is_later), group in groupby(
        ordered, key=lambda line: (line.source.id, line.doubt is Doubt.NOT_SET)
    ):
        with listed:
            _source(list(group), is_later, t)
    st.caption(t("target.bar_legend"))


def answer(lines: Sequence[Standing], moment: Moment, t: Translator) -> str:
    """How many stand where, in one sentence, and why the rest cannot be judged."""
    counts = Counter(line.status for line in lines)
    parts = ", ".join(
        t("target.answer_part", count=counts[one], status=t(f"target.status_{one}").lower())
        for one in Status
        if counts[one]
    )
    said = t(
        "target.answer",
        day=moment.as_of,
        targets=len({line.target.id for line in lines}),
        lines=len(lines),
        parts=parts,
    )
    doubts = Counter(line.doubt for line in lines if line.doubt)
    if not doubts:
        return said
    why = ", ".join(
        t("target.doubt_count", count=doubts[one], doubt=t(f"target.doubt_{one}"))
        for one in Doubt
        if doubts[one]
    )
    return f"{said} {t('target.answer_doubts', parts=why)}"


def meanings(t: Translator) -> None:
    """Each status with its one sentence, in view."""
    st.subheader(t("target.means_title"), anchor=False)
    rows = "".join(
        f'<dt><span class="target-status {one}"><b aria-hidden="true">{t(f"target.icon_{one}")}</b>'
        f"{escape(t(f'target.status_{one}'))}</span></dt><dd>{escape(t(f'target.means_{one}'))}</dd>"
        for one in Status
    )
    st.html(f'<dl class="target-means">{rows}</dl>')


def row(line: Standing, t: Translator) -> str:
    """One line as HTML: bar, value, target and deadline, status."""
    whose = target_words.reading_name(line, t)
    numbers = target_words.numbers(line, t)
    value = f"<strong>{escape(target_words.value(line, t))}</strong>"
    if numbers:
        value += f" {numbers}"
    value += f"<small>{escape(target_words.about_value(line, t))}</small>"
    wanted = f"{escape(target_words.goal(line.target, t))}<small>{escape(target_words.deadline(line.target, t))}</small>"
    head = f'<div class="whose">{escape(whose)}</div>' if whose else ""
    return (
        f'<div class="target-row"><div>{head}{bar(line, t)}</div><div>{value}</div>'
        f"<div>{wanted}</div><div>{target_words.status(line, t)}</div></div>"
    )


def bar(line: Standing, t: Translator) -> str:
    """The bar with the baseline it begins from in words."""
    return f"{target_words.bar(line, t)}<small>{escape(target_words.baseline(line.target, t))}</small>"


def _source(lines: Sequence[Standing], is_later: bool, t: Translator) -> None:
    st.markdown(f"**{plain.markdown(target_words.source_name(lines[0], t))}**")
    if is_later:
        day = t.day(lines[0].source.published_on)
        st.caption(f":material/event_upcoming: {t('target.set_later', day=day)}")
    for target_id, of_target in groupby(lines, key=lambda line: line.target.id):
        _target(target_id, list(of_target), t)


def _target(target_id: str, lines: Sequence[Standing], t: Translator) -> None:
    with st.container(key=f"target-{target_id.replace('.', '-')}"):
        left, right = st.columns([4, 9], vertical_alignment="top")
        with left:
            menu.link("targets", plain.markdown(target_words.name(lines[0].target, t)), target=target_id)
        right.html("".join(row(line, t) for line in lines))
