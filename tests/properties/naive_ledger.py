"""The ledger told without SQL: what people did, in the order in which it was recorded, asked day by day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST_DAY = date(2024, 1, 10)


@dataclass
class Said:
    """Something true from a day on, recorded at a revision."""

    on: date
    revision: int
    value: bool | date


@dataclass
class NaiveItem:
    """An item of the small programme: who leads it, what it needs, whether it is in the base, its deadlines."""

    programme: str
    lead: str
    letters: tuple[str, ...]
    deadline: date
    item_id: int = 0
    base: list[Said] = field(default_factory=list)
    needs: dict[str, list[Said]] = field(default_factory=dict)
    deadlines: list[Said] = field(default_factory=list)

    def begin(self, item_id: int, revision: int, day: date = FIRST_DAY) -> None:
        """Assigned, with everything it needs."""
        self.item_id = item_id
        self.base.append(Said(day, revision, True))
        self.needs |= {letter: [Said(day, revision, True)] for letter in self.letters}
        self.deadlines.append(Said(day, revision, self.deadline))

    def needed(self, day: date, revision: int) -> set[str]:
        """The documents it needs on a day, by what was known."""
        return {letter for letter, said in self.needs.items() if last(said, day, revision) is True}

    def in_base(self, day: date, revision: int) -> bool:
        """Whether it counts in the denominator on a day."""
        return last(self.base, day, revision) is True

    def current_deadline(self, day: date, revision: int) -> date | None:
        """The deadline on a day."""
        found = last(self.deadlines, day, revision)
        return found if isinstance(found, date) else None


def last(said: list[Said], day: date, revision: int) -> bool | date | None:
    """What holds on a day: the latest said, of two on one day the one recorded later."""
    known = [one for one in said if one.on <= day and one.revision <= revision]
    return max(enumerate(known), key=lambda pair: (pair[1].on, pair[0]))[1].value if known else None


class NaiveLedger:
    """Items, and from which revision a document is in force from which day (None: not issued)."""

    def __init__(self, items: list[NaiveItem]) -> None:
        self.items = items
        self.in_force: dict[str, list[tuple[int, date | None]]] = {}

    def issued(self, letter: str, revision: int, in_force_on: date | None) -> None:
        """A document was issued, corrected, or (None) not issued after all."""
        self.in_force.setdefault(letter, []).append((revision, in_force_on))

    def force_day(self, letter: str, revision: int) -> date | None:
        """From which day a document is in force, by what was known."""
        known = [day for at, day in self.in_force.get(letter, []) if at <= revision]
        return known[-1] if known else None

    def is_enacted(self, item: NaiveItem, day: date, revision: int) -> bool:
        """Whether every document that an item needs on a day is in force on it."""
        began = [said.on for said in item.base if said.revision <= revision]
        if not began or day < min(began):
            return False
        needed = item.needed(day, revision)
        forces = [self.force_day(letter, revision) for letter in needed]
        return bool(needed) and all(force is not None and force <= day for force in forces)

    def enacted_on(self, item: NaiveItem, day: date, revision: int) -> date | None:
        """The day since which it has been enacted without a break."""
        if not self.is_enacted(item, day, revision):
            return None
        while self.is_enacted(item, day - timedelta(days=1), revision):
            day -= timedelta(days=1)
        return day

    def base(self, programme: str, day: date, revision: int) -> set[int]:
        """The items of a programme's denominator on a day."""
        return {
            item.item_id for item in self.items if item.programme == programme and item.in_base(day, revision)
        }

    def done(self, programme: str, day: date, revision: int) -> set[int]:
        """The items of the numerator."""
        base = self.base(programme, day, revision)
        return {
            item.item_id
            for item in self.items
            if item.item_id in base and self.is_enacted(item, day, revision)
        }
