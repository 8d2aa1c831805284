"""The update file: downloaded for a programme, brought back with its evidence, read and saved as drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError, Issue
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.item_update import Row, RowState
from catalogue.services import evidence, item_updates
from catalogue.services.installation import Installation
from catalogue.services.item_update_checks import Judged
from catalogue.services.item_updates import Files, Outcome
from pages.ui import feedback, filters, upload
from pipelines.item_updates import read_sheet
from pipelines.snapshot import MAX_BYTES, snapshot_of

SENT = "item_update_sent"
_LOADED = "item_update"
_STEPS = ("read", "look", "save")
_MEGABYTE = 1_048_576


@dataclass(frozen=True)
class Loaded:
    """A file that was read, as it was mended since, and what became of its rows.

    `revision`: when they were judged; `round`: how often; `saved`: the rows saved since the file was first read.
    """

    account: str
    file_id: str
    file_name: str
    rows: tuple[Row, ...]
    files: Files
    outcome: Outcome
    warnings: tuple[Issue, ...]
    revision: int
    round: int
    saved: frozenset[int]

    @property
    def unsaved(self) -> tuple[Judged, ...]:
        """The rows of which nothing was saved."""
        return tuple(one for one in self.outcome.rows if one.row.number not in self.saved)

    @property
    def saved_wrong(self) -> int:
        """Rows that were saved and still have errors."""
        return sum(one.row.number in self.saved for one in self.outcome.wrong)

    @property
    def untouched(self) -> tuple[Judged, ...]:
        """Rows that came filled in with an unfinished claim, as the person left them."""
        return tuple(
            one
            for one in self.unsaved
            if one.has_errors
            and one.state is RowState.UNCHANGED
            and one.claim_id is not None
            and one.row.claim_id == one.claim_id
            and (one.claim_revision or 0) <= (one.row.seen or 0)
        )


def loaded(actor: Actor) -> Loaded | None:
    """The file this person is working on."""
    found: Loaded | None = st.session_state.get(_LOADED)
    return found if found and found.account == actor.account else None


def forget() -> None:
    """Done with the file; what was saved stays saved."""
    st.session_state.pop(_LOADED, None)


def download(installation: Installation, actor: Actor, t: Translator) -> None:
    """Choose a programme and take its open items away."""
    name = "name_vi" if t.language == "vi" else "name_en"
    programmes = {one.code: str(getattr(one, name)) for one in installation.reference.programmes}
    counts = {code: item_updates.open_items(installation, actor, code) for code in programmes}
    usual = max(counts, key=lambda code: counts[code])
    left, right = st.columns([3, 2], gap="large", vertical_alignment="bottom")
    with left:
        chosen = filters.choose(t("update.programme"), programmes, "programme", placeholder=programmes[usual])
    programme = chosen or usual
    with right:
        if counts[programme]:
            st.download_button(
                t("update.download"),
                data=lambda: item_updates.download(installation, actor, programme),
                file_name=f"cap-nhat-{actor.agency_code}-{programme}-{installation.working_date.isoformat()}.xlsx",
                icon=":material/download:",
                on_click="ignore",
                key="download-update",
            )
    count = counts[programme]
    st.caption(t("update.download_about", count=count) if count else t("update.download_none"))


def show(installation: Installation, actor: Actor, t: Translator) -> None:
    """The two uploaders and the button that reads the file and saves what can be saved."""
    left, right = st.columns(2, gap="large")
    with left:
        upload.words(t("claim.upload"), t("update.book_limits"), "update_book")
        book = st.file_uploader(
            t("update.book"), type=["xlsx"], max_upload_size=-(-MAX_BYTES // _MEGABYTE), key="update_book"
        )
    with right:
        upload.words(t("claim.upload"), t("claim.upload_limits"), "update_evidence")
        brought = st.file_uploader(
            t("update.evidence"),
            type=[suffix.removeprefix(".") for suffix in evidence.SUFFIXES],
            accept_multiple_files=True,
            max_upload_size=evidence.LARGEST_BYTES // _MEGABYTE,
            help=t("update.evidence_help"),
            key="update_evidence",
        )
    if st.button(t("update.save"), type="primary", icon=":material/save:", key="update-save"):
        if book is None:
            st.error(t("update.book_needed"), icon=":material/upload_file:")
        else:
            _read(installation, actor, book, brought, t)


def _read(installation: Installation, actor: Actor, book: Any, brought: Sequence[Any], t: Translator) -> None:
    """Read and save; a file that is on screen already keeps what was mended there and only gets the evidence."""
    before = loaded(actor)
    same = before if before and before.file_id == book.file_id else None
    files = Files(tuple((file.name, file.getvalue()) for file in brought), same.files.chosen if same else {})
    bar = st.progress(0.0)

    def tell(step: str, share: float) -> None:
        words = [(one, t(f"update.progress_{one}")) for one in _STEPS]
        text = " → ".join(f"**{word}**" if one == step else word for one, word in words)
        bar.progress(share, text=text)

    try:
        tell("read", 0.05)
        if same:
            rows, warnings = same.rows, same.warnings
        else:
            sheet = read_sheet(snapshot_of(Path(book.name), book.getvalue()))
            rows, warnings = sheet.rows, sheet.issues
        keep(installation, actor, book.file_id, book.name, rows, files, warnings, tell)
    except CatalogueError as error:
        bar.empty()
        feedback.show(t, error)
    else:
        st.rerun()


def keep(
    installation: Installation,
    actor: Actor,
    file_id: str,
    file_name: str,
    rows: Sequence[Row],
    files: Files,
    warnings: Sequence[Issue],
    tell: item_updates.Progress | None = None,
) -> Outcome:
    """Save the rows as drafts and keep them on screen.

    Raises: what the service refuses.
    """
    revision = installation.moment().revision
    before = loaded(actor)
    saved = before.saved if before and before.file_id == file_id else frozenset()
    outcome = item_updates.save(installation, actor, rows, files, tell)
    st.session_state.pop(SENT, None)
    st.session_state[_LOADED] = Loaded(
        actor.account,
        file_id,
        file_name,
        tuple(rows),
        files,
        outcome,
        tuple(warnings),
        revision,
        before.round + 1 if before else 0,
        saved | {one.row.number for one in outcome.rows if one.draft is not None},
    )
    return outcome
