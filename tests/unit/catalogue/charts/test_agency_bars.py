"""Bars of agencies name their parts where they stand: no legend, bars from zero, names that are understood."""

import re
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from catalogue.charts import agencies, render
from catalogue.i18n import Translator

DESK, PHONE = 544, 350


def frame(*rows: tuple[str, str, int, int, int, int]) -> pl.DataFrame:
    names = ("agency_name", "agency_short_name", "done", "in_time", "due_soon", "overdue")
    told = pl.DataFrame(rows, schema=names, orient="row")
    return told.with_columns(
        agency_code=pl.col("agency_short_name"),
        base=pl.sum_horizontal("done", "in_time", "due_soon", "overdue"),
    )


SOME = frame(
    ("Bộ Y tế", "Bộ Y tế", 40, 43, 4, 18),
    ("Bộ Tài nguyên và Môi trường", "Bộ TN&MT", 17, 20, 0, 5),
    ("Bộ Lao động - Thương binh và Xã hội", "Bộ LĐ-TB&XH", 66, 36, 0, 0),
    ("Bộ Ngoại giao", "Bộ Ngoại giao", 1008, 0, 0, 0),
)


def drawn(chart: Any, width: int) -> list[tuple[str, float, float, str]]:
    """Every written text with its place and size, from the picture itself."""
    found = []

    def walk(node: Any, x: float, y: float) -> None:
        moved = re.match(r"translate\(([-\d.]+),\s*([-\d.]+)\)", node.get("transform") or "")
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        if node.tag.endswith("text") and node.text:
            found.append((node.text, x, y, node.get("font-size") or ""))
        for child in node:
            walk(child, x, y)

    walk(ElementTree.fromstring(render.svg(chart, width=width)), 0, 0)
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", {"1.008 đã xong", "18 quá hạn · 4 sắp đến hạn", "5 quá hạn", "xong tất cả"}),
        ("en", {"1,008 done", "18 overdue · 4 due soon", "5 overdue", "all done"}),
    ],
)
def test_parts_are_named_where_they_stand(language: str, expected: set[str]) -> None:
    chart = agencies.bars(SOME, Translator(language))
    assert expected <= {text for text, *_ in drawn(chart, DESK)}
    assert all(layer["encoding"].get("color", {}).get("legend") is None for layer in chart.to_dict()["layer"])


def test_a_part_without_room_for_words_has_its_number_or_nothing() -> None:
    texts = {text for text, *_ in drawn(agencies.bars(SOME, Translator("vi")), DESK)}
    assert "17 đã xong" not in texts  # of 1.008 items: a few pixels
    alone = {text for text, *_ in drawn(agencies.bars(SOME.head(2), Translator("vi")), DESK)}
    assert {"40 đã xong", "43 trong hạn", "17", "20"} <= alone


def test_names_are_whole_where_there_is_room() -> None:
    chart = agencies.bars(SOME, Translator("vi"))
    assert {"Bộ Tài nguyên và Môi trường", "Bộ LĐ-TB&XH"} <= {text for text, *_ in drawn(chart, DESK)}
    assert {"Bộ TN&MT", "Bộ LĐ-TB&XH", "18 quá hạn"} <= {text for text, *_ in drawn(chart, PHONE)}


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_nothing_is_written_beyond_the_picture_and_in_one_size(width: int) -> None:
    found = drawn(agencies.bars(SOME.head(3), Translator("vi")), width)
    begin = min(x for _, x, _, _ in found)  # the names stand at the left edge
    beside = [(text, x - begin) for text, x, _, _ in found if "quá hạn" in text]
    assert beside and all(x + 5.2 * len(text) <= width for text, x in beside), beside
    assert len({size for *_, size in found}) == 1


def test_bars_begin_at_zero_and_are_as_long_as_their_items() -> None:
    root = ElementTree.fromstring(render.svg(agencies.bars(SOME.head(3), Translator("vi")), width=DESK))
    parts = []
    for node in root.iter():
        found = re.match(r"M([\d.]+),[\d.]+h([\d.]+)v", node.get("d") or "")
        said = re.search(r"items: (\d+)", (node.get("aria-label") or "").replace("Số TTHC", "items"))
        if found and said:
            parts.append((float(found[1]), float(found[2]), int(said[1])))
    assert len(parts) == 9
    an_item = {round(wide / count, 2) for _, wide, count in parts}
    assert max(an_item) - min(an_item) < 0.05
    starts = sorted({round(x) for x, *_ in parts})
    assert sum(1 for x, *_ in parts if round(x) == starts[0]) == 3  # one first part a bar, all at one place
