"""The day's digest: who has an address, who had it today, and a button that sends it to the rest."""

import streamlit as st

from catalogue.correspondence.digest import Outcome, send_all
from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.services import digest
from catalogue.services.installation import Installation
from pages.ui import feedback, plain


def show(installation: Installation, actor: Actor, t: Translator) -> None:
    """Draw the counts and the button; without a mail server, say what is missing."""
    st.write(t("reminder.digest_about"))
    counts = st.empty()
    if not installation.settings.can_mail:
        st.info(t("reminder.digest_off"), icon=":material/mail_off:")
    elif st.button(t("reminder.digest_send"), icon=":material/forward_to_inbox:", key="send-digest"):
        _send(installation, actor, t)
    people = digest.addressees(installation, by=actor)  # after sending, so that the counts are today's
    counts.caption(
        t(
            "reminder.digest_counts",
            with_address=sum(person.email is not None for person in people),
            accounts=len(people),
            sent=sum(person.sent_today for person in people),
        )
    )


def _send(installation: Installation, actor: Actor, t: Translator) -> None:
    bar = st.progress(0.0)

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, text=t("reminder.digest_sending", done=done, total=total))

    try:
        outcome = send_all(installation, by=actor, progress=tell)
    except CatalogueError as error:
        bar.empty()
        feedback.show(t, error)
        return
    bar.empty()
    _said(outcome, t)


def _said(outcome: Outcome, t: Translator) -> None:
    text = t(
        "reminder.digest_result",
        sent=len(outcome.sent),
        failed=len(outcome.failed),
        skipped=len(outcome.skipped),
    )
    failures = [
        f"- {t('reminder.digest_failure', account=plain.markdown(account), reason=plain.markdown(reason))}"
        for account, reason in outcome.failed
    ]
    if failures:
        st.error("\n".join([text, *failures]), icon=":material/error:")
    else:
        st.success(text, icon=":material/check_circle:")
