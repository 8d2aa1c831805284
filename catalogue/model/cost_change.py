"""A cost sheet carried from one version of a procedure to a later one by what changed between them.

A paper or a fee that went takes its line along. What a sheet cannot tell, such as what a new paper costs, stays open: then
only a sheet of the later version says what it costs. Nothing is guessed. Waiting costs nothing: no opportunity cost.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from catalogue.model.change import (
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
    Withheld,
)
from catalogue.model.cost import NOTHING, Activity, Estimate, Line, Sheet
from catalogue.model.version import Details, Fee
from catalogue.text import spelling_key

# Parts of a record that say what has to be done, and by whom; others cost nobody anything.
_OF_WORK = frozenset({"steps", "requirements", "dossier", "channels", "addressees", "dossier_sets"})


@dataclass(frozen=True)
class Carried:
    """A sheet after some changes. `gone`: lines that went; `open`: changes whose cost it cannot tell."""

    sheet: Sheet
    gone: tuple[Line, ...] = ()
    open: tuple[Change, ...] = ()

    @property
    def is_known(self) -> bool:
        return not self.open


def carried(sheet: Sheet, changes: Sequence[Change], now: Details | None = None) -> Carried:
    """The sheet of a later version. `now`: what that asks for, in which a paper or a fee may stand that went elsewhere."""
    if ForceChanged(in_force=False) in changes:
        return Carried(replace(sheet, lines=()), sheet.lines)
    asked = now or Details()
    kept = {spelling_key(paper.name) for case in asked.dossier or () for paper in case.papers}
    charged = {fee.amount_vnd for fee in asked.fees or ()}
    fees, unmatched = _fees(sheet.lines, [one for one in changes if isinstance(one, FeeChanged)], charged)
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
        if (line.activity is Activity.PREPARE and key in papers) or (amount == 0 and line.hired == NOTHING):
            gone.append(line)
        elif amount is not None:
            lines.append(replace(line, fees=Estimate(amount, amount, amount)))
        elif line.activity is Activity.PREPARE and key in names:
            lines.append(replace(line, label=names[key]))
        else:
            lines.append(line)
    costed = {spelling_key(line.label) for line in gone if line.activity is Activity.PREPARE}
    left = [one for one in changes if _is_open(one, costed)]
    return Carried(replace(sheet, lines=tuple(lines)), tuple(gone), (*left, *unmatched))


def _is_open(change: Change, costed: set[str]) -> bool:
    """Whether a change costs or spares work that no line of the sheet tells."""
    match change:
        case PaperDropped(name):
            return spelling_key(name) not in costed
        case PaperChanged():
            return not change.is_spelling
        case Rewritten(part, old, new):
            return part in _OF_WORK and Counter(map(repr, old)) != Counter(map(repr, new))
        case ListChanged(part):
            return part in _OF_WORK and not change.is_order
        case TextChanged(part) | Withheld(part):  # what is not said any more may have changed
            return part in _OF_WORK
        case ForceChanged() | PaperAdded() | SetsChanged() | WayAdded() | WayDropped() | LevelsChanged():
            return True
    return False


def _fees(
    lines: Sequence[Line], changes: Sequence[FeeChanged], charged: Set[int | None]
) -> tuple[Mapping[Line, int], Sequence[FeeChanged]]:
    """By line of fees, what took the place of its own; and the changes that no line, or more than one amount, answers to.

    `charged`: what the later version charges on any way of filing.
    """
    found: dict[Line, int] = {}
    open_: list[FeeChanged] = []
    for change in changes:
        if change.old is None:
            continue  # disclosed: nothing is said to have changed
        pairs = _amounts(change.old, change.new or ())
        if pairs is None:
            open_.append(change)
            continue
        for old, new in pairs:
            matched = [line for line in lines if line.activity is Activity.PAY and line.fees.chosen == old]
            if len(matched) != 1 or old in charged or found.setdefault(matched[0], new) != new:
                open_.append(change)
                break
    return found, open_


def _amounts(old: Sequence[Fee], new: Sequence[Fee]) -> list[tuple[int, int]] | None:
    """Each amount that is charged no longer with the one in its place; None where that cannot be told."""
    before = [one.amount_vnd for one in old if one.amount_vnd is not None]
    after = [one.amount_vnd for one in new if one.amount_vnd is not None]
    if len(before) < len(old) or len(after) < len(new) or not after:
        return None
    if set(after) == {0}:
        after = [0] * len(before)
    pairs = [(was, becomes) for was, becomes in zip(before, after, strict=False) if was != becomes]
    is_new = any(was == 0 for was, _ in pairs)  # nobody has said what paying it takes
    return None if is_new or len(before) != len(after) else pairs
