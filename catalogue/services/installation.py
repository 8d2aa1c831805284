"""The installation a service works in: its database, its reference data, its clock, its working date."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime

from catalogue.errors import Invalid, StoreError
from catalogue.model.period import Moment, Organisation
from catalogue.reference import Reference, load_reference
from catalogue.services import enactment, gifts
from catalogue.services.printed_indicators import printed_rows
from catalogue.settings import Settings
from catalogue.store.database import Database, Row
from catalogue.text import fold
from catalogue.working_days import civil_day, next_midnight

DEMO_WORKING_DATE = date(2024, 3, 21)
_CALENDAR = (date(2009, 1, 1), date(2044, 12, 31))  # the days whose place among the working days is kept


@dataclass(frozen=True)
class Installation:
    """Everything a use case needs; made by catalogue.bootstrap only."""

    settings: Settings
    database: Database
    reference: Reference = field(repr=False)
    is_demo: bool
    fixed_working_date: date | None

    @property
    def today(self) -> date:
        """The civil day in Asia/Ho_Chi_Minh."""
        return civil_day(self.database.clock())

    @property
    def working_date(self) -> date:
        """The default as_of and effective date: today, or 2024-03-21 in a demonstration database."""
        return self.fixed_working_date or self.today

    def moment(
        self,
        as_of: date | None = None,
        known_at: date | None = None,
        organisation: Organisation = Organisation.AT_THE_TIME,
    ) -> Moment:
        """The two clocks of a question and its agencies; without known_at, everything recorded so far."""
        revision = self.database.revision
        if known_at is not None:
            row = self.database.row("revision/known_at", before=next_midnight(known_at))
            assert row is not None
            revision = row["revision"]
        return Moment(as_of or self.working_date, known_at, revision, organisation)

    def recorded_at(self, revision: int) -> datetime | None:
        """When a revision was recorded; None for 0, at which nothing was recorded yet."""
        row = self.database.known_row("revision/get", revision=revision)
        return None if row is None else row["recorded_at"]

    def is_reorganised_since(self, moment: Moment) -> bool:
        """Whether a moment counts by other agencies than those of its day."""
        return moment.organisation is Organisation.TODAY and moment.as_of < self.reference.last_reorganised_on

    def is_ready(self) -> bool:
        """Whether the database answers a query."""
        try:
            return self.database.row("installation/get") is not None
        except StoreError:
            return False


def open_installation(settings: Settings, database: Database, *, demo: bool) -> Installation:
    """Load reference data where it changed, record what kind of installation a new file is, and hand it out.

    Raises: BadReferenceData.
    """
    reference = load_reference()
    row = database.row("installation/get")
    if row is None:
        with database.unrecorded() as transaction:
            transaction.insert(
                "installation",
                [
                    {
                        "id": 1,
                        "is_demo": demo,
                        "working_date": DEMO_WORKING_DATE if demo else None,
                        "reference_fingerprint": None,
                        "created_at": database.clock(),
                    }
                ],
            )
        row = database.row("installation/get")
        assert row is not None
    if row["reference_fingerprint"] != reference.fingerprint:
        _load_reference(database, reference)
    if database.row("items/without_periods") is not None:
        with database.unrecorded(changes_answers=True) as transaction:
            enactment.replay_missing(transaction)
    return Installation(settings, database, reference, row["is_demo"], row["working_date"])


def parse_day(text: str) -> date:
    """A day written as 2024-02-29 or 29/02/2024.

    Raises: Invalid when it is no date.
    """
    parts = text.strip().replace("/", "-").split("-")
    if len(parts) == 3 and len(parts[2]) == 4:
        parts.reverse()
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError as error:
        raise Invalid("not_a_date", value=text[:40]) from error


def _load_reference(database: Database, reference: Reference) -> None:
    agencies = reference.agencies
    spellings: dict[str, str] = {}
    for agency in agencies:
        for text in (
            agency.name,
            agency.short_name,
            *agency.aliases,
            *(was.name for was in agency.former_names),
        ):
            spellings.setdefault(fold(text), agency.code)
    with database.unrecorded(changes_answers=True) as transaction:
        for table in (
            "agency",
            "agency_identifier",
            "agency_spelling",
            "agency_succession",
            "agency_member",
            "level_ending",
            "field",
            "indicator_printed",
            "measure_type",
            "programme",
            "publication_limit",
            "working_day",
        ):
            transaction.write(f"reference/clear_{table}")
        transaction.insert(
            "agency",
            [
                {
                    "agency_code": agency.code,
                    "name": agency.name,
                    "short_name": agency.short_name,
                    "kind": agency.kind,
                    "valid_from": agency.valid_from,
                    "valid_until": agency.valid_until,
                    "in_1015": agency.in_1015,
                }
                for agency in agencies
            ]
            + [
                {
                    "agency_code": group.code,
                    "name": group.name,
                    "short_name": group.short_name,
                    "kind": "group",
                    "in_1015": False,
                }
                for group in reference.groups
            ],
        )
        transaction.insert(
            "agency_member",
            [
                {"group_code": group.code, "agency_code": member.code}
                for group in reference.groups
                for member in reference.members(group.code)
            ],
        )
        transaction.insert(
            "level_ending",
            [
                {
                    "level": ending.level,
                    "ends_from": ending.on,
                    "position": position,
                    "to_level": rule.to,
                    "field_name": field_name,
                    "from_level": rule.from_level,
                    "document": ending.document,
                    "basis": rule.basis,
                }
                for ending in reference.level_endings
                for position, (rule, field_name) in enumerate(
                    [(rule, name) for rule in ending.rules for name in (rule.fields or (None,))], start=1
                )
            ],
        )
        transaction.insert(
            "agency_identifier",
            [
                {
                    "agency_code": agency.code,
                    "identifier": known.identifier,
                    "valid_from": known.valid_from,
                    "valid_until": known.valid_until,
                    "basis": known.basis,
                    "note": known.note,
                }
                for agency in agencies
                for known in agency.identifiers
            ],
        )
        transaction.insert(
            "agency_spelling",
            [{"spelling_folded": folded, "agency_code": code} for folded, code in spellings.items()],
        )
        transaction.insert(
            "agency_succession",
            [
                {
                    "from_code": step.predecessor,
                    "to_code": step.successor,
                    "field_name": field_name,
                    "effective_date": step.on,
                    "kind": step.kind,
                    "document": step.document,
                    "basis": step.basis,
                }
                for step in reference.successions
                for field_name in (step.fields or (None,))
            ],
        )
        transaction.insert(
            "field",
            [
                {
                    "field_code": field.code,
                    "name": field.name,
                    "agency_code": field.agency,
                    "basis": field.basis,
                }
                for field in reference.fields
            ],
        )
        transaction.insert(
            "measure_type",
            [
                {
                    "measure_type": measure.code,
                    "position": position,
                    "name_vi": measure.name_vi,
                    "name_en": measure.name_en,
                    "evidence_vi": measure.evidence_vi,
                    "evidence_en": measure.evidence_en,
                    "needs_explanation": measure.needs_explanation,
                }
                for position, measure in enumerate(reference.measures)
            ],
        )
        transaction.insert(
            "programme",
            [
                {
                    "programme_code": programme.code,
                    "kind": programme.kind,
                    "name_vi": programme.name_vi,
                    "name_en": programme.name_en,
                    "done_stage": programme.done_stage,
                    "stages": json.dumps(programme.stages),
                    "approved_with_assignment": programme.approved_with_assignment,
                }
                for programme in reference.programmes
            ],
        )
        transaction.insert("publication_limit", _limits(reference))
        transaction.insert("indicator_printed", printed_rows(reference))
        transaction.insert("working_day", _calendar(reference))
        transaction.write("items/redate_done")
        gifts.hold(transaction, (row.on for row in reference.successions))
        transaction.write("installation/set_fingerprint", fingerprint=reference.fingerprint)


def _limits(reference: Reference) -> list[Row]:
    return [
        {
            "milestone": limit.milestone,
            "issuer_kind": kind,
            "days": limit.days,
            "valid_from": limit.valid_from or date.min,
            "valid_until": limit.valid_until or date.max,
        }
        for limit in reference.publication_limits
        for kind in limit.issuers
    ]


def _calendar(reference: Reference) -> list[Row]:
    """Every day of the calendar with its place among the working days."""
    rows, place = [], 0
    for ordinal in range(_CALENDAR[0].toordinal(), _CALENDAR[1].toordinal() + 1):
        day = date.fromordinal(ordinal)
        is_working = reference.calendar.is_working(day)
        place += is_working
        rows.append({"day": day, "is_working": is_working, "place": place})
    return rows
