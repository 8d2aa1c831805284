"""Charts of cost: steps that meet, parts with their shares, a map whose dots open their procedure."""

from typing import Any

import polars as pl
import pytest

from catalogue.charts import cost_map, cost_parts, cost_waterfall, render
from catalogue.charts.render import Frame
from catalogue.i18n import Translator
from catalogue.i18n.money import change, money
from catalogue.model.cost import Change

T = Translator("vi")
CHANGE = Change(2_306_000_000_000, 654_000_000_000, -1_700_000_000_000, 50_000_000_000, -2_000_000_000)
FRAME = pl.DataFrame(
    {
        "procedure_code": [f"1.{place}" for place in range(8)],
        "name": ["Cấp giấy phép xây dựng nhà ở riêng lẻ tại đô thị"] * 8,
        "agency_name": ["Bộ Xây dựng"] * 8,
        "case_vnd": [1_000_000, *range(7)],
        "cases": [5, 0, 9, 9, 9, 9, 9, 9],
        "year_vnd": [5_000_000, 0, 9, 18, 27, 36, 45, 54],
    }
)


def rows(chart: Any) -> list[dict[str, Any]]:
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def test_each_step_begins_where_the_last_one_ended_and_the_last_is_what_is_left() -> None:
    told = sorted(
        {row["place"]: row for row in rows(cost_waterfall.steps(CHANGE, T))}.values(),
        key=lambda row: row["place"],
    )
    before, *causes, after = told
    assert (before["start"], before["end"]) == (0, CHANGE.before)
    assert [(row["start"], row["end"]) for row in causes] == [
        (2_306 * 10**9, 606 * 10**9), (606 * 10**9, 656 * 10**9), (656 * 10**9, 654 * 10**9),
    ]  # fmt: skip
    assert (after["start"], after["end"]) == (0, CHANGE.after)
    assert [row["kind"] for row in told] == ["total", "less", "more", "less", "total"]
    assert [row["text"] for row in told] == [
        "2.306,0 tỷ đồng", "−1.700,0 tỷ đồng", "+50,0 tỷ đồng", "−2,0 tỷ đồng", "654,0 tỷ đồng",
    ]  # fmt: skip


def test_parts_say_their_sums_and_shares() -> None:
    told = rows(cost_parts.bars({"prepare": 930, "submit": 70}, T))
    assert [row["text"] for row in told[:2]] == ["930 đồng · 93,0 %", "70 đồng · 7,0 %"]


def test_the_map_leaves_out_what_a_logarithm_cannot_show_and_names_the_dearest() -> None:
    told = rows(cost_map.points(FRAME, T))
    assert "1.1" not in {row["procedure_code"] for row in told}  # no cases
    assert sum(row["label"] is not None for row in told) == 1
    assert [param["name"] for param in cost_map.points(FRAME, T).to_dict()["params"]] == ["procedure"]


@pytest.mark.parametrize(
    "chart", [cost_waterfall.steps(CHANGE, T), cost_parts.bars({"prepare": 1}, T), cost_map.points(FRAME, T)]
)
def test_each_can_leave_as_a_picture(chart: Any) -> None:
    assert (
        render.png(chart, Frame("Chi phí", (), (), "Chi phí một năm"), width=500, height=None)[:4]
        == b"\x89PNG"
    )


@pytest.mark.parametrize(
    ("vnd", "vi", "en"),
    [
        (0, "0 đồng", "0 đồng"),
        (999_999, "999.999 đồng", "999,999 đồng"),
        (1_000_000, "1,0 triệu đồng", "1.0 million đồng"),
        (1_652_000_000_000, "1.652,0 tỷ đồng", "1,652.0 billion đồng"),
        (-275_620, "−275.620 đồng", "−275,620 đồng"),
    ],
)
def test_sums_in_words(vnd: int, vi: str, en: str) -> None:
    assert (money(T, vnd), money(Translator("en"), vnd)) == (vi, en)
    assert change(T, vnd) == (f"+{vi}" if vnd > 0 else vi)
