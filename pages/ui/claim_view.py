"""One claim as signed-in people read it: what is claimed, files, what was done to it."""

import json

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind, day, fields
from catalogue.services import claims, evidence
from catalogue.services.installation import Installation
from catalogue.store.database import Row


def title(row: Row, t: Translator) -> str:
    """Kind and state of a claim in a line."""
    return f"{t.word('claim.kind', row['kind'])} · {t.word('claim.state', row['state'])}"


def content(row: Row, t: Translator) -> None:
    """What is claimed, field by field."""
    values = json.loads(row["content"])
    if row["document_title"]:
        st.markdown(f"**{t('claim.field_document_id')}**: {row['document_title']}")
    lines = []
    for field in fields(ClaimKind(row["kind"])):
        value = values.get(field)
        if value is not None:
            shown = t.day(day(values, field)) if day(values, field) else value
            lines.append(f"**{t(f'claim.field_{field}')}**: {shown}")
    st.markdown("  \n".join(lines))


def files_and_story(installation: Installation, actor: Actor, row: Row, t: Translator) -> None:
    """The files to open, and who did what when."""
    done, files = claims.story(installation, actor, row["claim_id"])
    for file in files.iter_rows(named=True):
        st.download_button(
            f"{file['file_name']} ({t.number(file['size_bytes'] / 1024, 1)} KB)",
            data=lambda evidence_id=file["evidence_id"]: evidence.content(installation, actor, evidence_id)[
                "content"
            ],
            file_name=file["file_name"],
            mime=file["media_type"],
            on_click="ignore",
            icon=":material/attach_file:",
            key=f"file-{row['claim_id']}-{file['evidence_id']}",
        )
    if files.is_empty():
        st.caption(t("claim.no_files"))
    for step in done.iter_rows(named=True):
        line = t(f"claim.story_{step['action']}", when=step["recorded_at"], who=step["actor_name"])
        st.caption(line + (f": “{step['comment']}”" if step["comment"] else ""))
