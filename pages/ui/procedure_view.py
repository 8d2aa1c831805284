"""The parts of a procedure's record. Data goes into HTML escaped, so that a name never becomes markup."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.completeness import completeness
from catalogue.model.quality import Problem
from catalogue.model.version import Case, Channel, Details, LegalBasis, Version
from catalogue.services.procedures import Decision, ProcedureRecord, VersionStep
from pages.ui import change_words, completeness_view, menu, plain, quality_words
from pages.ui import procedure_words as words

_ROLES = ("implementing", "competent", "authorised", "cooperating")
_PAPERS_SHOWN = 6
_ANSWER = 280  # characters of an answer: the whole stands below
_CHANGES_SHOWN = 8


def head(record: ProcedureRecord, t: Translator) -> None:
    """Code, field, levels and type in a line, and whether the procedure is in force."""
    version = record.version
    sector = {True: t("procedure.vertical"), False: None, None: t("procedure.vertical_unknown")}
    level = words.levels(version.levels, t)
    parts = [
        f"{t('procedure.code')} {version.procedure_code}",
        version.field_name,
        level and ", ".join(filter(None, (level, sector[version.is_vertical]))),
        version.procedure_type,
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if version.in_force:
            st.badge(t("procedure.in_force"), icon=":material/check_circle:", color="green")
        else:
            st.badge(t("procedure.is_abolished"), icon=":material/cancel:", color="gray")
        st.html(f'<p class="meta">{escape(" · ".join(part for part in parts if part))}</p>')
    if record.answering:
        both = {"issuer": version.agency_name, "agency": record.answering}
        st.html(f'<p class="meta">{escape(t("heir.published_by", **both))}</p>')


def answer(record: ProcedureRecord, t: Translator) -> None:
    """Who, where, how long, how much, which papers, what one gets: the box on top."""
    details = record.version.details
    ways = ", ".join(dict.fromkeys(words.way(one.way, t) for one in details.channels or () if one.way))
    offices = "; ".join(agency.text for agency in record.agencies.get("implementing", ()))
    fields = {
        "who": "; ".join(details.addressees or ()),
        "where": " · ".join(filter(None, (words.clipped(offices), ways))),
        "time": words.times(details, t),
        "fee": words.fees(details.fees, t),
        "papers": _papers(details.dossier, t),
        "result": "; ".join(details.results or ()),
    }
    fields = {name: value and words.clipped(value, _ANSWER) for name, value in fields.items()}
    rows = "".join(
        f'<div class="{name}"><dt>{escape(t(f"procedure.{name}"))}</dt><dd>{_known(value, t)}</dd></div>'
        for name, value in fields.items()
    )
    st.html(f'<dl class="answer">{rows}</dl>')


def steps(details: Details, t: Translator) -> None:
    """What is done, in order; steps that number themselves are not numbered twice."""
    st.subheader(t("procedure.steps"))
    if details.steps is None:
        _unknown(t)
        return
    numbered = len(details.steps) == 1 or all(step.lower().startswith("bước") for step in details.steps)
    entries = "".join(f"<li>{_lines(step)}</li>" for step in details.steps)
    st.html(f'<ol class="steps{" named" if numbered else ""}">{entries}</ol>')


def dossier(found: Sequence[Case] | None, sets: int | None, t: Translator) -> None:
    """The papers of each case, and how many sets are handed in."""
    st.subheader(t("procedure.dossier"))
    if found is None:
        _unknown(t)
        return
    if sets:
        st.html(f'<p class="case">{escape(t("procedure.sets", count=sets))}</p>')
    for case in found:
        if case.name:
            st.html(f'<p class="case">{escape(t("procedure.case", name=case.name))}</p>')
        _table(
            [t(f"procedure.col_{name}") for name in ("paper", "form", "originals", "copies")],
            [
                (
                    words.entry(paper.name),
                    paper.form or "–",
                    _count(paper.originals, t),
                    _count(paper.copies, t),
                )
                for paper in case.papers
            ],
            numbers=(2, 3),
        )


def channels(found: Sequence[Channel] | None, t: Translator) -> None:
    """Each way of filing with its time limit and fees."""
    st.subheader(t("procedure.channels"))
    if found is None:
        _unknown(t)
        return
    unknown = t("procedure.unknown")
    rows: dict[tuple[str, str], list[str]] = {}  # ways of filing by time limit and fee
    for channel in found:
        fees = [
            words.fee(fee, t) if not fee.amount_vnd else fee.text or words.fee(fee, t)
            for fee in channel.fees or ()
        ]
        time = words.duration(channel.time, t) if channel.time else unknown
        rows.setdefault((time, "\n".join(fees) or unknown), []).append(words.way(channel.way, t))
    _table(
        [t(f"procedure.col_{name}") for name in ("way", "time", "fee")],
        [(", ".join(dict.fromkeys(ways)), *both) for both, ways in rows.items()],
    )
    notes = dict.fromkeys((words.way(channel.way, t), channel.note) for channel in found if channel.note)
    if notes:
        with st.expander(t("procedure.notes"), type="compact"):
            st.html("".join(f"<p><b>{escape(way)}.</b> {_lines(note)}</p>" for way, note in notes))


def agencies(record: ProcedureRecord, t: Translator) -> None:
    """Who issues the record, and the agencies of the four roles."""
    st.subheader(t("procedure.agencies"))
    named = {role: "; ".join(one.text for one in record.agencies.get(role, ())) for role in _ROLES}
    rows = [
        ("issuing", record.version.agency_name),
        *((("answering", record.answering),) if record.answering else ()),
        *named.items(),
        ("address", record.version.details.address),
    ]
    st.html(
        '<dl class="pairs">'
        + "".join(
            f"<dt>{escape(t(f'procedure.{role}'))}</dt><dd>{_known(text, t)}</dd>" for role, text in rows
        )
        + "</dl>"
    )


def legal_bases(found: Sequence[LegalBasis] | None, t: Translator) -> None:
    """The documents the procedure rests on, by number and date where the source gives them."""
    st.subheader(t("procedure.legal_bases"))
    if not found:
        _unknown(t)
        return
    entries = "".join(f"<li>{escape(words.legal_basis(basis, t))}</li>" for basis in found)
    st.html(f'<ul class="bases">{entries}</ul>')


def requirements(text: str | None, t: Translator) -> None:
    """Requirements and conditions, in the source's own words."""
    st.subheader(t("procedure.requirements"))
    if text is None:
        _unknown(t)
    else:
        st.html(f"<p>{_lines(text)}</p>")


