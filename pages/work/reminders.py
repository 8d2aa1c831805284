"""Who is late and with what; the reminder letters to all of them at once, and the day's digest by e-mail."""

import streamlit as st

from catalogue.model.actor import Right
from catalogue.services import reminders
from pages.ui import clocks, digest_round, guard, letter_making, letter_wording, reminder_table, session
from pages.ui.provenance import source_line

actor = guard.require(Right.MANAGE_PERIODS)
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("reminder.title"), anchor=False)
st.write(t("reminder.about"))
clocks.say_at_the_time(installation, t)
late = reminders.late_agencies(installation, actor, moment)
if late:
    chosen = reminder_table.choose(installation, late, t)
    wording = letter_wording.edit(installation, t)
    letter_making.show(installation, actor, chosen, wording, moment, t)
else:
    st.success(t("reminder.nobody"), icon=":material/done_all:")
st.subheader(t("reminder.digest_title"), anchor=False)
digest_round.show(installation, actor, t)
st.caption(source_line(moment, t))
