"""What must agree between the rows of the reference files."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from catalogue.reference.entries import (
    Agency,
    AgencyGroup,
    EverydayWord,
    LevelEnding,
    MeasureType,
    ProcedureField,
    Programme,
    ProvinceMerger,
    PublicationLimit,
    PublishedFigure,
    Signer,
    Source,
    Succession,
    Swap,
    Target,
)
from catalogue.reference.sections import E, Section
from catalogue.text import ascii_code, fold, words
from catalogue.working_days import public_holidays

_DAY = timedelta(days=1)


def unique(section: Section[E], key: str, value: Callable[[E], str]) -> None:
    """No two rows bear the same value. Raises BadReferenceData."""
    seen: set[str] = set()
    for index, row in section:
        if value(row) in seen:
            raise section.refuse(f"{value(row)!r} is given twice", index, key)
        seen.add(value(row))


def known(section: Section[Any], index: int, key: str, value: str | None, allowed: Collection[str]) -> None:
    """A reference to another row finds one. Raises BadReferenceData."""
    if value is not None and value not in allowed:
        raise section.refuse(f"{key}: unknown {value!r}", index, key)


def check_agencies(ministries: Section[Agency], provinces: Section[Agency], merger: ProvinceMerger) -> None:
    """Codes, names and identifiers tell agencies apart. Raises BadReferenceData."""
    placed = [(section, index, row) for section in (ministries, provinces) for index, row in section]
    codes: set[str] = set()
    names: dict[str, str] = {}
    identifiers: dict[str, list[tuple[Agency, Any]]] = {}
    for section, index, agency in placed:
        province = agency.kind == "province"
        if province != (section is provinces):
            raise section.refuse(
                f"an agency of kind {agency.kind} does not belong in this file", index, "kind"
            )
        expected = "ubnd-" + ascii_code(agency.short_name) if province else ascii_code(agency.name)
        if agency.code != expected:
            raise section.refuse(f"the code {agency.code!r} should be {expected!r}", index, "code")
        if agency.code in codes:
            raise section.refuse(f"{agency.code!r} is given twice", index, "code")
        codes.add(agency.code)
        for spelling in spellings(agency):
            if names.setdefault(fold(spelling), agency.code) != agency.code:
                raise section.refuse(f"{spelling!r} already names {names[fold(spelling)]}", index)
        for position, row in enumerate(agency.identifiers):
            for other, earlier in identifiers.setdefault(row.identifier, []):
                if row.overlaps(earlier):
                    reason = f"{row.identifier} belongs to {other.code} in the same period"
                    raise section.refuse(reason, index, "identifiers", position)
            identifiers[row.identifier].append((agency, row))
    for index, province_row in provinces:
        _check_merger(provinces, index, province_row, merger)


def _check_merger(provinces: Section[Agency], index: int, province: Agency, merger: ProvinceMerger) -> None:
    if province.merged_into is None:
        if province.valid_until is not None:
            raise provinces.refuse("'until' needs 'merged_into'", index, "until")
        return
    survivors = {row.code for row in provinces.rows if row.merged_into is None}
    known(provinces, index, "merged_into", province.merged_into, survivors)
    if province.valid_until != merger.on - _DAY:
        raise provinces.refuse(f"'until' should be {merger.on - _DAY}", index, "until")


def spellings(agency: Agency) -> tuple[str, ...]:
    """Every way of writing an agency's name that the reference data knows."""
    former = [text for row in agency.former_names for text in (row.name, row.short_name)]
    return (agency.name, agency.short_name, *agency.aliases, *former)


