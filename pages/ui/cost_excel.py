"""Cost sheets by Excel: the form to fill in, the file brought back, every fault by sheet, row and column, then all written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.i18n.money import money
from catalogue.model.actor import Actor
from catalogue.services import cost_recording, cost_sheets
from catalogue.services.installation import Installation
from pages.ui import feedback, plain, tables, upload
from pipelines.cost_sheets.read import Brought, read_cost_sheets
from pipelines.snapshot import MAX_BYTES, snapshot_of

_BROUGHT, _SHOWN, _MEGABYTE = "cost_brought", 40, 1_048_576


def show(
    installation: Installation,
    actor: Actor,
    t: Translator,
    *,
    form: Callable[[], bytes] | None,
    name: str,
    about: str,
) -> None:
    """`form` writes the workbook to fill in, called `name`; None where there is nothing to fill in, as `about` says."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("cost.excel_take"), anchor=False)
        if form is not None:
            st.download_button(
                t("cost.excel_form"),
                data=form,
                file_name=f"{name}.xlsx",
                icon=":material/download:",
                on_click="ignore",
                key="cost-form",
            )
        st.caption(about)
    with right:
        st.subheader(t("cost.excel_bring"), anchor=False)
        upload.words(t("claim.upload"), t("update.book_limits"), "cost_book")
        book = st.file_uploader(
            t("cost.excel_book"), type=["xlsx"], max_upload_size=-(-MAX_BYTES // _MEGABYTE), key="cost_book"
        )
        if st.button(t("forms.look"), type="primary", icon=":material/fact_check:", key="cost-look"):
            if book is None:
                st.error(t("update.book_needed"), icon=":material/upload_file:")
            else:
                _read(installation, actor, name, (book.name, book.getvalue()), t)
    held = st.session_state.get(_BROUGHT)
    if held and held[0] == (actor.account, name):
        _result(installation, actor, held[1], t)


def _read(
    installation: Installation, actor: Actor, place: str, file: tuple[str, bytes], t: Translator
) -> None:
    """`place`: the page that the file was brought to, and stays on."""
    st.session_state.pop(_BROUGHT, None)
    with st.spinner(t("forms.progress_read")):
        try:
            brought = read_cost_sheets(installation, snapshot_of(Path(file[0]), file[1]))
        except CatalogueError as error:
            feedback.show(t, error, form="cost")
            return
    st.session_state[_BROUGHT] = ((actor.account, place), brought)


def _result(installation: Installation, actor: Actor, brought: Brought, t: Translator) -> None:
    """What the file brings, or why it is refused."""
    st.subheader(t("cost.excel_result", file=plain.markdown(brought.book.name)), anchor=False)
    if brought.is_refused:
        st.error(t("cost.excel_refused", count=len(brought.issues)), icon=":material/error:")
    _issues(brought, t)
    if brought.is_refused:
        return
    _told(installation, brought, t)
    is_anew = any(one.replaces is not None for one in brought.givens)
    reason = st.text_input(t("cost.field_reason"), key="cost-excel-reason") if is_anew else None
    count = len(brought.givens)
    if st.button(
        t("cost.excel_save", count=count), type="primary", icon=":material/save:", key="cost-excel-save"
    ):
        given = [replace(one, reason=reason) for one in brought.givens]
        try:
            written = cost_recording.save(installation, actor, given, brought.book)
        except CatalogueError as error:
            feedback.show(t, error, form="cost")
        else:
            st.session_state.pop(_BROUGHT, None)
            feedback.remember(t("cost.excel_said", count=len(written)))
            st.rerun()


def _issues(brought: Brought, t: Translator) -> None:
    lines = [
        f"- {t('cost.excel_sheet', sheet=plain.markdown(one.sheet))} {issue_text(t, one, plain.markdown, form='cost')}"
        if one.sheet
        else f"- {issue_text(t, one, plain.markdown, form='cost')}"
        for one in brought.issues[:_SHOWN]
    ]
    if len(brought.issues) > _SHOWN:
        lines.append(t("forms.more", count=len(brought.issues) - _SHOWN))
    st.markdown("\n".join(lines))


def _told(installation: Installation, brought: Brought, t: Translator) -> None:
    """Each sheet with what it comes to, beside the one whose place it takes."""
    standing = cost_sheets.load(
        installation.database, [one.replaces for one in brought.givens if one.replaces is not None]
    )
    rows = []
    for one in brought.givens:
        income = cost_sheets.income(installation, one.income_year).value_vnd
        sheet = one.draft.reckoned(income)
        before = standing[one.replaces].sheet.year() if one.replaces is not None else None
        rows.append(
            {
                "code": one.draft.procedure_code,
                "lines": len(one.draft.lines),
                "case": money(t, sheet.case()),
                "year": money(t, sheet.year()),
                "before": money(t, before) if before is not None else None,
            }
        )
    columns = {
        "code": st.column_config.TextColumn(t("costs.col_code"), width=160),
        "lines": st.column_config.NumberColumn(t("cost.excel_lines"), width=90),
        "case": st.column_config.TextColumn(t("cost.excel_case"), width=170),
        "year": st.column_config.TextColumn(t("cost.excel_year"), width=170),
        "before": st.column_config.TextColumn(t("cost.excel_before"), width=200),
    }
    tables.bare(pl.DataFrame(rows, infer_schema_length=None), columns, key="cost-brought", height="content")
