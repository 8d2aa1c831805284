"""Every batch that this person may see, the newest first, each with what became of it; its name opens it."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.services import batches
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import arrival, filters, import_sources, menu, paging, plain

PAGE_SIZE = 20
STATES = ("staged", "accepted", "rejected", "replaced")
ICONS = {
    "staged": ":material/hourglass_empty:",
    "accepted": ":material/check_circle:",
    "rejected": ":material/cancel:",
    "withdrawn": ":material/undo:",
    "replaced": ":material/sync:",
}
_NAMES = ("state", paging.KEY)


def show(installation: Installation, actor: Actor, t: Translator) -> None:
    """Filter by state, then each batch in three lines."""
    every = batches.find(installation, by=actor)
    if every.is_empty():
        st.markdown(f"**{t('imports.history_none')}**")
        kind = "office" if actor.has(Right.DECIDE_IMPORTS) else "agency"
        st.write(t(f"imports.history_first_{kind}"))
        return
    arrival.follow_url(_NAMES)
    counts = dict(every.group_by("state").len().iter_rows())
    options = {
        name: f"{t(f'imports.state_{name}')} ({t.number(counts[name])})" for name in STATES if name in counts
    }
    with st.container(width=320):
        chosen = filters.choose(t("imports.filter_state"), options, "state", placeholder=t("app.all"))
    found = every.filter(pl.col("state") == chosen) if chosen else every
    page, pages = paging.current(found.height, PAGE_SIZE, ("imports", chosen))
    arrival.remember_url(_NAMES)
    rows = found.slice((page - 1) * PAGE_SIZE, PAGE_SIZE).to_dicts()
    with st.container(key="results-batches", gap="small"):
        for row in rows:
            _row(row, t)
    paging.show(pages)


def waiting(installation: Installation, actor: Actor, t: Translator) -> None:
    """`3 lô dữ liệu chờ quyết định`, as a link to them; nothing where none waits or it is not for this person."""
    if not actor.has(Right.DECIDE_IMPORTS):
        return
    count = batches.find(installation, by=actor).filter(pl.col("state") == "staged").height
    if count:
        menu.link("imports", t("imports.waiting", count=count), state="staged")


def state(row: Row, t: Translator) -> str:
    """○ Chờ quyết định."""
    name = name_of_state(row)
    return f"{t(f'imports.icon_{name}')} {t(f'imports.state_{name}')}"


def name_of_state(row: Row) -> str:
    """The state of a batch; one that was put aside by whoever brought it in is withdrawn, not rejected."""
    is_own = row["staged_by"] is not None and row["decided_by"] == row["staged_by"]
    return "withdrawn" if row["state"] == "rejected" and is_own else str(row["state"])


def who(row: Row, step: str, t: Translator) -> str | None:
    """Who staged or decided a batch; nobody where a newer one replaced it or it still waits."""
    if row[f"{step}_at"] is None or (step == "decided" and row["state"] == "replaced"):
        return None
    return str(row[f"{step}_by_name"] or t("imports.command_line"))


def figures(row: Row, t: Translator) -> str:
    """72 mới · 488 đổi · 359 thiếu."""
    parts = [t("imports.figures", new=row["rows_new"], changed=row["rows_changed"])]
    parts += [t("imports.figures_missing", count=row["rows_missing"])] if row["rows_missing"] else []
    parts += [t("imports.figures_not_taken", count=row["rows_rejected"])] if row["rows_rejected"] else []
    return " · ".join(parts)


def decided(row: Row, t: Translator) -> str | None:
    """Vũ Ngọc Mai quyết định lúc 24/11/2026 21:09: “nhầm tệp”."""
    name = who(row, "decided", t)
    if name is None:
        return None
    line = t("imports.decided_by", who=name, when=row["decided_at"])
    return f"{line}: “{row['comment']}”" if row["comment"] else line


def sentence(text: str) -> str:
    """A text that begins with whoever did it, as a sentence."""
    return text[:1].upper() + text[1:]


def _row(row: Row, t: Translator) -> None:
    with st.container(gap=None):
        label = t("imports.batch_title", number=str(row["batch_id"]), file=row["file_name"])
        menu.link("imports", plain.markdown(label), batch=row["batch_id"])
        about = t(
            "imports.batch_about",
            source=import_sources.title(row["source"], t),
            day=row["observed_on"],
        )
        staged = t("imports.staged_by", who=who(row, "staged", t), when=row["staged_at"])
        people = "; ".join(filter(None, (staged, decided(row, t))))
        st.caption(
            f"**{state(row, t)}** · {plain.markdown(figures(row, t))} · {plain.markdown(about)}  \n"
            + plain.markdown(sentence(people))
        )
