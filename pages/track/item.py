"""One item: stages, what must change, instruments, deadline, story; and what the signed-in person may do."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.model.actor import Right
from catalogue.services import claims, items
from pages.ui import claim_actions, claim_form, claim_view, feedback, filters, item_view, menu, plain, session
from pages.ui.provenance import source_line

installation, actor = session.installation(), session.actor()
t, moment = session.translator(), session.moment()
item_id = filters.number("id")
try:
    page = items.get(installation, moment, item_id or 0)
except NotFound as error:
    st.title(t("menu.item"))
    if item_id is None:
        st.info(t("item.missing"))
    else:
        feedback.show(t, error)
    st.stop()
assert item_id is not None

state = page.state
programme = next(p for p in installation.reference.programmes if p.code == state["programme_code"])
list_page = programme.kind
menu.link(list_page, f"← {t(f'menu.{list_page}')}")
st.title(plain.markdown(state["title"]), anchor=False)
st.markdown(
    " · ".join(
        [
            f"`{state['procedure_code']}`" if state["procedure_code"] else "–",
            state["agency_name"],
            state["field_name"] or "–",
            f"{t('stage.assigned')}: {item_view.document(state['assigned_by_number'] or '–', state['assigned_by_date'], t)}",
        ]
    )
)

if not page.cooperating.is_empty():
    st.caption(t("item.cooperating", agencies=", ".join(page.cooperating["short_name"])))

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t("item.stages"))
    item_view.stages(page, list(programme.stages), t)
    st.subheader(t("item.to_change"))
    item_view.changes(page, t)
    st.subheader(t("item.instruments"))
    item_view.instruments(page.instruments, list_page, t)
    if state["procedure_code"]:
        menu.link(
            "procedure", t("item.procedure_link", code=state["procedure_code"]), code=state["procedure_code"]
        )
with right:
    st.subheader(t("item.deadline"))
    item_view.deadline(page, t)
    st.subheader(t("item.actions"))
    is_current = moment.known_at is None and moment.as_of == installation.working_date
    if not actor.is_signed_in:
        st.write(t("item.sign_in_to_act"))
        menu.link("sign_in", t("menu.sign_in"), next=f"/item?id={item_id}")
    else:
        found = claims.find(installation, actor, item_id=item_id)
        for row in found.iter_rows(named=True):
            with st.expander(claim_view.title(row, t), expanded=row["state"] in ("submitted", "returned")):
                claim_view.content(row, t)
                claim_view.files_and_story(installation, actor, row, t)
                if is_current:
                    claim_actions.show(
                        installation, actor, claims.get(installation, actor, row["claim_id"])[0], row, t
                    )
        if not actor.has(Right.WRITE_CLAIMS, state["lead_agency"]):
            if not actor.has(Right.DECIDE_CLAIMS):
                st.caption(t("item.read_only"))
        elif not is_current:
            st.caption(t("item.not_current", day=installation.working_date))
        else:
            kinds = claim_form.kinds_open(page, list(programme.stages))
            if kinds:
                names = {kind.value: t(f"claim.new_{kind.value}") for kind in kinds}
                kind = filters.switch(t("claim.new"), names, "claim")
                claim_form.new(installation, actor, page, kinds[list(names).index(kind)], t)

st.subheader(t("item.story"))
item_view.story(page.story, t, with_reasons=actor.has(Right.READ_CLAIMS))
st.caption(source_line(moment, t))
