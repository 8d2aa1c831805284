"""How much is decentralised, in one equation whose numbers open; what was printed of it; how far the agencies are."""

import streamlit as st

from catalogue.charts.transfers import level_name
from catalogue.i18n import Translator
from catalogue.model.figure import Relation, share
from catalogue.model.period import Moment
from catalogue.services import decentralisation, figures, published
from catalogue.services.decentralisation import Answer
from catalogue.services.installation import Installation
from pages.ui import menu

_PAGE = "decentralisation"


def show(installation: Installation, moment: Moment, programme: str, answer: Answer, t: Translator) -> None:
    """Draw the answer of a programme with a base."""
    with st.container(gap="xsmall"):
        _equation(answer, t)
        _published(installation, moment, t)
        _agencies(installation, moment, t)
        _overtaken(installation, moment, programme, t)


def _equation(answer: Answer, t: Translator) -> None:
    with st.container(key="headline-decentralisation"):
        percent = t.percent(share(answer.done, answer.base, 1))
        said = t("decentralisation.answer", done=answer.done, base=answer.base, percent=percent)
        menu.link(_PAGE, said, progress="done")
    parts = [
        ("open", answer.open, {"progress": "open"}),
        ("in_time", answer.in_time, {"progress": "open_in_time"}),
        ("due_soon", answer.due_soon, {"deadline": "due_soon"}),
        ("no_deadline", answer.no_deadline, {"progress": "open", "deadline": "no_deadline"}),
        ("overdue", answer.overdue, {"deadline": "overdue"}),
    ]
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="plain-link-equation"):
        for name, count, params in parts:
            if count or name in ("open", "in_time", "overdue"):
                menu.link(_PAGE, t(f"decentralisation.link_{name}", count=count), **params)
        st.caption(t("decentralisation.against_current"), width="content")


def _published(installation: Installation, moment: Moment, t: Translator) -> None:
    """What was printed last up to the day, beside what the ledger computes for that day."""
    told = published.last(installation, "decentralisation.done", moment)
    if told is None:
        return
    figure, printed = told.computed, told.published
    day = t.day(told.as_of) + (f" {t('figures.inferred')}" if printed.as_of_basis == "inferred" else "")
    counts = f"{t.number(printed.numerator or 0)}/{t.number(printed.denominator or 0)}"
    if printed.printed_percent is None or figure.percent is None:
        named = "mismatch" if told.relation is Relation.MISMATCH else "same_count"
        said = t(
            "decentralisation.published_count",
            day=day,
            counts=counts,
            relation=t(f"figures.relation_{named}"),
        )
    else:
        said = t(
            "decentralisation.published",
            day=day,
            counts=counts,
            printed=t.percent(printed.printed_percent),
            computed=t.percent(figure.percent, 3),
            relation=t(f"figures.relation_{told.relation}"),
        )
    with st.container(key="plain-link-published"):
        menu.link("figure", said, id="decentralisation.done")


def _agencies(installation: Installation, moment: Moment, t: Translator) -> None:
    """17/21 means at least one item; how many are complete and have none stands beside it."""
    started = figures.compute(installation, "decentralisation.agencies", moment)
    complete = figures.compute(installation, "decentralisation.agencies_complete", moment)
    base = started.denominator or 0
    with st.container(horizontal=True, gap="small", key="plain-link-agencies"):
        for shown, label in (
            ("started", t("decentralisation.agencies_started", count=started.numerator, base=base)),
            ("complete", t("decentralisation.agencies_complete", count=complete.numerator)),
            ("none", t("decentralisation.agencies_none", count=base - started.numerator)),
        ):
            menu.link("agencies", label, programme=_PAGE, show=shown)
    if started.is_recount:
        st.caption(f":material/sync_alt: {t('decentralisation.recount')}")


def _overtaken(installation: Installation, moment: Moment, programme: str, t: Translator) -> None:
    """Assignments to a level or an agency that is no more, and what became of them."""
    frame = decentralisation.overtaken(installation, moment, programme)
    if frame.is_empty():
        return
    with st.container(horizontal=True, gap="small", key="plain-link-overtaken"):
        menu.link(
            _PAGE,
            t("decentralisation.overtaken", count=int(frame["items"].sum())),
            overtaken=decentralisation.ALL,
        )
        for row in frame.iter_rows(named=True):
            how = t(f"decentralisation.answered_by_{row['answered_by']}")
            if row["is_void"]:
                how = f"{how}; {t('decentralisation.void')}"
            level = level_name(row["to_level"], t).lower()
            menu.link(
                _PAGE,
                t("decentralisation.overtaken_part", count=row["items"], level=level, how=how),
                overtaken=row["answered_by"],
                given_to=row["first_to_level"],
                to_level=row["to_level"],
            )
