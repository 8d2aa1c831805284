"""What each line of an annex does to the catalogue: the version before, the version after, and from when to when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from catalogue.errors import NotFound
from catalogue.model.annex import Action, Extent, Known, Line
from catalogue.model.annex import Standing as Around
from catalogue.model.change import Change
from catalogue.model.content import PARTS, Content, merged, said_of
from catalogue.model.diff import diff
from catalogue.model.publication import Draft
from catalogue.model.quality import problems
from catalogue.model.version import Version, version_of
from catalogue.reference import Reference
from catalogue.services import versions
from catalogue.services.versions import NextVersion, Standing
from catalogue.store.database import Database, Transaction
from catalogue.text import spelling_key

SOURCE = "publication"


class EffectKind(StrEnum):
    """What happens to a code."""

    CREATED = "created"
    CHANGED = "changed"
    ABOLISHED = "abolished"
    KEPT = "kept"  # abolished in part: the version that stands stays in force
    REPEATED = "repeated"  # by a province: the ministry's record stays what it is


@dataclass(frozen=True)
class Effect:
    """What one line does to one code. `until`: the first day of a version that comes later and holds from then on."""

    row: int
    code: str
    kind: EffectKind
    name: str
    before: Version | None = None
    after: Version | None = None
    changes: tuple[Change, ...] = ()
    until: date | None = None
    note: str = ""
    version: NextVersion | None = None


@dataclass(frozen=True)
class Catalogue:
    """The codes of a draft as they stand on the day it comes into force, and what comes after that day."""

    on: date
    standing: Mapping[str, Standing]
    later: Mapping[str, date]

    @property
    def version_ids(self) -> dict[str, int]:
        """Which version of each code the answer rests on."""
        return {code: found.version_id for code, found in self.standing.items()}


def read(reader: Database | Transaction, codes: Collection[str], on: date, revision: int) -> Catalogue:
    """The part of the catalogue that a draft touches."""
    asked = sorted(codes)
    later = reader.read("publications/later", codes=asked, on=on, revision=revision)
    return Catalogue(
        on,
        versions.standing(reader, on, revision, asked) if asked else {},
        dict(later.iter_rows()),
    )


def around(reference: Reference, draft: Draft, catalogue: Catalogue, *, is_bound: bool) -> Around:
    """What the rules ask of the catalogue; an agency's successors on the day of signature answer for its records."""
    signed_on = draft.issued_on or catalogue.on
    return Around(
        issuer=draft.issuer,
        issuer_kind=reference.agency(draft.issuer).kind if draft.issuer else None,
        in_force_on=draft.in_force_on,
        known={
            code: Known(
                name=found.content["name"],
                in_force=found.in_force,
                agency=_answering(reference, found, signed_on),
                since=found.effective_date,
            )
            for code, found in catalogue.standing.items()
        },
        later=catalogue.later,
        is_bound=is_bound,
    )


def of(reference: Reference, draft: Draft, catalogue: Catalogue, standing: Around) -> tuple[Effect, ...]:
    """The effects of a draft without errors, line by line."""
    return tuple(
        effect for line in draft.lines for effect in _of_line(reference, draft, catalogue, standing, line)
    )


def _of_line(
    reference: Reference, draft: Draft, catalogue: Catalogue, standing: Around, line: Line
) -> list[Effect]:
    before = catalogue.standing.get(line.code)
    if standing.is_repetition(line):
        return [_effect(catalogue, line, line.code, EffectKind.REPEATED)]
    begins = before is None or (line.brings and not before.in_force)
    said = _said(draft, line, None if begins else before)
    gone = [_abolition(catalogue, draft, line, code) for code in line.replaces]
    if line.action is Action.ABOLISHED and line.extent is Extent.WHOLE:
        return [_abolition(catalogue, draft, line, line.code)]
    if before is None or begins:
        issuer = reference.agency(draft.issuer or "").name_on(draft.issued_on or catalogue.on)
        content = said_of(said | {"issuing_agency_text": issuer}, [*said, "issuing_agency_text"])
        return [*gone, _effect(catalogue, line, line.code, EffectKind.CREATED, content)]
    if line.action is Action.ABOLISHED:
        return [_effect(catalogue, line, line.code, EffectKind.KEPT)]
    return [
        *gone,
        _effect(catalogue, line, line.code, EffectKind.CHANGED, merged(before.content, said, said)),
    ]


def _abolition(catalogue: Catalogue, draft: Draft, line: Line, code: str) -> Effect:
    before = catalogue.standing[code]
    cited = _cited(draft)
    content = merged(before.content, cited, cited)
    return _effect(catalogue, line, code, EffectKind.ABOLISHED, content, in_force=False)


def _effect(
    catalogue: Catalogue,
    line: Line,
    code: str,
    kind: EffectKind,
    content: Content | None = None,
    *,
    in_force: bool = True,
) -> Effect:
    standing = catalogue.standing.get(code)
    before = (
        _version(code, standing.effective_date, standing.content, standing.in_force) if standing else None
    )
    if content is None:
        return Effect(line.row, code, kind, before.name if before else line.name, before, note=line.note)
    after = _version(code, catalogue.on, content, in_force)
    stands = standing.content if standing else {}
    written = NextVersion(
        procedure_code=code,
        effective_date=catalogue.on,
        content=content,
        source=SOURCE,
        in_force=in_force,
        before=standing.version_id if standing else None,
        parts=frozenset(part for part in PARTS if content.get(part) != stands.get(part)),
        raw=_raw(line) if code == line.code else None,
        documents=standing.documents if standing else None,
        # whether an agency has ended is asked on the day of reading, by services.quality
        problems=problems(content, code=code, day=catalogue.on, ended=lambda _: False),
    )
    changes = diff(before, after) if before else ()
    until = catalogue.later.get(code)
    return Effect(line.row, code, kind, after.name, before, after, changes, until, line.note, written)


def _version(code: str, day: date, content: Content, in_force: bool) -> Version:
    return version_of(content, version_id=0, code=code, effective_date=day, in_force=in_force)


def _said(draft: Draft, line: Line, before: Standing | None) -> dict[str, Any]:
    """What the line says of the record; an empty cell says nothing, another spelling of the same text nothing new."""
    said: dict[str, Any] = {"name": line.name, "field_name": line.field_name, "levels": sorted(line.levels)}
    stands = before.content if before else {}
    new = {
        part: value
        for part, value in said.items()
        if value
        and not (isinstance(value, str) and spelling_key(value) == spelling_key(stands.get(part, "")))
    }
    return new | _cited(draft)


def _cited(draft: Draft) -> dict[str, Any]:
    """The decision as the record cites it."""
    return {
        "decision_number": draft.number,
        "decision_date": draft.issued_on.isoformat() if draft.issued_on else None,
    }


def _raw(line: Line) -> dict[str, str]:
    """The line in its own words, under the headings of an annex."""
    words = {
        "Mã thủ tục": line.code,
        "Tên thủ tục hành chính": line.name,
        "Lĩnh vực": line.field_name,
        "Ghi chú": line.note,
    }
    return {name: text for name, text in words.items() if text}


def _answering(reference: Reference, found: Standing, day: date) -> str | None:
    if found.issuing_agency is None:
        return None
    try:
        return reference.successor(
            found.issuing_agency, day, found.content.get("field_name"), found.effective_date
        ).code
    except NotFound:  # an agency that has left the reference data
        return found.issuing_agency
