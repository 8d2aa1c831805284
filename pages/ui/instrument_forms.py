"""What may be done with an instrument: change its plan, correct what was recorded of it, plan a new one."""

from collections.abc import Callable
from datetime import date

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.instrument import TYPES, UNISSUED, Issuance, Plan, State
from catalogue.model.period import Moment
from catalogue.services import instruments
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentPage
from pages.ui import choices, feedback, menu, plain, seen

_FIELDS = ("state", "planned_issue_on", "title", "drafting_agency", "reason")
_FIRST, _LAST = date(2010, 1, 1), date(2040, 12, 31)


def unissued(
    installation: Installation, actor: Actor, moment: Moment, page: InstrumentPage, t: Translator
) -> None:
    """The plan of a document: a form for who may, else why there is none."""
    may = instruments.may_write(actor, page)
    if _is_refused(installation, actor, moment, may, page.state["document_id"], t):
        return
    st.caption(t("instrument.update_hint"))
    _where_to_report(actor, page, t)
    _plan_form(installation, actor, page, t)


def issued(
    installation: Installation, actor: Actor, moment: Moment, page: InstrumentPage, t: Translator
) -> None:
    """Corrections of a document that was recorded as issued."""
    if not actor.is_signed_in:
        return
    if not instruments.may_correct(actor):
        st.caption(t("instrument.issued_read_only"))
        return
    if _is_refused(installation, actor, moment, True, page.state["document_id"], t):
        return
    last = seen.revision("instrument", page.state["document_id"], page.state["lock_revision"], t)
    with st.expander(t("instrument.correct")):
        _correct(installation, actor, page, last, t)
    with st.expander(t("instrument.take_back")):
        _take_back(installation, actor, page, last, t)


def new(installation: Installation, actor: Actor, t: Translator) -> None:
    """A new planned document for chosen open items."""
    opened = st.expander(t("instrument.new"), key="instrument-new", on_change="rerun")
    if not opened.open:
        return
    with opened:
        items = instruments.open_items(installation, actor)
        if items.is_empty():
            st.caption(t("instrument.new_none"))
            return
        without = items.filter(pl.col("missing") == 0).height
        if without:
            st.caption(t("instrument.new_note", count=without))
        _new_form(installation, actor, items, t)


def _is_refused(
    installation: Installation, actor: Actor, moment: Moment, may: bool, document_id: int, t: Translator
) -> bool:
    if not actor.is_signed_in:
        st.write(t("instrument.sign_in_to_act"))
        menu.link("sign_in", t("menu.sign_in"), next=f"/instrument?id={document_id}")
    elif not may:
        st.caption(t("instrument.read_only"))
    elif moment.known_at is not None or moment.as_of != installation.working_date:
        st.caption(t("instrument.not_current", day=installation.working_date))
    else:
        return False
    return True


def _where_to_report(actor: Actor, page: InstrumentPage, t: Translator) -> None:
    own = page.items.filter(
        pl.col("done_on").is_null() & (pl.col("lead_agency") == (actor.agency_code or ""))
    )
    if own.height and actor.has(Right.WRITE_CLAIMS):
        row = own.row(0, named=True)
        with st.container(key="rows-report"):
            menu.link(
                "item", t("instrument.report_issued", title=plain.markdown(row["title"])), id=row["item_id"]
            )


def _plan_form(installation: Installation, actor: Actor, page: InstrumentPage, t: Translator) -> None:
    state = page.state
    document_id, revision = state["document_id"], state["lock_revision"]
    last = seen.revision("instrument", document_id, revision, t)
    if last != revision:
        _keep_typed(document_id, last, t)
    if unsaved := st.session_state.get(f"unsaved-instrument-{document_id}"):
        st.info("  \n".join([t("claim.unsaved"), *unsaved]), icon=":material/content_paste:")
    key = f"instrument-{document_id}-{revision}"
    with st.form(key):
        stage = st.selectbox(
            t("instrument.field_state"),
            list(UNISSUED),
            index=UNISSUED.index(State(state["state"])),
            format_func=lambda one: t(f"instrument.standing_{one}"),
            key=f"state-{key}",
        )
        day = _day(
            t("instrument.field_planned_issue_on"), state["planned_issue_on"], f"planned_issue_on-{key}"
        )
        title = st.text_area(
            t("instrument.field_title"), value=state["title"], height=100, key=f"title-{key}"
        )
        agency = state["drafting_agency"]
        if actor.has(Right.MANAGE_PROGRAMMES):
            agency = _agency(installation, agency, f"drafting_agency-{key}", t)
        reason = _reason(f"reason-{key}", t, help_text=t("instrument.help_reason"))
        saved = st.form_submit_button(t("instrument.save"), type="primary", icon=":material/check:")
    if saved:
        plan = Plan(stage, title, agency, day)
        _do(
            lambda: instruments.progress(
                installation, actor, document_id, plan, revision=last, reason=reason
            ),
            "instrument.said_saved",
            t,
        )


