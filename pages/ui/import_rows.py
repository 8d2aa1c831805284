"""The rows of a batch, a page of them: code, name, what changes in words, what is wrong; old and new side by side."""

from collections import defaultdict
from html import escape

import streamlit as st

from catalogue.errors import Issue
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.diff import PARTS
from catalogue.model.version import Version
from catalogue.services import batches
from catalogue.services.batches import BatchReport, PreviewRow
from catalogue.services.installation import Installation
from pages.ui import change_words, comparison, issue_list, menu, paging, record_lines
from pages.ui import procedure_words as words

PAGE_SIZE = 20


def show(
    installation: Installation, actor: Actor, report: BatchReport, change: str, total: int, t: Translator
) -> None:
    """A page of the rows of one change."""
    page, pages = paging.current(total, PAGE_SIZE, (report.batch_id, change))
    rows, _ = batches.preview(
        installation, report.batch_id, change=change, page=page, size=PAGE_SIZE, by=actor
    )
    issues: dict[str | None, list[Issue]] = defaultdict(list)
    for issue in report.issues:
        issues[issue.procedure_code].append(issue)
    with st.container(key="import-rows", gap="small"):
        for row in rows:
            with st.container(gap=None):
                _row(row, issues[row.procedure_code], report.state == "accepted", t)
    paging.show(pages)


def _row(row: PreviewRow, issues: list[Issue], is_written: bool, t: Translator) -> None:
    version = row.after or row.before
    assert version is not None
    place = t("imports.row", row=str(row.row)) if row.row else ""
    about = [place, version.agency_name, version.field_name, words.levels(version.levels, t)]
    lines = "".join(f"<li>{escape(line)}</li>" for line in change_words.changes(row.changes, t))
    st.html(
        f'<p class="import-name"><b>{escape(row.procedure_code)}</b> {escape(version.name)}</p>'
        f'<p class="meta">{escape(" · ".join(part for part in about if part))}</p>'
        + (f'<ul class="changes">{lines}</ul>' if lines else "")
        + issue_list.sentences(issues, t)
    )
    if row.after is None or row.change == "unchanged":
        menu.link("procedure", t("imports.to_procedure"), code=row.procedure_code)
        return
    label = "compare" if row.before else "content_written" if is_written else "content"
    opened = st.expander(
        t(f"imports.{label}"), key=f"row-{row.procedure_code}", on_change="rerun", type="compact"
    )
    if not opened.open:
        return
    with opened:
        if row.before:
            comparison.table(row.before, row.after, row.changes, t)
        else:
            _content(row.after, t)
        if row.before or is_written:
            menu.link("procedure", t("imports.to_procedure"), code=row.procedure_code)


def _content(version: Version, t: Translator) -> None:
    """Every part that a new record says."""
    said = ((part, record_lines.lines(version, part, t)) for part in PARTS)
    st.html(
        '<dl class="pairs">'
        + "".join(
            f"<dt>{escape(words.capital(words.part(part, t)))}</dt><dd>{'<br>'.join(map(escape, lines))}</dd>"
            for part, lines in said
            if lines
        )
        + "</dl>"
    )
