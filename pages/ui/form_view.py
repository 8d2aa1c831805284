"""A periodic report on screen: its answer in a sentence, what was tested, the table as it is printed."""

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from catalogue.correspondence.form_words import period_words, runs, shown
from catalogue.i18n import Translator
from catalogue.model.report_form import ReportForm, depth, head_cells
from catalogue.model.report_table import Gap, Row, RowKind
from catalogue.services import statistics
from catalogue.services.report_checks import Check
from catalogue.services.report_forms import Report
from pages.ui import plain

_SHOWN = 10


def answer(report: Report, t: Translator) -> None:
    """Whose figures for when, what they say in a sentence, and who has not sent any."""
    span = report.period
    days = f"{t.day(span.starts_on)}–{t.day(span.ends_on)}"
    st.subheader(f"{report.agency_name}, {_in_sentence(period_words(span, t))} ({days})")
    if not report.coverage.sent:
        name = plain.markdown(report.agency_name)
        st.info(t("forms.nothing_sent", agency=name), icon=":material/hourglass_empty:")
    total, summary = report.total, report.form.summary
    if total is not None and summary is not None:
        values = {code: f"<b>{escape(shown(value, t))}</b>" for code, value in total.values.items()}
        st.html(f'<p class="form-answer">{escape(summary.said(t.language)).format(**values)}</p>')
    if report.agency_code is not None:
        filing = report.filings.get(report.agency_code)
        if filing:
            st.caption(
                plain.markdown(
                    t(
                        "forms.sent_by",
                        when=filing.recorded_at,
                        who=filing.actor_name,
                        file=filing.file_name,
                        versions=filing.versions,
                    )
                )
            )
        return
    coverage = report.coverage
    st.markdown(f"**{t('forms.coverage', sent=coverage.sent, expected=coverage.expected)}**")
    if coverage.missing:
        with st.expander(t("forms.coverage_missing", count=len(coverage.missing)), key="forms-missing"):
            names = [one.short_name_on(report.as_of) for one in coverage.missing]
            st.write(plain.markdown(", ".join(names)))


def checks(report: Report, t: Translator) -> None:
    """Each identity with how many rows keep it; what breaks it by row."""
    st.html(f'<ul class="form-checks">{"".join(_check(one, report, t) for one in report.checks)}</ul>')
    for one in report.checks:
        if one.faults:
            key = f"forms-check-{one.text}"
            title = t("forms.check_faults", identity=one.text, count=len(one.faults))
            with st.expander(plain.markdown(title), key=key):
                for fault in one.faults[:_SHOWN]:
                    st.markdown(f"- {statistics.sentence(t, fault, plain.markdown)}")
                if len(one.faults) > _SHOWN:
                    st.caption(t("forms.more", count=len(one.faults) - _SHOWN))


def _check(one: Check, report: Report, t: Translator) -> str:
    """Sign, identity and count; a carried column whose breaks are all explained is told apart from one that is not."""
    identity = one.text
    if one.before is not None:
        identity = t("forms.carried", identity=one.text, period=period_words(one.before, t))
    if not one.tested:
        return f'<li class="untested"><b>{escape(identity)}</b> {escape(t("forms.check_untested"))}</li>'
    kind = "units" if one.before is not None else "rows"
    if not one.faults:
        said = t(f"forms.check_{kind}", count=one.tested)
        if one.untested:
            said += t(f"forms.untested_{kind}", count=one.untested)
        return f'<li class="holds"><b>{escape(identity)}</b> {escape(said)}</li>'
    explained = sum(bool(filing.explanation) for filing in report.filings.values())
    word = "explained" if one.before is not None and explained else "broken"
    said = t(f"forms.check_{word}", count=len(one.faults), tested=one.tested, explained=explained)
    return f'<li class="{word}"><b>{escape(identity)}</b> {escape(said)}</li>'


def caption(report: Report, t: Translator) -> str:
    """The table's name for those who do not see it."""
    return t("forms.table_name", form=report.form.number, agency=report.agency_name)


def table(
    form: ReportForm,
    rows: Sequence[Row],
    t: Translator,
    name: str,
    changed: Collection[tuple[int, str]] = (),
) -> None:
    """The table with its nested headings and column numbers; `changed`: cells (row, column) that read otherwise now."""
    if not rows:
        return
    bottom = depth(form.columns)
    levels: list[list[str]] = [[] for _ in range(bottom)]
    for cell in head_cells(form.columns, t.language):
        span = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        span += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        levels[cell.row].append(f'<th scope="col"{span}>{escape(cell.text)}</th>')
    numbers = "".join(f"<td>({column.number})</td>" for column in form.columns)
    head = "".join(f"<tr>{''.join(cells)}</tr>" for cells in levels)
    body = "".join(_row(form, row, place, changed, t) for place, row in enumerate(rows))
    st.html(
        f'<div class="form-table" tabindex="0" role="region" aria-label="{escape(name)}"><table>'
        f'<thead>{head}<tr class="numbers">{numbers}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(form: ReportForm, row: Row, place: int, changed: Collection[tuple[int, str]], t: Translator) -> str:
    codes = [column.code for column in form.figures]
    cells = []
    for at, width, value in runs(row, codes):
        if isinstance(value, Gap):
            span = f' colspan="{width}"' if width > 1 else ""
            cells.append(f'<td class="gap"{span}>{escape(shown(value, t))}</td>')
        else:
            mark = ' class="changed"' if (place, codes[at]) in changed else ""
            cells.append(f"<td{mark}>{escape(shown(value, t))}</td>")
    kind = f' class="{row.kind.value}"' if row.kind in (RowKind.SECTION, RowKind.TOTAL) else ""
    label = f'<th scope="row">{escape(row.label)}</th>'
    return f'<tr{kind}><td class="ordinal">{escape(row.ordinal)}</td>{label}{"".join(cells)}</tr>'


def moved(lines: Sequence[tuple[str, str, Sequence[str]]], heads: Sequence[str], t: Translator) -> None:
    """Figures that moved, as (row, column, figures); a row is named once above its columns."""
    titles = f"<th>{escape(t('forms.col_column'))}</th>" + "".join(
        f'<th class="number">{escape(t(f"forms.col_{name}"))}</th>' for name in heads
    )
    written: list[str] = []
    last = None
    for label, where, figures in lines:
        if label != last:
            last = label
            written.append(f'<tr><th scope="rowgroup" colspan="{len(heads) + 1}">{escape(label)}</th></tr>')
        numbers = "".join(f'<td class="number">{escape(text)}</td>' for text in figures)
        written.append(f"<tr><td>{escape(where)}</td>{numbers}</tr>")
    st.html(f'<table class="record form-changes"><tr>{titles}</tr>{"".join(written)}</table>')


def notes(lines: Sequence[str]) -> None:
    """The lines under the table, as they are printed."""
    st.html("".join(f'<p class="note">{escape(line)}</p>' for line in lines))


def _in_sentence(text: str) -> str:
    return text[:1].lower() + text[1:]
