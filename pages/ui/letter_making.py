"""Looking at a reminder letter before it is written, one letter alone, and all the chosen ones with a progress bar."""

from collections.abc import Sequence

import streamlit as st

from catalogue.correspondence import letters
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.period import Moment
from catalogue.model.reminder import Reminder
from catalogue.reference import ReminderWording
from catalogue.services import reminders
from catalogue.services.installation import Installation
from pages.ui import plain

_MADE = "letters_made"  # what was written last, with what it was written from


def show(
    installation: Installation,
    actor: Actor,
    chosen: Sequence[Reminder],
    wording: ReminderWording | None,
    moment: Moment,
    t: Translator,
) -> None:
    """Preview, one letter, all letters; nothing where the wording cannot be used."""
    if wording is None:
        return
    places = reminders.places(installation, moment)
    _preview(installation, actor, chosen, wording, places, moment, t)
    made_from = (moment, wording, tuple(chosen))
    with st.container(horizontal=True, gap="small"):
        if st.button(
            t("reminder.make", count=len(chosen)),
            type="primary",
            icon=":material/drafts:",
            key="make-letters",
        ):
            bar = st.progress(0.0)

            def tell(done: int, total: int) -> None:
                bar.progress(done / total, text=t("reminder.making", done=done, total=total))

            day = moment.as_of
            written = letters.write_all(installation, actor, chosen, wording, places, day, tell)
            bar.empty()
            st.session_state[_MADE] = (made_from, written)
        of, content = st.session_state.get(_MADE, (None, b""))
        is_fresh = of == made_from
        if is_fresh:
            st.download_button(
                t("reminder.download_all"),
                data=content,
                file_name=f"cong-van-don-doc-{moment.as_of.isoformat()}.zip",
                mime="application/zip",
                icon=":material/folder_zip:",
                on_click="ignore",
                key="download-letters",
            )
    if is_fresh:
        st.success(t("reminder.made", count=len(chosen)), icon=":material/check_circle:")


def _preview(
    installation: Installation,
    actor: Actor,
    chosen: Sequence[Reminder],
    wording: ReminderWording,
    places: dict[str, str],
    moment: Moment,
    t: Translator,
) -> None:
    by_code = {one.agency_code: one for one in chosen}
    with st.expander(t("reminder.preview"), icon=":material/visibility:"):
        code = st.selectbox(
            t("reminder.preview_choose"),
            list(by_code),
            format_func=lambda code: by_code[code].agency_name,
            key="letter-preview",
        )
        one = by_code[code]
        with st.container(border=True):
            for text in letters.paragraphs(one, wording, places):
                st.markdown(plain.markdown(text))
        st.caption(t("reminder.preview_annex", items=len(one.items), claims=len(one.returned)))
        st.download_button(
            t("reminder.download_one"),
            data=lambda: letters.write(installation, actor, one, wording, places, moment.as_of),
            file_name=letters.file_name(one, moment.as_of),
            icon=":material/description:",
            on_click="ignore",
            key="download-letter",
        )
