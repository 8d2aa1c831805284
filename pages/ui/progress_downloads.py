"""The progress report to take away: written on click with a bar that names each step; leaving the page stops it."""

from collections.abc import Callable, Mapping

import streamlit as st

from catalogue.correspondence import progress_file
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport
from catalogue.services import progress_detail
from catalogue.services.installation import Installation
from catalogue.services.progress_detail import Detail
from pages.ui.progress_choice import Asked

Tell = Callable[[str, float], None]  # the step in words, the share of the work behind it

_MADE = "progress_made"  # what this session wrote last: (key, name of the file -> content)
_ICONS = {"docx": ":material/description:", "xlsx": ":material/table_view:", "zip": ":material/folder_zip:"}
_PAPER = 0.8  # share of the work of one report that is its paper


def show(
    installation: Installation, report: ProgressReport, asked: Asked, moment: Moment, t: Translator
) -> None:
    """The buttons; files that were written for these very numbers stay at hand until others are."""
    st.subheader(t("progress_report.download_title"))
    st.caption(t("progress_report.download_about"))
    key, agencies = asked.key(moment), sum(row.assigned > 0 for row in report.rows)
    with st.container(horizontal=True, gap="small"):
        one = st.button(t("progress_report.prepare"), icon=":material/hourglass_top:", key=f"prepare-{key}")
        every = False
        if asked.agency is None and agencies > 1:
            about = t("progress_report.prepare_all_about", count=agencies + 1)
            name = t("progress_report.prepare_all")
            every = st.button(name, icon=_ICONS["zip"], key=f"prepare-all-{key}", help=about)
    if one:
        _keep(key, lambda tell: _both(installation, report, asked, tell, t), t)
    elif every:
        _keep(key, lambda tell: _all(installation, report, asked, moment, tell, t), t)
    held = st.session_state.get(_MADE)
    if held and held[0] == key:
        _offer(held[1], key, t)


def _offer(made: Mapping[str, bytes], key: str, t: Translator) -> None:
    """A button for each file that is written."""
    with st.container(horizontal=True, gap="small"):
        for name, content in made.items():
            form = name.rpartition(".")[2]
            st.download_button(
                t(f"progress_report.download_{form}"),
                data=content,
                file_name=name,
                icon=_ICONS[form],
                on_click="ignore",
                type="primary",
                key=f"download-{form}-{key}",
            )


def written(
    installation: Installation,
    report: ProgressReport,
    asked: Asked,
    detail: Detail,
    tell: Tell,
    t: Translator,
) -> dict[str, bytes]:
    """The report in each of its forms; `tell` hears the step in words."""

    def step(name: str, share: float) -> None:
        tell(t(f"progress_report.step_{name}"), share * _PAPER)

    found = {
        "docx": progress_file.write(installation, report, asked.agency, form="docx", detail=detail, told=step)
    }
    tell(t("progress_report.step_book"), _PAPER)
    found["xlsx"] = progress_file.write(installation, report, asked.agency, form="xlsx", detail=detail)
    return found


def _both(
    installation: Installation, report: ProgressReport, asked: Asked, tell: Tell, t: Translator
) -> dict[str, bytes]:
    tell(t("progress_report.step_read"), 0.0)
    detail = progress_detail.detail(installation, report, asked.agency)
    files = written(installation, report, asked, detail, tell, t)
    return {
        progress_file.file_name(asked.period, asked.programme, asked.agency, form): content
        for form, content in files.items()
    }


def _all(
    installation: Installation,
    report: ProgressReport,
    asked: Asked,
    moment: Moment,
    tell: Tell,
    t: Translator,
) -> dict[str, bytes]:
    count = 1 + sum(row.assigned > 0 for row in report.rows)

    def step(name: str, share: float) -> None:
        told = {"place": round(share * count) + 1, "count": count, "agency": name}
        tell(t("progress_report.step_agency", **told), share)

    content = progress_file.of_all_agencies(installation, report, moment=moment, told=step)
    return {progress_file.file_name(asked.period, asked.programme, None, "zip"): content}


def _keep(key: str, write: Callable[[Tell], dict[str, bytes]], t: Translator) -> None:
    """What `write` makes, kept for this session once it is whole."""
    bar = st.progress(0.0, text=t("progress_report.step_read"))

    def tell(text: str, done: float) -> None:
        bar.progress(min(done, 1.0), text=text)

    made = write(tell)
    bar.empty()
    st.session_state[_MADE] = (key, made)
