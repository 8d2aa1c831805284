"""The month's report to take away: an official paper and a workbook, prepared on click."""

from functools import partial

import streamlit as st

from catalogue.correspondence import progress_file
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services.installation import Installation


def show(
    installation: Installation,
    period_name: str,
    programme: str,
    t: Translator,
    moment: Moment,
) -> None:
    """Two download buttons for the report of a period and a programme."""

    def prepared(form: str) -> bytes:
        found = progress_file.report(installation, period_name, programme, moment=moment)
        return progress_file.write(installation, found, form=form)

    st.caption(t("report.download_about"))
    with st.container(horizontal=True, gap="small"):
        for form, icon in (("docx", ":material/description:"), ("xlsx", ":material/table_view:")):
            st.download_button(
                t(f"report.download_{form}"),
                data=partial(prepared, form),
                file_name=progress_file.file_name(period_name, programme, None, form),
                icon=icon,
                on_click="ignore",
                key=f"report-{form}-{period_name}-{programme}",
            )
