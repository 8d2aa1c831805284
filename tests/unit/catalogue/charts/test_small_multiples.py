"""Small curves share one axis from zero to 100 %; where the base moves the line is broken."""

from datetime import date
from typing import Any

import pytest

from catalogue.charts import small_multiples
from catalogue.charts.small_multiples import Panel, Point
from catalogue.i18n import Translator

DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 21)]
STEADY = Panel("a", "A", "Bộ A", [Point(day, done, 20) for day, done in zip(DAYS, (0, 5, 20), strict=True)])
MOVED = Panel("b", "B", "Bộ B", [Point(DAYS[1], 5, 10), Point(DAYS[2], 5, 8)])


def rows(chart: Any, key: str) -> list[dict[str, Any]]:
    found = [row for data in chart.to_dict()["datasets"].values() for row in data]
    return [row for row in found if row.get("key") == key and "segment" in row]


@pytest.mark.parametrize("across", [2, 5])
def test_every_panel_runs_from_zero_to_the_whole(across: int) -> None:
    chart = small_multiples.curves([STEADY, MOVED], Translator("vi"), across=across)
    steady, moved = rows(chart, "a"), rows(chart, "b")
    assert steady[0]["y"] == steady[0]["bottom"]
    assert steady[-1]["y"] == steady[-1]["top"]
    height = steady[0]["bottom"] - steady[0]["top"]
    assert moved[0]["bottom"] - moved[0]["top"] == height
    assert moved[0]["y"] == moved[0]["bottom"] - height / 2
    assert all(0 <= row["x"] <= 1 for row in steady + moved)
    assert moved[0]["x"] > steady[-1]["x"]  # beside each other, and what began later begins further right


def test_a_line_joins_points_of_one_base_only() -> None:
    assert small_multiples.segments(STEADY.points) == [0, 0, 0]
    assert small_multiples.segments(MOVED.points) == [0, 1]
    chart = small_multiples.curves([MOVED], Translator("vi"), across=2)
    assert [row["moved"] for row in rows(chart, "b")] == ["–", "10 → 8"]


@pytest.mark.parametrize(("language", "said"), [("vi", "62,5 % · 5/8"), ("en", "62.5% · 5/8")])
def test_a_panel_is_labelled_with_its_last_value(language: str, said: str) -> None:
    chart = small_multiples.curves([MOVED], Translator(language), across=2)
    labels = [row for data in chart.to_dict()["datasets"].values() for row in data if row.get("label") == "B"]
    assert [row["said"] for row in labels] == [said]
