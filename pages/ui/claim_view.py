"""One claim as signed-in people read it: what is claimed, files, what was done to it."""

import json
from html import escape

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind, day, fields
from catalogue.services import claim_reading
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import claim_fields, plain


def title(row: Row, t: Translator) -> str:
    """Kind and state of a claim in a line."""
    return f"{t.word('claim.kind', row['kind'])} · {t.word('claim.state', row['state'])}"


def content(row: Row, t: Translator) -> None:
    """What is claimed, field by field."""
    values = json.loads(row["content"])
    if row["document_title"]:
        st.markdown(f"**{t('claim.field_document_id')}**: {plain.markdown(row['document_title'])}")
    kind, lines = ClaimKind(row["kind"]), []
    for field in fields(kind):
        value = values.get(field)
        if value is not None:
            shown = t.day(day(values, field)) if day(values, field) else plain.markdown(str(value))
            label = claim_fields.label(kind, field, t)
            lines.append(f"**{label}** {shown}" if label.endswith("?") else f"**{label}**: {shown}")
    st.markdown("  \n".join(lines))


def files_and_story(installation: Installation, actor: Actor, row: Row, t: Translator) -> None:
    """The files to open, and who did what when."""
    done, files = claim_reading.story(installation, actor, row["claim_id"])
    for file in files.iter_rows(named=True):
        name, size = escape(file["file_name"]), t.number(file["size_bytes"] / 1024, 1)
        st.html(f'<a class="file" href="/evidence/{file["evidence_id"]}">{name} ({size} KB)</a>')
    if files.is_empty():
        st.caption(t("claim.no_files"))
    for step in done.iter_rows(named=True):
        line = t(
            f"claim.story_{step['action']}",
            when=step["recorded_at"],
            who=plain.markdown(step["actor_name"] or "–"),
        )
        st.caption(line + (f": “{plain.markdown(step['comment'])}”" if step["comment"] else ""))
