"""A text without borders cut at its labels, in their order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

GAP = 5  # a label right after its own section's label is the section's first word: `Thành phần hồ sơa) Thành phần hồ sơ`


@dataclass(frozen=True)
class Label:
    """A label of a page; where `before` is given, only what stands before its first match can be the label."""

    name: str
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Sections:
    """The words under each label as they stand, the labels that are not there, and those that could stand elsewhere."""

    before: str
    words: Mapping[str, str]
    missing: tuple[str, ...]
    unclear: tuple[str, ...]


def cut(text: str, labels: Sequence[Label]) -> Sections:
    """The text cut at the first place of each label after the label before it; nothing of it is lost but the labels."""
    found = tuple(_found(text, labels))
    places = [place for _, place in found if place is not None]
    end_of = dict(zip(places, [*(place.start() for place in places[1:]), len(text)], strict=False))
    words: dict[str, str] = {}
    unclear = []
    for label, place in found:
        if place is None:
            continue
        words[label.name] = text[place.end() : end_of[place]]
        others = _candidates(text, label, place.end(), end_of[place])
        if any(other.start() - place.end() > GAP for other in others):
            unclear.append(label.name)
    missing = tuple(label.name for label, place in found if place is None)
    return Sections(text[: places[0].start()] if places else text, words, missing, tuple(unclear))


def _found(text: str, labels: Sequence[Label]) -> Iterator[tuple[Label, re.Match[str] | None]]:
    position = 0
    for label in labels:
        place = next(_candidates(text, label, position, len(text)), None)
        if place is not None:
            position = place.end()
        yield label, place


def _candidates(text: str, label: Label, start: int, end: int) -> Iterator[re.Match[str]]:
    limit = label.before.search(text, start) if label.before else None
    if limit is not None:
        end = min(end, limit.start())
    return label.pattern.finditer(text, start, end)
