"""From what procedures cost a year to what they cost now, cause by cause, as steps from top to bottom."""

from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, RULE, STATUS, finish
from catalogue.i18n import Translator
from catalogue.i18n.money import change as signed
from catalogue.i18n.money import money
from catalogue.model.cost import Change

COLOURS = {"total": "#6b7f87", "less": STATUS["done"], "more": STATUS["overdue"]}
_STEP, _BAR = 46, 12  # pixels
_ROOM = 1.4  # to the right of the longest bar, for the amounts of a phone


@kept
def steps(change: Change, t: Translator) -> Any:
    """Chart of a model.cost.Change that costs something before or after."""
    rows = [_row("before", "total", 0, change.before, money(t, change.before), t)]
    reached = change.before
    for cause, amount in (("reform", change.reform), ("income", change.wage), ("volume", change.volume)):
        kind = "more" if amount > 0 else "less"
        rows.append(_row(cause, kind, reached, reached + amount, signed(t, amount), t))
        reached += amount
    rows.append(_row("after", "total", 0, change.after, money(t, change.after), t))
    told = pl.DataFrame([row | {"place": place} for place, row in enumerate(rows)])
    joints = told.head(len(rows) - 1).with_columns(below=pl.col("place") + 1)
    y = alt.Y("place:O", axis=None)
    widest = max(max(row["start"], row["end"]) for row in rows)
    x = alt.X("start:Q", axis=None, title=None, scale=alt.Scale(domain=[0, widest * _ROOM]))
    bars = (
        alt.Chart(told)
        .mark_bar(height=_BAR, yOffset=9)
        .encode(
            x=x,
            x2="end:Q",
            y=y,
            color=alt.Color(
                "kind:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
            ),
            tooltip=[
                alt.Tooltip("word:N", title=t("costs.tooltip_step")),
                alt.Tooltip("amount:Q", title=t("costs.tooltip_vnd"), format=",d"),
            ],
        )
    )
    lines = (
        alt.Chart(joints)
        .mark_rule(color=RULE, yOffset=9 + _BAR / 2)
        .encode(x=alt.X("end:Q", axis=None, title=None), y=y, y2="below:O")
    )
    base = alt.Chart(told).encode(y=y)
    name = base.mark_text(align="left", dy=-6, color=INK).encode(x=alt.value(0), text="word:N")
    amount = base.mark_text(align="right", dy=-6, color=MUTED).encode(x=alt.value("width"), text="text:N")
    return finish(alt.layer(lines, bars, name, amount).properties(height=alt.Step(_STEP)), t)


def _row(name: str, kind: str, start: int, end: int, text: str, t: Translator) -> dict[str, Any]:
    word = t(f"costs.step_{name}")
    return {"word": word, "kind": kind, "start": start, "end": end, "amount": end - start, "text": text}
