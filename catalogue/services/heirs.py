"""Who answers for a record on a day: the agency that its source names, or whoever succeeded it in that field.

A record keeps what its source wrote. Frames of records bear the key of what the agency was given (`gift`: agency, field
and time, as far as successions tell them apart), so that one frame is counted by the agencies of any day.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.period import Moment
from catalogue.reference import Agency
from catalogue.services.installation import Installation

UNKNOWN = "unknown"  # the filter value for records whose agency is none of ours
_APART = "|"


@dataclass(frozen=True)
class Heirs:
    """Every gift with who answers for it: gift, origin, field_name, given_since, agency_code, agency_name."""

    table: pl.DataFrame

    def of(self, agency_code: str, field_name: str | None, given_on: date) -> str:
        """Who answers for what an agency was given on a day in a field; the agency itself where nobody succeeded it."""
        gifts = self.table.filter(pl.col("origin") == agency_code, pl.col("given_since") <= given_on)
        if gifts.is_empty():
            return agency_code
        gifts = gifts.filter(pl.col("given_since") == pl.col("given_since").max())
        field = gifts.filter(pl.col("field_name") == (field_name or "").lower())
        return str(
            (field if field.height else gifts.filter(pl.col("field_name").is_null()))["agency_code"][0]
        )

    def by_gift(self, gifts: Collection[str]) -> Mapping[str, str]:
        """The agency that answers for each of some gifts, by key."""
        known = self.table.filter(pl.col("gift").is_in(list(gifts)))
        found = dict(known.select("gift", "agency_code").iter_rows())
        return {gift: found.get(gift, gift.split(_APART)[0]) for gift in gifts}

    def gifts_of(self, agency_code: str) -> tuple[str, ...]:
        """The keys of everything that an agency answers for."""
        if agency_code == UNKNOWN:
            return (UNKNOWN,)
        own = self.table.filter(pl.col("agency_code") == agency_code)["gift"]
        return tuple(own.to_list()) or self._unheard(agency_code)

    def placed(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A frame with `gift`, `agency_code` and `agency_name`, by who answers; `issuer_name`: who issued, where that is
        another agency."""
        heir = self.table.select("gift", heir="agency_code", heir_name="agency_name")
        moved = pl.col("heir").is_not_null() & (pl.col("heir") != pl.col("agency_code"))
        return (
            frame.join(heir, on="gift", how="left", maintain_order="left")
            .with_columns(
                pl.when(moved).then("agency_name").alias("issuer_name"),
                pl.when(moved).then("heir").otherwise("agency_code").alias("agency_code"),
                pl.when(moved).then("heir_name").otherwise("agency_name").alias("agency_name"),
            )
            .drop("heir", "heir_name")
        )

    def _unheard(self, agency_code: str) -> tuple[str, ...]:
        """The keys of an agency that has left the reference data; none where it gave everything away."""
        first = self.table["origin"].min()
        if agency_code in self.table["origin"] or first is None:
            return ()
        gifts = self.table.filter(pl.col("origin") == first)["gift"]
        return tuple(agency_code + gift.removeprefix(str(first)) for gift in gifts)


@dataclass(frozen=True)
class Absence:
    """An agency that is asked for by a day on which it was not, and who answers then for what it answers for.

    `day`: the first day without it or, where it `is_to_come`, its first; `nearest`: the nearest day on which it was.
    """

    agency: Agency
    day: date
    nearest: date
    is_to_come: bool
    answering: tuple[str, ...]


def on(installation: Installation, day: date) -> Heirs:
    """Who answers on a day for whatever an agency was given."""
    return Heirs(installation.database.known("heirs/of_gifts", day=day))


def at(installation: Installation, moment: Moment) -> Heirs:
    """Who answers in the organisation of a moment."""
    return on(installation, moment.organised_on)


def absence(installation: Installation, moment: Moment, agency_code: str | None) -> Absence | None:
    """Why an agency answers for nothing at a moment; None where it exists then, or is none of ours."""
    try:
        agency = installation.reference.agency(agency_code or "")
    except NotFound:
        return None
    day = moment.organised_on
    if agency.valid_on(day):
        return None
    is_to_come = agency.valid_from is not None and day < agency.valid_from
    nearest = agency.valid_from if is_to_come else agency.valid_until
    assert nearest is not None
    own = on(installation, nearest).gifts_of(agency.code)
    others = on(installation, day).table.filter(
        pl.col("gift").is_in(own), pl.col("agency_code") != agency.code
    )
    counted = others.group_by("agency_code").len().sort("len", "agency_code", descending=[True, False])
    changed_on = nearest if is_to_come else nearest + timedelta(days=1)
    return Absence(agency, changed_on, nearest, is_to_come, tuple(counted["agency_code"]))


def gifts(installation: Installation, moment: Moment, agency_code: str) -> tuple[str, ...]:
    """The keys of what an agency answers for at a moment; of one that was not then, on the nearest day on which it was."""
    missing = absence(installation, moment, agency_code)
    return on(installation, missing.nearest if missing else moment.organised_on).gifts_of(agency_code)


def is_of(installation: Installation, moment: Moment, agency_code: str | None) -> pl.Expr:
    """Rows with `gift` that an agency answers for; every row without an agency."""
    if agency_code is None:
        return pl.lit(True)
    if agency_code == UNKNOWN:
        return pl.col("gift").is_null()
    return pl.col("gift").is_in(list(gifts(installation, moment, agency_code)))
