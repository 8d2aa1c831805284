"""Which procedures the rows of an annex without codes may mean: proposed by name and field, for a person to choose."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Protocol

from rapidfuzz import fuzz, process

from catalogue.model.annex import Action, Line
from catalogue.services.installation import Installation
from catalogue.text import fold, spelling_key

PRESELECTED_FROM = 95  # a confidence that only the same name in the same field reaches
_MOST = 5
_LEAST_SCORE = 75.0
_THE_WORD_ITSELF = re.compile(r"^thu tuc(?: hanh chinh)?\s+")


class Asked(Protocol):
    """A row of an annex: its number, and the name and field that it says."""

    @property
    def row(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def field_name(self) -> str: ...


@dataclass(frozen=True)
class Proposal:
    """One procedure that a row may mean.

    `is_same`: the name is the same but for spelling; `score`: likeness of the names out of 100; `confidence`: with the
    fields weighed too, 100 for the same name in the same field.
    """

    code: str
    name: str
    field_name: str | None
    is_same: bool
    score: int
    confidence: int


class Names:
    """The procedures in force on a day, to be found by what an annex calls them."""

    def __init__(self, rows: Iterable[tuple[str, str, str | None]]) -> None:
        self._rows = list(rows)
        self._keys = [_key(name) for _, name, _ in self._rows]
        self._same: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self._keys):
            self._same[key].append(place)

    def find(self, name: str, field_name: str) -> tuple[Proposal, ...]:
        """Same names first, then the likest; where they are equally like, procedures of the row's own field first."""
        key = _key(name)
        if not key:
            return ()
        found = process.extract(
            key, self._keys, scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST_SCORE, limit=None
        )
        proposals = [self._proposal(place, key, int(score), field_name) for _, score, place in found]
        return tuple(islice(_ranked(proposals, field_name), _MOST))

    def sure(self, name: str, field_name: str) -> Proposal | None:
        """The one procedure that bears this name in this field; None where there is none, or several."""
        key = _key(name)
        proposals = [self._proposal(place, key, 100, field_name) for place in self._same.get(key, ())]
        sure = [one for one in proposals if one.confidence >= PRESELECTED_FROM]
        return sure[0] if len(sure) == 1 else None

    def _proposal(self, place: int, key: str, score: int, field_name: str) -> Proposal:
        code, name, field = self._rows[place]
        is_same = self._keys[place] == key
        is_field = fold(field or "") == fold(field_name)
        weight = 90 if not (field_name and field) else 100 if is_field else 80
        # Names that only look alike ("cấp", "cấp lại") are never as sure as a name in other spelling.
        confidence = weight if is_same else min(score, 99) * weight * 9 // 1000
        return Proposal(code, name, field, is_same, score, confidence)


def names_on(installation: Installation, revision: int, *days: date) -> Names:
    """The procedures in force on one of these days, as known at a revision; names of the first day go before."""
    found: dict[str, tuple[str, str, str | None]] = {}
    for day in dict.fromkeys(days):
        rows = installation.database.known("publications/names", as_of=day, revision=revision).rows()
        found = {row[0]: row for row in rows} | found
    return Names(found[code] for code in sorted(found))


def propose(
    installation: Installation, asked: Sequence[Asked], *days: date
) -> Mapping[int, tuple[Proposal, ...]]:
    """By row: the procedures in force on one of these days that it may mean. Nothing is chosen here."""
    if not asked:
        return {}
    names = names_on(installation, installation.moment().revision, *days)
    return {one.row: names.find(one.name, one.field_name) for one in asked}


def of_annex(
    installation: Installation, lines: Sequence[Line], on: date
) -> Mapping[int, tuple[Proposal, ...]]:
    """For the lines of a publication decision without a code that must have one already."""
    waiting = [line for line in lines if not line.code and line.name and line.action is not Action.NEW]
    return propose(installation, waiting, on)


def _ranked(proposals: Iterable[Proposal], field_name: str) -> list[Proposal]:
    field = fold(field_name)
    return sorted(
        proposals,
        key=lambda one: (not one.is_same, -one.score, fold(one.field_name or "") != field, one.code),
    )


def _key(name: str) -> str:
    return _THE_WORD_ITSELF.sub("", fold(spelling_key(name)))
