"""The API's record -> the contract; pure. Inside a value every key is used or named here, every unknown word said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from catalogue.model.content import PARTS, ROLES, Content
from catalogue.model.quality import Problem
from catalogue.working_days import civil_day
from pipelines.contract import TransformResult
from pipelines.listing import Reader, Said, read_listing
from pipelines.parse import fees
from pipelines.parse.times import number
from pipelines.parse.words import excerpt, paragraphs, said
from pipelines.sources import Source
from pipelines.workbook import Row

_PARTS = frozenset(PARTS) - {"dossier_sets"}
_LEVELS = {"is_ministry": "ministry", "is_province": "provincial", "is_ward": "communal", "is_other": "other"}

# Keys inside a value: those that are read, then those that say nothing of the record.
_KEYS: dict[str, frozenset[str]] = {
    "steps": frozenset({"name", "description"}),
    "channels": frozenset(
        {"submissionMethod", "processingTime", "processingTimeUnit", "description", "fees"}
    ),
    "fees": frozenset({"type", "name", "value", "currencyName", "currencyId", "description", "attachment"}),
    "dossier": frozenset({"name", "profileComponents"}),
    "papers": frozenset(
        {"name", "originalQty", "copyQty", "attachments", "isProcessingResult"}
        | {"profileComponentId", "required", "hasElectronicForm", "source", "code"}
    ),
    "legal_bases": frozenset({"name", "code", "id"}),
    "results": frozenset({"name", "code", "id"}),
    "decision": frozenset(
        {"proposalNumber", "decisionDate", "decisionNumber", "issuingAgency"}
        | {"id", "publicationDate", "proposalType"}
    ),
    "named": frozenset({"name", "id", "code"}),
}


def transform(rows: Sequence[Row], source: Source, file: str, sheet: str | None) -> TransformResult:
    """The records as the contract; raises ImportRejected when a key is missing."""
    parts = _PARTS - {
        part
        for part in ("description", "keywords", "address", "related")
        if not any(source.optional_columns.get(str(header)) == part for header in _header(rows))
    }
    return read_listing(rows, source, file, sheet, _say, parts)


def _header(rows: Sequence[Row]) -> tuple[Any, ...]:
    return rows[0].cells if rows else ()


def _say(reader: Reader, row: Row) -> Said:
    record = _Record(reader, row)
    content = record.content()
    raw = {key: value for key, value in reader.table.raw(row).items() if value not in (None, "", [], {})}
    return Said(content, tuple(record.problems), raw=raw)


@dataclass
class _Record:
    """One record on its way: what it says, and what could not be trusted."""

    reader: Reader
    row: Row
    problems: list[Problem] = field(default_factory=list)

    def content(self) -> Content:
        text = {
            part: self.text(part)
            for part in ("name", "issuing_agency_text", "requirements", "description", "address")
        }
        agencies = {role: [*self.names(role), *self.names(f"{role}_groups")] for role in ROLES}
        content: Content = {
            **text,
            **agencies,
            "field_name": self.one("field_name"),
            "levels": sorted(level for key, level in _LEVELS.items() if self.flag(key)),
            "is_vertical": self.flag("is_vertical"),
            "procedure_type": self.looked_up(
                "type", self.reader.text(self.row, "procedure_type"), "procedure_type"
            ),
            "steps": list(self.steps()),
            "channels": list(self.channels()),
            "dossier": list(self.dossier()),
            "legal_bases": list(self.legal_bases()),
            "results": [self.named(one) for one in self.entries("results", "results")],
            "addressees": self.names("addressees"),
            "keywords": [word for word in map(said, self.text("keywords").split(",")) if word],
            "related": self.names("related"),
            **self.decision(),
        }
        if (notation := self.reader.text(self.row, "code_notation")) and notation != self.reader.text(
            self.row, "procedure_code"
        ):
            self.problems.append(Problem("code_written_twice", "procedure_code", notation))
        return content

    def text(self, column: str) -> str:
        """A text of several lines; '' where the record says nothing."""
        value = self.reader.cell(self.row, column)
        return paragraphs(value.replace("\\n", "\n")) if isinstance(value, str) else ""

    def flag(self, column: str) -> bool | None:
        value = self.reader.cell(self.row, column)
        return value if isinstance(value, bool) else None

    def entries(self, column: str, kind: str, value: Any = None) -> Iterator[Mapping[str, Any]]:
        """The objects of a list; anything else in it, and any key that nobody knows, is said."""
        found = self.reader.cell(self.row, column) if value is None else value
        part = column.removesuffix("_groups")
        for one in found if isinstance(found, list) else [] if found in (None, "") else [found]:
            if not isinstance(one, Mapping):
                self.problems.append(Problem("value_unknown", part, excerpt(str(one))))
                continue
            for key in one.keys() - _KEYS[kind]:
                self.problems.append(Problem("key_unknown", part, f"{key}: {excerpt(str(one[key]))}"))
            yield one

    def names(self, column: str) -> list[str]:
        found = (said(str(one.get("name") or "")) for one in self.entries(column, "named"))
        return list(dict.fromkeys(name for name in found if name))

    def one(self, column: str) -> str | None:
        """The one name of a list; several are kept in one text and said."""
        found = self.names(column)
        if len(found) > 1:
            self.problems.append(Problem("several_values", column, "; ".join(found)))
        return "; ".join(found) or None

    def looked_up(self, lookup: str, word: str, part: str) -> str | None:
        """Our word for a word of the source; one that is not declared is said and stays unknown."""
        if not word:
            return None
        known = self.reader.source.lookups[lookup].get(word)
        if known is None:
            self.problems.append(Problem("value_unknown", part, word))
        return known

    def steps(self) -> Iterator[str]:
        for step in self.entries("steps", "steps"):
            name, words = said(str(step.get("name") or "")), _lines(step.get("description"))
            if step_text := "\n".join(filter(None, (name, words))):
                yield step_text

    def channels(self) -> Iterator[Content]:
        for one in self.entries("channels", "channels"):
            time, unit = one.get("processingTime"), str(one.get("processingTimeUnit") or "")
            value = (
                number(str(time)) if isinstance(time, int | float) and not isinstance(time, bool) else None
            )
            known = self.looked_up("unit", unit, "channels") if value is not None else None
            yield {
                "way": self.looked_up("way", str(one.get("submissionMethod") or ""), "channels"),
                "time_value": value,
                "time_unit": known,
                "time_text": None if value is None else f"{value} {known or unit}".strip(),
                "fees": list(self.fees(one.get("fees") or [])),
                "note": _lines(one.get("description")),
            }

    def fees(self, value: Any) -> Iterator[Content]:
        for one in self.entries("channels", "fees", value):
            words = " ".join(filter(None, (said(str(one.get(key) or "")) for key in ("name", "description"))))
            currency = said(str(one.get("currencyName") or one.get("currencyId") or "")) or "VND"
            iso = self.looked_up("currency", currency, "channels")
            amount = one.get("value")
            if not isinstance(amount, int | float) or isinstance(amount, bool) or iso is None:
                if words or amount is not None:
                    yield {"text": " ".join(filter(None, (str(amount or ""), words)))}
            elif iso == "VND" and float(amount).is_integer():
                shown = f"{int(amount):,} VNĐ".replace(",", ".") if amount else "Miễn phí"
                judged = fees.judged(int(amount), words, f"{shown} ({words})" if words else shown)
                self.problems += judged.problems
                yield judged.value
            else:
                yield {"amount": str(amount), "currency": iso, "text": f"{amount} {iso} {words}".strip()}

    def dossier(self) -> Iterator[Content]:
        for case in self.entries("dossier", "dossier"):
            papers = [*self.papers(case.get("profileComponents") or [])]
            yield {"case": said(str(case.get("name") or "")), "papers": papers}

    def papers(self, value: Any) -> Iterator[Content]:
        for paper in self.entries("dossier", "papers", value):
            name = said(str(paper.get("name") or ""))
            if not name:
                continue
            if paper.get("isProcessingResult"):
                self.problems.append(Problem("paper_is_a_result", "dossier", excerpt(name)))
            files = [file for file in paper.get("attachments") or () if isinstance(file, Mapping)]
            yield {
                "name": name,
                "form": "; ".join(filter(None, (said(str(file.get("fileName") or "")) for file in files))),
                "originals": _count(paper.get("originalQty")),
                "copies": _count(paper.get("copyQty")),
            }

    def legal_bases(self) -> Iterator[Content]:
        for one in self.entries("legal_bases", "legal_bases"):
            title, code = said(str(one.get("name") or "")), said(str(one.get("code") or ""))
            if title or code:
                text = title if code in title else f"{title} ({code})" if title else code
                yield {"text": text, "number": code}

    def named(self, one: Mapping[str, Any]) -> str:
        name, code = said(str(one.get("name") or "")), said(str(one.get("code") or ""))
        return f"{name} (Mã: {code})" if name and code else name

    def decision(self) -> Content:
        """The publication decision: its number as written, its day in Vietnam (the API counts milliseconds)."""
        found = next(self.entries("decision", "decision"), {})
        words = said(str(found.get("proposalNumber") or found.get("decisionNumber") or ""))
        instant = found.get("decisionDate")
        day = None
        if isinstance(instant, int) and not isinstance(instant, bool):
            try:
                day = civil_day(datetime.fromtimestamp(instant / 1000, UTC)).isoformat()
            except (ValueError, OverflowError, OSError):
                self.problems.append(Problem("value_unknown", "decision_date", str(instant)))
        other = self.reader.text(self.row, "decision_words")
        return {"decision_number": words or other or None, "decision_date": day}


def _lines(value: Any) -> str:
    return paragraphs(value.replace("\\n", "\n")) if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
