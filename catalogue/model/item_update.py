"""Rows of a ministry's update file: what each says of an item, and what it leaves as it was.

An absent or blank cell says nothing; only the word `XÓA` clears a value.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from catalogue.errors import Issue
from catalogue.model.claim import DATES, ClaimKind, fields, needs_evidence
from catalogue.text import clean, fold

CLEAR = "XÓA"
KINDS = tuple(kind for kind in ClaimKind if kind is not ClaimKind.DIFFERENCE)
INPUTS = (
    "kind", "number", "issued_on", "in_force_on", "done_on", "new_deadline", "extension_reason", "expected_on", "decision",
    "obstacle_reason", "stuck_at", "note", "evidence",
)  # fmt: skip

_STAGE = {
    ClaimKind.APPROVED: "approved",
    ClaimKind.ENACTED: "enacted",
    ClaimKind.PUBLISHED: "published",
    ClaimKind.COMPLETED: "confirmed",
}
_REASONS = {ClaimKind.EXTENSION: "extension_reason", ClaimKind.OBSTACLE: "obstacle_reason"}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_SERIALS = range(25_569, 73_051)  # how Excel counts the days of 1970 to 2100
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NUMBER = re.compile(r"[^0-9a-z]+")

Cell = str | float | int | bool | date | list[Any] | dict[str, Any] | None


class RowState(StrEnum):
    """What becomes of a row."""

    NEW = "new"  # a draft that was not there before
    CHANGED = "changed"  # other content, or another file, for a draft that is there
    UNCHANGED = "unchanged"
    REFUSED = "refused"  # cannot even be a draft
    STALE = "stale"  # somebody else has changed it since the file was made


@dataclass(frozen=True)
class Row:
    """A row as read. `cells`: what it says by column, None where it clears; `raw`: every cell as it stands."""

    number: int
    item_id: int | None
    key_item: int | None
    document_id: int | None
    claim_id: int | None
    seen: int | None
    kind: ClaimKind | None
    cells: Mapping[str, str | None]
    issues: tuple[Issue, ...] = ()
    raw: Mapping[str, Cell] = field(default_factory=dict, repr=False)

    @property
    def is_silent(self) -> bool:
        """Whether the row says nothing at all."""
        return not self.cells and self.kind is None and not self.issues


def read_row(number: int, raw: Mapping[str, Cell], kinds: Mapping[str, ClaimKind]) -> Row:
    """A row of cells by column; `kinds`: the words of the closed list, folded."""
    item_id, issues = _item(number, raw.get("item_id"))
    key_item, document_id, claim_id, seen = _key(raw.get("key"))
    kind_word = _text(raw.get("kind"))
    kind = kinds.get(fold(clean(kind_word)))
    if kind_word and kind is None:
        issues.append(Issue("kind_unknown", row=number, column="kind", value=kind_word[:60]))
    cells: dict[str, str | None] = {}
    for column in INPUTS[1:]:
        text, rule = _said(column, raw.get(column))
        if rule:
            issues.append(Issue(rule, row=number, column=column, value=text[:60]))
        if text:
            cells[column] = None if fold(text) == fold(CLEAR) else text
    is_empty = item_id is None and not issues and not cells and kind is None
    if item_id is None and not issues and not is_empty:
        issues.append(Issue("item_id_missing", row=number, column="item_id"))
    return Row(number, item_id, key_item, document_id, claim_id, seen, kind, cells, tuple(issues), dict(raw))


def key(item_id: int, document_id: int | None, claim_id: int | None, seen: int) -> str:
    """What the hidden column keeps of a row: what it is about, and the revision at which it was read."""
    return "|".join(str(part or "") for part in (item_id, document_id, claim_id, seen))


def columns(kind: ClaimKind) -> dict[str, str]:
    """The field of the claim that each column of a kind fills, in the order of the form."""
    return {column_of(kind, name): name for name in fields(kind)}


def column_of(kind: ClaimKind, name: str) -> str:
    """The column in which a field of the claim stands."""
    return _REASONS.get(kind, name) if name == "reason" else name


def kinds_of(stages: Collection[str]) -> tuple[ClaimKind, ...]:
    """What can be reported in a programme with these stages."""
    return tuple(kind for kind in KINDS if applies(kind, stages))


def applies(kind: ClaimKind, stages: Collection[str]) -> bool:
    """Whether a kind of report makes sense in a programme with these stages."""
    return kind not in _STAGE or _STAGE[kind] in stages


def merged(kind: ClaimKind, known: Mapping[str, Any], cells: Mapping[str, str | None]) -> dict[str, Any]:
    """The content of a claim after a row: what the row does not say stays as it was."""
    content = {name: known.get(name) for name in fields(kind)}
    for column, name in columns(kind).items():
        if column not in cells:
            continue
        said, before = cells[column], content[name]
        if said is None or before is None or normal(str(before)) != said:
            content[name] = said
    return content


def strangers(kind: ClaimKind, cells: Mapping[str, str | None]) -> list[str]:
    """The filled columns that a kind of report does not have."""
    own = {*columns(kind), *(["evidence"] if needs_evidence(kind) else [])}
    return [column for column in INPUTS if cells.get(column) is not None and column not in own]


def shown(name: str, value: Any) -> str | date | None:
    """A field of a claim as a cell; what a cell cannot hold or would read otherwise stays blank, which changes nothing."""
    if not isinstance(value, str):
        return None
    if name in DATES and (day := _day(value)):
        return day
    text = normal(value)
    return text if len(text) <= 16_000 and fold(text) != fold(CLEAR) else None


def number_words(text: str) -> tuple[str, ...]:
    """A document's number, or a file's name, as comparable words: `07/2024/TT-BYT` and `7-2024-TT-BYT.pdf` agree."""
    return tuple(word.lstrip("0") or "0" for word in _NOT_IN_NUMBER.split(fold(clean(text))) if word)


def number_of_file(name: str, numbers: Sequence[str]) -> str | None:
    """The document number that a file's name contains; the longest, None where there is none or no single one."""
    path = PurePath(name.replace("\\", "/"))
    words = number_words(path.stem)
    found: dict[tuple[str, ...], str] = {}
    for number in numbers:
        wanted = number_words(number)
        spans = range(len(words) - len(wanted) + 1)
        if wanted and any(words[start : start + len(wanted)] == wanted for start in spans):
            found.setdefault(wanted, number)
    longest = max(map(len, found), default=0)
    best = [number for wanted, number in found.items() if len(wanted) == longest]
    return best[0] if len(best) == 1 else None