def beside(version: Version, t: Translator) -> None:
    """Description, keywords and related procedures, where the source gives them."""
    details = version.details
    texts = {
        "description": details.description,
        "keywords": "; ".join(details.keywords or ()),
        "related": "\n".join(details.related or ()),
    }
    for name, text in texts.items():
        if text:
            st.subheader(words.capital(words.part(name, t)))
            st.html(f"<p>{_lines(text)}</p>")


def whole(record: ProcedureRecord, problems: Sequence[Problem], t: Translator) -> None:
    """How complete the record is by the decree, and what is flagged in it, folded."""
    found = completeness(record.content)
    icon = ":material/check_circle:" if found.is_complete else ":material/rule:"
    line = completeness_view.line(found, t)
    if problems:
        line = f"{line} {t('quality.of_record', count=len(problems))}."
    with st.expander(line, icon=icon, type="compact"):
        st.caption(f"{t('completeness.law')} {completeness_view.conditional_line(found, t)}")
        for problem in problems:
            said = quality_words.value(problem.rule, problem.part, problem.value, t)
            st.html(
                f"<p><b>{escape(quality_words.title(problem.rule, t))}.</b> {escape(said)}<br>"
                f'<span class="note">{escape(quality_words.why(problem.rule, t))}</span></p>'
            )


def decision(found: Decision | None, cited: Details, t: Translator) -> None:
    """The publication decision, as a link to its lines; one that is not registered as the record cites it."""
    if found is None or not found.number:
        if cited.decision_number:
            day = f" {t('procedure.dated', day=cited.decision_date)}" if cited.decision_date else ""
            text = t("procedure.decision_cited", number=cited.decision_number)
            st.caption(plain.markdown(f"{text}{day}"))
        else:
            st.caption(t("procedure.decision_unknown"))
        return
    text = t("procedure.decision_text", number=plain.markdown(found.number), day=found.issued_on)
    menu.link("decisions", text, document=found.document_id)


