"""Cells say done of items, add up at both ends, and open only where there is something."""

from typing import Any

import polars as pl

from catalogue.charts import heat_map
from catalogue.charts.heat_map import TOTAL, Head, Words
from catalogue.i18n import Translator

WORDS = Words("Ô", "Được giao", "Đã xong", "Tỷ lệ")
HEADS = [Head("provincial", "Tỉnh"), Head("communal", "Xã")]
LINES = [Head("a", "Bộ A", "Bộ A viết đầy đủ"), Head("b", "Bộ B")]
FRAME = pl.DataFrame(
    {
        "row": ["a", "a", "b"],
        "column": ["provincial", "communal", "provincial"],
        "items": [10, 2, 5],
        "done": [4, 0, 5],
    }
)


def rows(chart: Any) -> list[dict[str, Any]]:
    """Every row of data of a chart's layers."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def clicked(chart: Any) -> set[tuple[str, str]]:
    """The cells that take a click."""
    spec = chart.to_dict()
    return {
        (row["row"], row["column"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rect" and layer["mark"].get("cursor") == "pointer"
        for row in spec["datasets"][layer["data"]["name"]]
    }


def test_cells_say_done_of_items_and_add_up_at_both_ends() -> None:
    chart = heat_map.cells(FRAME, LINES, HEADS, WORDS, Translator("vi"))
    said = {(row["row"], row["column"]): row["label"] for row in rows(chart) if "row" in row}
    assert said[("a", "provincial")] == "4/10"
    assert said[("b", "communal")] == "–"
    assert said[("a", TOTAL)] == "4/12"
    assert said[(TOTAL, "provincial")] == "9/15"
    assert said[(TOTAL, TOTAL)] == "9/17"


def test_an_empty_cell_is_blank_and_opens_nothing() -> None:
    chart = heat_map.cells(FRAME, LINES, HEADS, WORDS, Translator("vi"), blank="")
    empty = next(row for row in rows(chart) if (row.get("row"), row.get("column")) == ("b", "communal"))
    assert (empty["label"], empty["tint"], empty["percent"]) == ("", None, "–")
    assert ("b", "communal") not in clicked(chart)
    assert ("a", "communal") in clicked(chart)  # 0 of 2 is no empty cell


def test_a_closed_row_of_cells_takes_no_click() -> None:
    frame = pl.DataFrame({"row": ["a", "b"], "column": ["provincial"] * 2, "items": [10, 5], "done": [4, 5]})
    chart = heat_map.cells(frame, LINES, HEADS[:1], WORDS, Translator("vi"), closed=["b"])
    assert {row for row, _ in clicked(chart)} == {"a", TOTAL}


def test_the_colour_is_of_one_hue_from_nothing_to_everything_and_the_name_is_read_in_full() -> None:
    chart = heat_map.cells(FRAME, LINES, HEADS, WORDS, Translator("en"))
    scales = [
        layer["encoding"]["color"]["scale"]
        for layer in chart.to_dict()["layer"]
        if "scale" in layer["encoding"].get("color", {})
    ]
    assert [scale["domain"] for scale in scales] == [[0, 1]]
    names = {row["name"] for row in rows(chart) if "name" in row}
    assert "Bộ A viết đầy đủ → Tỉnh" in names
