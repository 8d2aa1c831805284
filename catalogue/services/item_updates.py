"""A ministry's open items as a file, and the file back: drafts of every row that can be one, sent all at once or not."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

import polars as pl

from catalogue.errors import Invalid, Issue, StaleVersion
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.interchange.update_book import COLUMNS, ERRORS, Heading, Line, write_update_book
from catalogue.model.actor import Actor, Right
from catalogue.model.authority import FORM_WORDS, Form
from catalogue.model.claim import ClaimKind, ClaimState
from catalogue.model.item_update import KINDS, Cell, Row, columns, key, kinds_of, shown
from catalogue.services import claims
from catalogue.services.installation import Installation
from catalogue.services.item_export import AuthorityWords
from catalogue.services.item_update_checks import Outcome, look
from catalogue.services.item_update_files import Files
from catalogue.store.database import Row as Record
from catalogue.text import fold

__all__ = [
    "Files",
    "Outcome",
    "download",
    "kind_words",
    "look",
    "open_items",
    "returned_book",
    "save",
    "send",
    "sentence",
]

# Called with what is done next and the share of the work behind it; never inside a write transaction.
Progress = Callable[[str, float], None]

_T = Translator("vi")
_TRIES = 3


def kind_words() -> dict[str, ClaimKind]:
    """The kinds of report by their words in the file, folded, in both languages."""
    return {
        fold(Translator(language)(f"update.kind_{kind.value}")): kind
        for language in ("vi", "en")
        for kind in KINDS
    }


def open_items(installation: Installation, actor: Actor, programme: str) -> int:
    """How many of the agency's items have not reached every stage of a programme.

    Raises: NotSignedIn, Forbidden.
    """
    found = _records(installation, _agency(actor), programme)
    return int(found["item_id"].n_unique())


def download(installation: Installation, actor: Actor, programme: str) -> bytes:
    """The agency's open items of a programme as an .xlsx, drafts and returned claims filled in.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    agency = _agency(actor)
    moment = installation.moment()
    found = _records(installation, agency, programme).to_dicts()
    lines = [Line(cells) for cells in _cells(installation, found, moment.revision)]
    named = installation.reference.programme(programme)
    heading = _heading(installation, agency, named.name_vi, moment.revision, _notice(installation))
    return write_update_book(heading, lines, kinds_of(named.stages))


