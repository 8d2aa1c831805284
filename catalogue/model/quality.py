"""What is wrong with a record by the record itself: flagged when a version is written, never repaired.

The rules read a content (see `model.content`) and the day that it is held against, so every source answers to the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.model.content import ROLES

DISTRICT_ABOLISHED = date(2025, 7, 1)  # local government has two levels from this day: Law 72/2025/QH15

RULES = (
    "level_contradicts_name",
    "district_after_abolition",
    "agency_ended",
    "fee_thousand_times_too_small",
    "fee_under_thousand",
    "free_beside_amount",
    "time_without_unit",
    "time_zero",
    "name_incomplete",
    "name_in_capitals",
    "unusual_code",
    "decision_number_unusual",
)

_LEVELS = {
    "trung ương": "ministry",
    "bộ": "ministry",
    "tỉnh": "provincial",
    "huyện": "district",
    "xã": "communal",
}
_LEVEL = re.compile(r"\bcấp\s+(trung ương|bộ|tỉnh|huyện|xã)\b", re.IGNORECASE)
_SEVERAL = r"(?:cấp\s+(?:trung ương|bộ|tỉnh|huyện|xã)\b(?:\s*(?:,|và|/|hoặc)\s*)?)+"
# Where a name says that the procedure is carried out; "di tích cấp tỉnh" says something else.
_CARRIED_OUT = re.compile(
    rf"\((?:tại\s+|ở\s+)?{_SEVERAL}\s*\)"
    rf"|\b(?:thực hiện\s+(?:tại|ở)|tại)\s+(?:(?:công an|ubnd|ủy ban nhân dân)\s+)?{_SEVERAL}",
    re.IGNORECASE,
)
_DISTRICT = re.compile(r"\b(?:cấp|ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+huyện\b", re.IGNORECASE)
_SAYS_OLD = re.compile(r"\([^()]*\bcũ\s*\)", re.IGNORECASE)
_CODE = re.compile(r"[123]\.\d{6}(?:\.(?:000\.00\.00\.)?[HG]\d{2})?")
_DECISION = re.compile(r"\d+[a-zđ]?/QĐ-[a-zđ][\wđ&.-]*", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:[,;:(/–-]|…|\.\.\.)$")
_AMOUNT = re.compile(
    r"(?<![\d.,/])(?P<number>\d{1,3}(?:[.,]\d{3}){1,4}|\d{1,15}(?:[.,]\d{1,6})?)(?![\d.,]*\d)"
    r"\s*(?P<times>triệu|nghìn|ngàn)?\s*(?P<unit>đồng|vnđ|vnd|đ)?(?!\w)",
    re.IGNORECASE,
)
_TIMES = {"triệu": 1_000_000, "nghìn": 1_000, "ngàn": 1_000}
_AROUND = 50


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one part of a record (see `model.content`); `value` shows it in the source's words."""

    rule: str
    part: str | None = None
    value: str | None = None


def problems(
    content: Mapping[str, Any], *, code: str, day: date, ended: Callable[[str], bool]
) -> tuple[Problem, ...]:
    """Everything wrong with a content on a day, each once; `ended`: whether a text names an agency that is no more."""
    found = (
        *_of_the_name(content, code),
        *_of_the_levels(content, day),
        *_of_the_agencies(content, ended),
        *_of_the_channels(content),
        *_of_the_decision(content),
    )
    return tuple(dict.fromkeys(found))


def amounts_named(words: str | None) -> tuple[int, ...]:
    """The amounts in đồng that a text names: `135.000 đồng`, `06 triệu đồng`, `160.000/hộ chiếu`; not `25/2021`."""
    return tuple(
        round(_number(match["number"]) * _TIMES.get((match["times"] or "").lower(), 1))
        for match in _AMOUNT.finditer(words or "")
        if match["unit"] or match["times"] or _is_grouped(match["number"])
    )


def fee_too_small(amount_vnd: int | None, words: str | None) -> int | None:
    """The amount that a fee's own words name when it is exactly 1,000 times the fee; else None."""
    if not amount_vnd:
        return None
    named = amounts_named(words)
    # no fee is under 1,000 đồng, even where its words repeat it
    repeats_itself = amount_vnd >= 1000 and amount_vnd in named
    return amount_vnd * 1000 if amount_vnd * 1000 in named and not repeats_itself else None


