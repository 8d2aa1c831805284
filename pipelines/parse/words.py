"""What a source says before any shape is sought in it: its words made clean, or nothing where it says nothing."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from catalogue.model.quality import Problem
from catalogue.text import clean

T = TypeVar("T")

EXCERPT = 160

_UNKNOWN = "không có thông tin"
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """What is certain (an empty value is unknown), and what is not."""

    value: T
    problems: tuple[Problem, ...] = ()


def said(text: str) -> str:
    """The words on one line; '' where the source says that it has no information."""
    words = clean(text)
    return "" if words.casefold().rstrip(" .") == _UNKNOWN else words


def paragraphs(text: str) -> str:
    """The words line by line, without empty lines; '' where the source says that it has no information."""
    lines = "\n".join(line for line in map(clean, _BREAK.split(text)) if line)
    return "" if lines.casefold().rstrip(" .") == _UNKNOWN else lines


def excerpt(text: str) -> str:
    """The words on one line as a problem shows them, cut where they are long."""
    words = clean(text)
    return words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1].rstrip()}…"
