"""The reference data that people edit as YAML: agencies, fields, programmes, published figures, targets,
limits of publication, changed working days, everyday words, what letters say,
when returns are due, periodic report forms, indicators and their printed values, what an hour is worth,
under what names and licence the catalogue is given away.

One file a noun beside this module; every mistake is reported with its file and line.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from catalogue.errors import NotFound
from catalogue.model.report_form import ReportForm
from catalogue.reference import checks, published
from catalogue.reference.entries import (
    Agency,
    AgencyGroup,
    BaseChange,
    EverydayWord,
    FigureSeries,
    Identifier,
    LevelEnding,
    MeasureType,
    ProcedureField,
    Programme,
    ProvinceMerger,
    PublicationLimit,
    PublishedFigure,
    PublishedSum,
    ReturnRule,
    Signer,
    Source,
    Succession,
    Swap,
    Target,
)
from catalogue.reference.incomes import HourlyIncome, check_incomes
from catalogue.reference.indicators import (
    Indicator,
    IndicatorGroup,
    IndicatorValue,
    Region,
    check_definitions,
    check_values,
)
from catalogue.reference.open_data import Licence, OpenData
from catalogue.reference.report_forms import FormEntry, PeriodRule, forms
from catalogue.reference.sections import Section, expect_keys, read_row, read_rows
from catalogue.reference.wording import House, ReminderWording, ReportWording
from catalogue.reference.yaml_source import read_yaml, refusal
from catalogue.text import fold
from catalogue.working_days import SOURCE, Calendar

__all__ = [
    "Agency",
    "AgencyGroup",
    "BaseChange",
    "EverydayWord",
    "FigureSeries",
    "HourlyIncome",
    "House",
    "Identifier",
    "Indicator",
    "IndicatorGroup",
    "IndicatorValue",
    "LevelEnding",
    "Licence",
    "MeasureType",
    "OpenData",
    "PeriodRule",
    "ProcedureField",
    "Programme",
    "PublicationLimit",
    "PublishedFigure",
    "PublishedSum",
    "Reference",
    "Region",
    "ReminderWording",
    "ReportWording",
    "ReturnRule",
    "Signer",
    "Source",
    "Succession",
    "Swap",
    "Target",
    "load_reference",
]

FILES: dict[str, tuple[str, ...]] = {
    "agencies.yml": ("agencies",),
    "provinces.yml": ("provinces",),
    "groups.yml": ("groups",),
    "succession.yml": ("province_merger", "level_endings", "successions"),
    "fields.yml": ("fields",),
    "sources.yml": ("sources",),
    "programmes.yml": ("programmes",),
    "measures.yml": ("measures",),
    "published_figures.yml": ("figures",),
    "published_series.yml": ("series", "base_changes"),
    "published_sums.yml": ("sums",),
    "targets.yml": ("targets",),
    "publication_limits.yml": ("limits", "signers"),
    "working_days.yml": ("swaps",),
    "search_words.yml": ("everyday",),
    "letters.yml": ("house", "reminder", "report"),
    "reporting.yml": ("returns",),
    "report_forms.yml": ("periods", "forms"),
    "indicators.yml": ("groups", "regions", "indicators"),
    "indicator_values.yml": ("values",),
    "hourly_incomes.yml": ("hourly_incomes",),
    "open_data.yml": ("open_data",),
}


@dataclass(frozen=True)
class Reference:
    """All reference data, checked; `fingerprint` changes with any byte of any file."""

    agencies: tuple[Agency, ...]
    groups: tuple[AgencyGroup, ...]
    level_endings: tuple[LevelEnding, ...]
    successions: tuple[Succession, ...]
    fields: tuple[ProcedureField, ...]
    programmes: tuple[Programme, ...]
    measures: tuple[MeasureType, ...]
    published_figures: tuple[PublishedFigure, ...]
    figure_series: tuple[FigureSeries, ...]
    published_base_changes: tuple[BaseChange, ...]
    published_sums: tuple[PublishedSum, ...]
    sources: tuple[Source, ...]
    targets: tuple[Target, ...]
    publication_limits: tuple[PublicationLimit, ...]
    signers: tuple[Signer, ...]
    swaps: tuple[Swap, ...]
    everyday_words: tuple[EverydayWord, ...]
    house: House
    reminder: ReminderWording
    report: ReportWording
    return_rule: ReturnRule
    report_periods: PeriodRule
    report_forms: tuple[ReportForm, ...]
    indicators: tuple[Indicator, ...]
    indicator_groups: tuple[IndicatorGroup, ...]
    regions: tuple[Region, ...]
    indicator_values: tuple[IndicatorValue, ...]
    hourly_incomes: tuple[HourlyIncome, ...]
    open_data: OpenData
    fingerprint: str

    @cached_property
    def calendar(self) -> Calendar:
        """Working days with every change that the reference data knows."""
        return Calendar(
            off=frozenset(swap.off for swap in self.swaps if swap.off),
            worked=frozenset(swap.worked for swap in self.swaps if swap.worked),
        )

    @cached_property
    def _by_code(self) -> dict[str, Agency]:
        return {agency.code: agency for agency in self.agencies}

    @cached_property
    def _by_name(self) -> dict[str, Agency]:
        return _names(self.agencies)

    @cached_property
    def _groups(self) -> dict[str, AgencyGroup]:
        return {fold(text): row for row in self.groups for text in (row.name, row.short_name, *row.aliases)}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    def agency(self, code: str) -> Agency:
        """The agency with this code of ours. Raises NotFound."""
        if code not in self._by_code:
            raise NotFound("agency_not_found", id=code)
        return self._by_code[code]

    def agency_named(self, text: str) -> Agency | None:
        """The agency that a list or a person means by this name, in any known spelling; None when unknown."""
        return self._by_name.get(fold(text))

    def spellings(self, code: str) -> tuple[str, ...]:
        """Every name that lists and people call an agency by. Raises NotFound."""
        return checks.spellings(self.agency(code))

    def group(self, code: str) -> AgencyGroup | None:
        """The group of agencies with this code; None when it is no group."""
        return next((row for row in self.groups if row.code == code), None)

    def lead(self, code: str) -> Agency | AgencyGroup:
        """The agency, or the group of agencies, that leads an item. Raises NotFound."""
        return self.group(code) or self.agency(code)

    def lead_named(self, text: str) -> str | None:
        """The code of the agency, or the group of agencies, that a document means by this; None when unknown."""
        agency = self.agency_named(text)
        if agency is not None:
            return agency.code
        group = self._groups.get(fold(text))
        return group.code if group else None

    def members(self, group_code: str, day: date | None = None) -> tuple[Agency, ...]:
        """The agencies of a group (those that existed on a day, or all that ever were); none where it is no group."""
        group = self.group(group_code)
        if group is None:
            return ()
        return tuple(
            row
            for row in self.agencies
            if (row.kind in group.kinds or row.code in group.members) and (day is None or row.valid_on(day))
        )

    @cached_property
    def last_reorganised_on(self) -> date:
        """The last day on which agencies were succeeded by others or a level ended: from it on they are as today."""
        return max([row.on for row in self.successions] + [row.on for row in self.level_endings])

    def agency_identified(self, identifier: str, day: date) -> Agency | None:
        """The agency that bore this national identifier on this day; None when nobody did."""
        bearers = (agency for agency in self.agencies if identifier in agency.identifiers_on(day))
        return next(bearers, None)

    def programme(self, code: str) -> Programme:
        """The programme with this code. Raises NotFound."""
        found = next((one for one in self.programmes if one.code == code), None)
        if found is None:
            raise NotFound("programme_not_found", id=code)
        return found

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code. Raises NotFound."""
        found = next((one for one in self.indicators if one.code == code), None)
        if found is None:
            raise NotFound("indicator_not_found", id=code)
        return found

    def indicator_group(self, code: str) -> IndicatorGroup:
        """The group of agencies that are ranked with each other. Raises NotFound."""
        found = next((one for one in self.indicator_groups if one.code == code), None)
        if found is None:
            raise NotFound("indicator_not_found", id=code)
        return found

    def report_form(self, code: str) -> ReportForm:
        """The periodic report form with this code (II.06a). Raises NotFound."""
        found = next((one for one in self.report_forms if code in (one.code, one.number)), None)
        if found is None:
            raise NotFound("report_form_not_found", id=code)
        return found

    def hourly_income(self, day: date) -> HourlyIncome | None:
        """What an hour is worth in a cost sheet made on a day; None before the first value."""
        return next((one for one in reversed(self.hourly_incomes) if one.valid_from <= day), None)

    def agencies_on(self, day: date, *kinds: str) -> tuple[Agency, ...]:
        """The agencies (of these kinds, or all) that existed on this day."""
        return tuple(row for row in self.agencies if row.valid_on(day) and (not kinds or row.kind in kinds))

    def source(self, source_id: str) -> Source:
        """The source with this id. Raises NotFound."""
        if source_id not in self._sources:
            raise NotFound(id=source_id)
        return self._sources[source_id]

    def publication_limit(self, milestone: str, issuer_kind: str, signed_on: date) -> PublicationLimit | None:
        """What the law allowed for a milestone of a decision of this kind of agency when it was signed."""
        fitting = (
            row
            for row in self.publication_limits
            if row.milestone == milestone and issuer_kind in row.issuers and row.valid_on(signed_on)
        )
        return next(fitting, None)

    def signer(self, code: str) -> Signer | None:
        """The position with this code; None when there is none."""
        return next((row for row in self.signers if row.code == code), None)

    def fields_of(self, agency_code: str) -> tuple[ProcedureField, ...]:
        """The fields that an agency owned in March 2024."""
        return tuple(row for row in self.fields if row.agency == agency_code)

    def successor(
        self, agency_code: str, day: date, field_name: str | None = None, given_on: date = date.min
    ) -> Agency:
        """Who answers on this day for what the agency (or one field of it) was given. Raises NotFound.

        What was given after a field had left stays where it was given, unless that agency is no more.
        """
        wanted = field_name.lower() if field_name else None
        current = self.agency(agency_code)
        for on in sorted({row.on for row in self.successions if row.on <= day}):
            if on <= given_on and (current.valid_until or date.max) >= given_on:
                continue
            heirs = [row for row in self.successions if row.on == on and row.predecessor == current.code]
            named = [row for row in heirs if wanted in {name.lower() for name in row.fields}]
            rest = [row for row in heirs if not row.fields]
            if named or rest:
                current = self.agency((named or rest)[0].successor)
        return current


