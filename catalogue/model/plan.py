"""A plan: the document that assigns items, and the rows of its annex as a person wrote them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from catalogue.errors import Issue
from catalogue.model import plan_transfer
from catalogue.model.annex import LONGEST_TEXT, is_code_without_zeros, is_same_name
from catalogue.model.authority import Transfer
from catalogue.model.plan_transfer import Places
from catalogue.model.plan_words import (
    Instrument,
    Measure,
    Vocabulary,
    agencies_in,
    day_in,
    instruments_in,
    is_standing,
    measures_in,
    title_of,
)
from catalogue.text import clean, fold

DOCUMENT_TYPES = ("resolution", "decision", "directive", "decree", "notice", "letter", "other")


@dataclass(frozen=True)
class Assignment:
    """The document that assigns the items, and what its rows take over where they say nothing."""

    programme: str
    type: str = "resolution"
    number: str = ""
    issued_on: date | None = None
    issuer: str | None = None
    title: str = ""
    default_deadline: date | None = None
    default_lead: str | None = None


@dataclass(frozen=True)
class PlanLine:
    """One row of the annex in its own words; what is empty, the annex does not say."""

    row: int
    code: str = ""
    name: str = ""
    field_name: str = ""
    lead: str = ""
    cooperating: str = ""
    form: str = ""
    from_place: str = ""
    to_place: str = ""
    measures: str = ""
    content: str = ""
    before_text: str = ""
    after_text: str = ""
    documents: str = ""
    deadline: str = ""
    explanation: str = ""
    is_dropped: bool = False


TEXTS = tuple(one.name for one in fields(PlanLine) if one.name not in ("row", "is_dropped"))


@dataclass(frozen=True)
class Commitment:
    """What a row comes to: one procedure or task with its lead, measures, documents and deadline.

    `transfer`: of a decentralised procedure; `members`: the agencies of a group that each answer for a task by itself.
    """

    row: int
    name: str
    field_name: str | None
    lead: str
    cooperating: tuple[str, ...]
    measures: tuple[Measure, ...]
    instruments: tuple[Instrument, ...]
    deadline: date | None
    transfer: Transfer | None = None
    is_task: bool = False
    is_standing: bool = False
    members: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What lists show: the name, or the beginning of a long task."""
        return title_of(self.name) if self.is_task else self.name


@dataclass(frozen=True)
class Known:
    """A procedure of the catalogue on the day of the assignment."""

    name: str
    field_name: str | None
    in_force: bool


@dataclass(frozen=True)
class Surroundings:
    """What a plan is read against. `agency_named`: the agency that a text means; `tracks_procedures`: not plain tasks.

    `group_named`, `groups`: the group of agencies that a text means, and its members on the day of the assignment;
    `places`: of a programme that gives decisions away.
    """

    today: date
    agency_named: Callable[[str], str | None]
    agencies_on_day: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    procedures: Mapping[str, Known] = field(default_factory=dict)
    tracks_procedures: bool = True
    group_named: Callable[[str], str | None] = lambda _: None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Places | None = None


def cleaned(line: PlanLine) -> PlanLine:
    """The line with every text in the one normal form of the store."""
    texts: dict[str, Any] = {name: clean(getattr(line, name)) for name in TEXTS}
    return replace(line, **texts)


def assignment_problems(one: Assignment, today: date) -> Iterator[Issue]:
    """What is wrong with the document of a plan."""
    for name in ("number", "issued_on", "issuer", "title"):
        value = getattr(one, name)
        if not value or (isinstance(value, str) and not clean(value)):
            yield Issue("field_missing", column=name)
    if len(one.title) > LONGEST_TEXT:
        yield Issue("text_too_long", column="title", value=str(len(one.title)))
    if one.issued_on and one.issued_on > today:
        yield Issue("plan_date_in_future", column="issued_on", value=one.issued_on.isoformat())
    if one.issued_on and one.default_deadline and one.default_deadline < one.issued_on:
        yield Issue(
            "plan_deadline_before_assignment",
            column="default_deadline",
            value=one.default_deadline.isoformat(),
        )


def read(
    line: PlanLine, assignment: Assignment, around: Surroundings
) -> tuple[Commitment, tuple[Issue, ...]]:
    """What a row comes to, and what is wrong with it: errors keep the plan out, warnings are to be looked at."""
    issues: list[Issue] = []

    def say(rule: str, column: str, value: str | None = None, severity: str = "error") -> None:
        issues.append(
            Issue(rule, severity, row=line.row, column=column, value=value, procedure_code=line.code or None)
        )

    for name in TEXTS:
        if len(getattr(line, name)) > LONGEST_TEXT:
            say("text_too_long", name, str(len(getattr(line, name))))
    known = around.procedures.get(line.code)
    if line.code:
        _read_code(line, known, around, say)
    if not line.name and known is None:
        say("plan_name_missing", "name")
    lead = _read_lead(line, assignment, around, say)
    cooperating = _read_cooperating(line, around, say)
    never_ends = not around.tracks_procedures and is_standing(line.deadline)
    deadline = None if never_ends else _read_deadline(line, assignment, around, say)
    if lead in around.groups and not (never_ends or line.deadline or deadline):
        say("plan_group_without_deadline", "deadline", line.lead[:120])
    measures = _read_measures(line, around, say)
    instruments = instruments_in(line.documents)
    for one in instruments:
        if one.type == "other":
            say("plan_document_type_unknown", "documents", one.title[:80], "warning")
    transfer = _read_transfer(line, lead, measures, around, say)
    if not instruments and around.tracks_procedures:
        say("plan_documents_missing", "documents", severity="warning")
    commitment = Commitment(
        row=line.row,
        name=line.name or (known.name if known else ""),
        field_name=line.field_name or None,
        lead=lead or "",
        cooperating=tuple(code for code in cooperating if code != lead),
        measures=measures,
        instruments=instruments,
        deadline=deadline,
        transfer=transfer,
        is_task=not around.tracks_procedures,
        is_standing=never_ends,
        members=around.groups.get(lead or "", ()) if deadline else (),
    )
    return commitment, tuple(issues)