def versions(found: Sequence[VersionStep], shown: int, as_of: date, t: Translator) -> None:
    """The life of the record, newest first, with what each version changed in words."""
    st.subheader(t("procedure.versions"))
    for place, step in reversed(list(enumerate(found))):
        version = step.version
        marks = [t("procedure.version_shown")] if version.version_id == shown else []
        marks += [t("procedure.version_upcoming")] if version.effective_date > as_of else []
        title = f"**{t('procedure.version_from', day=version.effective_date)}**"
        with st.container(gap=None, key=f"version-{version.version_id}"):
            st.markdown(" · ".join((title, *marks)))
            decision(step.decision, version.details, t)
            lines = change_words.changes(step.changes, t)
            headline = change_words.summary(step.changes, t)
            if headline:
                st.html(f'<p class="headline">{escape(headline)}</p>')
            if lines:
                _changes(lines, t)
            else:
                st.caption(t("procedure.version_same" if place else "procedure.version_first"))
            if step.changes:
                with st.container(key=f"beside-{version.version_id}"):
                    both = {"old": found[place - 1].version.version_id, "new": version.version_id}
                    menu.link("compare", t("procedure.compare"), code=version.procedure_code, **both)


def items(frame: pl.DataFrame, t: Translator) -> None:
    """Items of the programmes that name the procedure."""
    st.subheader(t("procedure.items"))
    if frame.is_empty():
        st.caption(t("procedure.items_none"))
    for row in frame.iter_rows(named=True):
        state = row["deadline_state"]
        words_of_state = (
            f"{t(f'deadline.icon_{state}')} {t(f'deadline.{state}')}"
            if row["in_base"]
            else t("procedure.item_withdrawn")
        )
        parts = [row[f"programme_name_{t.language}"], row["agency_name"], words_of_state]
        with st.container(gap=None, key=f"related-{row['item_id']}"):
            menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
            st.caption(plain.markdown(" · ".join(part for part in parts if part)))


def _changes(lines: Sequence[str], t: Translator) -> None:
    shown = list(lines[:_CHANGES_SHOWN])
    if len(lines) > _CHANGES_SHOWN:
        shown.append(t("changes.more", count=len(lines) - _CHANGES_SHOWN))
    st.html('<ul class="changes">' + "".join(f"<li>{escape(line)}</li>" for line in shown) + "</ul>")


def _papers(cases: Sequence[Case] | None, t: Translator) -> str | None:
    """How many papers, and which where there is one case only."""
    if not cases:
        return None
    counts = sorted({len(case.papers) for case in cases})
    if len(counts) > 1:
        return t("procedure.paper_range", fewest=counts[0], most=counts[-1])
    if len(cases) > 1:
        return t("procedure.paper_cases", count=counts[0], cases=len(cases))
    names = [words.clipped(words.entry(paper.name), 80) for paper in cases[0].papers]
    shown = names[:_PAPERS_SHOWN]
    if len(names) > _PAPERS_SHOWN:
        shown.append(t("procedure.more_papers", count=len(names) - _PAPERS_SHOWN))
    return t("procedure.paper_count", count=counts[0]) + (": " + "; ".join(shown) if shown else "")


def _table(header: Iterable[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    def cells(tag: str, row: Iterable[str]) -> str:
        return "".join(
            f"<{tag}{' class=number' if place in numbers else ''}>{_lines(text)}</{tag}>"
            for place, text in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    st.html(
        f'<table class="record"><thead><tr>{cells("th", header)}</tr></thead><tbody>{body}</tbody></table>'
    )


def _known(text: str | None, t: Translator) -> str:
    return escape(text) if text else f'<span class="unknown">{escape(t("procedure.unknown"))}</span>'


def _unknown(t: Translator) -> None:
    st.html(f'<p class="unknown">{escape(t("procedure.unknown"))}</p>')


def _count(number: int | None, t: Translator) -> str:
    return "?" if number is None else t.number(number)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
