"""The ways of filing, their time limits and fees, from a table whose borders were lost.

A row begins where a way of filing is followed by a time limit and a fee: `Trực tuyến7 Ngày làm việc10,000 Việt Nam
Đồng(…)`. What follows the fees is the note of the row. The words of a note name ways of filing too, but no limit and
fee right behind; a way that is glued to a word inside a note is said, for a row may begin there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalogue.model.quality import Problem
from pipelines.parse import fees
from pipelines.parse.times import NUMBER, time_limit
from pipelines.parse.words import Parsed, excerpt, paragraphs

Channel = dict[str, Any]

WAYS = ("Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính")
HEADING = re.compile(r"\s*Hình thức nộpThời gianPhí, lệ phíMô tả")

_WAY = "|".join(WAYS)
_UNIT = r"Giờ|Ngày làm việc|Ngày|Tuần|Tháng|Năm"
_FEE = rf"(?=Miễn phí|{fees.UNKNOWN}|\d[\d.,]{{0,19}}\s*(?:{fees.CURRENCY}))"
_TIME = rf"{NUMBER}(?:\s?[-–]\s?{NUMBER})?\s?(?:{_UNIT})|{fees.UNKNOWN}|Không quy định|Không ?"
_WITHOUT_UNIT = rf"{NUMBER}(?:\s?[-–]\s?{NUMBER})?(?=Miễn phí|{fees.UNKNOWN})"
_GLUED = rf"\d[\d.,]{{0,19}}\s*(?:{fees.CURRENCY})"
_IN_WORDS = re.compile(rf"(?:{_WAY})(?P<time>(?!Miễn phí)\D.{{0,400}}?){_FEE}", re.DOTALL)
_HIDDEN = re.compile(rf"(?<![\s(“\"])(?:{_WAY})(?=\w)")


@dataclass(frozen=True)
class _Row:
    way: str
    time: str | None  # None: the figures behind the way are limit and fee at once
    start: int
    fees_at: int


def channels(text: str) -> Parsed[list[Channel]]:
    """The rows of the portal's table; words that belong to no row are kept as the note of a channel without a way."""
    heading = HEADING.match(text)
    table = text[heading.end() :] if heading else text
    if not paragraphs(table):
        return Parsed([])
    rows = tuple(_rows(table))
    if not rows:
        unclear = Problem("channels_unclear", "channels", excerpt(table))
        return Parsed([{"note": paragraphs(table)}], (unclear,))
    found: list[Channel] = []
    problems: list[Problem] = []
    if before := paragraphs(table[: rows[0].start]):
        found.append({"note": before})
        problems.append(Problem("channels_unclear", "channels", excerpt(before)))
    for row, end in zip(rows, [*(row.start for row in rows[1:]), len(table)], strict=True):
        channel = _channel(table, row, end)
        found.append(channel.value)
        problems += channel.problems
    return Parsed(found, tuple(dict.fromkeys(problems)))


def _rows(table: str) -> Iterator[_Row]:
    """Where the rows begin. The first row shows which words this table has for a limit that is no figure."""
    first = _IN_WORDS.match(table)
    in_words = f"|{re.escape(first['time'])}" if first else ""
    row = re.compile(
        rf"(?P<way>{_WAY})(?:(?P<time>(?:{_TIME}{in_words}){_FEE}|{_WITHOUT_UNIT})|(?={_GLUED}))"
    )
    for match in row.finditer(table):
        yield _Row(match["way"], match["time"], match.start(), match.end())


def _channel(table: str, row: _Row, end: int) -> Parsed[Channel]:
    channel: Channel = {"way": row.way}
    if row.time is None:
        problems: tuple[Problem, ...] = ()
        scanned = fees.scan_glued(table, row.fees_at, end)
    else:
        time = time_limit(row.time)
        channel |= time.value
        problems = time.problems
        scanned = fees.scan(table, row.fees_at, end)
    channel["fees"] = list(scanned.fees)
    note = table[scanned.end : end]
    channel["note"] = paragraphs(note)
    if not scanned.is_clear or _HIDDEN.search(note):
        problems = (*problems, Problem("channels_unclear", "channels", excerpt(table[row.start : end])))
    known = {key: value for key, value in channel.items() if value not in ("", [])}
    return Parsed(known, (*problems, *scanned.problems))
