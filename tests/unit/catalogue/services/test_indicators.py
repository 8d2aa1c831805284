"""Indicators at a moment: announced or not, known or not, ranked among like, never compared across a break."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest

from catalogue.errors import Conflict, NotFound
from catalogue.model.indicator import parse_period
from catalogue.reference import load_reference
from catalogue.services import audit, indicators
from catalogue.services.installation import Installation

CODE = "service-quality"


def _fact(agency: str, period: str, value: int | None, **other: Any) -> dict[str, Any]:
    when = parse_period(period)
    return {
        "indicator_code": CODE,
        "group_code": "provinces",
        "subject": "agency",
        "agency_code": agency,
        "period_kind": when.kind.value,
        "period_end": when.end,
        "measured_to": when.end,
        "effective_on": when.end,
        "effective_basis": "inferred",
        "method": "qd-766-2022",
        "state": "value" if value is not None else "missing",
        "value": value,
        "basis": "printed",
        "source": "press",
        "publication": "bài thử",
    } | other


def _record(installation: Installation, *facts: dict[str, Any]) -> int:
    with installation.database.transaction("import.accept") as transaction:
        transaction.append("indicator_value", facts)
        return transaction.revision


def _everybody(period: str, value: Callable[[int], int], **other: Any) -> list[dict[str, Any]]:
    """A total of every province there was."""
    agencies = load_reference().agencies_on(parse_period(period).end, "province")
    return [_fact(agency.code, period, value(place), **other) for place, agency in enumerate(agencies)]


def test_a_printed_mean_and_its_change_in_points(empty: Installation) -> None:
    found = indicators.latest(empty, "sipas", empty.moment(date(2025, 12, 31)))
    assert found is not None
    assert (found.period.text, found.mean, found.mean_basis) == ("2024", Decimal("83.94"), "printed")
    assert found.change == Decimal("1.28")
    assert (found.coverage.valued, found.coverage.of) == (1, 63)


def test_nothing_is_known_before_it_was_announced(empty: Installation) -> None:
    day_before = empty.moment(date(2024, 4, 16))
    found = indicators.latest(empty, "sipas", day_before)
    assert found is not None
    assert found.period.text == "2022"
    later = indicators.announced_later(empty, "sipas", "provinces", day_before)
    assert later == (parse_period("2023"), date(2024, 4, 17))
    on_the_day = indicators.latest(empty, "sipas", empty.moment(date(2024, 4, 17)))
    assert on_the_day is not None
    assert on_the_day.period.text == "2023"


def test_printed_ranks_stand_and_none_is_counted_of_a_few(empty: Installation) -> None:
    found = indicators.latest(empty, "par-index", empty.moment(date(2025, 1, 1)))
    assert found is not None
    ranks = {row["short_name"]: row["rank"] for row in found.agencies.iter_rows(named=True)}
    assert (ranks["Quảng Ninh"], ranks["An Giang"], ranks["Sóc Trăng"]) == (1, 63, None)
    assert found.coverage.missing == 63 - 7
    assert found.regions.height == 6


def test_ministries_and_provinces_are_not_ranked_together(empty: Installation) -> None:
    moment = empty.moment(date(2025, 1, 1))
    ministries = indicators.latest(empty, "par-index", moment, group="ministries")
    assert ministries is not None
    assert set(ministries.agencies["agency_code"]) == {"bo-tu-phap", "bo-cong-thuong"}
    assert (ministries.coverage.valued, ministries.coverage.of) == (2, 17)
    with pytest.raises(NotFound):
        indicators.latest(empty, "par-index", moment, group="communes")


def test_missing_not_applicable_and_zero_are_three_things(empty: Installation) -> None:
    facts = [
        fact
        for fact in _everybody("2023-06", lambda place: 50_0000 + place)
        if fact["agency_code"] not in ("ubnd-ha-noi", "ubnd-hue", "ubnd-ca-mau", "ubnd-bac-kan")
    ]
    facts.append(_fact("ubnd-hue", "2023-06", None, state="not_applicable"))
    facts.append(_fact("ubnd-ca-mau", "2023-06", 0))
    facts.append(_fact("ubnd-bac-kan", "2023-06", 80_0000, out_of=90_0000))
    _record(empty, *facts)
    found = indicators.latest(empty, CODE, empty.moment(date(2023, 7, 1)))
    assert found is not None
    rows = {row["agency_code"]: row for row in found.agencies.iter_rows(named=True)}
    assert [rows[f"ubnd-{name}"]["state"] for name in ("ha-noi", "hue", "ca-mau")] == [
        "missing",
        "not_applicable",
        "value",
    ]
    assert (rows["ubnd-ca-mau"]["value"], rows["ubnd-ca-mau"]["rank"]) == (0.0, 60)
    assert rows["ubnd-hue"]["rank"] is None
    assert (rows["ubnd-bac-kan"]["rank"], rows["ubnd-bac-kan"]["out_of"]) == (None, 90.0)
    found_coverage = found.coverage
    assert (found_coverage.valued, found_coverage.partial) == (60, 1)
    assert (found_coverage.not_applicable, found_coverage.missing, found_coverage.of) == (1, 1, 63)
    assert found.agencies["agency_code"].to_list()[-1] == "ubnd-ha-noi"


def test_a_mean_is_computed_of_whole_totals_and_not_of_a_few(empty: Installation) -> None:
    _record(
        empty, *_everybody("2023-06", lambda place: 60_0000), *_everybody("2023-07", lambda place: 62_5000)
    )
    _record(empty, _fact("ubnd-ha-noi", "2023-08", 99_0000))
    moment = empty.moment(date(2023, 9, 1))
    frame = indicators.means(empty, CODE, moment)
    assert frame["mean"].to_list() == [60.0, 62.5, None]
    assert frame["change"].to_list() == [None, 2.5, None]
    assert frame["mean_basis"].to_list() == ["computed", "computed", None]


def test_the_line_of_the_mean_breaks_where_63_provinces_became_34(empty: Installation) -> None:
    for period in ("2025-05", "2025-06", "2025-07", "2025-08"):
        _record(empty, *_everybody(period, lambda place: 60_0000))
    frame = indicators.means(empty, CODE, empty.moment(date(2025, 9, 1)))
    assert frame["of"].to_list() == [63, 63, 34, 34]
    assert frame["segment"].to_list() == [0, 0, 1, 1]
    assert frame["break"].to_list() == [None, None, "agencies", None]
    assert frame["change"].to_list() == [None, 0.0, None, 0.0]


def test_a_province_that_took_others_in_is_another_one(empty: Installation) -> None:
    for agency in ("ubnd-an-giang", "ubnd-ha-noi"):
        _record(empty, _fact(agency, "2025-06", 60_0000), _fact(agency, "2025-07", 70_0000))
    moment = empty.moment(date(2025, 9, 1))
    merged = indicators.of_agency(empty, "ubnd-an-giang", moment, CODE)
    kept = indicators.of_agency(empty, "ubnd-ha-noi", moment, CODE)
    assert merged["break"].to_list() == [None, "agencies"]
    assert merged["change"].to_list() == [None, None]
    assert kept["break"].to_list() == [None, None]
    assert kept["change"].to_list() == [None, 10.0]


def test_a_period_that_is_not_over_is_not_compared(empty: Installation) -> None:
    part = {"measured_to": date(2025, 10, 15), "effective_on": date(2025, 10, 15)}
    _record(empty, _fact("ubnd-ha-noi", "2025-09", 60_0000), _fact("ubnd-ha-noi", "2025-10", 50_0000, **part))
    frame = indicators.of_agency(empty, "ubnd-ha-noi", empty.moment(date(2025, 10, 20)), CODE)
    assert frame["break"].to_list() == [None, "unfinished"]
    assert frame["measured_to"].to_list()[-1] == date(2025, 10, 15)


def test_a_later_row_takes_the_place_of_an_earlier_one(empty: Installation, clock: Any) -> None:
    clock.now = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    _record(empty, _fact("ubnd-ha-noi", "2023-06", 60_0000))
    clock.now = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    _record(empty, _fact("ubnd-ha-noi", "2023-06", 65_0000))
    now = empty.moment(date(2023, 7, 1))
    then = empty.moment(date(2023, 7, 1), date(2026, 11, 21))
    before = empty.moment(date(2023, 7, 1), date(2026, 11, 19))

    def value(moment: Any) -> list[float]:
        return indicators.of_agency(empty, "ubnd-ha-noi", moment, CODE)["value"].to_list()

    assert (value(now), value(then), value(before)) == ([65.0], [60.0], [])


def test_what_was_announced_later_holds_from_its_day(empty: Installation) -> None:
    _record(empty, _fact("ubnd-ha-noi", "2023-06", 60_0000, effective_on=date(2023, 7, 5)))
    _record(empty, _fact("ubnd-ha-noi", "2023-06", 65_0000, effective_on=date(2023, 9, 1)))
    found = [
        indicators.of_agency(empty, "ubnd-ha-noi", empty.moment(day), CODE)["value"].to_list()
        for day in (date(2023, 7, 4), date(2023, 7, 5), date(2023, 8, 31), date(2023, 9, 1))
    ]
    assert found == [[], [60.0], [60.0], [65.0]]


def test_a_recorded_value_comes_before_a_printed_one(empty: Installation) -> None:
    printed = {
        "indicator_code": "sipas",
        "method": "tu-2022",
        "effective_on": date(2024, 4, 17),
    }
    _record(empty, _fact("ubnd-quang-ninh", "2023", 91_0000, **printed))
    frame = indicators.of_agency(empty, "ubnd-quang-ninh", empty.moment(date(2024, 5, 1)), "sipas")
    assert frame.filter(pl.col("period") == "2023")["value"].to_list() == [91.0]


def test_units_rank_within_their_own_agency_and_kind(empty: Installation) -> None:
    facts = [
        _fact(
            province,
            "2025-10",
            (90 - unit) * 10_000,
            group_code="departments",
            subject="unit",
            unit_code=f"{number}.0{unit}",
            unit_name=f"Sở {unit} - tỉnh An Giang",
            rank=40 + unit,
            rank_of=117,
            rank_scope="mixed",
        )
        for province, number in (("ubnd-an-giang", "H01"), ("ubnd-ha-noi", "H26"))
        for unit in range(3)
    ]
    _record(empty, *facts)
    moment = empty.moment(date(2025, 11, 1))
    found = indicators.latest(empty, CODE, moment, group="departments", within="ubnd-an-giang")
    assert found is not None
    assert found.agencies["rank"].to_list() == [1, 2, 3]
    assert found.agencies["rank_of"].to_list() == [3, 3, 3]
    assert found.agencies["file_rank"].to_list() == [40, 41, 42]
    assert found.agencies["short_name"][0] == "Sở 0"
    known = indicators.units_known(empty, CODE, "departments", moment)
    assert known["agency_code"].to_list() == ["ubnd-an-giang", "ubnd-ha-noi"]
    assert indicators.of_agency(empty, "ubnd-an-giang", moment, CODE).is_empty()


def test_of_two_periods_up_to_one_day_the_fuller_one_is_shown(empty: Installation) -> None:
    _record(empty, *_everybody("2025-10", lambda place: 60_0000))
    quarter = {"measured_to": date(2025, 10, 31), "effective_on": date(2025, 10, 31)}
    _record(empty, _fact("ubnd-an-giang", "2025-Q4", 86_7000, **quarter))
    found = indicators.latest(empty, CODE, empty.moment(date(2025, 11, 1)))
    assert found is not None
    assert found.period.text == "2025-10"
    only = indicators.latest(empty, CODE, empty.moment(date(2025, 11, 1)), kind="quarter")
    assert only is not None
    assert (only.mean, only.coverage.valued) == (None, 1)


def test_an_agency_that_does_not_exist_is_not_found(empty: Installation) -> None:
    with pytest.raises(NotFound):
        indicators.of_agency(empty, "ubnd-atlantis", empty.moment())


def test_values_are_append_only_and_checked(empty: Installation) -> None:
    revision = _record(
        empty,
        _fact("ubnd-ha-noi", "2023-06", 30_0000),
        _fact("ubnd-ha-noi", "2023-06", 10_0000, component="CKMB"),
        _fact("ubnd-ha-noi", "2023-06", 15_0000, component="TDGQ"),
    )
    problems = audit.check(empty).filter(pl.col("check") == "indicators")
    assert problems["problem"].to_list() == ["components do not add up to the total"]
    _record(
        empty,
        _fact("ubnd-ha-noi", "2023-06", 25_0000),
        _fact("ubnd-ha-noi", "2023-06", 10_0000, component="CKMB"),
        _fact("ubnd-ha-noi", "2023-06", 15_0000, component="TDGQ"),
    )
    assert revision not in audit.broken_revisions(empty)


@pytest.mark.parametrize("verb", ["update indicator_value set value = 1", "delete from indicator_value"])
def test_a_recorded_value_is_never_changed(empty: Installation, verb: str) -> None:
    _record(empty, _fact("ubnd-ha-noi", "2023-06", 30_0000))
    with pytest.raises(duckdb.Error, match="append only: indicator_value"):
        empty.database._connection.cursor().execute(verb).fetchall()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "value", "value": None},
        {"state": "missing", "value": 1},
        {"state": "not_applicable", "value": 0},
        {"subject": "nobody"},
        {"period_kind": "decade"},
    ],
)
def test_what_is_no_value_cannot_be_recorded(empty: Installation, wrong: dict[str, Any]) -> None:
    with pytest.raises(Conflict):
        _record(empty, _fact("ubnd-ha-noi", "2023-06", 30_0000) | wrong)
