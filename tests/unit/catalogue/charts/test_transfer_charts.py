"""Ribbons say in words and numbers what their sizes say."""

import itertools
from typing import Any

import pytest

from catalogue.charts import transfers, waiting
from catalogue.charts.transfers import Flow
from catalogue.i18n import Translator
from catalogue.services import decentralisation, figures
from catalogue.services.installation import Installation

FLOWS = [Flow("ministry", "communal", 14, 2, 2), Flow("ministry", "provincial", 637, 185, 50)]


def rows(chart: Any) -> list[dict[str, Any]]:
    """Every row of data of a chart's layers."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("vi", "Bộ → tỉnh", "185/637 (29,0 %)\n50 quá hạn"),
        ("en", "Ministry → province", "185/637 (29.0%)\n50 overdue"),
    ],
)
def test_a_ribbon_is_labelled_directly(language: str, name: str, said: str) -> None:
    chart = transfers.ribbons(FLOWS, decentralisation.LEVELS, Translator(language))
    assert {"name": name, "count": said}.items() <= next(
        row for row in rows(chart) if row.get("name") == name and "part" not in row
    ).items()


def test_ribbons_are_as_wide_as_their_items_and_never_overlap_at_the_end() -> None:
    chart = transfers.ribbons(FLOWS, decentralisation.LEVELS, Translator("vi"))
    points = [row for row in rows(chart) if "part" in row]
    wide = {(row["taker"], row["part"]): row["y2"] - row["y"] for row in points if row["x"] == points[0]["x"]}
    unit = wide[("provincial", "done")] / 185
    for flow in FLOWS:
        assert wide[(flow.taker, "done")] == pytest.approx(flow.done * unit)
        assert wide[(flow.taker, "open")] == pytest.approx((flow.items - flow.done) * unit)
    last = max(row["x"] for row in points)
    ends = sorted((row["y"], row["y2"]) for row in points if row["x"] == last)
    assert all(one[1] <= following[0] + 1e-6 for one, following in itertools.pairwise(ends))


def test_nothing_done_is_no_done_ribbon() -> None:
    chart = transfers.ribbons(
        [Flow("district", "communal", 3, 0, 0)], decentralisation.LEVELS, Translator("vi")
    )
    assert {row["part"] for row in rows(chart) if "part" in row} == {"open"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_bars_of_documents_carry_every_waiting_item(demo: Installation, language: str) -> None:
    moment = demo.moment()
    frame = decentralisation.by_instrument(demo, moment, figures.DECENTRALISATION)
    chart = waiting.bars(frame, moment.as_of, Translator(language))
    assert sum(row["items"] for row in rows(chart) if "state" in row) == frame["items"].sum()
    label = next(row["label"] for row in rows(chart) if row["document_id"] == frame["document_id"][0])
    assert f"{frame['overdue'][0]} {'quá hạn' if language == 'vi' else 'overdue'}" in label
