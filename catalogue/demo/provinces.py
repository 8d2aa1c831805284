"""Publication decisions of the 63 provinces: each mirrors, weeks later, what a ministry's decision says of local procedures."""

import random
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta

from catalogue.demo.office import working_days
from catalogue.demo.procedures import Procedure
from catalogue.demo.publications import LAST_ISSUE, WINDOW_START, Decision, Line, day_of, title
from catalogue.reference import Agency, Reference

DECISIONS_2024 = 1544  # of ministries and provinces, with an amended, replaced or abolished line
NEW_ONLY_2024 = 120
_BEFORE_2024 = 160
_MOST_LINES = 12
Source = tuple[Decision, list[Line]]
_FIRST_SOURCE = date(2022, 10, 1)
_DAY = date(2024, 3, 21)


def plan(reference: Reference, national: list[Decision], rng: random.Random) -> list[Decision]:
    """As many decisions as are missing to the published total of 2024, those with new lines only, and some of 2023."""
    this_year = [one for one in national if day_of(one) >= WINDOW_START]
    changing = sum(is_change(one) for one in this_year)
    new_only = len(this_year) - changing
    provinces = reference.agencies_on(_DAY, "province")
    changes = _sources(national, lambda line: line.action != "new")
    additions = _sources(national, lambda line: line.action == "new")
    window, before = (
        working_days(WINDOW_START, LAST_ISSUE),
        working_days(date(2023, 2, 1), date(2023, 12, 28)),
    )
    decisions = [
        _mirror(provinces[number % len(provinces)], rng.choice(days), sources, rng)
        for days, sources, count in (
            (before, changes, _BEFORE_2024),
            (window, changes, DECISIONS_2024 - changing),
            (window, additions, NEW_ONLY_2024 - new_only),
        )
        for number in range(count)
    ]
    return sorted(decisions, key=lambda one: (day_of(one), one.issuer))


def is_change(decision: Decision) -> bool:
    """Whether it amends, replaces or abolishes anything."""
    return any(line.action != "new" for line in decision.lines)


def _sources(national: list[Decision], wanted: Callable[[Line], bool]) -> list[Source]:
    """The ministries' decisions that say something of local procedures, oldest first, and what they say."""
    found = []
    for decision in national:
        if day_of(decision) >= _FIRST_SOURCE:
            lines = [line for line in decision.lines if wanted(line) and _is_local(line.procedure)]
            if lines:
                found.append((decision, lines[:_MOST_LINES]))
    return found


def _is_local(procedure: Procedure) -> bool:
    return not procedure.is_vertical and procedure.levels != ("ministry",)


def _mirror(province: Agency, day: date, sources: list[Source], rng: random.Random) -> Decision:
    """One to four months after its source."""
    last = bisect_right(sources, day - timedelta(days=8), key=_day)
    first = bisect_right(sources, day - timedelta(days=120), key=_day, hi=last)
    source, lines = sources[rng.randrange(min(first, last - 1), last)]
    decision = Decision("decision", "", province.code, issued_on=day, in_force_on=day)
    decision.source = source
    decision.lines = [Line(line.action, line.procedure) for line in lines]
    decision.title = title(province.name_on(day), decision)
    return decision


def _day(source: Source) -> date:
    return day_of(source[0])
