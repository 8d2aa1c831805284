"""A cost sheet carried from one version of a procedure to a later one by what changed between them.

A paper or a fee that went takes its line along. What a sheet cannot tell, such as what a new paper costs, stays open: then
only a sheet of the later version says what it costs. Nothing is guessed. Waiting costs nothing: no opportunity cost.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.model.change import (
    CaseRenamed,
    Change,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    ListChanged,
    PaperAdded,
    PaperChanged,
    PaperDropped,
    Rewritten,
    SetsChanged,
    TextChanged,
    WayAdded,
    WayDropped,
)
from catalogue.model.cost import Activity, Estimate, Line, Sheet
from catalogue.model.version import Case, Fee
from catalogue.text import spelling_key

# Texts of a record that say what has to be done; others cost nobody anything.
_OF_WORK = frozenset({"steps", "requirements", "dossier", "channels"})


@dataclass(frozen=True)
class Carried:
    """A sheet after some changes. `gone`: lines that went; `open`: changes whose cost it cannot tell."""

    sheet: Sheet
    gone: tuple[Line, ...] = ()
    open: tuple[Change, ...] = ()

    @property
    def is_known(self) -> bool:
        return not self.open


def carried(sheet: Sheet, changes: Sequence[Change], still_asked: Iterable[Case] = ()) -> Carried:
    """The sheet of a later version. `still_asked`: its dossier, for a paper may be dropped in one case only."""
    if ForceChanged(in_force=False) in changes:
        return Carried(replace(sheet, lines=()), sheet.lines)
    kept = {spelling_key(paper.name) for case in still_asked for paper in case.papers}
    fees, unmatched = _fees(sheet.lines, [one for one in changes if isinstance(one, FeeChanged)])
    names = {
        spelling_key(one.old.name): one.new.name
        for one in changes
        if isinstance(one, PaperChanged) and one.is_spelling
    }
    papers = {spelling_key(one.name) for one in changes if isinstance(one, PaperDropped)} - kept
    lines, gone = [], []
    for line in sheet.lines:
        key = spelling_key(line.label)
        amount = fees.get(line)
        if (line.activity is Activity.PREPARE and key in papers) or amount == 0:
            gone.append(line)
        elif amount is not None:
            lines.append(replace(line, fees=Estimate(amount, amount, amount)))
        elif line.activity is Activity.PREPARE and key in names:
            lines.append(replace(line, label=names[key]))
        else:
            lines.append(line)
    costed = {spelling_key(line.label) for line in gone}
    left = [one for one in changes if _is_open(one, kept, costed)]
    return Carried(replace(sheet, lines=tuple(lines)), tuple(gone), (*left, *unmatched))


def _is_open(change: Change, kept: set[str], costed: set[str]) -> bool:
    """Whether a change costs or spares work that no line of the sheet tells."""
    match change:
        case PaperDropped(name):
            return spelling_key(name) not in kept | costed
        case PaperChanged():
            return not change.is_spelling
        case Rewritten(part, old, new):
            return part in _OF_WORK and Counter(map(repr, old)) != Counter(map(repr, new))
        case TextChanged(part) | ListChanged(part):
            return part in _OF_WORK
        case ForceChanged() | PaperAdded() | SetsChanged() | WayAdded() | WayDropped() | LevelsChanged():
            return True
        case CaseRenamed():
            return False
    return False


def _fees(
    lines: Sequence[Line], changes: Sequence[FeeChanged]
) -> tuple[Mapping[Line, int], Sequence[FeeChanged]]:
    """By line, the fee that took the place of its own; and the changes that no line, or more than one amount, answers to."""
    found: dict[Line, int] = {}
    open_: list[FeeChanged] = []
    for change in changes:
        if change.old is None or change.new is None:
            continue  # disclosed or withheld: nothing is said to have changed
        pairs = _amounts(change.old, change.new)
        if not pairs:
            open_.append(change)
        for old, new in pairs:
            matched = [line for line in lines if line.fees.chosen == old and old]
            if len(matched) != 1 or found.setdefault(matched[0], new) != new:
                open_.append(change)
                break
    return found, open_


def _amounts(old: Sequence[Fee], new: Sequence[Fee]) -> list[tuple[int, int]]:
    """Old and new amounts side by side; none where one is not a plain sum of đồng, or they are not as many."""
    before, after = ([one.amount_vnd for one in fees] for fees in (old, new))
    if len(after) == 1:
        after = after * len(before)
    pairs = [
        (was, becomes)
        for was, becomes in zip(before, after, strict=False)
        if was is not None and becomes is not None
    ]
    return pairs if len(pairs) == len(before) == len(after) else []
