"""What the programmes promise, as planned facts: documents, items, extensions; written to the ledger by `recording`."""

from dataclasses import dataclass, field
from datetime import date

from catalogue.demo.content import Content
from catalogue.demo.cuts import Cut
from catalogue.demo.procedures import Procedure

UNSET = date.max


@dataclass(eq=False, repr=False)
class Document:
    """One document; `number` comes when all dates are known."""

    type: str
    title: str
    issuer: str
    drafting_agency: str | None = None
    issued_on: date | None = None
    in_force_on: date | None = None
    number: str = ""
    document_id: int = 0


@dataclass(eq=False, repr=False)
class Instrument(Document):
    """A document that items need; planned first, issued (as a confirmed claim says) or still on its way."""

    planned_on: date | None = None  # when it is, or was, expected to be issued
    confirmed_on: date | None = None  # when the claim that it was issued was confirmed
    progress: str = "issued"  # where it stands on the working date: planned, drafting, submitted, issued
    items: list["Item"] = field(default_factory=list)


@dataclass(eq=False, repr=False)
class Extension:
    """A later deadline for some items of one agency, allowed by a letter."""

    letter: Document
    new_deadline: date
    confirmed_on: date
    items: list["Item"]


@dataclass(eq=False, repr=False)
class Item:
    """One procedure in one programme."""

    programme: str
    assigned_by: Document
    procedure: Procedure
    cuts: list[Cut]
    after: Content  # the record once the cuts are carried out
    deadline: date = UNSET
    current_deadline: date = UNSET
    instruments: list[Instrument] = field(default_factory=list)
    publication: Document | None = None
    unreported: Document | None = None  # a decision names it, but no claim about it is confirmed
    to_level: str | None = None  # decentralisation: who receives it
    to_body: str | None = None
    form: str | None = None
    item_id: int = 0

    @property
    def lead(self) -> str:
        """The agency that answers for it: the one that issues the procedure."""
        return self.procedure.agency

    @property
    def enacted_on(self) -> date | None:
        """The latest day on which one of its instruments comes into force; None while one is not issued."""
        days = [instrument.in_force_on for instrument in self.instruments if instrument.progress == "issued"]
        if len(days) < len(self.instruments):
            return None
        return max(day for day in days if day)

    def need(self, instrument: Instrument) -> None:
        """The item needs this instrument."""
        self.instruments.append(instrument)
        instrument.items.append(self)


@dataclass(eq=False, repr=False)
class Commitments:
    """One programme's plan."""

    programme: str
    assigning: list[Document]
    items: list[Item]
    instruments: list[Instrument]
    extensions: list[Extension]
    loaded_on: date

    @property
    def documents(self) -> list[Document]:
        """Everything that has or gets a number."""
        return [*self.assigning, *self.instruments, *(extension.letter for extension in self.extensions)]
