"""How fast a programme goes: what the ledger counts at both ends of a window, refused where the two do not compare."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

import polars as pl

from catalogue.model.pace import NoPace, Pace, Refusal, Window
from catalogue.model.period import Moment, months_before, months_between
from catalogue.services import figures, programmes, published
from catalogue.services.installation import Installation

_SHORTEST_WINDOW_DAYS = (
    60  # a pace over less than two months says more about single decrees than about progress
)


def usual(
    installation: Installation, kind: str, moment: Moment, aim: Decimal = Decimal(100)
) -> Pace | NoPace:
    """The pace of a kind of programme over the window that is taken where nobody chose one."""
    return over(installation, kind, moment, usual_window(installation, kind, moment), aim)


def usual_window(installation: Installation, kind: str, moment: Moment) -> Window:
    """Since the last published point; without one, six months."""
    return Window.PUBLISHED if published_on(installation, kind, moment) else Window.SIX_MONTHS


def published_on(installation: Installation, kind: str, moment: Moment) -> date | None:
    """The last day, two months back or more, of which the programme's figure had been published, by others or here."""
    days = [
        figure.as_of
        for figure in published.of_measure(installation, f"{kind}.done", moment=moment)
        if figure.as_of is not None
        and figure.as_of_precision != "year"  # of some day in a year no window begins
        and (moment.as_of - figure.as_of).days >= _SHORTEST_WINDOW_DAYS
        and (moment.known_at is None or figure.known_at is None or figure.known_at <= moment.known_at)
    ]
    return max(days, default=None)


def over(
    installation: Installation, kind: str, moment: Moment, window: Window, aim: Decimal = Decimal(100)
) -> Pace | NoPace:
    """The pace of a kind of programme over a window; `aim`: percent of the base that are to be done."""
    programme = figures.PROGRAMMES[kind]
    if window.months is None:
        day = published_on(installation, kind, moment)
    else:
        day = months_before(moment.as_of, window.months)
    if day is None:
        return NoPace(window, Refusal.NOTHING_PUBLISHED)
    since = replace(moment, as_of=day)
    (before, base_then), (done, base) = (_counted(installation, programme, at) for at in (since, moment))
    refusal = None
    if not base:
        refusal = Refusal.NO_BASE
    elif not base_then:
        refusal = Refusal.NO_BASE_THEN
    elif base != base_then or _moved(installation, programme, moment, day).height:
        refusal = Refusal.BASE_MOVED
    if refusal is not None:
        return NoPace(window, refusal, since, base_then, base)
    months = Decimal(window.months) if window.months else months_between(day, moment.as_of)
    return Pace(window, since, months, before, done, base, aim=_items(base, aim))


def _items(base: int, percent: Decimal) -> int:
    return int((base * percent / 100).to_integral_value(ROUND_CEILING))


def _counted(installation: Installation, programme: str, moment: Moment) -> tuple[int, int]:
    stages = figures.stages(installation, programme, moment)
    return stages["done"], stages["assigned"] - stages["standing"]


def _moved(installation: Installation, programme: str, moment: Moment, since: date) -> pl.DataFrame:
    """Changes of the base after a day: items that came while as many went move it too."""
    return programmes.base_changes(installation, programme, moment).filter(pl.col("effective_date") > since)
