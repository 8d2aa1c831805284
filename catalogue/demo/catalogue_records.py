"""The catalogue as facts: procedures, their versions and the decisions that made them."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from catalogue.demo import flaws
from catalogue.demo.content import Content, stored
from catalogue.demo.cuts import ordinary_change
from catalogue.demo.documents import Registry
from catalogue.demo.ledger import Ledger, Revision
from catalogue.demo.ministries import LINE_OFFICES, MINISTRIES
from catalogue.demo.names import lower_first
from catalogue.demo.office import Office
from catalogue.demo.procedures import Procedure
from catalogue.demo.publications import Decision, Line, day_of
from catalogue.model.content import content_hash
from catalogue.model.procedure import search_text
from catalogue.reference import Reference
from catalogue.working_days import add_working_days

_LOADED_ON = date(2021, 12, 31)
_WORKING_DATE = date(2024, 3, 21)
_BELOW = ("provincial", "district", "communal")


class CatalogueRecords:
    """Writes decisions and, for the ministries' ones, the versions that they make."""

    def __init__(
        self, reference: Reference, ledger: Ledger, office: Office, registry: Registry, rng: random.Random
    ) -> None:
        self._reference, self._ledger, self._office = reference, ledger, office
        self._registry, self._rng = registry, rng
        self._moments: dict[tuple[date, str], datetime] = {}
        self._content: dict[Procedure, Content] = {}
        self._bases: dict[Procedure, list[str]] = {}
        self._laws: dict[str, list[str]] = {}
        self._search_texts: dict[tuple[str, str], str] = {}
        self._versions = 0

    def record_national(self, decisions: list[Decision], editors: Mapping[str, int]) -> None:
        """The ministries' decisions, oldest first, with their versions."""
        changes = Counter(line.procedure for decision in decisions for line in decision.lines)
        renamed = {
            one: changes[one]
            for one in changes
            if changes[one] > 1 and not one.taken and self._rng.random() < 0.12
        }
        for decision in decisions:
            is_old = day_of(decision) < _LOADED_ON
            command = "catalogue.load" if is_old else "publication.record"
            actor = None if is_old else editors.get(decision.issuer)
            revision = self._ledger.at(self._moment(decision, decision.issuer), command, actor)
            self._record_decision(revision, decision)
            for line in decision.lines:
                left = renamed.get(line.procedure, 0)
                if left:
                    renamed[line.procedure] = left - 1
                self._record_version(revision, decision, line, was_longer=left > 1)

    def record_provincial(self, decisions: Iterable[Decision]) -> None:
        """The provinces' decisions: lines about known procedures, no versions; those of one day together."""
        for decision in decisions:
            revision = self._ledger.at(self._moment(decision, ""), "publication.record")
            self._record_decision(revision, decision)

    def _moment(self, decision: Decision, whose: str) -> datetime:
        """Recorded one to five working days after the issue; everything before 2022 when the catalogue was loaded."""
        issued = day_of(decision)
        day = max(_LOADED_ON, min(add_working_days(issued, self._rng.randint(1, 5)), _WORKING_DATE))
        if (day, whose) not in self._moments:
            self._moments[day, whose] = self._office.moment(day)
        return self._moments[day, whose]

    def record_days(self, days: Mapping[date, list[tuple[Decision, str]]]) -> None:
        """When decisions were entered and posted; those of one day in one revision."""
        for day, reached in days.items():
            revision = self._ledger.at(self._office.moment(max(day, _LOADED_ON)), "publication.days")
            for decision, milestone in reached:
                row = {"document_id": decision.document_id, "milestone": milestone, "happened_on": day}
                revision.add("publication_day", row)

    def _record_decision(self, revision: Revision, decision: Decision) -> None:
        self._registry.record(revision, decision)
        own = {"document_id": decision.document_id}
        if decision.signer:
            revision.add("publication", own | {"signer_position": decision.signer})
        for position, basis in enumerate(decision.bases, start=1):
            if not basis.document_id:
                self._registry.record(revision, basis)
            revision.add("publication_basis", own | {"position": position, "basis_id": basis.document_id})
        if decision.mirrors:
            revision.add("publication_mirror", own | {"mirrored_id": decision.mirrors.document_id})
        if decision.supersedes:
            before = {"superseded_id": decision.supersedes.decision.document_id, "extent": "part"}
            revision.add("publication_supersession", own | before | {"note": decision.supersedes.note})
        for number, line in enumerate(decision.lines, start=1):
            row = {
                "document_id": decision.document_id,
                "line": number,
                "action": line.action,
                "procedure_code": line.procedure.code,
            }
            revision.add("publication_line", row)

    def _record_version(
        self, revision: Revision, decision: Decision, line: Line, *, was_longer: bool
    ) -> None:
        one = line.procedure
        if line.action == "new":
            identity = {"procedure_code": one.code, "national_code": one.code, "origin": "demo"}
            revision.add("procedure", identity)
            self._bases[one] = self._legal_bases(one)
        content = line.content or self._next_content(line)
        levels = one.levels_before if one.levels_before and line.action == "new" else one.levels
        self._content[one] = content
        self._versions += 1
        name = f"Thủ tục {lower_first(one.name)}" if was_longer else one.name
        issuing = self._reference.agency(one.agency).name_on(day_of(decision))
        agencies = _agencies(one, levels, issuing)
        text = stored(content)
        details: dict[str, Any] = json.loads(text)
        is_flawed = flaws.is_flawed(one.code, is_tracked=one.taken)
        if is_flawed:
            details = flaws.flawed(details, one.code)
            text = json.dumps(details, ensure_ascii=False, separators=(",", ":"))
        version: dict[str, Any] = {
            "version_id": self._versions,
            "procedure_code": one.code,
            "effective_date": day_of(decision),
            "in_force": line.action != "abolished",
            "name": name,
            "field_name": one.field.name,
            "field_code": one.field.code,
            "issuing_agency": one.agency,
            "issuing_agency_text": issuing,
            "is_vertical": one.is_vertical,
            "procedure_type": _TYPES[int(one.code[2:]) % len(_TYPES)],
            "decision_id": decision.document_id,
            "source": "demo",
            "content_hash": "",
            "search_text": self._search_text(one, name),
            "details": text,
        }
        bases = self._version_bases(line)
        whole = (
            details
            | {name: version[name] for name in _HASHED}
            | {"levels": sorted(levels), "legal_bases": [{"text": text} for text, _ in bases]}
            | {role: [text for text, _ in named] for role, named in agencies.items()}
        )
        version["content_hash"] = content_hash(whole)
        revision.add("procedure_version", version)
        if is_flawed:
            self._record_problems(revision, whole, one.code, day_of(decision))
        self._record_parts(revision, levels, agencies, bases)

    def _record_problems(self, revision: Revision, whole: dict[str, Any], code: str, day: date) -> None:
        for position, problem in enumerate(flaws.found(whole, code, day), start=1):
            row = {"version_id": self._versions, "position": position}
            revision.add("procedure_version_problem", row | asdict(problem))

    def _record_parts(
        self,
        revision: Revision,
        levels: Iterable[str],
        agencies: dict[str, list[tuple[str, str | None]]],
        bases: list[tuple[str, int | None]],
    ) -> None:
        version: dict[str, Any] = {"version_id": self._versions}
        for level in levels:
            revision.add("procedure_version_level", version | {"level": level})
        for role, named in agencies.items():
            for position, (text, code) in enumerate(named, start=1):
                row = version | {"role": role, "position": position, "agency_text": text, "agency_code": code}
                revision.add("procedure_version_agency", row)
        for position, (text, document_id) in enumerate(bases, start=1):
            row = version | {"position": position, "document_text": text, "document_id": document_id}
            revision.add("procedure_version_legal_basis", row)

    def _version_bases(self, line: Line) -> list[tuple[str, int | None]]:
        texts: list[tuple[str, int | None]] = [(text, None) for text in self._bases[line.procedure]]
        if line.basis:
            texts.insert(0, (f"{_KINDS[line.basis.type]} số {line.basis.number}", line.basis.document_id))
        return texts

    def _search_text(self, one: Procedure, name: str) -> str:
        key = (one.code, name)
        if key not in self._search_texts:
            self._search_texts[key] = search_text(one.code, name, one.field.name)
        return self._search_texts[key]

    def _next_content(self, line: Line) -> Content:
        if line.action == "new":
            return line.procedure.content
        content = self._content[line.procedure]
        return content if line.action == "abolished" else ordinary_change(content, self._rng)

    def _legal_bases(self, one: Procedure) -> list[str]:
        """One to three texts; procedures of one field share them."""
        pool = self._laws.get(one.field.code)
        if pool is None:
            rng, symbol = self._rng, MINISTRIES[one.agency].symbol
            pool = self._laws[one.field.code] = [
                f"Luật số {rng.randint(10, 99)}/{rng.randint(2012, 2015)}/QH13",
                f"Nghị định số {rng.randint(10, 180)}/{rng.randint(2014, 2017)}/NĐ-CP",
                f"Thông tư số {rng.randint(1, 60):02d}/{rng.randint(2015, 2017)}/TT-{symbol}",
                "Nghị định số 63/2010/NĐ-CP",
            ]
        first = self._rng.randrange(4)
        return pool[first : first + self._rng.choice((1, 1, 2, 3))]


