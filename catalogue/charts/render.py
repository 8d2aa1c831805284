"""Finished charts as files, drawn without a browser or a network: .png for papers, .svg for layout.

The fonts are named so that a picture looks the same everywhere: Liberation Sans comes inside vl-convert, and Arial,
which a desk has, is as wide letter by letter. Fonts of the machine are left out: an older Liberation Sans, such as
Debian 12 brings with Chromium, would stand before it and has no Vietnamese letters.

vl-convert draws one picture at a time, and no other thread runs meanwhile (measured: 0.9 s for the first of a process,
0.1 s after it); it keeps 170 MB from the first picture on, so it is loaded only then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from catalogue.charts.theme import INK, MUTED
from catalogue.settings import environment

WIDTH = 760  # pixels of a chart that has no width of its own
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

_SVG = "http://www.w3.org/2000/svg"
_MARGIN, _SWATCH, _BETWEEN = 16, 10, 18  # pixels
_TITLE, _LEGEND, _NOTE = 15, 12, 11  # sizes of type in pixels
_LEADING = 1.4
_WIDTHS = {
    "ijl'|": 0.23,
    "ftI.,:;!/ []·": 0.29,
    "r()-": 0.34,
    "mMW%—…": 0.9,
    "w": 0.74,
}  # of a letter, of its size
_LETTERS = {letter: width for letters, width in _WIDTHS.items() for letter in letters}

ElementTree.register_namespace("", _SVG)


@dataclass(frozen=True)
class Frame:
    """What stands around a picture that travels alone: its title, a legend of (word, colour), lines below it."""

    title: str
    legend: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    alt: str = ""


def svg(chart: Any, frame: Frame | None = None, *, width: int = WIDTH, height: int | None = None) -> bytes:
    """A chart of theme.finish as SVG on white.

    In pixels of the plot: `width`, where the chart gives none; `height`, where it is not to be the chart's own.
    """
    drawn = ElementTree.fromstring(_converter().vegalite_to_svg(_specified(chart, width, height)))
    picture: bytes = ElementTree.tostring(_framed(drawn, frame), encoding="utf-8", xml_declaration=True)
    return picture


def png(
    chart: Any,
    frame: Frame | None = None,
    *,
    scale: float = 2,
    width: int = WIDTH,
    height: int | None = None,
) -> bytes:
    """The same as PNG; `scale`: dots a pixel, 2 is enough for print at the width of a page."""
    drawn = svg(chart, frame, width=width, height=height).decode()
    picture: bytes = _converter().svg_to_png(drawn, scale=scale)
    return picture


@cache
def _converter() -> Any:
    """vl-convert, which looks once in a process for the fonts of its machine: where fontconfig's setting says."""
    with environment("FONTCONFIG_FILE", str(Path(__file__).with_name("no_fonts.conf"))):
        import vl_convert

        vl_convert.svg_to_png(f'<svg xmlns="{_SVG}" width="1" height="1"/>')
    return vl_convert


def _specified(chart: Any, width: int, height: int | None) -> dict[str, Any]:
    spec: dict[str, Any] = chart.to_dict()
    if not {"width", "hconcat", "vconcat", "concat", "facet", "repeat"} & spec.keys():
        spec["width"] = width
        if height is not None:
            spec["height"] = height
    spec["padding"] = 0  # the margin is the picture's
    config = spec.setdefault("config", {})
    config |= {"background": None, "font": FONT}
    config["text"] = config.get("text", {}) | {"font": FONT}
    return spec


def _framed(drawn: Element, frame: Frame | None) -> Element:
    """The drawing in a white picture of its own, with what its frame says above and below."""
    wide, tall = float(drawn.attrib["width"]), float(drawn.attrib["height"])
    root = Element(f"{{{_SVG}}}svg", {"version": "1.1", "font-family": FONT, "role": "img"})
    if frame:
        SubElement(root, f"{{{_SVG}}}title").text = frame.title
        SubElement(root, f"{{{_SVG}}}desc").text = frame.alt or None
    SubElement(root, f"{{{_SVG}}}rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
    down = float(_MARGIN)
    if frame:
        down = _lines(root, frame.title, down, wide, _TITLE, INK, weight="bold")
        down = _legend(root, frame.legend, down + 4, wide) + 6
    body = SubElement(root, f"{{{_SVG}}}g", {"transform": f"translate({_MARGIN},{down:g})"})
    body.extend(list(drawn))
    down += tall
    if frame:
        down += 12
        for note in frame.notes:
            down = _lines(root, note, down, wide, _NOTE, MUTED)
    width, height = wide + 2 * _MARGIN, down + _MARGIN
    root.attrib |= {
        "width": f"{width:g}",
        "height": f"{height:g}",
        "viewBox": f"0 0 {width:g} {height:g}",
    }
    return root


def _lines(
    root: Element, text: str, down: float, wide: float, size: int, colour: str, weight: str = "normal"
) -> float:
    """A text in as many lines as it needs below `down`; where they end."""
    for line in _wrapped(text, wide, size):
        down += size * _LEADING
        style = {"x": f"{_MARGIN}", "y": f"{down - 0.3 * size:g}", "fill": colour, "font-size": f"{size}px"}
        SubElement(root, f"{{{_SVG}}}text", style | {"font-weight": weight}).text = line
    return down


def _legend(root: Element, legend: Sequence[tuple[str, str]], down: float, wide: float) -> float:
    if not legend:
        return down
    left, base = 0.0, down + _LEGEND * _LEADING
    for word, colour in legend:
        length = _SWATCH + 6 + _length(word, _LEGEND)
        if left and left + length > wide:
            left, base = 0.0, base + _LEGEND * _LEADING
        at = _MARGIN + left
        swatch = {"x": f"{at:g}", "y": f"{base - _SWATCH:g}", "rx": "2", "fill": colour}
        SubElement(root, f"{{{_SVG}}}rect", swatch | {"width": f"{_SWATCH}", "height": f"{_SWATCH}"})
        style = {"x": f"{at + _SWATCH + 6:g}", "y": f"{base:g}", "fill": INK, "font-size": f"{_LEGEND}px"}
        SubElement(root, f"{{{_SVG}}}text", style).text = word
        left += length + _BETWEEN
    return base + 4


def _wrapped(text: str, wide: float, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and _length(f"{lines[-1]} {word}", size) <= wide:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _length(text: str, size: int) -> float:
    """About how long a text is in pixels, rather a little too long than too short."""
    bare = (normalize("NFD", letter)[0] for letter in text)
    return size * sum(_LETTERS.get(letter, 0.74 if letter.isupper() else 0.57) for letter in bare)
