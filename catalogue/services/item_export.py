"""Items to take away: those that a list shows, each with what its sheet says beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.model.authority import Authority, Level, authority_words
from catalogue.model.period import Moment
from catalogue.reference import Reference
from catalogue.services import items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.services.plan_reading import agency_and_kind
from catalogue.store.database import Row

_EVERY = 1_000_000


@dataclass(frozen=True)
class Promised:
    """One measure in the words of its plan."""

    type: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ExportedItem:
    """An item as a list shows it (`state`) with what was assigned first and what its documents are.

    `giver`, `taker`: who decides on the day, in words that are read back as the same; `first_…`: as assigned.
    """

    state: Row
    assigned_agency: str
    task: str | None
    is_standing: bool
    form: str | None
    giver: str | None
    taker: str | None
    first_form: str | None
    first_giver: str | None
    first_taker: str | None
    measures: tuple[Promised, ...]
    explanation: str | None
    instruments: tuple[str, ...]
    awaited: tuple[str, ...]
    cooperating: tuple[str, ...]


def gather(
    installation: Installation, moment: Moment, programme: str, wanted: ItemFilter | None = None
) -> list[ExportedItem]:
    """Every item that a filter leaves, in the order of the list.

    Raises: NotFound for a programme that is not known.
    """
    installation.reference.programme(programme)
    listed = items.find(installation, moment, programme, wanted, size=_EVERY)
    said = installation.database.known(
        "items/export", programme=programme, as_of=moment.as_of, revision=moment.revision
    )
    beside = {row["item_id"]: row for row in said.iter_rows(named=True)}
    words = AuthorityWords(installation.reference)
    return [_exported(row, beside[row["item_id"]], words) for row in listed.iter_rows(named=True)]


class AuthorityWords:
    """Authorities in words, each found once."""

    def __init__(self, reference: Reference) -> None:
        self._known: dict[Authority, str] = {}
        self._named: Callable[[str], tuple[str, str] | None] = lambda text: agency_and_kind(reference, text)
        self._name_of: Callable[[str], str] = lambda code: reference.agency(code).name

    def of(self, row: Row, side: str) -> str | None:
        """Who stands on a side (`from`, `to`, `first_from`, `first_to`) of a transfer; None where there is none."""
        level = row[f"{side}_level"]
        if level is None:
            return None
        one = Authority(Level(level), row[f"{side}_agency"], row[f"{side}_body"])
        if one not in self._known:
            self._known[one] = authority_words(one, self._named, self._name_of)
        return self._known[one]


def _exported(state: Row, beside: Row, words: AuthorityWords) -> ExportedItem:
    measures: Sequence[Mapping[str, str | None]] = beside["measures"] or ()
    return ExportedItem(
        state=state,
        assigned_agency=beside["assigned_agency"],
        task=beside["task"],
        is_standing=beside["is_standing"],
        form=beside["form"],
        giver=words.of(beside, "from"),
        taker=words.of(beside, "to"),
        first_form=beside["first_form"],
        first_giver=words.of(beside, "first_from"),
        first_taker=words.of(beside, "first_to"),
        measures=tuple(Promised(one["type"] or "", one["before"], one["after"]) for one in measures),
        explanation=beside["explanation"],
        instruments=tuple(beside["instruments"] or ()),
        awaited=tuple(beside["awaited"] or ()),
        cooperating=tuple(beside["cooperating"] or ()),
    )
