"""A procedure's record as plain values, part by part as catalogue.model.content tells them; null is unknown."""

from datetime import date
from typing import Any, Self

import polars as pl
from pydantic import Field

from catalogue.api.answers import Part
from catalogue.reference.entries import Level
from catalogue.services.procedures import Decision, ProcedureRecord


class FeePart(Part):
    """A fee; 0 is free of charge."""

    amount_vnd: int | None = Field(
        None, description="In đồng, where the source gives an amount.", examples=[50000]
    )
    amount: str | None = Field(None, description="In `currency`, exactly.", examples=["25.5"])
    currency: str | None = Field(None, description="ISO 4217, where it is not the đồng.", examples=["USD"])
    text: str | None = Field(None, description="The source's own words.", examples=["50.000 đồng"])


class ChannelPart(Part):
    """A way of filing with its own time limit and fees."""

    way: str | None = Field(None, examples=["Trực tuyến"])
    time_value: int | str | None = Field(
        None, description="A whole number, or text such as 0.5.", examples=[8]
    )
    time_unit: str | None = Field(None, examples=["ngày làm việc"])
    time_text: str | None = Field(None, description="The source's own words.", examples=["8 ngày làm việc"])
    fees: list[FeePart] | None = None
    note: str | None = None


class PaperPart(Part):
    """A paper of the dossier."""

    name: str
    form: str | None = Field(None, examples=["Mẫu số 14"])
    originals: int | None = None
    copies: int | None = None


class CasePart(Part):
    """The dossier of one case; without a name there is one dossier for all."""

    case: str | None = None
    papers: list[PaperPart] = Field([])


class Content(Part):
    """How the procedure is carried out."""

    steps: list[str] | None = None
    channels: list[ChannelPart] | None = None
    dossier: list[CasePart] | None = None
    dossier_sets: int | None = Field(None, description="How many sets of the dossier are filed.")
    addressees: list[str] | None = None
    results: list[str] | None = None
    requirements: str | None = None
    description: str | None = None
    keywords: list[str] | None = None
    address: str | None = Field(None, description="Where a dossier is received.")
    related: list[str] | None = Field(None, description="Other procedures that it names.")


class NamedAgency(Part):
    """An agency as the source writes it."""

    text: str
    code: str | None = Field(description="Where it is one of `/agencies`.")


class Basis(Part):
    """A document that the procedure rests on."""

    text: str = Field(description="As the source writes it.")
    document_id: int | None = Field(description="Where the document is known.")
    type: str | None = Field(examples=["decree"])
    number: str | None = Field(examples=["123/2015/NĐ-CP"])
    issued_on: date | None
    title: str | None
    is_in_force: bool | None


class DecisionPart(Part):
    """The publication decision that the version rests on."""

    decision_id: int
    decision_number: str | None
    decision_date: date | None
    decision_title: str | None


class RelatedItem(Part):
    """An item of a programme that names the procedure."""

    item_id: int
    programme_code: str
    title: str
    lead_agency: str
    in_base: bool
    done_on: date | None
    current_deadline: date | None
    deadline_state: str | None


class ProcedureBody(Part):
    """One procedure as it stands."""

    procedure_code: str = Field(examples=["1.900623"])
    national_code: str
    agency_suffix: str | None
    name: str
    field_name: str | None
    in_force: bool
    effective_date: date
    version_id: int
    origin: str
    source: str
    procedure_type: str | None
    agency_name: str | None = Field(description="Who issued the record.")
    answering_agency_name: str | None = Field(description="Who answers for it, where that is another agency.")
    levels: list[Level]
    is_vertical: bool | None
    agencies: dict[str, list[NamedAgency]] = Field(
        description="By role: implementing, competent, authorised, cooperating; one that is not there is unknown."
    )
    decision: DecisionPart | None
    legal_bases: list[Basis]
    content: Content
    items: list[RelatedItem]

    @classmethod
    def of(cls, record: ProcedureRecord, items: pl.DataFrame) -> Self:
        """A record and the items that name it."""
        version = record.version
        levels: list[Any] = sorted(version.levels)
        return cls(
            procedure_code=version.procedure_code,
            national_code=record.national_code,
            agency_suffix=record.agency_suffix,
            name=version.name,
            field_name=version.field_name,
            in_force=version.in_force,
            effective_date=version.effective_date,
            version_id=version.version_id,
            origin=record.origin,
            source=record.source,
            procedure_type=record.procedure_type,
            agency_name=version.agency_name,
            answering_agency_name=record.answering,
            levels=levels,
            is_vertical=version.is_vertical,
            agencies={
                role: [NamedAgency(text=one.text, code=one.code) for one in named]
                for role, named in record.agencies.items()
            },
            decision=None
            if record.decision is None
            else DecisionPart(**decided_by(record.decision), decision_title=record.decision.title),
            legal_bases=[
                Basis.model_validate(row | {"text": row["document_text"]})
                for row in record.legal_bases.to_dicts()
            ],
            content=Content.model_validate(record.content),
            items=[RelatedItem.model_validate(row) for row in items.to_dicts()],
        )


def decided_by(decision: Decision | None) -> dict[str, Any]:
    """decision_id, decision_number, decision_date."""
    if decision is None:
        return dict.fromkeys(("decision_id", "decision_number", "decision_date"))
    return {
        "decision_id": decision.document_id,
        "decision_number": decision.number,
        "decision_date": decision.issued_on,
    }
