"""Cost sheets of many procedures by Excel: one file for an agency's procedures that have none to use."""

from functools import partial

import polars as pl
import streamlit as st

from catalogue.correspondence import cost_book
from catalogue.i18n import Translator
from catalogue.model.actor import Right
from catalogue.model.period import Moment
from catalogue.services import cost_portfolio
from catalogue.services.cost_portfolio import Standing
from catalogue.services.installation import Installation
from pages.ui import cost_excel, filters, session

NAMES = ("agency",)
_MOST = 50  # worksheets of a file


def show(installation: Installation, moment: Moment, t: Translator) -> None:
    """Whose procedures, the form of those without a usable sheet, and the file brought back."""
    actor = session.actor()
    now = installation.moment()
    everything = cost_portfolio.find(installation, now)
    lacking = everything.filter(
        pl.col("standing").is_in([Standing.NONE, Standing.OPEN]), pl.col("agency_code").is_not_null()
    )
    agency = actor.agency_code if actor.is_bound(Right.WRITE_COSTS) else _choose(lacking, t)
    own = lacking.filter(pl.col("agency_code") == agency)
    if agency is None:
        form, about = None, t("cost.excel_choose")
    elif own.is_empty():
        has_any = agency in everything["agency_code"]
        form, about = None, t("cost.excel_all_made" if has_any else "cost.excel_no_procedure")
    else:
        ids = own["version_id"].head(_MOST).to_list()
        form = partial(cost_book.to_fill_in, installation, now, ids)
        name = installation.reference.agency(agency).name_on(moment.as_of)
        about = t("cost.excel_many_about", count=own.height, agency=name, most=_MOST)
    cost_excel.show(installation, actor, t, form=form, name=f"chi-phi-{agency}", about=about)


def _choose(lacking: pl.DataFrame, t: Translator) -> str | None:
    counted = lacking.group_by("agency_code", "agency_name").len()
    options = {
        code: t("costs.option", label=name, count=count)
        for code, name, count in counted.sort("len", "agency_name", descending=[True, False]).iter_rows()
    }
    with st.container(width=420):
        return filters.choose(t("costs.agency"), options, "agency", placeholder="–", unlisted={})
