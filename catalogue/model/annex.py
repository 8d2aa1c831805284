"""The annex of a publication decision: its lines, and what keeps them from being applied to the catalogue."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from catalogue.errors import Issue
from catalogue.text import clean, words


class Action(StrEnum):
    """What a line of the annex does (Decree 63/2010/NĐ-CP, Articles 14 and 15)."""

    NEW = "new"
    AMENDED = "amended"
    REPLACED = "replaced"
    ABOLISHED = "abolished"


class Extent(StrEnum):
    """Whether a line, or the abolition of an earlier decision, concerns the whole or a part."""

    WHOLE = "whole"
    PART = "part"


LONGEST_TEXT = 4000
_USUAL_CODE = re.compile(r"[123]\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?")
_LOST_ZEROS = re.compile(r"[123]\.\d{1,5}")
_SAME_NAME = 0.5  # the share of words that two wordings of one name have in common at least


@dataclass(frozen=True)
class Line:
    """One line of the annex; what is empty, the decision does not say. `row` names it to the person."""

    row: int
    action: Action | None = None
    code: str = ""
    name: str = ""
    field_name: str = ""
    levels: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()  # empty on a replaced line: a new record under the same code
    extent: Extent = Extent.WHOLE
    note: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that the line touches."""
        return tuple(code for code in (self.code, *self.replaces) if code)

    @property
    def brings(self) -> bool:
        """Whether it puts a code into the catalogue that need not be there before."""
        return self.action is Action.NEW or (self.action is Action.REPLACED and bool(self.replaces))


@dataclass(frozen=True)
class Known:
    """A procedure as it stands on the day the decision comes into force; `agency` answers for it on that day."""

    name: str
    in_force: bool
    agency: str | None
    since: date


@dataclass(frozen=True)
class Standing:
    """The catalogue around the lines of one decision. `later`: the first version after that day, by code."""

    issuer: str | None = None
    issuer_kind: str | None = None
    in_force_on: date | None = None
    known: Mapping[str, Known] = field(default_factory=dict)
    later: Mapping[str, date] = field(default_factory=dict)
    is_bound: bool = False  # the person speaks for the issuer only

    def is_repetition(self, line: Line) -> bool:
        """A province publishes what a ministry has: the line is recorded, the national record stays the ministry's."""
        known = self.known.get(line.code)
        return self.issuer_kind == "province" and known is not None and known.agency != self.issuer


def is_same_name(one: str, other: str) -> bool:
    """Whether two texts may be wordings of one name: they share enough of their words."""
    said, stands = set(words(one)), set(words(other))
    return len(said & stands) >= _SAME_NAME * len(said | stands)


def is_code_without_zeros(code: str) -> bool:
    """Whether it looks like a code whose last zeros a spreadsheet dropped."""
    return _LOST_ZEROS.fullmatch(code) is not None


def cleaned(line: Line) -> Line:
    """The line with every text in the one normal form of the store."""
    return replace(
        line,
        code=clean(line.code),
        name=clean(line.name),
        field_name=clean(line.field_name),
        replaces=tuple(filter(None, map(clean, line.replaces))),
        note=clean(line.note),
    )


def problems(lines: Sequence[Line], standing: Standing) -> Iterator[Issue]:
    """What is wrong with the lines, at their rows: errors keep the decision out, warnings are to be looked at."""
    if not lines:
        yield Issue("no_lines", sheet="lines")
    seen: set[str] = set()
    for line in lines:
        found = [*_of_line(line, standing), *_repeated(line, seen)]
        seen.update(line.codes)
        code = line.code or None
        yield from (replace(issue, sheet="lines", row=line.row, procedure_code=code) for issue in found)


def _repeated(line: Line, seen: Collection[str]) -> Iterator[Issue]:
    for place, code in enumerate(line.codes):
        if code in seen or code in line.codes[:place]:
            yield Issue("code_twice", column="code", value=code)


def _of_line(line: Line, standing: Standing) -> Iterator[Issue]:
    if line.action is None:
        yield Issue("action_missing", column="action")
        return
    if line.replaces and line.action is not Action.REPLACED:
        yield Issue("replaces_nothing", column="replaces", value=", ".join(line.replaces))
    if line.extent is Extent.PART and line.brings:
        yield Issue("extent_not_allowed", column="extent")
    if line.extent is Extent.PART and line.action is Action.ABOLISHED and not line.note:
        yield Issue("part_not_said", column="note")
    for name in ("name", "field_name", "note"):
        if len(getattr(line, name)) > LONGEST_TEXT:
            yield Issue("text_too_long", column=name, value=str(len(getattr(line, name))))
    if not line.code:
        # An abolition must cite the number of the record, and a record is found by nothing else.
        rule = "new_code_not_given" if line.action is Action.NEW else "code_not_given"
        yield Issue(rule, column="code", value=line.name or None)
        return
    yield from _of_code(line, standing)
    yield from _of_repetition(line, standing) if standing.is_repetition(line) else _of_change(line, standing)


def _of_code(line: Line, standing: Standing) -> Iterator[Issue]:
    for code in line.codes:
        if code in standing.known or code in standing.later:
            continue
        if is_code_without_zeros(code):
            yield Issue("code_lost_zeros", column="code", value=code)
        elif not _USUAL_CODE.fullmatch(code):
            yield Issue("code_unusual", "warning", column="code", value=code)


def _of_repetition(line: Line, standing: Standing) -> Iterator[Issue]:
    known = standing.known[line.code]
    if line.action is Action.ABOLISHED and line.extent is Extent.WHOLE and known.in_force:
        yield Issue("still_in_force_nationally", "warning", column="code", value=line.code)
    for code in line.replaces:
        if code not in standing.known:
            yield Issue("code_unknown", column="replaces", value=code)
    yield from _of_name(line, known)


def _of_change(line: Line, standing: Standing) -> Iterator[Issue]:
    known = standing.known.get(line.code)
    if line.action is Action.NEW and known and known.in_force:
        yield Issue("code_in_force", column="code", value=line.code)
    if line.brings and not line.name and not (known and known.in_force):
        yield Issue("name_not_given", column="name", value=line.code)
    for code in line.replaces if line.brings else (line.code,):
        found, column = standing.known.get(code), "code" if code == line.code else "replaces"
        if found is None:
            yield Issue("code_unknown", column=column, value=code)
        elif not found.in_force:
            yield Issue("code_not_in_force", column=column, value=code)
    for code in line.codes:
        yield from _around(code, standing)
    if known and not line.brings:
        yield from _of_name(line, known)


def _around(code: str, standing: Standing) -> Iterator[Issue]:
    known = standing.known.get(code)
    if known and known.agency not in (None, standing.issuer):
        severity = "error" if standing.is_bound or standing.issuer_kind == "province" else "warning"
        yield Issue("code_of_another_agency", severity, column="code", value=code)
    if known and known.since == standing.in_force_on:
        yield Issue("version_of_same_day", "warning", column="code", value=code)
    if code in standing.later:
        yield Issue("version_later", "warning", column="code", value=standing.later[code].isoformat())


def _of_name(line: Line, known: Known) -> Iterator[Issue]:
    if line.name and not is_same_name(line.name, known.name):
        yield Issue("name_differs", "warning", column="name", value=known.name)
