"""What a periodic report form looks like and must keep to: columns under nested headings, sections, identities.

A form is data that staff correct in report_forms.yml; an issued report keeps the form that it was printed on.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

_EQUATION = re.compile(r"\s*([\d\s+]+?)\s*(<=|=)\s*([\d\s+]+?)\s*")
_PLACE = re.compile(r"{(\w+)}")


class ColumnKind(StrEnum):
    """What stands in a column; `CATALOGUE` figures are counted here, `FIGURE` ones are sent by agencies."""

    ORDINAL = "ordinal"
    LABEL = "label"
    FIGURE = "figure"
    CATALOGUE = "catalogue"


class RowsOf(StrEnum):
    """What the rows of a form are: works by section, or the reporting agencies themselves."""

    FIELDS = "fields"
    AGENCIES = "agencies"


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    vi: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class Column:
    """A column by its number on paper and its lasting code; `headings`: what it stands under, from the top.

    `levels`: of a catalogue figure, whose procedures it counts; `valid_until`: the last day on which it applies.
    """

    number: int
    code: str
    kind: ColumnKind
    title: Words
    headings: tuple[Words, ...] = ()
    levels: tuple[str, ...] = ()
    valid_until: date | None = None

    @property
    def is_figure(self) -> bool:
        return self.kind in (ColumnKind.FIGURE, ColumnKind.CATALOGUE)

    def applies_on(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until

    def full_title(self, language: str) -> str:
        """The column by its number with all that it stands under: `(4) Số hồ sơ nhận giải quyết, Trong kỳ, Trực tuyến`."""
        texts = [heading.said(language) for heading in (*self.headings, self.title)]
        return f"({self.number}) {', '.join(texts)}"


@dataclass(frozen=True)
class Section:
    """A part of a form's rows; `kinds`: which agencies report it; `valid_until`: the last day on which it exists."""

    code: str
    title: Words
    kinds: tuple[str, ...]
    valid_until: date | None = None

    def applies_on(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True)
class Identity:
    """`(3) = (4) + (5)` or `(7) <= (8) + (9)` within a row, by the codes of its columns."""

    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]


@dataclass(frozen=True)
class Carry:
    """A column of this period that begins with what a column of the period before ended with."""

    now: str
    before: str


@dataclass(frozen=True)
class ReportForm:
    """One form; `is_complete`: an empty cell is a fault and not a missing figure; `agency_kinds`: who reports it."""

    code: str
    number: str
    legal: str
    title: Words
    unit: Words
    lines: tuple[Words, ...]
    summary: Words | None
    rows_of: RowsOf
    agency_kinds: tuple[str, ...]
    is_complete: bool
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    identities: tuple[Identity, ...]
    carried: tuple[Carry, ...]
    basis: str

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns that hold numbers."""
        return tuple(column for column in self.columns if column.is_figure)

    @property
    def imported(self) -> tuple[Column, ...]:
        """The columns whose numbers agencies send."""
        return tuple(column for column in self.columns if column.kind is ColumnKind.FIGURE)

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)

    def section(self, code: str | None) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)

    def terms(self, codes: Sequence[str]) -> str:
        """Columns as people name them: `(4) + (5)`."""
        return " + ".join(f"({self.column(code).number})" for code in codes)

    def equation(self, identity: Identity) -> str:
        """An identity as people write it."""
        sign = {"=": "=", "<=": "≤"}[identity.relation]
        return f"{self.terms(identity.left)} {sign} {self.terms(identity.right)}"

    def to_json(self) -> str:
        """The form as it is frozen with a report."""
        return json.dumps(
            asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
        )


def from_json(text: str) -> ReportForm:
    """A form that was frozen with a report."""
    raw: dict[str, Any] = json.loads(text)
    return ReportForm(
        **{name: raw[name] for name in ("code", "number", "legal", "is_complete", "basis")},
        title=Words(**raw["title"]),
        unit=Words(**raw["unit"]),
        lines=tuple(Words(**line) for line in raw["lines"]),
        summary=Words(**raw["summary"]) if raw["summary"] else None,
        rows_of=RowsOf(raw["rows_of"]),
        agency_kinds=tuple(raw["agency_kinds"]),
        columns=tuple(
            Column(
                number=one["number"],
                code=one["code"],
                kind=ColumnKind(one["kind"]),
                title=Words(**one["title"]),
                headings=tuple(Words(**heading) for heading in one["headings"]),
                levels=tuple(one["levels"]),
                valid_until=_day(one["valid_until"]),
            )
            for one in raw["columns"]
        ),
        sections=tuple(
            Section(one["code"], Words(**one["title"]), tuple(one["kinds"]), _day(one["valid_until"]))
            for one in raw["sections"]
        ),
        identities=tuple(
            Identity(tuple(one["left"]), one["relation"], tuple(one["right"])) for one in raw["identities"]
        ),
        carried=tuple(Carry(**one) for one in raw["carried"]),
    )


@dataclass(frozen=True)
class HeadCell:
    """One cell of the head of a table: where it begins, how far it reaches, what it says."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def depth(columns: Sequence[Column]) -> int:
    """How many rows the head of a table has."""
    return max(len(column.headings) for column in columns) + 1


def head_cells(columns: Sequence[Column], language: str) -> Iterator[HeadCell]:
    """The head with its merged cells: a heading over neighbours, a title down to the bottom."""
    yield from _level(list(enumerate(columns)), 0, depth(columns), language)


def _level(columns: list[tuple[int, Column]], row: int, bottom: int, language: str) -> Iterator[HeadCell]:
    def heading(placed: tuple[int, Column]) -> Words | None:
        headings = placed[1].headings
        return headings[row] if row < len(headings) else None

    for above, run in groupby(columns, key=heading):
        members = list(run)
        if above is None:
            for place, column in members:
                yield HeadCell(row, place, bottom - row, 1, column.title.said(language))
        else:
            yield HeadCell(row, members[0][0], 1, len(members), above.said(language))
            yield from _level(members, row + 1, bottom, language)


def parse_identity(text: str, codes: Mapping[int, str]) -> Identity:
    """`3 = 4 + 5 + 6` by the numbers of columns.

    Raises: ValueError that says what is wrong.
    """
    match = _EQUATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no identity; write 3 = 4 + 5 or 3 <= 4 + 5")
    return Identity(_codes(match[1], codes), match[2], _codes(match[3], codes))


def places(text: str) -> tuple[str, ...]:
    """The places `{…}` of a text."""
    return tuple(_PLACE.findall(text))


def _codes(text: str, codes: Mapping[int, str]) -> tuple[str, ...]:
    numbers = [part.strip() for part in text.split("+")]
    if not all(part.isdigit() for part in numbers):
        raise ValueError(f"{text.strip()!r} is no sum of column numbers")
    for number in numbers:
        if int(number) not in codes:
            raise ValueError(f"there is no column of figures ({number})")
    return tuple(codes[int(number)] for number in numbers)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
