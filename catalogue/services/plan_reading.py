"""A staged plan as it stands: its rows read in the words of the annex and judged against the ledger and the catalogue."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from catalogue.errors import Issue, NotFound
from catalogue.model import authority, plan
from catalogue.model.authority import Authority, Level
from catalogue.model.plan import TEXTS, Assignment, Commitment, Known, PlanLine, Surroundings
from catalogue.model.plan_transfer import COLUMNS as PLACE_COLUMNS
from catalogue.model.plan_transfer import Places
from catalogue.model.plan_words import Vocabulary
from catalogue.reference import Programme, Reference
from catalogue.services import documents
from catalogue.services.installation import Installation
from catalogue.store.database import Database, Row, Transaction
from catalogue.text import words


@dataclass(frozen=True)
class Match:
    """Which procedure a row means and how that is known: code, proposed, chosen, unmatched, or waiting for a person."""

    state: str
    code: str | None = None


@dataclass(frozen=True)
class Plan:
    """A staged plan as it stands, judged anew against the ledger and the catalogue."""

    batch: Row
    assignment: Assignment
    programme: Programme
    lines: tuple[PlanLine, ...]
    matches: Mapping[int, Match]
    commitments: Mapping[int, Commitment]
    procedures: Mapping[str, Known]
    issues: tuple[Issue, ...]  # without a row: of the document
    notices: tuple[Issue, ...]
    document_id: int | None  # where the assigning document is known already
    revision: int

    @property
    def kept(self) -> tuple[PlanLine, ...]:
        """The rows that are to be loaded."""
        return tuple(line for line in self.lines if not line.is_dropped)

    @property
    def waiting(self) -> tuple[PlanLine, ...]:
        """Rows for which nobody has said which procedure they mean."""
        return tuple(line for line in self.kept if self.matches[line.row].state == "waiting")

    @property
    def errors(self) -> tuple[Issue, ...]:
        """What keeps the plan out."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    def tracked(self, line: PlanLine) -> list[tuple[str, str]]:
        """What the items of a row track, each with who answers for it: one, or one for each member of a group."""
        one = self.commitments[line.row]
        if one.is_task:
            leads = one.members or (one.lead,)
            return [(plan.task_subject(one.name, lead, one.field_name), lead) for lead in leads]
        return [(plan.subject_of(self.matches[line.row].code, one.name, one.field_name), one.lead)]


@dataclass(frozen=True)
class _Standing:
    """What the ledger says around a plan."""

    by_document: Mapping[str, str] = field(default_factory=dict)  # subject or code -> number of the document
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def judged(reader: Database | Transaction, installation: Installation, batch_id: int, revision: int) -> Plan:
    """A plan with everything that is wrong with it, at its rows.

    Raises: NotFound.
    """
    batch = batch_of(reader, batch_id)
    assignment = assignment_of(batch)
    programme = installation.reference.programme(assignment.programme)
    rows = [stored(row) for row in reader.read("plans/lines", batch_id=batch_id).iter_rows(named=True)]
    kept = [(line, match) for line, match in rows if not line.is_dropped]
    codes = {code for line, match in kept for code in (line.code, match.code) if code}
    procedures = procedures_of(reader, installation, sorted(codes), revision)
    lines = [line for line, _ in kept]
    around = _around(installation, assignment, programme, procedures, lines)
    found = {line.row: plan.read(line, assignment, around) for line, _ in kept}
    document_id = documents.known(reader, assignment.number, assignment.issued_on, assignment.issuer)
    one = Plan(
        batch=batch,
        assignment=assignment,
        programme=programme,
        lines=tuple(line for line, _ in rows),
        matches={line.row: match for line, match in rows},
        commitments={
            line.row: _with_field(found[line.row][0], procedures.get(match.code or ""))
            for line, match in kept
        },
        procedures=procedures,
        issues=(),
        notices=tuple(
            Issue(row["rule"], "warning", row=row["row_no"], value=row["value"])
            for row in reader.read("plans/notices", batch_id=batch_id).iter_rows(named=True)
        ),
        document_id=document_id,
        revision=revision,
    )
    standing = _standing(reader, installation, one)
    issues = [
        *plan.assignment_problems(assignment, installation.working_date),
        *(issue for _, of_line in found.values() for issue in of_line),
        *_counted_twice(one, standing),
    ]
    if around.places is not None and lines and "form" not in around.places.says:
        issues.append(Issue("plan_form_assumed", "warning"))
    if not one.kept:
        issues.append(Issue("no_lines"))
    return replace(one, issues=tuple(sorted(issues, key=lambda issue: issue.row or 0)))


def _counted_twice(one: Plan, standing: _Standing) -> Iterable[Issue]:
    """The rows whose items stand in the plan or in the programme already, each said once."""
    subjects = [(line.row, subject) for line in one.kept for subject, _ in one.tracked(line)]
    found = [*plan.twice(subjects)]
    for row, subject in subjects:
        if subject in standing.by_document:
            number = one.assignment.number
            found.append(Issue("plan_item_there_already", row=row, column="name", value=number))
        elif subject in standing.elsewhere:
            number = standing.elsewhere[subject]
            found.append(
                Issue("plan_item_of_other_document", "warning", row=row, column="name", value=number)
            )
    return dict.fromkeys(found)


