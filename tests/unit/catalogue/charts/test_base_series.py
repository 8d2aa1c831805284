"""A series with a moving base: broken line, both bases named, the value on the old base beside it."""

from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.charts.base_series import SeriesPoint, Target, chart, old_bases, segments
from catalogue.i18n import Translator
from catalogue.model.figure import share

VI = Translator("vi")
POINTS = [
    SeriesPoint(date(2025, 8, 24), share(2028, 7806), 2028, 7806),
    SeriesPoint(date(2025, 10, 7), share(2263, 6974), 2263, 6974, ((7806, share(2263, 7806)),)),
    SeriesPoint(date(2025, 11, 18), share(2269, 6974), 2269, 6974, ((7806, share(2269, 7806)),)),
]


def values(drawn: dict[str, Any], field: str) -> list[Any]:
    return [row[field] for rows in drawn["datasets"].values() for row in rows if field in row]


def test_the_line_is_one_segment_a_base_and_never_joined_across() -> None:
    assert segments(POINTS) == [0, 1, 1]
    back = [*POINTS, SeriesPoint(date(2025, 12, 1), Decimal(1), 78, 7806)]
    assert segments(back) == [0, 1, 1, 2]
    drawn = chart(POINTS, VI).to_dict()
    lines = [layer for layer in drawn["layer"] if layer.get("mark", {}).get("type") == "line"]
    assert [line["encoding"]["detail"]["field"] for line in lines] == ["segment"]
    by_base = {
        row["segment"]: row["counts"]
        for rows in drawn["datasets"].values()
        for row in rows
        if "segment" in row
    }
    assert by_base == {0: "2.028/7.806", 1: "2.269/6.974"}


def test_the_break_names_both_bases_and_the_tooltip_the_old_one() -> None:
    drawn = chart(POINTS, VI).to_dict()
    assert "mẫu số 7.806 → 6.974" in values(drawn, "text")
    assert old_bases(POINTS[2], VI) == "2.269/7.806 = 29,1 %"
    assert "2.269/7.806 = 29,1 %" in values(drawn, "on_old")
    hollow = [row for rows in drawn["datasets"].values() for row in rows if row.get("is_old")]
    assert sorted(row["label"] for row in hollow) == ["29,0 %", "29,1 %"]


def test_it_stands_on_zero_with_one_axis_and_room_for_the_target() -> None:
    drawn = chart(POINTS, VI, target=Target(Decimal(30), "chỉ tiêu 30 %")).to_dict()
    domains = {
        tuple(layer["encoding"]["y"]["scale"]["domain"])
        for layer in drawn["layer"]
        if layer["encoding"].get("y", {}).get("scale")
    }
    ((low, high),) = domains
    assert low == 0
    assert high > 32.6
    assert "chỉ tiêu 30 %" in values(drawn, "text")
    assert "resolve" not in drawn


def test_a_base_that_was_not_printed_is_named_so() -> None:
    first = SeriesPoint(date(2025, 8, 24), Decimal("74.86"), 3163, None)
    second = SeriesPoint(date(2025, 10, 7), share(2051, 4888), 2051, 4888)
    assert "mẫu số (không in) → 4.888" in values(chart([first, second], VI).to_dict(), "text")


def test_a_dense_series_writes_out_its_ends_only() -> None:
    many = [SeriesPoint(date(2023, month, 28), Decimal(month), month, 100) for month in range(1, 13)]
    drawn = chart(many, Translator("en")).to_dict()
    labelled = [row["label"] for rows in drawn["datasets"].values() for row in rows if row.get("is_labelled")]
    assert labelled == ["1.0%", "12.0%"]


def test_counts_have_no_percent_and_one_point_can_be_drawn() -> None:
    one = [SeriesPoint(date(2024, 3, 21), Decimal(6317), 6317, None)]
    drawn = chart(one, VI, is_share=False).to_dict()
    assert values(drawn, "label") == ["6.317"]
    assert chart([SeriesPoint(date(2024, 3, 21), Decimal(0), 0, None)], VI, is_share=False).to_dict()


def test_a_base_that_moves_by_definition_breaks_nothing() -> None:
    drawn = chart(POINTS, VI, base_moves=True).to_dict()
    assert set(values(drawn, "segment")) == {0}
    assert not [text for text in values(drawn, "text") if "→" in text]
