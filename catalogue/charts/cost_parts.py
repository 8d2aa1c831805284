"""What a cost consists of: a bar for each kind of work, in the order of the form."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, finish
from catalogue.i18n import Translator
from catalogue.i18n.money import money
from catalogue.model.figure import share

_TEAL = "#0b7a75"


@kept
def bars(amounts: Mapping[str, int], t: Translator) -> Any:
    """Chart of đồng by model.cost.Activity that are not all 0."""
    whole = sum(amounts.values())
    told = pl.DataFrame(
        [
            {
                "place": place,
                "name": t(f"cost.activity_{name}"),
                "amount": amount,
                "text": f"{money(t, amount)} · {t.percent(share(amount, whole, 1))}",
            }
            for place, (name, amount) in enumerate(amounts.items())
        ]
    )
    y = alt.Y("place:O", axis=None)
    bar = (
        alt.Chart(told)
        .mark_bar(height=10, yOffset=9, color=_TEAL)
        .encode(
            x=alt.X("amount:Q", axis=None, title=None),
            y=y,
            tooltip=[
                alt.Tooltip("name:N", title=t("cost.field_activity")),
                alt.Tooltip("amount:Q", title=t("costs.tooltip_vnd"), format=",d"),
            ],
        )
    )
    base = alt.Chart(told).encode(y=y)
    name = base.mark_text(align="left", dy=-6, color=INK).encode(x=alt.value(0), text="name:N")
    amount = base.mark_text(align="right", dy=-6, color=MUTED).encode(x=alt.value("width"), text="text:N")
    return finish(alt.layer(bar, name, amount).properties(height=alt.Step(46)), t)
