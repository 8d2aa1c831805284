"""Bringing a file in: its source, the file, the day it describes; then reading, with the step in words."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.services import interchange
from catalogue.services.installation import Installation
from pages.ui import import_sources, issue_list, plain, upload
from pipelines.run import run_snapshot
from pipelines.snapshot import MAX_BYTES, observed_date, snapshot_of
from pipelines.sources import Source

STEPS = ("read", "transform", "check", "stage")
_FIRST_DAY = date(2000, 1, 1)
_MEGABYTE = 1_048_576
_REFUSED = "import_refused"


@dataclass(frozen=True)
class _Refused:
    """What became of the file that is still chosen."""

    source: str
    file_id: str
    proposed: date | None
    day: date
    error: CatalogueError


def show(installation: Installation, actor: Actor, t: Translator) -> int | None:
    """Draw the form; the number of the batch when a file has just been staged."""
    sources = import_sources.open_to(actor)
    if not sources:
        st.info(t("imports.no_source"), icon=":material/info:")
        return None
    st.write(_about(installation, actor, t))
    left, right = st.columns([3, 2], gap="large")
    with left:
        source = _source(sources, t)
        if source.name == "interchange":
            _forms(installation, actor, t)
        upload.words(t("imports.choose_file"), _limits(source, t))
        # No `type`: a file of another kind is refused in our own words, and is not lost with another source.
        limit = -(-MAX_BYTES // _MEGABYTE)
        file = st.file_uploader(t("imports.step_file"), max_upload_size=limit, key="import_file")
    if file is None:
        return None
    with right:
        day = _day(installation, source, file, t)
    key = "start" if day else "start_without_day"
    label = import_sources.text(source.name, key, t, day=day)
    batch_id = None
    # Never disabled: a day typed just now reaches us together with the click that follows it.
    if st.button(label, type="primary", icon=":material/compare_arrows:", key="import-start"):
        if day is None:
            st.error(t("imports.day_needed"), icon=":material/event_busy:")
        else:
            batch_id = _run(installation, actor, source, file, day, t)
    refused = st.session_state.get(_REFUSED)
    if refused and (refused.source, refused.file_id) == (source.name, file.file_id):
        issue_list.refused(refused.error, Path(file.name), file.getvalue(), source, t)
    return batch_id


def _about(installation: Installation, actor: Actor, t: Translator) -> str:
    if actor.has(Right.DECIDE_IMPORTS):
        return t("imports.about_office")
    agency = installation.reference.agency(actor.agency_code or "")
    return t("imports.about_agency", agency=plain.markdown(agency.name_on(installation.working_date)))


def _source(sources: dict[str, Source], t: Translator) -> Source:
    name = next(iter(sources))
    if len(sources) > 1:
        name = st.selectbox(
            t("imports.step_source"),
            list(sources),
            format_func=lambda name: import_sources.title(name, t),
            key="import_source",
        )
    else:
        label = plain.markdown(t("imports.step_source"))
        st.markdown(f"{label}: **{plain.markdown(import_sources.title(name, t))}**")
    source = sources[name]
    about = [t("imports.publisher", publisher=import_sources.said(source.publisher, t))]
    about += [t("imports.lists_all")] if source.lists_all else []
    st.caption(plain.markdown(" ".join(about)))
    return source


def _forms(installation: Installation, actor: Actor, t: Translator) -> None:
    """The workbook to fill in: with what stands of one's own agency, or empty."""
    with st.container(horizontal=True, gap="small"):
        if agency := actor.agency_code:
            moment = installation.moment()
            st.download_button(
                t("imports.download_filled"),
                data=lambda: interchange.export(installation, moment, agency),
                file_name=f"thu-tuc-{agency}-{moment.as_of.isoformat()}.xlsx",
                icon=":material/edit_document:",
                on_click="ignore",
                key="download-filled",
            )
        st.download_button(
            t("imports.download_form"),
            data=interchange.template,
            file_name="mau-thu-tuc.xlsx",
            icon=":material/description:",
            on_click="ignore",
            key="download-form",
        )


def _limits(source: Source, t: Translator) -> str:
    kinds = ", ".join(f".{kind}" for kind in source.files)
    return t("imports.file_limits", limit=MAX_BYTES // 1_000_000, kinds=kinds)


def _day(installation: Installation, source: Source, file: Any, t: Translator) -> date | None:
    """The day the file describes, proposed from its name; a file that was mended keeps the day that was chosen."""
    proposed = observed_date(Path(file.name), installation.today)
    refused = st.session_state.get(_REFUSED)
    kept = refused.day if refused and refused.proposed == proposed else None
    day = st.date_input(
        import_sources.text(source.name, "step_day", t),
        value=kept or proposed,
        min_value=_FIRST_DAY,
        max_value=installation.today,
        format="DD/MM/YYYY",
        key=f"import_day-{file.file_id}",
    )
    chosen = day if isinstance(day, date) else None
    if kept and chosen == kept != proposed:
        st.caption(t("imports.day_kept", day=kept))
    elif proposed and chosen == proposed:
        st.caption(t("imports.day_proposed", day=proposed))
    elif chosen is None:
        st.caption(t("imports.day_missing"))
    if chosen and chosen > installation.working_date:
        text = import_sources.text(source.name, "day_after_working", t, working=installation.working_date)
        st.caption(text)
    st.caption(import_sources.text(source.name, "day_why", t))
    return chosen


def _run(
    installation: Installation, actor: Actor, source: Source, file: Any, day: date, t: Translator
) -> int | None:
    """Read and stage; the bar is told of a step before it begins and never inside a write transaction."""
    st.session_state.pop(_REFUSED, None)
    bar = st.progress(0.0)

    def tell(step: str, share: float) -> None:
        bar.progress(share, text=_steps(step, t))

    try:
        file_read = snapshot_of(Path(file.name), file.getvalue())
        report = run_snapshot(installation, source.name, file_read, day, progress=tell, by=actor)
    except CatalogueError as error:
        bar.empty()
        proposed = observed_date(Path(file.name), installation.today)
        st.session_state[_REFUSED] = _Refused(source.name, file.file_id, proposed, day, error)
        return None
    return report.batch_id


def _steps(current: str, t: Translator) -> str:
    """Đọc tệp → **Đối chiếu cột** → Kiểm tra → So với danh mục."""
    words = [(step, t(f"imports.progress_{step}")) for step in STEPS]
    return " → ".join(f"**{word}**" if step == current else word for step, word in words)
