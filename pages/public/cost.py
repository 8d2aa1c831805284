"""What one procedure costs those who carry it out: by one version, figure by figure; and, with the right, its editor."""

from functools import partial

import streamlit as st

from catalogue.correspondence import cost_book
from catalogue.errors import NotFound
from catalogue.services import cost_sheets, costings, procedures
from pages.ui import (
    arrival,
    cost_editor,
    cost_excel,
    cost_history,
    cost_sheet_view,
    feedback,
    filters,
    menu,
    plain,
    session,
)
from pages.ui.provenance import source_line

FILTERS = ("version", "view")
installation, actor = session.installation(), session.actor()
t, moment = session.translator(), session.moment()
code = st.query_params.get("code", "").strip()
with st.container(horizontal=True, key="plain-link-back"):
    menu.link("costs", t("cost.back"), view="procedures")
    if code:
        menu.link("procedure", t("cost.to_procedure", code=code), code=code)
steps = procedures.versions(installation, moment, code) if code else []
if not steps:
    st.title(t("menu.cost"))
    if code:
        feedback.show(t, NotFound("procedure_not_found", id=code))
    else:
        st.info(t("cost.missing"), icon=":material/payments:")
    st.stop()

known = {str(one.version.version_id): one.version for one in reversed(steps)}
current = procedures.version_on(steps, moment.as_of) or steps[0].version
holds = current.in_force and current.effective_date <= moment.as_of
with st.container(key="record-title"):
    st.title(plain.markdown(current.name), anchor=False)
arrival.follow_url(FILTERS)
version = current
if len(known) > 1:
    options = {
        name: t(
            "cost.version_now" if one is current and holds else "cost.version_from", day=one.effective_date
        )
        for name, one in known.items()
    }
    with st.container(width=420):
        chosen = filters.choose(
            t("cost.version"), options, "version", placeholder=options[str(current.version_id)]
        )
    version = known[chosen] if chosen else current
is_now = moment.known_at is None
may_write = is_now and version.in_force and cost_sheets.may_write(installation, actor, code)
count = cost_sheets.history(installation, moment, code).height
views = {"sheet": t("cost.view_sheet")}
views |= {"edit": t("cost.view_edit")} if may_write else {}
if (
    may_write and version.effective_date <= installation.working_date
):  # a workbook names versions that have begun
    views["excel"] = t("cost.view_excel")
view = filters.switch(t("cost.view"), {**views, "history": t("cost.view_history", count=count)}, "view")
arrival.remember_url(FILTERS)
standing = cost_sheets.standing(installation, moment, version.version_id)
match view:
    case "edit":
        cost_editor.show(installation, actor, version, standing, t)
    case "excel":
        cost_excel.show(
            installation,
            actor,
            t,
            form=partial(cost_book.to_fill_in, installation, moment, [version.version_id]),
            name=f"chi-phi-{code}",
            about=t("cost.excel_form_about"),
        )
    case "history":
        cost_history.show(installation, actor, moment, code, t)
    case _:
        found = costings.of_versions(installation, moment, [version.version_id])
        cost_sheet_view.show(installation, found.get(version.version_id), in_force=version.in_force, t=t)
        if standing is not None:
            st.download_button(
                t("cost.excel_out"),
                data=partial(cost_book.write, installation, moment, [standing]),
                file_name=f"chi-phi-{code}.xlsx",
                icon=":material/download:",
                on_click="ignore",
                key="cost-sheet-xlsx",
            )
st.caption(source_line(moment, t))
