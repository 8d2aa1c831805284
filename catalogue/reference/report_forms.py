"""Periodic report forms as staff write them in report_forms.yml, checked and handed out as the model's forms."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from catalogue.model.report_form import (
    Carry,
    Column,
    ColumnKind,
    Identity,
    ReportForm,
    RowsOf,
    Section,
    Words,
    parse_identity,
    places,
)
from catalogue.reference.entries import AgencyKind, Entry, LegalBasis, Level, Text
from catalogue.reference.sections import Section as Rows

PLACES = frozenset({"agency", "period", "from", "to", "unit"})

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
FormCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.]+$", max_length=20)]


class PeriodRule(Entry):
    """When the figures of quarters and years are closed."""

    closes_on_day: Annotated[int, Field(ge=1, le=31)] | None = None
    basis: LegalBasis
    document: Text | None = None


class Said(Entry):
    """A text in both languages."""

    vi: Text
    en: Text

    def words(self) -> Words:
        return Words(self.vi, self.en)


class ColumnEntry(Said):
    """A column, or a heading over columns."""

    number: int | None = None
    code: Code | None = None
    kind: Literal["ordinal", "label", "figure", "catalogue"] | None = None
    levels: tuple[Level, ...] = ()
    valid_until: date | None = Field(None, alias="until")
    columns: "tuple[ColumnEntry, ...]" = ()


class SectionEntry(Said):
    """A part of the rows."""

    code: Code
    agencies: Annotated[tuple[AgencyKind, ...], Field(min_length=1)]
    valid_until: date | None = Field(None, alias="until")


class FormEntry(Said):
    """One form."""

    code: FormCode
    number: Text
    legal: Text
    basis: LegalBasis
    unit: Said
    rows: Literal["fields", "agencies"]
    agencies: Annotated[tuple[AgencyKind, ...], Field(min_length=1)]
    complete: bool
    lines: Annotated[tuple[Said, ...], Field(min_length=1)]
    summary: Said | None = None
    columns: Annotated[tuple[ColumnEntry, ...], Field(min_length=1)]
    identities: tuple[Text, ...] = ()
    carried: tuple[Text, ...] = ()
    sections: tuple[SectionEntry, ...] = ()


def forms(entries: Rows[FormEntry]) -> tuple[ReportForm, ...]:
    """The forms of the file. Raises BadReferenceData with file and line."""
    codes: set[str] = set()
    found = []
    for index, entry in entries:
        if entry.code in codes:
            raise entries.refuse(f"{entry.code!r} is given twice", index, "code")
        codes.add(entry.code)
        found.append(_form(entries, index, entry))
    return tuple(found)


def _form(entries: Rows[FormEntry], index: int, entry: FormEntry) -> ReportForm:
    columns = tuple(_columns(entries, index, entry.columns, ("columns",), ()))
    _check_columns(entries, index, columns)
    figures = {column.number: column.code for column in columns if column.is_figure}
    sections = _sections(entries, index, entry)
    _check_places(entries, index, entry, {column.code for column in columns if column.is_figure})
    return ReportForm(
        code=entry.code,
        number=entry.number,
        legal=entry.legal,
        title=entry.words(),
        unit=entry.unit.words(),
        lines=tuple(line.words() for line in entry.lines),
        summary=entry.summary.words() if entry.summary else None,
        rows_of=RowsOf(entry.rows),
        agency_kinds=entry.agencies,
        is_complete=entry.complete,
        columns=columns,
        sections=sections,
        identities=tuple(
            _identity(entries, index, ("identities", place), text, figures)
            for place, text in enumerate(entry.identities)
        ),
        carried=tuple(
            _carry(entries, index, ("carried", place), text, figures)
            for place, text in enumerate(entry.carried)
        ),
        basis=entry.basis,
    )


def _columns(
    entries: Rows[FormEntry],
    index: int,
    found: tuple[ColumnEntry, ...],
    path: tuple[str | int, ...],
    headings: tuple[Words, ...],
) -> Iterator[Column]:
    """The columns from left to right, each with the headings that it stands under."""
    for place, entry in enumerate(found):
        at = (*path, place)
        if entry.columns:
            if entry.number is not None or entry.code or entry.kind or entry.levels or entry.valid_until:
                raise entries.refuse("a heading over columns has 'vi', 'en' and 'columns' only", index, *at)
            yield from _columns(entries, index, entry.columns, (*at, "columns"), (*headings, entry.words()))
            continue
        if entry.number is None or entry.code is None or entry.kind is None:
            raise entries.refuse("a column needs 'number', 'code' and 'kind'", index, *at)
        if bool(entry.levels) != (entry.kind == "catalogue"):
            raise entries.refuse(
                "'levels' belong to columns of kind catalogue, and to all of them", index, *at
            )
        kind = ColumnKind(entry.kind)
        yield Column(entry.number, entry.code, kind, entry.words(), headings, entry.levels, entry.valid_until)


def _check_columns(entries: Rows[FormEntry], index: int, columns: tuple[Column, ...]) -> None:
    codes: set[str] = set()
    for expected, column in enumerate(columns, start=1):
        if column.number != expected:
            raise _at_column(
                entries, index, column, f"column {column.code}: number {expected} is expected here"
            )
        if column.code in codes:
            raise _at_column(entries, index, column, f"the column {column.code!r} is given twice")
        codes.add(column.code)
    for kind in (ColumnKind.ORDINAL, ColumnKind.LABEL):
        if sum(column.kind is kind for column in columns) != 1:
            raise entries.refuse(f"exactly one column of kind {kind.value} is expected", index, "columns")
    if not any(column.is_figure for column in columns):
        raise entries.refuse("a form needs a column of figures", index, "columns")


def _at_column(entries: Rows[FormEntry], index: int, column: Column, reason: str) -> Exception:
    """The error at the line of a column, which may stand below headings; the last one with that number and code."""
    rows: list[tuple[tuple[str | int, ...], ColumnEntry]] = []

    def walk(found: tuple[ColumnEntry, ...], path: tuple[str | int, ...]) -> None:
        for place, entry in enumerate(found):
            rows.append(((*path, place), entry))
            walk(entry.columns, (*path, place, "columns"))

    walk(entries.rows[index].columns, ("columns",))
    at = [path for path, entry in rows if (entry.number, entry.code) == (column.number, column.code)][-1]
    return entries.refuse(reason, index, *at)


def _sections(entries: Rows[FormEntry], index: int, entry: FormEntry) -> tuple[Section, ...]:
    if bool(entry.sections) != (entry.rows == "fields"):
        raise entries.refuse("'sections' belong to forms whose rows are fields, and to all of them", index)
    codes: set[str] = set()
    for place, section in enumerate(entry.sections):
        if section.code in codes:
            raise entries.refuse(f"the section {section.code!r} is given twice", index, "sections", place)
        if strangers := set(section.agencies) - set(entry.agencies):
            reason = f"section {section.code}: {sorted(strangers)} do not report this form"
            raise entries.refuse(reason, index, "sections", place)
        codes.add(section.code)
    return tuple(Section(one.code, one.words(), one.agencies, one.valid_until) for one in entry.sections)


def _identity(
    entries: Rows[FormEntry], index: int, at: tuple[str, int], text: str, figures: dict[int, str]
) -> Identity:
    try:
        return parse_identity(text, figures)
    except ValueError as error:
        raise entries.refuse(str(error), index, *at) from error


def _carry(
    entries: Rows[FormEntry], index: int, at: tuple[str, int], text: str, figures: dict[int, str]
) -> Carry:
    found = _identity(entries, index, at, text, figures)
    if found.relation != "=" or len(found.left) != 1 or len(found.right) != 1:
        raise entries.refuse(
            f"{text!r}: write one column of this period = one of the period before", index, *at
        )
    return Carry(found.left[0], found.right[0])


def _check_places(entries: Rows[FormEntry], index: int, entry: FormEntry, codes: set[str]) -> None:
    def refuse_unknown(said: Any, known: set[str] | frozenset[str], *at: str | int) -> None:
        for language in ("vi", "en"):
            text = getattr(said, language)
            unknown = set(places(text)) - known
            if unknown or text.count("{") != len(places(text)) or text.count("}") != len(places(text)):
                reason = f"nothing fills {sorted(unknown) or text!r}; known are {', '.join(sorted(known))}"
                raise entries.refuse(reason, index, *at)

    for place, line in enumerate(entry.lines):
        refuse_unknown(line, PLACES, "lines", place)
    for name in ("agency", "period"):
        if sum(name in places(line.vi) for line in entry.lines) != 1:
            raise entries.refuse(f"exactly one line holds {{{name}}}", index, "lines")
    if entry.summary:
        refuse_unknown(entry.summary, codes, "summary")
