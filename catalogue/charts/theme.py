"""Palette, status colours, number formats: one look for every chart."""

from typing import Any

import altair as alt

from catalogue.i18n import Translator

INK, MUTED, RULE = "#1b2529", "#5b6a70", "#d5dbde"
# Colour-blind safe (teal, slate, amber, vermilion); never the only sign: labels and table say it in words.
STATUS = {"done": "#0b7a75", "in_time": "#a9b8bf", "due_soon": "#e3a008", "overdue": "#c8442b"}
STAGE = {
    "assigned": "#93a1a7",
    "approved": "#6b7f87",
    "enacted": "#0b7a75",
    "published": "#4c5fa8",
    "confirmed": "#0b7a75",
}

_NUMBERS = {
    "vi": alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["", " ₫"]),
    "en": alt.NumberLocale(decimal=".", thousands=",", grouping=[3], currency=["₫", ""]),
}


def finish(chart: Any, t: Translator) -> Any:
    """Put a finished chart in the house style and the reader's number format."""
    return (
        chart.configure(
            font="sans-serif", background="transparent", locale=alt.Locale(number=_NUMBERS[t.language])
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED,
            titleColor=MUTED,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            grid=False,
            domainColor=RULE,
            tickColor=RULE,
            labelLimit=220,
        )
        .configure_legend(labelColor=INK, labelFontSize=12, title=None, orient="top", symbolType="square")
        .configure_text(font="sans-serif", fontSize=12, color=INK)
    )
