"""Pages of a list: the page number lives in the URL and goes back to 1 when what is asked changes."""

from collections.abc import Hashable

import streamlit as st

from pages.ui import filters

KEY = "page"


def current(total: int, size: int, asked: Hashable) -> tuple[int, int]:
    """(page, pages); `asked` is the filter of the list."""
    pages = max(1, -(-total // size))
    if KEY not in st.session_state:
        page = filters.number(KEY) or 1
    else:
        page = st.session_state[KEY] if st.session_state.get("page_of") == asked else 1
    page = min(max(page, 1), pages)
    if st.session_state.get(KEY, 1) != page or "page_of" in st.session_state:
        st.session_state[KEY] = page
    st.session_state["page_of"] = asked
    if page > 1:
        st.query_params[KEY] = str(page)
    else:
        st.query_params.pop(KEY, None)
    return page, pages


def show(pages: int) -> None:
    """The buttons, where there is more than one page."""
    if pages > 1:
        st.pagination(pages, key=KEY)
