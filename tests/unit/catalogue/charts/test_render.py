"""Pictures of charts: offline, white, with Vietnamese letters and numbers, and with what a picture that travels must say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import altair as alt
import polars as pl
import pytest
from PIL import Image

from catalogue.charts import render
from catalogue.charts.render import Frame
from catalogue.charts.theme import STATUS, finish
from catalogue.i18n import Translator

VI = Translator("vi")
PNG = b"\x89PNG\r\n\x1a\n"
# Letters with every mark, and those that few fonts have.
LETTERS = "Ặc Ệnh Ỗi Ợt Ữ Ỵ đường tiến độ thẩm quyền giải quyết ẵ ễ ỡ ỹ"


def line(language: str = "vi") -> Any:
    """A line over a year that passes 1,000 and has a month in words on its axis."""
    frame = pl.DataFrame({"day": [date(2024, 1, 1), date(2024, 12, 31)], "count": [0, 1600]})
    mark = alt.Chart(frame).mark_line()
    axis = alt.Axis(format="%B %Y", values=[date(2024, 3, 15).isoformat()])
    drawn = mark.encode(
        x=alt.X("day:T", axis=axis, title=LETTERS), y=alt.Y("count:Q", axis=alt.Axis(format=",d"))
    )
    return finish(drawn.properties(height=120), Translator(language))


def texts(picture: bytes) -> list[str]:
    return [
        "".join(one.itertext())
        for one in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    ]


def size(picture: bytes) -> tuple[float, float]:
    root = ElementTree.fromstring(picture)
    return float(root.attrib["width"]), float(root.attrib["height"])


def test_an_svg_keeps_vietnamese_texts_numbers_and_months() -> None:
    said = texts(render.svg(line()))
    assert LETTERS in said
    assert "1.500" in said
    assert "Tháng 3 2024" in said


def test_an_english_picture_keeps_english_numbers_and_months() -> None:
    said = texts(render.svg(line("en")))
    assert "1,500" in said
    assert "March 2024" in said


def test_every_text_has_fonts_that_are_always_there() -> None:
    families = {
        one.attrib["font-family"]
        for one in ElementTree.fromstring(render.svg(line())).iter()
        if "font-family" in one.attrib
    }
    assert families == {render.FONT}


def _drawn(letters: str) -> bytes:
    frame = pl.DataFrame({"label": [letters]})
    return render.png(finish(alt.Chart(frame).mark_text(size=40).encode(text="label:N"), VI), scale=1)


def test_the_font_has_every_vietnamese_letter() -> None:
    missing = _drawn("\U000e0fff")  # what stands where a font has no letter
    vowels = "aăâeêioôơuưy"
    letters = [
        vowel + tone for vowel in vowels for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    ]
    pictures = [_drawn(letter) for letter in (*letters, "đ", "Đ", "→", "–", "·", "₫", "≥")]
    assert missing not in pictures
    assert len(set(pictures)) == len(pictures)


def test_a_png_is_white_and_twice_as_sharp() -> None:
    picture = render.png(line())
    assert picture.startswith(PNG)
    image = Image.open(BytesIO(picture)).convert("RGBA")
    assert {image.getpixel(place) for place in ((0, 0), (image.width - 1, image.height - 1))} == {
        (255, 255, 255, 255)
    }
    wide, tall = size(render.svg(line()))
    assert (image.width, image.height) == pytest.approx((2 * wide, 2 * tall), abs=2)


def test_a_frame_says_title_legend_and_notes_and_nothing_is_outside() -> None:
    notes = ["Nguồn: sổ cái của hệ thống · tính đến 29/02/2024 " * 6, "Dữ liệu trình diễn"]
    frame = Frame("Ai đang chậm: <tiến độ> & hạn", [("Quá hạn", "#c8442b")], notes, "Bộ Y tế 18 quá hạn")
    picture = render.svg(line(), frame)
    said = texts(picture)
    assert {"Ai đang chậm: <tiến độ> & hạn", "Quá hạn", "Dữ liệu trình diễn"} <= set(said)
    assert " ".join(notes[0].split()) in " ".join(said)
    assert notes[0].strip() not in said, "a long note takes several lines"
    root = ElementTree.fromstring(picture)
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == "Bộ Y tế 18 quá hạn"
    _, tall = size(picture)
    own = [float(one.attrib["y"]) for one in root.findall("{http://www.w3.org/2000/svg}text")]
    assert max(own) < tall - 8
    assert min(own) > 8
    edge = Image.open(BytesIO(render.png(line(), frame, scale=1))).convert("L")
    right = edge.crop((edge.width - 8, 0, edge.width, edge.height))
    assert right.getextrema() == (255, 255), "a line of the notes runs over the margin"


@pytest.mark.parametrize(("marked", "bare"), [("Ặ", "A"), ("ễ", "e"), ("ổ", "o")])
def test_a_letter_with_marks_is_as_wide_as_its_letter(marked: str, bare: str) -> None:
    """So it is in Liberation Sans; a font of the machine would make another picture of it."""

    def width(title: str) -> int:
        picture = Image.open(BytesIO(render.png(line(), Frame(title), scale=4))).convert("L")
        dark = picture.crop((0, 0, picture.width, 34 * 4)).point([255] * 128 + [0] * 128).getbbox()
        assert dark
        return dark[2]

    assert width(f"{10 * marked}x") == width(f"{10 * bare}x")


def test_labels_beyond_the_plot_are_in_the_picture() -> None:
    frame = pl.DataFrame({"count": [10], "label": ["10 phương án quá hạn, lâu nhất 365 ngày"]})
    base = alt.Chart(frame).encode(x=alt.X("count:Q", axis=None))
    label = base.mark_text(align="left", dx=4).encode(text="label:N")
    chart = finish(alt.layer(base.mark_bar(color=STATUS["overdue"]), label), VI)
    picture = Image.open(BytesIO(render.png(chart, scale=1, width=100))).convert("RGB")
    band = picture.crop((picture.width - 15, 0, picture.width, picture.height))
    assert picture.width > 250
    assert band.getextrema() == ((255, 255),) * 3
    colours = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.getcolors(100_000)}
    assert {STATUS["overdue"], "#ffffff"} <= colours


def test_a_picture_may_be_taller_than_the_chart_on_the_page() -> None:
    grown = size(render.svg(line(), height=240))[1] - size(render.svg(line()))[1]
    assert grown == pytest.approx(120, abs=10)


def test_several_threads_draw_at_once() -> None:
    charts = [(line(language), Translator(language)) for language in ("vi", "en")] * 6
    with ThreadPoolExecutor(6) as pool:
        drawn = list(pool.map(lambda both: (both[1].language, render.svg(both[0])), charts))
    assert len(drawn) == len(charts)
    for language, picture in drawn:
        assert ("1.500" if language == "vi" else "1,500") in texts(picture)


def test_the_chart_of_the_page_stays_as_it_was() -> None:
    chart = line()
    before = chart.to_dict()
    render.svg(chart)
    assert chart.to_dict() == before
