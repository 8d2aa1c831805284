"""Which wins, the URL or what a widget holds: the URL on arriving at a page and after Back, the widget after a click.

Streamlit keeps what widgets of the last page held under the same names for one more run; a list must not inherit it.
"""

from collections.abc import Iterable

import streamlit as st


def follow_url(own_widget: str, names: Iterable[str]) -> None:
    """Call before the filters of a list; `own_widget` is the key of a widget that only this page draws."""
    has_arrived = own_widget not in st.session_state
    shown: dict[str, str | None] = st.session_state.get("url_shown", {})
    for name in names:
        if has_arrived or shown.get(name) != st.query_params.get(name):
            st.session_state.pop(name, None)


def remember_url(names: Iterable[str]) -> None:
    """Call after the filters of a list: what differs next time was not written by this page."""
    st.session_state["url_shown"] = {name: st.query_params.get(name) for name in names}
