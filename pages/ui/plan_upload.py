"""A new annex: its document, its file, which sheet to read, and what headings mean that are not known."""

from pathlib import Path
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model import plan_table
from catalogue.model.actor import Actor
from catalogue.model.plan_table import COLUMNS, PlanTable
from catalogue.services import plans
from catalogue.services.installation import Installation
from pages.ui import feedback, plain, plan_form, upload
from pipelines import reading
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.workbook import Sheet

PREFIX = "plan-new-"
_MOST_BYTES = 10_000_000
_UNKNOWN = f"{PREFIX}unknown"
_SHEETS = f"{PREFIX}sheets"
_NOT_READ = "-"


def show(installation: Installation, actor: Actor, t: Translator) -> int | None:
    """Draw the form; the number of the plan when an annex has just been staged."""
    st.subheader(t("plan.part_document"), anchor=False)
    assignment = plan_form.assignment(installation, t, PREFIX)
    st.subheader(t("plan.part_file"), anchor=False)
    upload.words(t("plan.upload_button"), t("plan.upload_limits"))
    file = st.file_uploader(t("plan.upload"), max_upload_size=10, key=f"{PREFIX}file")
    st.caption(t("plan.upload_help"))
    sheet = _sheet(file, t)
    also = _headings(file, t)
    if not st.button(t("plan.read"), type="primary", icon=":material/table_view:", key=f"{PREFIX}read"):
        return None
    if file is None:
        st.error(t("plan.file_needed"), icon=":material/upload_file:")
        return None
    try:
        snapshot = snapshot_of(Path(file.name), file.getvalue()[: _MOST_BYTES + 1])
        table = read(installation, snapshot, also, sheet)
        if isinstance(table, list):
            st.session_state[_SHEETS] = (file.file_id, table)
            st.rerun()
        unknown = [issue.value for issue in table.issues if issue.rule == "column_unknown"]
        if unknown and len(unknown) == len(table.issues):
            st.session_state[_UNKNOWN] = (file.file_id, [*also, *unknown])
            st.rerun()
        batch_id = plans.stage(
            installation, actor, assignment, table, file_name=snapshot.name, sha256=snapshot.sha256
        )
    except CatalogueError as error:
        feedback.show(t, error, form="plan")
        return None
    for key in (_UNKNOWN, _SHEETS):
        st.session_state.pop(key, None)
    feedback.remember(t("plan.said_staged", count=len(table.lines)))
    return batch_id


def read(
    installation: Installation, snapshot: Snapshot, also: dict[str, str | None], sheet: str | None = None
) -> PlanTable | list[str]:
    """The rows of an annex; where the file has several sheets and none was chosen, their names.

    Raises: ImportRejected when the file is no table.
    """
    sheets = [one for one in _sheets(snapshot) if not one.is_hidden]
    chosen = [one for one in sheets if sheet is None or one.name == sheet]
    if len(chosen) != 1:
        return [one.name or "–" for one in sheets]
    named = installation.reference.lead_named
    rows = {row.number: row.cells for row in chosen[0].rows}
    return plan_table.read_rows(rows, lambda text: named(text) is not None, also)


def _sheets(snapshot: Snapshot) -> tuple[Sheet, ...]:
    """The sheets of a file; a CSV file is parted by whatever makes a heading of one of its rows."""
    kinds = ("xlsx", "csv")
    sheets = reading.read(snapshot, kinds)
    if not snapshot.name.lower().endswith(".csv") or _is_parted(sheets):
        return sheets
    tried = (reading.read(snapshot, kinds, (heading,)) for heading in plan_table.NAMING)
    return next(filter(_is_parted, tried), sheets)


def _is_parted(sheets: tuple[Sheet, ...]) -> bool:
    return plan_table.has_heading([row.cells for row in sheets[0].rows])


def _sheet(file: Any, t: Translator) -> str | None:
    """Which of several sheets the person wants read, while the same file is chosen."""
    kept: tuple[str, list[str]] | None = st.session_state.get(_SHEETS)
    if file is None or kept is None or kept[0] != file.file_id:
        return None
    name: str | None = st.selectbox(
        t("plan.sheet", count=len(kept[1])), kept[1], key=f"{PREFIX}sheet-{file.file_id}", width=420
    )
    return name


def _headings(file: Any, t: Translator) -> dict[str, str | None]:
    """What the person says of the headings that were not known, while the same file is chosen."""
    kept: tuple[str, list[str]] | None = st.session_state.get(_UNKNOWN)
    if file is None or kept is None or kept[0] != file.file_id:
        return {}
    st.warning(t("plan.headings_unknown", count=len(kept[1])), icon=":material/view_column:")
    options = {_NOT_READ: t("plan.heading_passed_over")} | {
        column: t(f"plan.field_{column}") for column in COLUMNS
    }
    meant: dict[str, str | None] = {}
    for place, heading in enumerate(kept[1]):
        chosen = st.selectbox(
            t("plan.heading_is", heading=plain.markdown(heading)),
            list(options),
            format_func=lambda column: options[column],
            key=f"{PREFIX}heading-{place}-{file.file_id}",
            width=420,
        )
        meant[heading] = None if chosen == _NOT_READ else chosen
    return meant
