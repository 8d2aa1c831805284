"""Bars of rates begin at zero and end at 100 %; numbers stand beside them; no rate is no bar and no 0 %."""

from typing import Any

import pytest

from catalogue.charts import rates
from catalogue.charts.rates import Bar
from catalogue.i18n import Translator

BARS = [
    Bar("a", "Bộ A", "A", 110, 150, "1"),
    Bar("b", "Bộ B", "B", 8, 8, "–", "ít phương án", is_pale=True),
    Bar("c", "Bộ C", "C", 0, 0, "–", "chưa có việc đến hạn", is_pale=True),
    Bar("d", "Bộ D", "D", 0, 12, "2"),
]


def rows(chart: Any) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for data in chart.to_dict()["datasets"].values() for row in data}


@pytest.mark.parametrize(("language", "said"), [("vi", "73,3 % · 110/150"), ("en", "73.3% · 110/150")])
def test_a_rate_never_stands_without_its_numbers(language: str, said: str) -> None:
    found = rows(rates.bars(BARS, Translator(language), name="Cơ quan"))
    assert found["a"]["said"] == said
    assert found["a"]["rate"] == pytest.approx(110 / 150)
    assert {row["one"] for row in found.values()} == {1.0}
    assert {row["zero"] for row in found.values()} == {0.0}


def test_nothing_below_the_line_is_told_in_words_and_zero_in_numbers() -> None:
    found = rows(rates.bars(BARS, Translator("vi"), name="Cơ quan"))
    assert found["c"]["said"] == "chưa có việc đến hạn"
    assert found["d"]["said"] == "0,0 % · 0/12"
    assert found["b"]["said"] == "100,0 % · 8/8 · ít phương án"
    assert found["b"]["brief"] == "100,0 % · 8/8"


def test_places_stand_only_where_something_is_ranked() -> None:
    texts = [
        [
            layer["encoding"]["text"]["field"]
            for layer in rates.bars(bars, Translator("vi"), name="x").to_dict()["layer"]
            if layer["mark"]["type"] == "text"
        ]
        for bars in (BARS, [Bar("a", "Thuế", "Thuế", 1, 2)])
    ]
    assert "place" in texts[0]
    assert "place" not in texts[1]