def free_beside_amount(amount_vnd: int | None, words: str | None) -> int | None:
    """The first amount that the words of a fee name although it is said to be free of charge; else None."""
    return next(filter(None, amounts_named(words)), None) if amount_vnd == 0 else None


def levels_named(name: str) -> tuple[frozenset[str], str | None]:
    """The levels at which a name says the procedure is carried out, and the words that say so."""
    found = list(_CARRIED_OUT.finditer(name))
    levels = {_LEVELS[" ".join(word.lower().split())] for match in found for word in _LEVEL.findall(match[0])}
    return frozenset(levels), ", ".join(match[0].strip("() ") for match in found) or None


def _of_the_name(content: Mapping[str, Any], code: str) -> Iterator[Problem]:
    name = content.get("name") or ""
    if name.count("(") != name.count(")") or _OPEN_END.search(name):
        yield Problem("name_incomplete", "name", _tail(name))
    if len(name) > 20 and name.isupper():
        yield Problem("name_in_capitals", "name", _head(name))
    if not _CODE.fullmatch(code):
        yield Problem("unusual_code", "procedure_code", code)


def _of_the_levels(content: Mapping[str, Any], day: date) -> Iterator[Problem]:
    levels = frozenset(content.get("levels") or ())
    named, words = levels_named(content.get("name") or "")
    if levels and named and levels != named:
        yield Problem("level_contradicts_name", "levels", words)
    if day < DISTRICT_ABOLISHED:
        return
    if "district" in levels:
        yield Problem("district_after_abolition", "levels", "district")
    for part, text in _texts(content):
        if match := _DISTRICT.search(text):
            yield Problem("district_after_abolition", part, _excerpt(text, match))


def _of_the_agencies(content: Mapping[str, Any], ended: Callable[[str], bool]) -> Iterator[Problem]:
    for part in ("issuing_agency_text", *ROLES):
        for text in _entries(content.get(part)):
            if ended(text) or _SAYS_OLD.search(text):
                yield Problem("agency_ended", part, text)
    field_name = content.get("field_name") or ""
    if _SAYS_OLD.search(field_name):
        yield Problem("agency_ended", "field_name", field_name)


def _of_the_channels(content: Mapping[str, Any]) -> Iterator[Problem]:
    for channel in content.get("channels") or ():
        time, unit = channel.get("time_value"), channel.get("time_unit")
        if time is not None:
            words = channel.get("time_text") or str(time)
            if not unit:
                yield Problem("time_without_unit", "channels", words)
            if str(time).strip("0.") == "":
                yield Problem("time_zero", "channels", words)
        yield from _of_the_fees(channel.get("fees") or ())


def _of_the_fees(fees: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    for fee in fees:
        amount, words = fee.get("amount_vnd"), fee.get("text")
        shown = f"{amount:,} đ".replace(",", ".") if amount is not None else ""
        said = f"{shown}: {words}" if words else shown
        if fee_too_small(amount, words):
            yield Problem("fee_thousand_times_too_small", "channels", said)
        elif amount and amount < 1000:
            yield Problem("fee_under_thousand", "channels", said)
        if free_beside_amount(amount, words):
            yield Problem("free_beside_amount", "channels", words)


def _of_the_decision(content: Mapping[str, Any]) -> Iterator[Problem]:
    number = content.get("decision_number")
    if number and not _DECISION.fullmatch(number.replace(" ", "")):
        yield Problem("decision_number_unusual", "decision_number", number)


def _texts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a record says in its own voice today; titles of laws and names of papers may be older than the day."""
    for part in ("name", "field_name", *ROLES, "address", "steps"):
        for text in _entries(content.get(part)):
            yield part, text
    for channel in content.get("channels") or ():
        if channel.get("note"):
            yield "channels", channel["note"]


def _entries(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _number(text: str) -> float:
    return float(re.sub(r"[.,]", "", text) if _is_grouped(text) else text.replace(",", "."))


def _is_grouped(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text) is not None


def _excerpt(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _head(text: str) -> str:
    return text if len(text) <= 2 * _AROUND else f"{text[: 2 * _AROUND].rstrip()}…"


def _tail(text: str) -> str:
    return text if len(text) <= 2 * _AROUND else f"…{text[-2 * _AROUND :].lstrip()}"
