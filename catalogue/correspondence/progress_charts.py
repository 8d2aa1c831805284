"""The pictures of a progress report, drawn offline for A4: the curve, who is late, the assigning documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from catalogue.charts import agencies, progress, render
from catalogue.charts.render import Frame
from catalogue.charts.theme import STATUS
from catalogue.correspondence.lines import plain
from catalogue.i18n import Translator
from catalogue.model.pace import Pace
from catalogue.model.progress_report import ProgressReport
from catalogue.services.progress_detail import Detail

_T = Translator("vi")
# At 165 mm a pixel is 0,28 mm: 12 pixels print as 9 points, and 3,5 dots a pixel as 315 dots an inch.
_WIDE, _DENSITY = 560, 3.5
_CURVE_TALL = 230
_MOST_BARS = 30
_ROW = 18  # pixels of a bar and the space below it


@dataclass(frozen=True)
class Picture:
    """A drawn chart with what stands below it and what is read out for it."""

    png: bytes
    caption: str
    alt: str


def curve(report: ProgressReport, detail: Detail) -> Picture | None:
    """The stages over time on one base, broken where the base moved; None where there is nothing to draw."""
    if detail.curve.is_empty() or not report.total.counted:
        return None
    walked = None if detail.agency else detail.pace
    chart = progress.curve(
        detail.curve,
        report.done_stage,
        report.as_of,
        walked,
        _T,
        target=detail.target.target.value if detail.target and not detail.agency else None,
        height=_CURVE_TALL,
    )
    start = progress.beginning(detail.curve, report.done_stage, report.as_of)
    breaks = [one for one in progress.base_breaks(detail.curve) if one.day >= start]
    said = _T("progress_paper.curve_caption", programme=plain(report.programme_name_vi), as_of=report.as_of)
    if isinstance(walked, Pace) and walked.left and walked.months_left is not None:
        said += " " + _T("progress_paper.curve_pace")
    if breaks:
        said += " " + _T("progress_paper.curve_breaks")
    return Picture(_drawn(chart), said, _curve_alt(report, breaks))


def late(report: ProgressReport, detail: Detail) -> Picture | None:
    """Agencies with something overdue or due soon, most overdue first; None where there are fewer than two."""
    frame = detail.agencies.filter((pl.col("overdue") > 0) | (pl.col("due_soon") > 0)).head(_MOST_BARS)
    if frame.height < 2:
        return None
    top = ", ".join(
        f"{row['agency_short_name']} {_T('overview.overdue_short', count=row['overdue'])}"
        for row in frame.head(5).iter_rows(named=True)
    )
    said = _T("progress_paper.late_caption", as_of=report.as_of)
    return Picture(_bars(frame), said, _T("overview.agencies_alt", parts=top))


def documents(report: ProgressReport, detail: Detail) -> Picture | None:
    """The assigning documents as bars, the oldest first; None where there are fewer than two."""
    frame = detail.documents.filter(pl.col("base") > pl.col("standing"))
    if frame.height < 2:
        return None
    frame = frame.head(_MOST_BARS).select(
        pl.col("label").alias("agency_name"),
        pl.col("label").alias("agency_short_name"),
        pl.int_range(pl.len()).cast(pl.String).alias("agency_code"),
        (pl.col("base") - pl.col("standing")).alias("base"),
        *agencies.STATES,
    )
    parts = ", ".join(
        f"{row['agency_name']} {_T.number(row['done'])}/{_T.number(row['base'])}"
        for row in frame.iter_rows(named=True)
    )
    said = _T("progress_paper.documents_caption", as_of=report.as_of)
    return Picture(_bars(frame), said, _T("progress_paper.documents_alt", parts=parts))


def _bars(frame: pl.DataFrame) -> bytes:
    legend = [(_T(f"deadline.bar_{state}"), STATUS[state]) for state in agencies.STATES]
    return _drawn(agencies.bars(frame, _T, step=_ROW), legend)


def _drawn(chart: Any, legend: Sequence[tuple[str, str]] = ()) -> bytes:
    return render.png(chart, Frame("", legend), scale=_DENSITY, width=_WIDE)


def _curve_alt(report: ProgressReport, breaks: Sequence[progress.Break]) -> str:
    total = report.total
    stages = dict.fromkeys(["assigned", report.done_stage])
    parts = ", ".join(
        f"{_T(f'stage.{stage}')} {_T.number(total.counted if stage == 'assigned' else total.done)}/"
        f"{_T.number(total.counted)}"
        for stage in stages
    )
    said = _T("overview.curve_alt", parts=parts, day=report.as_of)
    if not breaks:
        return said
    moved = ", ".join(_T("target.curve_alt_break", day=one.day, old=one.old, new=one.new) for one in breaks)
    return f"{said} {_T('target.curve_alt_breaks', parts=moved)}"
