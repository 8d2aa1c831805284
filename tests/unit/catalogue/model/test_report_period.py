"""Quarters and years that close on a day of their last month."""

from datetime import date, timedelta

import pytest

from catalogue.errors import Invalid
from catalogue.model.report_period import last_ended, name_said, period_of, previous, recent


def test_a_quarter_begins_the_day_after_the_one_before_closed() -> None:
    first, second = period_of("2023-Q4", 14), period_of("2024-Q1", 14)
    assert (first.starts_on, first.ends_on) == (date(2023, 9, 15), date(2023, 12, 14))
    assert second.starts_on == first.ends_on + timedelta(days=1)
    assert previous(second, 14) == first
    assert first.roman == "IV"


def test_without_a_closing_day_it_is_the_calendar_quarter() -> None:
    period = period_of("2024-Q1", None)
    assert (period.starts_on, period.ends_on) == (date(2024, 1, 1), date(2024, 3, 31))
    assert period_of("2024-Q1", 31).ends_on == date(2024, 3, 31)


def test_a_year_is_its_four_quarters() -> None:
    year = period_of("2023", 14)
    assert (year.starts_on, year.ends_on) == (
        period_of("2023-Q1", 14).starts_on,
        period_of("2023-Q4", 14).ends_on,
    )
    assert previous(year, 14).name == "2022"
    assert year.roman == ""


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2024, 3, 13), "2023-Q4"), (date(2024, 3, 14), "2024-Q1"), (date(2024, 12, 31), "2024-Q4")],
)
def test_the_last_quarter_that_ended(day: date, name: str) -> None:
    assert last_ended(day, 14).name == name


def test_recent_periods_name_a_year_with_its_last_quarter() -> None:
    names = [period.name for period in recent(date(2024, 3, 21), 14, quarters=3)]
    assert names == ["2024-Q1", "2023", "2023-Q4", "2023-Q3"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Quý IV năm 2023", "2023-Q4"),
        ("quý 4/2023", "2023-Q4"),
        ("QUÝ I năm 2024", "2024-Q1"),
        ("Năm 2023", "2023"),
        ("Quý V năm 2023", None),
        ("tháng 3/2024", None),
        ("", None),
    ],
)
def test_what_a_form_calls_its_period(said: str, name: str | None) -> None:
    assert name_said(said) == name


@pytest.mark.parametrize("name", ["2024-Q5", "2024-01", "Q1", "24-Q1", ""])
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="report_period_unknown"):
        period_of(name, 14)
