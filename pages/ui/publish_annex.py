"""The annex of the decision being registered: pasted, uploaded or entered line by line, and the lines as they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError, Issue
from catalogue.i18n import Translator
from catalogue.model import annex_table
from catalogue.model.annex import Action, Extent, Line
from catalogue.model.annex_table import Table
from catalogue.services.proposals import Proposal
from pages.ui import feedback, filters, places, plain, upload
from pages.ui.publish_form import PREFIX, Form
from pipelines import reading
from pipelines.snapshot import snapshot_of

LINES, EDITED = f"{PREFIX}lines", f"{PREFIX}edited"
_PASTED, _USUAL, _UPLOADS = f"{PREFIX}pasted", f"{PREFIX}usual", f"{PREFIX}uploads"
_MOST_SHOWN = 100
_MOST_BYTES = 5_000_000
_LEVELS = ("ministry", "provincial", "district", "communal", "other")
_LINE_FIELDS = ("action", "code", "name", "field_name", "levels", "extent", "replaces", "note")


def lines() -> tuple[Line, ...]:
    """The annex so far, numbered from 1."""
    found: tuple[Line, ...] = st.session_state.get(LINES, ())
    return found


def entry(form: Form) -> None:
    """Three ways to add lines; a table is added whole or not at all."""
    t = form.t
    st.subheader(t("publish.part_lines", count=len(lines())), anchor=False)
    form.places.here("lines")
    ways = {way: t(f"publish.way_{way}") for way in ("paste", "upload", "one")}
    if lines() and EDITED in st.session_state:
        st.session_state["way"] = "one"
    way = filters.switch(t("publish.ways"), ways, "way")
    if way == "one":
        _one(t)
        return
    if way == "paste":
        st.text_area(t("publish.paste"), height=140, key=_PASTED, persist_state="session")
    else:
        upload.words(t("publish.upload_button"), t("publish.upload_limits"))
        uploads = st.session_state.setdefault(_UPLOADS, 0)  # another key empties the box
        file = st.file_uploader(t("publish.upload"), max_upload_size=5, key=f"{PREFIX}file-{uploads}")
    st.caption(t("publish.paste_help"))
    actions = {action.value: t(f"decisions.action_{action}") for action in Action}
    st.selectbox(
        t("publish.usual_action"),
        list(actions),
        index=None,
        format_func=lambda name: actions[name],
        placeholder=t("publish.usual_none"),
        key=_USUAL,
        persist_state="session",
        width=360,
    )
    add, icon = t("publish.add_table"), ":material/playlist_add:"
    if way == "paste":
        st.button(add, icon=icon, on_click=_add_pasted, args=(t,))
    elif st.button(add, icon=icon, disabled=file is None) and file:
        _add_file(file, t)
    refused: Sequence[Issue] = st.session_state.get(f"{PREFIX}refused", ())
    if refused:
        st.markdown(f"**{t('publish.table_refused')}**")
        st.html(places.listed(refused, "publish", t))


def standing(form: Form, issues: Sequence[Issue], proposals: Mapping[int, Sequence[Proposal]]) -> None:
    """The lines with what is wrong at each, and the procedures that a line without a code may mean."""
    t = form.t
    if not lines():
        return
    wrong = {issue.row for issue in issues if issue.sheet == "lines"}
    shown = sorted(lines(), key=lambda line: (line.row not in wrong, line.row))[:_MOST_SHOWN]
    if len(lines()) > len(shown):
        st.caption(t("publish.lines_hidden", count=len(lines()) - len(shown)))
    for line in sorted(shown, key=lambda line: line.row):
        with st.container(key=f"publish-line-{line.row}", gap=None):
            left, right = st.columns([5, 2], vertical_alignment="top")
            with left, st.container(gap=None):
                st.markdown(_headline(line, t))
                if about := _about(line, t):
                    st.caption(plain.markdown(about))
            with right, st.container(horizontal=True, gap="small"):
                for verb, icon, act, given in (
                    ("edit", "edit", _edit, line),
                    ("remove", "delete", _drop, line.row),
                ):
                    label, key = t(f"publish.{verb}"), f"{verb}-{line.row}"
                    st.button(
                        label,
                        icon=f":material/{icon}:",
                        key=key,
                        type="tertiary",
                        on_click=act,
                        args=(given,),
                    )
            form.places.here("lines", line.row)
            if line.row in proposals:
                _match(line, proposals[line.row], t)
    st.button(
        t("publish.clear_lines"), icon=":material/delete_sweep:", type="tertiary", on_click=_keep, args=((),)
    )


def _one(t: Translator) -> None:
    edited: Line | None = st.session_state.get(EDITED)
    key = f"{PREFIX}line"
    with st.form(f"{PREFIX}one", border=True):
        first, second, third = st.columns([1.2, 1, 2.6])
        actions = {action.value: t(f"decisions.action_{action}") for action in Action}
        with first:
            st.selectbox(
                t("publish.field_action"),
                list(actions),
                format_func=lambda name: actions[name],
                key=f"{key}-action",
            )
        second.text_input(t("publish.field_code"), key=f"{key}-code")
        third.text_input(t("publish.field_name"), key=f"{key}-name")
        first, second, third = st.columns([1.2, 1.2, 2.4])
        levels = {level: t(f"procedure.level_{level}") for level in _LEVELS}
        extents = {extent.value: t(f"publish.extent_{extent}") for extent in Extent}
        first.text_input(t("publish.field_field_name"), key=f"{key}-field_name")
        second.multiselect(
            t("publish.field_levels"),
            list(levels),
            format_func=lambda name: levels[name],
            key=f"{key}-levels",
        )
        third.text_input(t("publish.field_replaces"), key=f"{key}-replaces", help=t("publish.help_replaces"))
        first, second = st.columns([1.2, 3.6])
        with first:
            st.selectbox(
                t("publish.field_extent"),
                list(extents),
                format_func=lambda name: extents[name],
                key=f"{key}-extent",
            )
        second.text_input(t("publish.field_note"), key=f"{key}-note", help=t("publish.help_note"))
        label = t("publish.update_line", row=edited.row) if edited else t("publish.save_line")
        st.form_submit_button(label, icon=":material/add:", on_click=_save)


def _save() -> None:
    key = f"{PREFIX}line"
    said: dict[str, Any] = {field: st.session_state.get(f"{key}-{field}") for field in _LINE_FIELDS}
    line = Line(
        row=0,
        action=Action(said["action"]),
        code=said["code"].strip(),
        name=said["name"].strip(),
        field_name=said["field_name"].strip(),
        levels=tuple(sorted(said["levels"])),
        replaces=tuple(
            code.strip() for code in said["replaces"].replace(",", ";").split(";") if code.strip()
        ),
        extent=Extent(said["extent"]),
        note=said["note"].strip(),
    )
    edited: Line | None = st.session_state.pop(EDITED, None)
    if edited:
        _keep([line if one.row == edited.row else one for one in lines()])
    elif line.code or line.name:
        _keep([*lines(), line])
    for field in ("code", "name", "field_name", "replaces", "note"):
        st.session_state[f"{key}-{field}"] = ""
    st.session_state[f"{key}-levels"], st.session_state[f"{key}-extent"] = [], Extent.WHOLE.value


def _edit(line: Line) -> None:
    """Into the form of one line; saved there, it takes its old place."""
    key = f"{PREFIX}line"
    st.session_state[EDITED] = line
    for field in _LINE_FIELDS:
        value = getattr(line, field)
        st.session_state[f"{key}-{field}"] = list(value) if field == "levels" else value
    st.session_state[f"{key}-replaces"] = "; ".join(line.replaces)
    st.session_state[f"{key}-action"] = (line.action or Action.NEW).value
    st.session_state[f"{key}-extent"] = line.extent.value


def _drop(row: int) -> None:
    st.session_state.pop(EDITED, None)
    _keep([line for line in lines() if line.row != row])


def _keep(new: Sequence[Line]) -> None:
    st.session_state[LINES] = tuple(replace(line, row=row) for row, line in enumerate(new, start=1))


def _usual() -> Action | None:
    chosen = st.session_state.get(_USUAL)
    return Action(chosen) if chosen else None


def _add_pasted(t: Translator) -> None:
    """A callback, so that the box can be emptied once its rows are in the annex."""
    if _add(annex_table.read_text(st.session_state.get(_PASTED) or "", _usual()), t):
        st.session_state[_PASTED] = ""


def _add_file(file: Any, t: Translator) -> None:
    try:
        content = file.getvalue()[: _MOST_BYTES + 1]
        sheets = reading.read(snapshot_of(Path(file.name), content), ("xlsx", "csv"))
    except CatalogueError as error:
        feedback.show(t, error)
        return
    if len(sheets) > 1:
        names = ", ".join(sheet.name or "–" for sheet in sheets)
        st.session_state[f"{PREFIX}refused"] = (Issue("table_of_several_sheets", sheet="lines", value=names),)
        return
    rows: list[Sequence[object]] = [()] * max(row.number for row in sheets[0].rows)
    for row in sheets[0].rows:
        rows[row.number - 1] = row.cells
    if _add(annex_table.read_rows(rows, _usual()), t):
        st.session_state[_UPLOADS] += 1
        st.rerun()


def _add(table: Table, t: Translator) -> bool:
    st.session_state[f"{PREFIX}refused"] = table.issues
    if table.issues:
        return False
    _keep([*lines(), *table.lines])
    said = t("publish.said_added", count=len(table.lines))
    if table.passed_over:
        said += " " + t("publish.passed_over", columns=", ".join(table.passed_over))
    feedback.remember(said)
    return True


def _headline(line: Line, t: Translator) -> str:
    action = t(f"decisions.action_{line.action}") if line.action else t("publish.field_action") + "?"
    code = plain.markdown(line.code) if line.code else f"*{t('publish.no_code')}*"
    return f"{line.row}. " + " · ".join(filter(None, (f"**{action}**", code, plain.markdown(line.name))))


def _about(line: Line, t: Translator) -> str:
    parts = [line.field_name, ", ".join(t(f"procedure.level_{level}") for level in line.levels)]
    if line.replaces:
        parts.append(t("publication.line_replaces", codes=", ".join(line.replaces)))
    if line.extent is Extent.PART:
        parts.append(t("publish.extent_part"))
    return " · ".join(part for part in (*parts, line.note) if part)


def _match(line: Line, found: Sequence[Proposal], t: Translator) -> None:
    """The choice is the person's: nothing is taken for granted, not even the same name."""
    if not found:
        st.caption(t("publish.match_none"))
        return
    labels = {
        one.code: t(
            f"publish.match_{'same' if one.is_same else 'like'}",
            code=one.code, name=one.name, field=one.field_name or "–", **({} if one.is_same else {"score": one.score}),
        )
        for one in found
    }  # fmt: skip
    key = f"{PREFIX}match-{line.row}-{line.name}"
    st.selectbox(
        t("publish.match"),
        list(labels),
        index=None,
        format_func=lambda code: labels[code],
        placeholder=t("publish.match_choose"),
        key=key,
        on_change=_choose,
        args=(line.row, key),
    )


def _choose(row: int, key: str) -> None:
    code = st.session_state.get(key)
    if code:
        _keep([replace(line, code=code) if line.row == row else line for line in lines()])
