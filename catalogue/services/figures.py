"""Measures: named definitions that compute a figure for an as_of and a known_at, and the frames behind a programme's page."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.figure import Figure, Kind, Pace
from catalogue.model.period import Moment, month_end_before, months_between
from catalogue.services.installation import Installation
from catalogue.working_days import next_midnight

SIMPLIFICATION = "don-gian-hoa-giay-to-cong-dan"
DECENTRALISATION = "phan-cap-1015"
DIRECTIVES = "nhiem-vu-giao"
# By kind: the programmes about procedures, whose figures are published; and every programme with a list of its items.
PROCEDURE_PROGRAMMES = {"simplification": SIMPLIFICATION, "decentralisation": DECENTRALISATION}
PROGRAMMES = PROCEDURE_PROGRAMMES | {"directive": DIRECTIVES}

_SHORTEST_WINDOW_DAYS = (
    60  # a pace over less than two months says more about single decrees than about progress
)


@dataclass(frozen=True)
class Measure:
    """A named definition: the query that computes it and what the query is asked with."""

    measure: str
    kind: Kind
    query: str
    params: tuple[tuple[str, Any], ...] = ()
    has_period: bool = False
    is_done: bool = False  # the measure of a programme's done stage
    counts_agencies: bool = False  # official only by the agencies of the day


MEASURES: tuple[Measure, ...] = (
    Measure("catalogue.total", Kind.COUNT, "figures/catalogue_total"),
    *(
        Measure(f"catalogue.level.{group}", Kind.COUNT, "figures/catalogue_level", (("level_group", group),))
        for group in ("central", "local", "vertical")
    ),
    Measure("publication.decisions", Kind.COUNT, "figures/publication_decisions", has_period=True),
    Measure(
        "simplification.done",
        Kind.SHARE,
        "figures/programme_done",
        (("programme", SIMPLIFICATION),),
        is_done=True,
    ),
    Measure(
        "simplification.agencies_complete",
        Kind.COUNT,
        "figures/agencies_complete",
        (("programme", SIMPLIFICATION),),
        counts_agencies=True,
    ),
    Measure(
        "decentralisation.done",
        Kind.SHARE,
        "figures/programme_done",
        (("programme", DECENTRALISATION),),
        is_done=True,
    ),
    *(
        Measure(
            f"decentralisation.{name}",
            Kind.COUNT,
            "figures/programme_open",
            (("programme", DECENTRALISATION), ("deadline", deadline)),
        )
        for name, deadline in (("open", None), ("in_time", "in_time"), ("overdue", "overdue"))
    ),
    Measure(
        "decentralisation.agencies",
        Kind.SHARE,
        "figures/agencies_started",
        (("programme", DECENTRALISATION),),
        counts_agencies=True,
    ),
    Measure(
        "decentralisation.agencies_complete",
        Kind.SHARE,
        "figures/agencies_complete",
        (("programme", DECENTRALISATION),),
        counts_agencies=True,
    ),
)
_BY_NAME = {measure.measure: measure for measure in MEASURES}


def compute(installation: Installation, measure: str, moment: Moment, *, since: date | None = None) -> Figure:
    """One figure; `since` begins the period of a measure that counts over one (default: 1 January of as_of's year).

    Raises: NotFound for a measure that does not exist.
    """
    if measure not in _BY_NAME:
        raise NotFound("measure_unknown", id=measure)
    definition = _BY_NAME[measure]
    params = dict(definition.params) | (_all_clocks if definition.counts_agencies else _clocks)(moment)
    if definition.has_period:
        params["since"] = since or moment.as_of.replace(month=1, day=1)
    row = installation.database.known_row(definition.query, **params)
    assert row is not None
    return Figure(
        measure,
        definition.kind,
        row["numerator"],
        row["denominator"] if definition.kind is Kind.SHARE else None,
        moment,
        is_recount=definition.counts_agencies and installation.is_reorganised_since(moment),
    )


def compute_all(installation: Installation, moment: Moment, *, since: date | None = None) -> list[Figure]:
    """Every measure at one moment."""
    return [compute(installation, definition.measure, moment, since=since) for definition in MEASURES]


def stages(installation: Installation, programme: str, moment: Moment) -> dict[str, int]:
    """Counts of every stage and deadline state of a programme, on its base (`assigned`); `standing` ones are never due."""
    row = installation.database.known_row("figures/stages", programme=programme, **_clocks(moment))
    assert row is not None
    return {name: int(value) for name, value in row.items()}


def by_agency(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """agency_code, agency_name, agency_short_name, base, done, in_time, due_soon, overdue, standing; most overdue
    first."""
    return installation.database.known("figures/by_agency", programme=programme, **_all_clocks(moment))


def curve(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """stage, day, reached: the count from that day on, for each day on which it changes."""
    return installation.database.known("figures/curve", programme=programme, **_clocks(moment))


def bottlenecks(installation: Installation, programme: str, moment: Moment, limit: int = 5) -> pl.DataFrame:
    """Documents not issued that hold back open items: `alone` would be released by it, `helps` need it among others."""
    return installation.database.known(
        "figures/bottlenecks", programme=programme, limit=limit, **_all_clocks(moment)
    )


def changes(installation: Installation, programme: str, moment: Moment, since: date) -> pl.DataFrame:
    """change, agency_code, agency_name, items: what took effect, or was first reported, after a day."""
    return installation.database.known(
        "figures/changes",
        programme=programme,
        since=since,
        since_end=next_midnight(since),
        **_all_clocks(moment),
    )


def levels(installation: Installation, moment: Moment) -> dict[str, int]:
    """total, central, local, vertical, overlapping, unknown: the level groups as sets."""
    row = installation.database.known_row("figures/levels", **_clocks(moment))
    assert row is not None
    return {name: int(value) for name, value in row.items()}


def last_period_end(moment: Moment) -> date:
    """The end of the reporting period before as_of: the month end before it."""
    return month_end_before(moment.as_of)


def pace(installation: Installation, measure: str, moment: Moment) -> Pace | None:
    """Progress since the last published point at least two months back (without one: six months back).

    None where there are not two comparable points: no base then, or a base that has changed since.
    """
    points = [
        figure.as_of
        for figure in installation.reference.published_figures
        if (figure.measure or figure.id) == measure
        and figure.as_of is not None
        and (moment.as_of - figure.as_of).days >= _SHORTEST_WINDOW_DAYS
    ]
    day = max(points) if points else _months_back(moment.as_of, 6)
    since = replace(moment, as_of=day)
    now, then = compute(installation, measure, moment), compute(installation, measure, since)
    if not now.denominator or now.denominator != then.denominator:
        return None
    return Pace(
        since=since,
        gained=now.numerator - then.numerator,
        months=months_between(day, moment.as_of),
        left=now.denominator - now.numerator,
        total=now.denominator,
    )


def _months_back(day: date, months: int) -> date:
    for _ in range(months):
        day = month_end_before(day)
    return day


def _clocks(moment: Moment) -> dict[str, Any]:
    return {"as_of": moment.as_of, "revision": moment.revision}


def _all_clocks(moment: Moment) -> dict[str, Any]:
    return _clocks(moment) | {"organised_on": moment.organised_on}
