"""A text that lists values of a closed list: the longest known value first, whatever commas it has inside."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from catalogue.text import clean

T = TypeVar("T")

_SEPARATORS = " \t\n\r,;/+|•-"
_NEXT = re.compile(r"[,;\n/+|•]")


@dataclass(frozen=True)
class Found(Generic[T]):
    """The distinct values in their order, and the words between that are no value of the list."""

    values: tuple[T, ...]
    unknown: tuple[str, ...]


def match(text: str, known: Mapping[str, T]) -> Found[T]:
    """The values that a text names; `known`: every spelling -> the value, letters of either case."""
    spellings = {_lowered(clean(words)): value for words, value in known.items()}
    longest_first = sorted(spellings, key=lambda words: (-len(words), words))
    words = clean(text)
    lowered = _lowered(words)
    values: dict[T, None] = {}
    unknown: list[str] = []
    place = 0
    while place < len(words):
        if words[place] in _SEPARATORS:
            place += 1
            continue
        spelling = next((one for one in longest_first if _names(lowered, place, one, longest_first)), None)
        if spelling is not None:
            values[spellings[spelling]] = None
            place += len(spelling)
            continue
        after = _NEXT.search(words, place)
        end = after.start() if after else len(words)
        unknown.append(words[place:end].strip())
        place = end
    return Found(tuple(values), tuple(unknown))


def _names(text: str, place: int, words: str, known: Iterable[str]) -> bool:
    """Whether the words stand there, and behind them the end, a separator or another value: `Bộ Công an` is no level."""
    if not text.startswith(words, place):
        return False
    end = place + len(words)
    behind = end + len(text[end : end + 20]) - len(text[end : end + 20].lstrip())
    if behind >= len(text) or text[behind] in _SEPARATORS:
        return True
    return behind > end and any(text.startswith(other, behind) for other in known)


def _lowered(text: str) -> str:
    """In small letters, character by character, so that places stay the same."""
    return "".join(low if len(low := character.casefold()) == 1 else character for character in text)
