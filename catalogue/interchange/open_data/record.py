"""One procedure with everything that is given away of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from catalogue.model.version import LegalBasis, Version


@dataclass(frozen=True)
class Body:
    """An agency that the reference data knows; `place`: the province that it governs, None for the whole country."""

    code: str
    name: str
    place: str | None = None


@dataclass(frozen=True)
class Document:
    """A document that the ledger knows, as it stands."""

    document_id: int
    number: str | None = None
    issued_on: date | None = None
    title: str | None = None


@dataclass(frozen=True)
class OpenRecord:
    """A version with who issued it, who answers for it, and what it rests on.

    `documents`: the known document behind a legal basis, by its text; `bodies`: the known agency behind a name.
    """

    version: Version
    national_code: str
    agency_suffix: str | None
    source: str
    issuing: Body | None = None
    answering: Body | None = None
    decision: Document | None = None
    documents: Mapping[str, Document] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code as published, which tells this record from the copies of other agencies."""
        return self.version.procedure_code

    @property
    def decided_by(self) -> Document | None:
        """The publication decision: the known document, or what the source writes of it."""
        details = self.version.details
        if self.decision is not None:
            return self.decision
        if details.decision_number is None and details.decision_date is None:
            return None
        return Document(0, details.decision_number, details.decision_date)

    def identity(self, basis: LegalBasis) -> tuple[str | None, date | None]:
        """Number and date of a legal basis: of the known document, or as the source writes them."""
        known = self.documents.get(basis.text)
        return (known.number, known.issued_on) if known else (basis.number, basis.issued_on)


Batches: TypeAlias = Iterable[Sequence[OpenRecord]]
