"""Registering a publication decision: a form, a preview of what each line does, then confirmation in one step."""

from dataclasses import replace

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.model.actor import Right
from catalogue.model.publication import Draft
from catalogue.services import proposals, publications
from catalogue.services.publications import Preview
from pages.ui import feedback, guard, menu, publish_annex, publish_form, publish_preview, session
from pages.ui.places import Places
from pages.ui.publish_form import PREFIX, Form

actor = guard.require(Right.PUBLISH_DECISIONS)
installation, t = session.installation(), session.translator()
CHECKED, SHOWN = f"{PREFIX}checked", f"{PREFIX}shown"
st.title(t("publish.title"), anchor=False)
st.caption(t("publish.about"))
form = Form(installation, actor, Places("publish"), t)
form.places.here()
decision = publish_form.decision(form)
publish_annex.entry(form)
draft = replace(decision, lines=publish_annex.lines())
on = draft.in_force_on or draft.issued_on or installation.working_date
is_checked = st.session_state.get(CHECKED, False)
judged = publications.preview(installation, actor, draft) if is_checked else None
publish_annex.standing(
    form, judged.issues if judged else (), proposals.of_annex(installation, draft.lines, on)
)
if st.button(t("publish.preview"), type="primary", icon=":material/visibility:"):
    judged = publications.preview(installation, actor, draft)
    st.session_state[CHECKED] = True
    st.session_state[SHOWN] = (draft, judged) if judged.can_be_registered else None
if judged is None:
    st.stop()
form.places.say(judged.issues, t)
errors = sum(issue.severity == "error" for issue in judged.issues)
if errors:
    st.error(t("publish.problems_count", count=errors), icon=":material/error:")
    st.stop()
shown: tuple[Draft, Preview] | None = st.session_state.get(SHOWN)
if shown is None or shown[0] != draft:
    st.info(t("publish.preview_again"), icon=":material/visibility:")
    st.stop()
publish_preview.show(installation, shown[1], t)
if st.button(t("publish.confirm"), type="primary", icon=":material/check:"):
    try:
        document_id = publications.register(installation, actor, draft, seen=shown[1].seen)
    except CatalogueError as error:
        st.session_state[SHOWN] = None
        feedback.show(t, error)
    else:
        for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
            del st.session_state[key]
        feedback.remember(t("publish.said_registered", number=draft.number))
        menu.go("decisions", document=document_id)
