"""Issues of a form at the places they are about: an empty slot beside each input, filled once everything is read."""

from collections.abc import Iterable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from catalogue.errors import Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text

Place = tuple[str | None, int | None, str | None]


class Places:
    """The slots of one run; what has no slot of its own goes to the one of its row, part or form."""

    def __init__(self, form: str) -> None:
        self._form = form  # whose words name the fields
        self._slots: dict[Place, DeltaGenerator] = {}

    def here(self, part: str | None = None, row: int | None = None, field: str | None = None) -> None:
        """Call below an input, a row or a heading."""
        self._slots[part, row, field] = st.empty()

    def say(self, issues: Iterable[Issue], t: Translator) -> None:
        """Write every issue at its place."""
        found: dict[Place, list[Issue]] = {}
        for issue in issues:
            places = (
                (issue.sheet, issue.row, issue.column),
                (issue.sheet, issue.row, None),
                (issue.sheet, None, None),
                (None, None, None),
            )
            place = next((place for place in places if place in self._slots), None)
            if place is not None:
                found.setdefault(place, []).append(issue)
        for place, there in found.items():
            self._slots[place].html(listed(there, self._form, t))


def listed(issues: Iterable[Issue], form: str, t: Translator) -> str:
    """Issues as a list, each with its sign."""
    entries = "".join(
        f'<li><b class="{issue.severity}"></b>{escape(issue_text(t, issue, form=form))}</li>'
        for issue in issues
    )
    return f'<ul class="issues">{entries}</ul>'
