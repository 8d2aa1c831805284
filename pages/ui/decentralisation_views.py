"""The views of the decentralisation page: which one the URL asks for, and the switch between them."""

from typing import Any

import streamlit as st

from catalogue.i18n import Translator
from pages.ui import arrival, item_filters, menu

VIEWS = ("flow", "agency", "field", "document", "list")
LIST = "list"
_KEY = "decentralisation-view"
_SHOWN = "decentralisation-shown"
_LEFT = "decentralisation-left"


def once(name: str) -> str:
    """The key of a chart or table whose choice leaves the view: Back must not find the choice again."""
    return f"{name}-{st.session_state.get(_LEFT, 0)}"


def leave(**params: Any) -> None:
    """Open another view or list of this page."""
    st.session_state[_LEFT] = st.session_state.get(_LEFT, 0) + 1
    stale: dict[str, list[str]] = {name: [] for name in st.query_params if name not in menu.CLOCKS}
    asked = {name: [str(value)] for name, value in params.items() if value is not None}
    st.query_params.update(stale | asked)  # at once: one step of Back
    st.rerun()


def choose(t: Translator) -> str:
    """Draw the switch; another view is another address, so that no filter of the list stays behind.

    An address that names filters and no view is one of the list.
    """
    arrival.write_url()
    asked = st.query_params.get("view")
    if asked not in VIEWS:
        asked = LIST if item_filters.is_asked_for() else VIEWS[0]
    if _KEY not in st.session_state or st.session_state.get(_SHOWN) != asked:
        st.session_state[_KEY] = asked
    picked = st.segmented_control(
        t("decentralisation.view"),
        VIEWS,
        format_func=lambda view: t.word("decentralisation.view", view),
        key=_KEY,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    st.session_state[_SHOWN] = asked
    if picked != asked:
        leave(view=None if picked == VIEWS[0] else picked)
    return asked
