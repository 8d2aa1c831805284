"""Time limits: a number with its unit, beside the words that say it."""

import re

from catalogue.model.quality import Problem
from pipelines.parse.words import Parsed, excerpt, paragraphs

Duration = dict[str, str | int]

UNITS = ("giờ", "ngày làm việc", "ngày", "tuần", "tháng", "năm")
NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"

_UNIT = r"giờ(?!\s+làm)|ngày\s+làm\s+việc|ngày|tuần|tháng|năm"
_LIMIT = re.compile(rf"(?P<number>{NUMBER})\s*(?P<unit>{_UNIT})?", re.IGNORECASE)
_RANGE = re.compile(rf"{NUMBER}\s*(?:-|–|—|đến)\s*{NUMBER}\s*(?:{_UNIT})?", re.IGNORECASE)


def time_limit(text: str) -> Parsed[Duration]:
    """A limit as `time_value`, `time_unit` and `time_text`; a number without a unit is kept without one.

    "Không quy định" and other words without a figure are kept as words. A range has no one value.
    """
    words = paragraphs(text)
    if not words:
        return Parsed({})
    if match := _LIMIT.fullmatch(words):
        unit = " ".join((match["unit"] or "").lower().split())
        known: Duration = {"time_value": number(match["number"]), "time_unit": unit, "time_text": words}
        return Parsed({key: value for key, value in known.items() if value != ""})
    if not any(character.isdigit() for character in words):
        return Parsed({"time_text": words})
    rule = "time_is_range" if _RANGE.fullmatch(words) else "time_unclear"
    return Parsed({"time_text": words}, (Problem(rule, "channels", excerpt(words)),))


def number(figures: str) -> int | str:
    """Figures as a whole number where they are one, else as text with a point: `0,5` -> `0.5`."""
    text = figures.replace(",", ".")
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else int(whole)
