"""What one row of each reference file may say."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from catalogue.text import ascii_code


def _exact(value: object) -> object:
    return Decimal(value) if type(value) is int else value


Number = Annotated[Decimal, BeforeValidator(_exact)]
Text = Annotated[str, StringConstraints(min_length=1)]
Basis = Literal["file", "memory"]
DateBasis = Literal["printed", "inferred"]
TargetBasis = Literal["printed", "inferred", "assumed"]
Comparator = Literal["eq", "ge", "gt", "le", "approx"]
AgencyKind = Literal["ministry", "ministry_level", "province", "other"]
Level = Literal["ministry", "provincial", "district", "communal", "other"]
ProgrammeKind = Literal["simplification", "decentralisation", "directive"]
Stage = Literal["assigned", "approved", "enacted", "published", "confirmed"]
Milestone = Literal["signed", "entered", "posted"]
LegalBasis = Literal["printed", "memory"]
FigureKind = Literal["share", "count", "change", "rank", "target", "event", "list"]
Area = Literal[
    "catalogue",
    "publication",
    "simplification",
    "decentralisation",
    "online_services",
    "indices",
    "organisation",
    "egovernment",
    "programme",
    "legislation",
    "compliance_cost",
    "tasks",
]


class Entry(BaseModel):
    """One row: unchangeable, no unknown keys, no silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Dated(Entry):
    """A row that holds for a period; no date means open on that side, the last day is included."""

    valid_from: date | None = Field(None, alias="from")
    valid_until: date | None = Field(None, alias="until")

    def valid_on(self, day: date) -> bool:
        """Does it hold on this day?"""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    def overlaps(self, other: "Dated") -> bool:
        """Is there a day on which both hold?"""
        starts = max(self.valid_from or date.min, other.valid_from or date.min)
        return starts <= min(self.valid_until or date.max, other.valid_until or date.max)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError("'from' is later than 'until'")
        return self


class Identifier(Dated):
    """A national identifier (G12, H26) that an agency bears for a period."""

    identifier: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+$")]
    basis: Basis
    note: Text | None = None


class FormerName(Entry):
    """A name that an agency bore to the end of a day, under the same code."""

    name: Text
    short_name: Text
    until: date
    basis: Basis
    note: Text | None = None