def twice(taken: Sequence[tuple[int, str]]) -> Iterator[Issue]:
    """The rows (row, subject) of one plan that mean the same procedure as an earlier row."""
    first: dict[str, int] = {}
    for row, subject in taken:
        if subject in first:
            yield Issue("plan_procedure_twice", row=row, column="name", value=str(first[subject]))
        else:
            first[subject] = row


def subject_of(code: str | None, name: str, field_name: str | None) -> str:
    """What an item tracks: the procedure's code, else its folded title with its field."""
    if code:
        return code
    return fold(f"{name} · {field_name}" if field_name else name)


def task_subject(task: str, lead: str, field_name: str | None = None) -> str:
    """What the item of a plain task tracks: the whole task, of whoever answers for it."""
    return f"{subject_of(None, clean(task), field_name)} · {lead}"


Say = Callable[..., None]


def _read_code(line: PlanLine, known: Known | None, around: Surroundings, say: Say) -> None:
    if not around.tracks_procedures:
        say("plan_code_not_expected", "code", line.code)
    elif known is None:
        say("code_lost_zeros" if is_code_without_zeros(line.code) else "plan_code_unknown", "code", line.code)
    elif not known.in_force:
        say("plan_code_not_in_force", "code", line.code, "warning")
    if known and line.name and not is_same_name(line.name, known.name):
        say("plan_name_of_another", "name", known.name[:120], "warning")


def _read_lead(line: PlanLine, assignment: Assignment, around: Surroundings, say: Say) -> str | None:
    lead = assignment.default_lead
    if line.lead:
        lead = around.agency_named(line.lead) or around.group_named(line.lead)
    if lead in around.groups:
        if around.tracks_procedures:
            say("plan_lead_is_group", "lead", line.lead[:120])
            return None
        return lead
    if not line.lead:
        if lead is None:
            say("plan_lead_missing", "lead")
        return lead
    if lead is None:
        say("plan_agency_unknown", "lead", line.lead[:120])
    elif lead not in around.agencies_on_day:
        say("plan_agency_not_on_day", "lead", line.lead[:120])
    return lead


def _read_cooperating(line: PlanLine, around: Surroundings, say: Say) -> tuple[str, ...]:
    found, unknown = agencies_in(line.cooperating, around.agency_named)
    for text, is_general in unknown:
        rule = "plan_cooperating_general" if is_general else "plan_agency_unknown"
        say(rule, "cooperating", text[:120], "warning" if is_general else "error")
    return found


def _read_deadline(line: PlanLine, assignment: Assignment, around: Surroundings, say: Say) -> date | None:
    if not line.deadline:
        if assignment.default_deadline is None:
            say("plan_deadline_missing", "deadline", severity="warning")
        return assignment.default_deadline
    deadline = day_in(line.deadline)
    if deadline is None:
        rule = "plan_day_not_read" if around.tracks_procedures else "plan_task_day_not_read"
        say(rule, "deadline", line.deadline[:60])
    elif assignment.issued_on and deadline < assignment.issued_on:
        say("plan_deadline_before_assignment", "deadline", deadline.isoformat())
    return deadline


def _read_transfer(
    line: PlanLine, lead: str | None, measures: Sequence[Measure], around: Surroundings, say: Say
) -> Transfer | None:
    if around.places is None:
        for column in plan_transfer.COLUMNS:
            if getattr(line, column):
                say("plan_place_not_kept", column, getattr(line, column)[:120], "warning")
        return None
    texts = (line.form, line.from_place, line.to_place)
    return plan_transfer.read(*texts, lead, measures, around.agencies_on_day, around.places, say)


def _read_measures(line: PlanLine, around: Surroundings, say: Say) -> tuple[Measure, ...]:
    vocabulary = around.vocabulary
    if not vocabulary.allowed:  # plain tasks
        for column in ("measures", "content", "before_text", "after_text"):
            if getattr(line, column):
                say("plan_text_not_kept", column, getattr(line, column)[:120], "warning")
        return ()
    said = measures_in(
        line.measures, line.content, line.before_text, line.after_text, line.explanation, vocabulary
    )
    for text in said.unknown:
        say("plan_measure_unknown", "measures" if line.measures else "content", text[:120])
    for measure in said.measures:
        if measure.type not in vocabulary.allowed:
            say("plan_measure_not_of_programme", "measures", vocabulary.names.get(measure.type, measure.type))
        if measure.type in vocabulary.to_explain and not measure.explanation:
            say("plan_explanation_missing", "explanation", vocabulary.names.get(measure.type, measure.type))
    types = [measure.type for measure in said.measures]
    for repeated in sorted({one for one in types if types.count(one) > 1}):
        say("plan_measure_twice", "measures", vocabulary.names.get(repeated, repeated))
    if said.is_shared:
        say("plan_content_of_first", "content", severity="warning")
    if not said.measures and not said.unknown:
        say("plan_measure_missing", "measures", severity="warning")
    return said.measures
