"""What the Government Office may change of an item: adjust it, withdraw it, readmit it, say who decides or which procedure
it means."""

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.services import commitments, item_matches, programmes
from catalogue.services.commitments import NewMeasure
from catalogue.services.installation import Installation
from catalogue.services.item_matches import Matching
from catalogue.services.items import ItemPage
from pages.ui import change_form, choices, feedback, filters, plain, seen, transfer_form
from pages.ui.change_form import ChangeForm

_NONE = "-"


def show(installation: Installation, actor: Actor, page: ItemPage, moment: Moment, t: Translator) -> None:
    """The changes that this person may make of an item now; nothing for anybody else, or on another day."""
    is_current = moment.known_at is None and moment.as_of == installation.working_date
    if not actor.has(Right.MANAGE_PROGRAMMES) or not is_current:
        return
    matching = item_matches.get(installation, page.state["item_id"])
    ways = ["adjust", "withdraw"] if page.state["in_base"] else ["readmit"]
    if page.state["in_base"] and page.transfer is not None:
        ways.insert(1, "transfer")
    if matching.loaded_code is None and page.state["programme_code"] in _tracked(installation):
        ways.append("match")
    current = page.state["lock_revision"]
    form = ChangeForm(
        installation, actor, page, moment, t, seen.revision("item", page.state["item_id"], current, t)
    )
    with st.expander(t("item_changes.title"), icon=":material/edit_note:", type="compact"):
        options = {way: t(f"item_changes.what_{way}") for way in ways}
        way = filters.switch(t("item_changes.what"), options, "change_item")
        if way == "match":
            _match(form, matching)
        elif way == "adjust":
            _adjust(form)
        elif way == "transfer":
            transfer_form.show(form)
        else:
            _turn(form, way)


def _tracked(installation: Installation) -> set[str]:
    return {one.code for one in installation.reference.programmes if one.kind != "directive"}


def _turn(form: ChangeForm, way: str) -> None:
    """Withdraw or readmit."""
    t = form.t
    st.caption(t(f"item_changes.about_{way}"))
    with st.form(form.key(way), border=False):
        ground = change_form.asked(form)
        is_sent = st.form_submit_button(t(f"item_changes.{way}"), type="primary")
    if not is_sent:
        return
    change_form.record(form, way, ground, commitments.withdraw if way == "withdraw" else commitments.readmit)


def _adjust(form: ChangeForm) -> None:
    t, page = form.t, form.page
    st.caption(t("item_changes.about_adjust"))
    measures = {row["position"]: row[f"name_{t.language}"] for row in page.measures.iter_rows(named=True)}
    needed = {row["document_id"]: row["title"] for row in page.instruments.iter_rows(named=True)}
    known = programmes.open_documents(form.installation, form.moment, form.item_id)
    others = {
        row["document_id"]: " · ".join(filter(None, (row["title"], row["agency_name"])))
        for row in known.iter_rows(named=True)
    }
    kinds = {one.code: getattr(one, f"name_{t.language}") for one in form.installation.reference.measures}
    with st.form(form.key("adjust"), border=False):
        dropped = _several(form, "drop_measures", measures)
        added = st.selectbox(
            t("item_changes.add_measure"),
            list(kinds),
            index=None,
            format_func=lambda code: kinds[code],
            placeholder=t("item_changes.choose_none"),
            key=form.key("measure"),
        )
        before, after = st.columns(2)
        before_text = before.text_input(t("item_changes.field_before_text"), key=form.key("before"))
        after_text = after.text_input(t("item_changes.field_after_text"), key=form.key("after"))
        explanation = st.text_input(t("item_changes.field_explanation"), key=form.key("explanation"))
        unneeded = _several(form, "drop_documents", needed)
        wanted = _several(form, "add_documents", others)
        ground = change_form.asked(form)
        is_sent = st.form_submit_button(t("item_changes.adjust"), type="primary")
    if not is_sent:
        return
    new = (
        [NewMeasure(added, before_text or None, after_text or None, (explanation or "").strip() or None)]
        if added
        else []
    )
    change_form.record(
        form,
        "adjust",
        ground,
        commitments.adjust,
        drop_measures=dropped,
        add_measures=new,
        drop_documents=unneeded,
        add_documents=wanted,
    )


def _match(form: ChangeForm, matching: Matching) -> None:
    t = form.t
    if matching.matched_code:
        st.caption(t("item_changes.match_matched", code=plain.markdown(matching.matched_code)))
    else:
        st.caption(t("item_changes.match_about"))
    labels = {
        one.code: t(
            "plan.match_option",
            code=one.code,
            name=one.name,
            field=one.field_name or "–",
            confidence=one.confidence,
        )
        for one in item_matches.propose(form.installation, matching)
    }
    if matching.matched_code:
        labels.setdefault(matching.matched_code, matching.matched_code)
        labels[_NONE] = t("item_changes.match_none")
    options = list(labels)
    chosen = st.selectbox(
        t("plan.match_choose"),
        options,
        index=options.index(matching.matched_code) if matching.matched_code else None,
        format_func=lambda code: labels.get(code, code),
        placeholder=t("plan.match_choose"),
        accept_new_options=True,
        key=form.key(f"match-{matching.revision}"),
    )
    if not st.button(t("item_changes.match_save"), type="primary", key=form.key("match-save")) or not chosen:
        return
    try:
        code = None if chosen == _NONE else chosen
        item_matches.match(form.installation, form.actor, form.item_id, code, revision=matching.revision)
    except CatalogueError as error:
        feedback.show(t, error, form="item_changes")
    else:
        feedback.remember(t("item_changes.said_match"))
        st.rerun()


def _several(form: ChangeForm, field: str, options: dict[int, str]) -> list[int]:
    if not options:
        return []
    texts = choices.distinct(options)
    chosen: list[int] = st.multiselect(
        form.t(f"item_changes.{field}"),
        list(options),
        format_func=lambda value: texts[value],
        placeholder=form.t("item_changes.choose_none"),
        key=form.key(field),
    )
    return chosen
