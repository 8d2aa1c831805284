"""Who answers: for items on a day, for what an agency was given, and what became of an agency that is no more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.reference import Agency
from catalogue.services.installation import Installation
from catalogue.store.database import Database, Transaction


@dataclass(frozen=True)
class Ended:
    """An agency that is no more, since which day, who succeeded it, and who took over single fields."""

    agency: Agency
    since: date
    successor: Agency
    of_fields: tuple[Agency, ...]


def of_items(reader: Database | Transaction, item_ids: Collection[int], day: date) -> dict[int, str]:
    """By item, the agency that answers for it on a day."""
    return dict(reader.read("items/answering", items=sorted(set(item_ids)), day=day).iter_rows())


def succeeding(installation: Installation, agency_code: str) -> str:
    """The agency that answers on the working date for what another one did: that one itself while it exists.

    Raises: NotFound.
    """
    return installation.reference.successor(agency_code, installation.working_date).code


def predecessors(installation: Installation, agency_code: str) -> tuple[Agency, ...]:
    """The agencies that are no more on the working date and that this one succeeded as a whole."""
    return tuple(
        one
        for one in installation.reference.agencies
        if one.code != agency_code and succeeding(installation, one.code) == agency_code
    )


def ended(installation: Installation, agency_code: str) -> Ended | None:
    """What became of an agency that is no more on the working date; None of one that is.

    Raises: NotFound.
    """
    reference, day = installation.reference, installation.working_date
    agency = reference.agency(agency_code)
    if agency.valid_until is None or agency.valid_until >= day:
        return None
    successor = reference.agency(succeeding(installation, agency_code))
    split = {
        row.successor: reference.agency(row.successor)
        for row in reference.successions
        if row.predecessor == agency_code and row.fields and row.on <= day
    }
    return Ended(agency, agency.valid_until + timedelta(days=1), successor, tuple(split.values()))