def save(
    installation: Installation,
    actor: Actor,
    rows: Sequence[Row],
    files: Files | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Save a draft of every row that says something new, in one transaction; rows with errors keep nobody from it.

    Raises: NotSignedIn, Forbidden, StaleVersion (only where others write without end).
    """
    tell = progress or _silent
    for left in reversed(range(_TRIES)):
        tell("look", 0.35)
        outcome = look(installation, actor, rows, files or Files())
        drafts = [one.draft for one in outcome.rows if one.draft is not None]
        if not drafts:
            break
        tell("save", 0.6)
        try:
            claims.draft_many(installation, actor, drafts)
            break
        except StaleVersion:  # somebody wrote between looking and saving: the next look names them
            if not left:
                raise
    tell("done", 1.0)
    return outcome


def send(
    installation: Installation,
    actor: Actor,
    rows: Sequence[Row],
    files: Files | None = None,
    progress: Progress | None = None,
) -> int:
    """Submit the drafts that the rows are about, all of them or none; returns how many.

    Raises: NotSignedIn, Forbidden, StaleVersion; Invalid update_not_sent with every error of every row.
    """
    tell = progress or _silent
    tell("look", 0.5)
    outcome = look(installation, actor, rows, files or Files())
    unsaved = [one for one in outcome.rows if one.draft is not None]
    if outcome.wrong or unsaved:
        issues = tuple(issue for one in outcome.wrong for issue in one.issues)
        raise Invalid("update_not_sent", issues=issues, count=len(outcome.wrong) or len(unsaved))
    chosen = {
        one.claim_id: one.claim_revision
        for one in outcome.rows
        if one.is_sendable and one.claim_id is not None and one.claim_revision is not None
    }
    tell("send", 0.8)
    if chosen:
        claims.submit_many(installation, actor, list(chosen.items()))
    tell("done", 1.0)
    return len(chosen)


def returned_book(installation: Installation, actor: Actor, rows: Sequence[Row], outcome: Outcome) -> bytes:
    """The person's own rows as the same form, with the wrong cells marked and every error said beside them.

    Raises: NotSignedIn, Forbidden.
    """
    agency = _agency(actor)
    items = sorted({row.item_id for row in rows if row.item_id is not None})
    read = _records(installation, agency, "", items)
    known: dict[int, Record] = {record["item_id"]: record for record in read.to_dicts()}
    faults = {one.row.number: one.issues for one in outcome.rows}
    words = AuthorityWords(installation.reference)
    lines = []
    for row in rows:
        cells = {column: row.raw.get(column) for column in COLUMNS}
        if record := known.get(row.item_id or 0):
            cells |= _known(record, installation.working_date, words) | {
                "instrument": row.raw.get("instrument")
            }
        said: dict[str, list[str]] = defaultdict(list)
        for issue in faults.get(row.number, ()):
            said[issue.column or ERRORS].append(issue_text(_T, issue, form="update"))
        lines.append(Line(cells, said))
    moment = installation.moment()
    programmes = {record["programme_code"] for record in known.values()}
    names = [one.name_vi for one in installation.reference.programmes if one.code in programmes]
    heading = _heading(
        installation, agency, "; ".join(names) or "–", moment.revision, _T("update.book_returned")
    )
    stages = {
        stage
        for one in installation.reference.programmes
        if one.code in programmes or not programmes
        for stage in one.stages
    }
    return write_update_book(heading, lines, kinds_of(stages), returned=True)


def sentence(t: Translator, issue: Issue, escape: Callable[[str], str] = str) -> str:
    """An error of a row: where it is, what the cell says, and how to mend it."""
    text = issue_text(t, issue, escape, form="update")
    return t("update.line", row=str(issue.row), text=text) if issue.row is not None else text


def _records(
    installation: Installation, agency: str, programme: str, items: Sequence[int] = ()
) -> pl.DataFrame:
    """The rows of the items that an agency answers for now: those asked for, and the open ones of a programme."""
    day = installation.working_date
    return installation.database.read(
        "item_updates/lines", agency=agency, programme=programme, items=list(items), working_day=day
    )


def _agency(actor: Actor) -> str:
    actor.require(Right.WRITE_CLAIMS)
    return actor.agency_code or ""


def _heading(installation: Installation, agency: str, programme: str, revision: int, notice: str) -> Heading:
    day = installation.working_date
    name = installation.reference.agency(agency).name_on(day)
    origin = _T("update.book_origin", programme=programme, day=day, revision=str(revision))
    return Heading(_T("update.book_title", agency=name.upper()), origin, notice)


def _notice(installation: Installation) -> str:
    return _T("app.demo_line", day=installation.working_date) if installation.is_demo else ""


def _cells(installation: Installation, records: Sequence[Record], revision: int) -> list[dict[str, Cell]]:
    """A row for each item and document, and one for each other draft or returned claim, with what it holds."""
    items = sorted({record["item_id"] for record in records})
    held: dict[int, dict[tuple[str, int | None], Record]] = defaultdict(dict)
    for claim in installation.database.read("item_updates/claims", items=items).to_dicts():
        if claim["state"] in (ClaimState.DRAFT, ClaimState.RETURNED, ClaimState.SUBMITTED):
            held[claim["item_id"]][claim["kind"], claim["document_id"]] = claim
    words = AuthorityWords(installation.reference)
    lines: list[dict[str, Cell]] = []
    for place, record in enumerate(records):
        item_id, document_id = record["item_id"], record["document_id"]
        known = _known(record, installation.working_date, words)
        own = held[item_id].pop((ClaimKind.ENACTED.value, document_id), None) if document_id else None
        if document_id is None:
            own = next((one for one in held[item_id].values() if one["state"] == ClaimState.SUBMITTED), None)
        is_last = place + 1 == len(records) or records[place + 1]["item_id"] != item_id
        others = [
            one
            for one in held[item_id].values()
            if is_last and one["state"] != ClaimState.SUBMITTED and one["kind"] in KINDS
        ]
        if document_id or not others:
            lines.append(known | _held(own) | {"key": _row_key(record, own, revision)})
        for claim in others:
            about = record | {"document_id": claim["document_id"]}
            lines.append(
                known | {"instrument": None} | _held(claim) | {"key": _row_key(about, claim, revision)}
            )
    return lines


def _row_key(record: Record, claim: Record | None, revision: int) -> str:
    is_open = claim is not None and claim["state"] != ClaimState.SUBMITTED
    claim_id = claim["claim_id"] if claim and is_open else None
    return key(record["item_id"], record["document_id"], claim_id, revision)


def _held(claim: Record | None) -> dict[str, Cell]:
    """What a row says of its claim, and the claim's content where it can still be changed."""
    if claim is None:
        return {}
    state = ClaimState(claim["state"])
    said = _T(
        f"update.claim_{state.value}",
        **({} if state is ClaimState.SUBMITTED else {"files": claim["files"]}),
        **({"comment": claim["comment"] or "–"} if state is ClaimState.RETURNED else {}),
    )
    if state is ClaimState.SUBMITTED:
        return {"claim": said}
    kind = ClaimKind(claim["kind"])
    content = json.loads(claim["content"])
    cells: dict[str, Cell] = {"claim": said, "kind": _T(f"update.kind_{kind.value}")}
    return cells | {column: shown(name, content.get(name)) for column, name in columns(kind).items()}


def _known(record: Record, day: date, words: AuthorityWords) -> dict[str, Cell]:
    return {
        "item_id": str(record["item_id"]),
        "procedure_code": record["procedure_code"],
        "title": record["task"] or record["title"],
        "field_name": record["field_name"],
        "transfer": _transfer(record, words),
        "assigned_by": record["assigned_by"],
        "step": _step(record, day),
        "deadline": record["current_deadline"],
        "instrument": record["instrument"],
    }


def _transfer(record: Record, words: AuthorityWords) -> str | None:
    """From whom to whom an item moves a decision, as it stands on the working day."""
    if record["form"] is None:
        return None
    form = FORM_WORDS[Form(record["form"])]
    return _T("update.transfer", form=form, giver=words.of(record, "from"), taker=words.of(record, "to"))


def _step(record: Record, day: date) -> str:
    stages = json.loads(record["stages"])
    if record["enacted_on"] and record["enacted_on"] > day:
        return _T("update.stage_waiting_force", day=record["enacted_on"])
    waits = (
        ("approved", "waiting_approval"), ("enacted", "waiting_instrument"), ("confirmed", "waiting_completion"),
        ("published", "waiting_publication"),
    )  # fmt: skip
    return next(
        (
            _T(f"update.stage_{word}")
            for stage, word in waits
            if stage in stages and record[f"{stage}_on"] is None
        ),
        "",
    )


def _silent(_step: str, _share: float) -> None:
    pass
