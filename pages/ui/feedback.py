"""What a person is told when something is refused or done."""

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.i18n.messages import lines
from pages.ui import plain


def show(t: Translator, error: CatalogueError, *, form: str = "claim") -> None:
    """An error on the page, with its issues as a list; `form` names their columns."""
    first, *rest = lines(t, error, plain.markdown, form=form)
    st.error("\n".join([first, *(f"- {line}" for line in rest)]), icon=":material/error:")


def remember(text: str) -> None:
    """Say something after the next rerun or page change."""
    st.session_state["said"] = text


def say_remembered() -> None:
    """Say what was remembered, once."""
    if text := st.session_state.pop("said", None):
        st.toast(text, icon=":material/check_circle:")