def check_successions(
    successions: Section[Succession],
    ministries: Section[Agency],
    agencies: dict[str, Agency],
    fields: Section[ProcedureField],
) -> None:
    """Both sides exist on their days, fields belong to the predecessor, nobody ends without a heir. Raises BadReferenceData."""
    owned: dict[str, set[str]] = {}
    for row in fields.rows:
        owned.setdefault(row.agency, set()).add(fold(row.name))
    for index, succession in successions:
        known(successions, index, "from", succession.predecessor, agencies)
        known(successions, index, "to", succession.successor, agencies)
        if not agencies[succession.predecessor].valid_on(succession.on - _DAY):
            raise successions.refuse("the predecessor does not exist on the day before", index, "from")
        if not agencies[succession.successor].valid_on(succession.on):
            raise successions.refuse("the successor does not exist on that day", index, "to")
        for position, name in enumerate(succession.fields):
            if fold(name) not in owned.get(succession.predecessor, set()):
                reason = f"{succession.predecessor} owns no field {name!r}"
                raise successions.refuse(reason, index, "fields", position)
    for left, right in combinations(successions, 2):
        (_, one), (index, other) = left, right
        if (one.on, one.predecessor) == (other.on, other.predecessor):
            shared = {fold(name) for name in one.fields} & {fold(name) for name in other.fields}
            if shared or not (one.fields or other.fields):
                raise successions.refuse("two successors for the same thing", index, "to")
    heirs = {(row.predecessor, row.on) for row in successions.rows if not row.fields}
    for index, agency in ministries:
        if agency.valid_until and (agency.code, agency.valid_until + _DAY) not in heirs:
            raise ministries.refuse(f"{agency.code} ends without a successor", index, "until")


def check_groups(
    groups: Section[AgencyGroup], ministries: Section[Agency], provinces: Section[Agency]
) -> None:
    """Groups are told apart from agencies and from each other, and have known members. Raises BadReferenceData."""
    agencies = ministries.rows + provinces.rows
    codes = {row.code for row in agencies}
    taken = {fold(text): row.code for row in agencies for text in spellings(row)}
    unique(groups, "code", lambda row: row.code)
    for index, group in groups:
        if group.code in codes:
            raise groups.refuse(f"{group.code!r} is an agency", index, "code")
        for text in (group.name, group.short_name, *group.aliases):
            if taken.setdefault(fold(text), group.code) != group.code:
                raise groups.refuse(f"{text!r} already names {taken[fold(text)]}", index)
        for position, code in enumerate(group.members):
            if code not in codes:
                raise groups.refuse(f"unknown agency {code!r}", index, "members", position)


def check_level_endings(endings: Section[LevelEnding], fields: Section[ProcedureField]) -> None:
    """A level ends once, and its rules name known fields and levels that go on. Raises BadReferenceData."""
    unique(endings, "level", lambda row: row.level)
    ended = {row.level for row in endings.rows}
    names = {fold(row.name) for row in fields.rows}
    for index, ending in endings:
        for position, rule in enumerate(ending.rules):
            if rule.to in ended - {ending.level}:
                raise endings.refuse(f"{rule.to!r} is a level that ends too", index, "rules", position, "to")
            for place, name in enumerate(rule.fields):
                if fold(name) not in names:
                    raise endings.refuse(f"unknown field {name!r}", index, "rules", position, "fields", place)


def check_fields(fields: Section[ProcedureField], agencies: dict[str, Agency]) -> None:
    """Fields have known owners and codes of their own. Raises BadReferenceData."""
    for index, row in fields:
        known(fields, index, "agency", row.agency, agencies)
        known(fields, index, "seen_under", row.seen_under, agencies)
    unique(fields, "name", lambda row: row.code)


def check_programmes(
    programmes: Section[Programme],
    measures: Section[MeasureType],
    figures: Section[PublishedFigure],
    targets: Section[Target],
    sources: Section[Source],
) -> None:
    """Programmes name known measures, figures, targets and sources. Raises BadReferenceData."""
    unique(programmes, "code", lambda row: row.code)
    unique(measures, "code", lambda row: row.code)
    measure_codes = {row.code for row in measures.rows}
    for index, row in programmes:
        for position, code in enumerate(row.measures):
            if code not in measure_codes:
                raise programmes.refuse(f"unknown measure type {code!r}", index, "measures", position)
        known(programmes, index, "figure", row.figure, {figure.id for figure in figures.rows})
        known(programmes, index, "target", row.target, {target.id for target in targets.rows})
        known(programmes, index, "source", row.source, {source.id for source in sources.rows})


