"""The kinds of change between two versions of a procedure, as typed facts: the words are the screen's.

`part` is a part of a content (see `model.content`); number and date of the publication decision are one: `decision`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from catalogue.model.content import ROLES
from catalogue.model.version import Channel, Duration, Fee, LegalBasis, Paper
from catalogue.text import spelling_key

_WITHOUT_ORDER = frozenset((*ROLES, "addressees", "results", "keywords", "related"))


@dataclass(frozen=True)
class Citation:
    """A publication decision as a record cites it."""

    number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True)
class TextChanged:
    """A text of the record says something else."""

    part: str
    old: str
    new: str


@dataclass(frozen=True)
class SpellingChanged:
    """The same words in another spelling: tone marks, case, spaces, i/y; nothing is said to have changed."""

    part: str
    old: str | tuple[str, ...]
    new: str | tuple[str, ...]


@dataclass(frozen=True)
class ListChanged:
    """A list of texts in which entries came, went or changed places."""

    part: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def dropped(self) -> tuple[str, ...]:
        """Entries that are not there any more."""
        return _without(self.old, self.new)

    @property
    def added(self) -> tuple[str, ...]:
        """Entries that were not there before."""
        return _without(self.new, self.old)

    @property
    def is_order(self) -> bool:
        """Whether the same entries stand in another order that says nothing: agencies, but not steps."""
        same = sorted(map(spelling_key, self.old)) == sorted(map(spelling_key, self.new))
        return same and self.part in _WITHOUT_ORDER


@dataclass(frozen=True)
class BasesChanged:
    """Other legal bases, or the same in other words; a document is its number and its date."""

    old: tuple[LegalBasis, ...]
    new: tuple[LegalBasis, ...]

    @property
    def dropped(self) -> tuple[LegalBasis, ...]:
        """Documents that the procedure rests on no longer."""
        kept = {document_key(basis) for basis in self.new}
        return tuple(basis for basis in self.old if document_key(basis) not in kept)

    @property
    def added(self) -> tuple[LegalBasis, ...]:
        """Documents that it newly rests on."""
        known = {document_key(basis) for basis in self.old}
        return tuple(basis for basis in self.new if document_key(basis) not in known)


@dataclass(frozen=True)
class LevelsChanged:
    """The set of levels that carry the procedure out."""

    dropped: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class SectorChanged:
    """The procedure went into a vertical sector, or out of it."""

    new: bool


@dataclass(frozen=True)
class ForceChanged:
    """The procedure was abolished, or is in force again."""

    in_force: bool


@dataclass(frozen=True)
class DecisionChanged:
    """The record was published by another decision."""

    old: Citation
    new: Citation


@dataclass(frozen=True)
class SetsChanged:
    """Another number of sets of the dossier."""

    old: int
    new: int


@dataclass(frozen=True)
class CaseRenamed:
    """A case of the dossier under another name; None is the one case of a dossier for all."""

    old: str | None
    new: str | None


@dataclass(frozen=True)
class PaperDropped:
    """A paper is not asked for any more."""

    name: str
    case: str | None = None


@dataclass(frozen=True)
class PaperAdded:
    """A paper is newly asked for, `place` papers into its case."""

    paper: Paper
    case: str | None = None
    place: int = 0

    @property
    def name(self) -> str:
        """The name of the paper."""
        return self.paper.name


@dataclass(frozen=True)
class PaperChanged:
    """The same paper in another form, number or spelling."""

    old: Paper
    new: Paper
    case: str | None = None

    @property
    def is_spelling(self) -> bool:
        """Whether only the spelling of its name differs."""
        return replace(self.old, name=self.new.name) == self.new


@dataclass(frozen=True)
class WayDropped:
    """A way of filing is given up."""

    way: str | None


@dataclass(frozen=True)
class WayAdded:
    """A new way of filing, `place` channels down."""

    channel: Channel
    place: int = 0


@dataclass(frozen=True)
class TimeChanged:
    """Another time limit on some ways of filing; an empty tuple is unknown."""

    ways: tuple[str | None, ...]
    old: tuple[Duration, ...]
    new: tuple[Duration, ...]


@dataclass(frozen=True)
class FeeChanged:
    """Other fees on some ways of filing; None is unknown."""

    ways: tuple[str | None, ...]
    old: tuple[Fee, ...] | None
    new: tuple[Fee, ...] | None


@dataclass(frozen=True)
class NoteChanged:
    """What the source says beside a way of filing; None is nothing."""

    way: str | None
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Rewritten:
    """Dossier or channels set out anew: order, or a structure that no other change describes."""

    part: str
    old: tuple[Any, ...]
    new: tuple[Any, ...]


@dataclass(frozen=True)
class Disclosed:
    """A part of the record that was unknown is now given; nothing is said to have changed."""

    part: str
    new: Any = None


@dataclass(frozen=True)
class Withheld:
    """A part of the record that was given is now unknown; nothing is said to have changed."""

    part: str
    old: Any = None


OfDossier: TypeAlias = CaseRenamed | PaperDropped | PaperAdded | PaperChanged
OfChannels: TypeAlias = WayDropped | WayAdded | TimeChanged | FeeChanged | NoteChanged
Change: TypeAlias = (
    TextChanged
    | SpellingChanged
    | ListChanged
    | BasesChanged
    | LevelsChanged
    | SectorChanged
    | ForceChanged
    | DecisionChanged
    | SetsChanged
    | OfDossier
    | OfChannels
    | Rewritten
    | Disclosed
    | Withheld
)


def part_of(change: Change) -> str | None:
    """The part of the record that a change is about; None for the procedure as a whole."""
    match change:
        case TextChanged() | SpellingChanged() | ListChanged() | Rewritten() | Disclosed() | Withheld():
            return change.part
        case CaseRenamed() | PaperDropped() | PaperAdded() | PaperChanged():
            return "dossier"
        case WayDropped() | WayAdded() | TimeChanged() | FeeChanged() | NoteChanged():
            return "channels"
        case BasesChanged():
            return "legal_bases"
        case LevelsChanged():
            return "levels"
        case SectorChanged():
            return "is_vertical"
        case DecisionChanged():
            return "decision"
        case SetsChanged():
            return "dossier_sets"
        case ForceChanged():
            return None


def document_key(basis: LegalBasis) -> tuple[str, date | None]:
    """What makes two legal bases the same document: number and date, or the words where there is no number."""
    return (spelling_key(basis.number), basis.issued_on) if basis.number else (spelling_key(basis.text), None)


def _without(entries: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    known = {spelling_key(entry) for entry in others}
    return tuple(dict.fromkeys(entry for entry in entries if spelling_key(entry) not in known))
