"""Publication decisions as recorded: found, opened, how they kept the limits, how far provinces follow ministries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.period import Moment
from catalogue.model.timeliness import Check, Limit, Milestone, Timeliness, timeliness
from catalogue.reference import Reference
from catalogue.services import heirs
from catalogue.services.installation import Installation
from catalogue.store.database import Row

PAGE_SIZE = 20
CHANGING = "changing"  # decisions with at least one amended, replaced or abolished line: the published count
_COUNTS = ("decisions", "in_time", "late", "unknown")


@dataclass(frozen=True)
class DecisionPage:
    """One decision whole; `relations`: decisions it mirrors or abolishes, and those that mirror or abolish it.

    A decision that is only cited has no annex, and no limits are held against it.
    """

    decision: Row
    lines: pl.DataFrame
    bases: pl.DataFrame
    relations: pl.DataFrame
    checks: tuple[Check, ...]


def find(
    installation: Installation,
    moment: Moment,
    since: date,
    *,
    agency: str | None = None,
    action: str | None = CHANGING,
    kept: Timeliness | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> pl.DataFrame:
    """Decisions signed from `since` to as_of, newest first, with lines by action, timeliness and `total`.

    `agency`: who answers for what the issuer was given; `agency_name` is that one, `issuer_name` the issuer where that is
    another. With the default action they are the decisions that the measure `publication.decisions` counts.
    """
    gifts = None if agency is None else list(heirs.gifts(installation, moment, agency))
    frame = installation.database.known(
        "publications/list",
        since=since,
        gifts=gifts,
        action=action,
        timeliness=kept and kept.value,
        limit=size,
        offset=(page - 1) * size,
        **_clocks(moment),
    )
    return heirs.at(installation, moment).placed(frame)


def issuers(
    installation: Installation, moment: Moment, since: date, *, action: str | None = CHANGING
) -> pl.DataFrame:
    """value, label, decisions, in_time, late, unknown: who answers for the issuers of a period's decisions, and how in time
    they were."""
    frame = heirs.at(installation, moment).placed(_signed(installation, moment, since, action))
    by_agency = frame.group_by(pl.col("agency_code").fill_null(heirs.UNKNOWN).alias("value")).agg(
        pl.col("agency_name").first().alias("label"), pl.col(_COUNTS).sum()
    )
    return by_agency.sort("decisions", "value", descending=[True, False])


def counts(
    installation: Installation,
    moment: Moment,
    since: date,
    *,
    agency: str | None = None,
    action: str | None = CHANGING,
) -> dict[str, int]:
    """decisions, in_time, late, unknown: those that `find` finds for an agency, in all and by how they kept the limits."""
    signed = _signed(installation, moment, since, action).filter(heirs.is_of(installation, moment, agency))
    return {name: int(signed[name].sum()) for name in _COUNTS}


def get(installation: Installation, moment: Moment, document_id: int) -> DecisionPage:
    """One decision with its annex, what it rests on and how it kept the limits.

    Raises: NotFound.
    """
    row = installation.database.row("publications/get", document_id=document_id, **_clocks(moment))
    if row is None:
        raise NotFound("document_not_found", id=document_id)
    asked: dict[str, Any] = {"document_id": document_id, **_clocks(moment)}
    read = installation.database.read
    annex, bases = read("publications/lines", **asked), read("publications/bases", **asked)
    return DecisionPage(
        decision=row,
        lines=annex,
        bases=bases,
        relations=read("publications/relations", **asked),
        checks=() if annex.is_empty() else _checks(installation, moment, row, bases),
    )


def lines(installation: Installation, moment: Moment, document_id: int) -> pl.DataFrame:
    """The annex line by line: what it does to which code, and the procedure as it stands or is still to come."""
    return installation.database.read("publications/lines", document_id=document_id, **_clocks(moment))


def lag(installation: Installation, moment: Moment, since: date) -> pl.DataFrame:
    """How long the provinces' decisions of a period followed the ministries': the total first, then the slowest."""
    return installation.database.known(
        "publications/lag", since=since, organised_on=moment.organised_on, **_clocks(moment)
    )


def limits(reference: Reference, issuer_kind: str, signed_on: date) -> dict[Milestone, Limit | None]:
    """What the law allowed a decision of this kind of agency, signed on a day."""
    found: dict[Milestone, Limit | None] = {}
    for milestone in Milestone:
        limit = reference.publication_limit(milestone, issuer_kind, signed_on)
        found[milestone] = Limit(limit.days, limit.document) if limit else None
    return found


def _checks(installation: Installation, moment: Moment, row: Row, bases: pl.DataFrame) -> tuple[Check, ...]:
    recorded = installation.database.read(
        "publications/days", document_id=row["document_id"], revision=moment.revision
    )
    return timeliness(
        row["issued_on"],
        bases=[(base["number"], base["in_force_on"]) for base in bases.iter_rows(named=True)],
        days={Milestone(name): day for name, day in recorded.iter_rows() if day <= moment.as_of},
        limits=limits(installation.reference, row["issuer_kind"], row["issued_on"]),
        calendar=installation.reference.calendar,
    )


def _signed(installation: Installation, moment: Moment, since: date, action: str | None) -> pl.DataFrame:
    return installation.database.known("publications/issuers", since=since, action=action, **_clocks(moment))


def _clocks(moment: Moment) -> dict[str, Any]:
    return {"as_of": moment.as_of, "revision": moment.revision}
