"""The rows of an update file that are still wrong, as a table to mend them in; and files whose document is unknown."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.model.item_update import CLEAR, INPUTS, KINDS, Cell, Row, RowState
from catalogue.services.installation import Installation
from catalogue.services.item_update_checks import Judged
from catalogue.services.item_updates import Files, sentence
from pages.ui import feedback, menu, plain, update_upload
from pages.ui.update_upload import Loaded
from pipelines.item_updates import mended

SHOWN = 50
_HANDLE = "handle"
_NONE = "–"
_HANDLES = ("write", "overwrite", "skip")
_OPEN_TO_MEND = ("item_id", "instrument", *INPUTS)


def loose(installation: Installation, actor: Actor, loaded: Loaded, t: Translator) -> None:
    """Say of each file that no row claims which document it is."""
    names = loaded.outcome.loose_files
    if not names:
        return
    st.markdown(f"**{t('update.loose')}**")
    numbers = loaded.outcome.numbers
    chosen = dict(loaded.files.chosen)
    for name in names:
        number = st.selectbox(
            t("update.loose_choose", file=plain.markdown(name)),
            numbers,
            index=None,
            placeholder="–",
            key=f"loose-{name}",
        )
        if number:
            chosen[name] = number
    if not numbers:
        st.caption(t("update.loose_none"))
    elif st.button(t("update.loose_attach"), icon=":material/attach_file:", key="update-attach"):
        _again(installation, actor, loaded, loaded.rows, Files(loaded.files.files, chosen), t)


def show(installation: Installation, actor: Actor, loaded: Loaded, t: Translator) -> None:
    """The wrong rows with the columns that have errors; saving judges the whole file again."""
    wrong = loaded.outcome.wrong
    if not wrong:
        return
    st.markdown(f"**{t('update.mend', count=len(wrong))}**")
    st.caption(t("update.mend_about"))
    if len(wrong) > SHOWN:
        st.caption(t("update.mend_first", shown=SHOWN, count=len(wrong)))
    some = wrong[:SHOWN]
    untouched = {one.row.number for one in loaded.untouched}
    _sentences(some, untouched, t)
    columns = open_columns(some)
    with st.form(f"mend-{loaded.round}"):
        key = f"mend-table-{loaded.round}"
        st.data_editor(
            [_line(one, columns, untouched, t) for one in some],
            column_config=_config(columns, t),
            column_order=["row", "title", "errors", _HANDLE, *columns, "instrument_named"],
            hide_index=True,
            num_rows="fixed",
            row_height=96,
            key=key,
        )
        saved = st.form_submit_button(t("update.mend_save"), type="primary", icon=":material/save:")
    _newer(some, t)
    _leave_out(installation, actor, loaded, untouched, t)
    if saved:
        edits = st.session_state[key]["edited_rows"]
        rows = with_edits(loaded, some, edits, t)
        _again(installation, actor, loaded, rows, loaded.files, t)


def _leave_out(
    installation: Installation, actor: Actor, loaded: Loaded, untouched: Set[int], t: Translator
) -> None:
    """One button for the rows that came filled in and were not touched; their drafts stay."""
    if not untouched:
        return
    label, about = (t(f"update.{name}", count=len(untouched)) for name in ("leave_out", "leave_out_about"))
    if st.button(label, icon=":material/playlist_remove:", help=about, key="update-leave-out"):
        rows = [row for row in loaded.rows if row.number not in untouched]
        said = t("update.said_left_out", count=len(untouched))
        _again(installation, actor, loaded, rows, loaded.files, t, said)


def _sentences(wrong: Sequence[Judged], untouched: Set[int], t: Translator) -> None:
    """The errors as a list, for whoever does not read them in a table."""
    said = [
        f"- {sentence(t, issue, plain.markdown)}"
        + (f" ({t('update.untouched')})" if one.row.number in untouched else "")
        for one in wrong
        for issue in one.issues
        if issue.severity == "error"
    ]
    with st.expander(t("update.errors_list", count=len(said))):
        st.markdown("\n".join(said))


def _newer(wrong: Sequence[Judged], t: Translator) -> None:
    """Links to the items that somebody else has changed."""
    for one in wrong:
        if one.state is RowState.STALE and one.row.item_id is not None:
            title = plain.markdown(_shown(one.row.raw.get("title")) or str(one.row.item_id))
            menu.link("item", t("update.see_newer", row=str(one.row.number), title=title), id=one.row.item_id)


def open_columns(wrong: Sequence[Judged]) -> list[str]:
    """The columns that some of these rows have an error in, in the order of the form."""
    named = {issue.column for one in wrong for issue in one.issues}
    return [column for column in _OPEN_TO_MEND if column in named]


def with_edits(
    loaded: Loaded, shown: Sequence[Judged], edits: Mapping[int, Mapping[str, Any]], t: Translator
) -> list[Row]:
    """The rows of the file after what was typed into the table; an emptied cell is cleared."""
    handles = {t(f"update.handle_{name}"): name for name in _HANDLES}
    changes: dict[int, dict[str, Cell]] = {}
    skipped: set[int] = set()
    overwritten: set[int] = set()
    for place, cells in edits.items():
        row = shown[int(place)].row
        handle = handles.get(str(cells.get(_HANDLE)))
        if handle == "skip":
            skipped.add(row.number)
        elif handle == "overwrite":
            overwritten.add(row.number)
        changes[row.number] = {
            column: _typed(row, column, value) for column, value in cells.items() if column in _OPEN_TO_MEND
        }
    kept = [row for row in loaded.rows if row.number not in skipped]
    return [
        replace(row, seen=loaded.revision) if row.number in overwritten else row
        for row in mended(kept, changes)
    ]


def _typed(row: Row, column: str, value: str | None) -> Cell:
    """A cell as the file would have to say it: emptying one on purpose clears it."""
    if value and value != _NONE:
        return value
    return CLEAR if row.raw.get(column) and column in INPUTS[1:] else None


def _again(
    installation: Installation,
    actor: Actor,
    loaded: Loaded,
    rows: Sequence[Row],
    files: Files,
    t: Translator,
    said: str | None = None,
) -> None:
    try:
        outcome = update_upload.keep(
            installation, actor, loaded.file_id, loaded.file_name, rows, files, loaded.warnings
        )
    except CatalogueError as error:
        feedback.show(t, error)
    else:
        feedback.remember(said or t("update.said_saved", count=outcome.changed))
        st.rerun()


def _line(one: Judged, columns: Sequence[str], untouched: Set[int], t: Translator) -> dict[str, str]:
    raw = one.row.raw
    mark = [t("update.untouched")] if one.row.number in untouched else []
    said = dict.fromkeys(
        issue_text(t, issue, form="update") for issue in one.issues if issue.severity == "error"
    )
    return {
        "row": str(one.row.number),
        "errors": "\n".join([*mark, *said]),
        **{column: _shown(raw.get(column)) or (_NONE if column == "kind" else "") for column in columns},
        _HANDLE: t("update.handle_write"),
        "title": _shown(raw.get("title")),
        "instrument_named": _shown(raw.get("instrument")),
    }


def _shown(value: Cell) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _config(columns: Sequence[str], t: Translator) -> dict[str, Any]:
    fixed = st.column_config.TextColumn
    config: dict[str, Any] = {
        "row": fixed(t("update.row"), disabled=True, width=60, pinned=True),
        "errors": fixed(t("update.field_errors"), disabled=True, width=300),
        "title": fixed(t("update.field_title"), disabled=True, width=180),
        "instrument_named": fixed(t("update.field_instrument"), disabled=True, width="medium"),
        _HANDLE: st.column_config.SelectboxColumn(
            t("update.handle"),
            options=[t(f"update.handle_{name}") for name in _HANDLES],
            help=t("update.handle_help"),
            required=True,
        ),
    }
    for column in columns:
        label = t(f"update.field_{column}")
        if column == "kind":
            words = [Translator("vi")(f"update.kind_{kind.value}") for kind in KINDS]
            config[column] = st.column_config.SelectboxColumn(label, options=[_NONE, *words])
        else:
            config[column] = st.column_config.TextColumn(label)
    return config
