"""The wording of the reminder letters, part by part, to be changed before they are written; kept for the session."""

import streamlit as st

from catalogue.errors import Invalid
from catalogue.i18n import Translator
from catalogue.reference import ReminderWording
from catalogue.reference.wording import LONGEST_PART, PARTS, PLACES
from catalogue.services import reminders
from catalogue.services.installation import Installation
from pages.ui import feedback

_KEPT = "letter_wording"  # what was changed, by part: widgets forget what they hold on another page
_FIELDS = ("about", *PARTS)


def edit(installation: Installation, t: Translator) -> ReminderWording | None:
    """Draw the parts in an expander; the wording as changed, or None where it cannot be used yet."""
    original = installation.reference.reminder
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    with st.expander(t("reminder.edit"), icon=":material/edit_note:"):
        st.caption(t("reminder.edit_about"))
        st.code(" ".join(f"{{{name}}}" for name in sorted(PLACES)), language=None, wrap_lines=True)
        for part in _FIELDS:
            usual = getattr(original, part)
            said = st.text_area(
                t(f"reminder.field_{part}"),
                value=kept.get(part, usual),
                max_chars=LONGEST_PART,
                height=80 if part in ("about", "closing") else 110,
                key=f"wording-{part}",
            )
            if said == usual:
                kept.pop(part, None)
            else:
                kept[part] = said or ""
        if kept:
            st.button(t("reminder.edit_reset"), on_click=_forget, icon=":material/undo:", key="wording-reset")
    try:
        return reminders.reworded(original, kept)
    except Invalid as error:
        feedback.show(t, error)
        return None


def _forget() -> None:
    for part in _FIELDS:
        st.session_state.pop(f"wording-{part}", None)
    st.session_state[_KEPT] = {}
