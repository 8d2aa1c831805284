"""A period as people read it: where it stands, its figures by ministry, base changes, what was recorded late."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.model.progress_report import LateCorrection, ProgressReport, ProgressRow
from catalogue.model.reporting import Period
from catalogue.services import figures
from catalogue.services.installation import Installation
from catalogue.working_days import ZONE
from pages.ui import menu, plain, tables

_NARROW_ROWS = 12
_COUNTS = (
    "assigned",
    "done",
    "change",
    "published",
    "done_in_time",
    "done_late",
    "overdue",
    "due_soon",
    "in_time",
    "standing",
)
_WIDTHS = dict.fromkeys((*_COUNTS, "percent_due", "percent_all"), 68) | {
    "assigned": 60,
    "done": 80,
    "change": 82,
    "done_in_time": 98,
    "done_late": 92,
    "standing": 92,
    "percent_due": 72,
    "percent_all": 74,
}


def month(period: Period) -> str:
    """A period in words: `02/2024`."""
    return f"{period.starts_on:%m/%Y}"


def choose(known: Sequence[Period], t: Translator) -> str:
    """The period that the URL names; the newest one that has begun where it names none."""
    options = {
        one.name: t("period.option_closed" if one.is_closed else "period.option_open", month=month(one))
        for one in known
    }
    if st.session_state.get("period") not in options:
        named = st.query_params.get("period", "")
        waiting = [one.name for one in known if not one.is_closed]
        st.session_state["period"] = (
            named if named in options else (waiting or list(options))[-1 if waiting else 0]
        )
    name = st.selectbox(t("period.choose"), list(options), format_func=lambda key: options[key], key="period")
    st.query_params["period"] = name
    return name


def standing(period: Period, moment: Moment, t: Translator) -> None:
    """Open or closed, since when and by whom; until when returns are due."""
    if period.is_closed:
        st.markdown(
            t(
                "period.closed_line",
                when=period.closed_at,
                who=plain.markdown(period.closed_by or "–"),
                day=period.ends_on,
            )
        )
        if period.close_note:
            st.caption(t("period.closed_reason", reason=plain.markdown(period.close_note)))
    left = period.days_left(moment.as_of)
    if period.is_closed and left < 0:
        return
    key = "due_left" if left > 0 else "due_today" if left == 0 else "due_passed"
    due = t(f"period.{key}", day=period.due_on, days=abs(left))
    st.markdown(due if period.is_closed else f"{t('period.open_line', day=period.ends_on)} {due}")


def answer(installation: Installation, report: ProgressReport, moment: Moment, t: Translator) -> None:
    """The figures of the programme in sentences; beside a closed one, what is known of that day now."""
    total = report.total
    if not total.assigned:
        st.info(t("period.answer_none", day=report.as_of), icon=":material/inbox:")
        return
    if not total.counted:
        st.subheader(t("directive.count_standing", count=total.standing), anchor=False)
        return
    key = "answer" if report.previous else "answer_first"
    percent = t.percent(total.percent_of_all or 0)
    st.subheader(
        t(
            f"period.{key}",
            done=total.done,
            assigned=total.counted,
            percent=percent,
            change=t.signed(total.done_change),
        ),
        anchor=False,
    )
    due = total.done + total.overdue
    said = t(
        "period.answer_due",
        done=total.done,
        due=due,
        percent=t.percent(total.percent_of_due) if total.percent_of_due is not None else "–",
        overdue=total.overdue,
        due_soon=total.due_soon,
    )
    if report.programme_kind != "directive":
        said += t("period.answer_published", published=total.published)
    st.markdown(said)
    if report.is_closed:
        now = figures.stages(
            installation,
            report.programme_code,
            Moment(report.as_of, moment.known_at, moment.revision),
        )["done"]
        if now != total.done:
            words = t(
                "period.answer_late",
                day=report.as_of,
                now=now,
                change=t.signed(now - total.done),
                done=total.done,
            )
            st.info(words, icon=":material/history:")
    lines = [t("period.answer_standing", count=total.standing)] if total.standing else []
    if total.extensions_granted or total.extensions_refused:
        lines.append(
            t(
                "period.extensions",
                granted=total.extensions_granted,
                refused=total.extensions_refused,
            )
        )
    if total.carried_corrections:
        lines.append(t("period.carried", change=t.signed(total.carried_corrections)))
    if lines:
        st.caption(" ".join(lines))


def agencies(report: ProgressReport, kind: str, t: Translator) -> None:
    """The rows by ministry: a table on a desk, a list on a phone; a chosen row opens the ministry's items."""
    if not report.rows:
        return
    rows = [report.total, *report.rows]
    with st.container(key="rows-wide"):
        _table(rows, kind, report, t)
    with st.container(key="rows-narrow"):
        for row in rows:
            with st.container(gap=None):
                name = row.agency_short_name or t("period.total")
                menu.link(kind, plain.markdown(name), agency=row.agency_code)
                st.caption(
                    t(
                        "period.row",
                        done=row.done,
                        assigned=row.counted,
                        overdue=row.overdue,
                        change=t.signed(row.done_change),
                    )
                    if row.counted
                    else t("directive.count_standing", count=row.standing)
                )


