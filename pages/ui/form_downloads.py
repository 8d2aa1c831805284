"""A periodic report to take away: at once where it is short, with a bar where writing it takes time."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from catalogue.correspondence import form_file
from catalogue.correspondence.form_words import Page
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.period import Moment
from catalogue.services import report_forms
from catalogue.services.installation import Installation

LONG = 150  # rows; below it a paper is written within a second or two
_ICONS = {"docx": ":material/description:", "xlsx": ":material/table_view:"}
_MADE = "forms_made"


def show(
    installation: Installation,
    actor: Actor,
    form_code: str,
    period_name: str,
    agency_code: str | None,
    moment: Moment,
    rows: int,
    t: Translator,
) -> None:
    """The buttons of a report by what is known now; its papers are Vietnamese whatever the screen's language."""

    def page() -> Page:
        found = report_forms.build(installation, form_code, period_name, agency_code, moment, by=actor)
        return form_file.page_of(installation, found)

    name = f"{form_code}-{period_name}-{agency_code or 'ca-nuoc'}"
    offer(page, name, f"{name}-{moment.revision}", rows, t)


def offer(page: Callable[[], Page], name: str, key: str, rows: int, t: Translator) -> None:
    """The two buttons; a long report is written first, and the bar says how far it is. `key`: which content it is."""
    if not rows:
        return
    made: dict[str, bytes] = {}
    if rows > LONG:
        held = st.session_state.get(_MADE)
        if held is None or held[0] != key:
            if not st.button(t("forms.prepare"), icon=":material/hourglass_top:", key=f"prepare-{key}"):
                return
            held = (key, _written(page(), t))
            st.session_state[_MADE] = held
        made = held[1]
    with st.container(horizontal=True, gap="small"):
        for form in form_file.FORMATS:
            st.download_button(
                t(f"forms.download_{form}"),
                data=made.get(form) or partial(_write, page, form),
                file_name=f"{name}.{form}",
                icon=_ICONS[form],
                on_click="ignore",
                key=f"download-{form}-{key}",
            )


def _write(page: Callable[[], Page], form: str) -> bytes:
    return form_file.write(page(), form=form)


def _written(page: Page, t: Translator) -> dict[str, bytes]:
    bar = st.progress(0.0, text=t("forms.progress_write"))
    found = {}
    for place, form in enumerate(form_file.FORMATS):

        def told(share: float, place: int = place) -> None:
            bar.progress((place + share) / len(form_file.FORMATS), text=t("forms.progress_write"))

        found[form] = form_file.write(page, form=form, told=told)
    bar.empty()
    return found