def check_publication(limits: Section[PublicationLimit], signers: Section[Signer]) -> None:
    """One limit a milestone, kind of issuer and day of signature; positions have codes of their own.

    Raises: BadReferenceData.
    """
    unique(signers, "code", lambda row: row.code)
    for left, right in combinations(limits, 2):
        (_, one), (index, other) = left, right
        shared = sorted(set(one.issuers) & set(other.issuers))
        if one.milestone == other.milestone and shared and one.overlaps(other):
            raise limits.refuse(f"a second limit for {shared[0]} in the same period", index, "from")


def check_swaps(swaps: Section[Swap]) -> None:
    """Days off would be worked and days worked would be off; no day is changed twice. Raises BadReferenceData."""
    seen: set[date] = set()
    for index, row in swaps:
        for key, day in (("off", row.off), ("worked", row.worked)):
            if day is None:
                continue
            if day in seen:
                raise swaps.refuse(f"{day} is given twice", index, key)
            seen.add(day)
        if row.off and row.off.weekday() > 4:
            raise swaps.refuse(f"{row.off} is a Saturday or Sunday", index, "off")
        if row.worked and row.worked.weekday() < 5 and row.worked not in public_holidays(row.worked.year):
            raise swaps.refuse(f"{row.worked} is a working day anyway", index, "worked")


def check_everyday_words(everyday: Section[EverydayWord]) -> None:
    """Each spelling means one list of things, and none of them is itself. Raises BadReferenceData."""
    seen: set[tuple[str, ...]] = set()
    for index, row in everyday:
        for key, texts in (("words", row.words), ("means", row.means)):
            for position, text in enumerate(texts):
                if not words(text):
                    raise everyday.refuse(f"{text!r} has no word", index, key, position)
        for position, text in enumerate(row.words):
            spelling = tuple(words(text))
            if spelling in seen:
                raise everyday.refuse(f"{text!r} is given twice", index, "words", position)
            if spelling in {tuple(words(meaning)) for meaning in row.means}:
                raise everyday.refuse(f"{text!r} means itself", index, "words", position)
            seen.add(spelling)


def shows(figure: PublishedFigure, name: str) -> bool:
    """Whether a published figure is one of this series, of this measure, or of this id on whatever day."""
    return name in (figure.series, figure.measure, figure.id.partition("@")[0])


def check_figures(
    figures: Section[PublishedFigure],
    targets: Section[Target],
    sources: Section[Source],
    named: dict[str, Agency],
) -> None:
    """Figures and targets have known sources and agree with each other. Raises BadReferenceData."""
    unique(sources, "id", lambda row: row.id)
    unique(figures, "id", lambda row: row.id)
    unique(targets, "id", lambda row: row.id)
    source_ids = {row.id for row in sources.rows}
    printed = {row.id: row for row in figures.rows if row.kind == "target"}
    for index, figure in figures:
        known(figures, index, "source", figure.source, source_ids)
        for position, name in enumerate(figure.agencies):
            if fold(name) not in named:
                raise figures.refuse(f"unknown agency {name!r}", index, "agencies", position)
    for index, target in targets:
        known(targets, index, "source", target.source, source_ids)
        for position, reading in enumerate(target.shown_by):
            if not any(shows(figure, reading.figure) for figure in figures.rows):
                raise targets.refuse(f"no published figure {reading.figure!r}", index, "shown_by", position)
        twin = printed.get(target.id)
        if twin is not None:
            for key in ("value", "unit", "comparator", "deadline", "deadline_basis", "source"):
                if getattr(twin, key) != getattr(target, key):
                    raise targets.refuse(f"{key} differs from the published figure {twin.id}", index, key)
    for index, figure in figures:
        if figure.kind == "target" and figure.id not in {row.id for row in targets.rows}:
            raise figures.refuse(f"the target {figure.id} is missing in targets.yml", index, "id")