def load_reference(folder: Path | None = None) -> Reference:
    """Read and check every reference file. Raises BadReferenceData with `file`, `line` and `reason`."""
    root = folder or Path(__file__).parent
    return _checked(tuple(_content(root, name) for name in FILES))


def _content(root: Path, name: str) -> bytes:
    try:
        return (root / name).read_bytes()
    except OSError as error:
        raise refusal(name, 1, f"cannot be read: {error.strerror}") from error


@lru_cache(maxsize=2)  # the same bytes say the same
def _checked(contents: tuple[bytes, ...]) -> Reference:
    digest = hashlib.sha256(SOURCE.encode())
    files = {}
    for (name, keys), content in zip(FILES.items(), contents, strict=True):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
        files[name] = read_yaml(name, content)
        expect_keys(files[name], *keys)

    ministries = read_rows(files["agencies.yml"], "agencies", Agency)
    provinces = read_rows(files["provinces.yml"], "provinces", Agency)
    merger = read_row(files["succession.yml"], "province_merger", ProvinceMerger)
    groups = read_rows(files["groups.yml"], "groups", AgencyGroup)
    endings = read_rows(files["succession.yml"], "level_endings", LevelEnding)
    successions = read_rows(files["succession.yml"], "successions", Succession)
    fields = read_rows(files["fields.yml"], "fields", ProcedureField)
    sources = read_rows(files["sources.yml"], "sources", Source)
    programmes = read_rows(files["programmes.yml"], "programmes", Programme)
    measures = read_rows(files["measures.yml"], "measures", MeasureType)
    figures = read_rows(files["published_figures.yml"], "figures", PublishedFigure)
    series = read_rows(files["published_series.yml"], "series", FigureSeries)
    base_changes = read_rows(files["published_series.yml"], "base_changes", BaseChange)
    sums = read_rows(files["published_sums.yml"], "sums", PublishedSum)
    targets = read_rows(files["targets.yml"], "targets", Target)
    limits = read_rows(files["publication_limits.yml"], "limits", PublicationLimit)
    signers = read_rows(files["publication_limits.yml"], "signers", Signer)
    swaps = read_rows(files["working_days.yml"], "swaps", Swap)
    everyday = read_rows(files["search_words.yml"], "everyday", EverydayWord)
    indicators = read_rows(files["indicators.yml"], "indicators", Indicator)
    indicator_groups = read_rows(files["indicators.yml"], "groups", IndicatorGroup)
    regions = read_rows(files["indicators.yml"], "regions", Region)
    indicator_values = read_rows(files["indicator_values.yml"], "values", IndicatorValue)
    incomes = read_rows(files["hourly_incomes.yml"], "hourly_incomes", HourlyIncome)

    agencies = ministries.rows + provinces.rows
    by_code = {agency.code: agency for agency in agencies}
    checks.check_agencies(ministries, provinces, merger)
    checks.check_groups(groups, ministries, provinces)
    checks.check_fields(fields, by_code)
    checks.check_level_endings(endings, fields)
    checks.check_successions(successions, ministries, by_code, fields)
    checks.check_figures(figures, targets, sources, _names(agencies))
    published.check_series(series, base_changes, figures, targets, sources)
    published.check_sums(sums, figures, sources)
    checks.check_programmes(programmes, measures, figures, targets, sources)
    checks.check_publication(limits, signers)
    checks.check_swaps(swaps)
    checks.check_everyday_words(everyday)
    check_definitions(indicators, indicator_groups, regions)
    check_values(indicator_values, indicators, regions, sources, _names(agencies))
    check_incomes(incomes)
    open_data = read_row(files["open_data.yml"], "open_data", OpenData)
    if open_data.publisher not in by_code:
        reason = f"unknown agency {open_data.publisher!r}"
        raise files["open_data.yml"].refuse(reason, "open_data", "publisher")
    return Reference(
        agencies=agencies,
        groups=groups.rows,
        level_endings=endings.rows,
        successions=successions.rows + _province_successions(provinces, merger),
        fields=fields.rows,
        programmes=programmes.rows,
        measures=measures.rows,
        published_figures=figures.rows,
        figure_series=series.rows,
        published_base_changes=base_changes.rows,
        published_sums=sums.rows,
        sources=sources.rows,
        targets=targets.rows,
        publication_limits=limits.rows,
        signers=signers.rows,
        swaps=swaps.rows,
        everyday_words=everyday.rows,
        house=read_row(files["letters.yml"], "house", House),
        reminder=read_row(files["letters.yml"], "reminder", ReminderWording),
        report=read_row(files["letters.yml"], "report", ReportWording),
        return_rule=read_row(files["reporting.yml"], "returns", ReturnRule),
        report_periods=read_row(files["report_forms.yml"], "periods", PeriodRule),
        report_forms=forms(read_rows(files["report_forms.yml"], "forms", FormEntry)),
        indicators=indicators.rows,
        indicator_groups=indicator_groups.rows,
        regions=regions.rows,
        indicator_values=indicator_values.rows,
        hourly_incomes=incomes.rows,
        open_data=open_data,
        fingerprint=digest.hexdigest(),
    )


def _names(agencies: tuple[Agency, ...]) -> dict[str, Agency]:
    return {fold(spelling): agency for agency in agencies for spelling in checks.spellings(agency)}


def _province_successions(provinces: Section[Agency], merger: ProvinceMerger) -> tuple[Succession, ...]:
    return tuple(
        Succession.model_validate(
            {
                "on": merger.on,
                "kind": "merge",
                "from": row.code,
                "to": row.merged_into,
                "document": merger.document,
                "basis": merger.basis,
            }
        )
        for row in provinces.rows
        if row.merged_into
    )
