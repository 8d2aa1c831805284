"""One procedure: the record whole, its versions and what changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import NotFound
from catalogue.model.change import Change
from catalogue.model.content import Content
from catalogue.model.diff import diff
from catalogue.model.period import Moment
from catalogue.model.version import Version, version_of
from catalogue.services import heirs
from catalogue.services import versions as stored
from catalogue.services.installation import Installation
from catalogue.services.versions import Standing

PAGE_SIZE = 20


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
    """One procedure as it stands at a moment; `answering`: the agency that answers for it where another one issued it."""

    version: Version
    national_code: str
    agency_suffix: str | None
    origin: str
    source: str
    procedure_type: str | None
    agencies: Mapping[str, tuple[AgencyName, ...]]  # by role; a role that is not there is unknown
    legal_bases: pl.DataFrame
    decision: Decision | None
    content: Content  # the version as plain values
    answering: str | None


@dataclass(frozen=True)
class VersionStep:
    """One version in the life of a procedure, with what it changed; the first changed nothing."""

    version: Version
    decision: Decision | None
    source: str
    changes: tuple[Change, ...]


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
    written = stored.written(installation.database, [row["version_id"]])[row["version_id"]]
    return ProcedureRecord(
        version=replace(version_from(written), agency_name=row["agency_name"]),
        national_code=row["national_code"],
        agency_suffix=row["agency_suffix"],
        origin=row["origin"],
        source=row["source"],
        procedure_type=row["procedure_type"],
        agencies=agencies,
        legal_bases=read("procedures/legal_bases", version_id=row["version_id"], **_clocks(moment)),
        decision=_decision(installation, moment, row["decision_id"]),
        content=written.content,
        answering=_answering(installation, moment, written),
    )


def versions(installation: Installation, moment: Moment, code: str) -> list[VersionStep]:
    """The versions of a procedure, oldest first, each with what it changed; later than as_of means still to come."""
    frame = installation.database.read("procedures/versions", code=code, **_clocks(moment))
    written = stored.written(installation.database, frame["version_id"].to_list())
    steps: list[VersionStep] = []
    for row in frame.iter_rows(named=True):
        version = version_from(written[row["version_id"]])
        decision = (
            Decision(row["decision_id"], row["decision_number"], row["decision_date"], row["decision_title"])
            if row["decision_id"] is not None
            else None
        )
        changes = diff(steps[-1].version, version) if steps else ()
        steps.append(VersionStep(version, decision, row["source"], changes))
    return steps


def version_on(steps: Sequence[VersionStep], day: date) -> Version | None:
    """The version that held on a day; None before the first one."""
    return next((step.version for step in reversed(steps) if step.version.effective_date <= day), None)


def version_from(standing: Standing) -> Version:
    """A written version with its content read."""
    return version_of(
        standing.content,
        version_id=standing.version_id,
        code=standing.procedure_code,
        effective_date=standing.effective_date,
        in_force=standing.in_force,
    )


def source_words(installation: Installation, version_id: int) -> dict[str, dict[str, Any]]:
    """The words of each source that a version was read from, by the source's own headings."""
    frame = installation.database.read("versions/sources", versions=[version_id])
    return json.loads(frame["raw"][0]) if frame.height else {}


def related_items(installation: Installation, moment: Moment, code: str) -> pl.DataFrame:
    """Items of any programme that name the procedure, with their stages, as they stand."""
    return installation.database.read(
        "procedures/related_items", code=code, organised_on=moment.organised_on, **_clocks(moment)
    )


def _answering(installation: Installation, moment: Moment, version: Standing) -> str | None:
    issuer = version.issuing_agency
    if issuer is None:
        return None
    field_name = version.content.get("field_name")
    heir = heirs.at(installation, moment).of(issuer, field_name, version.effective_date)
    return None if heir == issuer else installation.reference.agency(heir).name


def _decision(installation: Installation, moment: Moment, document_id: int | None) -> Decision | None:
    if document_id is None:
        return None
    row = installation.database.row("procedures/decision", document_id=document_id, **_clocks(moment)) or {}
    return Decision(document_id, row.get("number"), row.get("issued_on"), row.get("title"))


def _clocks(moment: Moment) -> dict[str, Any]:
    return {"as_of": moment.as_of, "revision": moment.revision}
