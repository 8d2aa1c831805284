"""One batch: what it says in a sentence, what may be done with it, and its rows by what they change."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError, Issue
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.services import batches
from catalogue.services.batches import BatchReport
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import (
    arrival,
    feedback,
    filters,
    import_decide,
    import_history,
    import_rows,
    import_scores,
    import_sources,
    issue_list,
    menu,
    paging,
    plain,
    session,
)
from pipelines.contract import ROW_LEFT_OUT
from pipelines.snapshot import snapshot_of

LEFT_OUT = ROW_LEFT_OUT | {"agency_not_yours"}
_NAMES = ("change", "rule", paging.KEY)
_COLORS = {"staged": "blue", "accepted": "green", "rejected": "red", "withdrawn": "gray", "replaced": "gray"}


def show(installation: Installation, actor: Actor, batch_id: int, t: Translator) -> None:
    """Draw a batch, or say why it cannot be shown."""
    try:
        report = batches.report(installation, batch_id, by=actor)
    except CatalogueError as error:
        st.title(t("imports.title"))
        feedback.show(t, error)
        return
    every = batches.find(installation, by=actor)
    row = every.row(by_predicate=pl.col("batch_id") == batch_id, named=True)
    title = t("imports.batch_title", number=str(batch_id), file=report.file_name)
    st.title(plain.markdown(title), anchor=False)
    _head(row, t)
    st.markdown(f"**{sentence(report, t)}**")
    _same_file(every, row, t)
    import_decide.story(report, row, t)
    is_of_scores = import_sources.kind(report.source) == "indicators"
    if report.state == "accepted" and import_decide.written(report):
        (import_scores.to_indicators if is_of_scores else _to_changes)(report, t)
    import_decide.waiting(actor, report, t)
    with st.container(horizontal=True, gap="small", key="batch-actions"):
        import_decide.actions(installation, actor, report, row, t)
        _downloads(installation, actor, report, t)
    if report.state != "replaced":
        _groups(installation, actor, report, t)


def close() -> None:
    """Back to all batches: a link within the page would leave the batch in the browser's address."""
    for name in ("batch", *_NAMES):
        st.query_params.pop(name, None)


def sentence(report: BatchReport, t: Translator) -> str:
    """Đọc 706 dòng: 72 mới, 488 thay đổi, …; 0 dòng không nhập được."""
    names = ("read", "new", "changed", "unchanged")
    parts = [t("imports.read", **{name: getattr(report, f"rows_{name}") for name in names})]
    agencies: Mapping[str | None, int] = report.missing_by_agency
    if len(agencies) == 1:
        agency = plain.markdown(next(iter(agencies)) or t("catalogue.unknown_agency"))
        parts.append(t("imports.missing_of", count=report.rows_missing, agency=agency))
    elif report.rows_missing:
        parts.append(t("imports.missing_of_several", count=report.rows_missing, agencies=len(agencies)))
    parts.append(t("imports.not_taken", count=report.rows_rejected))
    return "; ".join(parts) + "."


def _head(row: Row, t: Translator) -> None:
    state = import_history.name_of_state(row)
    source = import_sources.title(row["source"], t)
    who = t(
        "imports.staged_by",
        who=import_history.who(row, "staged", t),
        when=row["staged_at"],
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(t(f"imports.state_{state}"), icon=import_history.ICONS[state], color=_COLORS[state])
        about = t("imports.batch_about", source=source, day=row["observed_on"])
        st.caption(plain.markdown(f"{about} · {who}"))


def _same_file(every: pl.DataFrame, row: Row, t: Translator) -> None:
    """Other batches of the same bytes: the one that replaced this one, or the last that came before."""
    same = every.filter(
        (pl.col("sha256") == row["sha256"])
        & (pl.col("source") == row["source"])
        & (pl.col("batch_id") != row["batch_id"])
    )
    later = same.filter(pl.col("batch_id") > row["batch_id"])
    earlier = same.filter((pl.col("batch_id") < row["batch_id"]) & (pl.col("state") != "replaced"))
    if row["state"] == "replaced" and later.height:
        newest = later["batch_id"].max()
        menu.link("imports", t("imports.to_newer", number=str(newest)), batch=newest)
    elif earlier.height:
        before = earlier.row(0, named=True)
        state = t(f"imports.state_{import_history.name_of_state(before)}").lower()
        menu.link(
            "imports",
            t("imports.same_file", number=str(before["batch_id"]), state=state),
            batch=before["batch_id"],
        )


def _to_changes(report: BatchReport, t: Translator) -> None:
    """The change log from the batch's day on; where the screen stands before that day, the way to it first."""
    day = report.observed_on
    if day <= session.moment().as_of:
        menu.link("changes", t("imports.to_changes"), since=day - timedelta(days=1))
        return
    st.button(
        t("imports.to_day", day=day),
        type="tertiary",
        icon=":material/event:",
        on_click=st.session_state.__setitem__,
        args=("as_of", day),
    )


def _downloads(installation: Installation, actor: Actor, report: BatchReport, t: Translator) -> None:
    def content() -> bytes:
        return batches.file_of(installation, report.batch_id, by=actor)

    if report.issues and report.source in import_sources.every():
        path, source = Path(report.file_name), import_sources.get(report.source)
        issue_list.download(lambda: snapshot_of(path, content()), path.name, source, report.issues, t)
    st.download_button(
        t("imports.download_file"),
        data=content,
        file_name=report.file_name,
        icon=":material/description:",
        on_click="ignore",
        key="download-file",
    )


def _groups(installation: Installation, actor: Actor, report: BatchReport, t: Translator) -> None:
    is_of_scores = import_sources.kind(report.source) == "indicators"
    left_out = [issue for issue in report.issues if _leaves_out(issue, is_of_scores)]
    notes = [issue for issue in report.issues if issue not in left_out]
    order = ("changed", "new", "missing", "rejected", "notes", "unchanged")
    counts = {name: len(notes) if name == "notes" else getattr(report, f"rows_{name}") for name in order}
    options = {name: t(f"imports.change_{name}", count=counts[name]) for name in order if counts[name]}
    if not options:
        return
    arrival.follow_url(_NAMES)
    change = filters.switch(t("imports.change_label"), options, "change")
    st.caption(import_sources.text(report.source, f"about_{change}", t, day=report.observed_on))
    if change in ("rejected", "notes"):
        some = left_out if change == "rejected" else notes
        issue_list.paged(some, (report.batch_id, change), t)
    elif is_of_scores:
        import_scores.show(installation, actor, report, change, counts[change], t)
    else:
        import_rows.show(installation, actor, report, change, counts[change], t)
    arrival.remember_url(_NAMES)


def _leaves_out(issue: Issue, is_of_scores: bool) -> bool:
    """Whether an issue is why a row is not taken; of scores every error is."""
    return issue.severity == "error" if is_of_scores else issue.rule in LEFT_OUT
