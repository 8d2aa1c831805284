"""Agencies that are no more and those that took their place: who took over which fields, and which items."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from catalogue.model.period import Moment
from catalogue.reference import Agency
from catalogue.services.installation import Installation


@dataclass(frozen=True)
class HandOver:
    """What an agency gave to another one on a day: the fields named, or everything that no other one took."""

    on: date
    heir: Agency
    fields: tuple[str, ...]
    document: str | None


@dataclass(frozen=True)
class Reception:
    """What an agency was given by another one on a day: the fields named, or everything that went to no other one."""

    on: date
    origin: Agency
    fields: tuple[str, ...]
    document: str | None


def is_gone(agency: Agency, moment: Moment) -> bool:
    """Whether an agency is no more in the organisation that a moment counts by."""
    return agency.valid_until is not None and agency.valid_until < moment.organised_on


def handed_over(installation: Installation, agency: Agency, moment: Moment) -> list[HandOver]:
    """What an agency gave away up to the organisation that a moment counts by, the first first; the rest at the end."""
    reference = installation.reference
    given = [
        HandOver(step.on, reference.agency(step.successor), step.fields, step.document)
        for step in reference.successions
        if step.predecessor == agency.code and step.on <= moment.organised_on
    ]
    return sorted(given, key=lambda one: (one.on, not one.fields, one.heir.code))


def received(installation: Installation, agency: Agency, moment: Moment) -> list[Reception]:
    """What an agency was given by others up to the organisation that a moment counts by, the first first."""
    reference = installation.reference
    given = [
        Reception(step.on, reference.agency(step.predecessor), step.fields, step.document)
        for step in reference.successions
        if step.successor == agency.code and step.on <= moment.organised_on
    ]
    return sorted(given, key=lambda one: (one.on, not one.fields, one.origin.code))


def taken_over(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """agency_code, agency_name, assigned_agency, assigned_name, base, done: the items of every agency that answers for
    some that another one was given, by whom they were given to; its own come first."""
    return installation.database.known(
        "figures/taken_over",
        programme=programme,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )
