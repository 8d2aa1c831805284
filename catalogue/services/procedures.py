"""The catalogue: procedures found and narrowed, one procedure whole, its versions and what changed, publication decisions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.diff import Change, diff
from catalogue.model.period import Moment
from catalogue.model.version import Version, details_from
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from catalogue.text import words

PAGE_SIZE = 20
UNKNOWN = (
    "unknown"  # the filter value for procedures whose agency, field or level group the source does not say
)
CHANGING = "changing"  # decisions with at least one amended, replaced or abolished line: the published count


@dataclass(frozen=True)
class ProcedureFilter:
    """What the catalogue is narrowed by; None means everything."""

    text: str | None = None
    agency: str | None = None
    field: str | None = None
    level: str | None = None
    level_group: str | None = None
    origin: str | None = None
    in_force: bool | None = True


@dataclass(frozen=True)
class AgencyName:
    """An agency as the source writes it; `code` where it is one of ours."""

    text: str
    code: str | None


@dataclass(frozen=True)
class Decision:
    """The publication decision a version rests on."""

    document_id: int
    number: str | None
    issued_on: date | None
    title: str | None


@dataclass(frozen=True)
class ProcedureRecord:
    """One procedure as it stands at a moment."""

    version: Version
    national_code: str
    agency_suffix: str | None
    origin: str
    source: str
    procedure_type: str | None
    agencies: Mapping[str, tuple[AgencyName, ...]]  # by role; a role that is not there is unknown
    legal_bases: pl.DataFrame
    decision: Decision | None


@dataclass(frozen=True)
class VersionStep:
    """One version in the life of a procedure, with what it changed; the first changed nothing."""

    version: Version
    decision: Decision | None
    source: str
    changes: tuple[Change, ...]


def search(
    installation: Installation,
    moment: Moment,
    wanted: ProcedureFilter | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> pl.DataFrame:
    """Procedures as they stand, best match first (without a text: latest change first); `total` counts them all."""
    return installation.database.read(
        "procedures/search",
        limit=size,
        offset=(page - 1) * size,
        phrase=" ".join(_words(wanted)),
        **_asked(moment, wanted),
    )


def facets(installation: Installation, moment: Moment, wanted: ProcedureFilter | None = None) -> pl.DataFrame:
    """facet (agency, field, level_group, total), value, label, procedures: each facet under all filters but its own.

    Level groups are memberships; `level_group`/`all` counts the procedures they belong to.
    """
    return installation.database.known("procedures/facets", **_asked(moment, wanted))


def get(installation: Installation, moment: Moment, code: str) -> ProcedureRecord:
    """One procedure with its levels, agencies, legal bases, details and publication decision.

    Raises: NotFound when there is none of this code, or none yet on that day.
    """
    row = installation.database.row("procedures/get", code=code, **_clocks(moment))
    if row is None:
        raise NotFound("procedure_not_found", id=code)
    read = installation.database.read
    agencies: dict[str, tuple[AgencyName, ...]] = {}
    for agency in read("procedures/agencies", version_id=row["version_id"]).iter_rows(named=True):
        name = AgencyName(agency["agency_text"], agency["agency_code"])
        agencies[agency["role"]] = (*agencies.get(agency["role"], ()), name)
    return ProcedureRecord(
        version=_version(row),
        national_code=row["national_code"],
        agency_suffix=row["agency_suffix"],
        origin=row["origin"],
        source=row["source"],
        procedure_type=row["procedure_type"],
        agencies=agencies,
        legal_bases=read("procedures/legal_bases", version_id=row["version_id"], **_clocks(moment)),
        decision=_decision(installation, moment, row["decision_id"]),
    )


def versions(installation: Installation, moment: Moment, code: str) -> list[VersionStep]:
    """The versions of a procedure, oldest first, each with what it changed; later than as_of means still to come."""
    steps: list[VersionStep] = []
    for row in installation.database.read("procedures/versions", code=code, **_clocks(moment)).iter_rows(
        named=True
    ):
        version = _version(row)
        decision = (
            Decision(row["decision_id"], row["decision_number"], row["decision_date"], row["decision_title"])
            if row["decision_id"] is not None
            else None
        )
        changes = diff(steps[-1].version, version) if steps else ()
        steps.append(VersionStep(version, decision, row["source"], changes))
    return steps


def related_items(installation: Installation, moment: Moment, code: str) -> pl.DataFrame:
    """Items of any programme that name the procedure, with their stages, as they stand."""
    return installation.database.read("procedures/related_items", code=code, **_clocks(moment))


def decisions(
    installation: Installation,
    moment: Moment,
    since: date,
    *,
    agency: str | None = None,
    action: str | None = CHANGING,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> pl.DataFrame:
    """Publication decisions signed from `since` to as_of, newest first, with counts of lines by action and `total`.

    With the default action they are the decisions that the measure `publication.decisions` counts.
    """
    return installation.database.read(
        "procedures/decisions",
        since=since,
        agency=agency,
        action=action,
        limit=size,
        offset=(page - 1) * size,
        **_clocks(moment),
    )


def decision_issuers(
    installation: Installation, moment: Moment, since: date, *, action: str | None = CHANGING
) -> pl.DataFrame:
    """value, label, decisions: who signed the decisions of a period."""
    return installation.database.read(
        "procedures/decision_issuers", since=since, action=action, **_clocks(moment)
    )


def decision(installation: Installation, moment: Moment, document_id: int) -> Row:
    """One publication decision: number, date, title, issuer.

    Raises: NotFound.
    """
    row = installation.database.row("procedures/decision", document_id=document_id, **_clocks(moment))
    if row is None:
        raise NotFound("document_not_found", id=document_id)
    return row


def decision_lines(installation: Installation, moment: Moment, document_id: int) -> pl.DataFrame:
    """line, action, procedure_code, name, in_force, field_name: the annex of a decision."""
    return installation.database.read("procedures/decision_lines", document_id=document_id, **_clocks(moment))


def _version(row: Row) -> Version:
    return Version(
        version_id=row["version_id"],
        procedure_code=row["procedure_code"],
        effective_date=row["effective_date"],
        in_force=row["in_force"],
        name=row["name"],
        field_name=row["field_name"],
        agency_name=row["agency_name"],
        is_vertical=row["is_vertical"],
        levels=frozenset(row["levels"]),
        details=details_from(row["details"]),
    )


def _decision(installation: Installation, moment: Moment, document_id: int | None) -> Decision | None:
    if document_id is None:
        return None
    row = installation.database.row("procedures/decision", document_id=document_id, **_clocks(moment)) or {}
    return Decision(document_id, row.get("number"), row.get("issued_on"), row.get("title"))


def _words(wanted: ProcedureFilter | None) -> list[str]:
    return words((wanted and wanted.text) or "")


def _asked(moment: Moment, wanted: ProcedureFilter | None) -> dict[str, Any]:
    params = asdict(wanted or ProcedureFilter())
    del params["text"]
    return params | {"words": _words(wanted)} | _clocks(moment)


def _clocks(moment: Moment) -> dict[str, Any]:
    return {"as_of": moment.as_of, "revision": moment.revision}
