"""The rows of a periodic report: sums that keep what is missing apart from 0, and identities that are tested cell by cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from catalogue.model.report_form import Carry, ColumnKind, Identity, ReportForm, RowsOf
from catalogue.text import fold


class Gap(StrEnum):
    """Why a cell has no number: nobody sent one, or the column does not apply any more."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


Value = int | Gap
Values = Mapping[str, Value]


class RowKind(StrEnum):
    SECTION = "section"
    FIELD = "field"
    AGENCY = "agency"
    TOTAL = "total"


@dataclass(frozen=True)
class Row:
    """One row as it is printed. `ordinal`: what stands in the first column."""

    kind: RowKind
    ordinal: str
    label: str
    values: Values
    section: str | None = None
    agency_code: str | None = None


@dataclass(frozen=True)
class Sent:
    """One row as an agency sent it: a work under a section, or the agency itself; `number`: its row in the file."""

    section: str | None
    label: str
    values: Mapping[str, int]
    number: int = 0

    @property
    def key(self) -> tuple[str | None, str]:
        """Which row of another period it goes on from."""
        return self.section, fold(self.label)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a row: `details` fill the sentence `statistics.fault_<rule>`."""

    rule: str
    row: int
    label: str
    details: Mapping[str, int | str | date] = field(default_factory=dict)


def value_of(form: ReportForm, code: str, sent: Mapping[str, int], day: date) -> Value:
    """What a cell of a sent row holds on a day."""
    if not form.column(code).applies_on(day):
        return Gap.NOT_APPLICABLE
    return sent.get(code, Gap.MISSING)


def added(values: Iterable[Value]) -> Value:
    """The sum of what is known; a gap where nothing is."""
    found = list(values)
    known = [value for value in found if not isinstance(value, Gap)]
    if known:
        return sum(known)
    return Gap.NOT_APPLICABLE if found and set(found) == {Gap.NOT_APPLICABLE} else Gap.MISSING


def broken(identity: Identity, values: Values) -> tuple[int, int] | None:
    """The two sides where an identity does not hold; None where it does, or where a figure it needs is missing."""
    sides = [_side(codes, values) for codes in (identity.left, identity.right)]
    left, right = sides
    if left is None or right is None:
        return None
    holds = left == right if identity.relation == "=" else left <= right
    return None if holds else (left, right)


def is_testable(identity: Identity, values: Values) -> bool:
    """Whether every figure that an identity needs is there."""
    return all(_side(codes, values) is not None for codes in (identity.left, identity.right))


def _side(codes: Sequence[str], values: Values) -> int | None:
    """The sum of the columns that apply; None where one is missing or none applies."""
    terms = [value for code in codes if (value := values[code]) is not Gap.NOT_APPLICABLE]
    if not terms or any(isinstance(term, Gap) for term in terms):
        return None
    return sum(term for term in terms if not isinstance(term, Gap))


def row_faults(form: ReportForm, rows: Sequence[Sent], day: date) -> Iterator[Fault]:
    """Every identity that a sent row breaks, with both sides; only columns that agencies send are looked at."""
    imported = {column.code for column in form.imported}
    own = [one for one in form.identities if imported.issuperset((*one.left, *one.right))]
    for row in rows:
        values = {column.code: value_of(form, column.code, row.values, day) for column in form.imported}
        for identity in own:
            if sides := broken(identity, values):
                yield Fault(
                    "identity" if identity.relation == "=" else "bound",
                    row.number,
                    row.label,
                    {
                        "left": form.terms(identity.left),
                        "left_value": sides[0],
                        "right": form.terms(identity.right),
                        "right_value": sides[1],
                    },
                )


def carry_faults(form: ReportForm, now: Sequence[Sent], before: Sequence[Sent]) -> Iterator[Fault]:
    """Rows that do not begin with what the same row of the period before ended with; a row that was not there ended with 0."""
    ended = {row.key: row for row in before}
    begun = {row.key: row for row in now}
    for carry in form.carried:
        for row in now:
            found, expected = row.values.get(carry.now, 0), _of(ended.get(row.key), carry.before)
            if found != expected:
                yield Fault("carry", row.number, row.label, _carried(form, carry, found, expected))
        for row in before:
            expected = row.values.get(carry.before, 0)
            if row.key not in begun and expected:
                yield Fault("carry_gone", 0, row.label, _carried(form, carry, 0, expected))


def _of(row: Sent | None, code: str) -> int:
    return row.values.get(code, 0) if row else 0


def _carried(form: ReportForm, carry: Carry, found: int, expected: int) -> dict[str, int | str]:
    return {
        "now": form.terms((carry.now,)),
        "before": form.terms((carry.before,)),
        "found": found,
        "expected": expected,
    }


def merged(rows: Iterable[Sent]) -> tuple[Sent, ...]:
    """The rows of several agencies as one: works of one name under one section are added up."""
    found: dict[tuple[str | None, str], list[Sent]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return tuple(
        Sent(
            same[0].section,
            same[0].label,
            {
                code: sum(row.values.get(code, 0) for row in same)
                for code in dict.fromkeys(code for row in same for code in row.values)
            },
        )
        for same in found.values()
    )


def table_of_fields(
    form: ReportForm, rows: Sequence[Sent], day: date, language: str, total: str
) -> tuple[Row, ...]:
    """Sections with their sums, the works under them by name, and the total; nothing where no row was sent."""
    found: list[Row] = []
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for section in form.sections:
        members = sorted(
            (row for row in rows if row.section == section.code), key=lambda row: fold(row.label)
        )
        if not members:
            continue
        works = [
            Row(RowKind.FIELD, str(place), row.label, _values(form, row, day), section.code)
            for place, row in enumerate(members, start=1)
        ]
        sums = summed(form, works)
        found += [
            Row(RowKind.SECTION, next(letters), section.title.said(language), sums, section.code),
            *works,
        ]
    works = [row for row in found if row.kind is RowKind.FIELD]
    return (*found, Row(RowKind.TOTAL, "", total, summed(form, works))) if works else ()


def summed(form: ReportForm, rows: Sequence[Row]) -> dict[str, Value]:
    """The sum of every column over these rows."""
    return {column.code: added(row.values[column.code] for row in rows) for column in form.figures}


def _values(form: ReportForm, row: Sent, day: date) -> dict[str, Value]:
    return {column.code: value_of(form, column.code, row.values, day) for column in form.figures}


@dataclass(frozen=True)
class Difference:
    """A cell that was printed otherwise than it reads now; None: the row is not there."""

    row: Row
    column: str
    printed: Value | None
    now: Value | None

    @property
    def change(self) -> int | None:
        """By how much it moved, where both are numbers."""
        if isinstance(self.printed, Gap) or isinstance(self.now, Gap):
            return None
        return (self.now or 0) - (self.printed or 0)


def differences(form: ReportForm, printed: Sequence[Row], now: Sequence[Row]) -> tuple[Difference, ...]:
    """Every cell that reads otherwise now, the total first."""
    then = {_key(row): row for row in printed}
    today = {_key(row): row for row in now}
    found = []
    for key in dict.fromkeys((*then, *today)):
        before, after = then.get(key), today.get(key)
        row = after or before
        assert row is not None
        for column in form.figures:
            was = before.values.get(column.code) if before else None
            reads = after.values.get(column.code) if after else None
            if was != reads:
                found.append(Difference(row, column.code, was, reads))
    return tuple(sorted(found, key=lambda one: one.row.kind is not RowKind.TOTAL))


def _key(row: Row) -> tuple[str, str, str, str]:
    label = "" if row.kind is RowKind.TOTAL else fold(row.label)
    return (
        row.kind.value,
        row.section or "",
        row.agency_code or "",
        "" if row.kind is RowKind.SECTION else label,
    )


def is_by_agency(form: ReportForm) -> bool:
    """Whether the rows of a form are agencies."""
    return form.rows_of is RowsOf.AGENCIES


def counted(form: ReportForm) -> bool:
    """Whether a column of the form is counted in the catalogue."""
    return any(column.kind is ColumnKind.CATALOGUE for column in form.columns)
