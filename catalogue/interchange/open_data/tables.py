"""The tables of the open data as tables.yml describes them, and the rows that a procedure has in each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from catalogue.interchange.open_data.record import OpenRecord
from catalogue.model.content import ROLES

APART = "; "  # between the values of a cell that has several
TYPES: dict[str, type[pl.DataType]] = {
    "text": pl.String,
    "whole": pl.Int64,
    "number": pl.Float64,
    "day": pl.Date,
    "flag": pl.Boolean,
}
LISTS = ("steps", "addressees", "results", "keywords", "related")
_FILE = Path(__file__).with_name("tables.yml")

OpenRow = dict[str, str | int | float | bool | date | None]


@dataclass(frozen=True)
class OpenColumn:
    """A column; `origin`: where in the store it comes from, `part`: what of a JSON value there, as catalogue.model.content
    names it."""

    name: str
    type: str
    origin: str
    vi: str
    en: str
    part: str | None = None


@dataclass(frozen=True)
class OpenTable:
    """A table with one row a procedure, or several."""

    name: str
    columns: tuple[OpenColumn, ...]
    vi: str
    en: str

    @property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """The columns with their Polars types, in their order."""
        return {column.name: TYPES[column.type] for column in self.columns}

    def rows(self, record: OpenRecord) -> Iterator[OpenRow]:
        """The rows of one procedure; a column that is not there is unknown."""
        return _ROWS[self.name](record)

    def frame(self, records: Iterable[OpenRecord]) -> pl.DataFrame:
        """The rows of some procedures, one column each of `schema`."""
        return pl.DataFrame([row for record in records for row in self.rows(record)], schema=self.schema)


@cache
def tables() -> dict[str, OpenTable]:
    """Every table by its name, read once."""
    said = yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    return {one["table"]: _table(one) for one in said}


def _table(said: dict[str, Any]) -> OpenTable:
    columns = tuple(
        OpenColumn(
            column["name"], column["type"], column["from"], column["vi"], column["en"], column.get("part")
        )
        for column in said["columns"]
    )
    return OpenTable(said["table"], columns, said["vi"], said["en"])


def _procedures(record: OpenRecord) -> Iterator[OpenRow]:
    version, details, decision = record.version, record.version.details, record.decided_by
    issuing, answering = record.issuing, record.answering
    yield {
        "procedure_code": record.code,
        "national_code": record.national_code,
        "agency_suffix": record.agency_suffix,
        "name": version.name,
        "in_force": version.in_force,
        "effective_date": version.effective_date,
        "version_id": version.version_id,
        "field_name": version.field_name,
        "issuing_agency_code": issuing.code if issuing else None,
        "issuing_agency_name": version.agency_name,
        "answering_agency_code": answering.code if answering else None,
        "answering_agency_name": answering.name if answering else None,
        "levels": APART.join(sorted(version.levels)) or None,
        "is_vertical": version.is_vertical,
        "procedure_type": version.procedure_type,
        "dossier_sets": details.dossier_sets,
        "requirements": details.requirements,
        "description": details.description,
        "receiving_address": details.address,
        "decision_id": record.decision.document_id if record.decision else None,
        "decision_number": decision.number if decision else None,
        "decision_date": decision.issued_on if decision else None,
        "decision_title": decision.title if decision else None,
        "source": record.source,
    }


def _levels(record: OpenRecord) -> Iterator[OpenRow]:
    for level in sorted(record.version.levels):
        yield {"procedure_code": record.code, "level": level}


def _agencies(record: OpenRecord) -> Iterator[OpenRow]:
    for role in ROLES:
        for position, text in enumerate(record.version.agencies.get(role, ()), start=1):
            body = record.bodies.get(text)
            yield {
                "procedure_code": record.code,
                "role": role,
                "position": position,
                "agency_name": text,
                "agency_code": body.code if body else None,
            }


def _texts(record: OpenRecord) -> Iterator[OpenRow]:
    for part in LISTS:
        for position, text in enumerate(getattr(record.version.details, part) or (), start=1):
            yield {"procedure_code": record.code, "part": part, "position": position, "text": text}


def _channels(record: OpenRecord) -> Iterator[OpenRow]:
    for number, channel in enumerate(record.version.details.channels or (), start=1):
        time = channel.time
        yield {
            "procedure_code": record.code,
            "channel": number,
            "way": channel.way,
            "time_value": _number(time.value) if time else None,
            "time_unit": time.unit if time else None,
            "time_text": time.text if time else None,
            "note": channel.note,
        }


def _fees(record: OpenRecord) -> Iterator[OpenRow]:
    for number, channel in enumerate(record.version.details.channels or (), start=1):
        for position, fee in enumerate(channel.fees or (), start=1):
            yield {
                "procedure_code": record.code,
                "channel": number,
                "position": position,
                "amount_vnd": fee.amount_vnd,
                "amount": _number(fee.amount),
                "currency": fee.currency,
                "fee_text": fee.text,
            }


def _papers(record: OpenRecord) -> Iterator[OpenRow]:
    for number, case in enumerate(record.version.details.dossier or (), start=1):
        for position, paper in enumerate(case.papers, start=1):
            yield {
                "procedure_code": record.code,
                "case_number": number,
                "case_name": case.name,
                "position": position,
                "paper_name": paper.name,
                "form": paper.form,
                "originals": paper.originals,
                "copies": paper.copies,
            }


def _legal_bases(record: OpenRecord) -> Iterator[OpenRow]:
    for position, basis in enumerate(record.version.legal_bases or (), start=1):
        known = record.documents.get(basis.text)
        number, issued_on = record.identity(basis)
        yield {
            "procedure_code": record.code,
            "position": position,
            "document_text": basis.text,
            "number": number,
            "issued_on": issued_on,
            "document_id": known.document_id if known else None,
        }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


_ROWS: dict[str, Callable[[OpenRecord], Iterator[OpenRow]]] = {
    "procedures": _procedures,
    "levels": _levels,
    "agencies": _agencies,
    "texts": _texts,
    "channels": _channels,
    "fees": _fees,
    "papers": _papers,
    "legal_bases": _legal_bases,
}
