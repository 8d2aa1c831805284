"""A cost sheet as the two tables of its editor, and what was typed into them as a draft again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from catalogue.errors import Issue
from catalogue.i18n import Translator
from catalogue.model import cost_form
from catalogue.model.cost import Activity
from catalogue.model.cost_form import WHOLE, FormFigure, FormLine
from catalogue.model.cost_sheet import OF_LINE, OF_SHEET, Collected, Draft, Kind, Method, estimate

Cells = Sequence[tuple[int, Mapping[str, Any]]]
_LINES = {
    "activity": pl.String, "label": pl.String, "minutes": pl.Float64, "hired": pl.Int64, "fees": pl.Int64,
    "source": pl.String, "method": pl.String,
}  # fmt: skip
_FIGURES = {
    "line": pl.Int64, "kind": pl.String, "value": pl.Float64, "source": pl.String, "method": pl.String,
}  # fmt: skip


def frames(draft: Draft, t: Translator) -> tuple[pl.DataFrame, pl.DataFrame, dict[Kind, Collected]]:
    """The table of lines (time in hours), the table of what has several sources, and the counts that have one each."""
    rows, figures = cost_form.lines_of(draft.lines)
    counts: dict[Kind, Collected] = {}
    for kind in OF_SHEET:
        some = draft.whole.get(kind, ())
        if len(some) > 1:
            figures = [*cost_form.figures_of(WHOLE, {kind: some}), *figures]
            counts[kind] = Collected(estimate(draft.whole, kind).chosen)
        elif some:
            counts[kind] = some[0]
    lines = [
        {
            "activity": t(f"cost.activity_{one.activity}"),
            "label": one.label,
            **{kind.value: _cell(kind, one.values.get(kind)) for kind in OF_LINE},
            "source": one.source or None,
            "method": t(f"cost.method_{one.method}") if one.method else None,
        }
        for one in rows
    ]
    more = [
        {
            "line": one.line,
            "kind": t(f"cost.field_{one.kind}"),
            "value": float(_cell(one.kind, one.value) or 0),
            "source": one.source,
            "method": t(f"cost.method_{one.method}") if one.method else None,
        }
        for one in figures
    ]
    return pl.DataFrame(lines, schema=_LINES), pl.DataFrame(more, schema=_FIGURES), counts


def numbered(frame: pl.DataFrame) -> Any:
    """A table for the editor, whose rows are counted from 1 as its messages count them."""
    found = frame.to_pandas()
    found.index += 1
    return found


def cells(edited: Any) -> list[tuple[int, dict[str, Any]]]:
    """The rows of an edited table with the numbers that they bear on screen; an empty cell is None."""
    return [
        (int(number), {str(name): None if value != value else value for name, value in row.items()})
        for number, row in zip(edited.index, edited.to_dict("records"), strict=True)
    ]


def read(
    base: Draft, lines: Cells, figures: Cells, counts: Mapping[Kind, Collected], t: Translator
) -> tuple[Draft, tuple[Issue, ...]]:
    """The draft that was typed, and what of the tables cannot be read; rows without a word or a number are passed over."""
    activities = {t(f"cost.activity_{one}"): one for one in Activity}
    methods = {t(f"cost.method_{one}"): one for one in Method}
    rows: list[FormLine] = []
    issues: list[Issue] = []
    for number, cells in lines:
        values = {
            kind: amount for kind in OF_LINE if (amount := _amount(kind, cells.get(kind.value))) is not None
        }
        label, source = _text(cells, "label"), _text(cells, "source")
        activity = activities.get(_text(cells, "activity"))
        if not (label or source or values or activity):
            continue
        if activity is None:
            issues.append(Issue("cost_activity_missing", row=number, column="activity"))
            activity = Activity.OTHER
        rows.append(FormLine(activity, label, values, source, methods.get(_text(cells, "method")), number))
    places = {WHOLE: WHOLE} | {one.row: place for place, one in enumerate(rows, start=1)}
    more, wrong = _figures(figures, methods, places, t)
    read_lines, contradictions = cost_form.read_lines(rows, more)
    whole: dict[Kind, tuple[Collected, ...]] = {}
    for kind in OF_SHEET:
        own = tuple(one.collected for one in more if one.line == WHOLE and one.kind is kind)
        if own:
            whole[kind] = own
        elif kind in counts:
            whole[kind] = (counts[kind],)
    return replace(base, lines=read_lines, whole=whole), (*issues, *wrong, *contradictions)


def _figures(
    figures: Cells, methods: Mapping[str, Method], places: Mapping[int, int], t: Translator
) -> tuple[list[FormFigure], list[Issue]]:
    """`places`: of the lines among those that were filled in, by their number in the table."""
    kinds = {t(f"cost.field_{one}"): one for one in Kind}
    found: list[FormFigure] = []
    issues: list[Issue] = []
    for number, cells in figures:
        kind, value = kinds.get(_text(cells, "kind")), cells.get("value")
        line = cells.get("line")
        if kind is None and value is None and line is None and not _text(cells, "source"):
            continue
        missing = [name for name, one in (("line", line), ("kind", kind), ("value", value)) if one is None]
        if missing or kind is None or line is None:
            issues += (Issue("cost_figure_incomplete", row=number, column=name) for name in missing)
        elif line not in places:
            issues.append(Issue("cost_figure_line", row=number, column="line", value=str(int(line))))
        elif (line == WHOLE) != (kind in OF_SHEET):
            issues.append(Issue("cost_figure_kind", row=number, value=t(f"cost.field_{kind}")))
        elif kind is not Kind.MINUTES and float(value or 0) % 1:
            issues.append(Issue("cost_figure_whole", row=number, column="value", value=str(value)))
        else:
            method = methods.get(_text(cells, "method"))
            amount = _amount(kind, value) or 0
            found.append(FormFigure(places[line], kind, amount, _text(cells, "source"), method, number))
    return found, issues


def _cell(kind: Kind, value: int | None) -> float | int | None:
    """Minutes as hours; everything else as it is."""
    return value / 60 if kind is Kind.MINUTES and value is not None else value


def _amount(kind: Kind, value: Any) -> int | None:
    """Hours as minutes, rounded to the nearest one."""
    if value is None:
        return None
    exact = Decimal(str(value)) * (60 if kind is Kind.MINUTES else 1)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def _text(cells: Mapping[str, Any], name: str) -> str:
    return str(cells.get(name) or "").strip()
