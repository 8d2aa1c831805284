"""What is wrong with a file, place by place, and the workbook that shows it in its cells."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from catalogue.errors import CatalogueError, Invalid, Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import error_text, issue_text
from pages.ui import filters, paging, plain
from pipelines.issue_book import issue_book
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.sources import Source

SHOWN = 20


def refused(error: CatalogueError, path: Path, content: bytes, source: Source, t: Translator) -> None:
    """Why nothing of a file was taken, then its issues: counted by kind, all to download, the first places."""
    issues = error.issues if isinstance(error, Invalid) else ()
    whole = [issue for issue in issues if issue.row is None and issue.severity == "error"]
    reasons = [f"- {issue_text(t, issue, plain.markdown)}" for issue in whole]
    st.error("\n".join([error_text(t, error, plain.markdown), *reasons]), icon=":material/error:")
    st.caption(t("imports.refused_kept"))
    places = sorted((one for one in issues if one not in whole), key=lambda one: one.severity != "error")
    if not places:
        return
    st.markdown(f"**{t('imports.issues_found', count=len(places))}**")
    _places(
        f"{_severity(severity, t)} {escape(title(rule, count, t))}"
        for (rule, severity), count in kinds(places)
    )
    download(lambda: snapshot_of(path, content), path.name, source, issues, t)
    key = "issues_first" if len(places) > SHOWN else "issues_all"
    st.markdown(f"**{t(f'imports.{key}', shown=min(SHOWN, len(places)), total=len(places))}**")
    _places(_place(issue, t) for issue in places[:SHOWN])


def paged(issues: Sequence[Issue], asked: tuple[object, ...], t: Translator) -> None:
    """A page of issues, of one kind or all."""
    found = kinds(issues)
    rule = None
    if len(found) > 1:
        options = {name: title(name, count, t) for (name, _), count in found}
        with st.container(width=420):
            rule = filters.choose(t("imports.issues_kind"), options, "rule", placeholder=t("app.all"))
    chosen = [issue for issue in issues if rule in (None, issue.rule)]
    page, pages = paging.current(len(chosen), SHOWN, (*asked, rule))
    mixed = len({issue.severity for issue in issues}) > 1
    some = chosen[(page - 1) * SHOWN : page * SHOWN]
    _places(_place(issue, t, with_severity=mixed) for issue in some)
    paging.show(pages)


def sentences(issues: Iterable[Issue], t: Translator) -> str:
    """The issues of one row as HTML; empty without any."""
    lines = "".join(f"<li>{_place(issue, t, with_code=False)}</li>" for issue in issues)
    return f'<ul class="issues">{lines}</ul>' if lines else ""


def kinds(issues: Iterable[Issue]) -> list[tuple[tuple[str, str], int]]:
    """((rule, severity), count): errors first, then the most frequent."""
    found = Counter((issue.rule, issue.severity) for issue in issues).items()
    return sorted(found, key=lambda item: (item[0][1] != "error", -item[1], item[0][0]))


def title(rule: str, count: int, t: Translator) -> str:
    """`Mã bị lưu dạng số: 12`."""
    key = f"rule_title.{rule}"
    return t("imports.issues_of_kind", title=t(key) if t.has(key) else rule, count=count)


def download(
    file: Callable[[], Snapshot], name: str, source: Source, issues: Sequence[Issue], t: Translator
) -> None:
    """The workbook of the issues, made when it is asked for."""
    st.download_button(
        t("imports.download_issues"),
        data=lambda: issue_book(file(), source, issues, t),
        file_name=f"{Path(name.removesuffix('.gz')).stem}-can-sua.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="download-issues",
    )


def _place(issue: Issue, t: Translator, *, with_severity: bool = True, with_code: bool = True) -> str:
    parts = [_severity(issue.severity, t)] if with_severity else []
    code = issue.procedure_code
    parts += [f"<b>{escape(code)}</b>"] if with_code and code and code != issue.value else []
    return " ".join([*parts, escape(issue_text(t, issue))])


def _severity(severity: str, t: Translator) -> str:
    return f'<b class="{severity}">{escape(t.word("imports.severity", severity))}</b>'


def _places(lines: Iterable[str]) -> None:
    st.html('<ul class="issues">' + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
