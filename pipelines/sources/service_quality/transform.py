"""Decision 766 scores -> rows of scores; pure, every value used or reported with its row and column."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from catalogue.errors import Issue
from catalogue.model.indicator import (
    Direction,
    Fault,
    Period,
    PeriodKind,
    State,
    faults,
    month_period,
    ranks,
    scaled,
    unscaled,
)
from catalogue.model.period import quarter_end
from catalogue.model.score import Amount, Score, agree, said
from catalogue.text import clean
from pipelines.sources import ChildSheet, Source
from pipelines.strict import Described, Table, excerpt, find_table, text_of
from pipelines.workbook import Row, Sheet
from pipelines.xlsx.cells import ERROR, NO_VALUE

# `000.00.00.H37` and `H05` name a province, `H01.13` and `H01.187` a unit of one.
_CODE = re.compile(r"(?:000\.)*(?:00\.)*(?P<province>H\d{2})(?P<unit>(?:\.\d{1,3})+)?")
_NUMBER = re.compile(r"\d{1,3}([.,]\d{1,4})?")
_WHOLE = re.compile(r"\d{1,4}")
_BROKEN = {NO_VALUE: "formula_without_value", ERROR: "cell_is_error"}
PROVINCES = "provinces"


@dataclass(frozen=True)
class Known:
    """What the transform asks of the reference data: maxima of the components in ten-thousandths, and agencies."""

    maxima: Mapping[str, int]
    maximum: int
    identified: Callable[[str, date], str | None]  # the agency that bore a national identifier on a day
    named: Callable[[str], str | None]
    made_of: Callable[[str, date], object]  # what an agency was made of on a day: another one after a merger


@dataclass(frozen=True)
class Scores:
    """The rows that can be taken, everything that is wrong or worth a look, how many data rows there were."""

    scores: tuple[Score, ...]
    issues: tuple[Issue, ...]
    rows_read: int


def transform(sheets: Sequence[Sheet], source: Source, file: str, day: date, known: Known) -> Scores:
    """The sheets of a file that describes the month of `day`, up to that day.

    Raises: ImportRejected when a table cannot be understood.
    """
    reader = _Reader(source, file, day, known)
    trends = source.lookups.get("trend", {})
    for sheet in sorted(sheets, key=lambda sheet: (sheet.name or "") in trends):
        reader.read(sheet)
    return Scores(*reader.finished())


class _Reader:
    """Collects the rows of all sheets; a row with an error is left out whole."""

    def __init__(self, source: Source, file: str, day: date, known: Known) -> None:
        self.source, self.file, self.day, self.known = source, file, day, known
        self.scores: dict[object, Score] = {}
        self.trends: list[Score] = []
        self.issues: list[Issue] = []
        self.rows_read = 0

    def read(self, sheet: Sheet) -> None:
        """One sheet, by its name."""
        name = sheet.name or ""
        described: ChildSheet | Source = self.source.child_sheets.get(name, self.source)
        table = find_table(sheet.rows, described, self.file, sheet.name)
        self.issues += table.issues
        self.rows_read += len(table.rows)
        for row in table.rows:
            cells = _Cells(table, described, row, self.file, sheet.name)
            is_trend = name in self.source.lookups.get("trend", {})
            score = self._trend(cells, name) if is_trend else self._score(cells, name)
            self.issues += cells.issues
            if score is None or any(issue.severity == "error" for issue in cells.issues):
                continue
            if is_trend:
                self.trends.append(score)
            elif score.subject in self.scores:
                self.issues.append(cells.issue("score_twice", "error", "agency"))
            else:
                self.scores[score.subject] = score

    def finished(self) -> tuple[tuple[Score, ...], tuple[Issue, ...], int]:
        """Everything, with what can be said only once all rows are known."""
        whole = self._ranked(list(self.scores.values()))
        taken = self._trends_taken()
        self.issues += self._breaks(taken)
        return (*whole, *taken), tuple(self.issues), self.rows_read

    def _score(self, cells: "_Cells", sheet: str) -> Score | None:
        code = self._code(cells)
        if code is None:
            return None
        agency, unit, group = code
        kind = self.source.lookups["period"].get(sheet, "day")
        period = self._period(kind)
        components = {name: self._amount(cells, name) for name in self.known.maxima}
        total = self._amount(cells, "total")
        if any(issue.severity == "error" for issue in cells.issues):
            return None
        given = {name: value for name, value in components.items() if value is not None}
        for fault in faults(self.known.maxima, given, total if total is not None else State.MISSING):
            cells.issues.append(self._fault(cells, fault, total))
        rank = cells.whole("rank") if "rank" in cells.table.position else None
        name = cells.text("name")
        if unit is None and self.known.named(name) != agency:
            cells.issues.append(cells.issue("agency_name_differs", "warning", "name"))
        return Score(
            sheet=cells.sheet,
            row=cells.row.number,
            group=group,
            agency_code=agency,
            unit_code=unit,
            unit_name=name if unit else None,
            period=period,
            measured_to=min(self.day, period.end),
            total=State.MISSING if total is None else total,
            components=given,
            rank=rank,
        )

    def _code(self, cells: "_Cells") -> tuple[str, str | None, str] | None:
        """(agency, unit, group); None with an issue where the code or the kind is not understood."""
        text = cells.text("agency")
        match = _CODE.fullmatch(text)
        agency = self.known.identified(match["province"], self.day) if match else None
        if match is None or agency is None:
            cells.issues.append(cells.issue("agency_code_unknown", "error", "agency"))
            return None
        group = PROVINCES
        if "unit_kind" in cells.table.position:
            kinds = self.source.lookups["unit_kind"]
            if cells.text("unit_kind") not in kinds:
                cells.issues.append(cells.issue("unit_kind_unknown", "error", "unit_kind"))
                return None
            group = kinds[cells.text("unit_kind")]
            if cells.text("unit_level") != self.source.lookups["unit_level"][group]:
                cells.issues.append(cells.issue("unit_level_differs", "error", "unit_level"))
                return None
        if (match["unit"] is None) != (group == PROVINCES):
            cells.issues.append(cells.issue("unit_code_differs", "error", "agency"))
            return None
        normal = f"{match['province']}{match['unit'] or ''}"
        if normal != text:
            cells.issues.append(
                cells.issue("agency_code_normalised", "warning", "agency", f"{text} → {normal}")
            )
        return agency, normal if match["unit"] else None, group

    def _period(self, kind: str) -> Period:
        month = month_period(self.day)
        if kind == "year":
            return Period(date(self.day.year, 12, 31), PeriodKind.YEAR)
        return Period(self.day, PeriodKind.DAY) if kind == "day" else month

    def _amount(self, cells: "_Cells", column: str) -> Amount | None:
        """A score; missing where the cell is empty; None with an issue where it is not understood."""
        if cells.is_broken(column):
            return None
        text = cells.text(column)
        if not text:
            return State.MISSING
        if text.casefold() in self.source.lookups.get("not_applicable", {}):
            return State.NOT_APPLICABLE
        try:
            if _NUMBER.fullmatch(text) is None:
                raise ValueError(text)
            value = scaled(Decimal(text.replace(",", ".")))
        except ValueError:
            cells.issues.append(cells.issue("score_not_a_number", "error", column))
            return None
        if column == "total" and value > self.known.maximum:
            cells.issues.append(cells.issue("score_out_of_range", "error", column))
        return value

    def _fault(self, cells: "_Cells", fault: Fault, total: Amount | None) -> Issue:
        if fault.rule == "score_out_of_range":
            return cells.issue(fault.rule, "error", fault.component or "total")
        if fault.rule == "components_incomplete":
            return cells.issue(fault.rule, "warning", "total")
        assert isinstance(total, int)
        assert fault.value is not None
        return cells.issue(fault.rule, "error", "total", f"{unscaled(fault.value)} ≠ {unscaled(total)}")

    def _trend(self, cells: "_Cells", sheet: str) -> Score | None:
        """A rounded value of the province whose units the file lists."""
        owners = {score.agency_code for score in self.scores.values() if score.unit_code is not None}
        if len(owners) != 1:
            cells.issues.append(cells.issue("trend_of_nobody", "error", "total"))
            return None
        kind = self.source.lookups["trend"][sheet]
        number, year, total = cells.whole(kind), cells.whole("year"), self._amount(cells, "total")
        if number is None or year is None or total is None:
            return None
        if not 1 <= number <= (12 if kind == "month" else 4) or not 2000 <= year <= self.day.year:
            cells.issues.append(cells.issue("period_unknown", "error", kind))
            return None
        if kind == "month":
            period = month_period(date(year, number, 1))
        else:
            period = Period(quarter_end(date(year, number * 3, 1)), PeriodKind.QUARTER)
        if period.start > self.day:
            cells.issues.append(cells.issue("period_unknown", "error", kind))
            return None
        return Score(
            sheet=cells.sheet,
            row=cells.row.number,
            group=PROVINCES,
            agency_code=owners.pop(),
            period=period,
            measured_to=min(self.day, period.end),
            total=total,
            is_trend=True,
        )

    def _trends_taken(self) -> list[Score]:
        """Each value of a trend, once it is found to agree with the whole row of the same period."""
        taken: dict[object, Score] = {}
        for score in self.trends:
            whole = self.scores.get(score.subject)
            place = (self.file, score.sheet, score.row)
            if score.subject in taken:
                self.issues.append(Issue("score_twice", "error", *place, value=score.period.text))
            elif whole is not None and not agree(score.total, whole.total):
                both = f"{said(score.total)} ≠ {said(whole.total)}"
                self.issues.append(Issue("trend_differs", "error", *place, value=both))
            else:
                taken[score.subject] = score
        return list(taken.values())

    def _ranked(self, found: list[Score]) -> list[Score]:
        """The scores with what their printed rank is a rank of; a rank that the totals do not give is said."""
        by_list: dict[object, list[Score]] = defaultdict(list)
        for score in found:
            by_list[score.period, score.group if score.group == PROVINCES else "units"].append(score)
        ranked: list[Score] = []
        for scores in by_list.values():
            groups = {score.group for score in scores}
            printed = [score.rank for score in scores if score.rank is not None]
            of = max([*printed, len(scores)])
            is_mixed = groups != {PROVINCES} and (len(groups) > 1 or of > len(scores))
            if is_mixed and printed:
                sheets = ", ".join(dict.fromkeys(score.sheet or "" for score in scores))
                self.issues.append(Issue("rank_mixed", "warning", self.file, value=f"{sheets}: 1–{of}"))
            elif of == len(scores):  # none was left out
                self._check_ranks(scores)
            ranked += [
                replace(score, rank_of=of if score.rank else None, is_mixed=is_mixed) for score in scores
            ]
        return ranked

    def _check_ranks(self, scores: Sequence[Score]) -> None:
        totals = {index: score.total for index, score in enumerate(scores) if isinstance(score.total, int)}
        for index, place in ranks(totals, Direction.HIGHER).items():
            score = scores[index]
            if score.rank is not None and score.rank != place.rank and not self._is_tie(totals, index):
                said = f"{score.rank} ≠ {place.rank}"
                column = self._header(score.sheet, "rank")
                place_of = (self.file, score.sheet, score.row, column)
                self.issues.append(Issue("rank_differs", "warning", *place_of, said))

    @staticmethod
    def _is_tie(totals: Mapping[int, int], index: int) -> bool:
        return list(totals.values()).count(totals[index]) > 1

    def _header(self, sheet: str | None, column: str) -> str:
        described: ChildSheet | Source = self.source.child_sheets.get(sheet or "", self.source)
        return next((header for header, name in described.columns.items() if name == column), column)

    def _breaks(self, taken: Sequence[Score]) -> Iterator[Issue]:
        """Series that run over a merger: they stand for other territory before and after it."""
        for kind in ("month", "quarter"):
            some = sorted(
                (score for score in taken if score.period.kind.value == kind), key=lambda score: score.period
            )
            for before, after in pairwise(some):
                ends = (before.period.end, after.period.end)
                one, other = (self.known.made_of(before.agency_code, end) for end in ends)
                if one != other:
                    said = f"{before.period.text} | {after.period.text}"
                    yield Issue("series_breaks", "warning", self.file, after.sheet, after.row, value=said)


@dataclass
class _Cells:
    """The cells of one row by the names of their columns, and what was found wrong with them."""

    table: Table
    source: Described
    row: Row
    file: str
    sheet: str | None

    def __post_init__(self) -> None:
        self.issues: list[Issue] = []

    def text(self, column: str) -> str:
        """A cell as clean text; a whole number that Excel keeps as 8.0 reads 8."""
        value = self.row.cell(self.table.position[column])
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return clean(text_of(value))

    def whole(self, column: str) -> int | None:
        """A whole number; None where the cell is empty, or with an issue where it is none."""
        text = self.text(column)
        if not text:
            return None
        if self.is_broken(column) or _WHOLE.fullmatch(text) is None:
            self.issues.append(self.issue("score_not_a_number", "error", column))
            return None
        return int(text)

    def is_broken(self, column: str) -> bool:
        """Whether a cell holds a formula that was never computed, or an error of Excel's; which is said."""
        marks = [rule for at, rule in self.row.marks if at == self.table.position[column] and rule in _BROKEN]
        self.issues += [self.issue(_BROKEN[rule], "error", column) for rule in marks]
        return bool(marks)

    def issue(self, rule: str, severity: str, column: str, value: str | None = None) -> Issue:
        """An issue about one cell."""
        header = self.table.header(column)
        said = value if value is not None else excerpt(self.text(column))
        return Issue(rule, severity, self.file, self.sheet, self.row.number, header, said or None)
