"""Texts in Vietnamese and English, numbers and dates in each language's own form.

Every text stands in catalogue/i18n/<section>.yml as `key: {vi: ..., en: ...}`, the two languages side by side;
its full key is `<section>.<key>`. Placeholders are named: `{count}`.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel.numbers import format_decimal

from catalogue.working_days import ZONE

LANGUAGES = ("vi", "en")


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every text by its full key, in both languages.

    Raises: ValueError when a file gives a key twice or leaves a language out.
    """
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(files("catalogue.i18n").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yml"):
            section = entry.name.removesuffix(".yml")
            for key, text in yaml.load(entry.read_bytes(), Loader=yaml.CSafeLoader).items():
                if not isinstance(text, dict) or set(text) != set(LANGUAGES):
                    raise ValueError(f"{entry.name}: {key} needs exactly {LANGUAGES}")
                found[f"{section}.{key}"] = {language: str(text[language]) for language in LANGUAGES}
    return found


class Translator:
    """Texts, numbers and dates in one language; `t("overview.title", day=...)`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]

    def __call__(self, key: str, /, **values: Any) -> str:
        text = texts()[key][self.language]
        return text.format(**{name: self._shown(value) for name, value in values.items()}) if values else text

    def word(self, prefix: str, value: str) -> str:
        """The word for a value of a closed list: `word("claim.state", "draft")`."""
        return self(f"{prefix}_{value}")

    def has(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in texts()

    def number(self, value: int | float | Decimal, digits: int = 0) -> str:
        """`1.086` in Vietnamese, `1,086` in English; `digits` decimals."""
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(exact, format=pattern, locale=self.language)

    def signed(self, value: int) -> str:
        """A change with its sign: `+221`, `−3`, `0`."""
        return f"{'+' if value > 0 else '−' if value < 0 else ''}{self.number(abs(value))}"

    def percent(self, value: Decimal | float, digits: int = 1) -> str:
        """`60,6 %` in Vietnamese, `60.6%` in English."""
        return (
            f"{self.number(value, digits)} %" if self.language == "vi" else f"{self.number(value, digits)}%"
        )

    def day(self, value: date | None) -> str:
        """`29/02/2024` in both languages; a dash where there is none."""
        return value.strftime("%d/%m/%Y") if value else "–"

    def instant(self, value: datetime) -> str:
        """Day and minute in Vietnam."""
        return value.astimezone(ZONE).strftime("%d/%m/%Y %H:%M")

    def _shown(self, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, datetime):
            return self.instant(value)
        return self.day(value) if isinstance(value, date) else value
