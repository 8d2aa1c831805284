"""Form 03/SCM-KSTT as a worksheet: its columns, the lines above them, its words; for what is written and what is read."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from catalogue.i18n import LANGUAGES, Translator
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import Kind, Method
from catalogue.text import fold

T = Translator("vi")  # official papers are Vietnamese

# A column or line is called cost.field_<name>.
LINES = ("name", "code", "version", "agency", "income_year")
COLUMNS = (
    "ordinal", "activity", "label", "minutes", "income", "hired", "fees", "times", "people", "case", "year", "source", "method",
)  # fmt: skip
LISTED = ("code", "line_number", "kind", "value", "source", "method")  # of the sheet of sources

_Word = TypeVar("_Word", bound=StrEnum)


def title(name: str) -> str:
    """What a column or line is called on the form."""
    return T(f"cost.field_{name}")


def titles(name: str) -> frozenset[str]:
    """What it may be called in a file, folded."""
    return said(f"cost.field_{name}")


def said(key: str) -> frozenset[str]:
    """A text in every language, folded."""
    return frozenset(fold(Translator(language)(key)) for language in LANGUAGES)


def sheet_names(name: str) -> list[str]:
    """What the sheet of sources (`listed`) or the `guide` may be called."""
    return [Translator(language)(f"cost_book.sheet_{name}") for language in LANGUAGES]


def activities() -> Mapping[str, Activity]:
    """Activities by their words, folded."""
    return _by_word("cost.activity", tuple(Activity))


def methods() -> Mapping[str, Method]:
    """Ways of collecting by their words, folded."""
    return _by_word("cost.method", tuple(Method))


def kinds() -> Mapping[str, Kind]:
    """Kinds of figures by their words, folded."""
    return _by_word("cost.field", tuple(Kind))


def _by_word(prefix: str, values: Sequence[_Word]) -> Mapping[str, _Word]:
    return {
        fold(Translator(language).word(prefix, value)): value for language in LANGUAGES for value in values
    }
