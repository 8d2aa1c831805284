"""What kept several rows from being saved together, each named."""

from collections.abc import Mapping

import streamlit as st

from catalogue.errors import CatalogueError, Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import error_text, issue_text
from pages.ui import plain


def show(t: Translator, error: CatalogueError, names: Mapping[int, str]) -> None:
    """The error, and which of the rows (id -> its name) it is about with what each lacks; once where all lack the same."""
    lines = [error_text(t, error, plain.markdown)]
    details = error.details
    by_row: Mapping[int, tuple[Issue, ...]] = details.get("by_item") or details.get("by_claim") or {}
    lacking = {
        issues: [issue_text(t, issue, plain.markdown) for issue in issues] for issues in by_row.values()
    }
    if len(by_row) > 1 and set(by_row) == set(names) and len(lacking) == 1:
        lines += [f"- {text}" for texts in lacking.values() for text in texts]
    else:
        for row_id, issues in by_row.items():
            lines.append(f"- **{plain.markdown(names.get(row_id, str(row_id)))}**")
            lines += [f"    - {text}" for text in lacking[issues]]
    if not by_row:
        touched = error.details.get("ids") or [error.details.get("id")]
        lines += [f"- **{plain.markdown(names[one])}**" for one in touched if one in names]
        issues = getattr(error, "issues", ())
        lines += [f"- {issue_text(t, issue, plain.markdown)}" for issue in issues]
    st.error("\n".join(lines), icon=":material/error:")
