"""Palette, status colours, number formats: one look for every chart."""

from typing import Any

import altair as alt
from altair.utils import schemapi

from catalogue.i18n import Translator

# Tests hold charts to the schema; at each page run it would cost a quarter of the page's time.
schemapi.disable_debug_mode()

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

_TIMES = {
    "vi": alt.TimeLocale(
        dateTime="%H:%M, %d/%m/%Y",
        date="%d/%m/%Y",
        time="%H:%M:%S",
        periods=["SA", "CH"],
        days=["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
        shortDays=["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        months=[f"Tháng {month}" for month in range(1, 13)],
        shortMonths=[f"Th{month}" for month in range(1, 13)],
    ),
}
_NUMBERS = {
    "vi": alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["", " ₫"]),
    "en": alt.NumberLocale(decimal=".", thousands=",", grouping=[3], currency=["₫", ""]),
}


def finish(chart: Any, t: Translator) -> Any:
    """Put a finished chart in the house style and the reader's number format."""
    return chart.configure(  # in one call: each copies the chart
        font="sans-serif",
        background="transparent",
        locale=_locale(t),
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=MUTED,
            titleColor=MUTED,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            grid=False,
            domainColor=RULE,
            tickColor=RULE,
            labelLimit=220,
        ),
        legend=alt.LegendConfig(
            labelColor=INK, labelFontSize=12, title=None, orient="top", symbolType="square"
        ),
        text=alt.MarkConfig(font="sans-serif", fontSize=12, color=INK),
    )


def _locale(t: Translator) -> Any:
    """Numbers and dates of the language; Vega's own dates are English already."""
    number, time = _NUMBERS[t.language], _TIMES.get(t.language)
    return alt.Locale(number=number, time=time) if time else alt.Locale(number=number)
