"""Versions inside a transaction: what stands of procedures on a day, and the next version of each, written whole."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from catalogue.model.content import (
    PARTS,
    ROLES,
    Content,
    content_hash,
    details_text,
    said_of,
)
from catalogue.model.procedure import search_text, split_code
from catalogue.model.quality import Problem
from catalogue.reference import Reference
from catalogue.store.database import Database, Row, Transaction
from catalogue.text import clean, fold

# What a source does, rather than what is wrong with a record: not kept with the versions that follow.
PASSING = frozenset({"part_not_given", "sources_disagree", "listed_after_abolition"})
_FLAGGED = frozenset({*PARTS, "procedure_code"})


@dataclass(frozen=True)
class Standing:
    """A procedure as it stands; `documents`: the known document behind a legal basis, by its text."""

    version_id: int
    procedure_code: str
    effective_date: date
    in_force: bool
    origin: str
    issuing_agency: str | None
    decision_id: int | None
    content: Content
    documents: Mapping[str, int]


@dataclass(frozen=True)
class NextVersion:
    """A version to be written: the whole content that holds from a day on.

    `before`: the version it follows, whose words and flags it keeps where it decides nothing; `parts`: what it decides;
    `raw`: the source's own words by its own headings.
    """

    procedure_code: str
    effective_date: date
    content: Mapping[str, Any]
    source: str
    in_force: bool = True
    decision_id: int | None = None
    before: int | None = None
    parts: frozenset[str] = frozenset(PARTS)
    raw: Mapping[str, Any] | None = None
    problems: Sequence[Problem] = ()
    documents: Mapping[str, int] | None = None


def standing(
    reader: Database | Transaction, on: date, revision: int, codes: Collection[str] | None = None
) -> dict[str, Standing]:
    """Procedures (of these codes, or all) as they stand on a day, by code."""
    frame = reader.read(
        "versions/standing", as_of=on, revision=revision, codes=None if codes is None else sorted(codes)
    )
    return {row["procedure_code"]: _standing(row) for row in frame.iter_rows(named=True)}


def written(reader: Database | Transaction, version_ids: Collection[int]) -> dict[int, Standing]:
    """Some versions as they were written, by id."""
    frame = reader.read("versions/contents", versions=sorted(version_ids))
    return {row["version_id"]: _standing(row) for row in frame.iter_rows(named=True)}


def write(transaction: Transaction, reference: Reference, versions: Sequence[NextVersion]) -> dict[str, int]:
    """Append versions with everything that hangs on them; the id of each by code. New codes become procedures."""
    codes = [version.procedure_code for version in versions]
    known = set(transaction.read("versions/known_codes", codes=codes)["procedure_code"])
    fields = {(field.agency, fold(field.name)): field.code for field in reference.fields}
    new = {version.procedure_code: version for version in versions if version.procedure_code not in known}
    transaction.append("procedure", [_identity(version) for version in new.values()])
    ids = {version.procedure_code: transaction.new_id() for version in versions}
    placed = [(ids[version.procedure_code], version) for version in versions]
    transaction.append(
        "procedure_version",
        [_version(version_id, version, reference, fields) for version_id, version in placed],
    )
    for table, rows in (
        ("procedure_version_level", _levels),
        ("procedure_version_legal_basis", _legal_bases),
        ("procedure_version_source", partial(_source, words=_words_before(transaction, versions))),
        ("procedure_version_problem", partial(_problems, flagged=_flagged_before(transaction, versions))),
    ):
        found = [{"version_id": version_id} | row for version_id, version in placed for row in rows(version)]
        transaction.append(table, found)
    transaction.append(
        "procedure_version_agency",
        [
            {
                "version_id": version_id,
                "role": role,
                "position": position,
                "agency_text": text,
                "agency_code": agency_code(reference, text),
            }
            for version_id, version in placed
            for role in ROLES
            for position, text in enumerate(version.content.get(role) or (), start=1)
        ],
    )
    return ids


def agency_code(reference: Reference, text: str | None) -> str | None:
    """Our code of an agency that a source names; None where the name is not known."""
    agency = reference.agency_named(text) if text else None
    return agency.code if agency else None


def _standing(row: Row) -> Standing:
    content = said_of(json.loads(row["details"]) | {part: row[part] for part in PARTS if part in row}, PARTS)
    bases = content.get("legal_bases", ())
    documents = {basis["text"]: basis.pop("document_id") for basis in bases if "document_id" in basis}
    return Standing(
        **{name: row[name] for name in Standing.__dataclass_fields__ if name in row},
        content=content,
        documents=documents,
    )


def _identity(version: NextVersion) -> Row:
    national, suffix = split_code(version.procedure_code)
    return {
        "procedure_code": version.procedure_code,
        "national_code": national,
        "agency_suffix": suffix,
        "origin": version.source,
    }


def _version(
    version_id: int, version: NextVersion, reference: Reference, fields: Mapping[tuple[str, str], str]
) -> Row:
    content = version.content
    field_name = content.get("field_name")
    agency = agency_code(reference, content.get("issuing_agency_text"))
    return {
        "version_id": version_id,
        "procedure_code": version.procedure_code,
        "effective_date": version.effective_date,
        "in_force": version.in_force,
        "name": content["name"],
        "field_name": field_name,
        "field_code": fields.get((agency or "", fold(clean(field_name or "")))),
        "issuing_agency": agency,
        "issuing_agency_text": content.get("issuing_agency_text"),
        "is_vertical": content.get("is_vertical"),
        "procedure_type": content.get("procedure_type"),
        "decision_id": version.decision_id,
        "source": version.source,
        "content_hash": content_hash(content),
        "search_text": search_text(version.procedure_code, content["name"], field_name),
        "details": details_text(content),
    }


def _levels(version: NextVersion) -> list[Row]:
    return [{"level": level} for level in version.content.get("levels") or ()]


def _legal_bases(version: NextVersion) -> list[Row]:
    documents = version.documents or {}
    return [
        {
            "position": position,
            "document_text": basis["text"],
            "document_id": documents.get(basis["text"]),
            "number": basis.get("number"),
            "issued_on": date.fromisoformat(basis["issued_on"]) if basis.get("issued_on") else None,
        }
        for position, basis in enumerate(version.content.get("legal_bases") or (), start=1)
    ]


def _words_before(transaction: Transaction, versions: Sequence[NextVersion]) -> dict[int, Row]:
    """The words of every source behind the versions that are followed, by version."""
    kept = [version.before for version in versions if version.before]
    frame = transaction.read("versions/sources", versions=kept)
    return {version_id: json.loads(raw) for version_id, raw in frame.iter_rows()}


def _flagged_before(transaction: Transaction, versions: Sequence[NextVersion]) -> dict[int, list[Problem]]:
    kept = [version.before for version in versions if version.before]
    found: dict[int, list[Problem]] = {}
    for row in transaction.read("versions/problems", versions=kept).iter_rows(named=True):
        found.setdefault(row["version_id"], []).append(Problem(row["rule"], row["part"], row["value"]))
    return found


def _source(version: NextVersion, words: Mapping[int, Row]) -> list[Row]:
    raw = words.get(version.before or 0, {}) | ({version.source: version.raw} if version.raw else {})
    return [{"raw": json.dumps(raw, ensure_ascii=False)}] if raw else []


def _problems(version: NextVersion, flagged: Mapping[int, Sequence[Problem]]) -> list[Row]:
    """What is flagged in this version, then what was flagged before in a part that it does not decide."""
    kept = [
        problem
        for problem in flagged.get(version.before or 0, ())
        if problem.part in _FLAGGED and problem.part not in version.parts and problem.rule not in PASSING
    ]
    return [
        {"position": position, "rule": problem.rule, "part": problem.part, "value": problem.value}
        for position, problem in enumerate(dict.fromkeys((*version.problems, *kept)), start=1)
    ]
