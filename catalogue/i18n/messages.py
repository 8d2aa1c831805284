"""Errors and issues as sentences: what is wrong, where, and how to mend it. Used by screens and commands alike."""

from catalogue.errors import CatalogueError, Invalid, Issue
from catalogue.i18n import Translator

_IDENTIFIERS = frozenset({"id", "pid", "row", "line"})  # numbers that name a thing are not grouped


def error_text(t: Translator, error: CatalogueError) -> str:
    """The sentence of an error."""
    key = f"error.{error.code}"
    details = {name: str(value) if name in _IDENTIFIERS else value for name, value in error.details.items()}
    return t(key if t.has(key) else "error.unexpected", **({"code": error.code} | details))


def issue_text(t: Translator, issue: Issue) -> str:
    """The sentence of one issue, with its place; column names of our own forms in the reader's language."""
    key = f"rule.{issue.rule}"
    label = f"claim.field_{issue.column}"
    return t(
        key if t.has(key) else "rule.unknown",
        rule=issue.rule,
        file=issue.file or "–",
        sheet=issue.sheet or "–",
        row=str(issue.row) if issue.row is not None else "–",
        column=t(label) if t.has(label) else issue.column or "–",
        value=issue.value or "–",
    )


def lines(t: Translator, error: CatalogueError) -> list[str]:
    """An error and its issues, one sentence each."""
    issues = error.issues if isinstance(error, Invalid) else ()
    return [error_text(t, error), *(issue_text(t, issue) for issue in issues)]
