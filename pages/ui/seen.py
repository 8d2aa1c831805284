"""Which revision of a row this person has on screen, so that a save made on an older one is refused."""

from collections.abc import Mapping

import streamlit as st

from catalogue.i18n import Translator

_Key = tuple[str, int]


def revision(kind: str, row_id: int, current: int, t: Translator) -> int:
    """The revision shown on this person's last run, which a save in this run must be held to.

    Says so when somebody else has changed the row since; from the next run on the newest one counts as seen.
    """
    shown: dict[_Key, int] = st.session_state.setdefault("seen", {})
    last = shown.get((kind, row_id), current)
    shown[(kind, row_id)] = current
    if last != current:
        st.warning(t("claim.changed_meanwhile"), icon=":material/sync_problem:")
    return last


def revisions(kind: str, current: Mapping[int, int], t: Translator) -> dict[int, int]:
    """As `revision`, for the rows of a list."""
    shown: dict[_Key, int] = st.session_state.setdefault("seen", {})
    last = {row_id: shown.get((kind, row_id), now) for row_id, now in current.items()}
    shown.update({(kind, row_id): now for row_id, now in current.items()})
    if last != dict(current):
        st.warning(t("claim.changed_meanwhile"), icon=":material/sync_problem:")
    return last


def forget() -> None:
    """After one's own save, or on another page: whatever comes next on screen is the newest."""
    st.session_state["seen"] = {}
