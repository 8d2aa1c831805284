"""Which procedures the lines of an annex without codes may mean: proposed by name and field, for a person to choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rapidfuzz import fuzz, process

from catalogue.model.annex import Action, Line
from catalogue.services.installation import Installation
from catalogue.text import fold, spelling_key

_MOST = 5
_LEAST_SCORE = 75.0


@dataclass(frozen=True)
class Proposal:
    """One procedure that a line may mean; `is_same`: the name is the same but for spelling, `score` is out of 100."""

    code: str
    name: str
    field_name: str | None
    is_same: bool
    score: int


def propose(
    installation: Installation, lines: Sequence[Line], on: date
) -> Mapping[int, tuple[Proposal, ...]]:
    """By row of the lines without a code that must have one already: same names first, then the likest.

    Where names are equally like, procedures of the line's own field come first. Nothing is chosen here.
    """
    waiting = [line for line in lines if not line.code and line.name and line.action is not Action.NEW]
    if not waiting:
        return {}
    moment = installation.moment(on)
    frame = installation.database.known("publications/names", as_of=moment.as_of, revision=moment.revision)
    rows = frame.rows()
    keys = [fold(spelling_key(name)) for _, name, _ in rows]
    return {line.row: _of_line(line, rows, keys) for line in waiting}


def _of_line(
    line: Line, rows: Sequence[tuple[str, str, str | None]], keys: Sequence[str]
) -> tuple[Proposal, ...]:
    asked, field = fold(spelling_key(line.name)), fold(line.field_name)
    found = process.extract(asked, keys, scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST_SCORE, limit=None)
    proposals = [
        Proposal(*rows[place], is_same=key == asked, score=int(score)) for key, score, place in found
    ]
    ranked = sorted(
        proposals,
        key=lambda one: (not one.is_same, -one.score, fold(one.field_name or "") != field, one.code),
    )
    return tuple(islice(ranked, _MOST))