def batch_of(reader: Database | Transaction, batch_id: int) -> Row:
    """A plan as it is kept.

    Raises: NotFound.
    """
    row = reader.row("plans/batch", batch_id=batch_id)
    if row is None:
        raise NotFound("plan_not_found", id=batch_id)
    return row


def assignment_of(batch: Row) -> Assignment:
    """The assigning document of a plan."""
    return Assignment(
        programme=batch["programme_code"],
        type=batch["document_type"],
        number=batch["document_number"],
        issued_on=batch["document_issued_on"],
        issuer=batch["document_issuer"],
        title=batch["document_title"],
        default_deadline=batch["default_deadline"],
        default_lead=batch["default_lead"],
    )


def stored(row: Row) -> tuple[PlanLine, Match]:
    """A row of a plan with what it was matched to."""
    texts = {name: row[name] for name in TEXTS}
    return PlanLine(row["row_no"], **texts, is_dropped=row["is_dropped"]), Match(
        row["match_state"], row["match_code"]
    )


def tracks_procedures(programme: Programme) -> bool:
    """Whether the items of a programme are procedures: directives are plain tasks."""
    return programme.kind != "directive"


def moves_authority(programme: Programme) -> bool:
    """Whether the items of a programme say from whom to whom a decision goes."""
    return programme.kind == "decentralisation"


def _around(
    installation: Installation,
    assignment: Assignment,
    programme: Programme,
    procedures: Mapping[str, Known],
    lines: Sequence[PlanLine],
) -> Surroundings:
    reference = installation.reference
    spoken: dict[tuple[str, ...], str] = {}
    for measure in reference.measures:
        for text in (measure.name_vi, measure.name_en, measure.code, *measure.aliases):
            spoken.setdefault(tuple(words(text)), measure.code)
    named: dict[str, str | None] = {}

    def agency_named(text: str) -> str | None:
        if text not in named:
            found = reference.agency_named(text)
            named[text] = found.code if found else None
        return named[text]

    day = assignment.issued_on or installation.working_date
    return Surroundings(
        today=installation.working_date,
        agency_named=agency_named,
        agencies_on_day=frozenset(one.code for one in reference.agencies_on(day)),
        vocabulary=Vocabulary(
            measures=spoken,
            allowed=programme.measures,
            to_explain=frozenset(one.code for one in reference.measures if one.needs_explanation),
            names={one.code: one.name_vi for one in reference.measures},
        ),
        procedures=procedures,
        tracks_procedures=tracks_procedures(programme),
        group_named=reference.lead_named,
        groups={
            group.code: tuple(one.code for one in reference.members(group.code, day))
            for group in reference.groups
        },
        places=_places(reference, day, lines) if moves_authority(programme) else None,
    )


def _places(reference: Reference, day: date, lines: Sequence[PlanLine]) -> Places:
    return Places(
        named=authority_reader(reference),
        level_of=lambda code: authority.level_of(reference.agency(code).kind),
        ended={Level(one.level): one.on for one in reference.level_endings if one.on <= day},
        says=frozenset(name for name in PLACE_COLUMNS if any(getattr(line, name) for line in lines)),
    )


def authority_reader(reference: Reference) -> Callable[[str], Authority | None]:
    """Who a text means, by the agencies of the reference data; each text is read once."""
    known: dict[str, Authority | None] = {}

    def read(text: str) -> Authority | None:
        if text not in known:
            known[text] = authority.authority_named(text, lambda said: agency_and_kind(reference, said))
        return known[text]

    return read


def agency_and_kind(reference: Reference, text: str) -> tuple[str, str] | None:
    """Code and kind of the agency that a text names."""
    agency = reference.agency_named(text)
    return (agency.code, agency.kind) if agency else None


def procedures_of(
    reader: Database | Transaction, installation: Installation, codes: Sequence[str], revision: int
) -> dict[str, Known]:
    """What the catalogue says of these codes on the working date."""
    frame = reader.read(
        "plans/procedures", codes=list(codes), as_of=installation.working_date, revision=revision
    )
    return {
        row["procedure_code"]: Known(row["name"], row["field_name"], row["in_force"])
        for row in frame.iter_rows(named=True)
    }


def _with_field(commitment: Commitment, known: Known | None) -> Commitment:
    if commitment.field_name or known is None:
        return commitment
    return replace(commitment, field_name=known.field_name)


def _standing(reader: Database | Transaction, installation: Installation, one: Plan) -> _Standing:
    by_document: dict[str, str] = {}
    elsewhere: dict[str, str] = {}
    frame = reader.read(
        "plans/known_items",
        programme=one.assignment.programme,
        as_of=installation.working_date,
        revision=one.revision,
    )
    for row in frame.iter_rows(named=True):
        there = by_document if row["assigned_by"] == one.document_id else elsewhere
        for key in filter(None, (row["subject"], row["procedure_code"])):
            there[key] = row["document_number"] or "–"
    return _Standing(by_document, elsewhere)
