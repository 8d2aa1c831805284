"""Every page of the app, as data.

To add a page: write pages/<section>/<name>.py, add a line here and `menu.<name>` to catalogue/i18n/menu.yml.
Every page is registered for everybody; who may read it is asked by the guard in the page and again by services.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right

CLOCKS = ("as_of", "known_at", "agencies_today", "lang")  # the controls of every page, in the address
PAGES = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Entry:
    """One page. `right`: needed to see it in the menu; `hidden`: reached by links only; `section`: what it stands under."""

    name: str
    file: str
    icon: str
    right: Right | None = None
    hidden: bool = False
    section: str = ""

    def is_visible_to(self, actor: Actor) -> bool:
        if self.name == "sign_in":
            return not actor.is_signed_in
        return not self.hidden and (self.right is None or actor.has(self.right))


MENU: tuple[Entry, ...] = (
    Entry("overview", "public/overview.py", ":material/monitoring:"),
    Entry("simplification", "track/simplification.py", ":material/checklist:"),
    Entry("decentralisation", "track/decentralisation.py", ":material/account_tree:"),
    Entry("directive", "track/directive.py", ":material/task_alt:"),
    Entry("instruments", "track/instruments.py", ":material/contract:"),
    Entry("catalogue", "public/catalogue.py", ":material/menu_book:"),
    Entry("my_work", "work/my_work.py", ":material/assignment:", Right.WRITE_CLAIMS),
    Entry("to_verify", "work/to_verify.py", ":material/fact_check:", Right.DECIDE_CLAIMS),
    Entry("period", "track/period.py", ":material/calendar_month:", Right.READ_CLAIMS),
    Entry("targets", "track/targets.py", ":material/target:", section="numbers"),
    Entry("agencies", "track/agencies.py", ":material/corporate_fare:", section="numbers"),
    Entry("figures", "public/figures.py", ":material/functions:", section="numbers"),
    Entry("costs", "public/costs.py", ":material/payments:", section="numbers"),
    Entry("indicators", "public/indicators.py", ":material/leaderboard:", section="numbers"),
    Entry("quality", "track/quality.py", ":material/rule:", section="numbers"),
    Entry(
        "progress_report",
        "reports/progress_report.py",
        ":material/lab_profile:",
        Right.READ_CLAIMS,
        section="numbers",
    ),
    Entry("forms", "reports/forms.py", ":material/summarize:", Right.READ_CLAIMS, section="numbers"),
    Entry("open_data", "public/open_data.py", ":material/cloud_download:", section="data"),
    Entry("imports", "work/imports.py", ":material/upload_file:", Right.STAGE_IMPORTS, section="data"),
    Entry("publish", "work/publish.py", ":material/post_add:", Right.PUBLISH_DECISIONS, section="data"),
    Entry("tokens", "work/tokens.py", ":material/key:", Right.ADMINISTER, section="data"),
    Entry("plan", "work/plan.py", ":material/playlist_add:", Right.MANAGE_PROGRAMMES, section="steering"),
    Entry("reminders", "work/reminders.py", ":material/campaign:", Right.MANAGE_PERIODS, section="steering"),
    Entry("update_items", "work/update_items.py", ":material/table_edit:", Right.WRITE_CLAIMS, hidden=True),
    Entry("figure", "public/figure.py", ":material/functions:", hidden=True),
    Entry("procedure", "public/procedure.py", ":material/description:", hidden=True),
    Entry("levels", "public/levels.py", ":material/stacks:", hidden=True),
    Entry("cost", "public/cost.py", ":material/payments:", hidden=True),
    Entry("cost_change", "public/cost_change.py", ":material/payments:", hidden=True),
    Entry("changes", "public/changes.py", ":material/update:", hidden=True),
    Entry("compare", "public/compare.py", ":material/difference:", hidden=True),
    Entry("decisions", "public/decisions.py", ":material/gavel:", hidden=True),
    Entry("agency", "track/agency.py", ":material/domain:", hidden=True),
    Entry("agency_compare", "track/agency_compare.py", ":material/compare_arrows:", hidden=True),
    Entry("instrument", "track/instrument.py", ":material/contract_edit:", hidden=True),
    Entry("item", "track/item.py", ":material/flag:", hidden=True),
    Entry("programme", "track/programme.py", ":material/account_balance:", hidden=True),
    Entry("sign_in", "public/sign_in.py", ":material/login:"),
)


def build(actor: Actor, t: Translator) -> dict[str, list[StreamlitPage]]:
    """Streamlit's pages by section; those of no section stand for themselves. The overview stands at `/`."""
    sections: dict[str, list[StreamlitPage]] = {}
    for entry in MENU:
        page = st.Page(
            PAGES / entry.file,
            title=t(f"menu.{entry.name}"),
            icon=entry.icon,
            url_path="" if entry.name == "overview" else entry.name,
            default=entry.name == "overview",
            visibility="visible" if entry.is_visible_to(actor) else "hidden",
        )
        sections.setdefault(t(f"menu.section_{entry.section}") if entry.section else "", []).append(page)
    return sections


def _path(name: str) -> str:
    return next(str(PAGES / entry.file) for entry in MENU if entry.name == name)


def link(name: str, label: str, *, hint: str | None = None, **params: Any) -> None:
    """A link to a page that keeps the two clocks and the language; `hint`: what is read over it."""
    st.page_link(_path(name), label=label, help=hint, query_params=_kept(name) | _texts(params))


def go(name: str, **params: Any) -> None:
    """Open a page, keeping the two clocks and the language."""
    st.switch_page(_path(name), query_params=_texts(params))


def way_back() -> dict[str, str]:
    """Which part of this page is shown: to be passed to `go`, for Back leads to this page under the parameters given there."""
    return {
        name: st.query_params[name]
        for name in ("view", "programme", "show", "rate")
        if name in st.query_params
    }


def _kept(name: str) -> dict[str, str]:
    """What the controls of every page have in the address, for a link from a page to itself.

    To another page Streamlit carries it along by itself, but only on a click in the same tab; were it in the link too,
    the address would name it twice, and once more with every click.
    """
    if name != st.session_state.get("page_shown"):
        return {}
    return {key: st.query_params[key] for key in CLOCKS if key in st.query_params}


def _texts(params: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in params.items() if value is not None}