def normal(text: str) -> str:
    """NFC, one kind of line end, nothing that cannot be seen, no space around."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", lines)).strip()


def _item(number: int, cell: Cell) -> tuple[int | None, list[Issue]]:
    text = _text(cell)
    if not text:
        return None, []
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text), []
    return None, [Issue("item_id_not_a_number", row=number, column="item_id", value=text[:60])]


def _key(cell: Cell) -> tuple[int | None, int | None, int | None, int | None]:
    parts = [
        int(part) if part.isascii() and part.isdigit() and len(part) <= 18 else None
        for part in _text(cell).split("|")
    ]
    first, second, third, fourth = parts if len(parts) == 4 else [None] * 4
    return first, second, third, fourth


def _said(column: str, cell: Cell) -> tuple[str, str | None]:
    """The text of a cell, dates as ISO text where they are dates, and the rule that it breaks as a cell."""
    if column in DATES:
        if isinstance(cell, date):
            return (cell.date() if isinstance(cell, datetime) else cell).isoformat(), None
        if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIALS:
            return (date(1899, 12, 30) + timedelta(days=int(cell))).isoformat(), None
        text = _text(cell)
        day = _day(text)
        return (day.isoformat() if day else text), None
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}", "cell_is_date"
    return _text(cell), None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return normal(str(cell))


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year, iso_year, iso_month, iso_day = match.groups()
    try:
        return date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError:
        return None
