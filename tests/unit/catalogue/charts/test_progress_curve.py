"""The curve breaks where the base moved, says what stands on the old base, and joins nothing across it."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from catalogue.charts import progress
from catalogue.charts.progress import Break, View
from catalogue.i18n import Translator
from catalogue.model.pace import NoPace, Pace, Refusal, Window
from catalogue.model.period import Moment

AS_OF = date(2023, 12, 31)
MOVED = date(2023, 6, 1)
FRAME = pl.DataFrame(
    [
        ("assigned", date(2022, 1, 1), 100),
        ("assigned", MOVED, 80),
        ("enacted", date(2023, 2, 1), 10),
        ("enacted", date(2023, 5, 1), 20),
        ("enacted", MOVED, 18),  # two of those withdrawn had been done
        ("enacted", date(2023, 9, 1), 40),
    ],
    schema=["stage", "day", "reached"],
    orient="row",
)
BREAKS = (Break(MOVED, 100, 80, "15/NQ-CP", "Luật bỏ thủ tục"),)
SINCE = Moment(date(2023, 8, 31), None, 1)
PACE = Pace(Window.PUBLISHED, SINCE, Decimal(4), 18, 40, 80, 80)


def rows(chart: Any) -> list[dict[str, Any]]:
    """Every row of data of a chart's layers."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def points(stage: str) -> list[tuple[date, int, int, int | None, int]]:
    told = progress.points(FRAME, date(2023, 1, 1), AS_OF, progress.base_breaks(FRAME))
    return told.filter(pl.col("stage") == stage).drop("stage").rows()


def test_a_base_that_stood_and_moved_is_a_break_and_its_beginning_is_none() -> None:
    assert progress.base_breaks(FRAME) == (Break(MOVED, 100, 80),)
    assert progress.base_breaks(FRAME.filter(pl.col("day") < MOVED)) == ()


def test_a_segment_ends_on_the_day_on_its_old_base_and_the_next_begins_there() -> None:
    assert points("enacted") == [
        (date(2023, 2, 1), 10, 100, None, 0),
        (date(2023, 5, 1), 20, 100, None, 0),
        (MOVED, 20, 100, None, 0),
        (MOVED, 18, 80, 100, 1),
        (date(2023, 9, 1), 40, 80, 100, 1),
        (AS_OF, 40, 80, 100, 1),
    ]


def test_the_base_is_drawn_from_the_beginning_and_steps() -> None:
    assert [(day, reached) for day, reached, *_ in points("assigned")] == [
        (date(2023, 1, 1), 100),
        (MOVED, 100),
        (MOVED, 80),
        (AS_OF, 80),
    ]


def test_percentages_stand_on_the_base_of_their_day_and_say_the_one_before() -> None:
    chart = progress.curve(FRAME, "enacted", AS_OF, PACE, Translator("vi"), view=View.PERCENT, breaks=BREAKS)
    drawn = [row for row in rows(chart) if row.get("stage") == "enacted" and "segment" in row]
    assert {(row["segment"], row["value"]) for row in drawn} == {(0, 10), (0, 20), (1, 22.5), (1, 50)}
    last = next(row for row in drawn if row["value"] == 50)
    assert (last["count"], last["percent"], last["on_old"]) == ("40/80", "50,0 %", "40/100 = 40,0 %")
    assert not [row for row in rows(chart) if row.get("stage") == "assigned"]  # always 100 %
    lines = [layer for layer in chart.to_dict()["layer"] if "detail" in layer.get("encoding", {})]
    assert all(layer["encoding"]["detail"]["field"] == "segment" for layer in lines)
    assert lines


def test_the_mark_says_what_changed_by_which_document_and_why() -> None:
    chart = progress.curve(FRAME, "enacted", AS_OF, PACE, Translator("vi"), breaks=BREAKS)
    mark = next(row for row in rows(chart) if "change" in row)
    assert mark["label"] == "mẫu số 100 → 80"
    assert (mark["document"], mark["reason"]) == ("15/NQ-CP", "Luật bỏ thủ tục")
    assert (mark["on_new"], mark["on_old"]) == ("18/80 = 22,5 %", "18/100 = 18,0 %")


def test_a_target_at_the_height_of_a_stage_shares_its_name_and_another_has_its_own() -> None:
    def labels(target: int, view: View = View.COUNT) -> list[str]:
        chart = progress.curve(
            FRAME, "enacted", AS_OF, PACE, Translator("vi"), view=view, target=Decimal(target)
        )
        return [row["label"] for row in rows(chart) if row.get("label")]

    assert "Giao = chỉ tiêu: 80" in labels(100)
    assert "chỉ tiêu 75 % = 60" in labels(75)
    assert "chỉ tiêu 100 % = 80" in labels(100, View.PERCENT)


@pytest.mark.parametrize(("view", "ends"), [(View.COUNT, (40, 80)), (View.PERCENT, (50, 100))])
def test_the_continuation_is_the_division_drawn_to_its_end(view: View, ends: tuple[float, float]) -> None:
    chart = progress.curve(FRAME, "enacted", AS_OF, PACE, Translator("en"), view=view)
    line = [row["value"] for row in rows(chart) if set(row) == {"day", "value"}]
    assert line == pytest.approx(ends)


def test_a_refused_pace_draws_no_continuation() -> None:
    refused = NoPace(Window.PUBLISHED, Refusal.BASE_MOVED, SINCE, 100, 80)
    for none in (refused, None):
        chart = progress.curve(FRAME, "enacted", AS_OF, none, Translator("en"))
        assert not [row for row in rows(chart) if set(row) == {"day", "value"}]


@pytest.mark.parametrize("view", list(View))
def test_the_axis_begins_at_zero_and_leaves_room_above(view: View) -> None:
    chart = progress.curve(FRAME, "enacted", AS_OF, PACE, Translator("vi"), view=view).to_dict()
    scales = [layer["encoding"]["y"]["scale"] for layer in chart["layer"] if "y" in layer.get("encoding", {})
              and "scale" in layer["encoding"]["y"]]  # fmt: skip
    assert scales
    for scale in scales:
        assert scale["domain"][0] == 0
        assert scale["domain"][1] > 100


def test_a_programme_of_which_nothing_is_done_has_a_curve() -> None:
    frame = FRAME.filter((pl.col("stage") == "assigned") & (pl.col("day") < MOVED))
    for view in View:
        chart = progress.curve(
            frame, "enacted", AS_OF, None, Translator("vi"), view=view, target=Decimal(100)
        )
        assert [row for row in rows(chart) if "segment" in row]
