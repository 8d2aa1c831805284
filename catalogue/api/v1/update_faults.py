"""What is wrong with the updates of a batch, each told by its place in the body."""

from collections.abc import Sequence

from catalogue.api.faults import Change, Fault
from catalogue.errors import Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.claim import fields
from catalogue.model.item_update import column_of
from catalogue.services.item_reports import Refused, Update

# Columns of an update file that have another name in the body.
_PLACES = {"evidence": "files", "instrument": "document_id"}


def of_refused(t: Translator, refused: Refused, updates: Sequence[Update]) -> list[Fault]:
    """Every fault of every update, in their order."""
    return [
        of_issue(t, one.index, one.issue, updates[one.index]).model_copy(
            update={
                "changes": [
                    Change(
                        kind=change["kind"], revision=change["revision"], recorded_at=change["recorded_at"]
                    )
                    for change in one.later
                ]
                or None
            }
        )
        for one in refused.faults
    ]


def of_issue(t: Translator, index: int, issue: Issue, update: Update) -> Fault:
    """One fault; what an update file calls otherwise, and its rows, are said in the words of the body."""
    columns = {column_of(update.kind, name): name for name in fields(update.kind)} | _PLACES
    place = columns.get(issue.column or "", issue.column)
    own = f"api.rule_{issue.rule}"
    detail = t(own, value=issue.value or "–") if t.has(own) else issue_text(t, issue, form="update")
    pointer = f"#/updates/{index}" + (f"/{place}" if place else "")
    return Fault(pointer=pointer, code=issue.rule, detail=detail)