def _table(rows: Sequence[ProgressRow], kind: str, report: ProgressReport, t: Translator) -> None:
    frame = pl.DataFrame(
        [
            {
                "agency": row.agency_short_name or t("period.total"),
                **{name: getattr(row, "done_change" if name == "change" else name) for name in _COUNTS},
                "percent_due": _percent(row.done, row.done + row.overdue),
                "percent_all": _percent(row.done, row.counted),
                "late": row.late_corrections,
            }
            for row in rows
        ],
        infer_schema_length=None,
    )
    column: Any = st.column_config
    unsaid = [*([] if report.previous else ["change"]), *([] if report.is_closed else ["late"])]
    unsaid += [] if report.total.standing else ["standing"]
    unsaid += ["published"] if report.programme_kind == "directive" else []
    shown, known = frame.drop(*unsaid), report.known_until
    place = tables.chosen_row(
        shown,
        f"period-{kind}",
        {
            "agency": column.TextColumn(t("period.col_agency"), width=118),
            **{
                name: column.NumberColumn(t(f"period.col_{name}"), width=width)
                for name, width in _WIDTHS.items()
            },
            "late": column.NumberColumn(t("period.col_late"), help=t("period.col_late_help"), width=96),
        },
        title=f"{t('period.title', month=month(report.period))}. {t(f'programme.{kind}')}",
        t=t,
        drawn=_in_language(shown, t),
        moment=Moment(report.as_of, known and known.astimezone(ZONE).date(), report.revision),
        height="content",
    )
    if place is not None:
        menu.go(kind, agency=rows[place].agency_code)


def _in_language(frame: pl.DataFrame, t: Translator) -> Any:
    """The frame with its numbers written in the page's language: the browser's own may be another."""
    written = {
        name: partial(t.number, digits=1 if name.startswith("percent") else 0)
        for name in frame.columns
        if name != "agency"
    }
    return frame.to_pandas().style.format(written, na_rep="–")


def _percent(numerator: int, denominator: int) -> float | None:
    return float(share(numerator, denominator, 1)) if denominator else None


def base_changes(report: ProgressReport, t: Translator) -> None:
    """Items that joined or left the base, with document and reason; a missing one is said, not left out."""
    noun = "tasks" if report.programme_kind == "directive" else "items"
    if not report.base_changes:
        st.caption(t("period.base_none"))
    for one in report.base_changes:
        if one.document_number:
            document = t("period.letter", number=plain.markdown(one.document_number), day=one.document_date)
        else:
            document = plain.markdown(one.document_title or t("target.no_document"))
        reason = plain.markdown(one.reason) if one.reason else None
        st.markdown(
            t(
                f"period.base_{one.change}_{noun}",
                day=one.effective_date,
                agency=plain.markdown(one.agency_short_name),
                items=one.items,
            )
        )
        st.caption(" · ".join(filter(None, [document, reason])))


def late(corrections: Sequence[LateCorrection], t: Translator) -> None:
    """What was recorded after the close, each line opening its item."""
    title = t("period.late", count=len({one.item_id for one in corrections}))
    st.subheader(title)
    if not corrections:
        st.caption(t("period.late_none"))
        return
    st.caption(t("period.late_about"))
    with st.container(key="rows-wide-late"):
        _late_table(corrections, title, t)
    with st.container(key="rows-narrow-late"):
        for one in corrections[:_NARROW_ROWS]:
            with st.container(gap=None):
                menu.link("item", plain.markdown(one.title), id=one.item_id)
                st.caption(f"{one.agency_short_name} · {_words(one, t)} · {t.instant(one.recorded_at)}")
        if len(corrections) > _NARROW_ROWS:
            st.caption(t("period.late_more", count=len(corrections) - _NARROW_ROWS))


def _late_table(corrections: Sequence[LateCorrection], title: str, t: Translator) -> None:
    frame = pl.DataFrame(
        {
            "title": [one.title for one in corrections],
            "agency": [one.agency_short_name for one in corrections],
            "what": [_words(one, t) for one in corrections],
            "recorded": [t.instant(one.recorded_at) for one in corrections],
            "by": [one.recorded_by or "–" for one in corrections],
        }
    )
    text: Any = st.column_config.TextColumn
    place = tables.chosen_row(
        frame,
        "period-late",
        {
            "title": text(t("period.col_item"), width=440),
            "agency": text(t("period.col_agency"), width=120),
            "what": text(t("period.col_what"), width=200),
            "recorded": text(t("period.col_recorded"), width=140),
            "by": text(t("period.col_by"), width=180),
        },
        title=title,
        t=t,
        whole=frame.with_columns(
            recorded=pl.Series([one.recorded_at for one in corrections], dtype=pl.Datetime("us", "UTC"))
        ),
        height=min(420, 36 * (frame.height + 1)),
    )
    if place is not None:
        menu.go("item", id=corrections[place].item_id)


def _words(one: LateCorrection, t: Translator) -> str:
    return t(f"period.change_{one.change}", before=one.before, after=one.after)


def definition(installation: Installation, report: ProgressReport, t: Translator) -> str:
    """What done and the two percentages mean, and where the limit of returns comes from."""
    return " ".join(
        [
            t("period.definition", stage=t(f"stage.{report.done_stage}").lower()),
            t("period.rule_basis", days=installation.reference.return_rule.due_working_days),
        ]
    )