def _keep_typed(document_id: int, last: int, t: Translator) -> None:
    """What was typed into a form that somebody else's save replaced stays readable."""
    typed = {field: st.session_state.get(f"{field}-instrument-{document_id}-{last}") for field in _FIELDS}
    lines = [
        f"**{t(f'instrument.field_{field}')}**: {_told(field, value, t)}"
        for field, value in typed.items()
        if value
    ]
    if lines:
        st.session_state[f"unsaved-instrument-{document_id}"] = lines


def _told(field: str, value: object, t: Translator) -> str:
    if isinstance(value, date):
        return t.day(value)
    return t(f"instrument.standing_{value}") if field == "state" else plain.markdown(str(value))


def _correct(
    installation: Installation, actor: Actor, page: InstrumentPage, last: int, t: Translator
) -> None:
    state = page.state
    document_id, key = state["document_id"], f"correct-{state['document_id']}-{state['lock_revision']}"
    st.caption(t("instrument.correct_note"))
    with st.form(key):
        number = st.text_input(t("claim.field_number"), value=state["number"], key=f"number-{key}")
        issued_on = _day(t("claim.field_issued_on"), state["issued_on"], f"issued-{key}")
        in_force_on = _day(t("claim.field_in_force_on"), state["in_force_on"], f"force-{key}")
        reason = _reason(f"reason-{key}", t)
        saved = st.form_submit_button(t("instrument.correct_save"), icon=":material/check:")
    if saved:
        told = Issuance(number, issued_on or state["issued_on"], in_force_on or state["in_force_on"])
        _do(
            lambda: instruments.correct(installation, actor, document_id, told, revision=last, reason=reason),
            "instrument.said_corrected",
            t,
        )


def _take_back(
    installation: Installation, actor: Actor, page: InstrumentPage, last: int, t: Translator
) -> None:
    document_id, key = (
        page.state["document_id"],
        f"back-{page.state['document_id']}-{page.state['lock_revision']}",
    )
    st.caption(t("instrument.take_back_note"))
    with st.form(key):
        reason = _reason(f"reason-{key}", t)
        saved = st.form_submit_button(t("instrument.take_back_save"), icon=":material/undo:")
    if saved:
        _do(
            lambda: instruments.take_back(installation, actor, document_id, revision=last, reason=reason),
            "instrument.said_taken_back",
            t,
        )


def _new_form(installation: Installation, actor: Actor, items: pl.DataFrame, t: Translator) -> None:
    names = {
        row["item_id"]: t(
            "instrument.item_option",
            code=row["procedure_code"] or "–",
            title=row["title"],
            agency=row["agency_name"],
        )
        for row in items.iter_rows(named=True)
    }
    names = choices.distinct(names)
    with st.form("instrument-new-form"):
        chosen = st.multiselect(
            t("instrument.field_items"),
            list(names),
            format_func=lambda key: names[key],
            select_all=False,
            placeholder=t("instrument.choose_items"),
        )
        kind = st.selectbox(
            t("instrument.field_type"),
            TYPES,
            index=TYPES.index("circular"),
            format_func=lambda one: t(f"instrument.type_{one}"),
        )
        title = st.text_input(t("instrument.field_title"))
        agency = actor.agency_code
        if actor.has(Right.MANAGE_PROGRAMMES):
            agency = _agency(installation, None, "instrument-new-agency", t)
        day = _day(t("instrument.field_planned_issue_on"), None, "instrument-new-day")
        saved = st.form_submit_button(t("instrument.new_save"), type="primary", icon=":material/add:")
    if saved:
        try:
            document_id = instruments.plan(
                installation, actor, chosen, document_type=kind, title=title,
                drafting_agency=agency or "", planned_issue_on=day,
            )  # fmt: skip
        except CatalogueError as error:
            feedback.show(t, error)
        else:
            feedback.remember(t("instrument.said_planned"))
            menu.go("instrument", id=document_id)


def _agency(installation: Installation, known: str | None, key: str, t: Translator) -> str | None:
    names = {
        agency.code: agency.name for agency in installation.reference.agencies_on(installation.working_date)
    }
    if known is not None:
        names.setdefault(known, installation.reference.agency(known).name)
    options = list(names)
    picked: str | None = st.selectbox(
        t("instrument.field_drafting_agency"),
        options,
        index=options.index(known) if known else None,
        format_func=lambda code: names[code],
        placeholder=t("instrument.choose"),
        key=key,
    )
    return picked


def _day(label: str, known: date | None, key: str) -> date | None:
    picked = st.date_input(
        label, value=known, min_value=_FIRST, max_value=_LAST, format="DD/MM/YYYY", key=key
    )
    return picked if isinstance(picked, date) else None


def _reason(key: str, t: Translator, help_text: str | None = None) -> str:
    return st.text_area(t("instrument.field_reason"), height=80, key=key, help=help_text) or ""


def _do(work: Callable[[], None], said: str, t: Translator) -> None:
    try:
        work()
    except CatalogueError as error:
        feedback.show(t, error)
    else:
        for name in [name for name in st.session_state if str(name).startswith("unsaved-instrument-")]:
            st.session_state.pop(name)
        seen.forget()
        feedback.remember(t(said))
        st.rerun()
