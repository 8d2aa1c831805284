"""The cells of the form by their kind: what they may say, and the value that they say it with."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from catalogue.errors import Invalid
from catalogue.interchange.form import form
from catalogue.interchange.rows import parted
from catalogue.services.installation import parse_day
from catalogue.text import clean
from pipelines.parse.levels import levels
from pipelines.parse.times import UNITS
from pipelines.parse.words import Parsed, paragraphs, said
from pipelines.strict import text_of
from pipelines.workbook import Cell

LARGEST = 10**15

_WHOLE = re.compile(r"\d{1,16}")
_DECIMAL = re.compile(r"\d{1,16}[.,]\d{1,2}")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_ISO = re.compile(r"[A-Z]{3}")
_DONG = frozenset({"vnđ", "vnd", "đồng", "đ", "việt nam đồng"})


class NotAllowed(ValueError):
    """A cell says what its column does not take; `rule` names it."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(rule)


def read(kind: str, cell: Cell) -> Any:
    """What a cell says, None where it is empty or says that there is no information.

    Raises: NotAllowed.
    """
    if cell is None:
        return None
    words = text_of(cell)
    if not said(words):
        return None
    return _READ[kind](cell, words)


def whole_dong(value: int | str) -> int:
    """An amount in đồng, which has no smaller parts.

    Raises: NotAllowed.
    """
    if isinstance(value, int):
        return value
    raise NotAllowed("value_not_a_number")


def _text(_: Cell, words: str) -> str:
    return said(words)


def _lines(_: Cell, words: str) -> str:
    return paragraphs(words)


def _names(_: Cell, words: str) -> list[str]:
    return [name for name in map(said, words.splitlines()) if name]


def _blocks(_: Cell, words: str) -> list[str]:
    return [entry for entry in map(paragraphs, parted("\n".join(words.splitlines()))) if entry]


def _levels(_: Cell, words: str) -> list[str]:
    found = _levels_named(words)
    if found.problems:
        raise NotAllowed("value_not_in_list")
    return list(found.value)


@lru_cache(maxsize=256)
def _levels_named(words: str) -> Parsed[list[str]]:
    """A sheet says the same few levels over and over."""
    return levels(words)


def _flag(cell: Cell, words: str) -> bool:
    if isinstance(cell, bool):
        return cell
    lists = form().lists
    known = {str(lists["yes_word"]).casefold(): True, str(lists["no_word"]).casefold(): False}
    return bool(_one_of(known, words))


def _unit(_: Cell, words: str) -> str:
    return str(_one_of({unit: unit for unit in UNITS}, words))


def _currency(_: Cell, words: str) -> str:
    text = said(words)
    if text.casefold() in _DONG:
        return "VND"
    if _ISO.fullmatch(text):
        return text
    raise NotAllowed("value_not_in_list")


def _whole(cell: Cell, words: str) -> int:
    value = _decimal(cell, words)
    if isinstance(value, int):
        return value
    raise NotAllowed("value_not_a_number")


def _decimal(cell: Cell, words: str) -> int | str:
    """A whole number, or a text with a point; figures in groups of three are a whole number."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = Decimal(repr(cell))
        if 0 <= number <= LARGEST:
            return int(number) if number == number.to_integral_value() else f"{number:f}"
        raise NotAllowed("value_not_a_number")
    text = clean(words)
    if isinstance(cell, str) and _WHOLE.fullmatch(text) and int(text) <= LARGEST:
        return int(text)
    if isinstance(cell, str) and _GROUPED.fullmatch(text):
        return int(re.sub(r"[.,]", "", text))
    if isinstance(cell, str) and _DECIMAL.fullmatch(text):
        return text.replace(",", ".")
    raise NotAllowed("value_not_a_number")


def _day(cell: Cell, words: str) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, str):
        raise NotAllowed("value_not_a_date")
    try:
        return parse_day(said(words)).isoformat()
    except Invalid as error:
        raise NotAllowed("value_not_a_date") from error


def _one_of(known: dict[str, Any], words: str) -> Any:
    value = known.get(said(words).casefold())
    if value is None:
        raise NotAllowed("value_not_in_list")
    return value


_READ: dict[str, Callable[[Cell, str], Any]] = {
    "code": _text,
    "text": _text,
    "type": _text,
    "lines": _lines,
    "names": _names,
    "blocks": _blocks,
    "levels": _levels,
    "flag": _flag,
    "unit": _unit,
    "currency": _currency,
    "whole": _whole,
    "decimal": _decimal,
    "day": _day,
}
