"""The form by which the Government Office records from whom to whom an item moves the decision from a day on."""

import streamlit as st

from catalogue.model.authority import Authority, Form, Level, Transfer
from catalogue.services import transfers
from pages.ui import change_form, transfer_view
from pages.ui.change_form import ChangeForm


def show(form: ChangeForm) -> None:
    """Who gives and who takes the decision from a day on."""
    t, standing = form.t, form.page.transfer
    assert standing is not None
    st.caption(t("item_changes.about_transfer"))
    words = transfer_view.Words(form.installation.reference, form.moment.as_of, t)
    forms = {one: words.form(one) for one in Form}
    with st.form(form.key("transfer"), border=False):
        kind = st.selectbox(
            t("item_changes.field_form"),
            list(forms),
            index=list(forms).index(standing.now.form),
            format_func=lambda one: forms[one],
            key=form.key("form"),
        )
        giving, taking = st.columns(2)
        with giving:
            giver = _authority(form, "from", standing.now.giver)
        with taking:
            taker = _authority(form, "to", standing.now.taker)
        ground = change_form.asked(form)
        is_sent = st.form_submit_button(t("item_changes.transfer"), type="primary")
    if not is_sent:
        return
    change_form.record(form, "transfer", ground, transfers.change, transfer=Transfer(kind, giver, taker))


def _authority(form: ChangeForm, side: str, now: Authority) -> Authority:
    """One side of a transfer: its level, and the agency or body where one is named."""
    t = form.t
    levels = {one: t(f"item.level_{one}") for one in Level}
    level = st.selectbox(
        t(f"item_changes.field_{side}_level"),
        list(levels),
        index=list(levels).index(now.level),
        format_func=lambda one: levels[one],
        key=form.key(f"{side}-level"),
    )
    day = form.installation.working_date
    agencies = {one.code: one.name_on(day) for one in form.installation.reference.agencies_on(day)}
    agency = st.selectbox(
        t(f"item_changes.field_{side}_agency"),
        list(agencies),
        index=list(agencies).index(now.agency) if now.agency in agencies else None,
        format_func=lambda code: agencies[code],
        placeholder=t("item_changes.choose_none"),
        key=form.key(f"{side}-agency"),
    )
    body = st.text_input(
        t(f"item_changes.field_{side}_body"),
        value=now.body or "",
        max_chars=400,
        key=form.key(f"{side}-body"),
    )
    return Authority(level, agency, body or None)
