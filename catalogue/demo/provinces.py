"""Publication decisions of the 63 provinces: each mirrors, weeks later, what a ministry's decision says of local procedures."""

import random
from datetime import date, timedelta

from catalogue.demo.office import working_days
from catalogue.demo.procedures import Procedure
from catalogue.demo.publications import LAST_ISSUE, WINDOW_START, Decision, Line, day_of, title
from catalogue.reference import Agency, Reference

DECISIONS_2024 = 1544  # of ministries and provinces, with an amended, replaced or abolished line
NEW_ONLY_2024 = 120
_BEFORE_2024 = 160
_MOST_LINES = 12
_DAY = date(2024, 3, 21)


def plan(reference: Reference, national: list[Decision], rng: random.Random) -> list[Decision]:
    """As many decisions as are missing to the published total of 2024, those with new lines only, and some of 2023."""
    this_year = [one for one in national if day_of(one) >= WINDOW_START]
    changing = sum(is_change(one) for one in this_year)
    new_only = len(this_year) - changing
    provinces = reference.agencies_on(_DAY, "province")
    mirrors = [(one, _local(one)) for one in national if day_of(one) >= date(2022, 10, 1)]
    mirrors = [(one, lines) for one, lines in mirrors if lines]
    changes = [(one, [line for line in lines if line.action != "new"]) for one, lines in mirrors]
    additions = [(one, [line for line in lines if line.action == "new"]) for one, lines in mirrors]
    changes, additions = ([pair for pair in pairs if pair[1]] for pairs in (changes, additions))
    window, before = working_days(WINDOW_START, LAST_ISSUE), working_days(date(2023, 2, 1), date(2023, 12, 28))
    decisions = [
        _mirror(provinces[number % len(provinces)], rng.choice(days), pairs, rng)
        for days, pairs, count in (
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


def _local(decision: Decision) -> list[Line]:
    return [line for line in decision.lines if _is_local(line.procedure)]


def _is_local(procedure: Procedure) -> bool:
    return not procedure.is_vertical and procedure.levels != ("ministry",)


def _mirror(
    province: Agency, day: date, pairs: list[tuple[Decision, list[Line]]], rng: random.Random
) -> Decision:
    recent = [
        pair for pair in pairs if day - timedelta(days=120) <= day_of(pair[0]) <= day - timedelta(days=8)
    ] or [pair for pair in pairs if day_of(pair[0]) < day]
    _, lines = rng.choice(recent)
    decision = Decision("decision", "", province.code, issued_on=day, in_force_on=day)
    decision.lines = [Line(line.action, line.procedure) for line in lines[:_MOST_LINES]]
    decision.title = title(province.name_on(day), decision)
    return decision
