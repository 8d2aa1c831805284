"""What the Government Office may change of an item: adjust it, withdraw it, readmit it, say which procedure it means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.model.plan import DOCUMENT_TYPES, Assignment
from catalogue.services import commitments, item_matches, plans, programmes
from catalogue.services.commitments import NewMeasure
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.item_matches import Matching
from catalogue.services.items import ItemPage
from pages.ui import choices, feedback, filters, plain, seen

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2044, 12, 31)
_NONE = "-"
_ISSUERS = {"chinh-phu": "Chính phủ", "thu-tuong-chinh-phu": "Thủ tướng Chính phủ"}


@dataclass(frozen=True)
class _Ground:
    """From which day, why, and by which document."""

    on: date
    reason: str
    basis: Basis | None
    is_whole: bool  # the document is named whole, or not at all


@dataclass(frozen=True)
class _Form:
    """What the forms of one run need."""

    installation: Installation
    actor: Actor
    page: ItemPage
    moment: Moment
    t: Translator
    revision: int

    @property
    def item_id(self) -> int:
        return int(self.page.state["item_id"])

    def key(self, name: str) -> str:
        """A key of this item as it stands: a form is empty again once its change is recorded."""
        return f"change-{self.item_id}-{self.page.state['lock_revision']}-{name}"


def show(installation: Installation, actor: Actor, page: ItemPage, moment: Moment, t: Translator) -> None:
    """The changes that this person may make of an item now; nothing for anybody else, or on another day."""
    is_current = moment.known_at is None and moment.as_of == installation.working_date
    if not actor.has(Right.MANAGE_PROGRAMMES) or not is_current:
        return
    matching = item_matches.get(installation, page.state["item_id"])
    ways = ["adjust", "withdraw"] if page.state["in_base"] else ["readmit"]
    if matching.loaded_code is None and page.state["programme_code"] in _tracked(installation):
        ways.append("match")
    current = page.state["lock_revision"]
    form = _Form(
        installation, actor, page, moment, t, seen.revision("item", page.state["item_id"], current, t)
    )
    with st.expander(t("item_changes.title"), icon=":material/edit_note:", type="compact"):
        options = {way: t(f"item_changes.what_{way}") for way in ways}
        way = filters.switch(t("item_changes.what"), options, "change_item")
        if way == "match":
            _match(form, matching)
        elif way == "adjust":
            _adjust(form)
        else:
            _turn(form, way)


def _tracked(installation: Installation) -> set[str]:
    return {one.code for one in installation.reference.programmes if one.kind != "directive"}


def _turn(form: _Form, way: str) -> None:
    """Withdraw or readmit."""
    t = form.t
    st.caption(t(f"item_changes.about_{way}"))
    with st.form(form.key(way), border=False):
        ground = _ground(form)
        is_sent = st.form_submit_button(t(f"item_changes.{way}"), type="primary")
    if not is_sent:
        return
    act = commitments.withdraw if way == "withdraw" else commitments.readmit

    def write() -> None:
        act(
            form.installation,
            form.actor,
            form.item_id,
            revision=form.revision,
            on=ground.on,
            reason=ground.reason,
            basis=ground.basis,
        )

    _write(form, way, ground, write)


def _adjust(form: _Form) -> None:
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
        ground = _ground(form)
        is_sent = st.form_submit_button(t("item_changes.adjust"), type="primary")
    if not is_sent:
        return
    new = (
        [NewMeasure(added, before_text or None, after_text or None, (explanation or "").strip() or None)]
        if added
        else []
    )

    def write() -> None:
        commitments.adjust(
            form.installation,
            form.actor,
            form.item_id,
            revision=form.revision,
            on=ground.on,
            reason=ground.reason,
            basis=ground.basis,
            drop_measures=dropped,
            add_measures=new,
            drop_documents=unneeded,
            add_documents=wanted,
        )

    _write(form, "adjust", ground, write)


def _match(form: _Form, matching: Matching) -> None:
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


def _several(form: _Form, field: str, options: dict[int, str]) -> list[int]:
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


def _ground(form: _Form) -> _Ground:
    """The day, the reason, and the document where there is one."""
    t = form.t
    on = st.date_input(
        t("item_changes.field_effective_date"),
        value=form.installation.working_date,
        min_value=_FIRST_DAY,
        max_value=form.installation.working_date,
        format="DD/MM/YYYY",
        key=form.key("on"),
    )
    reason = st.text_area(t("item_changes.field_reason"), height=80, max_chars=4000, key=form.key("reason"))
    st.markdown(t("item_changes.basis"))
    first, second = st.columns(2)
    types = {name: t(f"plan.type_{name}") for name in DOCUMENT_TYPES}
    with first:
        kind = st.selectbox(
            t("plan.field_type"), list(types), format_func=lambda name: types[name], key=form.key("type")
        )
    number = second.text_input(t("plan.field_number"), key=form.key("number"))
    first, second = st.columns(2)
    issued = first.date_input(
        t("plan.field_issued_on"),
        value=None,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="DD/MM/YYYY",
        key=form.key("issued"),
    )
    issuers = _ISSUERS | {
        one.code: one.name for one in form.installation.reference.agencies if one.kind != "province"
    }
    with second:
        issuer = st.selectbox(
            t("plan.field_issuer"),
            list(issuers),
            index=None,
            format_func=lambda code: issuers[code],
            placeholder=t("plan.issuer_by_type"),
            key=form.key("issuer"),
        )
    title = st.text_input(t("plan.field_title"), key=form.key("title"))
    issued_on = issued if isinstance(issued, date) else None
    one = plans.completed(
        Assignment("", kind or DOCUMENT_TYPES[0], number or "", issued_on, issuer, title or "")
    )
    said = (one.number, one.issued_on, one.title)
    basis = None
    if all(said) and one.issued_on and one.issuer:
        basis = Basis(one.type, one.number, one.issued_on, one.title, one.issuer)
    day = on if isinstance(on, date) else form.installation.working_date
    return _Ground(day, reason or "", basis, basis is not None or not any(said))


def _write(form: _Form, way: str, ground: _Ground, write: Callable[[], None]) -> None:
    if not ground.is_whole:
        st.error(form.t("item_changes.basis_incomplete"), icon=":material/error:")
        return
    try:
        write()
    except CatalogueError as error:
        feedback.show(form.t, error, form="item_changes")
    else:
        seen.forget()
        feedback.remember(form.t(f"item_changes.said_{way}"))
        st.rerun()
