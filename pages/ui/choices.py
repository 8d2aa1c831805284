"""The texts of choices: Streamlit tells options apart by their text, so two that read the same must not."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

_Key = TypeVar("_Key")


def distinct(texts: Mapping[_Key, str]) -> dict[_Key, str]:
    """The same texts, those that stand there already counted on: `Thông tư`, `Thông tư (2)`."""
    seen: Counter[str] = Counter()
    found: dict[_Key, str] = {}
    for key, text in texts.items():
        seen[text] += 1
        found[key] = text if seen[text] == 1 else f"{text} ({seen[text]})"
    return found
