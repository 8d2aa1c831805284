"""A version of a procedure with its details, as published.

A part that is None is unknown: the source does not say. It never means that there is none; "free of charge" is an
amount of 0, "no requirements" is said in the source's own words.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from catalogue.model.content import ROLES

T = TypeVar("T")


@dataclass(frozen=True)
class Duration:
    """A time limit: a number with its unit where the source gives one, and the source's own words."""

    value: Decimal | None = None
    unit: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Fee:
    """A fee in đồng where the source gives an amount, and the source's own words. 0 is free of charge.

    `amount` is in `currency` (ISO 4217) where that is not the đồng.
    """

    amount_vnd: int | None = None
    text: str | None = None
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True)
class Channel:
    """One way of filing, with its own time limit and fees; `note` is what the source says beside them."""

    way: str | None = None
    time: Duration | None = None
    fees: tuple[Fee, ...] | None = None
    note: str | None = None


@dataclass(frozen=True)
class Paper:
    """One paper of the dossier."""

    name: str
    form: str | None = None
    originals: int | None = None
    copies: int | None = None


@dataclass(frozen=True)
class Case:
    """The dossier of one case; `name` is None where there is one dossier for all."""

    name: str | None
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class LegalBasis:
    """A document the procedure rests on, as the source writes it; a document is its number and its date."""

    text: str
    number: str | None = None
    issued_on: date | None = None
    document_id: int | None = None


@dataclass(frozen=True)
class Details:
    """What is read whole: how a procedure is carried out."""

    steps: tuple[str, ...] | None = None
    channels: tuple[Channel, ...] | None = None
    dossier: tuple[Case, ...] | None = None
    addressees: tuple[str, ...] | None = None
    results: tuple[str, ...] | None = None
    requirements: str | None = None
    dossier_sets: int | None = None
    description: str | None = None
    keywords: tuple[str, ...] | None = None
    address: str | None = None  # where a dossier is received
    related: tuple[str, ...] | None = None
    decision_number: str | None = None  # the publication decision as the source writes it
    decision_date: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known, as with a list that gives names and agencies only."""
        return self == Details()

    @property
    def times(self) -> tuple[Duration, ...]:
        """The distinct time limits of all channels, in their order; none where no channel says."""
        return tuple(dict.fromkeys(channel.time for channel in self.channels or () if channel.time))

    @property
    def fees(self) -> tuple[Fee, ...] | None:
        """The distinct fees of all channels; None where no channel says."""
        return (
            tuple(dict.fromkeys(fee for channel in self.channels or () for fee in channel.fees or ())) or None
        )


@dataclass(frozen=True)
class Version:
    """What a publication decision or a source says of a procedure from a day on.

    `agencies`: names by role (implementing, competent, authorised, cooperating); a role that is not there is unknown.
    """

    version_id: int
    procedure_code: str
    effective_date: date
    in_force: bool
    name: str
    field_name: str | None
    agency_name: str | None
    is_vertical: bool | None
    levels: frozenset[str]
    details: Details
    procedure_type: str | None = None
    agencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    legal_bases: tuple[LegalBasis, ...] | None = None


def details_from(text: str | None) -> Details:
    """The details of a stored version; a missing, null or empty part is unknown."""
    return details_of(json.loads(text) if text else {})


def details_of(stored: Mapping[str, Any]) -> Details:
    """The details of a content; a missing, null or empty part is unknown."""
    return Details(
        steps=_each(stored, "steps", str),
        channels=_each(stored, "channels", _channel),
        dossier=_each(stored, "dossier", _case),
        addressees=_each(stored, "addressees", str),
        results=_each(stored, "results", str),
        requirements=stored.get("requirements") or None,
        dossier_sets=stored.get("dossier_sets"),
        description=stored.get("description") or None,
        keywords=_each(stored, "keywords", str),
        address=stored.get("address") or None,
        related=_each(stored, "related", str),
        decision_number=stored.get("decision_number") or None,
        decision_date=_day(stored.get("decision_date")),
    )


def version_of(
    content: Mapping[str, Any], *, version_id: int, code: str, effective_date: date, in_force: bool = True
) -> Version:
    """A content (see `model.content`) as the version that it makes."""
    return Version(
        version_id=version_id,
        procedure_code=code,
        effective_date=effective_date,
        in_force=in_force,
        name=content.get("name") or "",
        field_name=content.get("field_name"),
        agency_name=content.get("issuing_agency_text"),
        is_vertical=content.get("is_vertical"),
        levels=frozenset(content.get("levels") or ()),
        details=details_of(content),
        procedure_type=content.get("procedure_type"),
        agencies={role: tuple(content[role]) for role in ROLES if content.get(role)},
        legal_bases=_each(content, "legal_bases", _legal_basis),
    )


def _each(stored: Mapping[str, Any], key: str, make: Callable[[Any], T]) -> tuple[T, ...] | None:
    return tuple(make(value) for value in stored.get(key) or ()) or None


def _channel(stored: Mapping[str, Any]) -> Channel:
    time = Duration(_decimal(stored.get("time_value")), stored.get("time_unit"), stored.get("time_text"))
    return Channel(
        way=stored.get("way"),
        time=time if time != Duration() else None,
        fees=_each(stored, "fees", _fee),
        note=stored.get("note") or None,
    )


def _fee(stored: Mapping[str, Any]) -> Fee:
    return Fee(
        stored.get("amount_vnd"),
        stored.get("text"),
        _decimal(stored.get("amount")),
        stored.get("currency"),
    )


def _legal_basis(stored: Mapping[str, Any]) -> LegalBasis:
    return LegalBasis(
        stored["text"], stored.get("number"), _day(stored.get("issued_on")), stored.get("document_id")
    )


def _case(stored: Mapping[str, Any]) -> Case:
    papers = _each(
        stored,
        "papers",
        lambda paper: Paper(paper["name"], paper.get("form"), paper.get("originals"), paper.get("copies")),
    )
    return Case(stored.get("case"), papers or ())


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
