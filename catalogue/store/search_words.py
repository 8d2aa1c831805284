"""Text as it is searched: words folded for finding, the same words with their diacritics for ranking."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from catalogue.text import fold, spelling_key

_NUMBER = re.compile(r"\d[\d.]*\s*/\s*(?:\d{4}\s*/\s*)?[^\W\d_][\w.-]*")
_OPENING = ("thu", "tuc")  # `Thủ tục` before a name says nothing about it


@dataclass(frozen=True)
class Word:
    """`folded`: without diacritics; `exact`: with them, wherever the tone mark was put. Both with i for a lone y."""

    folded: str
    exact: str
    text: str = field(default="", compare=False)  # as it was written

    @property
    def is_marked(self) -> bool:
        """Whether it bears any diacritic."""
        return self.folded != self.exact

    @property
    def has_digit(self) -> bool:
        """Whether it may be a code or a number."""
        return any(char.isdigit() for char in self.folded)


def read_words(text: str) -> list[Word]:
    """The words of a text in their order; the same ones as `catalogue.text.words`, but for i and y."""
    return [word for chunk in text.split() for word in _words(chunk)]


def name_words(name: str) -> list[Word]:
    """The words of a procedure's name without the `Thủ tục` that it may open with."""
    found = read_words(name)
    return found[2:] if tuple(word.folded for word in found[:2]) == _OPENING and len(found) > 2 else found


def folded_text(text: str) -> str:
    """The folded words of a text, between single spaces."""
    return " ".join([folded for chunk in text.split() if (folded := _folded(chunk))])


def document_numbers(text: str) -> list[str]:
    """The numbers of documents that a text names: `Nghị định 63/2010/NĐ-CP` names `63/2010/nd-cp`."""
    return [number_key(found) for found in _NUMBER.findall(text)]


def number_key(text: str) -> str:
    """A document's number, or the beginning of one, in one spelling."""
    return "".join(fold(text).split()).strip(".-")


@lru_cache(maxsize=1 << 16)
def _words(chunk: str) -> tuple[Word, ...]:
    return tuple(Word(fold(exact), exact, part) for part in _parts(chunk) for exact in (spelling_key(part),))


@lru_cache(maxsize=1 << 16)
def _folded(chunk: str) -> str:
    return " ".join(word.folded for word in _words(chunk))


def _parts(chunk: str) -> list[str]:
    """What `catalogue.text.words` would split a text into, with diacritics."""
    parts = [""]
    for char in unicodedata.normalize("NFD", chunk.lower()):
        if unicodedata.combining(char) or char in "0123456789abcdefghijklmnopqrstuvwxyz.đ":
            parts[-1] += char
        else:
            parts.append("")
    return [word for part in parts if (word := _bare(part))]


def _bare(part: str) -> str:
    """Without dots around it and marks that stand on no letter."""
    while part and (part[0] == "." or unicodedata.combining(part[0])):
        part = part[1:]
    return unicodedata.normalize("NFC", re.sub(r"\.[.\W]*$", "", part) if "." in part else part)
