"""Leadership's two minutes: where are we, is it on pace, who is late, what one document unlocks most."""

import streamlit as st

from catalogue.charts import progress
from catalogue.model.figure import share
from catalogue.services import figures, items
from pages.ui import agency_bars, arrival, filters, headline, menu, plain, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("overview.title", day=moment.as_of))

running = {
    kind: code
    for kind, code in figures.PROCEDURE_PROGRAMMES.items()
    if figures.stages(installation, code, moment)["assigned"] > 0
}
if not running:
    st.subheader(t("overview.empty_title"))
    has_items = items.any_assigned(installation)
    st.write(t("overview.empty_on_day", day=moment.as_of) if has_items else t("overview.empty"))
    st.stop()

for column, (kind, code) in zip(st.columns(len(running), gap="large"), running.items(), strict=True):
    with column:
        headline.show(installation, kind, code, moment, t)

arrival.follow_url(("programme",))
chosen = filters.value("programme", running)
programme = running[chosen]
done_stage = installation.reference.programme(programme).done_stage

left, right = st.columns([3, 2], gap="large")
with left:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t("overview.curve_title"), width="stretch")
        filters.switch(
            t("overview.programme"), {kind: t(f"programme.{kind}") for kind in running}, "programme"
        )
        arrival.remember_url(("programme",))
    frame = figures.curve(installation, programme, moment)
    pace = figures.pace(installation, f"{chosen}.done", moment)
    stages = figures.stages(installation, programme, moment)
    parts = ", ".join(
        f"{t(f'stage.{name}')} {t.number(stages[name])}" for name in frame["stage"].unique().sort()
    )
    st.altair_chart(
        progress.curve(frame, done_stage, moment.as_of, pace, t),
        alt=t("overview.curve_alt", parts=parts, day=moment.as_of),
    )
    st.caption(t("overview.curve_caption", stage=t(f"stage.{done_stage}").lower()))
with right:
    st.subheader(t("overview.agencies_title"), help=t("overview.agencies_hint"))
    by_agency = figures.by_agency(installation, programme, moment)
    agency_bars.show(by_agency, chosen, t, most=10)
    menu.link("agencies", t("overview.table_behind", count=by_agency.height), programme=chosen)

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t("overview.bottlenecks_title"))
    waiting = figures.bottlenecks(installation, programme, moment)
    base, done = stages["assigned"], stages["done"]
    rows = st.container(gap="xsmall")
    for row in waiting.iter_rows(named=True):
        planned = row["planned_issue_on"]
        if planned is None:
            when = t("overview.bottleneck_unplanned")
        elif planned < moment.as_of:
            when = t("overview.bottleneck_late", day=planned, days=(moment.as_of - planned).days)
        else:
            when = t("overview.bottleneck_planned", day=planned)
        with rows.container(gap=None, key=f"rows-document-{row['document_id']}"):
            menu.link(
                chosen,
                t("overview.bottleneck_link", alone=row["alone"], title=plain.markdown(row["title"])),
                document=row["document_id"],
                only="missing",
                progress="open",
            )
            gain = t("overview.bottleneck_if", percent=t.percent(share(done + row["alone"], base, 1)))
            st.caption(f"{row['drafting_agency_name'] or '–'} · {when} · {gain}")
    if waiting.is_empty():
        st.write(t("overview.bottlenecks_none"))
    else:
        menu.link("instruments", t("overview.bottlenecks_more"), programme=programme)
with right:
    since = figures.last_period_end(moment)
    st.subheader(t("overview.changes_title", day=since))
    changes = figures.changes(installation, programme, moment, since)
    sentences = st.container(gap="xsmall")
    for row in changes.head(7).iter_rows(named=True):
        text = t(f"overview.change_{row['change']}", agency=row["agency_name"], items=row["items"])
        with sentences:
            menu.link(chosen, text, agency=row["agency_code"], change=row["change"], since=since)
    if changes.is_empty():
        st.write(t("overview.changes_none", day=since))

st.caption(f"{t('overview.definition')} {source_line(moment, t)}")
menu.link("figures", t("overview.to_figures"))
