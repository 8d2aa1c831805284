"""A version of a procedure with its details, as published.

A part that is None is unknown: the source does not say. It never means that there is none; "free of charge" is an
amount of 0, "no requirements" is said in the source's own words.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Duration:
    """A time limit: a number with its unit where the source gives one, and the source's own words."""

    value: Decimal | None = None
    unit: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Fee:
    """A fee in đồng where the source gives an amount, and the source's own words. 0 is free of charge."""

    amount_vnd: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class Channel:
    """One way of filing, with its own time limit and fees."""

    way: str | None = None
    time: Duration | None = None
    fees: tuple[Fee, ...] | None = None


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
class Details:
    """What is read whole: how a procedure is carried out."""

    steps: tuple[str, ...] | None = None
    channels: tuple[Channel, ...] | None = None
    dossier: tuple[Case, ...] | None = None
    addressees: tuple[str, ...] | None = None
    results: tuple[str, ...] | None = None
    requirements: str | None = None

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
    """What a publication decision says of a procedure from a day on."""

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


def details_from(text: str | None) -> Details:
    """The details of a stored version; a missing, null or empty part is unknown."""
    stored: Mapping[str, Any] = json.loads(text) if text else {}
    return Details(
        steps=_each(stored, "steps", str),
        channels=_each(stored, "channels", _channel),
        dossier=_each(stored, "dossier", _case),
        addressees=_each(stored, "addressees", str),
        results=_each(stored, "results", str),
        requirements=stored.get("requirements") or None,
    )


def _each(stored: Mapping[str, Any], key: str, make: Callable[[Any], T]) -> tuple[T, ...] | None:
    return tuple(make(value) for value in stored.get(key) or ()) or None


def _channel(stored: Mapping[str, Any]) -> Channel:
    time = Duration(_decimal(stored.get("time_value")), stored.get("time_unit"), stored.get("time_text"))
    return Channel(
        way=stored.get("way"),
        time=time if time != Duration() else None,
        fees=_each(stored, "fees", lambda fee: Fee(fee.get("amount_vnd"), fee.get("text"))),
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
