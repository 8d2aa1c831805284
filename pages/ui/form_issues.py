"""Issuing a periodic report, the reports issued so far, and one of them as it was printed beside what is known now."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from catalogue.correspondence import form_file
from catalogue.correspondence.form_words import period_words, shown
from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.period import Moment
from catalogue.model.report_table import Difference, Value
from catalogue.services import report_issues
from catalogue.services.installation import Installation
from catalogue.services.report_forms import Report
from catalogue.services.report_issues import Issued
from catalogue.working_days import civil_day
from pages.ui import feedback, filters, form_downloads, form_view, menu, plain

_SHOWN = 200


def offer(
    installation: Installation,
    actor: Actor,
    report: Report,
    history: pl.DataFrame,
    moment: Moment,
    t: Translator,
) -> None:
    """What was issued last and how many cells of `report` read otherwise; the button to issue, for who may."""
    own = history.filter(pl.col("agency_code").eq_missing(pl.lit(report.agency_code, pl.String)))
    st.subheader(t("forms.issue_title"))
    if own.height:
        last = report_issues.issued(installation, actor, own["issue_id"][0])
        changed = len(report_issues.difference(installation, last, moment))
        st.write(plain.markdown(t("forms.issued_last", when=last.issued_at, who=last.issued_by)))
        said = t("forms.issued_differs", count=changed) if changed else t("forms.issued_same")
        menu.link("forms", said, **_place(report), view="issued", issue=last.issue_id)
    else:
        st.caption(t("forms.issued_never"))
    if moment.known_at is not None or not report_issues.may_issue(installation, actor, report.agency_code):
        return  # what is issued is what is known now, not what the page shows of the past
    st.caption(t("forms.issue_about"))
    if st.button(t("forms.issue"), icon=":material/lock:", key="forms-issue"):
        _issue(installation, actor, report, t)


def _place(report: Report) -> dict[str, str]:
    return {
        "form": report.form.code,
        "report_period": report.period.name,
        "agency": report.agency_code or "all",
    }


def _issue(installation: Installation, actor: Actor, report: Report, t: Translator) -> None:
    bar = st.progress(0.0, text=t("forms.progress_collect"))

    def tell(step: str, share: float) -> None:
        bar.progress(share, text=t(f"forms.progress_{step}"))

    try:
        report_issues.issue(
            installation, actor, report.form.code, report.period.name, report.agency_code, tell
        )
    except CatalogueError as error:
        bar.empty()
        feedback.show(t, error)
    else:
        feedback.remember(t("forms.said_issued"))
        st.rerun()


def history(
    installation: Installation, actor: Actor, found: pl.DataFrame, moment: Moment, t: Translator
) -> None:
    """Every report issued for the form and period, newest first; the chosen one as it was printed."""
    if not found.height:
        st.info(t("forms.history_empty"), icon=":material/inbox:")
        return
    options = {
        str(row["issue_id"]): t(
            "forms.history_option",
            when=row["recorded_at"],
            agency=_agency(installation, row["agency_code"], t),
            sent=row["sent"],
            expected=row["expected"],
        )
        for row in found.iter_rows(named=True)
    }
    first = next(iter(options))
    chosen = filters.choose(t("forms.issue_choose"), options, "issue", placeholder=options[first]) or first
    issued = report_issues.issued(installation, actor, int(chosen))
    _shown(installation, issued, moment, t)


def _shown(installation: Installation, issued: Issued, moment: Moment, t: Translator) -> None:
    st.markdown(
        plain.markdown(
            t(
                "forms.issued_line",
                when=issued.issued_at,
                who=issued.issued_by,
                period=period_words(issued.period, t),
                sent=issued.sent,
                expected=issued.expected,
            )
        )
    )
    found = report_issues.difference(installation, issued, moment)
    _differences(issued, found, t)
    late = report_issues.since(installation, issued, moment)
    if late:
        names = ", ".join(
            installation.reference.agency(one.agency_code).short_name_on(issued.as_of)
            + f" ({t.day(civil_day(one.recorded_at))})"
            for one in late
        )
        st.markdown(plain.markdown(t("forms.sent_since", names=names)))
    changed = {
        (place, one.column)
        for one in found
        for place, row in enumerate(issued.rows)
        if (row.kind, row.section, row.agency_code, row.label)
        == (one.row.kind, one.row.section, one.row.agency_code, one.row.label)
    }
    name = t("forms.table_name", form=issued.form.number, agency=issued.agency_name)
    form_view.table(issued.form, issued.rows, t, name, changed)
    form_view.notes(issued.notes)
    file = f"{issued.form.code}-{issued.period.name}-{issued.agency_code or 'ca-nuoc'}-{issued.issue_id}"
    form_downloads.offer(
        lambda: form_file.page_of_issue(installation, issued), file, str(issued.issue_id), len(issued.rows), t
    )


def _differences(issued: Issued, found: tuple[Difference, ...], t: Translator) -> None:
    """Printed, now, and by how much, the total first."""
    if not found:
        st.success(t("forms.issued_same"), icon=":material/check_circle:")
        return
    st.warning(t("forms.difference", count=len(found)), icon=":material/difference:")
    total = [one for one in found if one.row.kind.value == "total"] or list(found[:_SHOWN])
    _table(issued, total, t)
    rest = [one for one in found if one not in total]
    if rest:
        with st.expander(t("forms.difference_rest", count=len(rest)), key="forms-difference"):
            _table(issued, rest[:_SHOWN], t)
            if len(rest) > _SHOWN:
                st.caption(t("forms.more", count=len(rest) - _SHOWN))


def _table(issued: Issued, found: Sequence[Difference], t: Translator) -> None:
    def figure(value: Value | None) -> str:
        return t("forms.no_row") if value is None else shown(value, t)

    lines = [
        (
            one.row.label,
            issued.form.column(one.column).full_title(t.language),
            (
                figure(one.printed),
                figure(one.now),
                "–" if one.change is None else t.signed(one.change),
            ),
        )
        for one in found
    ]
    form_view.moved(lines, ("printed", "now", "change"), t)


def _agency(installation: Installation, code: str | None, t: Translator) -> str:
    return installation.reference.agency(code).name if code else t("report_forms.nation")
