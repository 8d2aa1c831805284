"""A cost sheet as a person gives it: every figure with where it comes from and how it was collected; what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalogue.errors import Issue
from catalogue.model.cost import NOTHING, Activity, Estimate, Line, Reading, Sheet
from catalogue.text import spelling_key

LONGEST_LABEL, LONGEST_SOURCE, MOST_LINES = 500, 1_000, 200
MOST_A_YEAR, _DEAREST_HOUR = 10**14, 10**5  # đồng


class Kind(StrEnum):
    """What a figure counts: minutes and đồng of a line, cases of the sheet."""

    MINUTES = "minutes"
    HIRED = "hired"
    FEES = "fees"
    TIMES = "times"
    PEOPLE = "people"


OF_LINE = (Kind.MINUTES, Kind.HIRED, Kind.FEES)
OF_SHEET = (Kind.TIMES, Kind.PEOPLE)
MOST: Mapping[Kind, int] = {
    Kind.MINUTES: 60 * 24 * 365, Kind.HIRED: 10**12, Kind.FEES: 10**12, Kind.TIMES: 10**4, Kind.PEOPLE: 10**9,
}  # fmt: skip


class Method(StrEnum):
    """How a figure was collected, the strongest first."""

    LAW = "law"
    STATISTICS = "statistics"
    SURVEY = "survey"
    INTERVIEW = "interview"
    TRIAL = "trial"
    EXPERT = "expert"
    ESTIMATE = "estimate"


@dataclass(frozen=True)
class Collected:
    """One figure as one source gives it: minutes, đồng or a count.

    `place`: the worksheet and the row that it was read from, where those are not its line's.
    """

    value: int
    source: str = ""
    method: Method | None = None
    place: tuple[str | None, int] | None = field(default=None, compare=False)


Figures = Mapping[Kind, tuple[Collected, ...]]


@dataclass(frozen=True)
class DraftLine:
    """One piece of work. `row`: where a person finds it, in a workbook or on the screen."""

    activity: Activity
    label: str
    figures: Figures
    row: int = field(default=0, compare=False)

    @property
    def line(self) -> Line:
        """What is reckoned with: of several figures the lower middle."""
        minutes, hired, fees = (estimate(self.figures, kind) for kind in OF_LINE)
        return Line(self.activity, self.label, minutes, hired, fees)


@dataclass(frozen=True)
class Draft:
    """The cost of a procedure by one version. `whole`: times a year for one person, and people; `row`: where they stand."""

    procedure_code: str
    version_id: int
    lines: tuple[DraftLine, ...]
    whole: Figures
    row: int = field(default=0, compare=False)
    sheet: str | None = field(default=None, compare=False)

    def reckoned(self, income: int) -> Sheet:
        """What is reckoned with, at an hourly income of so many đồng."""
        times, people = (estimate(self.whole, kind) for kind in OF_SHEET)
        return Sheet(tuple(one.line for one in self.lines), income, times, people)


def estimate(figures: Figures, kind: Kind) -> Estimate:
    """The least, the chosen and the most of what was collected; nothing where nothing was."""
    return Estimate.of([one.value for one in figures[kind]]) if figures.get(kind) else NOTHING


def faults(draft: Draft) -> tuple[Issue, ...]:
    """What of a sheet cannot be taken, from top to bottom, each by its row and column."""
    return tuple(_faults(draft))


def _faults(draft: Draft) -> Iterator[Issue]:
    if not draft.lines:
        yield _issue(draft, "cost_no_lines", draft.row)
    if len(draft.lines) > MOST_LINES:
        yield _issue(draft, "cost_many_lines", draft.row, value=str(MOST_LINES))
    seen: dict[tuple[Activity, str], int] = {}
    for line in draft.lines:
        if not line.label.strip():
            yield _issue(draft, "cost_label_missing", line.row, "label")
        elif len(line.label) > LONGEST_LABEL:
            yield _issue(draft, "cost_text_long", line.row, "label", str(LONGEST_LABEL))
        first = seen.setdefault((line.activity, spelling_key(line.label)), line.row)
        if first != line.row:
            yield _issue(draft, "cost_line_twice", line.row, "label", str(first))
        if not any(line.figures.get(kind) for kind in OF_LINE):
            yield _issue(draft, "cost_line_empty", line.row, "minutes")
        yield from _of_figures(draft, line.figures, OF_LINE, line.row)
    for kind in OF_SHEET:
        if not draft.whole.get(kind):
            yield _issue(draft, "cost_count_missing", draft.row, kind)
    yield from _of_figures(draft, draft.whole, OF_SHEET, draft.row)
    yield from _of_year(draft)


def _of_year(draft: Draft) -> Iterator[Issue]:
    """A year that costs more than anybody could pay: a unit is wrong somewhere, and sums must stay whole numbers."""
    figures = [
        one.value
        for own in (draft.whole, *(line.figures for line in draft.lines))
        for some in own.values()
        for one in some
    ]
    if any(not 0 <= value <= MOST[Kind.HIRED] for value in figures):
        return
    year = draft.reckoned(_DEAREST_HOUR).year(Reading.HIGH)
    if year > MOST_A_YEAR:
        yield _issue(draft, "cost_year_too_large", draft.row, Kind.PEOPLE, shown(Kind.PEOPLE, year))


def _of_figures(draft: Draft, figures: Figures, kinds: tuple[Kind, ...], row: int) -> Iterator[Issue]:
    for kind in kinds:
        for one in figures.get(kind, ()):
            for rule, column, value in _of_figure(kind, one):
                yield _issue(draft, rule, row, column, value, one.place)


def _of_figure(kind: Kind, one: Collected) -> Iterator[tuple[str, str, str]]:
    if one.value < 0:
        yield "cost_negative", kind, shown(kind, one.value)
    elif one.value > MOST[kind]:
        yield "cost_too_large", kind, shown(kind, one.value)
    if not one.source.strip():
        yield "cost_source_missing", kind, shown(kind, one.value)
    elif len(one.source) > LONGEST_SOURCE:
        yield "cost_text_long", "source", str(LONGEST_SOURCE)
    if one.method is None:
        yield "cost_method_missing", kind, shown(kind, one.value)


def shown(kind: Kind, value: int) -> str:
    """A figure as the form has it: hours with a comma, everything else whole with points."""
    if kind is not Kind.MINUTES:
        return f"{value:,}".replace(",", ".")
    return f"{value / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _issue(
    draft: Draft,
    rule: str,
    row: int,
    column: str | None = None,
    value: str | None = None,
    place: tuple[str | None, int] | None = None,
) -> Issue:
    sheet, row = place or (draft.sheet, row)
    return Issue(rule, sheet=sheet, row=row, column=column, value=value, procedure_code=draft.procedure_code)
