"""Sending the figures of a form: the empty form, the file brought back, every fault named, what changes, then filed."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from catalogue.correspondence import form_file
from catalogue.correspondence.form_words import period_words
from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.report_form import ReportForm
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Fault
from catalogue.services import statistics
from catalogue.services.installation import Installation
from catalogue.services.statistics import Brought, Look
from pages.ui import feedback, form_view, plain, upload
from pipelines.snapshot import MAX_BYTES, snapshot_of
from pipelines.sources.dossier_statistics.read import read_statistics

_BROUGHT = "forms_brought"
_SHOWN = 30
_MEGABYTE = 1_048_576


def may_open(installation: Installation, actor: Actor, form: ReportForm, span: ReportPeriod) -> bool:
    """Whether the person may send figures of this form for some agency."""
    return any(
        statistics.may_file(installation, actor, one.code)
        for one in statistics.expected(installation.reference, form, span)
    )


def show(
    installation: Installation,
    actor: Actor,
    form: ReportForm,
    span: ReportPeriod,
    agency: str | None,
    t: Translator,
) -> None:
    """The empty form, the uploader, and what became of the file."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("forms.step_template"))
        _template(installation, actor, form, span, agency, t)
    with right:
        st.subheader(t("forms.step_upload"))
        upload.words(t("claim.upload"), t("update.book_limits"), "forms_book")
        book = st.file_uploader(
            t("forms.book"), type=["xlsx"], max_upload_size=-(-MAX_BYTES // _MEGABYTE), key="forms_book"
        )
        if st.button(t("forms.look"), type="primary", icon=":material/fact_check:", key="forms-look"):
            if book is None:
                st.error(t("update.book_needed"), icon=":material/upload_file:")
            else:
                _read(installation, actor, book.name, book.getvalue(), t)
    brought: Brought | None = _held(actor)
    if brought is not None:
        _result(installation, actor, brought, t)


def _template(
    installation: Installation,
    actor: Actor,
    form: ReportForm,
    span: ReportPeriod,
    agency: str | None,
    t: Translator,
) -> None:
    if agency is None or not statistics.may_file(installation, actor, agency):
        st.info(t("forms.template_choose"), icon=":material/info:")
        return
    st.download_button(
        t("forms.template"),
        data=lambda: form_file.template(installation, form.code, span.name, agency, by=actor),
        file_name=form_file.file_name(form, span, agency, "xlsx").replace(".xlsx", "-trong.xlsx"),
        icon=":material/download:",
        on_click="ignore",
        key="forms-template",
    )
    st.caption(t("forms.template_about"))


def _read(installation: Installation, actor: Actor, name: str, content: bytes, t: Translator) -> None:
    bar = st.progress(0.1, text=t("forms.progress_read"))
    try:
        brought = read_statistics(installation.reference, snapshot_of(Path(name), content))
        bar.progress(0.7, text=t("forms.progress_test"))
        statistics.look(installation, actor, brought)
    except CatalogueError as error:
        bar.empty()
        st.session_state.pop(_BROUGHT, None)
        feedback.show(t, error)
    else:
        bar.empty()
        st.session_state[_BROUGHT] = (actor.account, brought)


def _held(actor: Actor) -> Brought | None:
    held = st.session_state.get(_BROUGHT)
    return held[1] if held and held[0] == actor.account else None


def _result(installation: Installation, actor: Actor, brought: Brought, t: Translator) -> None:
    """What the file says and what filing it would change; looked at anew at every run, for others write too."""
    st.subheader(t("forms.step_result"))
    try:
        look = statistics.look(installation, actor, brought)
    except CatalogueError as error:
        feedback.show(t, error)
        return
    name = installation.reference.agency(brought.agency_code).name_on(brought.period.ends_on)
    st.markdown(
        plain.markdown(
            t(
                "forms.brought",
                file=brought.file_name,
                form=brought.form.number,
                agency=name,
                period=period_words(brought.period, t),
                rows=len(brought.rows),
            )
        )
    )
    if look.faults:
        st.error(t("forms.refused", count=len(look.faults)), icon=":material/error:")
        _list(look.faults, "error", t)
        return
    _list(brought.notes, "warning", t)
    if look.is_unchanged and not look.carry:
        st.info(t("forms.unchanged"), icon=":material/check:")
        return
    _changes(look, t)
    explanation = _explain(look, t)
    if st.button(t("forms.file"), type="primary", icon=":material/send:", key="forms-file"):
        _file(installation, actor, brought, explanation, t)


def _changes(look: Look, t: Translator) -> None:
    if look.latest is None:
        st.success(t("forms.first"), icon=":material/check_circle:")
        return
    st.success(
        t("forms.replaces", count=len(look.changes), when=look.latest.recorded_at),
        icon=":material/difference:",
    )

    def figure(value: int | None) -> str:
        return t("report_forms.missing") if value is None else t.number(value)

    lines = [
        (
            one.label,
            look.brought.form.column(one.column).full_title(t.language),
            (figure(one.was), figure(one.becomes)),
        )
        for one in look.changes
    ]
    form_view.moved(lines[:_SHOWN], ("was", "becomes"), t)
    if len(lines) > _SHOWN:
        st.caption(t("forms.more", count=len(lines) - _SHOWN))


def _explain(look: Look, t: Translator) -> str | None:
    """What does not go on from the period before, and why: without an answer nothing is filed."""
    if not look.carry:
        if look.brought.form.carried and not look.knows_before:
            st.caption(t("forms.no_before", period=period_words(look.before, t)))
        return None
    period = period_words(look.before, t)
    st.warning(t("forms.carry", count=len(look.carry), period=period), icon=":material/link_off:")
    _list(look.carry, "warning", t)
    usual = look.latest.explanation if look.latest else None
    return str(
        st.text_area(
            t("forms.explanation"),
            value=usual or "",
            key="forms_explanation",
            help=t("forms.explanation_help"),
        )
    )


def _file(
    installation: Installation, actor: Actor, brought: Brought, explanation: str | None, t: Translator
) -> None:
    try:
        filing = statistics.file(installation, actor, brought, explanation)
    except CatalogueError as error:
        feedback.show(t, error)
        return
    st.session_state.pop(_BROUGHT, None)
    feedback.remember(t("forms.filed") if filing is not None else t("forms.unchanged"))
    st.rerun()


def _list(faults: Sequence[Fault], severity: str, t: Translator) -> None:
    entries = "".join(
        f'<li><b class="{severity}"></b>{escape(statistics.sentence(t, fault))}</li>'
        for fault in faults[:_SHOWN]
    )
    if entries:
        st.html(f'<ul class="issues">{entries}</ul>')
    if len(faults) > _SHOWN:
        st.caption(t("forms.more", count=len(faults) - _SHOWN))
