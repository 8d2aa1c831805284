"""A page that is printed as one sheet of A4: its button, and the heading that only paper needs."""

from contextlib import AbstractContextManager
from html import escape
from typing import Any

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services.installation import Installation
from pages.ui.provenance import source_line

# Set, not added: the script runs again whenever the element is drawn anew, and one click is one print.
_PRINTS = (
    "for (const one of document.querySelectorAll('button.print-sheet')) one.onclick = () => window.print();"
)


def sheet(key: str) -> AbstractContextManager[Any]:
    """What goes on the sheet; the style sheet knows it by its key."""
    return st.container(key=key, gap="xsmall")


def head(title: str, installation: Installation, moment: Moment, t: Translator) -> None:
    """The title, beside it the button that prints; on paper instead of the controls what they stand at."""
    with st.container(horizontal=True, vertical_alignment="center", key="sheet-head"):
        st.title(title, anchor=False, width="stretch")
        st.html(
            f'<button type="button" class="plain print-sheet">{escape(t("app.print_a4"))}</button>'
            f"<script>{_PRINTS}</script>",
            unsafe_allow_javascript=True,
            width="content",
        )
    said = " ".join(_said(installation, moment, t))
    st.html(f'<p class="on-paper">{escape(said)}</p>')


def _said(installation: Installation, moment: Moment, t: Translator) -> list[str]:
    lines = [source_line(moment, t) + "."]
    if installation.is_demo:
        lines.append(t("app.demo_line", day=installation.working_date))
    if moment.known_at is not None:
        lines.append(t("app.not_now", day=moment.known_at))
    if installation.is_reorganised_since(moment):
        day = installation.reference.last_reorganised_on
        lines.append(t("app.by_agencies_today", day=day, as_of=moment.as_of))
    return lines
