"""Invented scores by Decision 766 of the 63 provinces, June 2023 to February 2024, marked as invented.

The components add up to each total. The gaps are there on purpose: a province without figures for a while, one to which
a component does not apply, one that left a cell empty, one that scored 0, and one total that was corrected later.
"""

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from catalogue.demo.ledger import Ledger
from catalogue.demo.office import Office
from catalogue.model.indicator import SCALE, Period, parse_period
from catalogue.reference import Agency, Indicator, Reference
from catalogue.working_days import add_working_days

CODE, GROUP, SOURCE = "service-quality", "provinces", "demo"
MONTHS = tuple(
    parse_period(text)
    for text in (
        ["2023-06", "2023-07", "2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02"]
    )
)
# What no total of the month can be compared with, or nobody gave; a month counts from 0.
ABSENT = {"ubnd-ha-giang": (0, 1, 2), "ubnd-kon-tum": (8,), "ubnd-hau-giang": (5, 6)}
WITHOUT_COMPONENT = {"ubnd-bac-kan": "TTTT"}
NOT_SCORED = {"ubnd-hue": (0, 1, 8)}
ZERO = ("ubnd-soc-trang", "TTTT", (0, 1))
EMPTY_CELL = ("ubnd-dak-nong", "MDHL", (8,))
CORRECTED = ("ubnd-quang-binh", "TDGQ", 6)
_DAYS_AFTER = 4  # working days from the end of a month to its record
_CORRECTED_AFTER = 15
_REACH = {"CKMB": 0.62, "TDGQ": 0.80, "CLGQ": 0.55, "TTTT": 0.42, "MDHL": 0.78, "MDSH": 0.46}
_GROWTH = {"CKMB": 0.010, "TDGQ": 0.006, "CLGQ": 0.016, "TTTT": 0.026, "MDHL": 0.005, "MDSH": 0.022}
_CENT = SCALE // 100

Scores = dict[str, int | None]


def record(reference: Reference, ledger: Ledger, rng: random.Random) -> None:
    """The scores as facts, one revision a month; a correction is a revision of its own."""
    definition, office = reference.indicator(CODE), Office(rng)
    provinces = reference.agencies_on(MONTHS[-1].end, "province")
    skill = {province.code: rng.gauss(0, 0.09) for province in provinces}
    for number, month in enumerate(MONTHS):
        day = add_working_days(month.end, _DAYS_AFTER)
        revision = ledger.at(office.moment(day), "import.accept")
        for province in provinces:
            if number in ABSENT.get(province.code, ()):
                continue
            scores = _scores(definition, province, number, skill[province.code], rng)
            if (province.code, number) == (CORRECTED[0], CORRECTED[2]):
                later = ledger.at(office.moment(add_working_days(day, _CORRECTED_AFTER)), "import.accept")
                better = scores | {CORRECTED[1]: (scores[CORRECTED[1]] or 0) + 2 * SCALE}
                for fact in _facts(definition, province, month, day, better):
                    later.add("indicator_value", fact)
            if number in NOT_SCORED.get(province.code, ()):
                revision.add("indicator_value", _fact(province, month, day, None, "not_applicable", None))
                continue
            for fact in _facts(definition, province, month, day, scores):
                revision.add("indicator_value", fact)


def _scores(definition: Indicator, province: Agency, number: int, skill: float, rng: random.Random) -> Scores:
    """Each component as a share of its maximum; None where it does not apply or was left empty."""
    found: Scores = {}
    for component in definition.components:
        code, most = component.code, component.maximum * SCALE
        share = _REACH[code] + _GROWTH[code] * number + skill * 0.8 + rng.gauss(0, 0.05)
        found[code] = min(most, max(0, round(share * most / _CENT) * _CENT))
    if province.code == ZERO[0] and number in ZERO[2]:
        found[ZERO[1]] = 0
    if province.code == EMPTY_CELL[0] and number in EMPTY_CELL[2]:
        found[EMPTY_CELL[1]] = None
    if (without := WITHOUT_COMPONENT.get(province.code)) is not None:
        found[without] = None
    return found


def _facts(
    definition: Indicator, province: Agency, month: Period, day: date, scores: Scores
) -> list[dict[str, Any]]:
    """The total and its components; a total that lacks a component which applies was not given."""
    without = WITHOUT_COMPONENT.get(province.code)
    states: Mapping[str, str] = {
        code: "value" if value is not None else "not_applicable" if code == without else "missing"
        for code, value in scores.items()
    }
    total = sum(value for value in scores.values() if value is not None)
    is_missing = "missing" in states.values()
    out_of = sum(
        component.maximum * SCALE for component in definition.components if component.code != without
    )
    return [
        _fact(
            province,
            month,
            day,
            None,
            "missing" if is_missing else "value",
            None if is_missing else total,
            out_of=out_of if without else None,
        ),
        *(_fact(province, month, day, code, states[code], value) for code, value in scores.items()),
    ]


def _fact(
    province: Agency,
    month: Period,
    day: date,
    component: str | None,
    state: str,
    value: int | None,
    *,
    out_of: int | None = None,
) -> dict[str, Any]:
    return {
        "indicator_code": CODE,
        "group_code": GROUP,
        "subject": "agency",
        "agency_code": province.code,
        "component": component,
        "period_kind": month.kind.value,
        "period_end": month.end,
        "measured_to": month.end,
        "effective_on": day,
        "effective_basis": "inferred",
        "method": "qd-766-2022",
        "state": state,
        "value": value,
        "out_of": out_of,
        "basis": "invented",
        "source": SOURCE,
    }
