"""What one item saved those who carry its procedure out: the cost before and after, by cause and piece by piece."""

from functools import partial

import streamlit as st

from catalogue.correspondence import cost_comparison
from catalogue.errors import NotFound
from catalogue.services import cost_savings, items
from pages.ui import cost_change_view, feedback, filters, menu, plain, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
item_id = filters.number("item")
try:
    page = items.get(installation, moment, item_id or 0)
except NotFound as error:
    st.title(t("cost.change_title"))
    if item_id is None:
        st.info(t("cost.change_missing"), icon=":material/payments:")
    else:
        feedback.show(t, error)
    st.stop()
assert item_id is not None
with st.container(horizontal=True, key="plain-link-back"):
    menu.link("item", t("cost.change_back"), id=item_id)
    menu.link("costs", t("menu.costs"))
st.title(t("cost.change_title"), anchor=False)
st.markdown(f"**{plain.markdown(page.state['title'])}** · {plain.markdown(page.state['agency_name'] or '–')}")
found = cost_savings.of_item(installation, moment, item_id)
if found is None:
    st.info(t("cost.change_not_in_base"), icon=":material/remove_circle:")
else:
    cost_change_view.show(found, t)
    if found.before is not None:
        st.download_button(
            t("cost.excel_comparison"),
            data=partial(cost_comparison.write, installation, moment, found),
            file_name=f"so-sanh-chi-phi-{item_id}.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="cost-comparison-xlsx",
        )
    if found.row["procedure_code"]:
        with st.container(key="plain-link-compare"):
            menu.link("compare", t("cost.to_compare"), code=found.row["procedure_code"])
st.caption(source_line(moment, t))
