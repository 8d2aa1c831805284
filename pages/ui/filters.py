"""Filters that live in the URL by their values, not their labels, so that a link means the same in both languages."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from catalogue.errors import Invalid
from catalogue.services.installation import parse_day
from pages.ui import choices

_SAID = "filters_said"  # what stands in the filters that this run has drawn so far


def begin() -> None:
    """Forget what the filters of the last run said."""
    st.session_state[_SAID] = []


def said() -> list[tuple[str, str]]:
    """(what, value) of the filters that this run has drawn so far and that are set, for a file that leaves the page."""
    told: list[tuple[str, str]] = st.session_state.get(_SAID, [])
    return list(told)


def _say(label: str, value: str) -> None:
    st.session_state.setdefault(_SAID, []).append((label, value))


def choose(
    label: str,
    options: Mapping[str, str],
    name: str,
    *,
    placeholder: str,
    unlisted: Mapping[str, str] | None = None,
) -> str | None:
    """One of the options (value -> text) or None for all; `name` is the URL's parameter.

    `unlisted`: given where a value that is no option stays as one that finds nothing, under its words of these or as
    it is; without it such a value is dropped.
    """
    if unlisted is not None:
        options = {**options, **_stray(name, options, unlisted)}
    _seed(name, options)
    texts = choices.distinct(options)
    value = st.selectbox(
        label,
        list(options),
        index=None,
        format_func=lambda key: texts[key],
        key=name,
        placeholder=placeholder,
    )
    if value is not None:
        _say(label, texts[value])
    return _keep(name, value)


def value(name: str, options: Mapping[str, object]) -> str:
    """What a switch further down the page stands at; the first option where nothing was chosen."""
    chosen = st.session_state.get(name) or st.query_params.get(name)
    return chosen if chosen in options else next(iter(options))


def switch(label: str, options: Mapping[str, str], name: str) -> str:
    """One of a few options side by side; the first where the URL says nothing."""
    _seed(name, options)
    first = next(iter(options))
    if st.session_state.get(name) is None:
        st.session_state[name] = first
    picked = st.segmented_control(
        label,
        list(options),
        format_func=lambda key: options[key],
        key=name,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    chosen = picked if isinstance(picked, str) else first
    _say(label, options[chosen])
    _keep(name, None if chosen == first else chosen)
    return chosen


def text(label: str, name: str, *, placeholder: str) -> str | None:
    """Free text, or None where it is empty."""
    if name not in st.session_state:
        st.session_state[name] = st.query_params.get(name, "")
    typed = st.text_input(label, key=name, placeholder=placeholder)
    wanted = (typed or "").strip() or None
    if wanted:
        _say(label, wanted)
    return _keep(name, wanted)


def number(name: str) -> int | None:
    """A whole number that a link brought in the URL; None where there is none."""
    raw = st.query_params.get(name, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None


def day(name: str) -> date | None:
    """A day that a link brought in the URL; None where there is none, or it is no date."""
    try:
        return parse_day(st.query_params.get(name, ""))
    except Invalid:
        return None


def pick_day(label: str, name: str, usual: date) -> date:
    """A day with a usual one that stands for itself in the URL."""
    if st.session_state.get(name) is None:
        st.session_state[name] = day(name) or usual
    picked = st.date_input(label, value=None, format="DD/MM/YYYY", key=name)
    chosen = picked if isinstance(picked, date) else usual
    _say(label, chosen.strftime("%d/%m/%Y"))
    _keep(name, None if chosen == usual else chosen.isoformat())
    return chosen


def _stray(name: str, options: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    held = st.session_state.get(name) if name in st.session_state else st.query_params.get(name)
    if name in st.session_state:
        st.session_state[name] = held  # the browser knows an option by its text, whose count may change
    if not isinstance(held, str) or not held or held in options:
        return {}
    return {held: words.get(held, held)}


def identifier(raw: str | None) -> int | None:
    """The number of a record that a choice stands for; 0, which no record bears, where it is no number."""
    if raw is None:
        return None
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else 0


def _seed(name: str, options: Mapping[str, str]) -> None:
    if name not in st.session_state:
        raw = st.query_params.get(name)
        st.session_state[name] = raw if raw in options else None
    elif st.session_state[name] not in options:
        st.session_state[name] = None


def _keep(name: str, value: str | None) -> str | None:
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value
    return value
