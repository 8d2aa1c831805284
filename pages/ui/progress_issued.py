"""Issuing a progress report, and what was issued: the very files, and why its numbers read otherwise today."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from catalogue.correspondence import progress_file
from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport
from catalogue.services import progress_detail, progress_issues
from catalogue.services.installation import Installation
from catalogue.services.progress_issues import Difference, Issued
from pages.ui import feedback, figure_links, figure_published, filters, menu, plain, progress_downloads
from pages.ui.progress_choice import Asked

_SHOWN = 40  # item by item
_ROWS = 200


def offer(
    installation: Installation,
    actor: Actor,
    report: ProgressReport,
    asked: Asked,
    issued: Sequence[Issued],
    moment: Moment,
    t: Translator,
) -> None:
    """What was issued last of this very report and whether it differs now; the button to issue, for who may."""
    st.subheader(t("progress_report.issue_title"))
    last = next(
        (one for one in issued if (one.period_name, one.agency) == (asked.period, asked.agency)), None
    )
    if last is None:
        st.caption(t("progress_report.issued_never"))
    else:
        told = {"done": last.total["done"], "counted": _counted(last)}
        line = t("progress_report.issued_last", when=last.issued_at, who=last.issued_by, **told)
        st.write(plain.markdown(line))
        changed = len(progress_issues.difference(installation, last, moment))
        same = t("progress_report.issued_same")
        said = t("progress_report.issued_differs", count=changed) if changed else same
        menu.link(
            "progress_report",
            said,
            view="issued",
            issue=last.issue_id,
            programme=st.query_params.get("programme"),
        )
    if not progress_issues.may_issue(installation, actor, asked.agency):
        return
    if report.as_of > installation.working_date:
        st.caption(t("progress_report.issue_ended_only", day=report.as_of))
        return
    st.caption(t("progress_report.issue_about"))
    if st.button(t("progress_report.issue"), icon=":material/lock:", key="progress-issue"):
        _issue(installation, actor, report, asked, t)


def _issue(
    installation: Installation, actor: Actor, report: ProgressReport, asked: Asked, t: Translator
) -> None:
    bar = st.progress(0.0, text=t("progress_report.step_read"))

    def tell(text: str, done: float) -> None:
        bar.progress(done, text=text)

    try:
        detail = progress_detail.detail(installation, report, asked.agency)
        progress_issues.issue(
            installation,
            actor,
            report,
            detail,
            lambda: progress_downloads.written(installation, report, asked, detail, tell, t),
        )
    except CatalogueError as error:
        bar.empty()
        feedback.show(t, error)
    else:
        feedback.remember(t("progress_report.said_issued"))
        st.rerun()


def show(
    installation: Installation, actor: Actor, issued: Sequence[Issued], moment: Moment, t: Translator
) -> None:
    """Every report issued for the programme, newest first; the chosen one with its files and what differs now."""
    if not issued:
        st.info(t("progress_report.history_empty"), icon=":material/inbox:")
        return
    options = {str(one.issue_id): _option(installation, one, t) for one in issued}
    first = next(iter(options))
    chosen = (
        filters.choose(t("progress_report.choose"), options, "issue", placeholder=options[first]) or first
    )
    was = next(one for one in issued if str(one.issue_id) == chosen)
    st.markdown(plain.markdown(_line(was, t)))
    st.caption(t("progress_report.frozen_files"))
    with st.container(horizontal=True, gap="small"):
        for form in was.files:
            name = progress_file.file_name(was.period_name, was.programme, was.agency, form)
            st.download_button(
                t(f"progress_report.download_{form}"),
                data=partial(progress_issues.content, installation, was, form),
                file_name=name,
                on_click="ignore",
                key=f"issued-{form}-{was.issue_id}",
            )
    st.subheader(t("progress_report.difference_title"))
    found = progress_issues.difference(installation, was, moment)
    if not found:
        st.success(t("progress_report.issued_same"), icon=":material/check_circle:")
        return
    st.warning(t("progress_report.difference", count=len(found), day=was.as_of), icon=":material/difference:")
    total = [one for one in found if not one.agency]
    rest = [one for one in found if one.agency]
    if total:
        st.html(_table(installation, was, total, t))
    if rest:
        with st.expander(t("progress_report.difference_rest", count=len(rest)), key="progress-difference"):
            st.html(_table(installation, was, rest[:_ROWS], t))
            if len(rest) > _ROWS:
                st.caption(t("progress_report.more", count=len(rest) - _ROWS))
    _explained(installation, actor, was, moment, t)


def _explained(installation: Installation, actor: Actor, was: Issued, moment: Moment, t: Translator) -> None:
    measure, changes = progress_issues.explained(installation, was, moment)
    if measure is None:
        return
    if changes:
        st.subheader(t("progress_report.explained", count=len(changes)), anchor=False)
        with st.container(key="rows-progress-changes", gap="small"):
            for one in changes[:_SHOWN]:
                figure_published.change(one, actor, False, t)
        if len(changes) > _SHOWN:
            st.caption(t("progress_report.more", count=len(changes) - _SHOWN))
    there = figure_links.address("figure", Moment(was.as_of, None, moment.revision), t.language, id=measure)
    st.markdown(f"[{t('progress_report.to_figure', day=was.as_of)}]({there})")


def _option(installation: Installation, one: Issued, t: Translator) -> str:
    agency = t("progress_report.all_agencies")
    if one.agency:
        agency = installation.reference.lead(one.agency).name_on(one.as_of)
    return t("progress_report.option", period=_period(one, t), agency=agency, when=one.issued_at)


def _period(one: Issued, t: Translator) -> str:
    if one.period_name == one.as_of.isoformat():
        return t("progress_report.period_day", day=one.as_of)
    return t("progress_report.period_month", month=f"{one.as_of:%m/%Y}")


def _counted(one: Issued) -> int:
    return one.total["assigned"] - one.total["standing"]


def _line(was: Issued, t: Translator) -> str:
    who = {"when": was.issued_at, "who": was.issued_by, "as_of": was.as_of, "revision": was.revision}
    counted = _counted(was)
    if not counted:
        return t("progress_report.issued_line_standing", count=was.total["standing"], **who)
    done, overdue = was.total["done"], was.total["overdue"]
    percent = t.percent(share(done, counted, 1))
    return t(
        "progress_report.issued_line", done=done, counted=counted, percent=percent, overdue=overdue, **who
    )


def _table(installation: Installation, was: Issued, found: Sequence[Difference], t: Translator) -> str:
    """One line a number; the agency is named once, above its own."""
    heads = f"<th>{escape(t('progress_report.col_column'))}</th>" + "".join(
        f'<th class="number">{escape(t(f"progress_report.col_{name}"))}</th>'
        for name in ("printed", "now", "change")
    )
    lines: list[str] = []
    agency = None
    for one in found:
        if one.agency != agency:
            agency = one.agency
            name = t("progress_report.total")
            if agency:
                name = installation.reference.lead(agency).name_on(was.as_of)
            lines.append(f'<tr><th scope="rowgroup" colspan="4">{escape(name)}</th></tr>')
        cells = (t.number(one.printed), t.number(one.now), t.signed(one.change))
        numbers = "".join(f'<td class="number">{escape(text)}</td>' for text in cells)
        lines.append(f"<tr><td>{escape(_column(one.column, t))}</td>{numbers}</tr>")
    return f'<table class="record form-changes"><tr>{heads}</tr>{"".join(lines)}</table>'


def _column(name: str, t: Translator) -> str:
    state = f"deadline.{name}"
    return t(state) if t.has(state) else t(f"report.column_{name}")
