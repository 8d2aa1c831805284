"""An item's record: stages, measures, instruments, who decides, confirmed facts; nothing that is for signed-in people."""

from datetime import date, datetime
from typing import Self

from pydantic import Field

from catalogue.api.answers import Part
from catalogue.model.authority import Authority, Form, Level, Transfer
from catalogue.model.item import DeadlineState
from catalogue.services import transfers
from catalogue.services.items import ItemPage


class MeasurePart(Part):
    """What the item asks for."""

    measure_type: str = Field(examples=["shorter_time"])
    name_vi: str
    name_en: str
    before_text: str | None
    after_text: str | None
    explanation: str | None
    carried_out_on: date | None


class NeededInstrument(Part):
    """An instrument that the item needs."""

    document_id: int
    title: str | None
    type: str | None
    state: str
    planned_issue_on: date | None
    number: str | None
    issued_on: date | None
    in_force_on: date | None
    is_in_force: bool
    drafting_agency: str | None
    items: int = Field(description="Items of any programme that need it.")


class Side(Part):
    """Who decides."""

    level: Level
    agency: str | None = Field(description="A code of `/agencies`, where one is named.")
    body: str | None = Field(description="A body in the words of the document.")

    @classmethod
    def of(cls, side: Authority) -> Self:
        """An authority as it is told."""
        return cls(level=side.level, agency=side.agency, body=side.body)


class Moved(Part):
    """A decision given away."""

    form: Form
    giver: Side
    taker: Side

    @classmethod
    def of(cls, transfer: Transfer) -> Self:
        """A transfer as it is told."""
        return cls(form=transfer.form, giver=Side.of(transfer.giver), taker=Side.of(transfer.taker))


class TransferPart(Part):
    """From whom to whom the item moves a decision."""

    first: Moved = Field(description="As assigned.")
    now: Moved = Field(
        description="As it holds on the day, after changes, endings of levels and successions."
    )
    is_overtaken: bool = Field(description="Whether the level or agency that was assigned first is no more.")
    since: date | None = Field(description="From when something else holds than what was assigned.")
    rule_basis: str | None = Field(description="The rule by which another level decides.")
    rule_document: str | None
    changed_by_number: str | None = Field(description="The document of the last change.")

    @classmethod
    def of(cls, standing: transfers.Standing) -> Self:
        """An assignment as it is told; why it was changed is for signed-in people."""
        return cls(
            first=Moved.of(standing.first),
            now=Moved.of(standing.now),
            is_overtaken=standing.is_overtaken,
            since=standing.since,
            rule_basis=standing.rule.basis if standing.rule else None,
            rule_document=standing.rule.document if standing.rule else None,
            changed_by_number=standing.change.number if standing.change else None,
        )


class FactPart(Part):
    """A confirmed fact."""

    subject: str = Field(description="A stage, or the deadline.", examples=["enacted"])
    holds: bool = Field(description="False: it holds no more from that day on.")
    effective_date: date
    recorded_at: datetime
    revision: int
    deadline: date | None
    previous_deadline: date | None
    document_number: str | None
    document_date: date | None
    document_title: str | None


class CooperatingAgency(Part):
    """An agency that co-operates."""

    agency_code: str
    name: str


class ItemBody(Part):
    """One item whole."""

    item_id: int
    programme_code: str
    procedure_code: str | None
    title: str
    task: str | None = Field(description="What a task asks for, in the words of its document.")
    field_name: str | None
    lead_agency: str
    agency_name: str
    assigned_agency: str = Field(description="Who was given it.")
    assigned_agency_name: str
    cooperating: list[CooperatingAgency]
    in_base: bool
    assigned_by: int | None
    assigned_by_number: str | None
    assigned_by_date: date | None
    assigned_by_title: str | None
    assigned_on: date | None
    approved_on: date | None
    enacted_on: date | None
    published_on: date | None
    confirmed_on: date | None
    left_on: date | None
    done_on: date | None
    original_deadline: date | None
    current_deadline: date | None
    extensions: int
    deadline_state: DeadlineState
    original_deadline_state: DeadlineState = Field(
        description="How it stands to the deadline that it had first."
    )
    measures: list[MeasurePart]
    instruments: list[NeededInstrument]
    transfer: TransferPart | None = Field(description="Null: it moves no decision.")
    facts: list[FactPart] = Field(description="The newest first; also those that take effect later.")

    @classmethod
    def of(cls, page: ItemPage) -> Self:
        """An item's page without what is for signed-in people: claims, reasons, names."""
        return cls.model_validate(
            page.state
            | {
                "cooperating": page.cooperating.to_dicts(),
                "measures": page.measures.to_dicts(),
                "instruments": page.instruments.to_dicts(),
                "transfer": TransferPart.of(page.transfer) if page.transfer else None,
                "facts": page.story.to_dicts(),
            }
        )
