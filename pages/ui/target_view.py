"""One target: where it stands by each value, its pace line by line, its curve or what was published of it."""

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.pace import Window
from catalogue.model.period import Moment
from catalogue.reference import PublishedFigure
from catalogue.services import targets
from catalogue.services.installation import Installation
from catalogue.services.targets import Standing
from pages.ui import (
    arrival,
    curve_view,
    menu,
    pace_view,
    plain,
    programme_view,
    tables,
    target_list,
    target_words,
)

NAMES = ("window", "view")


def show(installation: Installation, target_id: str, moment: Moment, t: Translator) -> None:
    """Everything about one target. Raises NotFound."""
    arrival.follow_url(NAMES)
    lines = targets.standing(installation, target_id, moment)
    first = lines[0]
    with st.container(key="plain-link-targets"):
        menu.link("targets", f"← {t('target.back')}")
    st.title(plain.markdown(target_words.name(first.target, t)))
    if first.programme is not None:
        _counted(installation, target_id, moment, t)
    else:
        _published(installation, lines, moment, t)
    arrival.remember_url(NAMES)


def _counted(installation: Installation, target_id: str, moment: Moment, t: Translator) -> None:
    """A target that the ledger counts. The window is read before it is drawn: the status rests on it."""
    top = st.container()
    programme = targets.standing(installation, target_id, moment)[0].programme
    assert programme is not None
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.subheader(t("target.pace_title"), anchor=False)
        window = pace_view.choose_window(installation, programme.kind, moment, t)
    line = targets.standing(installation, target_id, moment, Window(window))[0]
    with top:
        _where(line, t)
    with left:
        assert line.pace is not None
        pace_view.show(line.pace, moment, line.target.deadline, t)
    with right:
        _about([line], t)
        if line.denominator:
            with st.container(horizontal=True, gap="small", key="plain-link-behind"):
                done, base = int(line.numerator or 0), int(line.denominator)
                menu.link(programme.kind, t("target.items_done", count=done), progress="done")
                menu.link(programme.kind, t("target.items_open", count=base - done), progress="open")
                menu.link("programme", t("target.to_programme"), programme=programme.code)
    if not line.denominator:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t("target.curve_title"), width="stretch", anchor=False)
        view = curve_view.choose_view(t)
    curve_view.show(installation, programme, moment, line.pace, view, t, target=line.target.value, height=260)
    curve_view.table(installation, programme, moment, t)
    programme_view.changes(installation, programme, moment, t)


def _published(installation: Installation, lines: Sequence[Standing], moment: Moment, t: Translator) -> None:
    for line in lines:
        _where(line, t)
    _about(lines, t)
    st.subheader(t("target.pace_title"), anchor=False)
    has_value = any(line.reading for line in lines)
    st.markdown(t("target.pace_none_published" if has_value else "target.pace_none_value"))
    for line in lines:
        _history(installation, line, moment, t)
    if has_value:
        with st.container(key="plain-link-figures"):
            menu.link("figures", t("target.to_figures"))


def _where(line: Standing, t: Translator) -> None:
    """The sentence, the status with its meaning, the bar."""
    whose = target_words.reading_name(line, t)
    goal, numbers = target_words.goal(line.target, t), target_words.numbers(line, t)
    if line.reading is None:
        said = t("target.sentence_none", goal=goal)
    else:
        value = target_words.value(line, t)
        said = (
            t("target.sentence_share", value=value, numbers=numbers, goal=goal)
            if numbers
            else t("target.sentence_value", value=value, goal=goal)
        )
    st.markdown(f"{plain.markdown(whose)}: {said}" if whose else said)
    about = target_words.about_value(line, t)
    st.html(
        f'<div class="target-alone">{target_list.bar(line, t)}<small>{escape(about)}</small></div>'
        f'<p class="target-said">{target_words.status(line, t)} {escape(t(f"target.means_{line.status}"))}</p>'
    )


def _about(lines: Sequence[Standing], t: Translator) -> None:
    """Target, deadline, baseline and source, each with its basis."""
    line = lines[0]
    target = line.target
    pairs = [
        (t("target.col_goal"), f"{target_words.goal(target, t)} · {target_words.deadline(target, t)}"),
        (t("target.col_baseline"), target_words.baseline(target, t)),
        (t("target.source"), target_words.source_name(line, t)),
    ]
    said = "".join(f"<dt>{escape(what)}</dt><dd>{escape(words)}</dd>" for what, words in pairs)
    notes = [target.note, line.source.note, *(one.shown_by.note for one in lines if one.shown_by)]
    if told := "<br>".join(escape(note) for note in notes if note):
        said += f"<dt>{escape(t('target.note'))}</dt><dd>{told}</dd>"
    st.html(f'<dl class="pairs">{said}</dl>')


def _history(installation: Installation, line: Standing, moment: Moment, t: Translator) -> None:
    """What was published of a value, the oldest first."""
    if line.shown_by is None:
        return
    told = targets.history(installation, line.shown_by, moment)
    if not told:
        return
    last = told[-1]
    label = last.label_vi if t.language == "vi" else last.label_en
    st.subheader(plain.markdown(t("target.history_title", label=label)), anchor=False)
    frame = pl.DataFrame(
        {
            "day": [
                t.day(one.as_of) + (f" {t('figures.inferred')}" if one.as_of_basis == "inferred" else "")
                for one in told
            ],
            "base": [None if one.denominator is None else float(one.denominator) for one in told],
            "done": [None if one.numerator is None else float(one.numerator) for one in told],
            "value": [None if (of := targets.percent(one)) is None else float(of) for one in told],
            "printed": [_as_printed(one, t) for one in told],
            "source": [one.publication or target_words.titled(installation, one.source, t) for one in told],
        }
    )
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    columns = {
        "day": text(t("target.history_day"), width=150),
        "done": number(t("target.history_numerator")),
        "base": number(t("target.col_base")),
        "value": number(t("target.history_value")),
        "printed": text(t("target.history_printed"), width=110),
        "source": text(t("target.source"), width=420),
    }
    tables.show(
        frame.select(list(columns)),
        columns,
        key=f"history-{line.shown_by.figure.replace('.', '-')}",
        title=label,
        t=t,
        moment=moment,
        drawn=tables.written(frame.select(list(columns)), t, {"done": 0, "base": 0, "value": 2}),
    )


def _as_printed(figure: PublishedFigure, t: Translator) -> str:
    """The percentage that the source prints; a dash where it prints none."""
    printed = figure.printed_percent if figure.printed_percent is not None else figure.percent
    return "–" if printed is None else target_words.share(printed, t)
