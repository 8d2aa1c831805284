"""Which wins, the URL or what a widget holds: the URL on arriving at a page and after Back, the widget after a click.

Streamlit keeps what widgets of the last page held under the same names for one more run; a list must not inherit it.
"""

from collections.abc import Iterable

import streamlit as st


def note(page: str) -> bool:
    """Called by the router: whether this run is the first on a page."""
    is_first = st.session_state.get("page_shown") != page
    st.session_state["page_shown"], st.session_state["has_arrived"] = page, is_first
    return is_first


def follow_url(names: Iterable[str]) -> None:
    """Call before the filters of a page."""
    has_arrived = st.session_state.get("has_arrived", True)
    shown: dict[str, str | None] = st.session_state.get("url_shown", {})
    for name in names:
        if has_arrived or shown.get(name) != st.query_params.get(name):
            st.session_state.pop(name, None)


def write_url() -> None:
    """Put what this run was asked into the address: Streamlit leaves it as it was after a link from a page to itself."""
    st.query_params.update()


def remember_url(names: Iterable[str]) -> None:
    """Call after the filters of a page: what differs next time was not written by this page."""
    st.session_state["url_shown"] = {name: st.query_params.get(name) for name in names}
