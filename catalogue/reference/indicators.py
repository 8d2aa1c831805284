"""Indicators in the reference data: what each measures, in which groups it ranks, by which methods; values as printed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from catalogue.model.indicator import Period, parse_period, scaled
from catalogue.reference.checks import known, unique
from catalogue.reference.entries import Agency, AgencyKind, Dated, Entry, Number, Source, Text
from catalogue.reference.sections import Section
from catalogue.text import fold

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ComponentCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]+$")]
DocumentBasis = Literal["printed", "memory"]
ValueBasis = Literal["printed", "inferred", "memory"]
Unit = Literal["points", "percent"]
SubjectKind = Literal["agency", "mean", "region"]


class IndicatorGroup(Entry):
    """Agencies that are ranked with each other and with nobody else.

    `kinds`: agencies of the reference data; `within`: units below an agency of that group, known from files only.
    """

    code: Code
    name_vi: Text
    name_en: Text
    one_vi: Text  # what a single member is called
    one_en: Text
    kinds: tuple[AgencyKind, ...] = ()
    within: str | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        if self.kinds and self.within:
            raise ValueError("a group has 'kinds' or 'within', not both")
        return self


class Region(Entry):
    """A part of the country for which a mean is published."""

    code: Code
    name_vi: Text
    name_en: Text


class GroupSize(Dated):
    """How many agencies of a group an indicator covers in a period, where they are not all of it."""

    group: str
    size: Annotated[int, Field(ge=1)]
    basis: ValueBasis
    note: Text | None = None


class Component(Entry):
    """One part of a score, with the most that it can give."""

    code: ComponentCode
    name_vi: Text
    name_en: Text
    maximum: Annotated[int, Field(ge=1)]


class Method(Dated):
    """How values of a period were made; values of two methods are never joined by a line."""

    code: Code
    name_vi: Text
    name_en: Text
    maximum: Annotated[int, Field(ge=1)]
    document: Text | None = None
    basis: DocumentBasis
    note: Text | None = None


class Indicator(Entry):
    """One indicator."""

    code: Code
    name_vi: Text
    name_en: Text
    short_name: Text
    about_vi: Text
    about_en: Text
    unit: Unit
    direction: Literal["higher", "lower"]
    publisher: Text
    groups: Annotated[tuple[str, ...], Field(min_length=1)]
    sizes: tuple[GroupSize, ...] = ()
    components: tuple[Component, ...] = ()
    methods: Annotated[tuple[Method, ...], Field(min_length=1)]
    note: Text | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(component.maximum for component in self.components)
        if self.components and any(method.maximum != total for method in self.methods):
            raise ValueError(f"the components add up to {total}, not to the maximum of every method")
        return self

    @property
    def maxima(self) -> Mapping[str, int]:
        """The most that each component can give, in ten-thousandths."""
        return {component.code: scaled(Decimal(component.maximum)) for component in self.components}

    def method_on(self, day: date) -> Method | None:
        """The method by which values of a period that ended on this day were made."""
        return next((method for method in self.methods if method.valid_on(day)), None)

    def size_on(self, group: str, day: date) -> int | None:
        """How many agencies of a group it covered in a period that ended on this day; None: all there were."""
        fitting = (row.size for row in self.sizes if row.group == group and row.valid_on(day))
        return next(fitting, None)


class IndicatorValue(Entry):
    """One value or rank as a source gives it; the subject is an agency, a region or the mean of a group."""

    indicator: str
    group: str
    subject: SubjectKind = "agency"
    name: Text | None = None  # the agency as the source names it, or the code of the region
    period: Period
    value: Number | None = None
    rank: Annotated[int, Field(ge=1)] | None = None
    of: Annotated[int, Field(ge=1)] | None = None
    announced_on: date | None = None
    announced_basis: ValueBasis | None = None
    basis: ValueBasis
    source: str
    publication: Text | None = None
    note: Text | None = None

    @field_validator("period", mode="before")
    @classmethod
    def _as_period(cls, value: object) -> object:
        """A year or a day may stand without quotation marks."""
        return parse_period(str(value)) if isinstance(value, int | str | date) else value

    @model_validator(mode="after")
    def _is_said_whole(self) -> Self:
        if (self.subject == "mean") != (self.name is None):
            raise ValueError("'name' goes with every subject but 'mean'")
        if self.value is None and self.rank is None:
            raise ValueError("a value or a rank is needed")
        if self.value is not None:
            scaled(self.value)
        if self.rank is not None and self.subject != "agency":
            raise ValueError("only an agency has a rank")
        if self.rank is not None and self.of is not None and self.rank > self.of:
            raise ValueError(f"rank {self.rank} of {self.of}")
        if (self.announced_on is None) != (self.announced_basis is None):
            raise ValueError("announced_on and announced_basis go together")
        if self.announced_on is not None and self.announced_on <= self.period.start:
            raise ValueError("announced before its period began")
        return self


def check_definitions(
    indicators: Section[Indicator], groups: Section[IndicatorGroup], regions: Section[Region]
) -> None:
    """Groups, components and methods are told apart and known where they are named. Raises BadReferenceData."""
    unique(groups, "code", lambda row: row.code)
    unique(regions, "code", lambda row: row.code)
    unique(indicators, "code", lambda row: row.code)
    codes = {row.code for row in groups.rows}
    for index, group in groups:
        known(groups, index, "within", group.within, codes - {group.code})
    for index, indicator in indicators:
        for position, code in enumerate(indicator.groups):
            if code not in codes:
                raise indicators.refuse(f"unknown group {code!r}", index, "groups", position)
        for position, size in enumerate(indicator.sizes):
            if size.group not in indicator.groups:
                raise indicators.refuse(f"{size.group!r} is not one of its groups", index, "sizes", position)
        for name in ("components", "methods"):
            seen: set[str] = set()
            for position, row in enumerate(getattr(indicator, name)):
                if row.code in seen:
                    raise indicators.refuse(f"{row.code!r} is given twice", index, name, position)
                seen.add(row.code)
        for (_, one), (position, other) in combinations(enumerate(indicator.methods), 2):
            if one.overlaps(other):
                reason = f"{other.code} overlaps {one.code}"
                raise indicators.refuse(reason, index, "methods", position)


def check_values(
    values: Section[IndicatorValue],
    indicators: Section[Indicator],
    regions: Section[Region],
    sources: Section[Source],
    named: Mapping[str, Agency],
) -> None:
    """Every value names what is known, lies within its method's range and is given once. Raises BadReferenceData."""
    by_code = {row.code: row for row in indicators.rows}
    region_codes = {row.code for row in regions.rows}
    source_ids = {row.id for row in sources.rows}
    seen: set[tuple[object, ...]] = set()
    for index, row in values:
        known(values, index, "indicator", row.indicator, by_code)
        indicator = by_code[row.indicator]
        known(values, index, "group", row.group, indicator.groups)
        known(values, index, "source", row.source, source_ids)
        method = indicator.method_on(row.period.end)
        if method is None:
            raise values.refuse(f"{row.indicator} has no method for {row.period.text}", index, "period")
        if row.value is not None and not 0 <= row.value <= method.maximum:
            raise values.refuse(f"{row.value} is not between 0 and {method.maximum}", index, "value")
        if row.subject == "region":
            known(values, index, "name", row.name, region_codes)
        if row.subject == "agency" and (row.name is None or agency_in(named, row.name) is None):
            raise values.refuse(f"unknown agency {row.name!r}", index, "name")
        subject = (row.indicator, row.group, row.subject, row.name, row.period)
        if subject in seen:
            raise values.refuse(f"a second value for {row.period.text}", index, "period")
        seen.add(subject)


def agency_in(named: Mapping[str, Agency], text: str) -> Agency | None:
    """The agency that a source means (`named`: by every folded spelling)."""
    return named.get(fold(text))
