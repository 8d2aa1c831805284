"""Every cost sheet that a procedure ever had: who made it when, from which file, why, and what it came to."""

import streamlit as st

from catalogue.i18n import Translator
from catalogue.i18n.money import money
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.services import cost_sheets
from catalogue.services.installation import Installation
from pages.ui import plain


def show(installation: Installation, actor: Actor, moment: Moment, code: str, t: Translator) -> None:
    """The last recorded first; people's names for those who are signed in."""
    frame = cost_sheets.history(installation, moment, code)
    if frame.is_empty():
        st.info(t("cost.history_none"), icon=":material/history:")
        return
    sheets = cost_sheets.load(installation.database, frame["sheet_id"].to_list())
    is_reader = actor.has(Right.READ_CLAIMS)
    for row in frame.iter_rows(named=True):
        who = row["actor_name"] if is_reader else None
        line = t(
            "cost.history_line",
            when=row["recorded_at"],
            who=plain.markdown(who or "–"),
            day=row["effective_date"],
            year=str(row["income_year"]),
        )
        if row["file_name"]:
            line += f" · {t('cost.history_file', file=plain.markdown(row['file_name']))}"
        if row["stands"]:
            line += f" · **{t('cost.history_stands')}**"
        with st.container(gap=None):
            st.markdown(f"**{t('cost.history_withdrawn')}** · {line}" if row["is_withdrawn"] else line)
            if row["reason"]:
                st.caption(plain.markdown(row["reason"]))
            if row["is_withdrawn"]:
                continue
            sheet = sheets[row["sheet_id"]].sheet
            st.caption(t("cost.history_read", case=money(t, sheet.case()), year=money(t, sheet.year())))
