"""The parts of a workbook that its sheets share: which sheets there are, their texts, the formats of their cells."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from pipelines.xlsx.limits import BadWorkbook

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]

TRUE = ("1", "true")

_OFFICE_DOCUMENT, _WORKSHEET = "/officeDocument", "/worksheet"
_STRINGS, _STYLES = "/sharedStrings", "/styles"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how the format writes characters that XML cannot carry
_NOT_FORMAT = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[\\_*].')
_DURATION = re.compile(r"\[(?:h+|m+|s+)\]")
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})


@dataclass(frozen=True)
class Listed:
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class Book:
    """What the sheets share: texts by number, the styles that show a number as a day, where days are counted from."""

    sheets: tuple[Listed, ...]
    strings: list[str]
    day_styles: frozenset[int]
    counts_from_1904: bool


def read_book(archive: ZipFile) -> Book:
    """What the sheets of a workbook share.

    Raises: BadWorkbook when there is no workbook, or one part is two sheets.
    """
    path = next(iter(_related(archive, "", _OFFICE_DOCUMENT).values()), None)
    if path is None:
        raise BadWorkbook("no workbook")
    described = _Described()
    parse(archive, path, described.start)
    parts = _related(archive, path, _WORKSHEET)
    sheets = tuple(
        Listed(name, parts[link], hidden) for name, link, hidden in described.sheets if link in parts
    )
    if len({sheet.part for sheet in sheets}) < len(sheets):
        raise BadWorkbook("one part for two sheets")
    strings = next(iter(_related(archive, path, _STRINGS).values()), None)
    styles = next(iter(_related(archive, path, _STYLES).values()), None)
    return Book(
        sheets,
        _strings(archive, strings) if strings else [],
        _day_styles(archive, styles) if styles else frozenset(),
        described.counts_from_1904,
    )


def parse(
    archive: ZipFile, part: str, start: Start, end: End | None = None, words: End | None = None
) -> None:
    """A part as a stream of elements; a name is its namespace and its own, parted by a space."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if words:
        parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _refuse_doctype
    stream: IO[bytes]
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def unescaped(text: str) -> str:
    """The text with the characters that `_x000D_` and its like stand for; half a surrogate pair stays as it is."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def _related(archive: ZipFile, part: str, kind: str) -> dict[str, str]:
    """The parts of a kind that a part names, by the id of the link; links to the outside are not followed."""
    folder, name = posixpath.split(part)
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, str] = {}

    def start(_: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("Type", "").endswith(kind) and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(f"/{folder}", attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = target

    if links in archive.NameToInfo:
        parse(archive, links, start)
    return found


def _refuse_doctype(*_: object) -> None:
    """No part of a workbook has one; entities that grow without end need one."""
    raise BadWorkbook("a document type")


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class _Described:
    """workbook.xml: the sheets by name, link and whether they are hidden."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.counts_from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if local(name) == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in TRUE
        elif local(name) == "sheet" and "name" in attributes:
            link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((unescaped(attributes["name"]), link, is_hidden))


def _strings(archive: ZipFile, part: str) -> list[str]:
    """The texts that cells share; how they are spoken (`rPh`) is not part of them."""
    found: list[str] = []
    pieces: list[str] = []
    is_spoken = is_text = False

    def start(name: str, _: Mapping[str, str]) -> None:
        nonlocal is_spoken, is_text
        match local(name):
            case "si":
                pieces.clear()
            case "rPh":
                is_spoken = True
            case "t":
                is_text = not is_spoken

    def end(name: str) -> None:
        nonlocal is_spoken, is_text
        match local(name):
            case "si":
                found.append(unescaped("".join(pieces)))
            case "rPh":
                is_spoken = False
            case "t":
                is_text = False

    def words(text: str) -> None:
        if is_text:
            pieces.append(text)

    parse(archive, part, start, end, words)
    return found


def _day_styles(archive: ZipFile, part: str) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a day or a time of day."""
    formats: dict[str, str] = {}
    used: list[str] = []
    is_of_cells = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_of_cells
        match local(name):
            case "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                is_of_cells = True
            case "xf" if is_of_cells:
                used.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal is_of_cells
        is_of_cells = is_of_cells and local(name) != "cellXfs"

    parse(archive, part, start, end)
    return frozenset(index for index, number in enumerate(used) if _is_day(number, formats))


def _is_day(number: str, formats: Mapping[str, str]) -> bool:
    if number not in formats:
        return number.isdigit() and int(number) in _DATE_FORMATS
    shown = _NOT_FORMAT.sub("", formats[number].partition(";")[0]).lower()
    return not _DURATION.search(shown) and any(letter in shown for letter in "dmyhs")
