"""Errors and issues as sentences: what is wrong, where, and how to mend it. Used by screens and commands alike."""

from collections.abc import Callable
from datetime import date

from catalogue.errors import CatalogueError, Invalid, Issue
from catalogue.i18n import Translator

_FORMS = (
    "claim",
    "publish",
    "reminder",
    "period",
    "plan",
    "item_changes",
    "snapshot",
    "cost",
)  # whose fields issues may name
_IDENTIFIERS = frozenset({"id", "pid", "row", "line"})  # numbers that name a thing are not grouped


Escape = Callable[[str], str]


def error_text(t: Translator, error: CatalogueError, escape: Escape = str) -> str:
    """The sentence of an error; `escape` makes its values harmless where the sentence is shown."""
    key = f"error.{error.code}"
    details = {name: str(value) if name in _IDENTIFIERS else value for name, value in error.details.items()}
    details = {name: escape(value) if isinstance(value, str) else value for name, value in details.items()}
    return t(key if t.has(key) else "error.unexpected", **({"code": error.code} | details))


def issue_text(t: Translator, issue: Issue, escape: Escape = str, *, form: str = "claim") -> str:
    """The sentence of one issue, with its place; column names of our own forms in the reader's language."""
    key = f"rule.{issue.rule}"
    labels = (f"{name}.field_{issue.column}" for name in (form, *_FORMS))
    label = next((label for label in labels if t.has(label)), "")
    return t(
        key if t.has(key) else "rule.unknown",
        rule=issue.rule,
        file=escape(issue.file or "–"),
        sheet=escape(issue.sheet or "–"),
        row=str(issue.row) if issue.row is not None else "–",
        column=t(label) if label else escape(issue.column or "–"),
        value=escape(_shown(t, issue.value or "–")),
    )


def _shown(t: Translator, value: str) -> str:
    """A day as people write it; every other value as it is."""
    try:
        return t.day(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def lines(t: Translator, error: CatalogueError, escape: Escape = str, *, form: str = "claim") -> list[str]:
    """An error and its issues, one sentence each; `form` names the columns."""
    issues = error.issues if isinstance(error, Invalid) else ()
    return [error_text(t, error, escape), *(issue_text(t, issue, escape, form=form) for issue in issues)]