_HASHED = ("name", "field_name", "issuing_agency_text", "is_vertical", "procedure_type")
_TYPES = (
    "TTHC không được luật giao cho địa phương quy định (hoặc quy định chi tiết)",
    "TTHC không được luật giao cho địa phương quy định (hoặc quy định chi tiết)",
    "TTHC được luật giao quy định chi tiết",
    "TTHC được luật giao quy định chi tiết",
    "Loại khác",
)
_KINDS = {"law": "Luật", "decree": "Nghị định", "circular": "Thông tư", "decision": "Quyết định"}


def _agencies(one: Procedure, levels: Iterable[str], issuing: str) -> dict[str, list[tuple[str, str | None]]]:
    """By role; who is authorised acts in the name of the ministry, which stays competent."""
    handled = _handled_by(one, levels, issuing)
    if one.is_authorised and "ministry" not in levels:
        return {"implementing": handled, "competent": [(issuing, one.agency)], "authorised": handled}
    return {"implementing": handled, "competent": handled[:1]}


def _handled_by(one: Procedure, levels: Iterable[str], issuing: str) -> list[tuple[str, str | None]]:
    ministry = MINISTRIES[one.agency]
    below = LINE_OFFICES.get(one.field.name, ministry.below)
    place = len(one.name) % (len(ministry.units) + 1)
    unit = f"{ministry.units[place - 1]} - {issuing}" if place else issuing
    centre: tuple[str, str | None] = (unit, None if place else one.agency)
    return [centre if level == "ministry" else (below[_BELOW.index(level)], None) for level in levels]