class Agency(Dated):
    """A body that publishes, owns or handles procedures."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    short_name: Text
    kind: AgencyKind
    in_1015: bool = False
    identifiers: tuple[Identifier, ...] = ()
    aliases: tuple[Text, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    merged_into: str | None = None
    note: Text | None = None

    def name_on(self, day: date) -> str:
        """The name it bore on this day."""
        former = [name for name in self.former_names if day <= name.until]
        return min(former, key=lambda name: name.until).name if former else self.name

    def short_name_on(self, day: date) -> str:
        """The short name it bore on this day."""
        former = [name for name in self.former_names if day <= name.until]
        return min(former, key=lambda name: name.until).short_name if former else self.short_name

    def identifiers_on(self, day: date) -> tuple[str, ...]:
        """The national identifiers it bore on this day, in the order of the file."""
        return tuple(row.identifier for row in self.identifiers if row.valid_on(day))


class AgencyGroup(Entry):
    """What a document calls several agencies at once: every agency of some kinds, or those named."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    short_name: Text
    kinds: tuple[AgencyKind, ...] = ()
    members: tuple[str, ...] = ()
    aliases: tuple[Text, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _has_members(self) -> Self:
        if not self.kinds and not self.members:
            raise ValueError("a group needs 'kinds' or 'members'")
        return self

    def name_on(self, _day: date) -> str:
        """What documents call it; a group bears one name."""
        return self.name

    def short_name_on(self, _day: date) -> str:
        """Its short name, on whatever day."""
        return self.short_name


class LevelRule(Entry):
    """Which level decides in place of one that is no more; the first rule of a list that fits holds."""

    to: Level
    fields: tuple[Text, ...] = ()  # none: every field
    from_level: Level | None = None  # none: whoever gives the decision away
    basis: Basis
    note: Text | None = None


class LevelEnding(Entry):
    """From a day on there is no such level any more; `rules` say who decides instead."""

    level: Level
    on: date
    document: Text | None = None
    basis: Basis
    rules: Annotated[tuple[LevelRule, ...], Field(min_length=1)]
    note: Text | None = None

    @model_validator(mode="after")
    def _fits_every_field(self) -> Self:
        if not any(not rule.fields and rule.from_level is None for rule in self.rules):
            raise ValueError("one rule has to fit whatever the others do not")
        if any(rule.to == self.level for rule in self.rules):
            raise ValueError("a level cannot follow itself")
        return self


class ProvinceMerger(Entry):
    """The day on which the provinces that name `merged_into` went into another one."""

    on: date
    document: Text | None = None
    basis: Basis
    note: Text | None = None


class Succession(Entry):
    """From a day on, an agency's work (or only the fields named) belongs to another agency."""

    on: date
    kind: Literal["merge", "split", "rename"]
    predecessor: str = Field(alias="from")
    successor: str = Field(alias="to")
    fields: tuple[Text, ...] = ()
    document: Text | None = None
    basis: Basis
    note: Text | None = None


class ProcedureField(Entry):
    """A field of procedures (lĩnh vực) and the agency that owned it in March 2024."""

    name: Text
    agency: str
    basis: Basis
    seen_under: str | None = None
    note: Text | None = None

    @property
    def code(self) -> str:
        """`<agency>.<name in ASCII>`, unique."""
        return f"{self.agency}.{ascii_code(self.name)}"


class Source(Entry):
    """Where a figure or target was printed, as a screen can show it."""

    id: str
    title_vi: Text
    title_en: Text
    publisher: Text | None = None
    published_on: date | None = None
    published_on_basis: DateBasis | None = None
    note: Text | None = None


class MeasureType(Entry):
    """One kind of cut in the closed list, with the evidence that it needs."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
    name_vi: Text
    name_en: Text
    evidence_vi: Text
    evidence_en: Text
    needs_explanation: bool = False
    aliases: tuple[Text, ...] = ()  # what annexes call it


class PublicationLimit(Dated):
    """How many working days the law allows for one milestone of decisions signed in a period."""

    milestone: Milestone
    issuers: Annotated[tuple[AgencyKind, ...], Field(min_length=1)]
    days: Annotated[int, Field(ge=0, le=260)]
    document: Text
    basis: LegalBasis
    note: Text | None = None


class Signer(Entry):
    """In what position somebody signs a publication decision, and of which kinds of agencies such a person may."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
    name_vi: Text
    name_en: Text
    issuers: tuple[AgencyKind, ...]
    document: Text
    basis: LegalBasis
    needs_assignment: bool = False


class Swap(Entry):
    """A working day given off and a day off that is worked, mostly one for the other."""

    off: date | None = None
    worked: date | None = None
    document: Text | None
    basis: Basis
    note: Text | None = None

    @model_validator(mode="after")
    def _says_a_day(self) -> Self:
        if self.off is None and self.worked is None:
            raise ValueError("a swap needs 'off' or 'worked'")
        return self


class EverydayWord(Entry):
    """How people call a thing, and the catalogue's words for it."""

    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    means: Annotated[tuple[Text, ...], Field(min_length=1)]
    note: Text | None = None


class ProgrammeDocument(Entry):
    """A document that a programme rests on; number and day are empty where no source gives them."""

    number: Text | None = None
    issued_on: date | None = None
    title: Text
    basis: Literal["file", "memory", "printed"]


class Programme(Entry):
    """A campaign whose items are tracked by stages on one base."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: ProgrammeKind
    name_vi: Text
    name_en: Text
    base_vi: Text
    base_en: Text
    documents: tuple[ProgrammeDocument, ...]
    stages: tuple[Stage, ...]
    done_stage: Stage
    done_stage_inferred: bool = False
    done_stage_note_vi: Text | None = None
    done_stage_note_en: Text | None = None
    approved_with_assignment: bool = False
    measures: tuple[str, ...] = ()
    figure: str | None = None
    target: str | None = None
    source: str

    @model_validator(mode="after")
    def _done_stage_applies(self) -> Self:
        if self.done_stage not in self.stages:
            raise ValueError(f"done_stage {self.done_stage} is not one of the stages")
        if self.approved_with_assignment and "approved" not in self.stages:
            raise ValueError("approved_with_assignment needs the stage approved")
        return self


class TargetReading(Entry):
    """Published figures that show where a target stands: a series, a measure, or an id without its day."""

    figure: str
    is_same: bool = True  # the same measure as the target's
    label_vi: Text | None = None  # whose value it is, where a target has several
    label_en: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _has_both_labels(self) -> Self:
        if (self.label_vi is None) != (self.label_en is None):
            raise ValueError("label_vi and label_en go together")
        return self


class Target(Entry):
    """A value to be reached; without a sourced deadline it is shown as having none, or as assumed."""

    id: str
    measure: str
    value: Number
    unit: Literal["percent", "percent_more", "rank", "ranks_per_year"]
    comparator: Literal["eq", "ge", "gt", "le"]
    deadline: date | None
    deadline_basis: TargetBasis | None
    baseline: Number | None = None
    baseline_as_of: date | None = None
    baseline_basis: TargetBasis | None = None
    shown_by: tuple[TargetReading, ...] = ()
    source: str
    label_vi: Text
    label_en: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _values_have_a_basis(self) -> Self:
        if (self.deadline is None) != (self.deadline_basis is None):
            raise ValueError("deadline and deadline_basis go together")
        if (self.baseline is None) != (self.baseline_basis is None):
            raise ValueError("baseline and baseline_basis go together")
        if self.baseline is None and self.baseline_as_of is not None:
            raise ValueError("baseline_as_of needs a baseline")
        if len(self.shown_by) > 1 and any(one.label_vi is None for one in self.shown_by):
            raise ValueError("of several readings each needs its label")
        return self


class ReturnRule(Entry):
    """By when agencies send their returns for a reporting period."""

    due_working_days: Annotated[int, Field(ge=1, le=25)]
    basis: LegalBasis


class PublishedFigure(Entry):
    """A figure as a source printed it: never recalculated here."""

    id: str
    measure: str | None = None
    kind: FigureKind
    area: Area
    value: int | None = None
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    denominator_basis: DateBasis | None = None  # inferred: the source prints none beside this figure
    printed_percent: Number | None = None
    of_target: Number | None = (
        None  # the printed percentage is of this target (in percent of the denominator)
    )
    complement_of: str | None = None  # the figure that gives the rest of the same whole
    series: str | None = None
    phase: Literal["planned", "approved", "carried_out"] | None = None
    percent: Number | None = None
    from_percent: Number | None = None
    parts_percent: dict[str, Number] | None = None
    parts: dict[str, int] | None = None
    from_value: int | None = None
    to_value: int | None = None
    growth_times: Number | None = None
    target: Number | None = None
    rank: int | None = None
    of: int | None = None
    change_ranks: int | None = None
    base_year: int | None = None
    agencies: tuple[Text, ...] = ()
    open_ended: bool = False
    unit: Literal["percent", "percent_more", "rank", "ranks_per_year", "billion_dong"] | None = None
    comparator: Comparator = "eq"
    deadline: date | None = None
    deadline_basis: DateBasis | None = None
    on: date | None = None
    on_basis: DateBasis | None = None
    period_from: date | None = Field(None, alias="from")
    as_of: date | None = None
    as_of_basis: DateBasis | None = None
    as_of_precision: Literal["year", "month"] | None = None
    known_at: date | None = None
    known_at_basis: DateBasis | None = None
    reported_by: Text | None = None
    printed: Text | None = None
    source: str
    publication: Text | None = None
    label_vi: Text
    label_en: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Self:
        has_share = self.percent is not None or self.parts_percent is not None
        has_share = has_share or (self.numerator is not None and self.printed_percent is not None)
        complete = {
            "share": has_share or (self.numerator is not None and self.denominator is not None),
            "count": self.value is not None,
            "change": self.value is not None,
            "target": self.value is not None and self.unit is not None,
            "rank": self.rank is not None,
            "event": self.on is not None,
            "list": bool(self.agencies),
        }
        if not complete[self.kind]:
            raise ValueError(f"a figure of kind {self.kind} lacks its value")
        if (self.as_of is None) != (self.as_of_basis is None):
            raise ValueError("as_of and as_of_basis go together")
        if (self.deadline is None) != (self.deadline_basis is None):
            raise ValueError("deadline and deadline_basis go together")
        return self


class FigureSeries(Entry):
    """Published figures that tell of one thing at several times, oldest first."""

    id: str
    label_vi: Text
    label_en: Text
    target: str | None = None  # of targets.yml
    beside: str | None = None  # a series that must be read with it: approved beside carried out


class BaseChange(Entry):
    """The denominator of a series became another one; without a number the source printed none before."""

    series: str
    old: int | None = Field(alias="from")
    new: int = Field(alias="to")
    on: date
    on_basis: DateBasis
    reason_vi: Text | None
    reason_en: Text | None
    document: Text | None = None
    source: str
    publication: Text | None = None
    note: Text | None = None


class SumPart(Entry):
    """One part of a printed total."""

    label_vi: Text
    label_en: Text
    value: int
    figure: str | None = None


class PublishedSum(Entry):
    """A total that a source printed with parts."""

    id: str
    area: Area
    label_vi: Text
    label_en: Text
    unit_vi: Text
    unit_en: Text
    total: int
    parts: Annotated[tuple[SumPart, ...], Field(min_length=2)]
    parts_complete: bool = True
    parts_are_sets: bool = False
    figure: str | None = None
    as_of: date | None = None
    as_of_basis: DateBasis | None = None
    as_of_precision: Literal["year", "month"] | None = None
    source: str
    publication: Text | None = None
    note: Text | None = None
