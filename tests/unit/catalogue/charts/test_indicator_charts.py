"""Charts of indicators: lines by segment, bars from zero, what has no value says so."""

from datetime import date
from typing import Any

import polars as pl

from catalogue.charts import indicators as chart
from catalogue.i18n import Translator

T = Translator("vi")


def _datasets(spec: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return list(spec["datasets"].values())


def test_a_line_is_drawn_by_segment_and_its_break_is_marked() -> None:
    frame = pl.DataFrame(
        {
            "period_end": [date(2024, 12, 31), date(2025, 12, 31)],
            "label": ["2024", "2025"],
            "value": [80.0, 82.0],
            "shown": ["80", "82"],
            "coverage": ["63/63", "34/34"],
            "segment": [0, 1],
            "why": [None, "sắp xếp lại cơ quan"],
        }
    )
    spec = chart.line(frame, 100, T).to_dict()
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert {"line", "point", "text", "rule"} <= set(marks)
    path = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "line")
    assert path["encoding"]["detail"]["field"] == "segment"
    assert path["encoding"]["y"]["scale"]["domain"] == [0, 100]


def test_a_line_without_a_break_has_no_rule() -> None:
    frame = pl.DataFrame(
        {
            "period_end": [date(2024, 12, 31), date(2025, 12, 31)],
            "label": ["2024", "2025"],
            "value": [80.0, 82.0],
            "shown": ["80", "82"],
            "coverage": ["", ""],
            "segment": [0, 0],
            "why": [None, None],
        },
        schema_overrides={"why": pl.String},
    )
    assert "rule" not in [layer["mark"]["type"] for layer in chart.line(frame, 100, T).to_dict()["layer"]]


def test_ranked_bars_begin_at_zero_and_say_why_there_is_none() -> None:
    frame = pl.DataFrame(
        {
            "key": ["a", "b"],
            "name": ["A", "B"],
            "value": [80.0, None],
            "label": ["80 · hạng 1/1", "chưa có số liệu"],
            "look": ["whole", "none"],
        }
    )
    spec = chart.ranked(frame, 100.0, 80.0, "trung bình 80", T).to_dict()
    bar = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
    assert bar["encoding"]["x"]["scale"]["domainMin"] == 0
    labels = {row["label"] for rows in _datasets(spec) for row in rows if "label" in row}
    assert "chưa có số liệu" in labels


def test_components_stand_against_their_maximum() -> None:
    frame = pl.DataFrame(
        {
            "name": ["X", "Y"],
            "maximum": [18.0, 20.0],
            "value": [9.0, None],
            "mean": [8.0, None],
            "label": ["9/18", "không áp dụng"],
            "mean_label": ["8", "–"],
        },
        schema_overrides={"value": pl.Float64, "mean": pl.Float64},
    )
    spec = chart.components(frame, T).to_dict()
    track, bar = spec["layer"][0], spec["layer"][1]
    assert track["encoding"]["x"]["field"] == "maximum"
    assert bar["encoding"]["x"]["field"] == "value"


def test_a_period_on_an_axis() -> None:
    end = date(2025, 9, 30)
    assert [chart.axis_label(end, kind) for kind in ("year", "quarter", "month", "day")] == [
        "2025",
        "Q3/2025",
        "09/2025",
        "30/09/2025",
    ]
